//! Fitting the rules of scope.

use super::fit::{Data, Edge, Fit, Parameters, logistic_loss};
use super::lbfgs::minimise;
use crate::core::columns::Weights;
use crate::core::measure::Label;
use crate::core::pack::{Criterion, Leans, Scoring};
use crate::core::score::logistic;

/// What is fitted.
struct Objective<'a> {
    data: &'a Data<'a>,
    rows: &'a [u32],
    /// Mass of both poles in each of the rows.
    desk: Vec<f64>,
    leans: Vec<Leans>,
    parameters: Parameters<'a>,
    strength: f64,
}

/// Slopes of the loss.
struct Slopes {
    by_factor: Vec<f64>,
    /// By the logarithms of desk, scope prior and steepness, and by the middle.
    by_rest: [f64; 4],
}

/// A pack that says desk work speaks for nothing may learn that it does.
const LEAST_DESK: f64 = 1e-3;

impl Objective<'_> {
    fn fit(&self, x: &[f64]) -> Fit {
        let mut fit = self.parameters.fit(x);
        let [desk, prior, steep, middle] = [0, 1, 2, 3].map(|i| x[self.parameters.rules.len() + i]);
        let author = &self.parameters.author.scoring;
        fit.scoring.desk = (author.desk.max(LEAST_DESK) * desk.exp()).min(10.0);
        fit.scoring.scope_prior = author.scope_prior * prior.exp();
        fit.edge = Edge { steep: steep.exp(), middle };
        fit
    }

    fn start(&self, from: &Fit) -> Vec<f64> {
        let author = &self.parameters.author.scoring;
        let mut x = self.parameters.start(from);
        x.push((from.scoring.desk.max(LEAST_DESK) / author.desk.max(LEAST_DESK)).ln());
        x.push((from.scoring.scope_prior / author.scope_prior).ln());
        x.push(from.edge.steep.ln());
        x.push(from.edge.middle);
        x
    }

    fn value(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let n = self.parameters.rules.len();
        let fit = self.fit(x);
        let factors = fit.factors(self.data.pack);
        let mut slopes = Slopes { by_factor: vec![0.0; factors.len()], by_rest: [0.0; 4] };
        let rows = self.rows.iter().zip(&self.desk);
        let mut loss: f64 =
            rows.map(|(row, desk)| self.document(*row as usize, *desk, &factors, &fit, &mut slopes)).sum();
        gradient.fill(0.0);
        self.parameters.slope(&slopes.by_factor, &factors, x, gradient);
        gradient[n..].copy_from_slice(&slopes.by_rest);
        loss += self.parameters.prior(x, n + 2, self.strength, gradient);
        loss
    }

    /// A document's loss; adds its slopes.
    fn document(&self, row: usize, desk: f64, factors: &[f64], fit: &Fit, to: &mut Slopes) -> f64 {
        let wanted = f64::from(u8::from(self.data.labels[row] == Label::OutOfScope));
        let [.., out, inside] = self.data.scope.masses(row, &self.leans, factors);
        let Scoring { desk: per_desk, scope_prior, .. } = fit.scoring;
        let total = out + inside + per_desk * desk + scope_prior;
        let share = out / total;
        let (loss, slope) = logistic_loss(fit.edge.steep * (share - fit.edge.middle), wanted);
        let slope = slope * self.data.counts[row];
        let by_share = slope * fit.edge.steep;
        let by_total = -by_share * out / (total * total);
        for (rule, strength) in self.data.scope.document(row) {
            let leans_out = self.leans[rule as usize] == Leans::OutOfScope;
            let by = by_total + if leans_out { by_share / total } else { 0.0 };
            to.by_factor[rule as usize] += by * strength;
        }
        to.by_rest[0] += by_total * per_desk * desk;
        to.by_rest[1] += by_total * scope_prior;
        to.by_rest[2] += by_share * (share - fit.edge.middle);
        to.by_rest[3] -= by_share;
        loss * self.data.counts[row]
    }
}

/// Mass of both poles in each row.
fn desk(data: &Data<'_>, rows: &[u32], weights: &Weights) -> Vec<f64> {
    let mass = |row: &u32| {
        let [bpo, kpo, ..] = weights.masses(&data.poles, *row as usize);
        bpo + kpo
    };
    rows.iter().map(mass).collect()
}

/// Fits the weights of the scope rules, desk and scope prior to the documents in `rows`; the rest is as in `from`.
pub fn fit(data: &Data<'_>, rows: &[u32], from: &Fit, strength: f64) -> Fit {
    let author = Fit::of(data.pack);
    // What was fitted to the poles stays; only scope is held to its author's numbers.
    let mut base = from.clone();
    for (rule, of) in data.pack.rules.iter().enumerate() {
        if of.criterion == Criterion::Scope {
            base.rules[rule] = author.rules[rule];
        }
    }
    base.scoring =
        Scoring { desk: author.scoring.desk, scope_prior: author.scoring.scope_prior, ..base.scoring };
    let weights = from.weights(data.pack);
    let desk = desk(data, rows, &weights);
    let parameters = Parameters::of(data, base, true);
    let objective = Objective { data, rows, desk, leans: weights.leans, parameters, strength };
    let mut x = objective.start(from);
    minimise(&mut x, |x, gradient| objective.value(x, gradient));
    objective.fit(&x)
}

/// Log-loss of a fit on documents.
pub fn loss(data: &Data<'_>, rows: &[u32], fit: &Fit) -> f64 {
    let weights = fit.weights(data.pack);
    let desk = desk(data, rows, &weights);
    let loss = |(row, desk): (&u32, f64)| {
        let [.., out, inside] = weights.masses(&data.scope, *row as usize);
        let share = out / (out + inside + fit.scoring.desk * desk + fit.scoring.scope_prior);
        let wanted = f64::from(u8::from(data.labels[*row as usize] == Label::OutOfScope));
        logistic_loss(fit.edge.steep * (share - fit.edge.middle), wanted).0 * data.counts[*row as usize]
    };
    rows.iter().zip(desk).map(loss).sum()
}

/// Curvature of the loss by each rule's weight, the prior left out.
pub fn information(data: &Data<'_>, fit: &Fit) -> Vec<f64> {
    let weights = fit.weights(data.pack);
    let rows: Vec<u32> = (0..data.labels.len() as u32).collect();
    let desk = desk(data, &rows, &weights);
    let mut known = vec![0.0; weights.factors.len()];
    for (row, desk) in desk.into_iter().enumerate() {
        let [.., out, inside] = weights.masses(&data.scope, row);
        let total = out + inside + fit.scoring.desk * desk + fit.scoring.scope_prior;
        let p = logistic(fit.edge.steep * (out / total - fit.edge.middle));
        for (rule, strength) in data.scope.document(row) {
            let leans_out = weights.leans[rule as usize] == Leans::OutOfScope;
            let by_mass = if leans_out { (total - out) / (total * total) } else { out / (total * total) };
            let slope = fit.edge.steep * by_mass * strength * fit.criteria[Criterion::Scope as usize];
            known[rule as usize] += data.counts[row] * p * (1.0 - p) * slope * slope;
        }
    }
    known
}
