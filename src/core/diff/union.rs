//! Two packs scanned at once: what one rule finds does not depend on the others, so rules that both packs read
//! alike are looked for once.

use super::same_scan;
use crate::core::pack::Pack;
use crate::core::scan::{Hit, Hits};

/// The rules of two packs that read text alike.
#[derive(Clone, Debug)]
pub struct Union {
    /// All rules that either pack looks for; its weights mean nothing.
    pub pack: Pack,
    /// By rule of the union: its number in the old pack and in the new.
    sides: Vec<[Option<u32>; 2]>,
}

impl Union {
    /// The union of two packs.
    ///
    /// Sound only if [`Changes::reading`](super::Changes::reading) is empty: cues and headings act on every rule.
    pub fn of(old: &Pack, new: &Pack) -> Union {
        let mut pack = old.clone();
        let mut sides: Vec<[Option<u32>; 2]> = (0..).map(|n| [Some(n), None]).take(old.rules.len()).collect();
        for (number, rule) in (0..).zip(&new.rules) {
            match old.rule(&rule.id).filter(|(_, was)| same_scan(was, rule)) {
                Some((known, _)) => sides[known][1] = Some(number),
                None => {
                    sides.push([None, Some(number)]);
                    pack.rules.push(rule.clone());
                }
            }
        }
        Union { pack, sides }
    }

    /// What each of the two packs would have found.
    pub fn split(&self, hits: &Hits) -> [Hits; 2] {
        [0, 1].map(|side| {
            let own = |hit: &Hit| Some(Hit { rule: self.sides[hit.rule as usize][side]?, ..*hit });
            let mut own: Vec<Hit> = hits.hits.iter().filter_map(own).collect();
            own.sort_by_key(|hit| (hit.task, hit.rule, hit.start));
            Hits { hits: own, tasks: hits.tasks.clone() }
        })
    }
}
