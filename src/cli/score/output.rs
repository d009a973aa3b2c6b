//! Takes results in order, writes and counts them, and sees to it that the work is not lost.

use std::time::{Instant, SystemTime};

use outsort::core::tally::Tally as CorpusTally;

use super::super::args::Score;
use super::super::failure::Failure;
use super::super::output::{Encoder, Results};
use super::super::sink::Sink;
use super::checkpoint::{Checkpoint, Mark, Saver, Time};
use super::progress::Progress;
use super::tally::Tally;
use super::work::{Judged, Outcome, Reject};

/// A compressed output begins a new member after so many bytes, unpacked,
const CUT_BYTES: usize = 4 << 20;
/// or after so many records: whatever the threads and the interruptions, at the same places.
const CUT_RECORDS: u64 = 10_000;

/// Where results and rejects go.
pub struct Output {
    results: Results,
    rejects: Option<Sink>,
    strict: bool,
    /// What was done.
    pub tally: Tally,
    /// What a report is made of, if one is wanted.
    pub report: Option<CorpusTally>,
    progress: Progress,
    saver: Option<Saver>,
    clock: Clock,
    /// Bytes and records since the last cut.
    since: (usize, u64),
    /// Where a compressed output was cut last.
    cut: Option<Mark>,
}

/// The times of a run.
pub struct Clock {
    time: Time,
    began: Instant,
}

impl Clock {
    /// Starts, or goes on after an interruption.
    pub fn new(earlier: Option<&Checkpoint>) -> Clock {
        let time = match earlier {
            Some(checkpoint) => Time { resumed: checkpoint.time.resumed + 1, ..checkpoint.time.clone() },
            None => Time { started: SystemTime::now(), worked: Default::default(), resumed: 0 },
        };
        Clock { time, began: Instant::now() }
    }

    /// The times now.
    pub fn now(&self) -> Time {
        Time { worked: self.time.worked + self.began.elapsed(), ..self.time.clone() }
    }
}

impl Output {
    /// Opens the outputs, where an earlier run stopped or anew.
    pub fn open(
        args: &Score,
        encoder: &Encoder<'_>,
        earlier: Option<&Checkpoint>,
        saver: Option<Saver>,
        progress: Progress,
        clock: Clock,
    ) -> Result<Output, Failure> {
        let mark = earlier.map(|checkpoint| &checkpoint.mark);
        let sink = match (mark, &args.output) {
            (Some(mark), Some(path)) => Sink::reopen(path, mark.results)?,
            (_, path) => Sink::open(path.as_deref())?,
        };
        let rejects = args.rejects.as_deref().map(|path| match mark.and_then(|mark| mark.rejects) {
            Some(bytes) => Sink::reopen(path, bytes),
            None => Sink::open(Some(path)),
        });
        let mut results = Results::over(sink, encoder, mark.is_none())?;
        let tally = mark.map_or_else(Tally::default, |mark| mark.tally.clone());
        let mut rejects = rejects.transpose()?;
        if mark.is_some() {
            results.keep();
            rejects.iter_mut().for_each(Sink::keep);
        }
        let (strict, since, cut) = (args.strict, (0, 0), mark.cloned());
        Ok(Output { results, rejects, strict, tally, report: None, progress, saver, clock, since, cut })
    }

    /// Takes the next result.
    pub fn take(&mut self, outcome: Outcome) -> Result<(), Failure> {
        match outcome {
            Ok(Judged { encoded, verdict, glimpse }) => {
                self.since.0 += encoded.bytes();
                self.results.write(encoded)?;
                self.tally.judged_as(verdict);
                if let (Some(report), Some(glimpse)) = (&mut self.report, glimpse) {
                    report.take(&glimpse);
                }
            }
            Err(reject) => self.reject(reject)?,
        }
        self.since.1 += 1;
        self.progress.record();
        self.secure()
    }

    fn reject(&mut self, reject: Reject) -> Result<(), Failure> {
        if self.strict {
            let help = "without --strict, bad records are left out";
            return Err(Failure::Input(format!("{}\nhelp: {help}", reject.shown())));
        }
        if let Some(file) = &mut self.rejects {
            let mut line = serde_json::to_vec(&reject).map_err(std::io::Error::from)?;
            line.push(b'\n');
            file.put(&line)?;
            self.since.0 += line.len();
        }
        self.tally.reject(reject);
        Ok(())
    }

    fn is_packed(&self) -> bool {
        self.results.is_compressed() || self.rejects.as_ref().is_some_and(Sink::is_compressed)
    }

    /// Cuts compressed outputs where that is due, and writes a checkpoint if it is time.
    fn secure(&mut self) -> Result<(), Failure> {
        if self.is_packed() {
            if self.since.0 < CUT_BYTES && self.since.1 < CUT_RECORDS {
                return Ok(());
            }
            self.results.cut()?;
            self.rejects.as_mut().map_or(Ok(()), Sink::cut)?;
            self.since = (0, 0);
            self.cut = self.here();
        }
        if self.saver.as_ref().is_some_and(Saver::is_due)
            && let Some(mark) = self.here()
        {
            self.save(mark, false)?;
        }
        Ok(())
    }

    /// This place, if one can go on from here.
    fn here(&self) -> Option<Mark> {
        let rejects = match &self.rejects {
            Some(sink) => Some(sink.bytes()?),
            None => None,
        };
        Some(Mark { tally: self.tally.clone(), results: self.results.bytes()?, rejects })
    }

    fn save(&mut self, mark: Mark, complete: bool) -> Result<(), Failure> {
        let Some(saver) = &mut self.saver else { return Ok(()) };
        let (results, rejects) = (&mut self.results, &mut self.rejects);
        saver.save(mark, complete, self.clock.now(), || {
            results.sync()?;
            rejects.as_mut().map_or(Ok(()), Sink::sync)
        })?;
        self.results.keep();
        self.rejects.iter_mut().for_each(Sink::keep);
        Ok(())
    }

    /// The times so far.
    pub fn time(&self) -> Time {
        self.clock.now()
    }

    /// Takes the bar away.
    pub fn end_progress(&self) {
        self.progress.end();
    }

    /// Completes the files and gives them their names; the checkpoint stays, to say so. Nothing is lost if
    /// the program is killed amid this: `--resume` ends what it began.
    pub fn publish(&mut self) -> Result<(), Failure> {
        let results = self.results.complete()?;
        let rejects = self.rejects.as_mut().map(Sink::complete).transpose()?;
        self.save(Mark { tally: self.tally.clone(), results, rejects }, true)?;
        self.results.publish()?;
        self.rejects.as_mut().map_or(Ok(()), Sink::publish)
    }

    /// How many records an interrupted run can go on after; nothing if it has to start anew.
    pub fn stop(&mut self) -> Result<Option<u64>, Failure> {
        let mark = if self.is_packed() { self.cut.clone() } else { self.here() };
        match mark {
            Some(mark) if self.saver.is_some() => {
                let done = mark.tally.done();
                self.save(mark, false)?;
                Ok(Some(done))
            }
            _ => {
                self.results.sync()?;
                Ok(None)
            }
        }
    }

    /// Whether there is a checkpoint to go on from.
    pub fn is_kept(&self) -> bool {
        self.saver.as_ref().is_some_and(|saver| saver.any)
    }
}
