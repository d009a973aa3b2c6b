//! How strongly to hold on to the author's weights: by cross-validation.

use super::fit::{Data, Fit};
use super::folds::{deal, others};
use super::thresholds::{Held, choose};
use super::{Evidence, Options, poles, scope};
use crate::core::columns::Weights;
use crate::core::measure::Label;
use crate::core::pack::{Pack, Thresholds};

/// Strengths of the prior that are tried, strongest first: each fit starts where the one before ended. The author's
/// own numbers stand before them all.
pub const STRENGTHS: [f64; 7] = [1000.0, 32.0, 12.0, 5.0, 2.0, 0.8, 0.3];
/// Folds within.
const FOLDS: usize = 4;

/// A fit and its thresholds.
pub struct Chosen {
    /// The weights.
    pub fit: Fit,
    /// The thresholds.
    pub thresholds: Thresholds,
    /// Strengths of the prior for poles and scope; nothing where the author's numbers did best.
    pub strengths: [Option<f64>; 2],
}

impl Chosen {
    /// The author's numbers.
    pub fn author(pack: &Pack) -> Chosen {
        Chosen { fit: Fit::of(pack), thresholds: pack.thresholds, strengths: [None; 2] }
    }
}

type Step = fn(&Data<'_>, &[u32], &Fit, f64) -> Fit;
type Loss = fn(&Data<'_>, &[u32], &Fit) -> f64;

/// Documents that are held out, and the rest.
struct Fold {
    held: Vec<u32>,
    rest: Vec<u32>,
}

/// Fits from the author's numbers to ever looser ones.
struct Path {
    /// By step, the fits to the rest of each fold.
    inner: Vec<Vec<Fit>>,
    /// By step, the fit to all rows.
    whole: Vec<Fit>,
    /// The step whose inner fits lose least on what they were not fitted to.
    best: usize,
}

impl Path {
    fn walk(
        data: &Data<'_>,
        rows: &[u32],
        folds: &[Fold],
        from: (Vec<Fit>, Fit),
        step: Step,
        loss: Loss,
    ) -> Path {
        let total = |fits: &[Fit]| -> f64 {
            folds.iter().zip(fits).map(|(fold, fit)| loss(data, &fold.held, fit)).sum()
        };
        let mut least = total(&from.0);
        let mut path = Path { inner: vec![from.0], whole: vec![from.1], best: 0 };
        for (at, strength) in (1..).zip(STRENGTHS) {
            let fits: Vec<Fit> = folds
                .iter()
                .zip(&path.inner[at - 1])
                .map(|(fold, fit)| step(data, &fold.rest, fit, strength))
                .collect();
            path.whole.push(step(data, rows, &path.whole[at - 1], strength));
            let lost = total(&fits);
            path.inner.push(fits);
            if lost < least {
                (least, path.best) = (lost, at);
            }
            // The loss has one valley: behind it there is nothing to find.
            if at >= path.best + 2 {
                break;
            }
        }
        path
    }
}

/// The strength of a step; nothing for the author's numbers.
fn strength(step: usize) -> Option<f64> {
    step.checked_sub(1).map(|i| STRENGTHS[i])
}

/// Fits of the poles to some rows, at every strength.
pub struct Poles {
    rows: Vec<u32>,
    folds: Vec<Fold>,
    path: Path,
}

impl Poles {
    /// Fits them.
    pub fn on(data: &Data<'_>, evidence: &Evidence<'_>, rows: Vec<u32>, options: &Options) -> Poles {
        let folds: Vec<Fold> = deal(evidence.groups, evidence.labels, &rows, FOLDS, options.seed ^ 0x5EED)
            .into_iter()
            .map(|held| Fold { rest: others(&rows, &held), held })
            .collect();
        let author = Fit::of(data.pack);
        let from = (vec![author.clone(); folds.len()], author);
        let path = Path::walk(data, &rows, &folds, from, poles::fit, poles::loss);
        Poles { rows, folds, path }
    }

    /// The fit that lost least, or a stronger one: at most `limit` steps away from the author's numbers.
    pub fn fit(&self, limit: usize) -> &Fit {
        &self.path.whole[self.path.best.min(limit)]
    }

    /// That fit, with scope and thresholds.
    pub fn finish(
        &self,
        data: &Data<'_>,
        evidence: &Evidence<'_>,
        limit: usize,
        options: &Options,
    ) -> Chosen {
        let Poles { rows, folds, path } = self;
        let step = path.best.min(limit);
        let outs = rows.iter().any(|row| data.labels[*row as usize] == Label::OutOfScope);
        let from = (path.inner[step].clone(), path.whole[step].clone());
        let scope = outs.then(|| Path::walk(data, rows, folds, from.clone(), scope::fit, scope::loss));
        let (inner, mut fit, of_scope) = match &scope {
            Some(scope) => (&scope.inner[scope.best], scope.whole[scope.best].clone(), strength(scope.best)),
            None => (&from.0, from.1, None),
        };
        let held = held(data, evidence, folds, inner);
        if options.prune {
            fit.prune(data);
        }
        let thresholds = choose(&held, options.aim, &data.pack.thresholds);
        Chosen { fit, thresholds, strengths: [strength(step), of_scope] }
    }
}

/// Every document of the folds by the weights that were not fitted to it.
fn held(data: &Data<'_>, evidence: &Evidence<'_>, folds: &[Fold], fits: &[Fit]) -> Vec<Held> {
    let mut all = Vec::new();
    for (fold, fit) in folds.iter().zip(fits) {
        let weights: Weights = fit.weights(data.pack);
        all.extend(fold.held.iter().map(|row| Held {
            standing: weights.standing(evidence.columns, *row as usize),
            label: data.labels[*row as usize],
            count: data.counts[*row as usize],
        }));
    }
    all
}
