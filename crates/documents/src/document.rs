//! What is read from a file: its text and the way back.

use std::fmt;

/// Where in a file something stands, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page, where the format has pages.
    Page(u32),
    /// A paragraph, an item or a table cell, where it has none.
    Paragraph(u32),
}

/// The text of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The text, with its outline as Markdown would mark it: headings, items, blank lines between blocks.
    pub text: String,
    /// Whether the text is HTML, as in many e-mails; it is left to the caller to read it.
    pub html: bool,
    /// A title that the file states apart from its text; not the name under which a program saved it.
    pub title: Option<String>,
    /// What was left out or mended on the way, in sentences for people.
    pub notices: Vec<String>,
    /// Offsets of the text from which on a place holds, rising.
    pub(crate) places: Vec<(usize, Place)>,
}

impl Document {
    /// The place of a byte of the text.
    pub fn place(&self, offset: usize) -> Option<Place> {
        let behind = self.places.partition_point(|(from, _)| *from <= offset);
        Some(self.places[behind.checked_sub(1)?].1)
    }

    /// Every place with the offset of the text from which on it holds, rising.
    pub fn places(&self) -> &[(usize, Place)] {
        &self.places
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Page(n) => write!(f, "page {n}"),
            Place::Paragraph(n) => write!(f, "paragraph {n}"),
        }
    }
}
