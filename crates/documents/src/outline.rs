//! Writes a document's text block by block, as every reader does.

use super::document::{Document, Place};

/// Collects blocks. White space inside a block is made one space; empty blocks leave no trace.
#[derive(Debug, Default)]
pub struct Outline {
    document: Document,
    /// Whether the last block was an item, so that the next item follows without a blank line.
    in_list: bool,
}

impl Outline {
    /// A heading; `level` from 1.
    pub fn heading(&mut self, level: u8, text: &str, place: Place) {
        let marks = "#".repeat(level.clamp(1, 6).into());
        self.block(&marks, text, place, false);
    }

    /// An item of a list; `depth` from 0.
    pub fn item(&mut self, depth: u8, text: &str, place: Place) {
        let mark = format!("{}-", "  ".repeat(depth.min(8).into()));
        self.block(&mark, text, place, true);
    }

    /// A paragraph or a table cell.
    pub fn paragraph(&mut self, text: &str, place: Place) {
        self.block("", text, place, false);
    }

    /// A short line in bold type that stands alone, as a heading does.
    pub fn bold(&mut self, text: &str, place: Place) {
        let text = text.replace('*', "");
        if text.chars().any(char::is_alphanumeric) {
            self.block("", &format!("**{}**", text.trim()), place, false);
        }
    }

    /// A paragraph whose lines were broken by hand.
    pub fn lines<'l>(&mut self, lines: impl IntoIterator<Item = &'l str>, place: Place) {
        for (i, line) in lines.into_iter().filter(|line| !line.trim().is_empty()).enumerate() {
            // The lines of one paragraph follow each other without a blank one.
            self.in_list = i > 0;
            self.block("", line, place, i > 0);
            self.in_list = false;
        }
    }

    /// Says what was left out or mended.
    pub fn notice(&mut self, sentence: impl Into<String>) {
        self.document.notices.push(sentence.into());
    }

    /// States the title apart from the text.
    pub fn title(&mut self, title: &str) {
        let words: Vec<&str> = title.split_whitespace().collect();
        self.document.title = Some(words.join(" ")).filter(|title| !title.is_empty());
    }

    /// The document.
    pub fn finish(self) -> Document {
        self.document
    }

    fn block(&mut self, mark: &str, text: &str, place: Place, item: bool) {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            return;
        }
        let Document { text: out, places, .. } = &mut self.document;
        if !out.is_empty() {
            out.push_str(if item && self.in_list { "" } else { "\n" });
        }
        if places.last().is_none_or(|(_, last)| *last != place) {
            places.push((out.len(), place));
        }
        out.push_str(mark);
        if !mark.is_empty() {
            out.push(' ');
        }
        out.push_str(&words.join(" "));
        out.push('\n');
        self.in_list = item;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_parted_and_lead_back_to_their_places() {
        let mut outline = Outline::default();
        outline.heading(1, " Claims \u{a0} clerk ", Place::Page(1));
        outline.paragraph("", Place::Page(1));
        outline.item(0, "Key claims", Place::Page(1));
        outline.item(1, "Scan\nletters", Place::Page(2));
        outline.paragraph("Apply now", Place::Page(2));
        let document = outline.finish();
        assert_eq!(document.text, "# Claims clerk\n\n- Key claims\n  - Scan letters\n\nApply now\n");
        let place = |what| document.place(document.text.find(what).expect("in the text"));
        assert_eq!(place("Key"), Some(Place::Page(1)));
        assert_eq!(place("Scan"), Some(Place::Page(2)));
        assert_eq!(place("Apply"), Some(Place::Page(2)));
    }
}
