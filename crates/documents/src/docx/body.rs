//! The text of a Word file: paragraphs and tables as they stand after all changes are accepted.

use crate::blocks::{Block, Line, Look, Part, Row};
use crate::document::Place;
use crate::refusal::Refusal;
use crate::xml::{Node, Tag, Xml};

use super::styles::{Lists, Mark, Properties, Styles};

/// Elements of which nothing is read: deleted and moved text, old properties, notes, what only draws.
const SKIPPED: &[&str] = &[
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText",
    "sectPr",
    "tblPr",
    "tblGrid",
    "tcPr",
    "sdtPr",
    "sdtEndPr",
    "pPrChange",
    "rPrChange",
    "tblPrChange",
    "rt",
    "footnotePr",
    "endnotePr",
    "Fallback",
];

pub(super) struct Body<'x> {
    xml: Xml<'x>,
    styles: &'x Styles,
    lists: &'x Lists,
    /// Paragraphs with text so far.
    count: u32,
    /// Lines of paragraphs whose end was deleted.
    pending: Vec<Line>,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    own: Properties,
    /// What its properties come to.
    whole: Properties,
    lines: Vec<Line>,
    /// What stands in text boxes that are anchored in it.
    boxes: Vec<Part>,
}

impl<'x> Body<'x> {
    pub(super) fn new(xml: Xml<'x>, styles: &'x Styles, lists: &'x Lists) -> Body<'x> {
        Body { xml, styles, lists, count: 0, pending: Vec::new() }
    }

    pub(super) fn read(mut self) -> Result<Vec<Part>, Refusal> {
        let mut parts = Vec::new();
        self.parts(&mut parts)?;
        Ok(parts)
    }

    /// Paragraphs and tables up to the end of the element that was opened last.
    fn parts(&mut self, parts: &mut Vec<Part>) -> Result<(), Refusal> {
        let outer = self.xml.depth();
        while let Some(node) = self.xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "p" => self.paragraph(parts)?,
                    "tbl" => {
                        let rows = self.rows()?;
                        parts.push(Part::Table(rows));
                    }
                    name if SKIPPED.contains(&name) => self.xml.skip()?,
                    _ => {}
                },
                Node::Close if self.xml.depth() < outer => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn rows(&mut self) -> Result<Vec<Row>, Refusal> {
        let outer = self.xml.depth();
        let mut rows: Vec<Row> = Vec::new();
        let mut deleted = false;
        while let Some(node) = self.xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "tr" => {
                        if std::mem::take(&mut deleted) {
                            rows.pop();
                        }
                        rows.push(Vec::new());
                    }
                    "trPr" => self.xml.inside(|_, tag| {
                        deleted |= tag.name() == "del";
                        Ok(())
                    })?,
                    "tc" => {
                        let mut cell = Vec::new();
                        self.parts(&mut cell)?;
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
        if deleted {
            rows.pop();
        }
        Ok(rows)
    }

    fn paragraph(&mut self, parts: &mut Vec<Part>) -> Result<(), Refusal> {
        let lines = match std::mem::take(&mut self.pending) {
            lines if lines.is_empty() => vec![Line::default()],
            lines => lines,
        };
        let mut paragraph = Paragraph { lines, ..Paragraph::default() };
        paragraph.whole = self.styles.paragraph(&paragraph.own);
        self.inline(&mut paragraph)?;
        if paragraph.own.joins {
            self.pending = paragraph.lines;
        } else if let Some(block) = self.block(&paragraph.own, paragraph.lines) {
            parts.push(Part::Block(block));
        }
        parts.append(&mut paragraph.boxes);
        Ok(())
    }

    fn block(&mut self, own: &Properties, lines: Vec<Line>) -> Option<Block> {
        let look = self.look(own)?;
        let mut block = Block { look, lines, place: Place::Paragraph(self.count + 1) };
        if block.is_empty() {
            return None;
        }
        self.count += 1;
        block.lines.iter_mut().for_each(|line| line.text = line.text.replace('\u{AD}', ""));
        Some(block)
    }

    /// What a paragraph is; nothing for a line of the table of contents, which says what the headings say.
    fn look(&self, own: &Properties) -> Option<Look> {
        let whole = self.styles.paragraph(own);
        let named = self.styles.named(own);
        if named.contents {
            return None;
        }
        let level = whole.outline.filter(|level| *level < 9).map(|level| level + 1).or(named.heading);
        if let Some(level) = level {
            return Some(Look::Heading(level));
        }
        let depth = whole.depth.unwrap_or(0).max(named.item.map_or(0, |(depth, _)| depth));
        let mark = match (whole.list, named.item) {
            (Some(0), _) | (None, None) => Mark::Nothing,
            (Some(list), _) => self.lists.mark(list, whole.depth.unwrap_or(0)),
            (None, Some((_, true))) => Mark::Number,
            (None, Some((_, false))) => Mark::Bullet,
        };
        Some(match mark {
            Mark::Bullet => Look::Item(depth),
            Mark::Number => Look::Numbered(depth),
            Mark::Nothing => Look::Text,
        })
    }

    /// What stands in a paragraph, up to its end.
    fn inline(&mut self, paragraph: &mut Paragraph) -> Result<(), Refusal> {
        let outer = self.xml.depth();
        while let Some(node) = self.xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "pPr" => {
                        paragraph.own = self.properties()?;
                        paragraph.whole = self.styles.paragraph(&paragraph.own);
                    }
                    "r" => self.run(paragraph)?,
                    name if SKIPPED.contains(&name) => self.xml.skip()?,
                    _ => {}
                },
                Node::Close if self.xml.depth() < outer => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// The properties of a paragraph.
    fn properties(&mut self) -> Result<Properties, Refusal> {
        let mut own = Properties::default();
        let mut mark = false;
        self.xml.inside(|xml, tag| {
            match tag.name() {
                // Of the mark at the end only this matters: whether it was deleted.
                "rPr" => mark = true,
                "del" | "moveFrom" if mark => own.joins = true,
                "pPrChange" | "rPrChange" | "sectPr" | "numberingChange" => xml.skip()?,
                _ if !mark => own.take(tag),
                _ => {}
            }
            Ok(())
        })?;
        Ok(own)
    }

    /// A run: text of one look.
    fn run(&mut self, paragraph: &mut Paragraph) -> Result<(), Refusal> {
        let outer = self.xml.depth();
        let mut own = Properties::default();
        let mut whole = paragraph.whole.clone();
        let mut in_text = false;
        while let Some(node) = self.xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "rPr" => {
                        self.xml.inside(|xml, tag| {
                            match tag.name() {
                                "rPrChange" => return xml.skip(),
                                // So does underlining by hand; links are underlined by their style.
                                "u" if tag.on() => own.bold = Some(true),
                                _ => own.take(tag),
                            }
                            Ok(())
                        })?;
                        whole = self.styles.run(&own, &paragraph.whole);
                    }
                    "txbxContent" => self.parts(&mut paragraph.boxes)?,
                    "t" => in_text = true,
                    name if SKIPPED.contains(&name) => self.xml.skip()?,
                    _ if whole.hidden != Some(true) => sign(&tag, paragraph),
                    _ => {}
                },
                Node::Close if self.xml.depth() < outer => break,
                Node::Close => in_text = false,
                Node::Text(text) if in_text && whole.hidden != Some(true) => {
                    push(paragraph, &text, whole.bold == Some(true));
                }
                Node::Text(_) => {}
            }
        }
        Ok(())
    }
}

fn push(paragraph: &mut Paragraph, text: &str, bold: bool) {
    if let Some(line) = paragraph.lines.last_mut() {
        line.push(text, bold);
    }
}

/// Elements that stand for a character.
fn sign(tag: &Tag<'_>, paragraph: &mut Paragraph) {
    match tag.name() {
        "br" if !matches!(tag.get("type").as_deref(), Some("page" | "column")) => {
            paragraph.lines.push(Line::default());
        }
        "cr" => paragraph.lines.push(Line::default()),
        "br" | "tab" | "ptab" => push(paragraph, " ", false),
        "noBreakHyphen" => push(paragraph, "-", false),
        "sym" => {
            let code = tag.get("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
            if let Some(c) = code.and_then(char::from_u32) {
                push(paragraph, c.encode_utf8(&mut [0; 4]), false);
            }
        }
        _ => {}
    }
}
