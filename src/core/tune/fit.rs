//! Weights that fit labels: logistic regression in the form of the score, each rule's sign kept.
//!
//! A rule's weight is its author's times `u²`, with a Gaussian prior on `u` centred on 1: little data moves it
//! little, it can sink to 0, and never below. Criteria's weights, gain and prior are fitted by their logarithms,
//! each with the same prior around its author's value; the bias is free.

use crate::core::columns::{Columns, Weights};
use crate::core::measure::Label;
use crate::core::pack::{Criterion, Pack, Rule, Scoring};
use crate::core::score::logistic;

/// What is fitted to: evidence, labels, and how much each document counts.
#[derive(Debug)]
pub struct Data<'a> {
    /// The pack with its author's weights.
    pub pack: &'a Pack,
    /// Evidence for the two poles.
    pub poles: Columns,
    /// Evidence about scope.
    pub scope: Columns,
    /// Labels.
    pub labels: &'a [Label],
    /// How much each document counts, not negative.
    pub counts: Vec<f64>,
    /// The rules whose weights may move; the others keep their author's.
    pub free: Vec<u32>,
}

/// Numbers of a pack, fitted or its author's.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Weight of each rule.
    pub rules: Vec<f64>,
    /// Weight of each criterion.
    pub criteria: [f64; Criterion::ALL.len()],
    /// How masses become log-odds.
    pub scoring: Scoring,
    /// How steeply, and around which share, the chance of work out of scope rises; serves fitting alone.
    pub edge: Edge,
}

/// The chance that a share of out-of-scope evidence means work out of scope: logistic in the share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Log-odds per unit of share.
    pub steep: f64,
    /// The share at which chances are even.
    pub middle: f64,
}

impl Fit {
    /// The author's.
    pub fn of(pack: &Pack) -> Fit {
        Fit {
            rules: pack.rules.iter().map(|rule| rule.weight).collect(),
            criteria: Criterion::ALL.map(|criterion| pack.criterion(criterion).weight),
            scoring: pack.scoring,
            edge: Edge { steep: 8.0, middle: pack.thresholds.out_of_scope_at_least },
        }
    }

    /// Switches off the rules whose weight fell to less than a tenth of their author's: they earn nothing.
    pub fn prune(&mut self, data: &Data<'_>) {
        for rule in &data.free {
            let author = data.pack.rules[*rule as usize].weight;
            let weight = &mut self.rules[*rule as usize];
            if *weight < author / 10.0 {
                *weight = 0.0;
            }
        }
    }

    /// As columns take them, with the pack's thresholds.
    pub fn weights(&self, pack: &Pack) -> Weights {
        Weights { factors: self.factors(pack), scoring: self.scoring, ..Weights::of(pack) }
    }

    /// Weight of each rule, its criterion's included.
    pub fn factors(&self, pack: &Pack) -> Vec<f64> {
        let factor = |(rule, weight): (&Rule, &f64)| self.criteria[rule.criterion as usize] * weight;
        pack.rules.iter().zip(&self.rules).map(factor).collect()
    }
}

/// Between a fit and the minimiser: `u` of each rule that moves, then whatever else a fit moves.
pub struct Parameters<'a> {
    pack: &'a Pack,
    /// The rules that move, in the order of their parameters.
    pub rules: Vec<u32>,
    /// What they move from.
    pub author: Fit,
}

impl<'a> Parameters<'a> {
    /// For the free rules that are, or are not, about scope.
    pub fn of(data: &Data<'a>, author: Fit, scope: bool) -> Parameters<'a> {
        let moves = |rule: &u32| {
            let of_scope = data.pack.rules[*rule as usize].criterion == Criterion::Scope;
            of_scope == scope && author.rules[*rule as usize] > 0.0
        };
        let rules = data.free.iter().copied().filter(moves).collect();
        Parameters { pack: data.pack, rules, author }
    }

    /// The parameters that a fit comes from.
    pub fn start(&self, fit: &Fit) -> Vec<f64> {
        let of = |rule: &u32| (fit.rules[*rule as usize] / self.author.rules[*rule as usize]).sqrt();
        self.rules.iter().map(of).collect()
    }

    /// The author's fit with the rules' weights at `x`.
    pub fn fit(&self, x: &[f64]) -> Fit {
        let mut fit = self.author.clone();
        for (rule, u) in self.rules.iter().zip(x) {
            let weight = &mut fit.rules[*rule as usize];
            *weight = (*weight * u * u).min(10.0);
        }
        fit
    }

    /// Adds the gradient by the rules' parameters, given that by their factors.
    pub fn slope(&self, by_factor: &[f64], factors: &[f64], x: &[f64], to: &mut [f64]) {
        for ((rule, x), to) in self.rules.iter().zip(x).zip(to) {
            let at = *rule as usize;
            // The factor is c·u²: its slope is 2·c·u.
            *to += if *x == 0.0 { 0.0 } else { by_factor[at] * 2.0 * factors[at] / x };
        }
    }

    /// Adds the gradient by the logarithms of the six criteria's weights.
    pub fn slope_of_criteria(&self, by_factor: &[f64], factors: &[f64], to: &mut [f64]) {
        for (rule, (by, factor)) in self.pack.rules.iter().zip(by_factor.iter().zip(factors)) {
            if rule.criterion != Criterion::Scope {
                to[rule.criterion as usize] += by * factor;
            }
        }
    }

    /// The prior's loss: half its strength times the squared distance of the first `bound` parameters from the
    /// author's numbers, which is 1 for a rule and 0 for a logarithm. Adds its gradient.
    pub fn prior(&self, x: &[f64], bound: usize, strength: f64, to: &mut [f64]) -> f64 {
        let mut loss = 0.0;
        for (i, x) in x[..bound].iter().enumerate() {
            let away = if i < self.rules.len() { x - 1.0 } else { *x };
            loss += strength * away * away / 2.0;
            to[i] += strength * away;
        }
        loss
    }
}

/// Log-loss of a logistic decision and its slope by the log-odds.
pub fn logistic_loss(log_odds: f64, wanted: f64) -> (f64, f64) {
    let soft = log_odds.max(0.0) + (-log_odds.abs()).exp().ln_1p();
    (soft - wanted * log_odds, logistic(log_odds) - wanted)
}
