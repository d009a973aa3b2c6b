//! What a corpus comes to, document by document, in memory that does not grow with it.

use std::collections::BTreeMap;

use super::pack::{Criterion, Pack, Thresholds};
use super::score::{Judgment, LogOdds, Verdict};

/// Bars of the histogram of scores.
pub const BINS: usize = 40;
/// Groups that are told apart; documents of later ones count as others.
pub const MOST_GROUPS: usize = 1000;
/// Documents of each kind that are kept for a closer look.
pub const HARDEST: usize = 10;

/// Documents by verdict, in the order of [`Verdict::ALL`].
pub type Verdicts = [u64; Verdict::ALL.len()];

/// A judged document of a corpus.
#[derive(Clone, Debug)]
pub struct Glimpse {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
    /// The group that it belongs to, if groups are asked for.
    pub group: Option<String>,
    /// Where it was placed.
    pub judgment: Judgment,
}

/// What documents come to together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// By verdict.
    pub verdicts: Verdicts,
    /// Sum of their scores.
    pub score: f64,
}

impl Share {
    /// How many documents there are.
    pub fn documents(&self) -> u64 {
        self.verdicts.iter().sum()
    }

    /// Their mean score; nothing without documents.
    pub fn mean(&self) -> Option<f64> {
        let documents = self.documents();
        (documents > 0).then(|| self.score / documents as f64)
    }

    fn take(&mut self, judgment: &Judgment) {
        self.verdicts[judgment.verdict as usize] += 1;
        self.score += judgment.score();
    }
}

/// How often a rule fired, and what it added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleCount {
    /// Documents in which it fired.
    pub documents: u64,
    /// Sum of its contributions.
    pub sum: LogOdds,
}

/// The hardest documents of one kind, hardest first; of equals, the one that came first.
#[derive(Clone, Debug, Default)]
pub struct Hardest(Vec<(i64, Glimpse)>);

impl Hardest {
    /// The documents, each with its measure, in thousandths of log-odds or in words.
    pub fn all(&self) -> &[(i64, Glimpse)] {
        &self.0
    }

    /// Keeps the document if it is harder than one of those that are kept; `hardness` is higher for harder ones.
    fn offer(&mut self, hardness: i64, glimpse: &Glimpse) {
        let place = self.0.partition_point(|(known, _)| *known >= hardness);
        if place < HARDEST {
            self.0.truncate(HARDEST - 1);
            self.0.insert(place.min(self.0.len()), (hardness, glimpse.clone()));
        }
    }
}

/// What a corpus comes to.
#[derive(Clone, Debug)]
pub struct Tally {
    /// All documents.
    pub all: Share,
    /// Documents by score, in equal steps from 0 to 1.
    pub bins: [Verdicts; BINS],
    /// Each group.
    pub groups: BTreeMap<String, Share>,
    /// Documents of groups that came too late to be told apart.
    pub others: Share,
    /// Each rule, by its number.
    pub rules: Vec<RuleCount>,
    /// Sums of contributions by criterion, in the order of [`Criterion::SIX`].
    pub criteria: [LogOdds; Criterion::SIX.len()],
    /// Nearest to another verdict: minus the distance in thousandths of log-odds.
    pub nearest: Hardest,
    /// Most at odds with themselves: the lesser of the two poles' sums, in thousandths of log-odds.
    pub conflicted: Hardest,
    /// Unclear in spite of many words: the words.
    pub unclear: Hardest,
    thresholds: Thresholds,
}

impl Tally {
    /// Nothing yet.
    pub fn new(pack: &Pack) -> Tally {
        Tally {
            all: Share::default(),
            bins: [[0; Verdict::ALL.len()]; BINS],
            groups: BTreeMap::new(),
            others: Share::default(),
            rules: vec![RuleCount::default(); pack.rules.len()],
            criteria: [LogOdds(0); Criterion::SIX.len()],
            nearest: Hardest::default(),
            conflicted: Hardest::default(),
            unclear: Hardest::default(),
            thresholds: pack.thresholds,
        }
    }

    /// Takes a document. The same documents in the same order come to the same, always.
    pub fn take(&mut self, glimpse: &Glimpse) {
        let judgment = &glimpse.judgment;
        self.all.take(judgment);
        let bin = ((judgment.score() * BINS as f64) as usize).min(BINS - 1);
        self.bins[bin][judgment.verdict as usize] += 1;
        if let Some(group) = &glimpse.group {
            let full = self.groups.len() >= MOST_GROUPS && !self.groups.contains_key(group);
            let share = if full { &mut self.others } else { self.groups.entry(group.clone()).or_default() };
            share.take(judgment);
        }
        for fired in &judgment.fired {
            let rule = &mut self.rules[fired.rule as usize];
            rule.documents += 1;
            rule.sum = rule.sum + fired.contribution;
        }
        for (sum, own) in self.criteria.iter_mut().zip(judgment.criteria) {
            *sum = *sum + own;
        }
        self.look_closer(glimpse);
    }

    fn look_closer(&mut self, glimpse: &Glimpse) {
        let judgment = &glimpse.judgment;
        match judgment.verdict {
            Verdict::OutOfScope => {}
            Verdict::Unclear => {
                let words = glimpse.text.split_whitespace().count();
                self.unclear.offer(words as i64, glimpse);
            }
            Verdict::Bpo | Verdict::Mixed | Verdict::Kpo => {
                let limits = [self.thresholds.bpo_at_most, self.thresholds.kpo_at_least];
                let from =
                    |limit: f64| (judgment.log_odds - LogOdds::round((limit / (1.0 - limit)).ln())).abs();
                self.nearest.offer(-limits.map(from).into_iter().min().unwrap_or_default().0, glimpse);
                // Evidence is the sum of the poles, log-odds without bias their difference.
                let difference = (judgment.log_odds - judgment.bias).abs();
                self.conflicted.offer((judgment.evidence - difference).0 / 2, glimpse);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::compile::Engine;
    use crate::default_pack;

    fn tally(engine: &Engine, texts: &[String]) -> Tally {
        let mut tally = Tally::new(engine.pack());
        for (i, text) in texts.iter().enumerate() {
            let judgment = engine.explain(None, text).judgment;
            let group = Some(format!("g{i}"));
            tally.take(&Glimpse { id: i.to_string(), title: None, text: text.clone(), group, judgment });
        }
        tally
    }

    #[test]
    fn memory_is_bounded_and_nothing_is_lost() {
        let engine = Engine::new(default_pack());
        let texts: Vec<String> = (0..MOST_GROUPS + 7)
            .map(|i| format!("{}Note {i}.", "Colours and seas. ".repeat(i % 40)))
            .collect();
        let tally = tally(&engine, &texts);
        let documents = texts.len() as u64;
        assert_eq!(tally.all.documents(), documents);
        assert_eq!(tally.bins.iter().flatten().sum::<u64>(), documents);
        assert_eq!(tally.groups.len(), MOST_GROUPS);
        assert_eq!(tally.others.documents(), 7);
        let unclear = tally.unclear.all();
        assert_eq!(unclear.len(), HARDEST);
        assert!(unclear.windows(2).all(|w| w[0].0 >= w[1].0));
        // Of equals, the first.
        assert_eq!(unclear[0].1.id, "39");
    }

    #[test]
    fn sums_are_those_of_the_judgments() {
        let engine = Engine::new(default_pack());
        let texts = ["Key invoices.", "Advise clients on tax law.", "File forms and advise on patents."];
        let texts = texts.map(str::to_owned);
        let tally = tally(&engine, &texts);
        let judgments: Vec<Judgment> = texts.iter().map(|t| engine.explain(None, t).judgment).collect();
        for (i, sum) in tally.criteria.iter().enumerate() {
            assert_eq!(*sum, judgments.iter().map(|j| j.criteria[i]).sum());
        }
        let fired: usize = judgments.iter().map(|j| j.fired.len()).sum();
        assert_eq!(tally.rules.iter().map(|rule| rule.documents).sum::<u64>(), fired as u64);
    }
}
