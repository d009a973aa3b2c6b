//! What is said at the end of a run, on standard error.

use indicatif::HumanCount;

use super::super::Done;
use super::super::args::Score;
use super::super::failure::count;
use super::checkpoint::Time;
use super::tally::Tally;

/// Says what was done and what was not.
pub fn say(args: &Score, tally: &Tally, time: &Time) -> Done {
    if !args.quiet {
        judged(tally, time);
    }
    if tally.rejected() == 0 {
        return Done::Well;
    }
    rejected(args, tally);
    Done::SomeInputBad
}

fn judged(tally: &Tally, time: &Time) {
    let judged = tally.judged();
    let counts: Vec<String> = tally
        .verdicts()
        .filter(|(_, n)| *n > 0)
        .map(|(v, n)| format!("{v} {} ({:.0}%)", HumanCount(n), n as f64 * 100.0 / judged as f64))
        .collect();
    let seconds = time.worked.as_secs_f64();
    anstream::eprintln!(
        "judged {} of {} in {seconds:.1} s ({}/s){}{}",
        HumanCount(judged),
        HumanCount(tally.done()),
        HumanCount((judged as f64 / seconds.max(1e-3)) as u64),
        if counts.is_empty() { "" } else { ": " },
        counts.join(", "),
    );
}

fn rejected(args: &Score, tally: &Tally) {
    let place =
        args.rejects.as_ref().map_or(String::new(), |path| format!("; all are in {}", path.display()));
    anstream::eprintln!("rejected {}{place}", count(tally.rejected() as usize, "record"));
    for reject in tally.first() {
        anstream::eprintln!("  {}", reject.shown());
    }
    let more = tally.rejected() as usize - tally.first().len();
    if more > 0 && args.rejects.is_none() {
        anstream::eprintln!("  … and {more} more; --rejects FILE keeps them");
    }
}
