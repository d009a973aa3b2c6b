//! `outsort score`: every document of a corpus, in order, on all cores.

mod checkpoint;
mod closing;
mod output;
mod paths;
mod progress;
mod records;
mod setup;
mod summary;
mod tally;
mod text;
mod work;

use outsort::Engine;
use outsort::batch::{Fault, guarded, limit_threads, ordered};
use outsort::core::tally::Tally as CorpusTally;
use outsort::format::embedded::default_files;
use outsort::format::pack::digest;
use outsort::format::record::Detail;

use super::Done;
use super::args::{DetailArg, PackArgs, Score};
use super::corpus::{Ledger, expanded};
use super::failure::{Failure, count};
use super::interrupt;
use super::load::{engine, pack_and_files};
use super::output::{Columns, Encoder, Format, format_of};
use super::score_report;
use super::sink::Sink;
use super::sink_file::publish_left;
use checkpoint::{Checkpoint, Saver, Time};
use output::{Clock, Output};
use progress::Progress;
use records::Records;
use setup::Setup;
use summary::State;
use tally::Tally;
use work::{Job, Worker};

pub use text::record;

/// Judges corpora.
pub fn run(args: &Score) -> Result<Done, Failure> {
    if let Some(threads) = args.threads {
        limit_threads(threads.into());
    }
    let (engine, digest) = engine_and_digest(&args.pack)?;
    let args = &Score { corpora: expanded(&args.corpora)?, ..args.clone() };
    paths::check(args)?;
    let setup = Setup::of(args, engine.pack(), digest, &paths::written(args))?;
    if args.resume && matches!(format_of(args.output.as_deref())?, Format::Columnar(_)) {
        let help = "write .jsonl, .csv or .tsv, also with .gz or .zst, or leave --resume out";
        let why = "a file of columns is whole or nothing, so that no run can go on with it";
        return Err(Failure::Usage(format!("{why}\nhelp: {help}")));
    }
    let place = checkpoint::path(args);
    let earlier = match &place {
        Some(place) => checkpoint::find(args, place, &setup)?,
        None => None,
    };
    if let Some(done) = earlier.as_ref().filter(|earlier| earlier.complete) {
        leave(args, done)?;
        return conclude(args, &setup, &done.mark.tally, &done.time);
    }
    if earlier.is_some() && args.report.is_some() {
        let help = "leave --report out, or start anew with --restart";
        return Err(Failure::Usage(format!(
            "a run that is continued has not seen all records, so it can't report on them\nhelp: {help}"
        )));
    }
    if args.output.is_some() || args.rejects.is_some() || args.summary.is_some() {
        interrupt::watch()?;
    }
    judge(args, &engine, &setup, earlier.as_ref())
}

/// The engine, and the digest of the pack that it was made of.
fn engine_and_digest(args: &PackArgs) -> Result<(Engine, String), Failure> {
    if args.rules.is_none() {
        return Ok((engine(args)?, digest(&default_files())));
    }
    let (pack, files, _) = pack_and_files(args)?;
    Ok((Engine::new(pack), digest(&files)))
}

fn judge(
    args: &Score,
    engine: &Engine,
    setup: &Setup,
    earlier: Option<&Checkpoint>,
) -> Result<Done, Failure> {
    let format = format_of(args.output.as_deref())?;
    let clock = Clock::new(earlier);
    let mut progress = Progress::new(args.quiet, setup.bytes());
    let done = earlier.map_or(0, |earlier| earlier.mark.tally.done());
    let ledger = Ledger::default();
    let records = Records::open(args, done, &ledger, &progress.bar)?;
    progress.begin(records.known);
    let fate = records.fate();
    let saver = checkpoint::path(args)
        .map(|path| Saver::new(path, setup.clone(), args.checkpoint_every, earlier.is_some()));
    let detail = detail(args.detail);
    let columns = Columns::choose(args.columns.fields.as_deref(), &ledger.columns(), format, detail)?;
    let encoder = Encoder { pack: engine.pack(), detail, format, columns, ledger: ledger.clone() };
    let mut out = Output::open(args, &encoder, earlier, saver, progress, clock)?;
    if let (None, Some(path)) = (earlier, checkpoint::path(args)) {
        checkpoint::remove(&path)?;
    }
    // Opened now, so that a place that can't be written is known before the work, not after it.
    let mut page = args.report.as_deref().map(|path| Sink::open(Some(path))).transpose()?;
    out.report = args.report.is_some().then(|| CorpusTally::new(engine.pack()));
    let (report, limits) = (args.report.is_some(), args.limits.limits());
    let job = Job { engine, encoder, report, limits };
    let judged = guarded(
        &mut (),
        || (),
        |()| ordered(records, Worker::default, |w, item| job.work(w, &item), |result| out.take(result)),
    );
    out.end_progress();
    if !args.quiet {
        ledger.notes().iter().for_each(|note| anstream::eprintln!("note: {note}"));
    }
    let judged = judged.unwrap_or_else(|Fault(why)| Err(Failure::Internal(why)));
    let ended = match judged {
        Ok(()) if fate.ended() => complete(&mut out, done + fate.read())
            .and_then(|()| write_report(page.take(), args, engine, &out)),
        Ok(()) => Err(interrupted(args, &mut out)),
        Err(failure) => Err(failure),
    };
    match ended {
        Ok(()) => conclude(args, setup, &out.tally, &out.time()),
        Err(failure) => Err(failed(args, setup, &out, failure)),
    }
}

/// Gives the outputs their names, if they hold all that was read.
fn complete(out: &mut Output, read: u64) -> Result<(), Failure> {
    let done = out.tally.done();
    if read != done {
        let why = format!("{read} records were read, but {done} were judged or rejected");
        return Err(Failure::Internal(why));
    }
    out.publish()
}

fn write_report(page: Option<Sink>, args: &Score, engine: &Engine, out: &Output) -> Result<(), Failure> {
    match (page, &out.report) {
        (Some(page), Some(report)) => score_report::write(page, args, engine, report, out.tally.rejected()),
        _ => Ok(()),
    }
}

/// Leaves the run so that it can be taken up again.
fn interrupted(args: &Score, out: &mut Output) -> Failure {
    let done = out.tally.done();
    match out.stop() {
        Err(failure) => failure,
        Ok(Some(kept)) => Failure::Interrupted(format!(
            "{} are kept\nhelp: the same command with --resume goes on from there",
            count(kept as usize, "record")
        )),
        Ok(None) if args.output.is_some() => {
            Failure::Interrupted("too early to keep anything; nothing was written".to_owned())
        }
        Ok(None) => Failure::Interrupted(format!("after {}", count(done as usize, "record"))),
    }
}

/// Says in the summary that the run ended early, and what can be done about it.
fn failed(args: &Score, setup: &Setup, out: &Output, failure: Failure) -> Failure {
    let state = match failure {
        Failure::Interrupted(_) | Failure::BrokenPipe => State::Interrupted,
        _ => State::Failed,
    };
    // If it can't be written either, the first failure is the one to tell.
    _ = summary::write(args, setup, &out.tally, &out.time(), (state, Some(failure.message())));
    match state {
        State::Failed if out.is_kept() => failure
            .with_help("what was judged so far is kept; the same command with --resume goes on from there"),
        _ => failure,
    }
}

/// Ends what a run began that was killed when all was judged.
fn leave(args: &Score, done: &Checkpoint) -> Result<(), Failure> {
    if let (Some(path), Some(bytes)) = (&args.rejects, done.mark.rejects) {
        publish_left(path, bytes)?;
    }
    args.output.as_ref().map_or(Ok(()), |path| publish_left(path, done.mark.results))
}

/// Says what was done; from now on there is nothing to take up again.
fn conclude(args: &Score, setup: &Setup, tally: &Tally, time: &Time) -> Result<Done, Failure> {
    summary::write(args, setup, tally, time, (State::Complete, None))?;
    if let Some(path) = checkpoint::path(args) {
        checkpoint::remove(&path)?;
    }
    Ok(closing::say(args, tally, time))
}

fn detail(arg: DetailArg) -> Detail {
    match arg {
        DetailArg::None => Detail::None,
        DetailArg::Rules => Detail::Rules,
        DetailArg::Spans => Detail::Spans,
    }
}
