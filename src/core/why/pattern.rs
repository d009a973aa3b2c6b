//! A phrase as a row of slots, and the places in a task that fill it.

use super::lexis::{Lexis, Reading, TermId};
use crate::core::phrase::{MAX_GAP, Part, Phrase};

/// One element of a phrase.
#[derive(Debug)]
struct Slot {
    /// Words that may be passed between the element before and this one.
    gap: u32,
    optional: bool,
    alternatives: Vec<Vec<TermId>>,
}

/// A phrase, made ready for a reading.
#[derive(Debug)]
pub(super) struct Pattern {
    slots: Vec<Slot>,
}

/// Numbers of the first and last word that fill a slot or match a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub first: usize,
    pub last: usize,
}

/// By slot, the places that fill it, in the order of the text.
pub(super) type Places = Vec<Vec<Place>>;

impl Pattern {
    pub fn new(phrase: &Phrase, lexis: &mut Lexis) -> Pattern {
        let mut slots: Vec<Slot> = Vec::new();
        let mut gap = 0;
        for part in &phrase.parts {
            match part {
                Part::Gap(words) => gap += u32::from(*words),
                Part::Element(element) => {
                    let terms = |terms: &Vec<_>| terms.iter().map(|term| lexis.term(term)).collect();
                    let alternatives = element.alternatives.iter().map(terms).collect();
                    slots.push(Slot { gap, optional: element.optional, alternatives });
                    gap = 0;
                }
            }
        }
        Pattern { slots }
    }

    /// How many elements it has.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// How many of the elements in `from..to` must be there.
    pub fn needed(&self, from: usize, to: usize) -> u32 {
        self.slots[from.min(to)..to].iter().map(|slot| u32::from(!slot.optional)).sum()
    }

    /// Whether an element may be missing.
    pub fn is_optional(&self, slot: usize) -> bool {
        self.slots[slot].optional
    }

    /// Words that may be passed between two elements, those between them being left out.
    pub fn gap(&self, from: usize, to: usize) -> u32 {
        let sum: u32 = self.slots[from + 1..=to].iter().map(|slot| slot.gap).sum();
        sum.min(2 * u32::from(MAX_GAP))
    }

    /// Where each element stands in a task.
    pub fn places(&self, reading: &Reading) -> Places {
        let mut ends = Vec::new();
        let of_slot = |slot: &Slot| {
            let mut places = Vec::new();
            for first in 0..reading.len() {
                ends.clear();
                for terms in &slot.alternatives {
                    fill(terms, reading, first, &mut ends);
                }
                ends.sort_unstable();
                ends.dedup();
                places.extend(ends.iter().map(|last| Place { first, last: *last }));
            }
            places
        };
        self.slots.iter().map(of_slot).collect()
    }

    /// Every match: for each start, the earliest end.
    pub fn matches(&self, reading: &Reading, places: &Places) -> Vec<Place> {
        let lacks = |(slot, places): (&Slot, &Vec<Place>)| !slot.optional && places.is_empty();
        if self.slots.iter().zip(places).any(lacks) {
            return Vec::new();
        }
        let ends = self.ends(reading, places);
        let beginning = (0..self.len()).take_while(|slot| self.needed(0, *slot) == 0);
        let mut matches: Vec<Place> = beginning
            .flat_map(|slot| places[slot].iter().zip(&ends[slot]))
            .filter_map(|(place, end)| Some(Place { first: place.first, last: (*end)? }))
            .collect();
        matches.sort_unstable();
        matches.dedup_by_key(|place| place.first);
        matches
    }

    /// By slot and place, the earliest word that the rest of the phrase may end with.
    fn ends(&self, reading: &Reading, places: &Places) -> Vec<Vec<Option<usize>>> {
        let mut ends: Vec<Vec<Option<usize>>> = places.iter().map(|of| vec![None; of.len()]).collect();
        for slot in (0..self.len()).rev() {
            let done = self.needed(slot + 1, self.len()) == 0;
            for (at, place) in places[slot].iter().enumerate() {
                let own = done.then_some(place.last);
                let behind = self.nexts(slot).filter_map(|next| {
                    let following = following(reading, &places[next], place.last, self.gap(slot, next));
                    following.filter_map(|i| ends[next][i]).min()
                });
                let earliest = behind.chain(own).min();
                ends[slot][at] = earliest;
            }
        }
        ends
    }

    /// How many elements, from the first on, a task gets past; all of them: it matches.
    pub fn depth(&self, reading: &Reading, places: &Places) -> usize {
        let mut reached: Vec<Vec<bool>> = places.iter().map(|of| vec![false; of.len()]).collect();
        let mut deepest = 0;
        for slot in 0..self.len() {
            let begins = self.needed(0, slot) == 0;
            for (at, place) in places[slot].iter().enumerate() {
                if !begins && !reached[slot][at] {
                    continue;
                }
                deepest = slot + 1;
                for next in self.nexts(slot) {
                    let gap = self.gap(slot, next);
                    following(reading, &places[next], place.last, gap).for_each(|i| reached[next][i] = true);
                }
            }
        }
        let skipped = self.slots[deepest..].iter().take_while(|slot| slot.optional).count();
        deepest + skipped
    }

    /// The elements that may follow an element, those between being left out.
    fn nexts(&self, slot: usize) -> impl Iterator<Item = usize> {
        (slot + 1..self.len()).take_while(move |next| self.needed(slot + 1, *next) == 0)
    }
}

/// The places that a phrase may go on with behind word `last`, by their index.
fn following<'p>(
    reading: &'p Reading,
    places: &'p [Place],
    last: usize,
    gap: u32,
) -> impl Iterator<Item = usize> + 'p {
    let from = places.partition_point(|place| place.first <= last);
    (from..places.len()).take_while(move |i| reading.joins(last, places[*i].first, gap))
}

/// Adds the words that terms side by side, from word `at` on, may end with.
fn fill(terms: &[TermId], reading: &Reading, at: usize, ends: &mut Vec<usize>) {
    let Some((term, rest)) = terms.split_first() else { return };
    if !reading.fits(at, *term) {
        return;
    }
    if rest.is_empty() {
        ends.push(at);
        return;
    }
    for next in at + 1..reading.len() {
        if !reading.joins(at, next, 0) {
            break;
        }
        fill(rest, reading, next, ends);
    }
}
