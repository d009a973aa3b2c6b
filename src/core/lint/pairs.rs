//! Rules that go together: the same documents, a part of another's, or the same words for opposite ends.

use std::collections::HashMap;

use super::corpus::{FEWEST, Sightings};
use super::{At, Finding};
use crate::core::diagnostic::Code;
use crate::core::pack::Pack;

/// Shared documents over all documents of either rule, from which two rules are said to go together.
const TOGETHER: f64 = 0.9;
/// Documents in which two rules of opposite leaning read the same words, over those of the rarer one.
const CLASHING: f64 = 0.8;

/// What the pairs tell; every rule is named as the later or weaker one at most once for a code.
pub fn findings(pack: &Pack, seen: &Sightings) -> Vec<Finding> {
    let mut all = Vec::new();
    let mut shared: HashMap<u32, Vec<(u32, usize)>> = HashMap::new();
    for ((a, b), n) in companions(pack, seen) {
        shared.entry(a).or_default().push((b, n));
        shared.entry(b).or_default().push((a, n));
    }
    let mut rules: Vec<u32> = shared.keys().copied().collect();
    rules.sort_unstable();
    for rule in rules {
        let pair = |(other, n): &(u32, usize)| Pair { pack, seen, rule, other: *other, shared: *n };
        let pairs: Vec<Pair<'_>> = shared[&rule].iter().map(pair).collect();
        all.extend(one_of(&pairs));
    }
    all.extend(contradictions(pack, seen));
    all
}

/// By pair of rules of one leaning: the documents that they share.
fn companions(pack: &Pack, seen: &Sightings) -> HashMap<(u32, u32), usize> {
    let mut by_document: HashMap<u32, Vec<u32>> = HashMap::new();
    for (rule, documents) in (0..).zip(&seen.documents) {
        if documents.len() >= FEWEST {
            documents.iter().for_each(|n| by_document.entry(*n).or_default().push(rule));
        }
    }
    let leans = |rule: u32| pack.rules[rule as usize].leans;
    let mut shared = HashMap::new();
    for rules in by_document.values() {
        for (i, a) in rules.iter().enumerate() {
            for b in rules[i + 1..].iter().filter(|b| leans(**b) == leans(*a)) {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    shared
}

struct Pair<'a> {
    pack: &'a Pack,
    seen: &'a Sightings,
    /// The rule that is looked at.
    rule: u32,
    other: u32,
    /// Documents of both.
    shared: usize,
}

impl Pair<'_> {
    fn documents(&self, rule: u32) -> usize {
        self.seen.documents[rule as usize].len()
    }

    fn id(&self, rule: u32) -> &str {
        &self.pack.rules[rule as usize].id
    }

    fn weight(&self, rule: u32) -> f64 {
        let rule = &self.pack.rules[rule as usize];
        self.pack.criterion(rule.criterion).weight * rule.weight
    }

    fn never_alone(&self) -> bool {
        self.shared == self.documents(self.rule)
    }

    fn same(&self) -> bool {
        self.never_alone() && self.shared == self.documents(self.other)
    }

    fn jaccard(&self) -> f64 {
        let either = self.documents(self.rule) + self.documents(self.other) - self.shared;
        self.shared as f64 / either as f64
    }

    fn finding(&self, code: Code, message: String, label: String, help: &str) -> Finding {
        let other = format!("with this one, in {} documents", self.documents(self.other));
        Finding::new(code, At::Rule(self.rule), message, label, help).related(At::Rule(self.other), other)
    }
}

/// The most telling pair of a rule.
fn one_of(pairs: &[Pair<'_>]) -> Option<Finding> {
    let earlier = |pair: &&Pair<'_>| pair.other < pair.rule;
    if let Some(pair) = pairs.iter().filter(earlier).find(|pair| pair.same()) {
        let message = format!("`{}` fires where `{}` does", pair.id(pair.rule), pair.id(pair.other));
        let label = format!("in exactly the same {} documents", pair.shared);
        return Some(pair.finding(
            Code::DuplicateRule,
            message,
            label,
            "one idea is counted twice: join the two",
        ));
    }
    let shadows = |pair: &&Pair<'_>| {
        pair.never_alone() && !pair.same() && pair.weight(pair.other) > pair.weight(pair.rule)
    };
    // The smallest shadow says most; of equals, the earliest.
    if let Some(pair) =
        pairs.iter().filter(shadows).min_by_key(|pair| (pair.documents(pair.other), pair.other))
    {
        let message = format!("`{}` never fires without `{}`", pair.id(pair.rule), pair.id(pair.other));
        let label = format!("in {} documents, in all of them with the stronger rule", pair.shared);
        let help = "it adds no document of its own: join the two, or ask whether it should count at all";
        return Some(pair.finding(Code::ShadowedRule, message, label, help));
    }
    let together = |pair: &&Pair<'_>| pair.jaccard() >= TOGETHER && !pair.same();
    let closest =
        pairs.iter().filter(earlier).filter(together).max_by(|a, b| a.jaccard().total_cmp(&b.jaccard()))?;
    let message = format!(
        "`{}` and `{}` nearly always fire together",
        closest.id(closest.rule),
        closest.id(closest.other)
    );
    let label =
        format!("{} documents in common, {:.0}% of either's", closest.shared, closest.jaccard() * 100.0);
    let help = "what they say is one idea: join the two, or narrow one";
    Some(closest.finding(Code::AlwaysTogether, message, label, help))
}

fn contradictions(pack: &Pack, seen: &Sightings) -> Vec<Finding> {
    let mut clashes: HashMap<(u32, u32), usize> = HashMap::new();
    seen.clashes.iter().for_each(|pair| *clashes.entry(*pair).or_default() += 1);
    let documents = |rule: u32| seen.documents[rule as usize].len();
    let mut pairs: Vec<((u32, u32), usize)> = clashes.into_iter().collect();
    pairs.sort_unstable();
    pairs
        .into_iter()
        .filter_map(|((a, b), n)| {
            let (rare, other) = if documents(b) < documents(a) { (b, a) } else { (a, b) };
            let fewest = documents(rare);
            if fewest < FEWEST || (n as f64) < CLASHING * fewest as f64 {
                return None;
            }
            let [rule, against] = [rare, other].map(|r| &pack.rules[r as usize]);
            let message = format!("`{}` and `{}` read the same words for opposite ends", rule.id, against.id);
            let label = format!("leans {}; in {n} of its {fewest} documents", rule.leans.name());
            let help =
                "what one adds the other takes away: let one of them lead with an `unless` in the other";
            let finding = Finding::new(Code::ContradictingRules, At::Rule(rare), message, label, help);
            Some(finding.related(At::Rule(other), format!("leans {}", against.leans.name())))
        })
        .collect()
}
