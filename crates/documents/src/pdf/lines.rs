//! Words and lines, with where they stand.

use super::bullets::Bullet;

/// Letters without a gap.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
}

/// Words on one height without a wide gap: a line of a column, or of a cell.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) page: u32,
    pub(super) words: Vec<Word>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
    /// All its words are bold.
    pub(super) bold: bool,
    /// What marks it as the first of an item.
    pub(super) bullet: Option<Bullet>,
    /// Where the column that it belongs to begins and ends.
    pub(super) column: (f32, f32),
}

impl Line {
    /// A line of words from left to right; there is at least one.
    pub(super) fn new(page: u32, base: f32, words: Vec<Word>) -> Line {
        let letters = |word: &Word| word.text.chars().count();
        let mut sizes: Vec<(f32, usize)> = words.iter().map(|word| (word.size, letters(word))).collect();
        sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = sizes.iter().map(|(_, count)| count).sum::<usize>() / 2;
        let mut seen = 0;
        let middle = sizes.iter().find(|(_, count)| {
            seen += count;
            seen > half
        });
        let left = words.first().map_or(0.0, |word| word.left);
        let right = words.iter().map(|word| word.right).fold(left, f32::max);
        Line {
            page,
            left,
            right,
            base,
            size: middle.or(sizes.last()).map_or(1.0, |(size, _)| *size),
            bold: words.iter().all(|word| word.bold || !word.text.contains(char::is_alphanumeric)),
            words,
            bullet: None,
            column: (left, right),
        }
    }

    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }

    pub(super) fn first_letter(&self) -> Option<char> {
        self.words.first()?.text.chars().find(|letter| letter.is_alphanumeric())
    }

    pub(super) fn last_letter(&self) -> Option<char> {
        let closing = |letter: &char| !matches!(letter, '"' | '\'' | ')' | ']' | '”' | '’' | '»');
        self.words.last()?.text.chars().rev().find(closing)
    }

    /// Whether it ends as a sentence or a clause before a list does.
    pub(super) fn is_closed(&self) -> bool {
        self.last_letter().is_some_and(|letter| matches!(letter, '.' | '!' | '?' | ':' | ';' | '…'))
    }

    /// Whether the first word of `next` would have fitted behind it: the writer ended the line on purpose.
    pub(super) fn has_room_for(&self, next: &Line) -> bool {
        let word = next.words.first().map_or(0.0, |word| word.right - word.left);
        let slack = 0.02 * (self.column.1 - self.column.0);
        self.column.1 - self.right > word + 0.3 * self.size + slack
    }

    /// Where the item's sign or the text begins.
    pub(super) fn outer_left(&self) -> f32 {
        self.bullet.as_ref().map_or(self.left, |bullet| bullet.left)
    }
}
