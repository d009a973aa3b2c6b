//! A record to the text that is judged, or to the reason why there is none.

use std::borrow::Cow;

use super::super::corpus::Body;
use super::super::fields::Picked;

/// Code and reason of a rejection.
pub type Why = (&'static str, String);

/// A record that can be judged.
pub struct Text {
    /// Its id, or its line.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
}

pub fn pick(body: &Body) -> Result<Picked, Why> {
    match body {
        Body::Json(bytes, fields) => {
            let line = String::from_utf8_lossy(bytes);
            fields.pick_json(line.as_bytes()).map_err(|why| ("bad-json", why))
        }
        Body::Row(row, table) => {
            let values: Vec<Cow<'_, str>> = row.iter().map(String::from_utf8_lossy).collect();
            let column = |name: &str| table.header.iter().position(|h| h == name);
            Ok(table.fields.pick_row(|name| column(name).map(|i| values[i].as_ref())))
        }
        Body::Line(bytes) => {
            Ok(Picked { text: Some(String::from_utf8_lossy(bytes).into_owned()), ..Picked::default() })
        }
        Body::File(_) => Ok(Picked::default()),
        Body::Group { id, title, text } => Ok(Picked {
            text: Some(text.clone()),
            id: Some(id.clone()),
            title: title.clone(),
            ..Picked::default()
        }),
        Body::Bad(code, why) => Err((code, why.clone())),
    }
}

pub fn record(picked: Picked, line: u64) -> Result<Text, Why> {
    let text = picked.text.ok_or_else(|| ("no-text", "the record has no text".to_owned()))?;
    if !text.chars().any(char::is_alphanumeric) {
        return Err(("empty-text", "the text is empty".into()));
    }
    let id = picked.group.or(picked.id).filter(|id| !id.is_empty()).unwrap_or_else(|| line.to_string());
    Ok(Text { id, title: picked.title, text })
}

/// Bytes of a record's beginning that a reject shows.
const SHOWN: usize = 200;

/// How a record begins, where that is text; it helps to find the record.
pub fn beginning(body: &Body) -> Option<String> {
    match body {
        Body::Json(bytes, _) | Body::Line(bytes) => Some(clipped(bytes)),
        Body::Row(row, _) => Some(clipped(&row.iter().collect::<Vec<_>>().join(&b","[..]))),
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
