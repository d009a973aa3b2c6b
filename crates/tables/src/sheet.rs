//! A sheet of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods) to rows of texts.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Range, Reader, open_workbook_auto_from_rs};

use super::Row;
use super::guard::guarded;
use super::refusal::Refusal;

/// Bytes that a workbook may unpack to.
pub const MAX_UNPACKED: u64 = 768 << 20;

/// One sheet, held in memory. Iterating gives its rows below the header: the row's number in the sheet, from
/// 1, and as many cells as the header has. Rows without any content are left out.
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The names of all sheets of the workbook.
    pub names: Vec<String>,
    /// The cells of its first row that has content.
    pub header: Vec<String>,
    range: Range<Data>,
    /// The next row within the range.
    next: usize,
}

impl Sheet {
    /// Reads a sheet by its name, or by its place from 1; without either, the first that has content.
    ///
    /// # Errors
    /// The bytes are no workbook, too large, or without such a sheet.
    pub fn open(bytes: Vec<u8>, wanted: Option<&str>) -> Result<Sheet, Refusal> {
        let unpacked = unpacked(&bytes);
        if unpacked > MAX_UNPACKED {
            return Err(Refusal::TooLarge(unpacked, MAX_UNPACKED));
        }
        guarded(|| read(bytes, wanted))
    }
}

fn read(bytes: Vec<u8>, wanted: Option<&str>) -> Result<Sheet, Refusal> {
    let damaged = |error: calamine::Error| Refusal::Damaged(error.to_string());
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let candidates: Vec<String> = match wanted {
        Some(wanted) => vec![named(wanted, &names)?.clone()],
        None => names.clone(),
    };
    for name in candidates {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let first = (0..range.height()).map(|at| row(&range, at)).position(|row| has_content(&row));
        if let Some(first) = first {
            let header = row(&range, first).into_iter().map(Option::unwrap_or_default).collect();
            return Ok(Sheet { name, names, header, range, next: first + 1 });
        }
    }
    let name = wanted.map_or_else(String::new, str::to_owned);
    Ok(Sheet { name, names, header: Vec::new(), range: Range::empty(), next: 0 })
}

fn named<'n>(wanted: &str, names: &'n [String]) -> Result<&'n String, Refusal> {
    let exact = names.iter().find(|name| *name == wanted);
    let folded = || names.iter().find(|name| name.to_lowercase() == wanted.to_lowercase());
    let numbered = || names.get(wanted.parse::<usize>().ok()?.checked_sub(1)?);
    let found = exact.or_else(folded).or_else(numbered);
    found.ok_or_else(|| Refusal::NoSheet(wanted.to_owned(), names.to_vec()))
}

/// What a packed workbook says that it unpacks to; of others, their own size.
fn unpacked(bytes: &[u8]) -> u64 {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return bytes.len() as u64 };
    (0..archive.len()).filter_map(|i| archive.by_index_raw(i).ok().map(|file| file.size())).sum()
}

impl Iterator for Sheet {
    type Item = (u64, Row);

    fn next(&mut self) -> Option<(u64, Row)> {
        let top = u64::from(self.range.start()?.0);
        while self.next < self.range.height() {
            let (line, row) = (top + self.next as u64 + 1, row(&self.range, self.next));
            self.next += 1;
            if has_content(&row) {
                return Some((line, row));
            }
        }
        None
    }
}

fn row(range: &Range<Data>, at: usize) -> Row {
    (0..range.width()).map(|column| range.get((at, column)).and_then(text)).collect()
}

fn has_content(row: &Row) -> bool {
    row.iter().any(Option::is_some)
}

/// A cell as it would be typed; nothing for an empty one or an error of a formula.
fn text(cell: &Data) -> Option<String> {
    let text = match cell {
        Data::Empty | Data::Error(_) => return None,
        Data::DateTime(time) => moment(time),
        // `f64` shows whole numbers without a point.
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

fn moment(time: &ExcelDateTime) -> String {
    if time.is_duration() {
        let seconds = (time.as_f64() * 86_400.0).round() as i64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
