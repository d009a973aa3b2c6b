//! What differs between two packs: their rules, matched by id, the numbers that weigh, and how text is read.

mod ledger;
mod moves;
mod number;
mod union;

pub use ledger::{Ledger, Row};
pub use moves::{Cause, Corpus, Move, Moves, Quantity, moves};
pub use number::Number;
pub use union::Union;

use super::pack::{Criterion, Cues, Leans, Pack, Rule, SectionKind, SectionSet};
use super::phrase::Phrase;

/// Everything that differs between two packs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Rules, in the order of the new pack; removed ones stand last.
    pub rules: Vec<RuleChange>,
    /// Numbers of the manifest.
    pub numbers: Vec<NumberChange>,
    /// Parts of the manifest that say how text is read, by their path.
    pub reading: Vec<&'static str>,
    /// Parts on which no verdict depends.
    pub idle: Vec<&'static str>,
    /// Rules that differ only in what no verdict depends on: reasons and examples.
    pub idle_rules: usize,
}

/// A rule that was added, removed or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleChange {
    /// Its id.
    pub id: String,
    /// Its number in the old pack, if it is there.
    pub old: Option<u32>,
    /// Its number in the new pack, if it is there.
    pub new: Option<u32>,
    /// What differs; empty if it was added or removed.
    pub what: Vec<Difference>,
}

/// What differs in a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// Its weight, before and after.
    Weight(f64, f64),
    /// What it speaks for.
    Leans(Leans, Leans),
    /// Where it belongs.
    Criterion(Criterion, Criterion),
    /// A list of what it looks for, by its key.
    Patterns {
        /// `phrases`, `acronyms`, `regex` or `unless`.
        key: &'static str,
        /// What is no longer there, as written.
        removed: Vec<String>,
        /// What is new.
        added: Vec<String>,
    },
    /// Where it may fire.
    Sections(SectionSet, SectionSet),
}

/// A number of the manifest that differs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberChange {
    /// Which.
    pub number: Number,
    /// In the old pack.
    pub before: f64,
    /// In the new one.
    pub after: f64,
}

impl Changes {
    /// What differs between two packs.
    pub fn of(old: &Pack, new: &Pack) -> Changes {
        let mut changes = Changes {
            numbers: numbers(old, new),
            reading: reading(old, new),
            idle: idle(old, new),
            ..Changes::default()
        };
        let mut seen = vec![false; old.rules.len()];
        for (number, rule) in (0..).zip(&new.rules) {
            let Some((before, was)) = old.rule(&rule.id) else {
                changes.rules.push(RuleChange::added(number, rule));
                continue;
            };
            seen[before] = true;
            let what = differences(was, rule);
            let (id, old, new) = (rule.id.clone(), Some(before as u32), Some(number));
            match what.is_empty() {
                false => changes.rules.push(RuleChange { id, old, new, what }),
                true => changes.idle_rules += usize::from(was != rule),
            }
        }
        let gone = (0..).zip(&old.rules).zip(seen).filter(|(_, seen)| !seen);
        changes.rules.extend(gone.map(|((number, rule), _)| RuleChange::removed(number, rule)));
        changes
    }

    /// Whether no verdict can differ.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.numbers.is_empty() && self.reading.is_empty()
    }
}

impl RuleChange {
    fn added(number: u32, rule: &Rule) -> RuleChange {
        RuleChange { id: rule.id.clone(), old: None, new: Some(number), what: Vec::new() }
    }

    fn removed(number: u32, rule: &Rule) -> RuleChange {
        RuleChange { id: rule.id.clone(), old: Some(number), new: None, what: Vec::new() }
    }
}

/// Whether two rules are found in the same places of any text, their order of phrases aside.
fn same_scan(a: &Rule, b: &Rule) -> bool {
    patterns(a, b).is_empty() && a.sections == b.sections
}

fn differences(old: &Rule, new: &Rule) -> Vec<Difference> {
    let mut all = Vec::new();
    if old.weight != new.weight {
        all.push(Difference::Weight(old.weight, new.weight));
    }
    if old.leans != new.leans {
        all.push(Difference::Leans(old.leans, new.leans));
    }
    if old.criterion != new.criterion {
        all.push(Difference::Criterion(old.criterion, new.criterion));
    }
    all.extend(patterns(old, new));
    if old.sections != new.sections {
        all.push(Difference::Sections(old.sections, new.sections));
    }
    all
}

fn patterns(old: &Rule, new: &Rule) -> Vec<Difference> {
    let text = |text: &String| text.clone();
    let phrase = |phrase: &Phrase| phrase.text.clone();
    let same_text = |a: &String, b: &String| a == b;
    let same_phrase = |a: &Phrase, b: &Phrase| a.parts == b.parts;
    [
        list("phrases", &old.phrases, &new.phrases, same_phrase, phrase),
        list("acronyms", &old.acronyms, &new.acronyms, same_text, text),
        list("regex", &old.regexes, &new.regexes, same_text, text),
        list("unless", &old.unless, &new.unless, same_phrase, phrase),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn list<T>(
    key: &'static str,
    old: &[T],
    new: &[T],
    same: impl Fn(&T, &T) -> bool,
    shown: impl Fn(&T) -> String,
) -> Option<Difference> {
    let without = |all: &[T], others: &[T]| -> Vec<String> {
        all.iter().filter(|one| !others.iter().any(|other| same(one, other))).map(&shown).collect()
    };
    let (removed, added) = (without(old, new), without(new, old));
    (!removed.is_empty() || !added.is_empty()).then_some(Difference::Patterns { key, removed, added })
}

fn numbers(old: &Pack, new: &Pack) -> Vec<NumberChange> {
    let change = |number: Number| {
        let (before, after) = (number.of(old), number.of(new));
        (before != after).then_some(NumberChange { number, before, after })
    };
    Number::all().filter_map(change).collect()
}

fn same_phrases(a: &[Phrase], b: &[Phrase]) -> bool {
    a.iter().map(|p| &p.parts).eq(b.iter().map(|p| &p.parts))
}

fn same_cues(a: &Cues, b: &Cues) -> bool {
    let lists = [(&a.before, &b.before), (&a.after, &b.after), (&a.pseudo, &b.pseudo)];
    a.window == b.window && lists.into_iter().all(|(a, b)| same_phrases(a, b))
}

fn reading(old: &Pack, new: &Pack) -> Vec<&'static str> {
    let (old, new) = (&old.text, &new.text);
    let of = |kind, text: &super::pack::TextRules| -> Vec<Phrase> {
        text.headings.iter().filter(|(k, _)| *k == kind).map(|(_, phrase)| phrase.clone()).collect()
    };
    let headings = |kind: &SectionKind| same_phrases(&of(*kind, old), &of(*kind, new));
    [
        ("text.transparent", old.transparent == new.transparent),
        ("text.joining", old.joining == new.joining),
        ("text.stop", same_phrases(&old.stop, &new.stop)),
        ("text.negation", same_cues(&old.negation, &new.negation)),
        ("text.hedge", same_cues(&old.hedge, &new.hedge)),
        ("text.sections", SectionKind::ALL.iter().all(headings)),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(name, _)| name)
    .collect()
}

fn idle(old: &Pack, new: &Pack) -> Vec<&'static str> {
    let told = |pack: &Pack| {
        pack.criteria
            .iter()
            .map(|c| [&c.title, &c.question, &c.source].map(String::clone))
            .collect::<Vec<_>>()
    };
    [
        ("pack.name", old.name == new.name),
        ("pack.version", old.version == new.version),
        ("pack.source", old.source == new.source),
        ("pack.language", old.language == new.language),
        ("poles", old.poles == new.poles),
        ("economics", old.economics == new.economics),
        ("the criteria's texts", told(old) == told(new)),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(name, _)| name)
    .collect()
}
