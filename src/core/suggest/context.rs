//! What words have in common by the company they keep: the words before and behind them.
//!
//! Only company that is common everywhere counts (function words, the ends of a task): it tells verbs from
//! nouns and things from people, whatever the subject.

use std::collections::HashMap;

use super::base::WordId;
use super::reading::Corpus;

/// The most frequent words, which serve as company.
const COMPANY: usize = 200;

/// By word, how often each company stands before and behind it.
#[derive(Debug)]
pub struct Contexts(HashMap<WordId, HashMap<u32, f64>>);

impl Contexts {
    /// Counts the company of every word.
    pub fn of(corpus: &Corpus) -> Contexts {
        let mut counts = vec![0u32; corpus.bases.len()];
        let tasks = || corpus.documents.iter().flatten();
        tasks().flat_map(|task| &task.tokens).for_each(|token| counts[token.word as usize] += 1);
        let mut by_count: Vec<WordId> = (0..counts.len() as WordId).collect();
        by_count.sort_by_key(|word| (std::cmp::Reverse(counts[*word as usize]), *word));
        let company: HashMap<WordId, u32> = by_count.into_iter().take(COMPANY).zip(2u32..).collect();
        // Two slots a companion: before (even) and behind (odd); companion 0 is the end of a task, 1 any other word.
        let slot = |word: Option<&WordId>, behind: bool| {
            let companion = word.map_or(0, |word| company.get(word).copied().unwrap_or(1));
            2 * companion + u32::from(behind)
        };
        let mut contexts: HashMap<WordId, HashMap<u32, f64>> = HashMap::new();
        for task in tasks() {
            let words: Vec<WordId> = task.tokens.iter().map(|token| token.word).collect();
            for (i, word) in words.iter().enumerate() {
                let own = contexts.entry(*word).or_default();
                *own.entry(slot(i.checked_sub(1).and_then(|i| words.get(i)), false)).or_insert(0.0) += 1.0;
                *own.entry(slot(words.get(i + 1), true)).or_insert(0.0) += 1.0;
            }
        }
        contexts.values_mut().flat_map(HashMap::values_mut).for_each(|n| *n = n.sqrt());
        Contexts(contexts)
    }

    /// Likeness of the company of two words, 0 to 1: the cosine of the roots of the counts.
    pub fn likeness(&self, a: WordId, b: WordId) -> f64 {
        let (Some(a), Some(b)) = (self.0.get(&a), self.0.get(&b)) else { return 0.0 };
        let mut keys: Vec<&u32> = a.keys().filter(|key| b.contains_key(key)).collect();
        keys.sort_unstable();
        let dot: f64 = keys.iter().map(|key| a[*key] * b[*key]).sum();
        // The squares of roots are the counts, whole numbers: their sum has no rounding and no order.
        let size = |v: &HashMap<u32, f64>| v.values().map(|n| (n * n).round()).sum::<f64>().sqrt();
        dot / (size(a) * size(b)).max(f64::MIN_POSITIVE)
    }
}
