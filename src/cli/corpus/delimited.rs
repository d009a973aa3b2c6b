//! CSV, TSV and their kin: which delimiter, which columns.

use std::sync::Arc;

use super::super::failure::{Failure, count};
use super::super::fields::{Asked, Fields, Present};
use super::bytes::Input;
use super::header::{Header, header};
use super::lines::{Line, Lines};
use super::quoted::{Records, split};
use super::{Body, Corpus, Item, Table, chosen, misfit};

/// Delimiters that are recognised, the usual ones first.
const KNOWN: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Opens a table; `usual` is the delimiter that its format has by name.
pub fn open(input: Input, usual: u8, source: Arc<str>, asked: &Asked) -> Result<Corpus, Failure> {
    let guessed = input.guessed;
    let mut lines = Lines::new(input);
    let Some(first) = first(&mut lines) else { return Ok(Corpus::empty()) };
    let (said, first) = separator(first, &mut lines);
    let wanted = asked.reading.delimiter.or(said);
    let delimiter = wanted.unwrap_or_else(|| likely(first.as_ref(), usual));
    let mut records = Records::new(lines, first, delimiter);
    let Some(Line { bytes, .. }) = records.next() else { return Ok(Corpus::empty()) };
    let bytes =
        bytes.map_err(|bad| Failure::Input(format!("{source}: can't read the header: {}", why(&bad))))?;
    let names = split(&bytes, delimiter);
    let names: Vec<String> =
        names.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
    let Header { names, repairs } = header(&names);
    let fields = Fields::choose(asked, &Present::columns(&names)).map_err(misfit(&source))?;
    let mut told = Vec::new();
    if asked.reading.delimiter.is_none() && delimiter != usual {
        told.push(format!("fields separated by {} (--delimiter {})", named(delimiter), written(delimiter)));
    }
    told.extend(repairs);
    let chosen = chosen(&source, guessed, told, &fields);
    let table = Arc::new(Table { header: names, fields, delimiter });
    let items = records.map(move |Line { number, offset, bytes }| {
        let body = bytes.map_or_else(|bad| bad, |bytes| Body::Row(bytes, table.clone()));
        Item { source: source.clone(), line: number, offset, body }
    });
    Ok(Corpus { chosen: Some(chosen), items: Box::new(items) })
}

fn first(lines: &mut Lines) -> Option<Line> {
    loop {
        let line = lines.any()?;
        if !line.bytes.as_ref().is_ok_and(|bytes| bytes.trim_ascii().is_empty()) {
            return Some(line);
        }
    }
}

/// A line `sep=;`, which spreadsheets write and read, names the delimiter; the header follows.
fn separator(line: Line, lines: &mut Lines) -> (Option<u8>, Option<Line>) {
    match line.bytes.as_ref().map(|bytes| bytes.trim_ascii_end()) {
        Ok([b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter]) => (Some(*delimiter), first(lines)),
        _ => (None, Some(line)),
    }
}

/// The delimiter that a header has most of; the usual one if none has more.
fn likely(line: Option<&Line>, usual: u8) -> u8 {
    let Some(Ok(bytes)) = line.map(|line| &line.bytes) else { return usual };
    let times = |delimiter: u8| split(bytes, delimiter).len() - 1;
    let most = KNOWN.into_iter().rev().max_by_key(|delimiter| times(*delimiter)).unwrap_or(usual);
    if times(most) > times(usual) { most } else { usual }
}

fn named(delimiter: u8) -> String {
    if delimiter == b'\t' { "tabs".into() } else { format!("`{}`", char::from(delimiter)) }
}

/// The delimiter as it is written on a command line.
fn written(delimiter: u8) -> String {
    if delimiter == b'\t' { "tab".into() } else { format!("'{}'", char::from(delimiter)) }
}

fn why(bad: &Body) -> &str {
    if let Body::Bad(_, why) = bad { why } else { "" }
}

/// The values of a row, as many as the table has columns.
///
/// # Errors
/// Code and reason of a rejection.
pub fn values(row: &[u8], table: &Table) -> Result<Vec<Vec<u8>>, (&'static str, String)> {
    let mut values = split(row, table.delimiter);
    let columns = table.header.len();
    // Spreadsheets like to end every row with empty fields.
    while values.len() > columns && values.last().is_some_and(Vec::is_empty) {
        values.pop();
    }
    if values.len() != columns {
        let found = count(values.len(), "field");
        return Err(("ragged-row", format!("the row has {found}, the header {columns}")));
    }
    Ok(values)
}
