//! Sentences of the corpus on which a stub fires, and near misses on which it stays silent.

use std::collections::HashSet;

use super::base::WordId;
use super::reading::{Corpus, tasks};
use super::stub::{is_against, sample};
use super::{Example, Sample};
use crate::core::compile::Engine;
use crate::core::example::Outcome;
use crate::core::pack::Leans;
use crate::core::scan::{Hit, Scratch};

/// Sentences that are shown.
const SAMPLES: usize = 3;
/// Places that are looked at for them.
const LOOKED_AT: usize = 40;
/// The length of a sentence that reads well, in bytes.
const READABLE: usize = 90;

/// Where to look for sentences.
pub struct Examples<'a> {
    /// The stubs, compiled.
    pub stubs: &'a Engine,
    /// The number of the stub.
    pub number: u32,
    /// The documents.
    pub examples: &'a [Example<'a>],
    /// The documents, read.
    pub corpus: &'a Corpus,
    /// What the stub leans.
    pub leans: Leans,
}

impl Examples<'_> {
    fn fires_on(&self, sentence: &str) -> bool {
        self.stubs.outcome(self.number, sentence, &mut Scratch::default()) == Outcome::Fires
    }
}

/// Sentences that show the stub, the most readable first.
pub fn fires(search: &Examples<'_>, places: &[(usize, Hit)]) -> Vec<Sample> {
    let looked_at = places.iter().take(LOOKED_AT);
    let mut samples: Vec<Sample> = looked_at
        .filter_map(|(document, hit)| sample(search.stubs, &search.examples[*document], *document, hit))
        .filter(|sample| search.fires_on(&sample.sentence))
        .collect();
    samples.sort_by_key(|sample| sample.sentence.len().abs_diff(READABLE));
    let mut seen = HashSet::new();
    samples.retain(|sample| seen.insert(sample.sentence.to_lowercase()));
    samples.truncate(SAMPLES);
    samples
}

/// A sentence of a document of the other side that shares words with the stub and does not show it.
pub fn silent(search: &Examples<'_>, words: &[WordId]) -> Option<String> {
    let words: Vec<WordId> =
        words.iter().copied().filter(|word| search.corpus.bases.is_content(*word)).collect();
    // Words in common, document and task; the most in common first.
    let mut near: Vec<(usize, usize, usize)> = Vec::new();
    for (number, document) in search.corpus.documents.iter().enumerate() {
        if !is_against(search.leans, search.examples[number].label) {
            continue;
        }
        for (at, task) in document.iter().enumerate() {
            let shared = words.iter().filter(|word| task.tokens.iter().any(|token| token.word == **word));
            near.push((shared.count(), number, at));
        }
    }
    near.sort_by_key(|(shared, document, task)| (std::cmp::Reverse(*shared), *document, *task));
    let mut sentences = near.iter().filter_map(|(_, document, at)| {
        let places = tasks(search.stubs, &search.examples[*document]);
        let sentence = places.get(*at)?.sentence();
        let readable = (20..=2 * READABLE).contains(&sentence.len());
        (readable && !search.fires_on(sentence)).then(|| sentence.to_owned())
    });
    sentences.next()
}
