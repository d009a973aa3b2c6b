//! Where results go: standard output, or a file that is written aside and renamed when it is complete.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::failure::Failure;
use super::sink_file::{Aside, is_special};
use super::sink_members::{Coding, Members};

/// An output that either arrives whole or not at all.
pub struct Sink {
    members: Members,
    /// The output as messages name it.
    shown: String,
    /// The file aside; nothing for standard output, devices and pipes, which are written as they stand.
    aside: Option<Aside>,
}

impl Sink {
    /// Opens the output; nothing is standard output. What an earlier run left aside is thrown away.
    pub fn open(path: Option<&Path>) -> Result<Sink, Failure> {
        Sink::open_at(path, 0)
    }

    /// Opens what an earlier run left aside, and goes on after its first `bytes` bytes.
    pub fn reopen(path: &Path, bytes: u64) -> Result<Sink, Failure> {
        Sink::open_at(Some(path), bytes)
    }

    fn open_at(path: Option<&Path>, bytes: u64) -> Result<Sink, Failure> {
        let Some(path) = path else {
            let members = Members::new(Box::new(io::stdout()), Coding::Plain, 0);
            return Ok(Sink { members, shown: "standard output".into(), aside: None });
        };
        let fail = |e: io::Error| Failure::io("write", path, &e);
        let shown = path.display().to_string();
        if is_special(path) {
            let file = fs::OpenOptions::new().write(true).open(path).map_err(fail)?;
            return Ok(Sink {
                members: Members::new(Box::new(file), Coding::of(path), 0),
                shown,
                aside: None,
            });
        }
        let aside = Aside::open(path, bytes)?;
        let file = aside.file().map_err(fail)?;
        Ok(Sink { members: Members::new(Box::new(file), Coding::of(path), bytes), shown, aside: Some(aside) })
    }

    /// Writes bytes; a failure names the output.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.members.write_all(bytes).map_err(|e| self.failed(&e))
    }

    /// Ends a member of a compressed output: what is written so far can be read, and cut off here.
    pub fn cut(&mut self) -> Result<(), Failure> {
        self.members.cut().map_err(|e| self.failed(&e))
    }

    /// Bytes that the output has where it may be cut off; nothing inside a member of a compressed one.
    pub fn bytes(&self) -> Option<u64> {
        self.members.bytes()
    }

    /// Whether the output is compressed.
    pub fn is_compressed(&self) -> bool {
        self.members.is_compressed()
    }

    /// Sees to it that what is written outlasts the process and the machine.
    pub fn sync(&mut self) -> Result<(), Failure> {
        let flushed = self.members.flush();
        let synced = flushed.and_then(|()| self.aside.as_ref().map_or(Ok(()), Aside::sync));
        synced.map_err(|e| self.failed(&e))
    }

    /// From now on, what was written stays aside even if the output is never completed.
    pub fn keep(&mut self) {
        if let Some(aside) = &mut self.aside {
            aside.keep = true;
        }
    }

    /// Completes the output, which has yet to get its name. Returns its bytes.
    pub fn complete(&mut self) -> Result<u64, Failure> {
        let bytes = self.members.complete().map_err(|e| self.failed(&e))?;
        self.sync()?;
        Ok(bytes)
    }

    /// Gives the complete output its name.
    pub fn publish(&mut self) -> Result<(), Failure> {
        match self.aside.take() {
            Some(aside) => aside.publish().map_err(|e| self.failed(&e)),
            None => Ok(()),
        }
    }

    /// Completes the output and gives it its name.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.complete()?;
        self.publish()
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::io("write", Path::new(&self.shown), error)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.members.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.members.flush()
    }
}
