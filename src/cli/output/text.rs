//! Judgments as lines of JSON or rows of a delimited table.

use std::collections::HashMap;

use outsort::format::record::{CSV_COLUMNS, Record, csv_row};
use serde_json::value::RawValue;

use super::super::picked::Kept;
use super::columns::{Column, Columns, name_of};
use super::results::{Encoder, Judged};

/// A line of JSON.
pub fn line(encoder: &Encoder<'_>, judged: &Judged<'_>) -> Vec<u8> {
    let Judged { id, hits, judgment, kept } = judged;
    let record = Record::new(id, None, encoder.pack, hits, judgment, encoder.detail);
    let mut bytes = Vec::new();
    // Writing to memory can't fail.
    _ = serde_json::to_writer(&mut bytes, &record);
    if encoder.columns.chosen {
        bytes = chosen(&bytes, &encoder.columns, kept);
    } else if !kept.is_empty() {
        bytes.pop();
        for (field, value) in *kept {
            member(&mut bytes, &name_of(field), &value.json());
        }
        bytes.push(b'}');
    }
    bytes.push(b'\n');
    bytes
}

/// The record with the chosen columns only.
fn chosen(record: &[u8], columns: &Columns, kept: &[(String, Kept)]) -> Vec<u8> {
    let own: HashMap<&str, &RawValue> = serde_json::from_slice(record).unwrap_or_default();
    let criteria: HashMap<&str, &RawValue> =
        own.get("criteria").and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
    let mut bytes = vec![b'{'];
    for column in &columns.all {
        match column {
            Column::Kept { field, name } => {
                if let Some((_, value)) = kept.iter().find(|(known, _)| known == field) {
                    member(&mut bytes, name, &value.json());
                }
            }
            Column::Criterion(criterion) => {
                if let Some(raw) = criteria.get(criterion.name()) {
                    member(&mut bytes, criterion.name(), raw.get());
                }
            }
            column => {
                if let Some(raw) = own.get(column.name()) {
                    member(&mut bytes, column.name(), raw.get());
                }
            }
        }
    }
    bytes.push(b'}');
    bytes
}

fn member(bytes: &mut Vec<u8>, name: &str, json: &str) {
    if bytes.last() != Some(&b'{') {
        bytes.push(b',');
    }
    _ = serde_json::to_writer(&mut *bytes, name);
    bytes.push(b':');
    bytes.extend_from_slice(json.as_bytes());
}

/// A row of a table.
pub fn row(encoder: &Encoder<'_>, judged: &Judged<'_>, delimiter: u8) -> Vec<u8> {
    let Judged { id, hits, judgment, kept } = judged;
    let own = csv_row(id, encoder.pack, judgment, encoder.detail);
    let cell = |column: &Column| match column {
        Column::Kept { field, .. } => {
            let value = kept.iter().find(|(known, _)| known == field).and_then(|(_, value)| value.text());
            value.map_or_else(String::new, std::borrow::Cow::into_owned)
        }
        Column::Tasks => hits.tasks.len().to_string(),
        column => {
            let place = CSV_COLUMNS.iter().position(|name| *name == column.name());
            own.get(place.unwrap_or(CSV_COLUMNS.len())).cloned().unwrap_or_default()
        }
    };
    let mut bytes = Vec::new();
    write_row(&mut bytes, delimiter, encoder.columns.all.iter().map(cell));
    bytes
}

/// The header of a table.
pub fn header(columns: &Columns, delimiter: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_row(&mut bytes, delimiter, columns.names());
    bytes
}

fn write_row<S: AsRef<[u8]>>(bytes: &mut Vec<u8>, delimiter: u8, row: impl IntoIterator<Item = S>) {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(bytes);
    // As above.
    _ = writer.write_record(row);
}
