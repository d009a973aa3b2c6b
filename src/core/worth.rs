//! What a labelled corpus shows of every rule.

use serde::Serialize;

use super::measure::{Case, Label};
use super::pack::{Leans, Pack};
use super::score::{Judgment, LogOdds, Part, judge};
use super::statistics::{Figure, wilson};

/// How well a corpus can exercise a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Exercise {
    /// It fires in enough documents to be judged.
    Measured,
    /// It fires, but in too few.
    Thin,
    /// It never fires.
    Blind,
}

/// Documents that a rule needs to be measured.
pub const MEASURED: usize = 10;

/// What a corpus shows of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleWorth {
    /// Its number in the pack.
    #[serde(skip)]
    pub rule: u32,
    /// Its id.
    pub id: String,
    /// What it speaks for.
    pub leans: &'static str,
    /// Hits that count.
    pub hits: u32,
    /// Documents in which it fires.
    pub documents: usize,
    /// Of those with a label that it could be right or wrong about, the share that bears it out.
    pub precision: Figure,
    /// Precision over the share of such labels in the whole corpus.
    pub lift: f64,
    /// Right decisions that would be lost without it, less those that would be won.
    pub worth: i64,
    /// The rule with which it shares most documents, and their share of either's (Jaccard).
    pub overlap: Option<(String, f64)>,
    /// The rule of the other side with which it shares most documents, and their share of either's.
    pub conflict: Option<(String, f64)>,
    /// Documents in which it fires against their label's pole.
    pub conflicts: usize,
    /// How well the corpus can exercise it.
    pub exercise: Exercise,
}

/// Every rule, in the order of the pack.
pub fn rules(pack: &Pack, cases: &[&Case]) -> Vec<RuleWorth> {
    let mut fired: Vec<Vec<u32>> = vec![Vec::new(); pack.rules.len()];
    for (number, case) in (0..).zip(cases) {
        case.judgment.fired.iter().for_each(|f| fired[f.rule as usize].push(number));
    }
    (0..pack.rules.len()).map(|rule| rule_worth(pack, cases, &fired, rule)).collect()
}

fn rule_worth(pack: &Pack, cases: &[&Case], fired: &[Vec<u32>], rule: usize) -> RuleWorth {
    let leans = pack.rules[rule].leans;
    let decides = |label: Label| label.side(leans).is_some();
    let bears_out = |label: Label| label.side(leans) == Some(true);
    let own: Vec<&&Case> = fired[rule].iter().map(|n| &cases[*n as usize]).collect();
    let judged: Vec<&&&Case> = own.iter().filter(|c| decides(c.label)).collect();
    let right = judged.iter().filter(|c| bears_out(c.label)).count();
    let all = cases.iter().filter(|c| decides(c.label)).count();
    let base = cases.iter().filter(|c| bears_out(c.label)).count() as f64 / all.max(1) as f64;
    let precision = wilson(right, judged.len());
    let hits = |c: &&&Case| c.judgment.fired.iter().find(|f| f.rule as usize == rule).map_or(0, |f| f.hits);
    RuleWorth {
        rule: rule as u32,
        id: pack.rules[rule].id.clone(),
        leans: leans.name(),
        hits: own.iter().map(hits).sum(),
        documents: own.len(),
        precision,
        lift: precision.value / base,
        worth: own.iter().map(|c| worth_in(pack, c, rule as u32)).sum(),
        overlap: overlap(pack, fired, rule, leans),
        conflict: overlap(pack, fired, rule, leans.opposite()),
        conflicts: judged.len() - right,
        exercise: match judged.len() {
            0 => Exercise::Blind,
            n if n < MEASURED => Exercise::Thin,
            _ => Exercise::Measured,
        },
    }
}

/// 1 if a document's label is met with the rule and not without it, -1 the other way round.
fn worth_in(pack: &Pack, case: &Case, rule: u32) -> i64 {
    let mut left = case.hits.clone();
    left.hits.retain(|hit| hit.rule != rule);
    let without = judge(pack, &left, Part::Whole);
    let right = |judgment: &Judgment| match case.label {
        Label::Kpo => judgment.log_odds >= LogOdds(0),
        Label::Bpo => judgment.log_odds < LogOdds(0),
        label => Label::of(judgment.verdict) == label,
    };
    i64::from(right(&case.judgment)) - i64::from(right(&without))
}

/// Of the rules that lean so, the one with which a rule shares most documents (Jaccard).
fn overlap(pack: &Pack, fired: &[Vec<u32>], rule: usize, leans: Leans) -> Option<(String, f64)> {
    let own = &fired[rule];
    let shared = |other: &[u32]| own.iter().filter(|n| other.binary_search(n).is_ok()).count();
    (0..fired.len())
        .filter(|other| *other != rule && pack.rules[*other].leans == leans)
        .map(|other| (other, shared(&fired[other])))
        .filter(|(_, n)| *n > 0)
        .map(|(other, n)| (other, n as f64 / (own.len() + fired[other].len() - n) as f64))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(other, share)| (pack.rules[other].id.clone(), share))
}
