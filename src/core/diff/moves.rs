//! Which verdicts move between two packs, which change moved each, and what it did to the score.
//!
//! A document is put down to the change without which its verdict would have stayed: every change that touches
//! it is taken back alone. Of several such, or of none, it is the one that made most of the way.

use super::{Changes, NumberChange, RuleChange};
use crate::core::columns::{Columns, Weights};
use crate::core::pack::{Leans, Pack};
use crate::core::scan::Hits;
use crate::core::score::{Fired, Judgment, Masses, Part, Standing, Verdict, judge};

/// A corpus as two packs see it.
#[derive(Clone, Copy, Debug)]
pub struct Corpus<'a> {
    /// The packs, old and new.
    pub packs: [&'a Pack; 2],
    /// What each found, document by document.
    pub hits: [&'a [Hits]; 2],
}

/// What became of a corpus.
#[derive(Clone, Debug)]
pub struct Moves {
    /// Documents by verdict before (rows) and after.
    pub matrix: [[usize; Verdict::ALL.len()]; Verdict::ALL.len()],
    /// Documents whose verdict moves.
    pub moved: Vec<Move>,
    /// Documents whose score moves, but not their verdict.
    pub shifted: usize,
    /// Their mean absolute change of score; 0 if there are none.
    pub mean_shift: f64,
}

/// A document whose verdict moves.
#[derive(Clone, Debug)]
pub struct Move {
    /// Its number in the corpus.
    pub document: usize,
    /// By the old pack and by the new.
    pub judgments: [Judgment; 2],
    /// What moved it.
    pub cause: Cause,
}

/// The change that moved a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Of a rule: its place in [`Changes::rules`].
    Rule(usize),
    /// Of a number: its place in [`Changes::numbers`].
    Number(usize),
    /// How text is read.
    Reading,
    /// No change by itself.
    Together,
}

/// What must change for a verdict to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The log-odds.
    LogOdds,
    /// How much evidence there is: between `unclear` and the rest.
    Evidence,
    /// The share of out-of-scope evidence.
    OutOfScope,
    /// The share of in-scope evidence.
    InScope,
}

impl Quantity {
    pub(super) fn between(before: Verdict, after: Verdict) -> Quantity {
        let either = |verdict| before == verdict || after == verdict;
        match () {
            () if either(Verdict::OutOfScope) => Quantity::OutOfScope,
            () if either(Verdict::Unclear) => Quantity::Evidence,
            () => Quantity::LogOdds,
        }
    }

    fn of(self, standing: &Standing) -> f64 {
        match self {
            Quantity::LogOdds => standing.log_odds.value(),
            Quantity::Evidence => standing.evidence().value(),
            Quantity::OutOfScope => standing.out_of_scope,
            Quantity::InScope => standing.in_scope,
        }
    }

    /// Whether a rule that leans so has a part in it.
    pub(super) fn takes(self, leans: Leans) -> bool {
        match self {
            Quantity::LogOdds | Quantity::Evidence => matches!(leans, Leans::Bpo | Leans::Kpo),
            Quantity::OutOfScope => leans == Leans::OutOfScope,
            Quantity::InScope => leans == Leans::InScope,
        }
    }
}

/// Judges a corpus by both packs.
pub fn moves(corpus: &Corpus<'_>, changes: &Changes) -> Moves {
    let columns = [0, 1].map(|side| Columns::of(corpus.packs[side], corpus.hits[side]));
    let weights = corpus.packs.map(Weights::of);
    let search = Search::new(corpus, changes);
    let mut moves = Moves { matrix: Default::default(), moved: Vec::new(), shifted: 0, mean_shift: 0.0 };
    for document in 0..corpus.hits[0].len() {
        let standings = [0, 1].map(|side| weights[side].standing(&columns[side], document));
        let [before, after] = standings;
        moves.matrix[before.verdict as usize][after.verdict as usize] += 1;
        if before.verdict != after.verdict {
            moves.moved.push(search.explain(document, &standings));
        } else if before.log_odds != after.log_odds {
            moves.shifted += 1;
            moves.mean_shift += (after.score() - before.score()).abs();
        }
    }
    moves.mean_shift /= moves.shifted.max(1) as f64;
    moves
}

/// Looks for the change that moved a document.
struct Search<'a> {
    corpus: &'a Corpus<'a>,
    changes: &'a Changes,
    /// The new pack with one number as it was, for each number that changed.
    reverted: Vec<Pack>,
    /// By rule of each pack: its place among the changes.
    changed: [Vec<Option<usize>>; 2],
}

impl<'a> Search<'a> {
    fn new(corpus: &'a Corpus<'a>, changes: &'a Changes) -> Search<'a> {
        let revert = |change: &NumberChange| {
            let mut pack = corpus.packs[1].clone();
            change.number.set(&mut pack, change.before);
            pack
        };
        let mut changed = corpus.packs.map(|pack| vec![None; pack.rules.len()]);
        for (place, RuleChange { old, new, .. }) in changes.rules.iter().enumerate() {
            for (side, number) in [old, new].into_iter().enumerate() {
                number.iter().for_each(|n| changed[side][*n as usize] = Some(place));
            }
        }
        Search { corpus, changes, reverted: changes.numbers.iter().map(revert).collect(), changed }
    }

    fn explain(&self, document: usize, standings: &[Standing; 2]) -> Move {
        let judgments =
            [0, 1].map(|side| judge(self.corpus.packs[side], &self.corpus.hits[side][document], Part::Whole));
        let cause = self.cause(document, standings, &judgments);
        Move { document, judgments, cause }
    }

    fn cause(&self, document: usize, standings: &[Standing; 2], judgments: &[Judgment; 2]) -> Cause {
        let [before, after] = standings;
        let quantity = Quantity::between(before.verdict, after.verdict);
        let way = quantity.of(after) - quantity.of(before);
        let mut best: Option<((bool, f64), Cause)> = None;
        for (cause, without) in self.without_each(document, judgments) {
            let part = (quantity.of(after) - quantity.of(&without)) * way.signum();
            let (undone, useful) = (without.verdict == before.verdict, part > 0.0);
            let better = |(known, most): (bool, f64)| if undone == known { part > most } else { undone };
            if (undone || useful) && best.is_none_or(|(known, _)| better(known)) {
                best = Some(((undone, part), cause));
            }
        }
        best.map_or(Cause::Together, |(_, cause)| cause)
    }

    /// Where the document would stand by the new pack but for one change, for each that touches it.
    fn without_each(&self, document: usize, judgments: &[Judgment; 2]) -> Vec<(Cause, Standing)> {
        let mut places: Vec<usize> = [0, 1]
            .into_iter()
            .flat_map(|side| {
                judgments[side].fired.iter().filter_map(move |f| self.changed[side][f.rule as usize])
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        let rule = |place| (Cause::Rule(place), self.mixed(judgments, |changed| changed == Some(place)));
        let mut all: Vec<(Cause, Standing)> = places.into_iter().map(rule).collect();
        let hits = &self.corpus.hits[1][document];
        for (place, pack) in self.reverted.iter().enumerate() {
            let judgment = judge(pack, hits, Part::Whole);
            let masses = masses(pack, judgment.fired.iter());
            all.push((Cause::Number(place), Standing::of(&pack.scoring, &pack.thresholds, &masses)));
        }
        if !self.changes.reading.is_empty() {
            all.push((Cause::Reading, self.mixed(judgments, |changed| changed.is_none())));
        }
        all
    }

    /// The standing by the new pack when some rules, told by their place among the changes, count as they did.
    fn mixed(&self, judgments: &[Judgment; 2], as_before: impl Fn(Option<usize>) -> bool) -> Standing {
        let of = |side: usize, wanted: bool| {
            let rules = &self.changed[side];
            let taken = judgments[side].fired.iter().filter(|f| as_before(rules[f.rule as usize]) == wanted);
            masses(self.corpus.packs[side], taken)
        };
        let (mut sum, kept) = (of(0, true), of(1, false));
        sum.iter_mut().zip(kept).for_each(|(sum, kept)| *sum += kept);
        let pack = self.corpus.packs[1];
        Standing::of(&pack.scoring, &pack.thresholds, &sum)
    }
}

fn masses<'f>(pack: &Pack, fired: impl Iterator<Item = &'f Fired>) -> Masses {
    let mut masses = Masses::default();
    fired.for_each(|f| masses[pack.rules[f.rule as usize].leans as usize] += f.mass);
    masses
}
