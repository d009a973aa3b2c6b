//! What became of a match: whether it counts, and if not, what silenced it.

use std::ops::Range;

use super::lexis::Reading;
use super::near::bytes;
use super::pattern::Place;
use super::{Probe, Way};
use crate::core::document::Section;
use crate::core::force::Force;
use crate::core::scan::{Hit, Hits, Scratch};
use crate::core::strength::{Counted, counted};

/// A match of a part of the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The part that matched.
    pub way: Way,
    /// Number of the task.
    pub task: u32,
    /// Bytes of the words that matched.
    pub span: Range<usize>,
    /// How firmly the text states it.
    pub force: Force,
    /// What bent its force, if anything did.
    pub bent: Option<Bent>,
    /// What became of it.
    pub fate: Fate,
}

/// What hedged or negated a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bent {
    /// The heading over its section.
    Heading,
    /// A cue, by its bytes.
    Cue(Range<usize>),
}

/// What became of a match.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It counts.
    Counts(Counted),
    /// Another match of the rule in the task counts more, and counts instead.
    Outdone(Counted),
    /// The text denies it.
    Negated,
    /// A task before says the same, word for word.
    Repeated,
    /// Its section has the weight 0.
    Weightless,
    /// The rule may not fire in its section.
    Barred,
    /// An `unless` of the rule matches in the task.
    Silenced {
        /// Number of the phrase among the rule's `unless`.
        unless: usize,
        /// Bytes of the words that it matches.
        span: Range<usize>,
    },
    /// An earlier match of the rule reads some of the same words.
    Overlapped(Range<usize>),
}

impl Fate {
    /// Whether the engine reports the match as a hit.
    pub fn is_hit(&self) -> bool {
        !matches!(self, Fate::Barred | Fate::Silenced { .. } | Fate::Overlapped(_))
    }
}

/// A match, before it is known what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub way: Way,
    pub place: Place,
    pub span: Range<usize>,
}

/// The task in which something matched.
pub(super) struct Task<'a> {
    pub number: u32,
    pub section: &'a Section,
    pub text: &'a str,
    pub span: Range<usize>,
    pub reading: &'a Reading,
}

impl Probe<'_> {
    /// What becomes of the matches in a task.
    pub(super) fn fates(
        &self,
        task: &Task<'_>,
        mut matches: Vec<Match>,
        hits: &Hits,
        scratch: &mut Scratch,
    ) -> Vec<Found> {
        matches.sort_by_key(|m| (m.place, m.span.start, m.span.end, m.way));
        let bends = self.bends(task, &matches, scratch);
        let silencer = self.silencer(task.reading);
        let barred = !self.engine.pack.rules[self.rule as usize].sections.contains(task.section.kind);
        let mut last: Option<Range<usize>> = None;
        let mut found = Vec::with_capacity(matches.len());
        for (m, (force, bent)) in matches.into_iter().zip(bends) {
            let fate = match (&silencer, &last) {
                _ if barred => Fate::Barred,
                (Some((unless, span)), _) => Fate::Silenced { unless: *unless, span: span.clone() },
                (None, Some(last)) if m.span.start < last.end => Fate::Overlapped(last.clone()),
                _ => {
                    last = Some(m.span.clone());
                    self.standing(task, &m, force, hits)
                }
            };
            found.push(Found { way: m.way, task: task.number, span: m.span, force, bent, fate });
        }
        outdo(&mut found);
        found
    }

    /// What becomes of a match that is a hit.
    fn standing(&self, task: &Task<'_>, m: &Match, force: Force, hits: &Hits) -> Fate {
        let hit = Hit {
            rule: self.rule,
            task: task.number,
            start: m.span.start as u32,
            end: m.span.end as u32,
            word: m.place.first as u32,
            force,
        };
        let counted = counted(&self.engine.pack, hits, &hit);
        match force {
            _ if counted.section <= 0.0 => Fate::Weightless,
            _ if hits.tasks[task.number as usize].repeat => Fate::Repeated,
            Force::Negated => Fate::Negated,
            Force::Plain | Force::Hedged => Fate::Counts(counted),
        }
    }

    /// The force of each match, and what bent it.
    fn bends(&self, task: &Task<'_>, matches: &[Match], scratch: &mut Scratch) -> Vec<(Force, Option<Bent>)> {
        let heading = task.section.force;
        self.engine.with_clauses(task.text, &task.span, scratch, |clauses| {
            let bend = |m: &Match| {
                let bends = clauses.bends(m.place.first as u32, m.place.last as u32);
                // Of cues that do the same, the first.
                let strongest = bends.reduce(|best, next| if next.0 > best.0 { next } else { best });
                match strongest {
                    Some((force, cue)) if force >= heading => {
                        let place = Place { first: cue.first as usize, last: cue.last as usize };
                        (force, Some(Bent::Cue(bytes(task.reading, place))))
                    }
                    _ if heading == Force::Plain => (Force::Plain, None),
                    _ => (heading, Some(Bent::Heading)),
                }
            };
            matches.iter().map(bend).collect()
        })
    }

    /// The first `unless` that matches in a task, and where.
    fn silencer(&self, reading: &Reading) -> Option<(usize, Range<usize>)> {
        self.unless.iter().enumerate().find_map(|(number, pattern)| {
            let places = pattern.places(reading);
            let place = pattern.matches(reading, &places).into_iter().next()?;
            Some((number, bytes(reading, place)))
        })
    }
}

/// Of the matches in a task that could count, only the one that counts most does.
fn outdo(found: &mut [Found]) {
    let whole = |found: &Found| match &found.fate {
        Fate::Counts(counted) => Some(counted.whole()),
        _ => None,
    };
    let most = found.iter().filter_map(whole).fold(0.0, f64::max);
    let mut taken = false;
    for found in found {
        if let Fate::Counts(counted) = found.fate {
            if taken || counted.whole() < most {
                found.fate = Fate::Outdone(counted);
            } else {
                taken = true;
            }
        }
    }
}
