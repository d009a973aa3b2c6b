//! What is hardly meant in a pack that has no errors: told by the rules alone, or by a corpus.

mod corpus;
mod examples;
mod inclusion;
mod pairs;
mod phrases;
mod word_set;

pub use corpus::{Exploded, Sightings, of_corpus};
pub use phrases::subsumed;

use super::diagnostic::{Code, Diagnostic, Place};
use super::pack::{Pack, Rule};

/// A part of a rule that a finding is about; rules by their number in the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// The rule as a whole.
    Rule(u32),
    /// One of its phrases.
    Phrase(u32, usize),
    /// A text on which it must fire.
    Fires(u32, usize),
    /// A text on which it must not.
    Silent(u32, usize),
}

/// Something that is hardly meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its kind.
    pub code: Code,
    /// What it is about.
    pub at: At,
    /// What is wrong, in a line.
    pub message: String,
    /// What to read at the place.
    pub label: String,
    /// Other places that matter, each with what to read there.
    pub related: Vec<(At, String)>,
    /// What to do.
    pub help: String,
}

impl Finding {
    fn new(code: Code, at: At, message: String, label: impl Into<String>, help: &str) -> Finding {
        Finding { code, at, message, label: label.into(), related: Vec::new(), help: help.into() }
    }

    fn related(mut self, at: At, label: impl Into<String>) -> Finding {
        self.related.push((at, label.into()));
        self
    }

    /// The finding at its place in the pack's files, as `place` knows them.
    pub fn diagnostic(self, place: impl Fn(At) -> Option<Place>) -> Diagnostic {
        let related = self.related.into_iter().filter_map(|(at, label)| Some((place(at)?, label)));
        Diagnostic {
            code: self.code,
            message: self.message,
            place: place(self.at),
            label: self.label,
            related: related.collect(),
            help: self.help,
        }
    }
}

/// What the rules alone tell: phrases that another one makes needless, examples that test nothing.
pub fn of_pack(pack: &Pack) -> Vec<Finding> {
    let mut all = Vec::new();
    for (number, rule) in numbered(pack) {
        phrases::needless(number, rule, &mut all);
        examples::idle(number, rule, &mut all);
        examples::repeated(number, rule, &mut all);
    }
    all
}

fn numbered(pack: &Pack) -> impl Iterator<Item = (u32, &Rule)> {
    (0..).zip(&pack.rules)
}
