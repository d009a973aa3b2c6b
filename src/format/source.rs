//! The bytes of a file to text, with the way back: every offset of the text leads to one of the file.

use std::fmt;

use super::diagnostic::position;
use super::html;

/// Where something stands in a file, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line of a text.
    Line(usize),
    /// A page of a file that has pages.
    Page(u32),
    /// A paragraph, an item or a table cell of a file that has none.
    Paragraph(u32),
}

impl Place {
    /// What is counted: `line`, `page`, `paragraph`.
    pub fn unit(self) -> &'static str {
        match self {
            Place::Line(_) => "line",
            Place::Page(_) => "page",
            Place::Paragraph(_) => "paragraph",
        }
    }

    /// The count, from 1.
    pub fn number(self) -> usize {
        match self {
            Place::Line(n) => n,
            Place::Page(n) | Place::Paragraph(n) => n as usize,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.unit(), self.number())
    }
}

/// A text and where its bytes came from.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The text.
    pub text: String,
    /// A title that the format itself names.
    pub title: Option<String>,
    /// Offsets of the text and of the file, rising; in between both run in step.
    anchors: Vec<(usize, usize)>,
    /// Offsets of the text from which on a page or a paragraph holds, rising; none where lines are counted.
    places: Vec<(usize, Place)>,
    /// What was repaired on the way.
    pub notices: Vec<String>,
}

/// How a file marks up its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Plain text or Markdown.
    Text,
    /// HTML.
    Html,
}

impl Markup {
    /// The markup that a file's name and first bytes speak for.
    pub fn of(name: &str, text: &str) -> Markup {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let head: String = text.trim_start_matches('\u{FEFF}').trim_start().chars().take(15).collect();
        let head = head.to_ascii_lowercase();
        let looks = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.starts_with(tag));
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml") => Markup::Html,
            _ if looks => Markup::Html,
            _ => Markup::Text,
        }
    }
}

impl Source {
    /// Reads the bytes of a file: UTF-8, or UTF-16 with a byte order mark; anything else is repaired.
    pub fn read(name: &str, bytes: &[u8]) -> Source {
        let decoded = decode(bytes);
        match Markup::of(name, &decoded.text) {
            Markup::Text => decoded,
            Markup::Html => {
                let page = html::read(&decoded.text);
                let anchors = page.anchors.into_iter().map(|(at, to)| (at, decoded.offset(to))).collect();
                let places = Vec::new();
                Source { text: page.text, title: page.title, anchors, places, notices: decoded.notices }
            }
        }
    }

    /// The text that was read from a packed file, a Word file, say; `places` are offsets of the text from
    /// which on a page or a paragraph holds, rising. Offsets of such a text lead to the text itself.
    pub fn unpacked(text: String, places: Vec<(usize, Place)>) -> Source {
        Source { text, places, ..Source::default() }
    }

    /// The text of a page in HTML that came in a packed file, an e-mail, say.
    pub fn unpacked_page(page: &str) -> Source {
        let page = html::read(page);
        Source { text: page.text, title: page.title, ..Source::default() }
    }

    /// Where an offset of the text stands in the file.
    pub fn place(&self, at: usize) -> Place {
        match self.places.partition_point(|(from, _)| *from <= at).checked_sub(1) {
            Some(i) => self.places[i].1,
            None => Place::Line(position(&self.text, at).0),
        }
    }

    /// What [`Source::place`] counts.
    pub fn unit(&self) -> &'static str {
        self.places.first().map_or("line", |(_, place)| place.unit())
    }

    /// The offset in the file of an offset in the text.
    pub fn offset(&self, at: usize) -> usize {
        match self.anchors.partition_point(|(text, _)| *text <= at).checked_sub(1) {
            Some(i) => self.anchors[i].1 + (at - self.anchors[i].0),
            None => at,
        }
    }
}

fn decode(bytes: &[u8]) -> Source {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Source {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Source { text: text.to_owned(), ..Source::default() };
    }
    let mut source = Source::default();
    let mut at = 0;
    let mut repaired = 0;
    for chunk in bytes.utf8_chunks() {
        source.text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            source.text.push(char::REPLACEMENT_CHARACTER);
            at += chunk.invalid().len();
            source.anchors.push((source.text.len(), at));
            repaired += 1;
        }
    }
    source.notices.push(match repaired {
        1 => "1 byte sequence is not UTF-8 and was replaced".to_owned(),
        n => format!("{n} byte sequences are not UTF-8 and were replaced"),
    });
    source
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Source {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut source = Source::default();
    let mut at = 2;
    let mut repaired = bytes.len() % 2;
    for c in char::decode_utf16(units) {
        let c = c.unwrap_or_else(|_| {
            repaired += 1;
            char::REPLACEMENT_CHARACTER
        });
        source.anchors.push((source.text.len(), at));
        source.text.push(c);
        at += 2 * c.len_utf16();
    }
    source.anchors.push((source.text.len(), at));
    if repaired > 0 {
        source.notices.push(match repaired {
            1 => "1 unit is not UTF-16 and was replaced".to_owned(),
            n => format!("{n} units are not UTF-16 and were replaced"),
        });
    }
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place<'b>(source: &Source, bytes: &'b [u8], what: &str) -> &'b [u8] {
        let at = source.text.find(what).expect(what);
        &bytes[source.offset(at)..source.offset(at + what.len())]
    }

    #[test]
    fn every_encoding_leads_back_to_its_bytes() {
        let bad = b"caf\xE9 clerk \xFF\xFE end";
        let source = Source::read("a.txt", bad);
        assert_eq!(source.text, "caf\u{FFFD} clerk \u{FFFD}\u{FFFD} end");
        assert_eq!(place(&source, bad, "clerk"), b"clerk");
        assert_eq!(place(&source, bad, "end"), b"end");
        assert_eq!(source.notices.len(), 1);

        let mut wide = vec![0xFF, 0xFE];
        wide.extend("é clerk".encode_utf16().flat_map(u16::to_le_bytes));
        let source = Source::read("a.txt", &wide);
        assert_eq!(source.text, "é clerk");
        assert_eq!(place(&source, &wide, "clerk"), b"c\0l\0e\0r\0k\0");
        assert!(source.notices.is_empty());
    }

    #[test]
    fn html_is_told_by_name_or_beginning() {
        assert_eq!(Markup::of("a.HTM", ""), Markup::Html);
        assert_eq!(Markup::of("-", "\n<!DOCTYPE html>"), Markup::Html);
        assert_eq!(Markup::of("a.txt", "<b>not a page</b>"), Markup::Text);
    }
}
