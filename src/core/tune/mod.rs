//! Weights and thresholds that fit labels, with what they do to documents they were not fitted to.
//!
//! The strength of the prior is chosen by cross-validation over folds that keep groups together, thresholds by
//! standings of held-out documents. What is reported is nested: for each outer fold all of that is done again
//! without it, and the fold's documents are judged by the outcome.

mod choose;
mod fit;
mod folds;
mod lbfgs;
mod poles;
mod scope;
#[cfg(test)]
mod tests;
mod thresholds;

use std::collections::{HashMap, HashSet};

pub use fit::Fit;
pub use thresholds::Aim;

use super::columns::{Columns, Weights};
use super::measure::Label;
use super::pack::{Criterion, Pack, Scoring, Thresholds};
use super::score::{LogOdds, Standing};
use super::setting::{Setting, Written};
use super::statistics::macro_f1;
use choose::{Chosen, Poles, STRENGTHS};
use fit::Data;
use folds::{deal, others};

/// Documents of either pole that a fit needs at least.
pub const FEWEST: usize = 10;

/// A labelled corpus in columns; all lists are as long as it has documents.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// What was found.
    pub columns: &'a Columns,
    /// What people said.
    pub labels: &'a [Label],
    /// How much each document counts, above 0.
    pub counts: &'a [f64],
    /// Documents with the same group are never on both sides of a fold.
    pub groups: &'a [u64],
    /// Documents with the same digest are the same text: together they count as one.
    pub texts: &'a [u64],
}

/// How to tune.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Folds, 2 or more.
    pub folds: usize,
    /// Different seeds deal different folds.
    pub seed: u64,
    /// Rules that fire in fewer texts keep their author's weight.
    pub thin: usize,
    /// Whether the likeliest weights are taken even if a held-out fold is decided worse than by the author's.
    pub bold: bool,
    /// Whether rules that earn nothing are switched off.
    pub prune: bool,
    /// What thresholds are for.
    pub aim: Aim,
}

/// Runs jobs side by side or one after the other.
pub trait Workers: Sync {
    /// The results of `work` on `0..jobs`, in order.
    fn map<T: Send>(&self, jobs: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T>;
}

/// One job after the other.
#[derive(Clone, Copy, Debug)]
pub struct Alone;

impl Workers for Alone {
    fn map<T: Send>(&self, jobs: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        (0..jobs).map(work).collect()
    }
}

/// Why a corpus can't be tuned on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too few documents of a pole: how many there are of BPO and KPO.
    TooFew(usize, usize),
    /// Fewer groups than folds.
    FewGroups(usize),
}

/// What came of tuning.
#[derive(Clone, Debug)]
pub struct Tuned {
    /// The numbers, as they would be written.
    pub fit: Fit,
    /// The thresholds, as they would be written.
    pub thresholds: Thresholds,
    /// Strength of the prior that was chosen for the poles and for scope; nothing where the author's numbers did
    /// best.
    pub strengths: [Option<f64>; 2],
    /// Texts in which each rule fires.
    pub support: Vec<usize>,
    /// 95% interval of each weight, with all others as they are; nothing for weights that were not fitted.
    pub intervals: Vec<Option<(f64, f64)>>,
    /// The fold of each document.
    pub folds: Vec<usize>,
    /// Each document by the author's numbers and thresholds.
    pub before: Vec<Standing>,
    /// Each document by what came of tuning without its fold.
    pub held_out: Vec<Standing>,
    /// Each document by the outcome itself.
    pub after: Vec<Standing>,
}

/// Tunes a pack.
///
/// # Errors
/// If there are too few documents or groups.
pub fn tune(
    pack: &Pack,
    evidence: &Evidence<'_>,
    options: &Options,
    workers: &impl Workers,
) -> Result<Tuned, Refusal> {
    let count = |label| evidence.labels.iter().filter(|l| **l == label).count();
    let (bpo, kpo) = (count(Label::Bpo), count(Label::Kpo));
    if bpo < FEWEST || kpo < FEWEST {
        return Err(Refusal::TooFew(bpo, kpo));
    }
    let mut groups = evidence.groups.to_vec();
    groups.sort_unstable();
    groups.dedup();
    if groups.len() < options.folds {
        return Err(Refusal::FewGroups(groups.len()));
    }
    let support = support(pack, evidence);
    let data = data(pack, evidence, &support, options.thin);
    let rows: Vec<u32> = (0..evidence.labels.len() as u32).collect();
    let outer = deal(evidence.groups, evidence.labels, &rows, options.folds, options.seed);
    // The last job holds nothing out: it gives the outcome.
    let poles = workers.map(outer.len() + 1, |fold| {
        let rows = outer.get(fold).map_or(rows.clone(), |held| others(&rows, held));
        Poles::on(&data, evidence, rows, options)
    });
    let limit = if options.bold { usize::MAX } else { harmless(pack, evidence, &outer, &poles) };
    let chosen = workers.map(poles.len(), |fold| poles[fold].finish(&data, evidence, limit, options));
    Ok(outcome(&data, evidence, support, &outer, chosen))
}

/// Differences of macro-F1 that three decimals show.
const NOTICED: f64 = 0.0005;

/// How far the weights may move from the author's so that no held-out fold is decided worse than by the author's.
fn harmless(pack: &Pack, evidence: &Evidence<'_>, outer: &[Vec<u32>], poles: &[Poles]) -> usize {
    let author = Weights::of(pack);
    let decided = |weights: &Weights, held: &[u32]| {
        let decision = |row: &u32| {
            let gold = match evidence.labels[*row as usize] {
                Label::Bpo => Some(false),
                Label::Kpo => Some(true),
                _ => None,
            };
            let standing = weights.standing(evidence.columns, *row as usize);
            gold.map(|gold| (gold, standing.log_odds >= LogOdds(0)))
        };
        macro_f1(&held.iter().filter_map(decision).collect::<Vec<_>>(), &[false, true])
    };
    let before: Vec<f64> = outer.iter().map(|held| decided(&author, held)).collect();
    let harms = |limit: usize| {
        let after =
            outer.iter().zip(poles).map(|(held, poles)| decided(&poles.fit(limit).weights(pack), held));
        after.zip(&before).any(|(after, before)| after < before - NOTICED)
    };
    (0..=STRENGTHS.len()).rev().find(|limit| !harms(*limit)).unwrap_or(0)
}

fn outcome(
    data: &Data<'_>,
    evidence: &Evidence<'_>,
    support: Vec<usize>,
    outer: &[Vec<u32>],
    chosen: Vec<Chosen>,
) -> Tuned {
    let pack = data.pack;
    let documents = evidence.columns.len();
    let all = |weights: &Weights| (0..documents).map(|d| weights.standing(evidence.columns, d)).collect();
    let before: Vec<Standing> = all(&Weights::of(pack));
    let mut held_out = before.clone();
    let mut folds = vec![0; documents];
    for (fold, (held, chosen)) in outer.iter().zip(&chosen).enumerate() {
        let weights = Weights { thresholds: chosen.thresholds, ..chosen.fit.weights(pack) };
        for row in held {
            folds[*row as usize] = fold;
            held_out[*row as usize] = weights.standing(evidence.columns, *row as usize);
        }
    }
    let last = chosen.into_iter().last().unwrap_or_else(|| Chosen::author(pack));
    let (fit, thresholds) = written(&last.fit, &last.thresholds);
    let weights = Weights { thresholds, ..fit.weights(pack) };
    let intervals = intervals(data, &fit, last.strengths);
    Tuned {
        intervals,
        after: all(&weights),
        fit,
        thresholds,
        strengths: last.strengths,
        support,
        folds,
        before,
        held_out,
    }
}

impl Tuned {
    /// The pack as tuned.
    pub fn apply(&self, pack: &mut Pack) {
        pack.scoring = self.fit.scoring;
        pack.thresholds = self.thresholds;
        for (info, weight) in pack.criteria.iter_mut().zip(self.fit.criteria) {
            info.weight = weight;
        }
        for (rule, weight) in pack.rules.iter_mut().zip(&self.fit.rules) {
            rule.weight = *weight;
        }
    }

    /// The numbers that change, with their new values, in the order of the manifest and the rules.
    pub fn changes(&self, pack: &Pack) -> Vec<(Setting, f64)> {
        let mut after = pack.clone();
        self.apply(&mut after);
        let rules = (0..pack.rules.len() as u32).map(Setting::Rule);
        let all = Setting::of_manifest().chain(rules).map(|setting| (setting, setting.of(&after)));
        all.filter(|(setting, value)| setting.of(pack) != *value).collect()
    }
}

/// The numbers as they are read back once they are written.
fn written(fit: &Fit, thresholds: &Thresholds) -> (Fit, Thresholds) {
    let round = |value: f64| Written(value).value();
    let scoring = Scoring {
        bias: round(fit.scoring.bias.clamp(-10.0, 10.0)),
        gain: round(fit.scoring.gain.clamp(0.1, 100.0)),
        prior: round(fit.scoring.prior.clamp(0.01, 1000.0)),
        scope_prior: round(fit.scoring.scope_prior.clamp(0.01, 1000.0)),
        desk: round(fit.scoring.desk),
        ..fit.scoring
    };
    let thresholds = Thresholds {
        bpo_at_most: round(thresholds.bpo_at_most),
        kpo_at_least: round(thresholds.kpo_at_least),
        out_of_scope_at_least: round(thresholds.out_of_scope_at_least),
        ..*thresholds
    };
    let rules = fit.rules.iter().map(|weight| round(*weight)).collect();
    let criteria = fit.criteria.map(|weight| round(weight.clamp(0.0, 10.0)));
    (Fit { rules, criteria, scoring, edge: fit.edge }, thresholds)
}

/// Texts in which each rule fires.
fn support(pack: &Pack, evidence: &Evidence<'_>) -> Vec<usize> {
    let mut seen: HashSet<(u32, u64)> = HashSet::new();
    let mut support = vec![0; pack.rules.len()];
    for (document, text) in evidence.texts.iter().enumerate() {
        for (rule, _) in evidence.columns.document(document) {
            support[rule as usize] += usize::from(seen.insert((rule, *text)));
        }
    }
    support
}

fn data<'a>(pack: &'a Pack, evidence: &Evidence<'a>, support: &[usize], thin: usize) -> Data<'a> {
    let of_scope = |rule: u32| pack.rules[rule as usize].criterion == Criterion::Scope;
    let mut copies: HashMap<u64, usize> = HashMap::new();
    evidence.texts.iter().for_each(|text| *copies.entry(*text).or_default() += 1);
    let share = |(count, text): (&f64, &u64)| count / copies[text] as f64;
    Data {
        pack,
        poles: evidence.columns.only(|rule| !of_scope(rule)),
        scope: evidence.columns.only(of_scope),
        labels: evidence.labels,
        counts: evidence.counts.iter().zip(evidence.texts).map(share).collect(),
        free: (0..pack.rules.len() as u32).filter(|rule| support[*rule as usize] >= thin).collect(),
    }
}

/// 95% intervals of the weights (Laplace's approximation, each with all others as they are).
fn intervals(data: &Data<'_>, fit: &Fit, strengths: [Option<f64>; 2]) -> Vec<Option<(f64, f64)>> {
    const Z: f64 = 1.959_963_984_540_054;
    let known = [poles::information(data, fit), scope::information(data, fit)];
    let interval = |rule: usize| {
        let scope = usize::from(data.pack.rules[rule].criterion == Criterion::Scope);
        let strength = strengths[scope]?;
        let author = data.pack.rules[rule].weight;
        if author <= 0.0 || data.free.binary_search(&(rule as u32)).is_err() {
            return None;
        }
        // By u, of which the weight is the author's times the square.
        let u = (fit.rules[rule] / author).sqrt();
        let by_u = 2.0 * author * u;
        let half = Z / (known[scope][rule] * by_u * by_u + strength).sqrt();
        let weight = |u: f64| (author * u * u).min(10.0);
        Some((weight((u - half).max(0.0)), weight(u + half)))
    };
    (0..data.pack.rules.len()).map(interval).collect()
}
