//! A rule held against a text of its own: does it fire, and if not, what keeps it silent?

use super::compile::{Engine, Owner};
use super::document::Document;
use super::force::Force;
use super::pack::SectionKind;
use super::phrase::{Part, Phrase, Term};
use super::scan::Scratch;

/// What a rule does on a text that is read as one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It fires, plain or hedged.
    Fires,
    /// It matches, but the text denies it.
    Negated,
    /// It matches, but its `unless` matches too.
    Silenced,
    /// It does not match.
    Silent,
}

impl Outcome {
    /// The outcome in words, for messages.
    pub fn describe(self) -> &'static str {
        match self {
            Outcome::Fires => "the rule fires",
            Outcome::Negated => "the rule matches, but the text negates it",
            Outcome::Silenced => "the rule matches, but its `unless` silences it",
            Outcome::Silent => "nothing in the text matches the rule",
        }
    }
}

impl Engine {
    /// What rule number `rule` does on `text`, read as one task of a section where the rule may fire.
    pub fn outcome(&self, rule: u32, text: &str, scratch: &mut Scratch) -> Outcome {
        let sections = self.pack.rules[rule as usize].sections;
        let mut document = Document::of_task(text);
        let preferred = [SectionKind::Responsibilities].into_iter().chain(SectionKind::ALL);
        document.sections[0].kind =
            preferred.into_iter().find(|kind| sections.contains(*kind)).unwrap_or(SectionKind::Other);
        let hits = self.scan(&document, scratch);
        let mut own = hits.hits.iter().filter(|hit| hit.rule == rule).peekable();
        if own.peek().is_some() {
            let stands = own.any(|hit| hit.force != Force::Negated);
            return if stands { Outcome::Fires } else { Outcome::Negated };
        }
        if self.silences(rule, scratch) { Outcome::Silenced } else { Outcome::Silent }
    }

    /// Whether the last scanned task holds both a phrase of the rule and its `unless`.
    fn silences(&self, rule: u32, scratch: &Scratch) -> bool {
        let owned = |owner| scratch.matches().iter().any(|m| self.owners[m.pattern as usize] == owner);
        let silenced = owned(Owner::Unless(rule)) || self.silencers.silence(rule, scratch.tokens());
        owned(Owner::Rule(rule)) && silenced
    }
}

/// A text that a phrase matches: the first alternative of every position, no gap filled.
pub fn sample(phrase: &Phrase) -> String {
    let word = |term: &Term| match term {
        Term::Inflected(word) | Term::Exact(word) | Term::Prefix(word) => word.clone(),
    };
    let words = phrase.parts.iter().filter_map(|part| match part {
        Part::Element(element) => element.alternatives.first(),
        Part::Gap(_) => None,
    });
    words.flatten().map(word).collect::<Vec<_>>().join(" ")
}
