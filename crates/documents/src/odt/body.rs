//! The text of an OpenDocument file as it stands after all changes are accepted.

use crate::blocks::{Block, Line, Look, Part, Row};
use crate::document::Place;
use crate::refusal::Refusal;
use crate::xml::{Node, Tag, Xml};

use super::styles::{Mark, Styles};

/// Elements of which nothing is read: deleted text, notes, comments, contents lists, what describes pictures.
const SKIPPED: &[&str] = &[
    "tracked-changes",
    "note",
    "annotation",
    "table-of-content",
    "alphabetical-index",
    "ruby-text",
    "title",
    "desc",
    "covered-table-cell",
    "forms",
    "scripts",
    "font-face-decls",
    "automatic-styles",
    "sequence-decls",
    "hidden-text",
    "binary-data",
    "object",
];

/// Elements inside a paragraph that hold paragraphs of their own.
const BOXES: &[&str] = &[
    "text-box",
    "custom-shape",
    "rect",
    "ellipse",
    "circle",
    "polygon",
    "polyline",
    "path",
    "line",
    "connector",
    "caption",
];

pub(super) struct Body<'x> {
    xml: Xml<'x>,
    styles: &'x Styles,
    /// Paragraphs with text so far.
    count: u32,
}

/// The list that a paragraph stands in.
#[derive(Clone, Default)]
struct List {
    style: String,
    /// How many lists are open.
    depth: u8,
    /// Whether the next paragraph is the first of its item.
    first: bool,
}

/// A stretch of text that is being read.
#[derive(Clone, Copy, Default)]
struct Letters {
    bold: bool,
    hidden: bool,
}

impl<'x> Body<'x> {
    pub(super) fn new(xml: Xml<'x>, styles: &'x Styles) -> Body<'x> {
        Body { xml, styles, count: 0 }
    }

    pub(super) fn read(mut self) -> Result<Vec<Part>, Refusal> {
        let mut parts = Vec::new();
        self.parts(&mut parts, &mut List::default())?;
        Ok(parts)
    }

    /// Paragraphs, lists and tables up to the end of the element that was opened last.
    fn parts(&mut self, parts: &mut Vec<Part>, list: &mut List) -> Result<(), Refusal> {
        let outer = self.xml.depth();
        while let Some(node) = self.xml.next()? {
            match node {
                Node::Open(tag) => self.part(&tag, parts, list)?,
                Node::Close if self.xml.depth() < outer => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn part(&mut self, tag: &Tag<'x>, parts: &mut Vec<Part>, list: &mut List) -> Result<(), Refusal> {
        match tag.name() {
            "p" | "h" => self.paragraph(tag, parts, list)?,
            "list" => {
                let style = tag.get("style-name").unwrap_or_else(|| list.style.clone());
                let mut inner = List { style, depth: list.depth.saturating_add(1), first: false };
                self.parts(parts, &mut inner)?;
                list.first = false;
            }
            "list-item" => list.first = true,
            "list-header" => list.first = false,
            "table" => {
                let rows = self.rows()?;
                parts.push(Part::Table(rows));
            }
            "section" if tag.get("display").is_some_and(|display| display == "none") => self.xml.skip()?,
            name if SKIPPED.contains(&name) => self.xml.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn rows(&mut self) -> Result<Vec<Row>, Refusal> {
        let outer = self.xml.depth();
        let mut rows: Vec<Row> = Vec::new();
        while let Some(node) = self.xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "table-row" => rows.push(Vec::new()),
                    "table-cell" => {
                        let mut cell = Vec::new();
                        self.parts(&mut cell, &mut List::default())?;
                        if let Some(row) = rows.last_mut() {
                            row.push(cell);
                        }
                    }
                    name if SKIPPED.contains(&name) => self.xml.skip()?,
                    _ => {}
                },
                Node::Close if self.xml.depth() < outer => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(rows)
    }

    fn paragraph(&mut self, tag: &Tag<'x>, parts: &mut Vec<Part>, list: &mut List) -> Result<(), Refusal> {
        let style = tag.get("style-name").unwrap_or_default();
        let level = tag.get("outline-level").and_then(|level| level.parse().ok());
        let heading = if tag.name() == "h" { level.or(Some(1)) } else { self.styles.heading(&style) };
        let contents = self.styles.is_contents(&style);
        let letters = Letters {
            bold: self.styles.bold(&style).unwrap_or(false),
            hidden: self.styles.hidden(&style).unwrap_or(false) || contents,
        };
        let mut lines = vec![Line::default()];
        let mut boxes = Vec::new();
        self.inline(letters, &mut lines, &mut boxes)?;
        let look = match heading {
            Some(level) => Look::Heading(level),
            None => self.look(list),
        };
        list.first = false;
        let block = Block { look, lines, place: Place::Paragraph(self.count + 1) };
        if !block.is_empty() {
            self.count += 1;
            parts.push(Part::Block(block));
        }
        parts.append(&mut boxes);
        Ok(())
    }

    fn look(&self, list: &List) -> Look {
        let Some(depth) = list.depth.checked_sub(1) else { return Look::Text };
        match self.styles.mark(&list.style, depth) {
            // The second paragraph of an item has no mark of its own.
            _ if !list.first => Look::Text,
            Mark::Bullet => Look::Item(depth),
            Mark::Number => Look::Numbered(depth),
            Mark::Nothing => Look::Text,
        }
    }

    /// What stands in a paragraph, up to its end.
    fn inline(
        &mut self,
        letters: Letters,
        lines: &mut Vec<Line>,
        boxes: &mut Vec<Part>,
    ) -> Result<(), Refusal> {
        let outer = self.xml.depth();
        // The looks of the open elements.
        let mut open = vec![letters];
        while let Some(node) = self.xml.next()? {
            let now = open.last().copied().unwrap_or_default();
            match node {
                Node::Open(tag) => match tag.name() {
                    name if BOXES.contains(&name) => self.parts(boxes, &mut List::default())?,
                    name if SKIPPED.contains(&name) => self.xml.skip()?,
                    name => {
                        match name {
                            "line-break" if !now.hidden => lines.push(Line::default()),
                            "s" | "tab" => push(lines, " ", now),
                            _ => {}
                        }
                        open.push(self.letters(&tag, now));
                    }
                },
                Node::Close if self.xml.depth() < outer => break,
                Node::Close => _ = open.pop(),
                Node::Text(text) => push(lines, &text.replace('\u{AD}', ""), now),
            }
        }
        Ok(())
    }

    /// The look of the text in an element.
    fn letters(&self, tag: &Tag<'x>, around: Letters) -> Letters {
        let Some(style) = tag.get("style-name").filter(|_| tag.name() == "span") else { return around };
        Letters {
            bold: self.styles.bold(&style).unwrap_or(around.bold),
            hidden: self.styles.hidden(&style).unwrap_or(around.hidden),
        }
    }
}

fn push(lines: &mut [Line], text: &str, letters: Letters) {
    if let (false, Some(line)) = (letters.hidden, lines.last_mut()) {
        line.push(text, letters.bold);
    }
}
