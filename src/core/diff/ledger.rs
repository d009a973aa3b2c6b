//! What the rules that changed did to a document's score: sums before and after that add up exactly.

use super::{Changes, Move, Quantity};
use crate::core::pack::Pack;
use crate::core::score::LogOdds;

/// A sum before and after, with the parts of the rules that changed; parts and rest add up exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// Of what: log-odds, or thousandths of a share.
    pub of: Quantity,
    /// What the packs add to every document.
    pub bias: [LogOdds; 2],
    /// The rules that changed and fired, in the order of the changes.
    pub rows: Vec<Row>,
    /// All other rules.
    pub rest: [LogOdds; 2],
    /// How many other rules there are.
    pub others: usize,
    /// The sums.
    pub sum: [LogOdds; 2],
}

/// A rule that changed, and what it adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its place in [`Changes::rules`].
    pub change: usize,
    /// What it adds, where it fires.
    pub parts: [Option<LogOdds>; 2],
}

impl Move {
    /// What the rules that changed did: the log-odds, or the shares if the document came into or went out of scope.
    pub fn ledgers(&self, packs: [&Pack; 2], changes: &Changes) -> Vec<Ledger> {
        let [before, after] = [0, 1].map(|side| self.judgments[side].verdict);
        let wanted: &[Quantity] = match Quantity::between(before, after) {
            Quantity::OutOfScope => &[Quantity::OutOfScope, Quantity::InScope, Quantity::LogOdds],
            _ => &[Quantity::LogOdds],
        };
        let all = wanted.iter().map(|of| self.ledger(*of, packs, changes));
        // Only the first must be there: the others where they say something.
        all.enumerate().filter(|(i, ledger)| *i == 0 || !ledger.rows.is_empty()).map(|(_, l)| l).collect()
    }

    fn ledger(&self, of: Quantity, packs: [&Pack; 2], changes: &Changes) -> Ledger {
        let zero = [LogOdds(0); 2];
        let bias = match of {
            Quantity::LogOdds => [0, 1].map(|side| self.judgments[side].bias),
            _ => zero,
        };
        let mut ledger = Ledger { of, bias, rows: Vec::new(), rest: zero, others: 0, sum: bias };
        let mut others: Vec<&str> = Vec::new();
        for (side, pack) in packs.into_iter().enumerate() {
            for fired in &self.judgments[side].fired {
                let rule = &pack.rules[fired.rule as usize];
                if !of.takes(rule.leans) || fired.contribution.0 == 0 {
                    continue;
                }
                ledger.sum[side] = ledger.sum[side] + fired.contribution;
                let change = changes.rules.iter().position(|c| [c.old, c.new][side] == Some(fired.rule));
                match change {
                    Some(change) => ledger.note(change, side, fired.contribution),
                    None => {
                        ledger.rest[side] = ledger.rest[side] + fired.contribution;
                        others.push(&rule.id);
                    }
                }
            }
        }
        others.sort_unstable();
        others.dedup();
        ledger.others = others.len();
        ledger.rows.sort_by_key(|row| row.change);
        ledger
    }
}

impl Ledger {
    fn note(&mut self, change: usize, side: usize, part: LogOdds) {
        let known = self.rows.iter().position(|row| row.change == change);
        let at = known.unwrap_or_else(|| {
            self.rows.push(Row { change, parts: [None; 2] });
            self.rows.len() - 1
        });
        self.rows[at].parts[side] = Some(part);
    }
}
