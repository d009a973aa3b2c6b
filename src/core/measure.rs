//! Judgments against labels that people gave: how right, how sure, and what each part is worth.

use serde::Serialize;

use super::pack::{Criterion, Leans, Pack, SectionKind};
use super::scan::Hits;
use super::score::{Fired, Judgment, LogOdds, Part, Verdict, judge, weigh};
use super::statistics::{Figure, auc, bootstrap, macro_f1, mcc, wilson};

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
        auc: bootstrap(&sample, auc),
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
    // In scope or out of it is a question about all labels, a pole one about the two poles.
    let decides = |label: Label| match leans {
        Leans::Bpo | Leans::Kpo => matches!(label, Label::Bpo | Label::Kpo),
        Leans::OutOfScope | Leans::InScope => true,
    };
    let bears_out = |label: Label| match leans {
        Leans::Bpo => label == Label::Bpo,
        Leans::Kpo => label == Label::Kpo,
        Leans::OutOfScope => label == Label::OutOfScope,
        Leans::InScope => label != Label::OutOfScope,
    };
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
        overlap: overlap(pack, fired, rule),
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
    let left: Vec<Fired> = case.judgment.fired.iter().filter(|f| f.rule != rule).copied().collect();
    let without = weigh(pack, left);
    let right = |judgment: &Judgment| match case.label {
        Label::Kpo => judgment.log_odds >= LogOdds(0),
        Label::Bpo => judgment.log_odds < LogOdds(0),
        label => Label::of(judgment.verdict) == label,
    };
    i64::from(right(&case.judgment)) - i64::from(right(&without))
}

fn overlap(pack: &Pack, fired: &[Vec<u32>], rule: usize) -> Option<(String, f64)> {
    let own = &fired[rule];
    let shared = |other: &[u32]| own.iter().filter(|n| other.binary_search(n).is_ok()).count();
    (0..fired.len())
        .filter(|other| *other != rule && pack.rules[*other].leans == pack.rules[rule].leans)
        .map(|other| (other, shared(&fired[other])))
        .filter(|(_, n)| *n > 0)
        .map(|(other, n)| (other, n as f64 / (own.len() + fired[other].len() - n) as f64))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(other, share)| (pack.rules[other].id.clone(), share))
}
