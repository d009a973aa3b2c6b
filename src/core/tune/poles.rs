//! Fitting the rules of the six criteria.

use super::fit::{Data, Fit, Parameters, logistic_loss};
use super::lbfgs::minimise;
use crate::core::columns::Weights;
use crate::core::measure::Label;
use crate::core::pack::{Criterion, Leans, Scoring};
use crate::core::score::logistic;

/// What is wanted of the score: 0 for BPO, 1 for KPO, half for mixed; nothing for work out of scope.
fn wanted(label: Label) -> Option<f64> {
    match label {
        Label::Bpo => Some(0.0),
        Label::Mixed => Some(0.5),
        Label::Kpo => Some(1.0),
        Label::OutOfScope => None,
    }
}

/// What is fitted.
struct Objective<'a> {
    data: &'a Data<'a>,
    rows: &'a [u32],
    leans: Vec<Leans>,
    parameters: Parameters<'a>,
    strength: f64,
}

/// Slopes of the loss.
struct Slopes {
    by_factor: Vec<f64>,
    /// By bias, and by the logarithms of gain and prior.
    by_scoring: [f64; 3],
}

impl Objective<'_> {
    /// The fit at `x`: rules, logarithms of the criteria's weights, bias, logarithms of gain and prior.
    fn fit(&self, x: &[f64]) -> Fit {
        let mut fit = self.parameters.fit(x);
        let rest = &x[self.parameters.rules.len()..];
        for (criterion, log) in Criterion::SIX.into_iter().zip(rest) {
            fit.criteria[criterion as usize] *= log.exp();
        }
        let author = &self.parameters.author.scoring;
        let [bias, gain, prior] = [rest[6], author.gain * rest[7].exp(), author.prior * rest[8].exp()];
        fit.scoring = Scoring { bias, gain, prior, ..*author };
        fit
    }

    fn start(&self, from: &Fit) -> Vec<f64> {
        let author = &self.parameters.author;
        let mut x = self.parameters.start(from);
        let log = |new: f64, old: f64| if old > 0.0 && new > 0.0 { (new / old).ln() } else { 0.0 };
        let criteria = Criterion::SIX.map(|c| log(from.criteria[c as usize], author.criteria[c as usize]));
        x.extend(criteria);
        x.push(from.scoring.bias);
        x.push(log(from.scoring.gain, author.scoring.gain));
        x.push(log(from.scoring.prior, author.scoring.prior));
        x
    }

    fn value(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let n = self.parameters.rules.len();
        let fit = self.fit(x);
        let factors = fit.factors(self.data.pack);
        let mut slopes = Slopes { by_factor: vec![0.0; factors.len()], by_scoring: [0.0; 3] };
        let mut loss: f64 = self
            .rows
            .iter()
            .map(|row| self.document(*row as usize, &factors, &fit.scoring, &mut slopes))
            .sum();
        gradient.fill(0.0);
        self.parameters.slope(&slopes.by_factor, &factors, x, gradient);
        self.parameters.slope_of_criteria(&slopes.by_factor, &factors, &mut gradient[n..]);
        gradient[n + 6..].copy_from_slice(&slopes.by_scoring);
        loss += self.parameters.prior(x, n + 6, self.strength, gradient);
        for i in [n + 7, n + 8] {
            loss += self.strength * x[i] * x[i] / 2.0;
            gradient[i] += self.strength * x[i];
        }
        loss
    }

    /// A document's loss; adds its slopes.
    fn document(&self, row: usize, factors: &[f64], scoring: &Scoring, to: &mut Slopes) -> f64 {
        let Some(wanted) = wanted(self.data.labels[row]) else { return 0.0 };
        let [bpo, kpo, ..] = self.data.poles.masses(row, &self.leans, factors);
        let total = bpo + kpo + scoring.prior;
        let balance = (kpo - bpo) / total;
        let (loss, slope) = logistic_loss(scoring.bias + scoring.gain * balance, wanted);
        let slope = slope * self.data.counts[row];
        let by_balance = slope * scoring.gain;
        let by_kpo = by_balance * (2.0 * bpo + scoring.prior) / (total * total);
        let by_bpo = -by_balance * (2.0 * kpo + scoring.prior) / (total * total);
        for (rule, strength) in self.data.poles.document(row) {
            let by = if self.leans[rule as usize] == Leans::Kpo { by_kpo } else { by_bpo };
            to.by_factor[rule as usize] += by * strength;
        }
        to.by_scoring[0] += slope;
        to.by_scoring[1] += by_balance * balance;
        to.by_scoring[2] -= by_balance * balance / total * scoring.prior;
        loss * self.data.counts[row]
    }
}

/// Fits weights of rules and criteria, bias, gain and prior to the documents in `rows`, starting at `from`.
pub fn fit(data: &Data<'_>, rows: &[u32], from: &Fit, strength: f64) -> Fit {
    let parameters = Parameters::of(data, Fit::of(data.pack), false);
    let leans = Weights::of(data.pack).leans;
    let objective = Objective { data, rows, leans, parameters, strength };
    let mut x = objective.start(from);
    minimise(&mut x, |x, gradient| objective.value(x, gradient));
    objective.fit(&x)
}

/// Log-loss of a fit on documents.
pub fn loss(data: &Data<'_>, rows: &[u32], fit: &Fit) -> f64 {
    let Weights { leans, factors, .. } = fit.weights(data.pack);
    let loss = |row: &u32| {
        let row = *row as usize;
        let wanted = wanted(data.labels[row])?;
        let [bpo, kpo, ..] = data.poles.masses(row, &leans, &factors);
        let balance = (kpo - bpo) / (bpo + kpo + fit.scoring.prior);
        Some(logistic_loss(fit.scoring.bias + fit.scoring.gain * balance, wanted).0 * data.counts[row])
    };
    rows.iter().filter_map(loss).sum()
}

/// Curvature of the loss by each rule's weight, the prior left out: what the labels know of it.
pub fn information(data: &Data<'_>, fit: &Fit) -> Vec<f64> {
    let Weights { leans, factors, .. } = fit.weights(data.pack);
    let mut known = vec![0.0; factors.len()];
    for row in 0..data.labels.len() {
        if wanted(data.labels[row]).is_none() {
            continue;
        }
        let [bpo, kpo, ..] = data.poles.masses(row, &leans, &factors);
        let Scoring { bias, gain, prior, .. } = fit.scoring;
        let total = bpo + kpo + prior;
        let p = logistic(bias + gain * (kpo - bpo) / total);
        for (rule, strength) in data.poles.document(row) {
            let against = if leans[rule as usize] == Leans::Kpo { bpo } else { kpo };
            let criterion = fit.criteria[data.pack.rules[rule as usize].criterion as usize];
            let slope = gain * (2.0 * against + prior) / (total * total) * strength * criterion;
            known[rule as usize] += data.counts[row] * p * (1.0 - p) * slope * slope;
        }
    }
    known
}
