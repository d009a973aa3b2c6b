//! `outsort eval`: verdicts against labels.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use outsort::core::measure::{
    Case, Label, PartWorth, Quality, Reliability, Risk, by_criterion, by_section, confusion, quality,
    reliability, risk_coverage,
};
use outsort::core::statistics::{Figure, bootstrap, spearman};
use outsort::core::worth::{RuleWorth, rules};
use outsort::{Criterion, Engine, Fired, Verdict};
use serde::{Deserialize, Serialize};

use super::Done;
use super::args::{Eval, ListFormat, PackArgs};
use super::eval_change::{Measured, change};
use super::eval_report;
use super::eval_text::page;
use super::failure::Failure;
use super::labelled::{Query, Samples, corpora, samples};
use super::load::{engine, engine_quietly, is_stdin, pack_paths};
use super::watch::{files_of, watch, watched_folder};

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
pub struct Row {
    /// The case.
    pub case: Case,
    /// Its title.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
    by: Option<String>,
    number: Option<f64>,
}

/// Measures verdicts.
pub fn run(args: &Eval) -> Result<Done, Failure> {
    if args.watch {
        return watched(args);
    }
    if let Some(path) = &args.report {
        eval_report::check(path, &corpora(&args.labelled)?)?;
    }
    let engine = engine(&args.pack)?;
    let baseline = args.baseline.as_ref().map(read_baseline).transpose()?;
    let (rows, unlabelled) = rows(args, &engine)?;
    let report = measure(args, &engine, &rows, unlabelled);
    print(args, &report, baseline.as_ref())?;
    if let Some(path) = &args.report {
        eval_report::write(path, args, &engine, &rows, &report)?;
    }
    Ok(Done::Well)
}

fn print(args: &Eval, report: &Report, baseline: Option<&Baseline>) -> Result<(), Failure> {
    let text = match args.format {
        ListFormat::Json => {
            serde_json::to_string_pretty(report).map_err(|e| Failure::Input(e.to_string()))? + "\n"
        }
        ListFormat::Text => page(report, args.by.as_deref(), args.against.as_deref(), baseline),
    };
    Ok(anstream::stdout().lock().write_all(text.as_bytes())?)
}

/// Measures now and after every change of the pack or the corpus; prints the page, and then what moves.
fn watched(args: &Eval) -> Result<Done, Failure> {
    let folder = watched_folder(&args.pack)?;
    let corpora = corpora(&args.labelled)?;
    if corpora.iter().any(|path| is_stdin(path)) {
        return Err(Failure::Usage(
            "--watch can't read standard input again\nhelp: put the corpus into a file".into(),
        ));
    }
    let baseline = args.baseline.as_ref().map(read_baseline).transpose()?;
    let mut engine_now: fn(&PackArgs) -> Result<Engine, Failure> = engine;
    let measured = || {
        let engine = std::mem::replace(&mut engine_now, engine_quietly)(&args.pack)?;
        let (rows, unlabelled) = rows(args, &engine)?;
        let report = measure(args, &engine, &rows, unlabelled);
        let of = |row: &Row| (row.case.id.clone(), row.case.label, row.case.judgment.verdict);
        Ok(Measured { report, verdicts: rows.iter().map(of).collect() })
    };
    let paths = || {
        let pack = pack_paths(folder).unwrap_or_default();
        pack.into_iter().chain(corpora.iter().flat_map(|corpus| files_of(corpus))).collect()
    };
    watch(paths, measured, |before, now| match before {
        None => print(args, &now.report, baseline.as_ref()),
        Some(before) => {
            let change = change(before, now);
            let text = match args.format {
                ListFormat::Json => {
                    serde_json::to_string(&change).map_err(|e| Failure::Input(e.to_string()))? + "\n"
                }
                ListFormat::Text => change.page(),
            };
            Ok(anstream::stdout().lock().write_all(text.as_bytes())?)
        }
    })
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

/// The labelled documents, and how many have no label.
fn rows(args: &Eval, engine: &Engine) -> Result<(Vec<Row>, usize), Failure> {
    let extra: Vec<&str> = args.by.iter().chain(&args.against).map(String::as_str).collect();
    let Samples { all, unlabelled } = samples(engine, &Query { args: &args.labelled, extra, labels: true })?;
    let by = args.by.is_some();
    let rows = all.into_iter().filter_map(|sample| {
        let number = args.against.is_some().then(|| sample.value(usize::from(by))).flatten();
        Some(Row {
            case: sample.case()?,
            by: sample.value(0).filter(|_| by).map(str::to_owned),
            number: number.and_then(|number| number.trim().parse().ok()),
            title: sample.title,
            text: sample.text,
        })
    });
    Ok((rows.collect(), unlabelled))
}

fn measure(args: &Eval, engine: &Engine, rows: &[Row], unlabelled: usize) -> Report {
    let pack = engine.pack();
    let cases: Vec<&Case> = rows.iter().map(|r| &r.case).collect();
    let mut groups: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for row in rows.iter().filter(|_| args.by.is_some()) {
        groups.entry(row.by.clone().unwrap_or_else(|| "(none)".into())).or_default().push(&row.case);
    }
    Report {
        confusion: confusion(&cases),
        quality: Some(quality(&cases)),
        risk_coverage: risk_coverage(&cases),
        reliability: reliability(&cases),
        by_criterion: by_criterion(&cases),
        by_section: by_section(pack, &cases),
        by: groups.iter().map(|(name, cases)| (name.clone(), quality(cases))).collect(),
        against: if args.against.is_some() { correlations(rows) } else { Vec::new() },
        rules: if args.rules_table { rules(pack, &cases) } else { Vec::new() },
        mistakes: mistakes(engine, &cases, args.mistakes),
        unlabelled,
    }
}

fn correlations(rows: &[Row]) -> Vec<Correlation> {
    let rho = |of: &'static str, value: &dyn Fn(&Case) -> f64| {
        let pairs: Vec<(f64, f64)> = rows.iter().filter_map(|r| Some((value(&r.case), r.number?))).collect();
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
