//! What `diff` says, as programs read it.

use outsort::core::diff::{Cause, Changes, Difference, Ledger, Move, Quantity, RuleChange};
use outsort::core::pack::SectionSet;
use outsort::{Judgment, LogOdds, Pack, SectionKind};
use serde::Serialize;

use super::labelled::Sample;

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "name")]
pub enum Change {
    /// A rule that only the new pack has.
    RuleAdded(String),
    /// A rule that only the old pack has.
    RuleRemoved(String),
    /// A rule of both.
    Rule(String),
    /// A number of the manifest, by its path.
    Number(String),
    /// How text is read, by the path in the manifest.
    Reading(String),
    /// Several changes, none of them by itself.
    Together,
}

impl Change {
    /// The change behind a cause, and what it is in words.
    pub fn of(cause: Cause, packs: [&Pack; 2], changes: &Changes) -> (Change, String) {
        match cause {
            Cause::Rule(place) => rule(packs, &changes.rules[place]),
            Cause::Number(place) => {
                let change = &changes.numbers[place];
                let what = format!("{} → {}", change.before, change.after);
                (Change::Number(change.number.name(packs[1])), what)
            }
            Cause::Reading => {
                (Change::Reading(changes.reading.join(", ")), "text is read differently".into())
            }
            Cause::Together => (Change::Together, "no change by itself would have moved them".into()),
        }
    }

    /// The name in reports.
    pub fn name(&self) -> &str {
        match self {
            Change::RuleAdded(name)
            | Change::RuleRemoved(name)
            | Change::Rule(name)
            | Change::Number(name)
            | Change::Reading(name) => name,
            Change::Together => "several changes together",
        }
    }

    /// `+`, `-` or `~`.
    pub fn sign(&self) -> char {
        match self {
            Change::RuleAdded(_) => '+',
            Change::RuleRemoved(_) => '-',
            _ => '~',
        }
    }
}

fn rule(packs: [&Pack; 2], change: &RuleChange) -> (Change, String) {
    let id = change.id.clone();
    let described = |side: usize, number: u32| {
        let rule = &packs[side].rules[number as usize];
        format!("{}, leans {}, weight {}", rule.criterion, rule.leans.name(), rule.weight)
    };
    match (change.old, change.new) {
        (None, Some(new)) => (Change::RuleAdded(id), format!("rule added: {}", described(1, new))),
        (Some(old), None) => (Change::RuleRemoved(id), format!("rule removed: {}", described(0, old))),
        _ => (Change::Rule(id), change.what.iter().map(difference).collect::<Vec<_>>().join("; ")),
    }
}

fn difference(difference: &Difference) -> String {
    match difference {
        Difference::Weight(before, after) => format!("weight {before} → {after}"),
        Difference::Leans(before, after) => format!("leans {} → {}", before.name(), after.name()),
        Difference::Criterion(before, after) => format!("criterion {before} → {after}"),
        Difference::Sections(before, after) => {
            format!("sections {} → {}", sections(*before), sections(*after))
        }
        Difference::Patterns { key, removed, added } => {
            let removed = removed.iter().map(|text| format!("-\"{text}\""));
            let added = added.iter().map(|text| format!("+\"{text}\""));
            format!("{key} {}", removed.chain(added).collect::<Vec<_>>().join(" "))
        }
    }
}

fn sections(set: SectionSet) -> String {
    if set == SectionSet::ALL {
        return "all".into();
    }
    let names = SectionKind::ALL.into_iter().filter(|kind| set.contains(*kind)).map(SectionKind::name);
    names.collect::<Vec<_>>().join(", ")
}

/// A change between the packs.
#[derive(Serialize)]
pub struct ChangeRecord {
    /// What it is about.
    pub change: Change,
    /// What it is, in words.
    pub what: String,
}

/// All changes: numbers, reading, rules.
pub fn changes(packs: [&Pack; 2], changes: &Changes) -> Vec<ChangeRecord> {
    let rules = (0..changes.rules.len()).map(Cause::Rule);
    let numbers = (0..changes.numbers.len()).map(Cause::Number);
    let reading = (!changes.reading.is_empty()).then_some(Cause::Reading);
    let record = |cause| {
        let (change, what) = Change::of(cause, packs, changes);
        ChangeRecord { change, what }
    };
    numbers.chain(reading).chain(rules).map(record).collect()
}

/// A document that moves.
#[derive(Serialize)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Its title, or how its text begins.
    pub text: String,
    /// What a person said.
    pub label: Option<&'static str>,
    /// Whether the move is right by the label, if one of the two verdicts is.
    pub mends: Option<bool>,
    /// By the old pack and by the new.
    pub places: [Place; 2],
    /// The explanation before and after.
    pub sheets: Vec<Sheet>,
}

/// Where a document stands.
#[derive(Serialize)]
pub struct Place {
    /// The verdict.
    pub verdict: &'static str,
    /// The score.
    pub score: f64,
    /// The log-odds.
    pub log_odds: f64,
    /// Sum of the contributions' absolute values.
    pub evidence: f64,
    /// Share of out-of-scope evidence.
    pub out_of_scope: f64,
}

impl Place {
    fn of(judgment: &Judgment) -> Place {
        Place {
            verdict: judgment.verdict.name(),
            score: judgment.score(),
            log_odds: judgment.log_odds.value(),
            evidence: judgment.evidence.value(),
            out_of_scope: judgment.out_of_scope,
        }
    }
}

/// Contributions before and after; rows add up to the sum exactly.
#[derive(Serialize)]
pub struct Sheet {
    /// Of what: `log-odds`, `out-of-scope share` or `in-scope share`.
    pub of: &'static str,
    /// The rows: what every document gets, the rules that changed, all other rules.
    pub rows: Vec<SheetRow>,
    /// The sums.
    pub sum: [f64; 2],
}

/// A line of a sheet.
#[derive(Serialize)]
pub struct SheetRow {
    /// The rule's id, or what else it is.
    pub name: String,
    /// Before and after; nothing where the rule does not fire.
    pub parts: [Option<f64>; 2],
    /// The words that the rule reads.
    pub words: Option<String>,
}

impl Sheet {
    /// A ledger with names; `quote` gives the words that a changed rule reads.
    pub fn of(ledger: &Ledger, changes: &Changes, quote: impl Fn(usize) -> Option<String>) -> Sheet {
        let value = |part: LogOdds| Some(part.value());
        let mut rows = Vec::new();
        let plain =
            |name: String, parts: [LogOdds; 2]| SheetRow { name, parts: parts.map(value), words: None };
        if ledger.bias.iter().any(|bias| bias.0 != 0) {
            rows.push(plain("every document".into(), ledger.bias));
        }
        rows.extend(ledger.rows.iter().map(|row| SheetRow {
            name: changes.rules[row.change].id.clone(),
            parts: row.parts.map(|part| part.and_then(value)),
            words: quote(row.change),
        }));
        if ledger.others > 0 {
            let rules = super::failure::count(ledger.others, "rule");
            rows.push(plain(format!("{rules} not changed"), ledger.rest));
        }
        let of = match ledger.of {
            Quantity::LogOdds | Quantity::Evidence => "log-odds",
            Quantity::OutOfScope => "out-of-scope share",
            Quantity::InScope => "in-scope share",
        };
        Sheet { of, rows, sum: ledger.sum.map(LogOdds::value) }
    }
}

/// The record of a document that moves.
pub fn document(sample: &Sample, moved: &Move, mends: Option<bool>, sheets: Vec<Sheet>) -> Document {
    let text = sample.title.as_deref().unwrap_or(&sample.text);
    Document {
        id: sample.id.clone(),
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        label: sample.label.map(|label| label.name()),
        mends,
        places: [0, 1].map(|side| Place::of(&moved.judgments[side])),
        sheets,
    }
}
