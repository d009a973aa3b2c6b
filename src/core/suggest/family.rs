//! Candidates that are one idea: narrower and wider patterns of the same documents, and words that stand in
//! the same slot.

use std::collections::HashSet;

use super::base::WordId;
use super::choose::Field;
use super::context::Contexts;
use super::mine::{Candidate, Posting};
use super::pattern::Pattern;
use crate::core::pack::Leans;

/// Share of documents in common from which two patterns show the same.
const SAME: f64 = 0.65;
/// How much less precise a simpler pattern may be.
const ABOUT: f64 = 0.03;
/// Likeness of the company of two words from which they may be alternatives.
const ALIKE: f64 = 0.7;
/// Alternatives in a slot, at most.
const ALTERNATIVES: usize = 6;
/// Further members that are shown.
const MEMBERS: usize = 4;

/// Patterns that are proposed together.
#[derive(Clone, Debug)]
pub struct Family {
    /// What they speak for.
    pub leans: Leans,
    /// How surely.
    pub z: f64,
    /// The pattern that stands for all.
    pub pattern: Pattern,
    /// Its words, with alternatives.
    pub slots: Vec<Vec<WordId>>,
    /// Other patterns of the same idea, the surest first.
    pub members: Vec<Pattern>,
    /// Numbers of all candidates that are not to be proposed again.
    pub absorbed: Vec<usize>,
    /// Documents that show it, in order.
    pub documents: Vec<u32>,
}

/// The family of a candidate that was chosen.
pub fn gather(field: &Field<'_>, contexts: &Contexts, chosen: usize, z: f64) -> Family {
    let near = near(field, chosen);
    let head = simplest(field, chosen, &near);
    let pattern = field.all[head].pattern;
    let (slots, others) = alternatives(field, contexts, head, &near);
    let mut absorbed: Vec<usize> = vec![chosen, head];
    absorbed.extend(&others);
    // What is said more narrowly, and what shows nearly the same documents.
    let kin = near.iter().copied().filter(|i| {
        let other = &field.all[*i];
        absorbed.iter().any(|own| {
            let own = &field.all[*own];
            own.pattern.is_within(&other.pattern)
                || (other.pattern.is_within(&own.pattern) && overlap(own, other) >= SAME)
        })
    });
    let mut kin: Vec<usize> = kin.filter(|i| !absorbed.contains(i)).collect();
    kin.sort_by(|a, b| field.z[*b].total_cmp(&field.z[*a]).then(a.cmp(b)));
    let shown = others.iter().copied().chain(kin.iter().copied().take(MEMBERS));
    let members = shown.map(|i| field.all[i].pattern).collect();
    let mut documents: Vec<u32> =
        absorbed.iter().flat_map(|i| field.all[*i].postings.iter().map(|p| p.document)).collect();
    documents.sort_unstable();
    documents.dedup();
    absorbed.extend(kin);
    Family { leans: field.contrast.leans, z, pattern, slots, members, absorbed, documents }
}

/// Candidates of the field that share a word with this one and are still to be had.
fn near(field: &Field<'_>, chosen: usize) -> Vec<usize> {
    let words = field.all[chosen].pattern.words().iter();
    let mut near: Vec<usize> = words.filter_map(|word| field.by_word.get(word)).flatten().copied().collect();
    near.sort_unstable();
    near.dedup();
    near.retain(|i| field.z[*i] > 0.0 && *i != chosen);
    near
}

/// The simplest pattern that shows nearly the same documents and is about as precise.
fn simplest(field: &Field<'_>, chosen: usize, near: &[usize]) -> usize {
    let precision = |i: usize| {
        let (own, other) = field.contrast.counts(&field.all[i]);
        own as f64 / (own + other).max(1) as f64
    };
    let cost = |i: usize| {
        let pattern = &field.all[i].pattern;
        (pattern.words().len(), pattern.has_gap())
    };
    let own = &field.all[chosen];
    let as_good = near.iter().copied().filter(|i| {
        let other = &field.all[*i];
        let kin = own.pattern.is_within(&other.pattern) || other.pattern.is_within(&own.pattern);
        kin && overlap(own, other) >= SAME && precision(*i) + ABOUT >= precision(chosen)
    });
    as_good.chain([chosen]).min_by_key(|i| (cost(*i), *i)).unwrap_or(chosen)
}

/// The head's words with those that stand in the same slot, and the candidates that show them.
fn alternatives(
    field: &Field<'_>,
    contexts: &Contexts,
    head: usize,
    near: &[usize],
) -> (Vec<Vec<WordId>>, Vec<usize>) {
    let pattern = field.all[head].pattern;
    let words = pattern.words();
    let mut slots: Vec<Vec<WordId>> = words.iter().map(|word| vec![*word]).collect();
    let in_slot = |slot: usize| {
        let fits = |i: &usize| {
            let other = field.all[*i].pattern;
            *i != head
                && other.words().len() == words.len()
                && other.with(slot, words[slot]) == pattern
                && contexts.likeness(words[slot], other.words()[slot]) >= ALIKE
        };
        let mut all: Vec<usize> = near.iter().copied().filter(fits).collect();
        all.sort_by(|a, b| field.z[*b].total_cmp(&field.z[*a]).then(a.cmp(b)));
        all.truncate(ALTERNATIVES - 1);
        all
    };
    if words.len() < 2 {
        return (slots, Vec::new());
    }
    let worth = |all: &[usize]| all.iter().map(|i| field.z[*i]).sum::<f64>();
    let best =
        (0..words.len()).map(|slot| (slot, in_slot(slot))).max_by(|a, b| worth(&a.1).total_cmp(&worth(&b.1)));
    let Some((slot, others)) = best else { return (slots, Vec::new()) };
    slots[slot].extend(others.iter().map(|i| field.all[*i].pattern.words()[slot]));
    (slots, others)
}

/// Documents that show both, as a share of those that show either.
fn overlap(a: &Candidate, b: &Candidate) -> f64 {
    let documents =
        |c: &Candidate| -> HashSet<u32> { c.postings.iter().map(|p: &Posting| p.document).collect() };
    let (a, b) = (documents(a), documents(b));
    let both = a.intersection(&b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}
