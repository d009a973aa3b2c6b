//! How strongly to hold on to the author's weights: by cross-validation.

use super::fit::{Data, Fit};
use super::folds::{deal, others};
use super::thresholds::{Held, choose};
use super::{Evidence, Options, poles, scope};
use crate::core::columns::Weights;
use crate::core::measure::Label;
use crate::core::pack::{Pack, Thresholds};

/// Strengths of the prior that are tried, strongest first: each fit starts where the one before ended.
const STRENGTHS: [f64; 7] = [1000.0, 32.0, 12.0, 5.0, 2.0, 0.8, 0.3];
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

    /// What the documents in `rows` speak for.
    pub fn on(data: &Data<'_>, evidence: &Evidence<'_>, rows: &[u32], options: &Options) -> Chosen {
        let folds: Vec<Fold> = deal(evidence.groups, evidence.labels, rows, FOLDS, options.seed ^ 0x5EED)
            .into_iter()
            .map(|held| Fold { rest: others(rows, &held), held, fit: Fit::of(data.pack) })
            .collect();
        let (pole, folds) = best(data, folds, poles::fit, poles::loss);
        let outs = rows.iter().any(|row| data.labels[*row as usize] == Label::OutOfScope);
        let (scope_strength, folds) =
            if outs { best(data, folds, scope::fit, scope::loss) } else { (None, folds) };
        let held = held(data, evidence, &folds);
        let mut fit = Fit::of(data.pack);
        for (strength, step) in [(pole, poles::fit as Step), (scope_strength, scope::fit as Step)] {
            if let Some(strength) = strength {
                fit = step(data, rows, &fit, strength);
            }
        }
        if options.prune {
            fit.prune(data);
        }
        let thresholds = choose(&held, options.aim, &data.pack.thresholds);
        Chosen { fit, thresholds, strengths: [pole, scope_strength] }
    }
}

type Step = fn(&Data<'_>, &[u32], &Fit, f64) -> Fit;
type Loss = fn(&Data<'_>, &[u32], &Fit) -> f64;

/// Documents that are held out, the rest, and what was fitted to the rest so far.
struct Fold {
    held: Vec<u32>,
    rest: Vec<u32>,
    fit: Fit,
}

/// The strength whose fits lose least on what they were not fitted to, and those fits.
fn best(data: &Data<'_>, folds: Vec<Fold>, step: Step, loss: Loss) -> (Option<f64>, Vec<Fold>) {
    let total =
        |fits: &[Fit]| -> f64 { folds.iter().zip(fits).map(|(fold, fit)| loss(data, &fold.held, fit)).sum() };
    let author: Vec<Fit> = folds.iter().map(|fold| fold.fit.clone()).collect();
    let (mut least, mut chosen, mut strength) = (total(&author), author.clone(), None);
    let mut fits = author;
    let mut worse = 0;
    for tried in STRENGTHS {
        for (fold, fit) in folds.iter().zip(&mut fits) {
            *fit = step(data, &fold.rest, fit, tried);
        }
        let lost = total(&fits);
        if lost < least {
            (least, chosen, strength, worse) = (lost, fits.clone(), Some(tried), 0);
        } else {
            worse += 1;
        }
        // The loss has one valley: behind it there is nothing to find.
        if worse == 2 {
            break;
        }
    }
    let folds = folds.into_iter().zip(chosen).map(|(fold, fit)| Fold { fit, ..fold }).collect();
    (strength, folds)
}

/// Every document of the folds by the weights that were not fitted to it.
fn held(data: &Data<'_>, evidence: &Evidence<'_>, folds: &[Fold]) -> Vec<Held> {
    let mut all = Vec::new();
    for fold in folds {
        let weights: Weights = fold.fit.weights(data.pack);
        all.extend(fold.held.iter().map(|row| Held {
            standing: weights.standing(evidence.columns, *row as usize),
            label: data.labels[*row as usize],
            count: data.counts[*row as usize],
        }));
    }
    all
}
