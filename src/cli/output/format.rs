//! The format of the results.

use std::path::Path;

use outsort_tables::ColumnarFormat;

use super::super::failure::Failure;

/// The format of the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object a line.
    Jsonl,
    /// A table; the delimiter.
    Csv(u8),
    /// A file of columns.
    Columnar(ColumnarFormat),
}

/// The format that a file's ending asks for.
pub fn format_of(path: Option<&Path>) -> Result<Format, Failure> {
    let Some(path) = path else { return Ok(Format::Jsonl) };
    let name = path.to_string_lossy().to_ascii_lowercase();
    let plain = name.trim_end_matches(".gz").trim_end_matches(".zst");
    let format = match plain.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jsonl" | "ndjson" | "json") => Format::Jsonl,
        Some("csv") => Format::Csv(b','),
        Some("tsv" | "tab") => Format::Csv(b'\t'),
        Some("parquet" | "pq") => Format::Columnar(ColumnarFormat::Parquet),
        Some("arrow" | "feather" | "ipc") => Format::Columnar(ColumnarFormat::Arrow),
        Some("xlsx" | "ods" | "xls") => {
            let help = "write .csv, which spreadsheets open";
            return Err(Failure::Usage(format!(
                "workbooks are read but not written: {}\nhelp: {help}",
                path.display()
            )));
        }
        _ => {
            let help = "end it in .jsonl, .csv or .tsv, also with .gz or .zst, or in .parquet or .arrow";
            return Err(Failure::Usage(format!(
                "can't tell the format of {} from its name\nhelp: {help}",
                path.display()
            )));
        }
    };
    if matches!(format, Format::Columnar(_)) && plain != name {
        let help = "leave out the last ending: such files are compressed in themselves or read in place";
        return Err(Failure::Usage(format!("{} would be packed as a whole\nhelp: {help}", path.display())));
    }
    Ok(format)
}
