//! Negation and hedging: cue phrases bend the force of hits near them, inside the clause only.
//!
//! After NegEx: cues that act forwards ("no", "without"), cues that act backwards ("is not required"),
//! pseudo-cues that look like one ("not only"), and words that end a clause ("but").

use super::matcher::Token;
use super::vocabulary::SymbolTable;
use super::words::Break;

/// How firmly a text states what a hit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Force {
    /// Stated.
    Plain,
    /// Wished for: "an MBA is a plus".
    Hedged,
    /// Denied: "no degree required".
    Negated,
}

impl Force {
    /// The word that records use.
    pub fn name(self) -> &'static str {
        match self {
            Force::Plain => "plain",
            Force::Hedged => "hedged",
            Force::Negated => "negated",
        }
    }
}

/// What a cue does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueKind {
    /// Denies what follows.
    NegateBefore,
    /// Denies what precedes.
    NegateAfter,
    /// Cancels a negation that it overlaps.
    NegatePseudo,
    /// Weakens what follows.
    HedgeBefore,
    /// Weakens what precedes.
    HedgeAfter,
    /// Cancels a hedge that it overlaps.
    HedgePseudo,
    /// Ends the clause.
    Stop,
}

/// Words between a cue and what it acts on, at most.
#[derive(Clone, Copy, Debug)]
pub struct CueReach {
    /// For negation.
    pub negation: u32,
    /// For hedging.
    pub hedge: u32,
}

/// A cue found in a task: token indices of its first and last word.
#[derive(Clone, Copy, Debug)]
pub struct Cue {
    /// What it does.
    pub kind: CueKind,
    /// Its first word.
    pub first: u32,
    /// Its last word.
    pub last: u32,
}

/// Items of a list follow a comma at this distance, in words, before an "or".
const LIST_ITEM: usize = 4;

/// Drops cues that a pseudo-cue overlaps.
pub fn settle(cues: &mut Vec<Cue>) {
    let overlapped = |cue: &Cue, pseudo: CueKind, all: &[Cue]| {
        all.iter().any(|other| other.kind == pseudo && other.first <= cue.last && cue.first <= other.last)
    };
    let all = cues.clone();
    cues.retain(|cue| match cue.kind {
        CueKind::NegateBefore | CueKind::NegateAfter => !overlapped(cue, CueKind::NegatePseudo, &all),
        CueKind::HedgeBefore | CueKind::HedgeAfter => !overlapped(cue, CueKind::HedgePseudo, &all),
        _ => true,
    });
}

/// The cues of one task and what they need to know of it.
pub struct Clauses<'a> {
    /// The words of the task.
    pub tokens: &'a [Token],
    /// Its cues, settled.
    pub cues: &'a [Cue],
    /// Symbols that join the items of a list.
    pub joining: &'a SymbolTable,
    /// How far cues reach.
    pub reach: CueReach,
}

impl Clauses<'_> {
    /// The force of a hit on the words `first..=last`.
    pub fn force(&self, first: u32, last: u32) -> Force {
        self.bends(first, last).map(|(force, _)| force).max().unwrap_or(Force::Plain)
    }

    /// The cues that reach a hit on the words `first..=last`, and what each makes of it.
    pub fn bends(&self, first: u32, last: u32) -> impl Iterator<Item = (Force, &Cue)> {
        self.cues.iter().filter_map(move |cue| {
            let (bent, from, to, reach) = match cue.kind {
                CueKind::NegateBefore => (Force::Negated, cue.last, first, self.reach.negation),
                CueKind::NegateAfter => (Force::Negated, last, cue.first, self.reach.negation),
                CueKind::HedgeBefore => (Force::Hedged, cue.last, first, self.reach.hedge),
                CueKind::HedgeAfter => (Force::Hedged, last, cue.first, self.reach.hedge),
                _ => return None,
            };
            (from < to && to - from - 1 <= reach && !self.parted(from, to)).then_some((bent, cue))
        })
    }

    /// Whether a clause ends between two words.
    fn parted(&self, from: u32, to: u32) -> bool {
        let stops = |cue: &Cue| cue.kind == CueKind::Stop && from < cue.first && cue.first <= to;
        if self.cues.iter().any(stops) {
            return true;
        }
        (from as usize + 1..=to as usize).any(|at| match self.tokens[at].before {
            Break::Clause => true,
            Break::Comma => !self.list_goes_on(at),
            _ => false,
        })
    }

    /// Whether the comma before the word `at` parts items of a list: an "or" follows soon.
    fn list_goes_on(&self, at: usize) -> bool {
        let joins = |token: &Token| self.joining.holds(token.symbol);
        self.tokens[at..].iter().take(LIST_ITEM).any(joins)
    }
}
