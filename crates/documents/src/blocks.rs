//! What the readers of Word, OpenDocument and RTF find, and how a person would write it down.

use super::document::Place;
use super::outline::Outline;

/// Words that a line in bold type may have to be a heading.
const HEADING_WORDS: usize = 9;
/// Words that a paragraph may have to be a heading because its style says so.
const STYLED_WORDS: usize = 20;

/// A paragraph or a table.
#[derive(Debug)]
pub(crate) enum Part {
    Block(Block),
    Table(Vec<Row>),
}

/// The cells of a table's row.
pub(crate) type Row = Vec<Vec<Part>>;

/// A paragraph.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) look: Look,
    pub(crate) lines: Vec<Line>,
    pub(crate) place: Place,
}

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// A heading; its level from 1.
    Heading(u8),
    /// An item with a bullet; its depth from 0.
    Item(u8),
    /// An item with a number.
    Numbered(u8),
    Text,
}

/// A line of a paragraph, up to a break made by hand.
#[derive(Debug, Default)]
pub(crate) struct Line {
    pub(crate) text: String,
    /// Letters and digits of it, and how many of them are in bold type.
    letters: usize,
    bold: usize,
}

impl Line {
    pub(crate) fn push(&mut self, text: &str, bold: bool) {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        self.letters += letters;
        self.bold += if bold { letters } else { 0 };
        self.text.push_str(text);
    }

    fn is_bold(&self) -> bool {
        self.letters > 0 && self.bold == self.letters
    }
}

impl Block {
    /// Whether there is nothing to read in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.text.trim().is_empty())
    }

    pub(crate) fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ").trim().to_owned()
    }
}

/// Writes everything down.
pub(crate) fn write(parts: &[Part], out: &mut Outline) {
    let (mut letters, mut bold) = (0, 0);
    count(parts, &mut letters, &mut bold);
    // Where most of the text is bold, bold type says nothing.
    Writer { out, bold_tells: bold * 2 < letters }.parts(parts);
}

fn count(parts: &[Part], letters: &mut usize, bold: &mut usize) {
    for part in parts {
        match part {
            Part::Block(block) => {
                *letters += block.lines.iter().map(|line| line.letters).sum::<usize>();
                *bold += block.lines.iter().map(|line| line.bold).sum::<usize>();
            }
            Part::Table(rows) => rows.iter().flatten().for_each(|cell| count(cell, letters, bold)),
        }
    }
}

pub(crate) struct Writer<'o> {
    pub(crate) out: &'o mut Outline,
    bold_tells: bool,
}

impl Writer<'_> {
    pub(crate) fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Block(block) => self.block(block),
                Part::Table(rows) => self.table(rows),
            }
        }
    }

    fn block(&mut self, block: &Block) {
        let text = block.text();
        let words = text.split_whitespace().count();
        match block.look {
            Look::Heading(level) if words <= STYLED_WORDS => {
                let bare = numbered(&text).map_or(text.as_str(), |mark| text[mark..].trim_start());
                self.out.heading(level, bare, block.place);
            }
            Look::Heading(_) | Look::Text => self.text(block),
            // A numbered line in bold type is a heading of a numbered section.
            Look::Numbered(0) if block.lines.len() == 1 && self.heads(&block.lines[0]) => {
                self.out.bold(&text, block.place);
            }
            Look::Item(depth) | Look::Numbered(depth) => self.item(block, depth),
        }
    }

    /// An item, and items below it that were typed by hand behind breaks.
    fn item(&mut self, block: &Block, depth: u8) {
        let mut said = String::new();
        let mut level = depth;
        for (i, line) in block.lines.iter().enumerate() {
            let text = line.text.trim();
            let mark = marker(text);
            if mark > 0 && i > 0 {
                self.out.item(level, &said, block.place);
                said.clear();
                level = depth + 1;
            }
            said.push(' ');
            said.push_str(&text[mark..]);
        }
        self.out.item(level, &said, block.place);
    }

    fn text(&mut self, block: &Block) {
        let mut plain: Vec<&str> = Vec::new();
        for line in &block.lines {
            let text = line.text.trim();
            let mark = marker(text);
            if mark == 0 && !self.heads(line) {
                plain.push(text);
                continue;
            }
            self.out.lines(plain.drain(..), block.place);
            if mark > 0 {
                self.out.item(u8::from(text.starts_with('o')), &text[mark..], block.place);
            } else {
                self.out.bold(text, block.place);
            }
        }
        self.out.lines(plain, block.place);
    }

    /// Whether a line is a heading by its bold type.
    fn heads(&self, line: &Line) -> bool {
        let text = line.text.trim();
        let words = text.split_whitespace().count();
        self.bold_tells
            && line.is_bold()
            && words <= HEADING_WORDS
            && !text.ends_with(['.', ',', ';'])
            && !text.contains(": ")
    }
}

/// Bytes of a bullet typed at the start of a line with the space behind it, or 0.
pub(crate) fn marker(text: &str) -> usize {
    let Some(first) = text.chars().next() else { return 0 };
    let rest = &text[first.len_utf8()..];
    let spaced = rest.starts_with(char::is_whitespace);
    let bullet = "•·▪▫◦●○■□◆‣⁃➢►▶✓✔∙❖➤✦★".contains(first) || ('\u{F000}'..='\u{F0FF}').contains(&first);
    if bullet || (matches!(first, '-' | '*' | '–' | '—' | 'o' | '+' | '§' | 'Ø' | 'ü') && spaced) {
        return text.len() - rest.trim_start().len();
    }
    numbered(text).unwrap_or(0)
}

/// Bytes of a number at the start of a line: `1.`, `2)`, `(3)`, `1.2.`, `a)`; not of `3.5`, which may be meant.
fn numbered(text: &str) -> Option<usize> {
    let end = text.find(char::is_whitespace)?;
    let label = &text[..end];
    let bare = label.trim_start_matches('(').trim_end_matches([')', '.']);
    let closed = label.ends_with([')', '.']);
    let digits = bare.split('.').all(|n| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    let letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_lowercase()) && label.ends_with(')');
    let is_number = (digits && closed) || letter;
    (is_number && bare.len() <= 8).then(|| text.len() - text[end..].trim_start().len())
}
