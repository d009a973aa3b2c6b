//! Texts of a TOML file, and the way from a place inside one to the place in the file.

use std::ops::Range;

/// A file of a pack.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name, as shown in messages.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// A text value and where it stands.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text.
    pub value: String,
    /// Bytes of the value in the file, quotes included.
    pub span: Range<usize>,
}

impl Text {
    /// Where bytes of the value stand in the file.
    pub fn inner(&self, file: &str, range: Range<usize>) -> Range<usize> {
        let raw = &file[self.span.clone()];
        let at = |wanted: usize| self.span.start + raw_offset(raw, wanted);
        let start = at(range.start);
        start..at(range.end).max(start + usize::from(range.end > range.start))
    }
}

/// The offset in a TOML string, quotes included, of a byte of its value.
fn raw_offset(raw: &str, wanted: usize) -> usize {
    let quotes = ["'''", "\"\"\"", "'", "\""].into_iter().find(|q| raw.starts_with(q)).unwrap_or("");
    let mut at = quotes.len();
    if quotes.len() == 3 {
        at += raw[at..].len() - raw[at..].trim_start_matches('\r').trim_start_matches('\n').len();
    }
    let escapes = quotes.starts_with('"');
    let mut value = 0;
    let mut chars = raw[at..].chars().peekable();
    while value < wanted {
        let Some(c) = chars.next() else { break };
        at += c.len_utf8();
        if !(escapes && c == '\\') {
            value += c.len_utf8();
            continue;
        }
        let Some(escape) = chars.next() else { break };
        at += escape.len_utf8();
        let digits = match escape {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let code: String = chars.by_ref().take(digits).collect();
        at += code.len();
        let decoded = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
        value += decoded.map_or(1, char::len_utf8);
    }
    at
}
