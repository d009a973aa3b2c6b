//! The words that terms stand for.

use std::collections::BTreeSet;

use crate::core::inflect::{exact_forms, forms, prefix_forms};
use crate::core::phrase::Term;

/// Words, and beginnings that stand for every word that begins so; folded.
#[derive(Debug, Default)]
pub(super) struct WordSet {
    words: BTreeSet<String>,
    beginnings: BTreeSet<String>,
}

impl WordSet {
    /// The words of some terms.
    pub fn of<'t>(terms: impl IntoIterator<Item = &'t Term>) -> WordSet {
        let mut set = WordSet::default();
        for term in terms {
            match term {
                Term::Inflected(word) => set.words.extend(forms(word)),
                Term::Exact(word) => set.words.extend(exact_forms(word)),
                Term::Prefix(start) => set.beginnings.extend(prefix_forms(start)),
            }
        }
        set
    }

    /// With these words, too.
    pub fn add_words(&mut self, words: impl IntoIterator<Item = String>) {
        self.words.extend(words);
    }

    /// With every word that begins so, too.
    pub fn add_beginnings(&mut self, beginnings: impl IntoIterator<Item = String>) {
        self.beginnings.extend(beginnings);
    }

    /// Whether a word is among them.
    pub fn holds(&self, word: &str) -> bool {
        self.words.contains(word) || self.beginnings.iter().any(|start| word.starts_with(start.as_str()))
    }

    /// Whether all of the other's words are.
    pub fn covers(&self, other: &WordSet) -> bool {
        let begun = |start: &String| self.beginnings.iter().any(|own| start.starts_with(own.as_str()));
        other.words.iter().all(|word| self.holds(word)) && other.beginnings.iter().all(begun)
    }
}
