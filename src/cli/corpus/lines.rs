//! Bytes to lines, with their numbers and offsets.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use super::super::failure::plain;
use super::Body;
use super::bytes::Input;
use super::ledger::Repairs;

/// Longer lines, and longer records of JSON, are rejected, not read into memory.
pub const MAX_LINE: usize = 64 << 20;

/// A line, or why there is none.
#[derive(Debug)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// The byte at which it begins, where that is known.
    pub offset: Option<u64>,
    /// Its bytes, or the reject that stands for it.
    pub bytes: Result<Vec<u8>, Body>,
}

/// Lines; iterating gives those that are not blank, without blanks at their ends.
pub struct Lines {
    reader: Box<dyn BufRead + Send>,
    number: u64,
    offset: Option<u64>,
    end: u8,
    done: bool,
    repairs: Arc<Repairs>,
}

impl Lines {
    /// The lines of an input.
    pub fn new(input: Input) -> Lines {
        let Input { mut reader, offset, repairs, .. } = input;
        let head = reader.fill_buf().unwrap_or_default();
        // The ends of lines of old Macs.
        let old = head.contains(&b'\r') && !head.contains(&b'\n');
        Lines { reader, number: 0, offset, end: if old { b'\r' } else { b'\n' }, done: false, repairs }
    }

    /// The next line, blank or not, with its end.
    pub fn any(&mut self) -> Option<Line> {
        if self.done {
            return None;
        }
        self.number += 1;
        let (number, offset) = (self.number, self.offset);
        let mut bytes = Vec::new();
        let bytes = match (&mut self.reader).take(MAX_LINE as u64 + 1).read_until(self.end, &mut bytes) {
            Ok(0) => {
                self.done = true;
                return None;
            }
            Ok(n) if n > MAX_LINE && bytes.last() != Some(&self.end) => {
                let rest = skip_line(&mut self.reader, self.end);
                self.done = rest.is_err();
                self.advance(n as u64 + rest.unwrap_or(0));
                let why = format!("the line is longer than {} MB", MAX_LINE >> 20);
                Err(Body::Bad("long-line", why))
            }
            Ok(n) => {
                self.advance(n as u64);
                self.repairs.look(number, &bytes);
                Ok(bytes)
            }
            Err(error) => {
                self.done = true;
                Err(stopped(&error))
            }
        };
        Some(Line { number, offset, bytes })
    }

    fn advance(&mut self, bytes: u64) {
        self.offset = self.offset.map(|offset| offset + bytes);
    }
}

/// The reject of a source that can't be read on.
pub fn stopped(error: &io::Error) -> Body {
    let cut = matches!(error.kind(), io::ErrorKind::UnexpectedEof);
    let what = if cut { "the file is cut off".into() } else { plain(error) };
    Body::Bad("unreadable", format!("reading stopped here: {what}; records before it were judged"))
}

impl Iterator for Lines {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            let mut line = self.any()?;
            if let Ok(bytes) = &mut line.bytes {
                bytes.truncate(bytes.trim_ascii_end().len());
            }
            if !line.bytes.as_ref().is_ok_and(Vec::is_empty) {
                return Some(line);
            }
        }
    }
}

/// Skips to the end of the line, and says how many bytes.
fn skip_line(reader: &mut impl BufRead, end: u8) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let found = memchr::memchr(end, buffer);
        let bytes = found.map_or(buffer.len(), |at| at + 1);
        reader.consume(bytes);
        skipped += bytes as u64;
        if found.is_some() || bytes == 0 {
            return Ok(skipped);
        }
    }
}
