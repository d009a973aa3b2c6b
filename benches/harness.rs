//! Contenders side by side: short turns that alternate, so that a clock that wanders wanders for all of them.
//!
//! Criterion measures one function after the other, minutes apart; on shared machines the clock moves more in that time
//! than the differences that matter. Here every round gives each contender a short turn on the same texts, and the
//! ratio of two contenders is the median of their ratios within a round.

use std::io::Write;
use std::ops::Range;
use std::time::{Duration, Instant};

/// How long to measure.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Rounds that count; one more warms up.
    pub rounds: usize,
    /// A turn lasts at least this long.
    pub turn: Duration,
}

impl Plan {
    /// A few seconds or a minute for each comparison.
    pub fn new(quick: bool) -> Plan {
        let (rounds, millis) = if quick { (9, 15) } else { (41, 30) };
        Plan { rounds, turn: Duration::from_millis(millis) }
    }
}

/// Something that does its work on texts, which it knows by number.
pub struct Contender<'a> {
    /// What it is called.
    pub name: String,
    /// How many texts it takes in one go.
    batch: usize,
    work: Box<dyn FnMut(Range<usize>) + 'a>,
}

impl<'a> Contender<'a> {
    /// A contender that takes one text after the other.
    pub fn new(name: impl Into<String>, mut work: impl FnMut(usize) + 'a) -> Contender<'a> {
        Contender::batched(name, 1, move |texts| texts.for_each(&mut work))
    }

    /// A contender that takes several texts in one go.
    pub fn batched(
        name: impl Into<String>,
        batch: usize,
        work: impl FnMut(Range<usize>) + 'a,
    ) -> Contender<'a> {
        Contender { name: name.into(), batch, work: Box::new(work) }
    }

    /// Does the work on texts.
    pub fn go(&mut self, texts: Range<usize>) {
        (self.work)(texts);
    }
}

/// Seconds a byte, for each round.
pub struct Laps {
    /// The contender.
    pub name: String,
    /// One value a round.
    pub pace: Vec<f64>,
}

impl Laps {
    /// MB a second: median, least, most.
    pub fn speed(&self) -> [f64; 3] {
        spread(self.pace.iter().map(|pace| 1e-6 / pace).collect())
    }

    /// How many times as fast this is as `other`: median, least, most of all rounds.
    pub fn over(&self, other: &Laps) -> [f64; 3] {
        spread(other.pace.iter().zip(&self.pace).map(|(theirs, ours)| theirs / ours).collect())
    }
}

/// Median, least, most; NaN of nothing.
pub fn spread(mut all: Vec<f64>) -> [f64; 3] {
    all.sort_by(f64::total_cmp);
    let at = |i: usize| all.get(i).copied().unwrap_or(f64::NAN);
    [at(all.len() / 2), at(0), at(all.len().saturating_sub(1))]
}

/// Runs the rounds. `sizes` are the bytes of the texts that numbers stand for.
pub fn race(contenders: &mut [Contender<'_>], sizes: &[usize], plan: Plan) -> Vec<Laps> {
    let mut laps: Vec<Laps> =
        contenders.iter().map(|c| Laps { name: c.name.clone(), pace: Vec::new() }).collect();
    let step = (sizes.len() / (plan.rounds + 1)).max(1);
    for round in 0..=plan.rounds {
        for turn in 0..contenders.len() {
            let which = (round + turn) % contenders.len();
            let pace = take_turn(&mut contenders[which], sizes, round * step, plan.turn);
            if round > 0 {
                laps[which].pace.push(pace);
            }
        }
    }
    laps
}

/// One turn from text `from` on, over and over if they end; seconds a byte.
pub fn take_turn(contender: &mut Contender<'_>, sizes: &[usize], from: usize, turn: Duration) -> f64 {
    let mut at = from % sizes.len();
    let mut bytes = 0;
    let started = Instant::now();
    loop {
        // Reading the clock for every text would count for short ones.
        let until = bytes + 4096;
        while bytes < until {
            let texts = at..sizes.len().min(at + contender.batch);
            // An empty text is a byte, too, or a file of them would never end.
            bytes += sizes[texts.clone()].iter().map(|size| size.max(&1)).sum::<usize>();
            contender.go(texts.clone());
            at = if texts.end == sizes.len() { 0 } else { texts.end };
        }
        let took = started.elapsed();
        if took >= turn {
            return took.as_secs_f64() / bytes as f64;
        }
    }
}

/// Seconds that something takes, so many times over: median, least, most.
pub fn seconds<T>(times: usize, mut job: impl FnMut() -> T) -> [f64; 3] {
    let once = |_| {
        let started = Instant::now();
        let made = job();
        let took = started.elapsed().as_secs_f64();
        drop(std::hint::black_box(made));
        took
    };
    spread((0..times).map(once).collect())
}

/// Collects what was measured: a line for people, a record for the table.
pub struct Results {
    file: Option<std::fs::File>,
}

impl Results {
    /// Appends records to a file, if one is named.
    ///
    /// # Errors
    /// The file can't be opened.
    pub fn to(path: Option<&str>) -> Result<Results, String> {
        let open = |path: &str| {
            let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
            file.map_err(|error| format!("{path}: {error}"))
        };
        Ok(Results { file: path.map(open).transpose()? })
    }

    /// Notes a value with its spread.
    pub fn note(&mut self, key: &str, unit: &str, [median, least, most]: [f64; 3]) {
        println!("  {key:<52} {:>9} {unit:<5} {:>9}..{}", digits(median), digits(least), digits(most));
        if let Some(file) = &mut self.file {
            let record = serde_json::json!({
                "key": key, "unit": unit, "median": median, "least": least, "most": most
            });
            // A full disk shows when the table misses its values.
            _ = writeln!(file, "{record}");
        }
    }
}

/// Three digits that count.
pub fn digits(value: f64) -> String {
    let places = match value.abs() {
        v if v >= 100.0 => 0,
        v if v >= 10.0 => 1,
        v if v >= 1.0 => 2,
        v if v >= 0.1 => 3,
        _ => 5,
    };
    format!("{value:.places$}")
}
