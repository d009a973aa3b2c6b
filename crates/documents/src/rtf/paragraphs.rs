//! Paragraphs and tables of an RTF file, put together as they come.

use std::collections::HashMap;

use crate::blocks::{Block, Line, Look, Part, Row};
use crate::document::Place;

/// What a paragraph is said to be.
#[derive(Clone, Debug, Default)]
pub(super) struct Properties {
    pub(super) style: i32,
    /// Level in the document's outline, from 0.
    pub(super) outline: Option<i32>,
    pub(super) in_table: bool,
    pub(super) depth: u8,
    /// The bullet or number that stands before it.
    pub(super) mark: String,
}

/// A style of the style sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) name: String,
    pub(super) outline: Option<i32>,
}

#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    pub(super) styles: HashMap<i32, Style>,
    pub(super) own: Properties,
    lines: Vec<Line>,
    parts: Vec<Part>,
    rows: Vec<Row>,
    row: Row,
    cell: Vec<Part>,
    /// Paragraphs in whose midst a text box began.
    outer: Vec<(Properties, Vec<Line>)>,
    count: u32,
}

impl Paragraphs {
    pub(super) fn push(&mut self, text: &str, bold: bool) {
        if self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        if let Some(line) = self.lines.last_mut() {
            line.push(text, bold);
        }
    }

    pub(super) fn break_line(&mut self) {
        self.push("", false);
        self.lines.push(Line::default());
    }

    /// Ends a paragraph; what it is said to be holds for the next one, too, but for the mark.
    pub(super) fn end(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let look = self.look();
        self.own.mark.clear();
        let block = Block { look, lines, place: Place::Paragraph(self.count + 1) };
        if block.is_empty() || self.is_contents() {
            return;
        }
        self.count += 1;
        if self.own.in_table && self.outer.is_empty() {
            self.cell.push(Part::Block(block));
        } else {
            self.end_table();
            self.parts.push(Part::Block(block));
        }
    }

    fn style(&self) -> Style {
        self.styles.get(&self.own.style).cloned().unwrap_or_default()
    }

    fn is_contents(&self) -> bool {
        let name = self.style().name;
        name.starts_with("toc ") && name != "toc heading"
    }

    fn look(&self) -> Look {
        let style = self.style();
        let name = style.name.as_str();
        let named = name.strip_prefix("heading ").and_then(|n| n.parse::<u8>().ok());
        let outline = self.own.outline.or(style.outline).filter(|level| (0..9).contains(level));
        let level = outline.map(|level| level as u8 + 1).or(named);
        let mark = self.own.mark.trim();
        match (level, name) {
            (Some(level), _) => Look::Heading(level),
            (_, "title") => Look::Heading(1),
            (_, "subtitle") => Look::Heading(2),
            _ if mark.contains(char::is_alphanumeric) && mark != "o" => Look::Numbered(self.own.depth),
            _ if !mark.is_empty() || name.starts_with("list bullet") => Look::Item(self.own.depth),
            _ if name.starts_with("list number") => Look::Numbered(self.own.depth),
            _ => Look::Text,
        }
    }

    pub(super) fn end_cell(&mut self) {
        self.own.in_table = true;
        self.end();
        self.row.push(std::mem::take(&mut self.cell));
    }

    pub(super) fn end_row(&mut self) {
        if !self.cell.is_empty() {
            self.row.push(std::mem::take(&mut self.cell));
        }
        if !self.row.is_empty() {
            self.rows.push(std::mem::take(&mut self.row));
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        if !self.rows.is_empty() {
            self.parts.push(Part::Table(std::mem::take(&mut self.rows)));
        }
    }

    /// A text box begins in the midst of a paragraph.
    pub(super) fn open_box(&mut self) {
        self.outer.push((std::mem::take(&mut self.own), std::mem::take(&mut self.lines)));
    }

    pub(super) fn close_box(&mut self) {
        self.end();
        if let Some((own, lines)) = self.outer.pop() {
            (self.own, self.lines) = (own, lines);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Part> {
        self.end();
        self.end_table();
        self.parts
    }
}
