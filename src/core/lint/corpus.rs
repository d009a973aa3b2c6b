//! What a corpus tells of rules: which are dead, which say the same, which say too much.

use super::{At, Finding, numbered, pairs};
use crate::core::diagnostic::Code;
use crate::core::force::Force;
use crate::core::measure::Label;
use crate::core::pack::{Pack, Rule};
use crate::core::scan::{Hit, Hits};
use crate::core::statistics::wilson;

/// Documents in which rules must fire before anything is said of how they go together.
pub const FEWEST: usize = 5;
/// Without labels: a rule that fires in a larger share of the documents says too little about each.
pub const BROAD: f64 = 0.3;
/// Phrases that one finding names.
const NAMED: usize = 3;

/// A pack in which every phrase, acronym and expression is a rule of its own, so that a scan tells them apart.
#[derive(Clone, Debug)]
pub struct Exploded {
    /// The pack to scan with; its weights mean nothing.
    pub pack: Pack,
    /// By its rules: the rule of the original pack, and the number of the phrase if it is one.
    origins: Vec<(u32, Option<usize>)>,
}

impl Exploded {
    /// Takes a pack apart.
    pub fn of(pack: &Pack) -> Exploded {
        let mut exploded = Exploded { pack: Pack { rules: Vec::new(), ..pack.clone() }, origins: Vec::new() };
        for (number, rule) in numbered(pack) {
            let bare =
                Rule { phrases: Vec::new(), acronyms: Vec::new(), regexes: Vec::new(), ..rule.clone() };
            for (i, phrase) in rule.phrases.iter().enumerate() {
                exploded.push(Rule { phrases: vec![phrase.clone()], ..bare.clone() }, number, Some(i));
            }
            for acronym in &rule.acronyms {
                exploded.push(Rule { acronyms: vec![acronym.clone()], ..bare.clone() }, number, None);
            }
            for regex in &rule.regexes {
                exploded.push(Rule { regexes: vec![regex.clone()], ..bare.clone() }, number, None);
            }
        }
        exploded
    }

    fn push(&mut self, rule: Rule, origin: u32, phrase: Option<usize>) {
        self.pack.rules.push(rule);
        self.origins.push((origin, phrase));
    }
}

/// Where the rules of a pack were seen.
#[derive(Clone, Debug)]
pub struct Sightings {
    /// Documents with a hit that counts, by rule; rising.
    pub(super) documents: Vec<Vec<u32>>,
    /// Documents with any hit, also denied or in a section that counts nothing, by rule.
    matched: Vec<usize>,
    /// Whether each phrase was seen at all, by rule.
    phrases: Vec<Vec<bool>>,
    /// Pairs of rules of opposite leaning that read the same words, by document: smaller number first.
    pub(super) clashes: Vec<(u32, u32)>,
    /// What people said of the documents.
    labels: Vec<Option<Label>>,
}

impl Sightings {
    /// No sightings yet.
    pub fn new(pack: &Pack) -> Sightings {
        Sightings {
            documents: vec![Vec::new(); pack.rules.len()],
            matched: vec![0; pack.rules.len()],
            phrases: pack.rules.iter().map(|rule| vec![false; rule.phrases.len()]).collect(),
            clashes: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// Adds a document that was scanned with the exploded pack.
    pub fn add(&mut self, pack: &Pack, exploded: &Exploded, hits: &Hits, label: Option<Label>) {
        let document = self.labels.len() as u32;
        self.labels.push(label);
        let counts = |hit: &Hit| {
            let task = &hits.tasks[hit.task as usize];
            hit.force != Force::Negated
                && !task.repeat
                && pack.text.section_weights[task.section as usize] > 0.0
        };
        let mut matched: Vec<u32> = Vec::new();
        let mut counted: Vec<Hit> = Vec::new();
        for hit in &hits.hits {
            let (rule, phrase) = exploded.origins[hit.rule as usize];
            if let Some(phrase) = phrase {
                self.phrases[rule as usize][phrase] = true;
            }
            matched.push(rule);
            if counts(hit) {
                counted.push(Hit { rule, ..*hit });
            }
        }
        for rule in distinct(matched) {
            self.matched[rule as usize] += 1;
        }
        for rule in distinct(counted.iter().map(|hit| hit.rule).collect()) {
            self.documents[rule as usize].push(document);
        }
        self.clashes.extend(clashes(pack, &counted));
    }

    fn len(&self) -> usize {
        self.labels.len()
    }
}

fn distinct(mut rules: Vec<u32>) -> Vec<u32> {
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// The pairs of rules that read the same words of a document for opposite ends.
fn clashes(pack: &Pack, hits: &[Hit]) -> Vec<(u32, u32)> {
    let leans = |hit: &Hit| pack.rules[hit.rule as usize].leans;
    let mut pairs = Vec::new();
    // Exploded hits stand by task, whatever their rule.
    for of_task in hits.chunk_by(|a, b| a.task == b.task) {
        for (i, a) in of_task.iter().enumerate() {
            for b in &of_task[i + 1..] {
                if a.start < b.end && b.start < a.end && leans(a).opposite() == leans(b) {
                    pairs.push((a.rule.min(b.rule), a.rule.max(b.rule)));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Everything that a corpus tells.
pub fn of_corpus(pack: &Pack, seen: &Sightings) -> Vec<Finding> {
    let mut all = Vec::new();
    for (number, rule) in numbered(pack) {
        if seen.documents[number as usize].is_empty() {
            all.push(dead(number, rule, seen));
            continue;
        }
        all.extend(unmatched(number, rule, seen));
        all.extend(broad(number, rule, seen));
    }
    all.extend(pairs::findings(pack, seen));
    all
}

fn dead(number: u32, rule: &Rule, seen: &Sightings) -> Finding {
    let label = match seen.matched[number as usize] {
        0 => "nothing in the corpus matches it".to_owned(),
        n => format!("matches in {n} documents, but only denied or where it does not count"),
    };
    Finding::new(
        Code::DeadRule,
        At::Rule(number),
        format!("`{}` fires in none of {} documents", rule.id, seen.len()),
        label,
        "widen its phrases, or find a corpus that has such work",
    )
}

fn unmatched(number: u32, rule: &Rule, seen: &Sightings) -> Option<Finding> {
    let unseen: Vec<usize> = seen.phrases[number as usize]
        .iter()
        .enumerate()
        .filter(|(_, seen)| !**seen)
        .map(|(i, _)| i)
        .collect();
    let (first, others) = unseen.split_first()?;
    let of = format!("{} of {} phrases", unseen.len(), rule.phrases.len());
    let message = format!("{of} of `{}` match nowhere in {} documents", rule.id, seen.len());
    let help = match others.len().checked_sub(NAMED).filter(|n| *n > 0) {
        None => "remove them, or find a corpus that shows them".to_owned(),
        Some(n) => format!("remove them, or find a corpus that shows them (and {n} more)"),
    };
    let finding =
        Finding::new(Code::UnmatchedPhrase, At::Phrase(number, *first), message, "never matches", &help);
    let also = |finding: Finding, i: &usize| finding.related(At::Phrase(number, *i), "nor does this");
    Some(others.iter().take(NAMED).fold(finding, also))
}

/// With labels: precision that is surely below what a rule that fires anywhere would have. Without: a large share.
fn broad(number: u32, rule: &Rule, seen: &Sightings) -> Option<Finding> {
    let documents = &seen.documents[number as usize];
    let labels = || seen.labels.iter().flatten().filter(|label| label.side(rule.leans).is_some());
    let of_rule =
        || documents.iter().filter_map(|n| seen.labels[*n as usize]).filter(|l| l.side(rule.leans).is_some());
    let message;
    let label;
    if seen.labels.iter().any(Option::is_some) {
        let right = of_rule().filter(|l| l.side(rule.leans) == Some(true)).count();
        let precision = wilson(right, of_rule().count());
        let base = labels().filter(|l| l.side(rule.leans) == Some(true)).count() as f64
            / labels().count().max(1) as f64;
        if of_rule().count() < FEWEST || precision.high >= base {
            return None;
        }
        message = format!("`{}` is right less often than chance", rule.id);
        label = format!(
            "labels bear it out in {right} of {} ({:.2} [{:.2}–{:.2}]), {} anywhere in {base:.2}",
            of_rule().count(),
            precision.value,
            precision.low,
            precision.high,
            rule.leans.name(),
        );
    } else {
        let share = documents.len() as f64 / seen.len() as f64;
        if share <= BROAD || documents.len() < FEWEST {
            return None;
        }
        message = format!("`{}` fires in a large part of all documents", rule.id);
        label = format!("in {} of {} ({:.0}%)", documents.len(), seen.len(), share * 100.0);
    }
    let help = "narrow its phrases, add an `unless`, or let it lean the other way";
    Some(Finding::new(Code::OverBroad, At::Rule(number), message, label, help))
}
