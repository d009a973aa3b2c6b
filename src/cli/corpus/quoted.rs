//! Lines to the records of a delimited table: a quoted field may go over several lines.
//!
//! A quote that nobody closes would swallow the rest of the file. So a field over several lines must end where
//! fields end, and within a bound; if it does not, its first line is rejected and reading goes on behind it.

use std::collections::VecDeque;

use super::Body;
use super::lines::{Line, Lines};

/// Bytes that a record over several lines may have.
pub const MAX_RECORD: usize = 4 << 20;

/// The records of a table, not yet split into fields, without their ends. Blank lines are left out.
pub struct Records {
    lines: Lines,
    /// Lines that were read but belong to no record yet.
    waiting: VecDeque<Line>,
    delimiter: u8,
}

impl Records {
    /// The records of `lines`, after those that are `waiting`.
    pub fn new(lines: Lines, waiting: Option<Line>, delimiter: u8) -> Records {
        Records { lines, waiting: waiting.into_iter().collect(), delimiter }
    }

    fn line(&mut self) -> Option<Line> {
        self.waiting.pop_front().or_else(|| self.lines.any())
    }

    /// The record that begins with a line whose last field is still open; nothing if it never ends.
    fn gather(&mut self, first: &[u8], fields: &mut Fields) -> Option<Vec<u8>> {
        let mut record = first.to_vec();
        let mut taken = Vec::new();
        while fields.are_open() && record.len() <= MAX_RECORD {
            let Some(line) = self.line() else { break };
            if let Ok(bytes) = &line.bytes {
                fields.feed(bytes);
                record.extend_from_slice(bytes);
            }
            let good = line.bytes.is_ok();
            taken.push(line);
            if !good || fields.strayed {
                break;
            }
        }
        let whole = !fields.are_open() && !fields.strayed;
        if !whole {
            taken.into_iter().rev().for_each(|line| self.waiting.push_front(line));
        }
        whole.then_some(record)
    }
}

impl Iterator for Records {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            let Line { number, offset, bytes } = self.line()?;
            let mut record = match bytes {
                Ok(bytes) if bytes.trim_ascii().is_empty() && !bytes.contains(&self.delimiter) => continue,
                Ok(bytes) => bytes,
                bad => return Some(Line { number, offset, bytes: bad }),
            };
            let mut fields = Fields::new(self.delimiter);
            fields.feed(&record);
            if fields.are_open() {
                let opened = fields.opened + 1;
                let Some(whole) = self.gather(&record, &mut fields) else {
                    let why = format!(
                        "the quote at byte {opened} of the line is not closed where a field ends; reading went on with the next line"
                    );
                    return Some(Line { number, offset, bytes: Err(Body::Bad("open-quote", why)) });
                };
                record = whole;
            }
            while matches!(record.last(), Some(b'\n' | b'\r')) {
                record.pop();
            }
            return Some(Line { number, offset, bytes: Ok(record) });
        }
    }
}

/// Follows the fields of a record, as the reader of crate csv does.
struct Fields {
    delimiter: u8,
    place: Place,
    /// Where in the first line the quote stands that is open, from 0.
    opened: usize,
    /// Whether a field over several lines went on behind its closing quote.
    strayed: bool,
    lines: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Plain,
    Quoted,
    /// Behind a quote that closes the field, unless another follows.
    Quote,
}

impl Fields {
    fn new(delimiter: u8) -> Fields {
        Fields { delimiter, place: Place::Start, opened: 0, strayed: false, lines: 0 }
    }

    fn are_open(&self) -> bool {
        self.place == Place::Quoted
    }

    /// Follows a line, its end included.
    fn feed(&mut self, line: &[u8]) {
        let mut at = 0;
        // Whether the field that is being closed began on an earlier line.
        let mut over_lines = self.lines > 0 && self.are_open();
        self.lines += 1;
        while at < line.len() {
            at += match self.place {
                Place::Start if line[at] == b'"' => {
                    self.opened = at;
                    self.place = Place::Quoted;
                    1
                }
                Place::Start | Place::Plain => match memchr::memchr(self.delimiter, &line[at..]) {
                    Some(end) => {
                        self.place = Place::Start;
                        end + 1
                    }
                    None => {
                        self.place = Place::Plain;
                        line.len()
                    }
                },
                Place::Quoted => match memchr::memchr(b'"', &line[at..]) {
                    Some(quote) => {
                        self.place = Place::Quote;
                        quote + 1
                    }
                    None => line.len(),
                },
                Place::Quote => {
                    self.place = match line[at] {
                        b'"' => Place::Quoted,
                        byte if byte == self.delimiter => Place::Start,
                        byte => {
                            self.strayed |= over_lines && !matches!(byte, b'\r' | b'\n');
                            Place::Plain
                        }
                    };
                    over_lines &= self.place == Place::Quoted;
                    1
                }
            };
        }
    }
}

/// Splits a record into its fields, as the reader of crate csv does.
pub fn split(record: &[u8], delimiter: u8) -> Vec<Vec<u8>> {
    let mut fields = Vec::new();
    let mut rest = record;
    loop {
        let mut field = Vec::new();
        if let [b'"', quoted @ ..] = rest {
            rest = unquote(quoted, &mut field);
        }
        let end = memchr::memchr(delimiter, rest);
        field.extend_from_slice(&rest[..end.unwrap_or(rest.len())]);
        fields.push(field);
        match end {
            Some(end) => rest = &rest[end + 1..],
            None => return fields,
        }
    }
}

/// Takes what stands before the closing quote, and returns what stands behind it.
fn unquote<'r>(mut rest: &'r [u8], field: &mut Vec<u8>) -> &'r [u8] {
    while let Some(quote) = memchr::memchr(b'"', rest) {
        field.extend_from_slice(&rest[..quote]);
        rest = &rest[quote + 1..];
        let [b'"', more @ ..] = rest else { return rest };
        field.push(b'"');
        rest = more;
    }
    field.extend_from_slice(rest);
    &[]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::split;

    proptest! {
        #[test]
        fn fields_are_those_of_crate_csv(record in "[ab\",;]{1,12}") {
            for delimiter in [b',', b';'] {
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .delimiter(delimiter)
                    .from_reader(record.as_bytes());
                let want = reader.byte_records().next().expect("a record").expect("readable");
                let want: Vec<Vec<u8>> = want.iter().map(<[u8]>::to_vec).collect();
                prop_assert_eq!(split(record.as_bytes(), delimiter), want);
            }
        }
    }
}
