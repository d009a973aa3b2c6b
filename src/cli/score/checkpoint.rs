//! How far a run is, in a file beside its output: whoever runs the same command again goes on from there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use serde::{Deserialize, Serialize};

use super::super::args::Score;
use super::super::failure::{Failure, plain};
use super::super::output::{Format, format_of};
use super::super::sink::Sink;
use super::super::sink_file::{beside, is_special};
use super::setup::Setup;
use super::tally::Tally;

/// A place in a run from which it can go on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mark {
    /// What was done; as many records are to be skipped.
    pub tally: Tally,
    /// Bytes of the results so far.
    pub results: u64,
    /// Bytes of the rejects so far, if they go to a file.
    pub rejects: Option<u64>,
}

/// How far a run is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What the results depend on.
    pub setup: Setup,
    /// Where to go on.
    pub mark: Mark,
    /// Whether all is judged and the files have only yet to get their names.
    pub complete: bool,
    /// The work so far.
    pub time: Time,
}

/// The times of a run, over all its interruptions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Time {
    /// When it was first started.
    pub started: SystemTime,
    /// Time spent at work.
    pub worked: Duration,
    /// How often it was taken up again.
    pub resumed: u32,
}

/// The checkpoint that belongs to the output; nothing where there can be none.
pub fn path(args: &Score) -> Option<PathBuf> {
    let output = args.output.as_deref().filter(|path| !is_special(path))?;
    // A file of columns is whole or nothing: its end tells where everything is.
    format_of(Some(output)).ok().filter(|format| !matches!(format, Format::Columnar(_)))?;
    Some(beside(output, ".checkpoint"))
}

/// The checkpoint to go on from, if that is asked for and there is one.
///
/// # Errors
/// There is one and nothing is said of it; it is of another setup; it can't be read.
pub fn find(args: &Score, path: &Path, setup: &Setup) -> Result<Option<Checkpoint>, Failure> {
    if args.restart {
        return Ok(None);
    }
    let output = args.output.as_deref().unwrap_or(path).display();
    let Some(checkpoint) = load(path)? else {
        if args.resume && !args.quiet {
            anstream::eprintln!(
                "note: no interrupted run of {output} to resume; starting from the beginning"
            );
        }
        return Ok(None);
    };
    if !args.resume {
        let done = checkpoint.mark.tally.done();
        return Err(Failure::Usage(format!(
            "a run that wrote {output} was interrupted after {done} records\nhelp: --resume goes on from there, --restart starts anew"
        )));
    }
    let changes = setup.changes(&checkpoint.setup);
    if !changes.is_empty() {
        return Err(Failure::Usage(format!(
            "the interrupted run of {output} was another: {}\nhelp: run the command as it was, or start anew with --restart",
            changes.join("; ")
        )));
    }
    Ok(Some(checkpoint))
}

fn load(path: &Path) -> Result<Option<Checkpoint>, Failure> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io("read", path, &error)),
    };
    serde_json::from_slice(&bytes).map(Some).map_err(|why| {
        let help = "--restart starts anew, and replaces the file";
        Failure::Input(format!(
            "{} is no checkpoint of this version of outsort: {why}\nhelp: {help}",
            path.display()
        ))
    })
}

/// Writes checkpoints, now and then.
pub struct Saver {
    path: PathBuf,
    setup: Setup,
    /// At least so long apart.
    every: Duration,
    saved: Instant,
    /// What the last one took.
    cost: Duration,
    /// Whether there is one.
    pub any: bool,
}

/// Checkpoints take no more than one part of so many of the time, however slow the disk is.
const SHARE: u32 = 4;

impl Saver {
    /// Begins; `any`: whether there is a checkpoint that is ours.
    pub fn new(path: PathBuf, setup: Setup, every: Duration, any: bool) -> Saver {
        Saver { path, setup, every, saved: Instant::now(), cost: Duration::ZERO, any }
    }

    /// Whether it is time for one.
    pub fn is_due(&self) -> bool {
        self.saved.elapsed() >= self.every.max(self.cost * (SHARE - 1))
    }

    /// Writes one; `sync` puts on the disk what it speaks of.
    pub fn save(
        &mut self,
        mark: Mark,
        complete: bool,
        time: Time,
        sync: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let began = Instant::now();
        sync()?;
        let checkpoint = Checkpoint { setup: self.setup.clone(), mark, complete, time };
        let mut bytes = serde_json::to_vec_pretty(&checkpoint).map_err(io::Error::from)?;
        bytes.push(b'\n');
        let mut file = Sink::open(Some(&self.path))?;
        file.put(&bytes)?;
        file.finish()?;
        self.any = true;
        self.saved = Instant::now();
        self.cost = self.saved - began;
        Ok(())
    }
}

/// Removes a checkpoint, if there is one.
pub fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::Input(format!("can't remove {}: {}", path.display(), plain(&error))))
        }
        _ => Ok(()),
    }
}
