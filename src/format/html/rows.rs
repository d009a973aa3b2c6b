//! Rows of tables in a page: cells are parted, and a label of two cells gets its colon.

/// Words that a label may have: "Job title", "Place of work".
const LABEL_WORDS: usize = 6;
/// What parts two cells, and what stands behind a label. Of the same length, so that no offset moves.
const BETWEEN: &str = ";  ";
const BEHIND_LABEL: &str = ":  ";
const BEHIND_COLON: &str = "   ";

/// The rows that are open: those of a table, and of the tables around it.
#[derive(Debug, Default)]
pub(super) struct Rows(Vec<Row>);

#[derive(Debug, Default)]
struct Row {
    /// Offset of the text at which it begins.
    start: usize,
    /// Offsets of what parts its cells.
    parted: Vec<usize>,
    /// Whether nothing of the cell was read yet.
    fresh: bool,
    /// Whether there was a cell, and whether there was another one before it.
    opened: bool,
    later: bool,
    /// A block of the cell has ended: what follows in it begins a new line.
    ended: bool,
}

impl Rows {
    pub(super) fn open(&mut self, text: &str) {
        self.0.push(Row { start: text.len(), ..Row::default() });
    }

    pub(super) fn open_cell(&mut self) {
        if let Some(row) = self.0.last_mut() {
            row.later |= row.opened;
            (row.opened, row.fresh, row.ended) = (true, true, false);
        }
    }

    pub(super) fn close_cell(&mut self) {
        if let Some(row) = self.0.last_mut() {
            (row.fresh, row.ended) = (false, false);
        }
    }

    /// Whether a paragraph that begins or ends here is the cell's only one so far, and needs no new line.
    pub(super) fn holds(&mut self, begins: bool) -> bool {
        let Some(row) = self.0.last_mut() else { return false };
        let holds = if begins { row.fresh } else { !row.fresh && !row.ended };
        row.ended |= !begins && holds;
        holds
    }

    /// Something of a cell is to be written: parts it from the cell before. Returns whether it begins a line.
    pub(super) fn part(&mut self, text: &mut String) -> bool {
        let Some(row) = self.0.last_mut() else { return false };
        let before = text.get(row.start..).unwrap_or("");
        if std::mem::take(&mut row.fresh) && row.later && !before.trim().is_empty() && !text.ends_with('\n') {
            row.parted.push(text.len());
            text.push_str(BETWEEN);
        }
        std::mem::take(&mut row.ended)
    }

    pub(super) fn close(&mut self, text: &mut String) {
        let Some(row) = self.0.pop() else { return };
        let [at] = row.parted.as_slice() else { return };
        let label = text.get(row.start..*at).unwrap_or("").trim();
        let short = label.split_whitespace().count() <= LABEL_WORDS && !label.contains('\n');
        if short && !label.ends_with(['.', ';', '!', '?', ',']) {
            let mark = if label.ends_with(':') { BEHIND_COLON } else { BEHIND_LABEL };
            text.replace_range(*at..*at + BETWEEN.len(), mark);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn cells_are_parted_and_labels_told() {
        let cases = [
            ("<tr><td>Job title</td><td>Clerk</td></tr>", "Job title:  Clerk"),
            ("<tr><td><p>Job title:</p></td><td><p>Clerk</p></td></tr>", "Job title:   Clerk"),
            ("<tr><td>Post</td><td>sorted</td><td></td><td>daily</td></tr>", "Post;  sorted;  daily"),
            (
                "<tr><th>Duties</th><td><ul><li>File</li><li>Scan</li></ul></td></tr>",
                "Duties:  \n\n- File\n\n- Scan",
            ),
            ("<tr><td>a</td><td><p>One.</p><p>Two.</p></td></tr>", "a:  One.\n\nTwo."),
            ("<tr><td>a</td></tr><tr><td>b</td></tr>", "a\n\nb"),
        ];
        for (rows, text) in cases {
            assert_eq!(read(&format!("<table>{rows}</table>")).text.trim(), text, "{rows}");
        }
    }
}
