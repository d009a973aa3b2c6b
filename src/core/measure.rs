//! Judgments against labels that people gave: how right, how sure, and what each part is worth.

use serde::Serialize;

use super::pack::{Criterion, Leans, Pack, SectionKind};
use super::scan::Hits;
use super::score::{Judgment, Part, Verdict, judge};
use super::statistics::{Figure, auc, auc_figure, bootstrap, macro_f1, mcc, wilson};

/// What a person said of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Business process outsourcing.
    Bpo,
    /// Truly half and half.
    Mixed,
    /// Knowledge process outsourcing.
    Kpo,
    /// Can't be delivered from another site.
    OutOfScope,
}

impl Label {
    /// Every label.
    pub const ALL: [Label; 4] = [Label::Bpo, Label::Mixed, Label::Kpo, Label::OutOfScope];

    /// The label with this name, whatever its case and surrounding space.
    pub fn from_name(name: &str) -> Option<Label> {
        match name.trim().to_lowercase().as_str() {
            "bpo" => Some(Label::Bpo),
            "mixed" => Some(Label::Mixed),
            "kpo" => Some(Label::Kpo),
            "out" | "out-of-scope" | "out of scope" => Some(Label::OutOfScope),
            _ => None,
        }
    }

    /// Whether it bears out a leaning (true) or speaks against it; nothing if it does neither: whether work is in scope
    /// is a question about all labels, where it stands one about the two poles.
    pub fn side(self, leans: Leans) -> Option<bool> {
        match leans {
            Leans::Bpo | Leans::Kpo if matches!(self, Label::Mixed | Label::OutOfScope) => None,
            Leans::Bpo => Some(self == Label::Bpo),
            Leans::Kpo => Some(self == Label::Kpo),
            Leans::OutOfScope => Some(self == Label::OutOfScope),
            Leans::InScope => Some(self != Label::OutOfScope),
        }
    }

    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Label::Bpo => "BPO",
            Label::Mixed => "mixed",
            Label::Kpo => "KPO",
            Label::OutOfScope => "out-of-scope",
        }
    }

    /// The label that a verdict comes to: `unclear` is as far from either pole as `mixed`.
    pub fn of(verdict: Verdict) -> Label {
        match verdict {
            Verdict::Bpo => Label::Bpo,
            Verdict::Mixed | Verdict::Unclear => Label::Mixed,
            Verdict::Kpo => Label::Kpo,
            Verdict::OutOfScope => Label::OutOfScope,
        }
    }
}

/// A labelled document, scanned and judged.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// What was found in it.
    pub hits: Hits,
    /// Where it was placed.
    pub judgment: Judgment,
    /// What a person said.
    pub label: Label,
}

/// How right the judgments are.
#[derive(Clone, Debug, Serialize)]
pub struct Quality {
    /// Documents with a label.
    pub documents: usize,
    /// Documents labelled BPO or KPO.
    pub poles: usize,
    /// Of these, the share on the right side of score 0.5.
    pub accuracy: Figure,
    /// Macro-F1 of that decision.
    pub macro_f1: Figure,
    /// Matthews' correlation of that decision.
    pub mcc: Figure,
    /// Area under the ROC curve of the score.
    pub auc: Figure,
    /// Share of them whose verdict is BPO or KPO.
    pub coverage: Figure,
    /// Share of those verdicts that are right.
    pub precision: Figure,
    /// Four classes (`unclear` counting as mixed): share that is right.
    pub accuracy_four: Figure,
    /// Four classes: macro-F1.
    pub macro_f1_four: Figure,
    /// Mean squared error of the score as a chance of KPO.
    pub brier: f64,
}

type Scored = (f64, bool);

/// Score and whether the label is KPO, of the documents labelled with a pole.
fn scored(cases: &[&Case], score: impl Fn(&Case) -> f64) -> Vec<Scored> {
    let poles = cases.iter().filter(|c| matches!(c.label, Label::Bpo | Label::Kpo));
    poles.map(|c| (score(c), c.label == Label::Kpo)).collect()
}

fn decisions(sample: &[Scored]) -> Vec<(bool, bool)> {
    sample.iter().map(|(score, kpo)| (*kpo, *score >= 0.5)).collect()
}

/// Measures judgments.
pub fn quality(cases: &[&Case]) -> Quality {
    let sample = scored(cases, |c| c.judgment.score());
    let right = decisions(&sample).iter().filter(|(gold, got)| gold == got).count();
    let poles: Vec<&&Case> = cases.iter().filter(|c| matches!(c.label, Label::Bpo | Label::Kpo)).collect();
    let verdict = |c: &Case| Label::of(c.judgment.verdict);
    let decided: Vec<&&&Case> =
        poles.iter().filter(|c| matches!(verdict(c), Label::Bpo | Label::Kpo)).collect();
    let four: Vec<(Label, Label)> = cases.iter().map(|c| (c.label, verdict(c))).collect();
    let brier = |s: &[Scored]| {
        s.iter().map(|(p, kpo)| (p - f64::from(u8::from(*kpo))).powi(2)).sum::<f64>() / s.len() as f64
    };
    Quality {
        documents: cases.len(),
        poles: poles.len(),
        accuracy: wilson(right, sample.len()),
        macro_f1: bootstrap(&sample, |s| macro_f1(&decisions(s), &[false, true])),
        mcc: bootstrap(&sample, |s| mcc(&decisions(s))),
        auc: auc_figure(&sample),
        coverage: wilson(decided.len(), poles.len()),
        precision: wilson(decided.iter().filter(|c| verdict(c) == c.label).count(), decided.len()),
        accuracy_four: wilson(four.iter().filter(|(gold, got)| gold == got).count(), four.len()),
        macro_f1_four: bootstrap(&four, |s| macro_f1(s, &Label::ALL)),
        brier: brier(&sample),
    }
}

/// Documents by label (rows) and verdict (columns, in the order of [`Verdict::ALL`]).
pub fn confusion(cases: &[&Case]) -> [[usize; Verdict::ALL.len()]; Label::ALL.len()] {
    let mut table = [[0; Verdict::ALL.len()]; Label::ALL.len()];
    for case in cases {
        table[case.label as usize][case.judgment.verdict as usize] += 1;
    }
    table
}

/// A point of the risk–coverage curve.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Risk {
    /// Share of documents that are decided, the surest first.
    pub coverage: f64,
    /// Share of them that are wrong.
    pub risk: f64,
}

/// Risk at every twentieth of coverage, for documents labelled with a pole.
pub fn risk_coverage(cases: &[&Case]) -> Vec<Risk> {
    let mut sample = scored(cases, |c| c.judgment.score());
    sample.sort_by(|a, b| (b.0 - 0.5).abs().total_cmp(&(a.0 - 0.5).abs()));
    let steps = 20.min(sample.len());
    (1..=steps)
        .map(|step| {
            let taken = &sample[..sample.len() * step / steps];
            let wrong = decisions(taken).iter().filter(|(gold, got)| gold != got).count();
            Risk {
                coverage: taken.len() as f64 / sample.len() as f64,
                risk: wrong as f64 / taken.len() as f64,
            }
        })
        .collect()
}

/// A row of the reliability table.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Reliability {
    /// Scores from here,
    pub from: f64,
    /// to here.
    pub to: f64,
    /// Documents with such a score.
    pub documents: usize,
    /// Their mean score.
    pub mean_score: f64,
    /// The share that is labelled KPO.
    pub kpo: Figure,
}

/// Scores against the share of KPO, in ten bins; empty bins are left out.
pub fn reliability(cases: &[&Case]) -> Vec<Reliability> {
    let sample = scored(cases, |c| c.judgment.score());
    let bin = |score: f64| ((score * 10.0) as usize).min(9);
    (0..10)
        .filter_map(|i| {
            let of: Vec<&Scored> = sample.iter().filter(|(score, _)| bin(*score) == i).collect();
            let n = of.len();
            (n > 0).then(|| Reliability {
                from: i as f64 / 10.0,
                to: (i + 1) as f64 / 10.0,
                documents: n,
                mean_score: of.iter().map(|(score, _)| score).sum::<f64>() / n as f64,
                kpo: wilson(of.iter().filter(|(_, kpo)| *kpo).count(), n),
            })
        })
        .collect()
}

/// What one part of the evidence does by itself, and what the rest does without it.
#[derive(Clone, Debug, Serialize)]
pub struct PartWorth {
    /// The criterion or kind of section.
    pub part: &'static str,
    /// AUC of its evidence alone.
    pub alone: f64,
    /// AUC of all other evidence.
    pub without: f64,
}

/// AUC by criterion, alone and left out.
pub fn by_criterion(cases: &[&Case]) -> Vec<PartWorth> {
    let six = Criterion::SIX.iter();
    six.map(|criterion| {
        let own = |c: &Case| c.judgment.criteria[*criterion as usize].value();
        PartWorth {
            part: criterion.name(),
            alone: auc(&scored(cases, own)),
            without: auc(&scored(cases, |c| c.judgment.log_odds.value() - own(c))),
        }
    })
    .collect()
}

/// AUC by kind of section, alone and left out; kinds in which nothing is found are left out.
pub fn by_section(pack: &Pack, cases: &[&Case]) -> Vec<PartWorth> {
    let found = |kind| {
        cases.iter().any(|c| c.hits.hits.iter().any(|h| c.hits.tasks[h.task as usize].section == kind))
    };
    let kinds = SectionKind::ALL.into_iter().filter(|kind| found(*kind));
    kinds
        .map(|kind| {
            let of = |own: bool| {
                let keeps = move |c: &Case| {
                    let mut hits = c.hits.clone();
                    hits.hits.retain(|h| (c.hits.tasks[h.task as usize].section == kind) == own);
                    judge(pack, &hits, Part::Whole).log_odds.value()
                };
                auc(&scored(cases, keeps))
            };
            PartWorth { part: kind.name(), alone: of(true), without: of(false) }
        })
        .collect()
}
