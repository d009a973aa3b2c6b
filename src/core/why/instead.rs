//! What stands where an element of a phrase is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use super::split::Split;
use crate::core::measure::Label;

/// Words that are kept of those that stand where an element is missing.
const WORDS: usize = 20;

/// A word that stands where an element is missing.
#[derive(Clone, Debug, Serialize)]
pub struct Stood {
    /// The word, folded.
    pub word: String,
    /// In how many documents.
    pub documents: Split,
}

/// The words where an element is missing, against all words of the same tasks: "and" stands everywhere.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// By word, the documents that have it there, and those that have it anywhere in the task.
    known: BTreeMap<String, (Split, usize)>,
    /// Words there, and words of the tasks.
    there: usize,
    anywhere: usize,
}

impl Words {
    pub fn add(&mut self, label: Option<Label>, there: &BTreeSet<String>, anywhere: &BTreeSet<String>) {
        self.there += there.len();
        self.anywhere += anywhere.len();
        for word in anywhere {
            if there.contains(word) {
                self.known.entry(word.clone()).or_default().0 += label;
            }
            self.known.entry(word.clone()).or_default().1 += 1;
        }
    }

    pub fn merge(&mut self, other: Words) {
        self.there += other.there;
        self.anywhere += other.anywhere;
        for (word, (split, anywhere)) in other.known {
            let own = self.known.entry(word).or_default();
            own.0 += split;
            own.1 += anywhere;
        }
    }

    /// The words that stand there more often than words at large, most telling first: by how many standard
    /// deviations they do.
    pub fn telling(self) -> Vec<Stood> {
        let share = self.there as f64 / (self.anywhere as f64).max(1.0);
        let mut all: Vec<(f64, Stood)> = self
            .known
            .into_iter()
            .map(|(word, (documents, anywhere))| {
                let expected = anywhere as f64 * share;
                let excess = (documents.all as f64 - expected) / expected.sqrt().max(f64::MIN_POSITIVE);
                (excess, Stood { word, documents })
            })
            .filter(|(excess, stood)| stood.documents.all > 0 && *excess > 0.0)
            .collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.word.cmp(&b.1.word)));
        all.into_iter().map(|(_, stood)| stood).take(WORDS).collect()
    }
}

/// Characters of the task that a quote shows on either side.
const SIDE: usize = 24;

/// A piece of a task with some of what stands around it, cut between words, on one line.
pub(super) fn around(text: &str, task: &Range<usize>, about: &Range<usize>) -> String {
    let (left, right) = (&text[task.start..about.start], &text[about.end..task.end]);
    let from = left
        .char_indices()
        .rev()
        .nth(SIDE)
        .map_or(0, |(i, _)| left[i..].find(char::is_whitespace).map_or(left.len(), |space| i + space));
    let until = right
        .char_indices()
        .nth(SIDE)
        .map_or(right.len(), |(i, _)| right[..i].rfind(char::is_whitespace).unwrap_or(0));
    let whole = &text[task.start + from..about.end + until];
    let words = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    let mark = |cut: bool| if cut { "…" } else { "" };
    format!("{}{words}{}", mark(from > 0), mark(until < right.len()))
}
