//! Whether one phrase matches wherever another one does, told by what they are made of.

use super::word_set::WordSet;
use crate::core::phrase::Phrase;
use crate::core::variants::{Step, variants};

/// A phrase spelt out: its sequences, each word position with all the words that may stand there.
#[derive(Debug)]
pub struct Spelt(Vec<Vec<Position>>);

#[derive(Debug)]
struct Position {
    /// Words to let pass before it, at most.
    gap: u8,
    words: WordSet,
}

impl Position {
    fn of(step: &Step) -> Position {
        Position { gap: step.gap, words: WordSet::of(&step.terms) }
    }
}

impl Spelt {
    /// Spells a phrase out.
    pub fn of(phrase: &Phrase) -> Spelt {
        Spelt(variants(phrase).iter().map(|steps| steps.iter().map(Position::of).collect()).collect())
    }

    /// Whether every run of words that `other` matches is one that this phrase matches, from its first word to its
    /// last. "No" may also mean that the parts don't show it.
    pub fn covers(&self, other: &Spelt) -> bool {
        other.0.iter().all(|narrow| self.0.iter().any(|wide| sequence_covers(wide, narrow)))
    }
}

/// Whether the positions of `wide` can be laid on those of `narrow`, end on end, with room in its gaps for what
/// lies between.
fn sequence_covers(wide: &[Position], narrow: &[Position]) -> bool {
    let (Some(first), Some(start)) = (wide.first(), narrow.first()) else { return false };
    first.words.covers(&start.words) && lies_on(&wide[1..], &narrow[1..])
}

/// As [`sequence_covers`], both sequences cut behind a pair of positions that lie on each other.
fn lies_on(wide: &[Position], narrow: &[Position]) -> bool {
    let Some((position, rest)) = wide.split_first() else { return narrow.is_empty() };
    let mut between = 0;
    for (i, candidate) in narrow.iter().enumerate() {
        between += usize::from(candidate.gap);
        if between > usize::from(position.gap) {
            return false;
        }
        if position.words.covers(&candidate.words) && lies_on(rest, &narrow[i + 1..]) {
            return true;
        }
        // The candidate itself is a word that the gap lets pass.
        between += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::phrase::parse;

    #[test]
    fn the_wider_phrase_is_known_by_its_parts() {
        let cases = [
            // wide, narrow, whether it covers
            ("data entry", "data entry", true),
            ("data entry", "data entries", true),
            ("data entry", "=data entry", true),
            ("=data entry", "data entry", false),
            ("draft|prepare report", "prepare report", true),
            ("prepare report", "draft|prepare report", false),
            ("answer ..6 call", "answer .. call", true),
            ("answer .. call", "answer ..6 call", false),
            ("answer .. call", "answer call", true),
            ("answer .. call", "answer inbound call", true),
            ("answer .. call", "answer many|all inbound .. call", false),
            ("answer ..5 call", "answer many|all inbound .. call", true),
            ("customer service? call", "customer call", true),
            ("customer call", "customer service? call", false),
            ("econom*", "economics", true),
            ("econom*", "economist*", true),
            ("economist*", "econom*", false),
            ("e-mail|letter", "letter", true),
            ("letter", "e-mail|letter", false),
            ("analyse account", "analyze account", true),
            ("=centre", "=center", true),
            ("paediatr*", "pediatric", true),
            // Inside, not the same words: the spans would differ.
            ("data entry", "enter data entry", false),
            ("data entry clerk", "data entry", false),
            // Two words of the narrow one may both serve.
            ("a ..2 b c", "a b b c", true),
        ];
        for (wide, narrow, covers) in cases {
            let [a, b] = [wide, narrow].map(|text| Spelt::of(&parse(text).expect("valid")));
            assert_eq!(a.covers(&b), covers, "{wide:?} and {narrow:?}");
        }
    }
}
