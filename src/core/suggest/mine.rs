//! Every pattern that enough documents show, with those documents.

use std::collections::HashMap;

use super::base::WordId;
use super::pattern::{Occurrence, Pattern, for_each_pattern};
use super::reading::{Corpus, Document};

/// A document that shows a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Its number.
    pub document: u32,
    /// Leanings (a bit each) whose rules cover every place of the pattern there.
    pub covered: u8,
}

/// A pattern and the documents that show it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The pattern.
    pub pattern: Pattern,
    /// The documents, in order.
    pub postings: Vec<Posting>,
}

/// The patterns that at least `least` documents show, sorted.
pub fn candidates(corpus: &Corpus, least: usize) -> Vec<Candidate> {
    let least = least.max(1) as u32;
    let words = word_counts(corpus);
    let frequent = |word: WordId| words[word as usize] >= least;
    let mut counts: HashMap<Pattern, u32> = HashMap::new();
    let mut shown = Vec::new();
    for document in &corpus.documents {
        patterns(document, corpus, frequent, &mut shown);
        shown.iter().for_each(|(pattern, _)| *counts.entry(*pattern).or_insert(0) += 1);
    }
    counts.retain(|_, n| *n >= least);
    let mut kept: Vec<Pattern> = counts.keys().copied().collect();
    kept.sort_unstable();
    let at: HashMap<Pattern, usize> = kept.iter().copied().zip(0..).collect();
    let mut all: Vec<Candidate> =
        kept.iter().map(|pattern| Candidate { pattern: *pattern, postings: Vec::new() }).collect();
    for (document, number) in corpus.documents.iter().zip(0u32..) {
        patterns(document, corpus, frequent, &mut shown);
        for (pattern, covered) in &shown {
            if let Some(i) = at.get(pattern) {
                all[*i].postings.push(Posting { document: number, covered: *covered });
            }
        }
    }
    all
}

/// Documents that show each word.
fn word_counts(corpus: &Corpus) -> Vec<u32> {
    let mut counts = vec![0; corpus.bases.len()];
    let mut words: Vec<WordId> = Vec::new();
    for document in &corpus.documents {
        words.clear();
        words.extend(document.iter().flat_map(|task| task.tokens.iter().map(|token| token.word)));
        words.sort_unstable();
        words.dedup();
        words.iter().for_each(|word| counts[*word as usize] += 1);
    }
    counts
}

/// The patterns of a document, each once, with the leanings that cover all of its places.
fn patterns(
    document: &Document,
    corpus: &Corpus,
    frequent: impl Fn(WordId) -> bool + Copy,
    out: &mut Vec<Occurrence>,
) {
    out.clear();
    for task in document {
        for_each_pattern(task, &corpus.bases, frequent, |occurrence| out.push(occurrence));
    }
    out.sort_unstable();
    out.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 &= next.1;
        }
        same
    });
}
