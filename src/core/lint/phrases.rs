//! Phrases that another phrase of the same rule makes needless.

use super::inclusion::Spelt;
use super::{At, Finding};
use crate::core::diagnostic::Code;
use crate::core::pack::Rule;

/// The phrases of a rule that can go without a change of any hit, each with the one that stays in its place.
pub fn subsumed(rule: &Rule) -> Vec<(usize, usize)> {
    let spelt: Vec<Spelt> = rule.phrases.iter().map(Spelt::of).collect();
    let covers = |wide: usize, narrow: usize| {
        // Of two that say the same, the first stays.
        wide != narrow
            && spelt[wide].covers(&spelt[narrow])
            && (wide < narrow || !spelt[narrow].covers(&spelt[wide]))
    };
    let all = 0..rule.phrases.len();
    let pairs: Vec<(usize, usize)> = all
        .clone()
        .filter_map(|narrow| Some((narrow, all.clone().find(|wide| covers(*wide, narrow))?)))
        .collect();
    // The one that is named should stay itself.
    let stays = |mut wide: usize| {
        while let Some((_, wider)) = pairs.iter().find(|(narrow, _)| *narrow == wide) {
            wide = *wider;
        }
        wide
    };
    pairs.iter().map(|(narrow, wide)| (*narrow, stays(*wide))).collect()
}

/// Notes them; those that say word for word the same have a code of their own, noted when the pack is read.
pub fn needless(number: u32, rule: &Rule, out: &mut Vec<Finding>) {
    for (narrow, wide) in subsumed(rule) {
        let [a, b] = [narrow, wide].map(|i| &rule.phrases[i]);
        if a.parts == b.parts {
            continue;
        }
        let message = format!("`{}` finds nothing that `{}` does not", a.text, b.text);
        out.push(
            Finding::new(
                Code::SubsumedPhrase,
                At::Phrase(number, narrow),
                message,
                "needless",
                "remove it; `outsort rules check --fix --rules DIR` does",
            )
            .related(At::Phrase(number, wide), "matches wherever it does"),
        );
    }
}
