//! What tells a label from its opposite: log-odds with an informative Dirichlet prior, of documents that are
//! weighed by how much the pack still has to learn from them.
//!
//! After Monroe, Colaresi & Quinn, "Fightin' Words" (Political Analysis 16, 2008). A document weighs as much
//! as its score is off its label. Weighed so, the difference of the two sides is the direction in which a
//! new rule would move the pack's mistakes: what is judged well already teaches little, whatever words it has.

use super::Example;
use super::mine::{Candidate, Posting};
use crate::core::pack::{Leans, Thresholds};

/// What a document weighs at least: the pack may be right by luck.
const FLOOR: f64 = 0.2;
/// What a place weighs that rules of the same leaning cover.
const COVERED: f64 = 0.05;
/// The prior counts as much as this many documents.
const PRIOR: f64 = 0.1;

/// Counts of a pattern on the two sides of a contrast.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sides {
    /// Documents of the own side that show it,
    pub own: f64,
    /// of all documents of that side.
    pub own_all: f64,
    /// Documents of the other side that show it,
    pub other: f64,
    /// of all documents of that side.
    pub other_all: f64,
}

/// The log-odds ratio of a pattern between two sides, in standard deviations.
///
/// `prior` is how many documents with the pattern the prior adds to each side, `prior_all` how many documents
/// in all.
pub fn z_score(sides: Sides, prior: f64, prior_all: f64) -> f64 {
    let odds = |n: f64, all: f64| ((n + prior) / (all + prior_all - n - prior)).ln();
    let ratio = odds(sides.own, sides.own_all) - odds(sides.other, sides.other_all);
    ratio / (1.0 / (sides.own + prior) + 1.0 / (sides.other + prior)).sqrt()
}

/// A leaning against its opposite, over a corpus.
#[derive(Debug)]
pub struct Contrast {
    /// What a suggestion would lean.
    pub leans: Leans,
    /// By document: its weight, positive on the own side, negative on the other, 0 on none.
    weights: Vec<f64>,
    own_all: f64,
    other_all: f64,
    documents: f64,
}

impl Contrast {
    /// Weighs every document. `evenly` leaves their scores out of it.
    pub fn new(leans: Leans, examples: &[Example<'_>], thresholds: &Thresholds, evenly: bool) -> Contrast {
        let weight = |example: &Example<'_>| {
            let own = example.label.side(leans)?;
            let miss = 1.0 - nearness(if own { leans } else { leans.opposite() }, example, thresholds);
            let weight = if evenly { 1.0 } else { miss.max(FLOOR) };
            Some(if own { weight } else { -weight })
        };
        let mut weights: Vec<f64> = examples.iter().map(|example| weight(example).unwrap_or(0.0)).collect();
        let scale = effective_scale(&weights);
        weights.iter_mut().for_each(|weight| *weight *= scale);
        let own_all = weights.iter().filter(|w| **w > 0.0).sum();
        let other_all = -weights.iter().filter(|w| **w < 0.0).sum::<f64>();
        Contrast { leans, own_all, other_all, documents: examples.len() as f64, weights }
    }

    /// Whether both sides have documents.
    pub fn has_both(&self) -> bool {
        self.own_all > 0.0 && self.other_all > 0.0
    }

    /// How surely documents that show a pattern are of the own side; `left` says what part of each document
    /// no other suggestion has claimed.
    pub fn z(&self, postings: &[Posting], left: &[f64]) -> f64 {
        let mut sides = Sides { own_all: self.own_all, other_all: self.other_all, ..Sides::default() };
        for posting in postings {
            let at = posting.document as usize;
            let place = if self.covers(posting) { COVERED } else { 1.0 };
            let weight = self.weights[at] * place * left[at];
            if weight > 0.0 {
                sides.own += weight;
            } else {
                sides.other -= weight;
            }
        }
        let share = postings.len() as f64 / self.documents;
        z_score(sides, PRIOR * self.documents * share, PRIOR * self.documents)
    }

    /// Documents on the own side and on the other.
    pub fn counts(&self, candidate: &Candidate) -> (usize, usize) {
        let of = |sign: f64| {
            candidate.postings.iter().filter(|p| self.weights[p.document as usize] * sign > 0.0).count()
        };
        (of(1.0), of(-1.0))
    }

    /// Documents in which rules that lean the same way cover every place.
    pub fn covered(&self, candidate: &Candidate) -> usize {
        candidate.postings.iter().filter(|posting| self.covers(posting)).count()
    }

    fn covers(&self, posting: &Posting) -> bool {
        posting.covered >> self.leans as u8 & 1 == 1
    }
}

/// The factor that makes weights sum to the number of even documents that would tell as much (Kish).
fn effective_scale(weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().map(|w| w.abs()).sum();
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    if squares > 0.0 { sum / squares } else { 0.0 }
}

/// How near the judgment is to a leaning, 0 to 1; at the threshold of out-of-scope one half.
fn nearness(leans: Leans, example: &Example<'_>, thresholds: &Thresholds) -> f64 {
    let out = (example.judgment.out_of_scope / (2.0 * thresholds.out_of_scope_at_least)).min(1.0);
    match leans {
        Leans::Kpo => example.judgment.score(),
        Leans::Bpo => 1.0 - example.judgment.score(),
        Leans::OutOfScope => out,
        Leans::InScope => 1.0 - out,
    }
}
