//! A record to the text that is judged, or to the reason why there is none.

use super::super::corpus::{Body, Why};
use super::super::picked::{Kept, Picked};

/// A record that can be judged.
pub struct Text {
    /// Its id, or its line.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
    /// Fields that go to the output.
    pub kept: Vec<(String, Kept)>,
}

/// What of a record is judged.
///
/// # Errors
/// There is no text, or nothing in it.
pub fn record(picked: Picked, line: u64) -> Result<Text, Why> {
    let text = picked.text.ok_or_else(|| ("no-text", "the record has no text".to_owned()))?;
    if !text.chars().any(char::is_alphanumeric) {
        return Err(("empty-text", "the text is empty".into()));
    }
    let id = picked.group.or(picked.id).filter(|id| !id.is_empty()).unwrap_or_else(|| line.to_string());
    Ok(Text { id, title: picked.title, text, kept: picked.kept })
}

/// Bytes of a record's beginning that a reject shows.
const SHOWN: usize = 200;

/// How a record begins, where that is text; it helps to find the record.
pub fn beginning(body: &Body) -> Option<String> {
    match body {
        Body::Json(bytes, _) | Body::Line(bytes) | Body::Row(bytes, _) => Some(clipped(bytes)),
        Body::Cells(row, _) => {
            let cells: Vec<&str> = row.iter().map(|cell| cell.as_deref().unwrap_or("")).collect();
            Some(clipped(cells.join("\t").as_bytes()))
        }
        Body::Group { text, .. } => Some(clipped(text.as_bytes())),
        Body::File(_) | Body::Bad(..) => None,
    }
}

fn clipped(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(SHOWN)];
    let text = String::from_utf8_lossy(head);
    // A letter that was cut through is no part of the beginning.
    let text = if bytes.len() > SHOWN { text.trim_end_matches('\u{FFFD}') } else { &text };
    text.to_owned()
}
