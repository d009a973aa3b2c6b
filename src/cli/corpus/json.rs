//! Records of JSON: an object a line, a list of objects, or objects that go over several lines.

use std::io::BufRead;
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::super::failure::Failure;
use super::super::fields::{Asked, Fields, Keep, Present};
use super::bytes::Input;
use super::ledger::Repairs;
use super::lines::{Line, Lines, MAX_LINE, stopped};
use super::{Body, Corpus, Item, chosen, misfit};

/// Records among which the names of fields are looked for,
const MAX_LEAD: usize = 1000;
/// and their bytes.
const MAX_LEAD_BYTES: usize = 16 << 20;

/// Opens records of JSON.
pub fn open(mut input: Input, source: Arc<str>, asked: &Asked) -> Result<Corpus, Failure> {
    let layout = Layout::of(input.reader.fill_buf().unwrap_or_default());
    let guessed = input.guessed;
    let mut records: Box<dyn Iterator<Item = Line> + Send> = match layout {
        Layout::Lines => Box::new(Lines::new(input)),
        layout => Box::new(Values::new(input, layout)),
    };
    let mut lead = Vec::new();
    let mut found: Option<Present> = None;
    let mut bytes = 0;
    // Only some records may have the further fields, so their names are gathered for a while.
    while lead.len() < MAX_LEAD && bytes < MAX_LEAD_BYTES {
        let Some(line) = records.next() else { break };
        bytes += line.bytes.as_ref().map_or(0, Vec::len);
        if let Some(more) = line.bytes.as_ref().ok().and_then(|bytes| Present::of_json(bytes)) {
            found.get_or_insert_default().add(more);
        }
        lead.push(line);
        if asked.keep != Keep::All && found.as_ref().is_some_and(|known| asked.is_content(known)) {
            break;
        }
    }
    let fields = match found {
        Some(present) => Fields::choose(asked, &present).map_err(misfit(&source))?,
        // Nothing good among them: every line will say so.
        None => Fields { text: asked.text.clone().unwrap_or_else(|| "text".into()), ..Fields::default() },
    };
    let told = if layout == Layout::List { vec!["a list of records".into()] } else { Vec::new() };
    let chosen = (!lead.is_empty()).then(|| chosen(&source, guessed, told, &fields));
    let fields = Arc::new(fields);
    let items = lead.into_iter().chain(records).map(move |Line { number, offset, bytes }| {
        let body = bytes.map_or_else(|bad| bad, |bytes| Body::Json(bytes, fields.clone()));
        Item { source: source.clone(), line: number, offset, body }
    });
    Ok(Corpus { chosen, items: Box::new(items) })
}

/// How records follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// One a line.
    Lines,
    /// In brackets, with commas between.
    List,
    /// Over several lines each, without commas.
    Spread,
}

impl Layout {
    fn of(head: &[u8]) -> Layout {
        let head = head.trim_ascii_start();
        let Some(end) = memchr::memchr(b'\n', head) else {
            return if head.first() == Some(&b'[') { Layout::List } else { Layout::Lines };
        };
        let first = head[..end].trim_ascii_end();
        match (head[0], first.last()) {
            // A line `[1,2]` is a bad record among lines.
            (b'[', _) if serde_json::from_slice::<IgnoredAny>(first).is_err() || is_all(head, end) => {
                Layout::List
            }
            (b'{', Some(b'{' | b'[' | b',')) => Layout::Spread,
            _ => Layout::Lines,
        }
    }
}

fn is_all(head: &[u8], end: usize) -> bool {
    head[end..].trim_ascii().is_empty()
}

/// Cuts a text of JSON into its records, which only their reader parses: a bad one costs only itself.
struct Values {
    reader: Box<dyn BufRead + Send>,
    layout: Layout,
    line: u64,
    offset: Option<u64>,
    done: bool,
    repairs: Arc<Repairs>,
}

/// What stands before and between records.
enum Gap {
    /// A record begins.
    Record,
    /// The text ends; whether its list was closed.
    End(bool),
}

impl Values {
    fn new(input: Input, layout: Layout) -> Values {
        let Input { reader, offset, repairs, .. } = input;
        let mut values = Values { reader, layout, line: 1, offset, done: false, repairs };
        if layout == Layout::List {
            // An error comes again, and is said then.
            _ = values.pass(|byte| byte.is_ascii_whitespace());
            values.step(1, 0);
        }
        values
    }

    fn step(&mut self, bytes: usize, lines: u64) {
        self.reader.consume(bytes);
        self.offset = self.offset.map(|offset| offset + bytes as u64);
        self.line += lines;
    }

    /// Skips bytes, and returns the first other one.
    fn pass(&mut self, what: impl Fn(u8) -> bool) -> std::io::Result<Option<u8>> {
        loop {
            let buffer = self.reader.fill_buf()?;
            let length = buffer.iter().position(|byte| !what(*byte));
            let skipped = &buffer[..length.unwrap_or(buffer.len())];
            let (bytes, lines) = (skipped.len(), memchr::memchr_iter(b'\n', skipped).count() as u64);
            let next = length.map(|at| buffer[at]);
            let ended = buffer.is_empty();
            self.step(bytes, lines);
            if next.is_some() || ended {
                return Ok(next);
            }
        }
    }

    fn gap(&mut self) -> std::io::Result<Gap> {
        let listed = self.layout == Layout::List;
        let next = self.pass(|byte| byte.is_ascii_whitespace() || byte == b',')?;
        Ok(match next {
            Some(b']') if listed => {
                self.step(1, 0);
                Gap::End(true)
            }
            Some(_) => Gap::Record,
            None => Gap::End(!listed),
        })
    }

    /// What is wrong if something stands behind the end of a list.
    fn surplus(&mut self) -> Option<&'static str> {
        let next = self.pass(|byte| byte.is_ascii_whitespace()).ok()?;
        (next.is_some() && self.layout == Layout::List).then_some("what stands behind the list was not read")
    }

    /// The bytes of the record that begins here; nothing if it does not end.
    fn record(&mut self) -> std::io::Result<Result<Vec<u8>, Body>> {
        let mut bytes = Vec::new();
        let mut depth = Depth::default();
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                let cut = "the file ends within the record that begins here";
                let whole = depth.whole || depth.open == 0 && self.layout == Layout::Spread;
                self.done = true;
                return Ok(if whole { Ok(bytes) } else { Err(Body::Bad("bad-json", cut.into())) });
            }
            // A record has a byte at least: a stray bracket must not stand still.
            let end = buffer
                .iter()
                .position(|byte| depth.ends(*byte))
                .map(|at| at.max(usize::from(bytes.is_empty())));
            let part = &buffer[..end.unwrap_or(buffer.len())];
            let (length, lines) = (part.len(), memchr::memchr_iter(b'\n', part).count() as u64);
            if bytes.len() <= MAX_LINE {
                bytes.extend_from_slice(part);
            }
            self.step(length, lines);
            if end.is_some() {
                let long = format!("the record is longer than {} MB", MAX_LINE >> 20);
                let bad = || Err(Body::Bad("long-record", long));
                return Ok(if bytes.len() > MAX_LINE { bad() } else { Ok(bytes) });
            }
        }
    }
}

const CUT: &str = "the file ends before its list is closed: something is missing, most likely";

/// Where in a record a byte stands.
#[derive(Default)]
struct Depth {
    open: u64,
    in_string: bool,
    escaped: bool,
    whole: bool,
    /// A string was never closed: brackets mean little from here on.
    broken: bool,
    /// Whether only blanks stand before, on the line.
    at_start: bool,
}

impl Depth {
    /// Whether the record has ended before this byte.
    fn ends(&mut self, byte: u8) -> bool {
        if self.whole {
            return true;
        }
        // A record begins on this line: one that is broken must not swallow it.
        if self.broken && self.at_start && byte == b'{' {
            return true;
        }
        self.at_start = byte == b'\n' || self.at_start && byte.is_ascii_whitespace();
        if self.in_string {
            // No string holds a line end.
            self.broken |= byte == b'\n';
            self.in_string = self.escaped && byte != b'\n' || !matches!(byte, b'"' | b'\n');
            self.escaped = !self.escaped && byte == b'\\';
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.open += 1,
            b'}' | b']' if self.open > 0 => {
                self.open -= 1;
                self.whole = self.open == 0;
            }
            b',' | b']' | b'\n' if self.open == 0 => return true,
            _ => {}
        }
        false
    }
}

impl Iterator for Values {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.done {
            return None;
        }
        let gap = self.gap();
        let (number, offset) = (self.line, self.offset);
        let bytes = match gap {
            Ok(Gap::Record) => self.record(),
            Ok(Gap::End(closed)) => {
                self.done = true;
                let wrong = if closed { self.surplus()? } else { CUT };
                return Some(Line { number, offset, bytes: Err(Body::Bad("bad-json", wrong.into())) });
            }
            Err(error) => Err(error),
        };
        let bytes = bytes.unwrap_or_else(|error| {
            self.done = true;
            Err(stopped(&error))
        });
        if let Ok(bytes) = &bytes {
            self.repairs.look(number, bytes);
        }
        Some(Line { number, offset, bytes })
    }
}
