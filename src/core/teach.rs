//! What would bring a misjudged document to the verdict that a person expects.

use super::columns::{Columns, Weights};
use super::measure::Label;
use super::pack::{Leans, Pack};
use super::score::{Masses, Standing, Verdict};

/// A change of weights that gives the expected verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The rules whose weights change, and their new weights.
    pub weights: Vec<(u32, f64)>,
    /// What it does to other documents.
    pub effect: Effect,
}

/// What a change does to a corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Documents whose verdict becomes their label's.
    pub mended: usize,
    /// Documents whose verdict was their label's and is no longer.
    pub broken: usize,
    /// Documents whose verdict moves otherwise, or that have no label.
    pub moved: usize,
}

/// Documents in columns that remedies are tried on, and their labels.
#[derive(Clone, Copy, Debug)]
pub struct Corpus<'a> {
    /// What was found in them.
    pub columns: &'a Columns,
    /// What people said of them.
    pub labels: &'a [Option<Label>],
}

/// Whether evidence that leans so pulls a document towards the verdict; nothing if it does neither.
pub fn helps(leans: Leans, wanted: Verdict) -> Option<bool> {
    match leans {
        Leans::OutOfScope => Some(wanted == Verdict::OutOfScope),
        Leans::InScope => Some(wanted != Verdict::OutOfScope),
        Leans::Kpo if matches!(wanted, Verdict::Bpo | Verdict::Kpo) => Some(wanted == Verdict::Kpo),
        Leans::Bpo if matches!(wanted, Verdict::Bpo | Verdict::Kpo) => Some(wanted == Verdict::Bpo),
        Leans::Kpo | Leans::Bpo => None,
    }
}

/// The smallest change of one rule's weight that gives the verdict, for each rule that fired and can do it alone;
/// least harm to the corpus first.
pub fn single(pack: &Pack, document: &Columns, wanted: Verdict, corpus: &Corpus<'_>) -> Vec<Remedy> {
    let author = Weights::of(pack);
    let mut found: Vec<Remedy> = document
        .document(0)
        .filter_map(|(rule, _)| {
            let weight = nearest(pack, &author, document, rule, wanted)?;
            let changed = changed(pack, &author, &[(rule, weight)]);
            Some(Remedy { weights: vec![(rule, weight)], effect: effect(&author, &changed, corpus) })
        })
        .collect();
    let change = |r: &Remedy| (r.weights[0].1 - pack.rules[r.weights[0].0 as usize].weight).abs();
    found.sort_by(|a, b| {
        let harm = |r: &Remedy| r.effect.broken as i64 - r.effect.mended as i64;
        harm(a).cmp(&harm(b)).then(change(a).total_cmp(&change(b))).then(a.weights[0].0.cmp(&b.weights[0].0))
    });
    found
}

/// The weight nearest to a rule's own, in hundredths from 0 to 10, with which the verdict is the wanted one.
fn nearest(pack: &Pack, author: &Weights, document: &Columns, rule: u32, wanted: Verdict) -> Option<f64> {
    let own = (pack.rules[rule as usize].weight * 100.0).round() as i64;
    let mut weights = author.clone();
    let factor = pack.criterion(pack.rules[rule as usize].criterion).weight;
    let mut gives = |hundredths: i64| {
        weights.factors[rule as usize] = factor * hundredths as f64 / 100.0;
        (0..=1000).contains(&hundredths) && weights.standing(document, 0).verdict == wanted
    };
    let hundredths = (1..=1000).find_map(|step| [own - step, own + step].into_iter().find(|w| gives(*w)))?;
    Some(hundredths as f64 / 100.0)
}

/// The smallest factor by which all rules together, those that help up and the others down, give the verdict.
pub fn together(pack: &Pack, document: &Columns, wanted: Verdict, corpus: &Corpus<'_>) -> Option<Remedy> {
    let author = Weights::of(pack);
    (1..=200).find_map(|step| {
        let factor = 1.0 + f64::from(step) / 50.0;
        let weights: Vec<(u32, f64)> = document
            .document(0)
            .filter_map(|(rule, _)| {
                let Rule { leans, weight } = rule_of(pack, rule);
                let new = if helps(leans, wanted)? { weight * factor } else { weight / factor };
                Some((rule, (new.min(10.0) * 100.0).round() / 100.0))
            })
            .collect();
        let changed = changed(pack, &author, &weights);
        (changed.standing(document, 0).verdict == wanted)
            .then(|| Remedy { weights, effect: effect(&author, &changed, corpus) })
    })
}

struct Rule {
    leans: Leans,
    weight: f64,
}

fn rule_of(pack: &Pack, rule: u32) -> Rule {
    let rule = &pack.rules[rule as usize];
    Rule { leans: rule.leans, weight: rule.weight }
}

/// The pack's weights with some changed.
fn changed(pack: &Pack, author: &Weights, weights: &[(u32, f64)]) -> Weights {
    let mut changed = author.clone();
    for (rule, weight) in weights {
        let criterion = pack.criterion(pack.rules[*rule as usize].criterion);
        changed.factors[*rule as usize] = criterion.weight * weight;
    }
    changed
}

/// A rule of one new phrase: the least weight, in tenths up to 10, with which it mends the document, and what that
/// does to the documents of the corpus that hold the phrase. Reckons each hit at full strength.
pub fn new_rule(
    pack: &Pack,
    document: &Columns,
    wanted: Verdict,
    leans: Leans,
    holders: &[u32],
    corpus: &Corpus<'_>,
) -> Option<(f64, Effect)> {
    let weights = Weights::of(pack);
    let with = |masses: Masses, weight: f64| {
        let mut masses = masses;
        masses[leans as usize] += weight;
        Standing::of(&weights.scoring, &weights.thresholds, &masses).verdict
    };
    let own = weights.masses(document, 0);
    let weight = (1..=100).map(|tenths| f64::from(tenths) / 10.0).find(|w| with(own, *w) == wanted)?;
    let mut effect = Effect::default();
    for holder in holders {
        let masses = weights.masses(corpus.columns, *holder as usize);
        effect.count(corpus.labels[*holder as usize], with(masses, 0.0), with(masses, weight));
    }
    Some((weight, effect))
}

/// What a change of weights does to a corpus.
pub fn effect(before: &Weights, after: &Weights, corpus: &Corpus<'_>) -> Effect {
    let mut effect = Effect::default();
    for (document, label) in corpus.labels.iter().enumerate() {
        let old = before.standing(corpus.columns, document).verdict;
        effect.count(*label, old, after.standing(corpus.columns, document).verdict);
    }
    effect
}

impl Effect {
    /// Counts a document whose verdict moves from `old` to `new`.
    fn count(&mut self, label: Option<Label>, old: Verdict, new: Verdict) {
        let right = |verdict| label.is_some_and(|label| Label::of(verdict) == label);
        match (right(old), right(new)) {
            _ if old == new => {}
            (false, true) => self.mended += 1,
            (true, false) => self.broken += 1,
            _ => self.moved += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_helps_a_verdict() {
        assert_eq!(helps(Leans::Kpo, Verdict::Kpo), Some(true));
        assert_eq!(helps(Leans::OutOfScope, Verdict::Kpo), Some(false));
        assert_eq!(helps(Leans::InScope, Verdict::Mixed), Some(true));
        assert_eq!(helps(Leans::Bpo, Verdict::Mixed), None);
    }
}
