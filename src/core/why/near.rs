//! The nearest that a task comes to a phrase: which elements are there, and what keeps them from matching.

use std::cmp::Reverse;
use std::ops::Range;

use super::lexis::Reading;
use super::pattern::{Pattern, Place, Places};
use crate::core::phrase::MAX_GAP;

/// Places of one element that are tried; a task that says one word more often says nothing else.
const TRIED: usize = 64;

/// The nearest that a document comes to a phrase that does not match in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Number of the phrase in its rule.
    pub phrase: usize,
    /// Number of the task.
    pub task: u32,
    /// By element of the phrase, the bytes of the words that match it.
    pub found: Vec<Option<Range<usize>>>,
    /// What keeps the phrase from matching, in its order; at least one.
    pub faults: Vec<Fault>,
}

impl Near {
    /// Elements that matched.
    pub fn matched(&self) -> usize {
        self.found.iter().flatten().count()
    }
}

/// What keeps a phrase from matching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No word for an element where one should be.
    Missing {
        /// Number of the element.
        element: usize,
        /// The words that stand where it should be, in bytes; transparent ones are left out.
        stood: Vec<Range<usize>>,
        /// What cuts that place short.
        edge: Edge,
        /// A word for it elsewhere in the task, in bytes.
        elsewhere: Option<Range<usize>>,
    },
    /// Two elements follow one another, but too far apart.
    Far {
        /// Numbers of the two elements.
        elements: [usize; 2],
        /// Words that lie between them, transparent ones aside.
        words: u32,
        /// Words that may.
        at_most: u32,
    },
    /// Two elements follow one another, but a mark parts them.
    Parted {
        /// Numbers of the two elements.
        elements: [usize; 2],
        /// Bytes between the two words that the mark parts.
        mark: Range<usize>,
    },
}

/// What cuts a place short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Nothing.
    Open,
    /// The task begins or ends there.
    Task,
    /// A mark that no phrase runs across, in the bytes between two words.
    Mark(Range<usize>),
}

/// How far an alignment is from a match; less is nearer.
pub(super) type Cost = (u32, Reverse<u32>, usize);

/// One step of an alignment.
#[derive(Clone, Copy)]
struct Step {
    cost: Cost,
    /// Slot and place of the step before.
    before: Option<(usize, usize)>,
}

/// The nearest alignment of a phrase with a task, and how far it is from a match; nothing if no word fits.
pub(super) fn nearest(
    pattern: &Pattern,
    reading: &Reading,
    places: &Places,
) -> Option<(Cost, Vec<(usize, Place)>)> {
    let mut steps: Vec<Vec<Step>> = Vec::with_capacity(places.len());
    let mut best: Option<(Cost, (usize, usize))> = None;
    for (slot, of_slot) in places.iter().enumerate() {
        let behind = pattern.needed(slot + 1, pattern.len());
        let tried = of_slot.iter().take(TRIED);
        let of: Vec<Step> =
            tried.map(|place| step(pattern, reading, places, &steps, (slot, *place))).collect();
        for (at, Step { cost: (faults, matched, spread), .. }) in of.iter().enumerate() {
            let whole = (faults + behind, *matched, *spread);
            if best.is_none_or(|(cost, _)| whole < cost) {
                best = Some((whole, (slot, at)));
            }
        }
        steps.push(of);
    }
    let (cost, last) = best?;
    let back = std::iter::successors(Some(last), |(slot, at)| steps[*slot][*at].before);
    let mut row: Vec<(usize, Place)> = back.map(|(slot, at)| (slot, places[slot][at])).collect();
    row.reverse();
    Some((cost, row))
}

/// The cheapest way to a place: from the start of the phrase, or from a place of an earlier element.
fn step(
    pattern: &Pattern,
    reading: &Reading,
    places: &Places,
    steps: &[Vec<Step>],
    to: (usize, Place),
) -> Step {
    let (slot, place) = to;
    let mut step = Step { cost: (pattern.needed(0, slot), Reverse(1), 0), before: None };
    for (before, known) in steps.iter().enumerate() {
        for (at, from) in known.iter().enumerate() {
            let last = places[before][at];
            if last.last >= place.first {
                break;
            }
            let (faults, matched, spread) = from.cost;
            let faults = faults + link(pattern, reading, (before, last), to);
            let cost = (faults, Reverse(matched.0 + 1), spread + place.first - last.last);
            if cost < step.cost {
                step = Step { cost, before: Some((before, at)) };
            }
        }
    }
    step
}

/// Faults between two elements that are found one behind the other: those missing in between, and one more if
/// they stand apart; far apart counts double, since then they have little to do with one another.
fn link(pattern: &Pattern, reading: &Reading, from: (usize, Place), to: (usize, Place)) -> u32 {
    let missing = pattern.needed(from.0 + 1, to.0);
    let gap = pattern.gap(from.0, to.0);
    let between = reading.between(from.1.last, to.1.first);
    let apart = if between > u32::from(MAX_GAP) + missing {
        2
    } else {
        let parted = gap == 0 && reading.parted(from.1.last, to.1.first).is_some();
        u32::from(parted || between > gap + missing)
    };
    missing + apart
}

/// The faults of an alignment.
pub(super) fn faults(
    pattern: &Pattern,
    reading: &Reading,
    places: &Places,
    row: &[(usize, Place)],
) -> Vec<Fault> {
    let sight = Sight { pattern, reading, places, row };
    let mut faults = Vec::new();
    let mut before: Option<(usize, Place)> = None;
    for (slot, place) in row {
        sight.missing(before, Some((*slot, *place)), &mut faults);
        if let Some((from, last)) = before {
            faults.extend(sight.apart((from, last), (*slot, *place)));
        }
        before = Some((*slot, *place));
    }
    sight.missing(before, None, &mut faults);
    faults
}

struct Sight<'a> {
    pattern: &'a Pattern,
    reading: &'a Reading,
    places: &'a Places,
    row: &'a [(usize, Place)],
}

impl Sight<'_> {
    /// The elements that are missing between two found ones, or before the first, or behind the last.
    fn missing(&self, left: Option<(usize, Place)>, right: Option<(usize, Place)>, faults: &mut Vec<Fault>) {
        let from = left.map_or(0, |(slot, _)| slot + 1);
        let to = right.map_or(self.pattern.len(), |(slot, _)| slot);
        for element in (from..to).filter(|slot| !self.pattern.is_optional(*slot)) {
            let (stood, edge) = self.window(left, right, element);
            let stood = stood.into_iter().filter(|word| !self.reading.is_transparent(*word));
            let stood = stood.map(|word| self.reading.span(word)).collect();
            let free =
                |place: &&Place| self.row.iter().all(|(_, p)| p.last < place.first || place.last < p.first);
            let elsewhere = self.places[element].iter().find(free).map(|place| bytes(self.reading, *place));
            faults.push(Fault::Missing { element, stood, edge, elsewhere });
        }
    }

    /// The words where an element should be, and what cuts them short.
    fn window(
        &self,
        left: Option<(usize, Place)>,
        right: Option<(usize, Place)>,
        element: usize,
    ) -> (Vec<usize>, Edge) {
        let all = self.reading.len();
        let (words, gap): (Box<dyn Iterator<Item = usize>>, u32) = match (left, right) {
            (Some((_, left)), Some((_, right))) => (Box::new(left.last + 1..right.first), u32::from(MAX_GAP)),
            (Some((slot, left)), None) => (Box::new(left.last + 1..all), self.pattern.gap(slot, element)),
            (None, Some((slot, right))) => {
                (Box::new((0..right.first).rev()), self.pattern.gap(element, slot))
            }
            (None, None) => return (Vec::new(), Edge::Task),
        };
        let mut window = Vec::new();
        let mut room = gap + 1;
        let outside = left.is_none() || right.is_none();
        let mut edge = if outside { Edge::Task } else { Edge::Open };
        for word in words {
            if room == 0 {
                edge = Edge::Open;
                break;
            }
            // Going back, the mark stands behind the word.
            let parted = if left.is_some() { word } else { word + 1 };
            if gap == 0
                && let Some(mark) = self.mark_before(parted)
            {
                edge = Edge::Mark(mark);
                break;
            }
            room -= u32::from(!self.reading.is_transparent(word));
            window.push(word);
        }
        if left.is_none() {
            window.reverse();
        }
        (window, if room == 0 { Edge::Open } else { edge })
    }

    /// The bytes between a word and the one before it, if a mark parts them.
    fn mark_before(&self, word: usize) -> Option<Range<usize>> {
        let before = word.checked_sub(1)?;
        self.reading.parted(before, word)?;
        Some(self.reading.span(before).end..self.reading.span(word).start)
    }

    /// What is wrong with how two found elements follow one another.
    fn apart(&self, (from, last): (usize, Place), (to, first): (usize, Place)) -> Option<Fault> {
        let elements = [from, to];
        let gap = self.pattern.gap(from, to);
        let missing = self.pattern.needed(from + 1, to);
        let words = self.reading.between(last.last, first.first);
        if words > gap + missing {
            return Some(Fault::Far { elements, words, at_most: gap + missing });
        }
        let at = self.reading.parted(last.last, first.first).filter(|_| gap == 0)?;
        Some(Fault::Parted { elements, mark: self.mark_before(at)? })
    }
}

/// The bytes of a place.
pub(super) fn bytes(reading: &Reading, place: Place) -> Range<usize> {
    reading.span(place.first).start..reading.span(place.last).end
}
