//! What was done, in a file for programs: enough to do it again and to see that it is the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Serialize;

use super::super::args::Score;
use super::super::failure::Failure;
use super::super::sink::Sink;
use super::checkpoint::Time;
use super::setup::Setup;
use super::tally::Tally;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// All is judged.
    Complete,
    /// An early end was asked for.
    Interrupted,
    /// Something failed.
    Failed,
}

/// What was done.
#[derive(Serialize)]
struct Summary<'a> {
    state: State,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(flatten)]
    setup: &'a Setup,
    output: Option<&'a PathBuf>,
    /// Records; those of all shards of a corpus may be added.
    counts: Counts<'a>,
    started: String,
    finished: String,
    /// Time spent at work, all interruptions left out.
    seconds: f64,
    records_per_second: f64,
    resumed: u32,
}

/// Records by what became of them: `read` is `judged` and `rejected` together.
#[derive(Serialize)]
struct Counts<'a> {
    read: u64,
    judged: u64,
    rejected: u64,
    verdicts: BTreeMap<&'static str, u64>,
    rejects: BTreeMap<&'a str, u64>,
}

/// Writes the summary, if it is asked for.
pub fn write(
    args: &Score,
    setup: &Setup,
    tally: &Tally,
    time: &Time,
    (state, error): (State, Option<&str>),
) -> Result<(), Failure> {
    let Some(path) = &args.summary else { return Ok(()) };
    let seconds = time.worked.as_secs_f64();
    let summary = Summary {
        state,
        error,
        setup,
        output: args.output.as_ref(),
        counts: Counts {
            read: tally.done(),
            judged: tally.judged(),
            rejected: tally.rejected(),
            verdicts: tally.verdicts().map(|(verdict, n)| (verdict.name(), n)).collect(),
            rejects: tally.rejects().iter().map(|(code, n)| (&**code, *n)).collect(),
        },
        started: shown(time.started),
        finished: shown(SystemTime::now()),
        seconds: rounded(seconds),
        records_per_second: rounded(tally.done() as f64 / seconds.max(1e-3)),
        resumed: time.resumed,
    };
    save(path, &summary)
}

fn save(path: &Path, summary: &Summary<'_>) -> Result<(), Failure> {
    let mut bytes = serde_json::to_vec_pretty(summary).map_err(std::io::Error::from)?;
    bytes.push(b'\n');
    let mut file = Sink::open(Some(path))?;
    file.put(&bytes)?;
    file.finish()
}

fn shown(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time).to_string()
}

/// Thousandths are enough.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
