//! `outsort eval`: verdicts against labels.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use indicatif::ProgressBar;
use outsort::batch::ordered;
use outsort::core::measure::{
    Case, Label, PartWorth, Quality, Reliability, Risk, by_criterion, by_section, confusion, quality,
    reliability, risk_coverage,
};
use outsort::core::statistics::{Figure, bootstrap, spearman};
use outsort::core::worth::{RuleWorth, rules};
use outsort::{Criterion, Engine, Fired, Part, Scratch, Verdict, judge};
use serde::{Deserialize, Serialize};

use super::Done;
use super::args::{Eval, ListFormat};
use super::corpus::{Item, open};
use super::eval_text::page;
use super::failure::Failure;
use super::fields::Asked;
use super::load::engine;
use super::score::{pick, record};

/// Everything that a run measures.
#[derive(Serialize)]
pub struct Report {
    /// Documents by label and verdict.
    pub confusion: [[usize; Verdict::ALL.len()]; Label::ALL.len()],
    /// All labelled documents; nothing if none is labelled.
    pub quality: Option<Quality>,
    /// Risk at every twentieth of coverage.
    pub risk_coverage: Vec<Risk>,
    /// Scores against shares of KPO.
    pub reliability: Vec<Reliability>,
    /// AUC by criterion.
    pub by_criterion: Vec<PartWorth>,
    /// AUC by kind of section.
    pub by_section: Vec<PartWorth>,
    /// Each value of `--by`.
    pub by: BTreeMap<String, Quality>,
    /// Correlations with `--against`.
    pub against: Vec<Correlation>,
    /// Every rule, if that was asked for.
    pub rules: Vec<RuleWorth>,
    /// The worst mistakes.
    pub mistakes: Vec<Mistake>,
    /// Records without a usable label.
    pub unlabelled: usize,
}

/// A rank correlation with a number.
#[derive(Serialize)]
pub struct Correlation {
    /// `score` or a criterion.
    pub of: &'static str,
    /// Spearman's rho.
    pub spearman: Figure,
    /// Documents that have the number.
    pub documents: usize,
}

/// A document on the wrong side.
#[derive(Serialize)]
pub struct Mistake {
    /// Its id.
    pub id: String,
    /// What a person said.
    pub label: &'static str,
    /// What was said here.
    pub verdict: &'static str,
    /// The score.
    pub score: f64,
    /// The rules that led astray, strongest first.
    pub rules: Vec<String>,
}

/// The figures of an earlier run that are compared.
#[derive(Deserialize)]
pub struct Baseline {
    /// As [`Report::quality`].
    pub quality: BTreeMap<String, serde_json::Value>,
}

/// A case and what else was asked of its record.
struct Sample {
    case: Case,
    by: Option<String>,
    number: Option<f64>,
}

/// Measures verdicts.
pub fn run(args: &Eval) -> Result<Done, Failure> {
    let engine = engine(&args.pack)?;
    let baseline = args.baseline.as_ref().map(read_baseline).transpose()?;
    let (samples, unlabelled) = samples(args, &engine)?;
    let report = measure(args, &engine, &samples, unlabelled);
    let text = match args.format {
        ListFormat::Json => {
            serde_json::to_string_pretty(&report).map_err(|e| Failure::Input(e.to_string()))? + "\n"
        }
        ListFormat::Text => page(&report, args.by.as_deref(), args.against.as_deref(), baseline.as_ref()),
    };
    use std::io::Write;
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(Done::Well)
}

fn read_baseline(path: &PathBuf) -> Result<Baseline, Failure> {
    let text = fs::read(path).map_err(|e| Failure::io("read", path, &e))?;
    serde_json::from_slice(&text).map_err(|e| {
        Failure::Usage(format!(
            "{} is no report: {e}\nhelp: `outsort eval --format json` writes one",
            path.display()
        ))
    })
}

/// Where the labels of this project stand.
const OWN: [&str; 2] = ["corpus/tasks.jsonl", "corpus/documents.jsonl"];

fn corpora(args: &Eval) -> Result<Vec<PathBuf>, Failure> {
    if !args.corpora.is_empty() {
        return Ok(args.corpora.clone());
    }
    let own: Vec<PathBuf> = OWN.iter().map(PathBuf::from).filter(|path| path.exists()).collect();
    if own.is_empty() {
        let help = format!("name a labelled corpus, or run it where {} is", OWN[0]);
        return Err(Failure::Usage(format!("there is no corpus here\nhelp: {help}")));
    }
    Ok(own)
}

/// What is read of a record beside its text.
struct Wanted {
    asked: Asked,
    filters: Vec<(usize, String)>,
    by: Option<usize>,
    against: Option<usize>,
}

fn wanted(args: &Eval) -> Result<Wanted, Failure> {
    let mut extra = vec![args.label.clone()];
    let mut place = |name: &str| {
        extra.iter().position(|known| known == name).unwrap_or_else(|| {
            extra.push(name.to_owned());
            extra.len() - 1
        })
    };
    let filters = args.filter.iter().map(|filter| match filter.split_once('=') {
        Some((name, value)) => Ok((place(name), value.to_owned())),
        None => {
            Err(Failure::Usage(format!("--where {filter} names no value\nhelp: write --where split=test")))
        }
    });
    let filters = filters.collect::<Result<_, _>>()?;
    let by = args.by.as_deref().map(&mut place);
    let against = args.against.as_deref().map(&mut place);
    let asked = Asked { text: args.text.clone(), title: args.title.clone(), extra, ..Asked::default() };
    Ok(Wanted { asked, filters, by, against })
}

/// Place of the label among the further fields.
const LABEL: usize = 0;

/// A record that is not used: left out by a filter, without a label, or bad.
enum Unused {
    Filtered,
    Unlabelled,
    Bad(String),
}

fn samples(args: &Eval, engine: &Engine) -> Result<(Vec<Sample>, usize), Failure> {
    let wanted = wanted(args)?;
    let mut items: Box<dyn Iterator<Item = Item> + Send> = Box::new(std::iter::empty());
    for path in corpora(args)? {
        items = Box::new(items.chain(open(&path, None, &wanted.asked, &ProgressBar::hidden())?.items));
    }
    let mut samples = Vec::new();
    let mut unlabelled = 0;
    let work = |scratch: &mut Scratch, item: Item| sample(engine, &wanted, scratch, &item);
    ordered(items, Scratch::default, work, |result| {
        match result {
            Ok(sample) => samples.push(sample),
            Err(Unused::Filtered) => {}
            Err(Unused::Unlabelled) => unlabelled += 1,
            Err(Unused::Bad(why)) => return Err(Failure::Input(why)),
        }
        Ok(())
    })?;
    if samples.is_empty() {
        let help = format!("labels stand in the field `{}`; name another with --label", args.label);
        return Err(Failure::Input(format!("no record has a label ({unlabelled} without)\nhelp: {help}")));
    }
    Ok((samples, unlabelled))
}

fn sample(engine: &Engine, wanted: &Wanted, scratch: &mut Scratch, item: &Item) -> Result<Sample, Unused> {
    let at = |why: String| Unused::Bad(format!("{}:{}: {why}", item.source, item.line));
    let mut picked = pick(&item.body).map_err(|(_, why)| at(why))?;
    let extra = std::mem::take(&mut picked.extra);
    let value = |field: usize| extra.get(field).and_then(Option::as_deref);
    if wanted.filters.iter().any(|(field, wanted)| value(*field) != Some(wanted)) {
        return Err(Unused::Filtered);
    }
    let Some(label) = value(LABEL).filter(|label| !label.trim().is_empty()) else {
        return Err(Unused::Unlabelled);
    };
    let known = Label::from_name(label).ok_or_else(|| {
        let allowed = Label::ALL.map(Label::name).join(", ");
        at(format!("unknown label `{label}`\nhelp: allowed: {allowed}"))
    })?;
    let text = record(picked, item.line).map_err(|(_, why)| at(why))?;
    let document = engine.document(text.title.as_deref(), &text.text);
    let hits = engine.scan(&document, scratch);
    let judgment = judge(engine.pack(), &hits, Part::Whole);
    Ok(Sample {
        by: wanted.by.and_then(value).map(str::to_owned),
        number: wanted.against.and_then(value).and_then(|number| number.trim().parse().ok()),
        case: Case { id: text.id, hits, judgment, label: known },
    })
}

fn measure(args: &Eval, engine: &Engine, samples: &[Sample], unlabelled: usize) -> Report {
    let pack = engine.pack();
    let cases: Vec<&Case> = samples.iter().map(|s| &s.case).collect();
    let mut groups: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for sample in samples.iter().filter(|_| args.by.is_some()) {
        groups.entry(sample.by.clone().unwrap_or_else(|| "(none)".into())).or_default().push(&sample.case);
    }
    Report {
        confusion: confusion(&cases),
        quality: Some(quality(&cases)),
        risk_coverage: risk_coverage(&cases),
        reliability: reliability(&cases),
        by_criterion: by_criterion(&cases),
        by_section: by_section(pack, &cases),
        by: groups.iter().map(|(name, cases)| (name.clone(), quality(cases))).collect(),
        against: if args.against.is_some() { correlations(samples) } else { Vec::new() },
        rules: if args.rules_table { rules(pack, &cases) } else { Vec::new() },
        mistakes: mistakes(engine, &cases, args.mistakes),
        unlabelled,
    }
}

fn correlations(samples: &[Sample]) -> Vec<Correlation> {
    let rho = |of: &'static str, value: &dyn Fn(&Case) -> f64| {
        let pairs: Vec<(f64, f64)> =
            samples.iter().filter_map(|s| Some((value(&s.case), s.number?))).collect();
        Correlation { of, spearman: bootstrap(&pairs, spearman), documents: pairs.len() }
    };
    let mut all = vec![rho("score", &|c| c.judgment.log_odds.value())];
    for criterion in Criterion::SIX {
        all.push(rho(criterion.name(), &|c| c.judgment.criteria[criterion as usize].value()));
    }
    all
}

/// The documents whose score is farthest on the wrong side, and those wrongly in or out of scope.
fn mistakes(engine: &Engine, cases: &[&Case], most: usize) -> Vec<Mistake> {
    let wrong = |c: &Case| match c.label {
        Label::Kpo => 0.5 - c.judgment.score(),
        Label::Bpo => c.judgment.score() - 0.5,
        _ => 0.0,
    };
    let mut worst: Vec<&&Case> = cases.iter().filter(|c| wrong(c) > 0.0).collect();
    worst.sort_by(|a, b| wrong(b).total_cmp(&wrong(a)));
    let towards =
        |c: &Case, f: &Fired| (f.contribution.0 > 0) == (c.label == Label::Bpo) && f.contribution.0 != 0;
    let rules = |c: &Case| {
        let six = |f: &&Fired| engine.pack().rules[f.rule as usize].criterion != Criterion::Scope;
        let mut astray: Vec<&Fired> = c.judgment.fired.iter().filter(six).filter(|f| towards(c, f)).collect();
        astray.sort_by_key(|f| -f.contribution.0.abs());
        let line = |f: &&Fired| format!("{} {:+}", engine.pack().rules[f.rule as usize].id, f.contribution);
        astray.iter().take(4).map(line).collect()
    };
    worst
        .iter()
        .take(most)
        .map(|c| Mistake {
            id: c.id.clone(),
            label: c.label.name(),
            verdict: c.judgment.verdict.name(),
            score: c.judgment.score(),
            rules: rules(c),
        })
        .collect()
}
