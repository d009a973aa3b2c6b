//! How far a run is: a bar on a terminal, elsewhere a line now and then.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Time between two lines where there is no terminal.
const LINES: Duration = Duration::from_secs(30);
/// Time between two messages beside the bar.
const MESSAGES: Duration = Duration::from_millis(125);
/// Records between two looks at the clock.
const RECORDS: u64 = 64;

/// How far a run is.
pub struct Progress {
    /// Counts the bytes that are read.
    pub bar: ProgressBar,
    way: Way,
    started: Instant,
    shown: Instant,
    /// Bytes that were read before the first record was judged, and records judged since then.
    skipped: u64,
    records: u64,
    /// Records that were to be judged then, if their number is known.
    all: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Silent,
    Lines,
    Bar,
}

impl Progress {
    /// Begins; `bytes` is the size of the whole input, if it is known.
    pub fn new(quiet: bool, bytes: Option<u64>) -> Progress {
        let way = match std::io::stderr().is_terminal() {
            _ if quiet => Way::Silent,
            true => Way::Bar,
            false => Way::Lines,
        };
        let bar = match bytes {
            Some(bytes) => ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::hidden())
                .with_style(style("{bar:30} {percent}% {binary_bytes_per_sec} {msg}")),
            None => ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
                .with_style(style("{spinner} {binary_bytes} {binary_bytes_per_sec} {msg}")),
        };
        if way == Way::Bar {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        }
        let now = Instant::now();
        Progress { bar, way, started: now, shown: now, skipped: 0, records: 0, all: None }
    }

    /// Judging begins: what was read so far was judged before, or belongs to others.
    pub fn begin(&mut self, all: Option<u64>) {
        self.all = all;
        self.skipped = self.bar.position();
        self.started = Instant::now();
        self.bar.reset_eta();
    }

    /// One more record is done.
    pub fn record(&mut self) {
        self.records += 1;
        if self.way == Way::Silent || !self.records.is_multiple_of(RECORDS) {
            return;
        }
        let now = Instant::now();
        match self.way {
            Way::Bar if now - self.shown >= MESSAGES => self.bar.set_message(self.message(now)),
            Way::Lines if now - self.shown >= LINES => {
                let read = self.bar.position();
                let part = self.bar.length().filter(|all| *all > 0);
                let part = part.map_or(String::new(), |all| format!(" ({}%)", read * 100 / all));
                anstream::eprintln!("read {}{part}, judged {}", HumanBytes(read), self.message(now));
            }
            _ => return,
        }
        self.shown = now;
    }

    /// Records, their rate and the time left.
    fn message(&self, now: Instant) -> String {
        let seconds = (now - self.started).as_secs_f64().max(1e-3);
        let rate = self.records as f64 / seconds;
        let left = self.left(seconds).map_or(String::new(), |left| format!(", {} left", HumanDuration(left)));
        format!("{} records ({}/s){left}", HumanCount(self.records), HumanCount(rate as u64))
    }

    /// The time left, once there is something to tell it by.
    fn left(&self, seconds: f64) -> Option<Duration> {
        let (done, left) = match self.all {
            Some(all) => (self.records, all.saturating_sub(self.records)),
            None => {
                let read = self.bar.position();
                (read.saturating_sub(self.skipped), self.bar.length()?.saturating_sub(read))
            }
        };
        let known = done > 0 && seconds > 1.0;
        known.then(|| Duration::from_secs_f64(left as f64 * seconds / done as f64))
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
