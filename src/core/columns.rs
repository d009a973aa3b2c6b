//! The evidence of a corpus in columns: what scoring needs of every document, laid out so that judging all
//! of it again after a change of weights touches memory once, in order.

use super::pack::{Leans, Pack, Scoring, Thresholds};
use super::scan::Hits;
use super::score::{Masses, Part, Standing};
use super::strength::strengths;

/// Strengths of the rules that fired, document by document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Where each document's entries begin; one more at the end.
    starts: Vec<u32>,
    rules: Vec<u32>,
    strengths: Vec<f64>,
}

impl Columns {
    /// The columns of documents scanned with a pack.
    ///
    /// Strengths depend on the pack's section weights, echo and hedging, not on its other numbers.
    pub fn of<'h>(pack: &Pack, documents: impl IntoIterator<Item = &'h Hits>) -> Columns {
        let mut columns = Columns { starts: vec![0], ..Columns::default() };
        for hits in documents {
            for fired in strengths(pack, hits, Part::Whole) {
                columns.rules.push(fired.rule);
                columns.strengths.push(fired.mass);
            }
            columns.starts.push(columns.rules.len() as u32);
        }
        columns
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rules that fired in a document, and their strengths.
    pub fn document(&self, number: usize) -> impl Iterator<Item = (u32, f64)> {
        let range = self.starts[number] as usize..self.starts[number + 1] as usize;
        self.rules[range.clone()].iter().copied().zip(self.strengths[range].iter().copied())
    }

    /// Masses of a document's evidence, given what each rule speaks for and its weight.
    pub fn masses(&self, number: usize, leans: &[Leans], factors: &[f64]) -> Masses {
        let mut masses = Masses::default();
        for (rule, strength) in self.document(number) {
            masses[leans[rule as usize] as usize] += strength * factors[rule as usize];
        }
        masses
    }

    /// The same documents with some of the rules only.
    pub fn only(&self, keep: impl Fn(u32) -> bool) -> Columns {
        let mut columns = Columns { starts: vec![0], ..Columns::default() };
        for number in 0..self.len() {
            for (rule, strength) in self.document(number).filter(|(rule, _)| keep(*rule)) {
                columns.rules.push(rule);
                columns.strengths.push(strength);
            }
            columns.starts.push(columns.rules.len() as u32);
        }
        columns
    }
}

/// The numbers of a pack that judge columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Weight of each rule, its criterion's included.
    pub factors: Vec<f64>,
    /// What each rule speaks for.
    pub leans: Vec<Leans>,
    /// How masses become log-odds.
    pub scoring: Scoring,
    /// Where the verdicts begin.
    pub thresholds: Thresholds,
}

impl Weights {
    /// A pack's own.
    pub fn of(pack: &Pack) -> Weights {
        let factor = |rule: &super::pack::Rule| pack.criterion(rule.criterion).weight * rule.weight;
        Weights {
            factors: pack.rules.iter().map(factor).collect(),
            leans: pack.rules.iter().map(|rule| rule.leans).collect(),
            scoring: pack.scoring,
            thresholds: pack.thresholds,
        }
    }

    /// Masses of a document.
    pub fn masses(&self, columns: &Columns, document: usize) -> Masses {
        columns.masses(document, &self.leans, &self.factors)
    }

    /// Where a document stands; the same as [`judge`](super::score::judge) says.
    pub fn standing(&self, columns: &Columns, document: usize) -> Standing {
        Standing::of(&self.scoring, &self.thresholds, &self.masses(columns, document))
    }
}
