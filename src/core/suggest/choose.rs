//! Which candidates are shown: the surest first, each discounted by what those before it show already.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use super::Options;
use super::base::WordId;
use super::context::Contexts;
use super::contrast::Contrast;
use super::family::{Family, gather};
use super::mine::Candidate;
use super::reading::Corpus;
use crate::core::pack::Leans;
use crate::core::statistics::wilson;

/// Standard deviations that the head of a family needs.
const HEAD_Z: f64 = 1.2;
/// Standard deviations that a member needs.
const MEMBER_Z: f64 = 0.8;
/// A pattern that existing rules cover in more than this share of its documents is not proposed.
pub const MOST_COVERED: f64 = 0.8;
/// Precision that a member needs.
const MEMBER: f64 = 0.75;
/// Families that are drafted beyond those wanted: some turn out to be covered, or known.
const SPARE: usize = 20;
/// Lower ends of precision (Wilson) from which a phrase of several words,
const PHRASE: f64 = 0.6;
/// a single word,
const WORD: f64 = 0.8;
/// or anything that only speaks for scope may be proposed.
const PURE: f64 = 0.94;
/// What part of a document is left to the suggestions behind one that claims it.
const LEFT: f64 = 0.25;

/// The candidates that speak for one leaning, and what is left of each document.
pub struct Field<'a> {
    /// The leaning against its opposite.
    pub contrast: &'a Contrast,
    /// The candidates, all of them.
    pub all: &'a [Candidate],
    /// Numbers of those that speak for the leaning, by a word in them.
    pub by_word: HashMap<WordId, Vec<usize>>,
    /// By candidate: how surely it speaks; members of chosen families and the rest have 0.
    pub z: Vec<f64>,
    /// By document: what no chosen family has claimed.
    pub left: Vec<f64>,
}

impl<'a> Field<'a> {
    fn new(contrast: &'a Contrast, all: &'a [Candidate], documents: usize) -> Field<'a> {
        let left = vec![1.0; documents];
        let speaks = |candidate: &Candidate| {
            let covered = contrast.covered(candidate) as f64 / candidate.postings.len() as f64;
            let (own, other) = contrast.counts(candidate);
            if covered > MOST_COVERED || (own as f64) < MEMBER * (own + other) as f64 {
                return 0.0;
            }
            let z = contrast.z(&candidate.postings, &left);
            if z >= MEMBER_Z { z } else { 0.0 }
        };
        let z: Vec<f64> = all.iter().map(speaks).collect();
        let mut by_word: HashMap<WordId, Vec<usize>> = HashMap::new();
        for (i, candidate) in all.iter().enumerate().filter(|(i, _)| z[*i] > 0.0) {
            for word in candidate.pattern.words() {
                by_word.entry(*word).or_default().push(i);
            }
        }
        Field { contrast, all, by_word, z, left }
    }
}

/// Whether a candidate is precise enough to be a rule. A single word says little of what is done with it, and what
/// can be delivered from another site needs no saying, so both have to be purer.
fn precise(contrast: &Contrast, candidate: &Candidate) -> bool {
    let (own, other) = contrast.counts(candidate);
    let least = match (contrast.leans, candidate.pattern.words().len()) {
        (Leans::InScope, _) => PURE,
        (_, 1) => WORD,
        _ => PHRASE,
    };
    wilson(own, own + other).low >= least
}

/// A candidate in a field, with what it was last known to be worth.
struct Waiting {
    z: f64,
    field: usize,
    candidate: usize,
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Waiting) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Waiting) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Waiting) -> Ordering {
        let place = |w: &Waiting| (w.field, w.candidate);
        self.z.total_cmp(&other.z).then_with(|| place(other).cmp(&place(self)))
    }
}

/// The best families of all fields, at most `most`.
pub fn choose(corpus: &Corpus, all: &[Candidate], contrasts: &[Contrast], options: &Options) -> Vec<Family> {
    let contexts = Contexts::of(corpus);
    let mut fields: Vec<Field<'_>> =
        contrasts.iter().map(|contrast| Field::new(contrast, all, corpus.documents.len())).collect();
    let mut waiting: BinaryHeap<Waiting> = BinaryHeap::new();
    for (number, field) in fields.iter().enumerate() {
        let fit = |i: usize| {
            let candidate = &all[i];
            candidate.postings.len() >= options.min_documents && precise(field.contrast, candidate)
        };
        let heads = field.z.iter().enumerate().filter(|(i, z)| **z >= HEAD_Z && fit(*i));
        waiting.extend(heads.map(|(candidate, z)| Waiting { z: *z, field: number, candidate }));
    }
    let mut families = Vec::new();
    while let Some(first) = waiting.pop() {
        let field = &mut fields[first.field];
        if families.len() == options.top + SPARE || field.z[first.candidate] == 0.0 {
            continue;
        }
        // What a candidate adds only falls as others are chosen, so the first that keeps its place is best.
        let z = field.contrast.z(&all[first.candidate].postings, &field.left);
        if z + 1e-9 < first.z {
            if z >= HEAD_Z {
                waiting.push(Waiting { z, ..first });
            }
            continue;
        }
        let family = gather(field, &contexts, first.candidate, z);
        for member in &family.absorbed {
            field.z[*member] = 0.0;
        }
        for document in &family.documents {
            field.left[*document as usize] *= LEFT;
        }
        families.push(family);
    }
    families
}
