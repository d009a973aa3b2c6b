//! Sheets of workbooks, Parquet and Arrow files: rows whose cells are texts already.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use indicatif::ProgressBar;
use outsort_tables::{Columnar, ColumnarFormat, MAX_UNPACKED, Refusal, Row, Sheet};

use super::super::failure::Failure;
use super::super::fields::{Asked, Fields, Present};
use super::super::load::is_stdin;
use super::bytes::unpacked;
use super::header::{Header, header};
use super::{Body, Corpus, Item, Table, chosen, misfit};

fn refused(path: &Path, refusal: &Refusal) -> Failure {
    let text = format!("can't read {}: {refusal}\nhelp: {}", path.display(), refusal.help());
    if matches!(refusal, Refusal::NoSheet(..)) { Failure::Usage(text) } else { Failure::Input(text) }
}

/// Opens a sheet of a workbook.
pub fn sheet(path: &Path, source: Arc<str>, asked: &Asked, bar: &ProgressBar) -> Result<Corpus, Failure> {
    let mut bytes = Vec::new();
    let mut reader = unpacked(path, bar)?.take(MAX_UNPACKED + 1);
    reader.read_to_end(&mut bytes).map_err(|e| Failure::io("read", path, &e))?;
    let wanted = asked.reading.sheet.as_deref();
    let sheet = Sheet::open(bytes, wanted).map_err(|refusal| refused(path, &refusal))?;
    let mut told = Vec::new();
    if wanted.is_none() && sheet.names.len() > 1 {
        told.push(format!("sheet `{}` of {} (--sheet)", sheet.name, sheet.names.len()));
    }
    if sheet.header.is_empty() {
        let note =
            format!("{source}: there is nothing in {}", if wanted.is_some() { "the sheet" } else { "it" });
        return Ok(Corpus { chosen: Some(note), ..Corpus::empty() });
    }
    let given: Vec<String> = sheet.header.iter().map(|name| name.trim().to_owned()).collect();
    let Header { names, repairs } = header(&given);
    told.extend(repairs);
    let fields = Fields::choose(asked, &Present::columns(&names)).map_err(misfit(&source))?;
    let chosen = chosen(&source, None, told, &fields);
    let table = Arc::new(Table { header: names, fields, delimiter: b'\t' });
    let items = sheet.map(move |(line, row)| Item {
        source: source.clone(),
        line,
        offset: None,
        body: Body::Cells(row, table.clone()),
    });
    Ok(Corpus { chosen: Some(chosen), items: Box::new(items) })
}

/// Opens a Parquet or Arrow file; `line` of its items is the number of the row, from 1.
pub fn columnar(
    path: &Path,
    format: ColumnarFormat,
    source: Arc<str>,
    asked: &Asked,
    bar: &ProgressBar,
) -> Result<Corpus, Failure> {
    if is_stdin(path) {
        let help = "write it to a file: its end is read before its beginning";
        return Err(Failure::Usage(format!("{format:?} can't be read from standard input\nhelp: {help}")));
    }
    let file = File::open(path).map_err(|e| Failure::io("read", path, &e))?;
    let size = file.metadata().map_or(0, |data| data.len());
    let table = Columnar::open(file, format).map_err(|refusal| refused(path, &refusal))?;
    let rows = table.rows;
    let columns = table.columns();
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let fields = Fields::choose(asked, &Present::columns(&names)).map_err(misfit(&source))?;
    if columns.iter().any(|column| column.many && column.name == fields.text) {
        let help = "name a column of texts with --text";
        return Err(Failure::Usage(format!("{source}: column `{}` holds lists\nhelp: {help}", fields.text)));
    }
    let used = fields.used(&names);
    let chosen = chosen(&source, None, Vec::new(), &fields);
    let read = table.read(used.clone()).map_err(|refusal| refused(path, &refusal))?;
    let table = Arc::new(Table { header: used, fields, delimiter: b'\t' });
    let (bar, mut line) = (bar.clone(), 0);
    let items = read.map(move |row: Result<Row, Refusal>| {
        line += 1;
        bar.inc(rows.filter(|rows| *rows > 0).map_or(0, |rows| size / rows));
        let body = match row {
            Ok(row) => Body::Cells(row, table.clone()),
            Err(refusal) => Body::Bad("unreadable", format!("reading stopped here: {refusal}")),
        };
        Item { source: source.clone(), line, offset: None, body }
    });
    Ok(Corpus { chosen: Some(chosen), items: Box::new(items) })
}
