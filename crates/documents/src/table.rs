//! Tables as a person would read them aloud: labels with what they stand for, rows as one line, columns of
//! a page one after the other.

use super::blocks::{Look, Part, Row, Writer};
use super::document::Place;

/// Words that a label may have: "Job title", "Place of work".
const LABEL_WORDS: usize = 6;
/// Words that may stand behind a label on the same line.
const VALUE_WORDS: usize = 20;
/// Words that a row may have to be read as one line.
const ROW_WORDS: usize = 40;

impl Writer<'_> {
    pub(crate) fn table(&mut self, rows: &[Row]) {
        let rows: Vec<Vec<&[Part]>> =
            rows.iter().map(|row| filled(row)).filter(|row| !row.is_empty()).collect();
        if let [heads, columns] = rows.as_slice()
            && heads.len() == columns.len()
            && heads.len() > 1
            && heads.iter().all(|cell| label(cell).is_some())
            && columns
                .iter()
                .all(|cell| single(cell).is_none_or(|(text, _)| words(text.as_str()) > VALUE_WORDS))
        {
            for (head, column) in heads.iter().zip(columns) {
                self.headed(head, column);
            }
            return;
        }
        for row in &rows {
            self.row(row);
        }
    }

    fn row(&mut self, row: &[&[Part]]) {
        if let [head, content] = row
            && let Some((name, place)) = label(head)
        {
            return match single(content) {
                Some((text, _)) if is_count(&name) => self.out.item(0, &text, place),
                Some((text, _)) if words(&text) <= VALUE_WORDS => {
                    self.out.paragraph(&format!("{}: {text}", name.trim_end_matches(':')), place);
                }
                _ => self.headed(head, content),
            };
        }
        let texts: Vec<(String, Place)> = row.iter().filter_map(|cell| single(cell)).collect();
        let total: usize = texts.iter().map(|(text, _)| words(text)).sum();
        if row.len() > 1 && texts.len() == row.len() && total <= ROW_WORDS {
            let place = texts[0].1;
            let counted = is_count(&texts[0].0);
            let cells: Vec<&str> = texts.iter().skip(counted.into()).map(|(text, _)| text.as_str()).collect();
            let line = cells.join("; ");
            if counted { self.out.item(0, &line, place) } else { self.out.paragraph(&line, place) }
        } else {
            row.iter().for_each(|cell| self.parts(cell));
        }
    }

    fn headed(&mut self, head: &[Part], content: &[Part]) {
        if let Some((name, place)) = label(head) {
            self.out.bold(&name, place);
        }
        self.parts(content);
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a cell only counts its row: `1`, `2.`.
fn is_count(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')']);
    bare.len() <= 3 && bare.bytes().all(|b| b.is_ascii_digit())
}

/// The cells in which there is something.
fn filled(row: &Row) -> Vec<&[Part]> {
    let empty = |part: &Part| match part {
        Part::Block(block) => block.is_empty(),
        Part::Table(_) => false,
    };
    row.iter().map(Vec::as_slice).filter(|cell| !cell.iter().all(empty)).collect()
}

/// The text of a cell that holds one paragraph.
fn single(cell: &[Part]) -> Option<(String, Place)> {
    let mut blocks = cell.iter().filter_map(|part| match part {
        Part::Block(block) if block.is_empty() => None,
        part => Some(part),
    });
    match (blocks.next()?, blocks.next()) {
        (Part::Block(block), None) if matches!(block.look, Look::Text | Look::Heading(_)) => {
            Some((block.text(), block.place))
        }
        _ => None,
    }
}

/// The text of a cell that may be a label.
fn label(cell: &[Part]) -> Option<(String, Place)> {
    let (text, place) = single(cell)?;
    let short = words(&text) <= LABEL_WORDS && !text.ends_with(['.', ';', '!', '?']) || is_count(&text);
    short.then_some((text, place))
}
