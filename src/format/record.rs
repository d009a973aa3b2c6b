//! Judgments as records: the wire contract. Fields may be added, not renamed.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::core::pack::{Criterion, Leans, Pack};
use crate::core::scan::{Hit, Hits};
use crate::core::score::{Fired, Judgment, LogOdds};

/// How much a record tells of its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Verdict, score, sums by criterion.
    None,
    /// The rules that fired, too.
    Rules,
    /// And the bytes where they were found.
    Spans,
}

impl Serialize for LogOdds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

/// One judged document.
#[derive(Serialize)]
pub struct Record<'a> {
    /// The document's id.
    pub id: &'a str,
    /// Its title, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    verdict: &'static str,
    score: f64,
    log_odds: LogOdds,
    bias: LogOdds,
    evidence: LogOdds,
    out_of_scope: f64,
    tasks: usize,
    criteria: Criteria,
    #[serde(skip_serializing_if = "Option::is_none")]
    fired: Option<Vec<FiredRecord<'a>>>,
}

/// Sums by criterion, by name.
pub(super) struct Criteria(pub(super) [LogOdds; 6]);

impl Serialize for Criteria {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(6))?;
        for (criterion, sum) in Criterion::SIX.iter().zip(&self.0) {
            map.serialize_entry(criterion.name(), sum)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
pub(super) struct FiredRecord<'a> {
    rule: &'a str,
    criterion: &'static str,
    leans: &'static str,
    hits: u32,
    contribution: LogOdds,
    #[serde(skip_serializing_if = "Option::is_none")]
    spans: Option<Vec<SpanRecord>>,
}

#[derive(Serialize)]
struct SpanRecord {
    start: usize,
    end: usize,
    task: u32,
    force: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    in_title: bool,
}

/// Four decimals: enough to place, and short.
pub fn share(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

impl<'a> Record<'a> {
    /// The record of a judgment.
    pub fn new(
        id: &'a str,
        title: Option<&'a str>,
        pack: &'a Pack,
        hits: &Hits,
        judgment: &Judgment,
        detail: Detail,
    ) -> Record<'a> {
        let fired = (detail > Detail::None)
            .then(|| judgment.fired.iter().map(|f| fired_record(pack, hits, f, detail)).collect());
        Record {
            id,
            title,
            verdict: judgment.verdict.name(),
            score: share(judgment.score()),
            log_odds: judgment.log_odds,
            bias: judgment.bias,
            evidence: judgment.evidence,
            out_of_scope: share(judgment.out_of_scope),
            tasks: hits.tasks.len(),
            criteria: Criteria(judgment.criteria),
            fired,
        }
    }
}

pub(super) fn fired_record<'a>(
    pack: &'a Pack,
    hits: &Hits,
    fired: &Fired,
    detail: Detail,
) -> FiredRecord<'a> {
    let rule = &pack.rules[fired.rule as usize];
    let span = |hit: &Hit| SpanRecord {
        start: hit.start as usize,
        end: hit.end as usize,
        task: hit.task,
        force: hit.force.name(),
        in_title: hits.tasks[hit.task as usize].section == crate::core::pack::SectionKind::Title,
    };
    FiredRecord {
        rule: &rule.id,
        criterion: rule.criterion.name(),
        leans: rule.leans.name(),
        hits: fired.hits,
        contribution: fired.contribution,
        spans: (detail == Detail::Spans)
            .then(|| hits.hits.iter().filter(|hit| hit.rule == fired.rule).map(span).collect()),
    }
}

/// The columns of a CSV of judgments.
pub const CSV_COLUMNS: [&str; 13] = [
    "id",
    "verdict",
    "score",
    "log_odds",
    "bias",
    "evidence",
    "out_of_scope",
    "focus",
    "process",
    "specialization",
    "driving_force",
    "activities",
    "client_contact",
];

/// A judgment as a CSV row: [`CSV_COLUMNS`], and the rules that fired if they are asked for.
pub fn csv_row(id: &str, pack: &Pack, judgment: &Judgment, detail: Detail) -> Vec<String> {
    let mut row = vec![
        id.to_owned(),
        judgment.verdict.name().to_owned(),
        share(judgment.score()).to_string(),
        judgment.log_odds.to_string(),
        judgment.bias.to_string(),
        judgment.evidence.to_string(),
        share(judgment.out_of_scope).to_string(),
    ];
    row.extend(judgment.criteria.iter().map(LogOdds::to_string));
    if detail > Detail::None {
        let rules = judgment.fired.iter().map(|f| {
            let rule = &pack.rules[f.rule as usize];
            let sign = if matches!(rule.leans, Leans::OutOfScope | Leans::InScope) { "scope " } else { "" };
            format!("{} {sign}{:+}", rule.id, f.contribution)
        });
        row.push(rules.collect::<Vec<_>>().join("; "));
    }
    row
}
