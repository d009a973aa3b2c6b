//! Corpora to records: JSON lines, CSV, TSV, text, folders; plain, .gz or .zst.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::ProgressBar;
use outsort::batch::Weight;

use super::args::CorpusFormat;
use super::failure::Failure;
use super::fields::{Asked, Fields, names};
use super::load::{is_stdin, shown};

/// Longer lines are rejected, not read into memory.
const MAX_LINE: usize = 64 << 20;
/// Lines that may be bad before the first good one.
const MAX_LEAD: usize = 1000;
/// Endings of the documents that are read from a folder.
const DOCUMENTS: &[&str] = &["txt", "md", "markdown", "text", "html", "htm"];

/// One record, not yet parsed.
#[derive(Debug)]
pub struct Item {
    /// Where it came from.
    pub source: Arc<str>,
    /// Its line, from 1; of a row, the line where it begins.
    pub line: u64,
    /// The byte of its source, decompressed, at which it begins; nothing where that means nothing.
    pub offset: Option<u64>,
    /// What it holds.
    pub body: Body,
}

/// What a record holds.
#[derive(Debug)]
pub enum Body {
    /// A line of JSON.
    Json(Vec<u8>, Arc<Fields>),
    /// A row of a table, with its header.
    Row(csv::ByteRecord, Arc<Table>),
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
}

impl Weight for Item {
    fn bytes(&self) -> usize {
        64 + match &self.body {
            Body::Json(bytes, _) | Body::Line(bytes) | Body::File(bytes) => bytes.len(),
            Body::Row(row, _) => row.as_slice().len(),
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

/// Opens a corpus; bytes that are read move the bar on.
pub fn open(
    path: &Path,
    from: Option<CorpusFormat>,
    asked: &Asked,
    bar: &ProgressBar,
) -> Result<Corpus, Failure> {
    if path.is_dir() {
        return folder(path, bar);
    }
    let source: Arc<str> = shown(path).into();
    let format = from.or_else(|| guess(path)).ok_or_else(|| {
        let help = "name the format with --from: jsonl, csv, tsv or txt";
        Failure::Usage(format!("can't tell the format of {source} from its name\nhelp: {help}"))
    });
    let mut reader = reader(path, bar)?;
    let format = match format {
        Ok(format) => format,
        Err(failure) => sniff(&mut reader, path).ok_or(failure)?,
    };
    skip_mark(&mut reader).map_err(|e| Failure::io("read", path, &e))?;
    match format {
        CorpusFormat::Jsonl => json_lines(reader, source, asked),
        CorpusFormat::Csv => table(reader, b',', source, asked),
        CorpusFormat::Tsv => table(reader, b'\t', source, asked),
        CorpusFormat::Txt => {
            let lines = Lines { reader, line: 0, done: false };
            let items = lines.map(move |(line, bytes)| item(&source, line, bytes, Body::Line));
            Ok(Corpus { chosen: None, items: Box::new(items) })
        }
    }
}

fn item(source: &Arc<str>, line: u64, bytes: Result<Vec<u8>, Body>, body: impl Fn(Vec<u8>) -> Body) -> Item {
    Item { source: source.clone(), line, offset: None, body: bytes.map_or_else(|bad| bad, body) }
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
        _ => None,
    }
}

/// Standard input tells its format by its first byte: an object a line, or else text.
fn sniff(reader: &mut impl BufRead, path: &Path) -> Option<CorpusFormat> {
    if !is_stdin(path) {
        return None;
    }
    let head = reader.fill_buf().ok()?;
    let first = head.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF));
    Some(if first == Some(&b'{') { CorpusFormat::Jsonl } else { CorpusFormat::Txt })
}

fn reader(path: &Path, bar: &ProgressBar) -> Result<Box<dyn BufRead + Send>, Failure> {
    const BUFFER: usize = 256 << 10;
    if is_stdin(path) {
        return Ok(Box::new(BufReader::with_capacity(BUFFER, bar.wrap_read(io::stdin()))));
    }
    let file = File::open(path).map_err(|e| Failure::io("read", path, &e))?;
    let mut file = BufReader::with_capacity(BUFFER, bar.wrap_read(file));
    let head = file.fill_buf().map_err(|e| Failure::io("read", path, &e))?;
    if head.starts_with(&[0x1F, 0x8B]) {
        let plain = flate2::bufread::MultiGzDecoder::new(file);
        return Ok(Box::new(BufReader::with_capacity(BUFFER, plain)));
    }
    if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        let plain =
            zstd::stream::read::Decoder::with_buffer(file).map_err(|e| Failure::io("read", path, &e))?;
        return Ok(Box::new(BufReader::with_capacity(BUFFER, plain)));
    }
    Ok(Box::new(file))
}

/// Skips a byte order mark.
fn skip_mark(reader: &mut impl BufRead) -> io::Result<()> {
    if reader.fill_buf()?.starts_with(b"\xEF\xBB\xBF") {
        reader.consume(3);
    }
    Ok(())
}

/// Lines that are not blank, with their numbers.
struct Lines<R> {
    reader: R,
    line: u64,
    done: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = (u64, Result<Vec<u8>, Body>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            self.line += 1;
            let mut bytes = Vec::new();
            match (&mut self.reader).take(MAX_LINE as u64 + 1).read_until(b'\n', &mut bytes) {
                Ok(0) => self.done = true,
                Ok(n) if n > MAX_LINE => {
                    let skipped = skip_line(&mut self.reader);
                    self.done = skipped.is_err();
                    let why = format!("the line is longer than {} MB", MAX_LINE >> 20);
                    return Some((self.line, Err(Body::Bad("long-line", why))));
                }
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => return Some((self.line, Ok(bytes.trim_ascii_end().to_vec()))),
                Err(error) => {
                    self.done = true;
                    return Some((
                        self.line,
                        Err(Body::Bad("unreadable", format!("reading stopped here: {error}"))),
                    ));
                }
            }
        }
        None
    }
}

fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        match memchr::memchr(b'\n', buffer) {
            Some(at) => {
                reader.consume(at + 1);
                return Ok(());
            }
            None if buffer.is_empty() => return Ok(()),
            None => {
                let all = buffer.len();
                reader.consume(all);
            }
        }
    }
}

fn json_lines(reader: Box<dyn BufRead + Send>, source: Arc<str>, asked: &Asked) -> Result<Corpus, Failure> {
    let mut lines = Lines { reader, line: 0, done: false };
    let mut lead = Vec::new();
    let mut found: Option<Vec<String>> = None;
    // Only some records may have the further fields, so their names are gathered for a while.
    for (line, bytes) in lines.by_ref().take(MAX_LEAD) {
        if let Some(present) = bytes.as_ref().ok().and_then(|bytes| names(bytes)) {
            let known = found.get_or_insert_default();
            present.into_iter().for_each(|name| {
                if !known.contains(&name) {
                    known.push(name);
                }
            });
        }
        lead.push((line, bytes));
        if found.as_ref().is_some_and(|known| asked.extra.iter().all(|name| known.contains(name))) {
            break;
        }
    }
    let fields = match found {
        Some(present) => {
            Fields::choose(asked, &present).map_err(|e| Failure::Usage(format!("{source}: {e}")))?
        }
        // Nothing good among them: every line will say so.
        None => Fields { text: asked.text.clone().unwrap_or_else(|| "text".into()), ..Fields::default() },
    };
    let chosen = (!lead.is_empty()).then(|| format!("{source}: {}", fields.describe()));
    let fields = Arc::new(fields);
    let all = lead.into_iter().chain(lines);
    let items = all.map(move |(line, bytes)| item(&source, line, bytes, |b| Body::Json(b, fields.clone())));
    Ok(Corpus { chosen, items: Box::new(items) })
}

fn table(
    reader: Box<dyn BufRead + Send>,
    delimiter: u8,
    source: Arc<str>,
    asked: &Asked,
) -> Result<Corpus, Failure> {
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(reader);
    let header =
        rows.byte_headers().map_err(|e| Failure::Input(format!("{source}: can't read the header: {e}")))?;
    let header: Vec<String> =
        header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
    if header.is_empty() {
        return Ok(Corpus { chosen: None, items: Box::new(std::iter::empty()) });
    }
    let fields = Fields::choose(asked, &header).map_err(|e| Failure::Usage(format!("{source}: {e}")))?;
    let chosen = Some(format!("{source}: {}", fields.describe()));
    let table = Arc::new(Table { header, fields });
    let mut line = 1;
    let items = rows.into_byte_records().map(move |row| {
        let body = match row {
            Ok(row) => {
                line = row.position().map_or(line + 1, |p| p.line());
                match (row.len(), table.header.len()) {
                    (n, m) if n == m => Body::Row(row, table.clone()),
                    (n, m) => Body::Bad("ragged-row", format!("the row has {n} fields, the header {m}")),
                }
            }
            Err(error) => Body::Bad("unreadable", format!("reading stopped here: {error}")),
        };
        Item { source: source.clone(), line, offset: None, body }
    });
    Ok(Corpus { chosen, items: Box::new(items) })
}

/// The documents of a folder and its folders, by path.
fn folder(path: &Path, bar: &ProgressBar) -> Result<Corpus, Failure> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut others = 0;
    for entry in ignore::WalkBuilder::new(path).standard_filters(false).sort_by_file_path(Ord::cmp).build() {
        let entry = entry.map_err(|e| Failure::Input(format!("can't read {}: {e}", path.display())))?;
        let ending = entry.path().extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        if !entry.file_type().is_some_and(|t| t.is_file()) {
            continue;
        }
        match ending {
            Some(ending) if DOCUMENTS.contains(&ending.as_str()) => files.push(entry.into_path()),
            _ => others += 1,
        }
    }
    let skipped =
        if others > 0 { format!("; {others} files of other kinds left out") } else { String::new() };
    let chosen = format!("{}: {} documents ({}){skipped}", path.display(), files.len(), DOCUMENTS.join(", "));
    let bar = bar.clone();
    let root = path.to_owned();
    let items = files.into_iter().map(move |path| {
        let body = match std::fs::read(&path) {
            Ok(bytes) => {
                bar.inc(bytes.len() as u64);
                Body::File(bytes)
            }
            Err(error) => Body::Bad("unreadable", error.to_string()),
        };
        let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy();
        Item { source: name.into(), line: 1, offset: None, body }
    });
    Ok(Corpus { chosen: Some(chosen), items: Box::new(items) })
}

/// Bytes of a corpus on disk, for the progress bar.
pub fn size(path: &Path) -> Option<u64> {
    if is_stdin(path) {
        return None;
    }
    if path.is_dir() {
        let files = ignore::WalkBuilder::new(path).standard_filters(false).build();
        return Some(
            files.filter_map(|e| e.ok()?.metadata().ok()).filter(|m| m.is_file()).map(|m| m.len()).sum(),
        );
    }
    Some(std::fs::metadata(path).ok()?.len())
}
