//! The single words that silence rules.

use super::matcher::Token;
use super::vocabulary::{SetId, SetSymbols, Symbol};

/// By rule, the symbols of which one in the same task silences it: rows of bits.
#[derive(Debug, Default)]
pub struct Silencers {
    /// By rule, the number of its row from 1 on; 0: it has none.
    rows: Vec<u32>,
    bits: Vec<u64>,
    /// Numbers in a row.
    width: usize,
}

impl Silencers {
    /// `silencers` are rules and sets of words that silence them.
    pub fn new(rules: usize, silencers: &[(u32, SetId)], symbols: &SetSymbols) -> Silencers {
        let all = silencers.iter().flat_map(|(_, set)| symbols.of(*set));
        let width = all.max().map_or(0, |symbol| *symbol as usize / 64 + 1);
        let mut table = Silencers { rows: vec![0; rules], bits: Vec::new(), width };
        for (rule, set) in silencers {
            let row = &mut table.rows[*rule as usize];
            if *row == 0 {
                table.bits.resize(table.bits.len() + width, 0);
                *row = (table.bits.len() / width.max(1)) as u32;
            }
            let from = (*row as usize - 1) * width;
            for symbol in symbols.of(*set) {
                table.bits[from + *symbol as usize / 64] |= 1 << (symbol % 64);
            }
        }
        table
    }

    /// Whether a word of the task silences the rule.
    pub fn silence(&self, rule: u32, tokens: &[Token]) -> bool {
        let Some(row) = (self.rows[rule as usize] as usize).checked_sub(1) else { return false };
        let bits = &self.bits[row * self.width..(row + 1) * self.width];
        let silences = |symbol: Symbol| {
            bits.get(symbol as usize / 64).is_some_and(|some| some >> (symbol % 64) & 1 == 1)
        };
        tokens.iter().any(|token| silences(token.symbol))
    }
}
