//! Patterns: the phrases that are tried, as rows of base forms with or without gaps.

use super::base::{Bases, WordId};
use super::reading::{Task, Token};
use crate::core::phrase::DEFAULT_GAP;

/// Words that a pattern has at most.
pub const LONGEST: usize = 4;
/// Stands behind the last word.
const NONE: WordId = WordId::MAX;

/// A row of base forms; between two of them there may be a gap of the usual width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern {
    words: [WordId; LONGEST],
    /// Bit `i`: a gap behind word `i`.
    gaps: u8,
}

impl Pattern {
    /// The pattern of these words; bit `i` of `gaps` is a gap behind word `i`.
    fn new(row: &[WordId], gaps: u8) -> Pattern {
        let mut words = [NONE; LONGEST];
        words[..row.len()].copy_from_slice(row);
        Pattern { words, gaps }
    }

    /// Its words in order.
    pub fn words(&self) -> &[WordId] {
        let len = self.words.iter().position(|word| *word == NONE).unwrap_or(LONGEST);
        &self.words[..len]
    }

    /// Whether there is a gap in it.
    pub fn has_gap(&self) -> bool {
        self.gaps != 0
    }

    /// The pattern with another word in a slot.
    pub fn with(mut self, slot: usize, word: WordId) -> Pattern {
        self.words[slot] = word;
        self
    }

    /// As the phrase language writes it, with these words (alternatives joined) in each slot.
    pub fn written(&self, slots: &[Vec<WordId>], bases: &Bases) -> String {
        let mut text = String::new();
        for (i, words) in slots.iter().enumerate() {
            let names: Vec<&str> = words.iter().map(|word| bases.word(*word)).collect();
            text += &names.join("|");
            if i + 1 < slots.len() {
                text += if self.gaps >> i & 1 == 1 { " .. " } else { " " };
            }
        }
        text
    }

    /// As the phrase language writes it.
    pub fn text(&self, bases: &Bases) -> String {
        let slots: Vec<Vec<WordId>> = self.words().iter().map(|word| vec![*word]).collect();
        self.written(&slots, bases)
    }

    /// Whether the words of `self` stand in `other`, in their order.
    pub fn is_within(&self, other: &Pattern) -> bool {
        let mut rest = other.words().iter();
        self.words().iter().all(|word| rest.any(|other| other == word))
    }
}

/// A pattern in a task, and the leanings whose rules cover all its words (a bit each).
pub type Occurrence = (Pattern, u8);

/// Calls `each` for every pattern of a task. `frequent` says which words are worth a pattern.
pub fn for_each_pattern(
    task: &Task,
    bases: &Bases,
    frequent: impl Fn(WordId) -> bool,
    mut each: impl FnMut(Occurrence),
) {
    let tokens = &task.tokens;
    let edge = |token: &Token| bases.is_content(token.word) && frequent(token.word);
    for (i, first) in tokens.iter().enumerate().filter(|(_, token)| edge(token)) {
        each((Pattern::new(&[first.word], 0), first.covered));
        runs(i, tokens, bases, &frequent, &mut each);
        for (j, last) in within_gap(tokens, i).filter(|(_, token)| edge(token)) {
            let covered = first.covered & last.covered;
            each((Pattern::new(&[first.word, last.word], 0b1), covered));
            // `first next .. last`
            let next = &tokens[i + 1];
            if j > i + 2 && next.joined && edge(next) {
                let row = [first.word, next.word, last.word];
                each((Pattern::new(&row, 0b10), covered & next.covered));
            }
            // `first .. last after`
            if let Some(after) = tokens.get(j + 1).filter(|after| j > i + 1 && after.joined && edge(after)) {
                let row = [first.word, last.word, after.word];
                each((Pattern::new(&row, 0b1), covered & after.covered));
            }
        }
    }
}

/// The tokens that a gap behind token `i` reaches.
fn within_gap(tokens: &[Token], i: usize) -> impl Iterator<Item = (usize, &Token)> {
    tokens.iter().enumerate().skip(i + 1).take(usize::from(DEFAULT_GAP) + 1)
}

/// Words that stand side by side from token `i` on; function words may stand inside.
fn runs(
    i: usize,
    tokens: &[Token],
    bases: &Bases,
    frequent: &impl Fn(WordId) -> bool,
    each: &mut impl FnMut(Occurrence),
) {
    let mut row = [tokens[i].word; LONGEST];
    let mut covered = tokens[i].covered;
    for (n, token) in tokens.iter().skip(i + 1).take(LONGEST - 1).enumerate() {
        if !token.joined {
            return;
        }
        row[n + 1] = token.word;
        if !bases.is_content(token.word) {
            continue;
        }
        covered &= token.covered;
        if !frequent(token.word) {
            return;
        }
        each((Pattern::new(&row[..n + 2], 0), covered));
    }
}
