//! Corpora to records: JSON, delimited tables, sheets, Parquet, Arrow, text, folders; plain, .gz or .zst.

mod bytes;
mod cells;
mod delimited;
mod folder;
mod group;
mod header;
mod json;
mod ledger;
mod lines;
mod paths;
mod quoted;

use std::borrow::Cow;
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

use indicatif::ProgressBar;
use outsort::batch::Weight;
use outsort_tables::{ColumnarFormat, Row};

pub use group::in_runs;
pub use ledger::Ledger;
pub use paths::expanded;

use super::args::CorpusFormat;
use super::documents::ENDINGS;
use super::failure::Failure;
use super::fields::{Asked, Fields};
use super::load::{is_stdin, shown};
use super::picked::{Kept, Picked};
use lines::{Line, Lines};

/// One record, not yet parsed.
#[derive(Debug)]
pub struct Item {
    /// Where it came from.
    pub source: Arc<str>,
    /// Its line, from 1; of what goes over several, the first; of a row of a sheet or a Parquet file, its number.
    pub line: u64,
    /// The byte of its source, decompressed, at which it begins; nothing where that means nothing.
    pub offset: Option<u64>,
    /// What it holds.
    pub body: Body,
}

/// What a record holds.
#[derive(Debug)]
pub enum Body {
    /// An object of JSON.
    Json(Vec<u8>, Arc<Fields>),
    /// A row of a delimited table as it stands there.
    Row(Vec<u8>, Arc<Table>),
    /// The cells of a row, in the order of the table's columns.
    Cells(Row, Arc<Table>),
    /// A line of text.
    Line(Vec<u8>),
    /// A file of a folder, and its bytes.
    File(Vec<u8>),
    /// Texts of one group, joined.
    Group {
        /** The group's name. */
        id: String,
        /** The first title. */
        title: Option<String>,
        /** The texts. */
        text: String,
        /** What is kept of the first record. */
        kept: Vec<(String, Kept)>,
    },
    /// It could not be read.
    Bad(&'static str, String),
}

/// A table's header and what is wanted of it.
#[derive(Debug)]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The columns that are used.
    pub fields: Fields,
    /// What separates fields.
    pub delimiter: u8,
}

/// Code and reason of a rejection.
pub type Why = (&'static str, String);

impl Body {
    /// The values of its fields.
    ///
    /// # Errors
    /// Code and reason of a rejection.
    pub fn pick(&self) -> Result<Picked, Why> {
        match self {
            Body::Json(bytes, fields) => {
                let record = String::from_utf8_lossy(bytes);
                fields.pick_json(record.as_bytes()).map_err(|why| ("bad-json", why))
            }
            Body::Row(row, table) => {
                let values = delimited::values(row, table)?;
                let value = |at: usize| values.get(at).map(|value| String::from_utf8_lossy(value));
                Ok(table.fields.pick_row(&table.header, value))
            }
            Body::Cells(row, table) => {
                let value = |at: usize| row.get(at)?.as_deref().map(Cow::Borrowed);
                Ok(table.fields.pick_row(&table.header, value))
            }
            Body::Line(bytes) => {
                Ok(Picked { text: Some(String::from_utf8_lossy(bytes).into_owned()), ..Picked::default() })
            }
            Body::File(_) => Ok(Picked::default()),
            Body::Group { id, title, text, kept } => Ok(Picked {
                text: Some(text.clone()),
                id: Some(id.clone()),
                title: title.clone(),
                kept: kept.clone(),
                ..Picked::default()
            }),
            Body::Bad(code, why) => Err((code, why.clone())),
        }
    }
}

impl Weight for Item {
    fn bytes(&self) -> usize {
        64 + match &self.body {
            Body::Json(bytes, _) | Body::Line(bytes) | Body::File(bytes) | Body::Row(bytes, _) => bytes.len(),
            Body::Cells(row, _) => row.iter().flatten().map(String::len).sum(),
            Body::Group { text, .. } => text.len(),
            Body::Bad(_, why) => why.len(),
        }
    }
}

/// The records of a corpus.
pub struct Corpus {
    /// What was chosen to be read, in a line; nothing where there was no choice.
    pub chosen: Option<String>,
    /// The records.
    pub items: Box<dyn Iterator<Item = Item> + Send>,
}

impl Corpus {
    fn empty() -> Corpus {
        Corpus { chosen: None, items: Box::new(std::iter::empty()) }
    }
}

/// Opens a corpus; bytes that are read move the bar on.
pub fn open(
    path: &Path,
    from: Option<CorpusFormat>,
    asked: &Asked,
    bar: &ProgressBar,
) -> Result<Corpus, Failure> {
    if path.is_dir() {
        return folder::folder(path, asked, bar);
    }
    let source: Arc<str> = shown(path).into();
    let known = from.or_else(|| guess(path));
    if known.is_none() && is_document(path) && path.exists() {
        let item = Item { source, line: 1, offset: None, body: folder::document(path, bar) };
        return Ok(Corpus { chosen: None, items: Box::new(std::iter::once(item)) });
    }
    match known {
        Some(CorpusFormat::Sheet) => return cells::sheet(path, source, asked, bar),
        Some(CorpusFormat::Parquet) => {
            return cells::columnar(path, ColumnarFormat::Parquet, source, asked, bar);
        }
        Some(CorpusFormat::Arrow) => {
            return cells::columnar(path, ColumnarFormat::Arrow, source, asked, bar);
        }
        _ => {}
    }
    let mut reader = bytes::unpacked(path, bar)?;
    let head = reader.fill_buf().unwrap_or_default();
    if let Some((what, from)) = other(head) {
        let help = format!("read it with --from {from}, from a file");
        return Err(Failure::Input(format!("{source} is {what}\nhelp: {help}")));
    }
    let format = known.or_else(|| is_stdin(path).then(|| sniffed(head))).ok_or_else(|| {
        let help = "name the format with --from: jsonl, csv, tsv, txt, sheet, parquet or arrow";
        Failure::Usage(format!("can't tell the format of {source} from its name\nhelp: {help}"))
    })?;
    let input = bytes::decoded(reader, asked.reading.encoding, &source, &asked.reading.ledger);
    match format {
        CorpusFormat::Csv => delimited::open(input, b',', source, asked),
        CorpusFormat::Tsv => delimited::open(input, b'\t', source, asked),
        CorpusFormat::Txt => Ok(text(input, source)),
        _ => json::open(input, source, asked),
    }
}

/// Whether a name says that the file is one document, not a text with a document a line.
fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// A document a line.
fn text(input: bytes::Input, source: Arc<str>) -> Corpus {
    let items = Lines::new(input).map(move |Line { number, offset, bytes }| {
        let body = bytes.map_or_else(|bad| bad, Body::Line);
        Item { source: source.clone(), line: number, offset, body }
    });
    Corpus { chosen: None, items: Box::new(items) }
}

/// What was chosen, in a line.
fn chosen(source: &str, encoding: Option<&str>, told: Vec<String>, fields: &Fields) -> String {
    let encoding = encoding.map(|name| format!("read as {name} (--encoding)"));
    let all = encoding.into_iter().chain(told).chain([fields.describe()]);
    format!("{source}: {}", all.collect::<Vec<_>>().join("; "))
}

/// The fields don't fit the source.
fn misfit(source: &Arc<str>) -> impl Fn(String) -> Failure + use<> {
    let source = source.clone();
    move |why| Failure::Usage(format!("{source}: {why}"))
}

/// The format that a name tells, compression aside.
pub fn guess(path: &Path) -> Option<CorpusFormat> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
    match name.rsplit_once('.')?.1 {
        "jsonl" | "ndjson" | "json" => Some(CorpusFormat::Jsonl),
        "csv" => Some(CorpusFormat::Csv),
        "tsv" | "tab" => Some(CorpusFormat::Tsv),
        "txt" | "text" => Some(CorpusFormat::Txt),
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => Some(CorpusFormat::Sheet),
        "parquet" | "pq" => Some(CorpusFormat::Parquet),
        "arrow" | "arrows" | "feather" | "ipc" => Some(CorpusFormat::Arrow),
        _ => None,
    }
}

/// Standard input tells its format by its first byte: JSON, or else text.
fn sniffed(head: &[u8]) -> CorpusFormat {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let list = || matches!(head[1..].trim_ascii_start().first(), Some(b'{' | b']'));
    match head.first() {
        Some(b'{') => CorpusFormat::Jsonl,
        Some(b'[') if list() => CorpusFormat::Jsonl,
        _ => CorpusFormat::Txt,
    }
}

/// What a file is that is no text, and the format that reads it.
fn other(head: &[u8]) -> Option<(&'static str, &'static str)> {
    match head {
        [b'P', b'K', 3, 4, ..] => Some(("a packed workbook or document, no text", "sheet")),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some(("an old or locked workbook or document, no text", "sheet")),
        [b'P', b'A', b'R', b'1', ..] => Some(("a Parquet file, no text", "parquet")),
        [b'A', b'R', b'R', b'O', b'W', b'1', ..] => Some(("an Arrow file, no text", "arrow")),
        _ => None,
    }
}
