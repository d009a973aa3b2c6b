//! Everything that an explanation holds, as one record with places in the file.

use serde::Serialize;

use crate::core::explain::{Explanation, indication};
use crate::core::pack::{Pack, SectionKind};
use crate::core::scan::Hit;
use crate::core::score::{Fired, LogOdds};

use super::diagnostic::position;
use super::record::{Criteria, Detail, FiredRecord, fired_record, share};
use super::source::{Place, Source};

/// Everything about one document, for `classify --format json`.
#[derive(Serialize)]
pub struct FullRecord<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    verdict: &'static str,
    score: f64,
    log_odds: LogOdds,
    bias: LogOdds,
    evidence: LogOdds,
    out_of_scope: f64,
    criteria: Criteria,
    fired: Vec<EvidenceRecord<'a>>,
    not_counted: Vec<QuoteRecord<'a>>,
    tasks: Vec<TaskRecord<'a>>,
    flips: Vec<FlipRecord<'a>>,
    indication: IndicationRecord<'a>,
    pack: PackRecord<'a>,
    notices: &'a [String],
}

#[derive(Serialize)]
struct EvidenceRecord<'a> {
    rule: &'a str,
    criterion: &'static str,
    leans: &'static str,
    because: &'a str,
    weight: f64,
    mass: f64,
    hits: u32,
    contribution: LogOdds,
    quotes: Vec<QuoteRecord<'a>>,
}

#[derive(Serialize)]
struct QuoteRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    force: &'static str,
    text: &'a str,
    task: u32,
    line: usize,
    #[serde(flatten)]
    place: PlaceRecord,
    /// Bytes in the file as it was given; of a packed file, in the text that was read from it.
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct TaskRecord<'a> {
    section: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<&'a str>,
    line: usize,
    #[serde(flatten)]
    place: PlaceRecord,
    start: usize,
    end: usize,
    text: &'a str,
    repeat: bool,
    verdict: &'static str,
    score: f64,
    log_odds: LogOdds,
    evidence: LogOdds,
    criteria: Criteria,
    fired: Vec<FiredRecord<'a>>,
}

/// The page or the paragraph, for files where the line means nothing.
#[derive(Default, Serialize)]
struct PlaceRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
}

impl PlaceRecord {
    fn of(source: &Source, kind: SectionKind, at: usize) -> PlaceRecord {
        match source.place(at) {
            Place::Page(n) if kind != SectionKind::Title => PlaceRecord { page: Some(n), paragraph: None },
            Place::Paragraph(n) if kind != SectionKind::Title => {
                PlaceRecord { page: None, paragraph: Some(n) }
            }
            _ => PlaceRecord::default(),
        }
    }
}

#[derive(Serialize)]
struct FlipRecord<'a> {
    to: &'static str,
    without: Vec<&'a str>,
}

#[derive(Serialize)]
struct IndicationRecord<'a> {
    currency: &'a str,
    rate_per_hour: f64,
    saving_from: f64,
    saving_to: f64,
    assumption_of: &'a str,
}

#[derive(Serialize)]
struct PackRecord<'a> {
    name: &'a str,
    version: &'a str,
}

/// Everything that an explanation holds, with places in the file that `source` was read from.
pub fn full<'a>(
    file: &'a str,
    source: &'a Source,
    pack: &'a Pack,
    explanation: &'a Explanation<'a>,
) -> FullRecord<'a> {
    let judgment = &explanation.judgment;
    let quote = |hit: &Hit, named: bool| quote(source, pack, explanation, hit, named);
    let id = |rule: &u32| pack.rules[*rule as usize].id.as_str();
    let evidence = |fired: &&Fired| {
        let rule = &pack.rules[fired.rule as usize];
        EvidenceRecord {
            rule: &rule.id,
            criterion: rule.criterion.name(),
            leans: rule.leans.name(),
            because: &rule.because,
            weight: rule.weight,
            mass: share(fired.mass),
            hits: fired.hits,
            contribution: fired.contribution,
            quotes: explanation.hits_of(fired.rule).map(|hit| quote(hit, false)).collect(),
        }
    };
    let counted = |hit: &&Hit| judgment.fired.iter().any(|f| f.rule == hit.rule);
    let indication = indication(&pack.economics, judgment.score());
    FullRecord {
        file,
        title: explanation.document.title(),
        verdict: judgment.verdict.name(),
        score: share(judgment.score()),
        log_odds: judgment.log_odds,
        bias: judgment.bias,
        evidence: judgment.evidence,
        out_of_scope: share(judgment.out_of_scope),
        criteria: Criteria(judgment.criteria),
        fired: explanation.strongest().iter().map(evidence).collect(),
        not_counted: explanation
            .hits
            .hits
            .iter()
            .filter(|hit| !counted(hit))
            .map(|hit| quote(hit, true))
            .collect(),
        tasks: tasks(source, pack, explanation),
        flips: explanation
            .flips
            .iter()
            .map(|flip| FlipRecord { to: flip.to.name(), without: flip.without.iter().map(id).collect() })
            .collect(),
        indication: IndicationRecord {
            currency: &pack.economics.currency,
            rate_per_hour: (indication.rate * 100.0).round() / 100.0,
            saving_from: indication.saving[0],
            saving_to: indication.saving[1],
            assumption_of: &pack.economics.source,
        },
        pack: PackRecord { name: &pack.name, version: &pack.version },
        notices: &source.notices,
    }
}

fn quote<'a>(
    source: &Source,
    pack: &'a Pack,
    explanation: &'a Explanation<'a>,
    hit: &Hit,
    named: bool,
) -> QuoteRecord<'a> {
    let task = &explanation.tasks[hit.task as usize];
    let section = explanation.section(task);
    let text = explanation.document.text_of(section);
    let (start, end) = (hit.start as usize, hit.end as usize);
    QuoteRecord {
        rule: named.then(|| pack.rules[hit.rule as usize].id.as_str()),
        force: hit.force.name(),
        text: &text[start..end],
        task: hit.task,
        line: position(text, start).0,
        place: PlaceRecord::of(source, section.kind, start),
        start: source.offset(start),
        end: source.offset(end),
    }
}

fn tasks<'a>(source: &Source, pack: &'a Pack, explanation: &'a Explanation<'a>) -> Vec<TaskRecord<'a>> {
    let record = |(number, task): (usize, &'a crate::core::explain::TaskJudgment)| {
        let section = explanation.section(task);
        let text = explanation.document.text_of(section);
        TaskRecord {
            section: section.kind.name(),
            heading: section.heading.clone().map(|heading| &text[heading]),
            line: position(text, task.span.start).0,
            place: PlaceRecord::of(source, section.kind, task.span.start),
            start: source.offset(task.span.start),
            end: source.offset(task.span.end),
            text: &text[task.span.clone()],
            repeat: explanation.hits.tasks[number].repeat,
            verdict: task.judgment.verdict.name(),
            score: share(task.judgment.score()),
            log_odds: task.judgment.log_odds,
            evidence: task.judgment.evidence,
            criteria: Criteria(task.judgment.criteria),
            fired: task
                .judgment
                .fired
                .iter()
                .map(|f| fired_record(pack, &explanation.hits, f, Detail::Rules))
                .collect(),
        }
    };
    explanation.tasks.iter().enumerate().map(record).collect()
}
