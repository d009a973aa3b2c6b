//! Sets of symbols that may have false members: most words go on with no phrase, and are turned away here
//! without a look at the edges.

use super::Token;
use crate::core::phrase::MAX_GAP;
use crate::core::vocabulary::Symbol;
use crate::core::words::Break;

/// A set of symbols; it may seem to hold more than were added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter(u128);

impl Filter {
    /// The set of one symbol; symbol 0 stands for nothing and is in no set.
    pub fn of(symbol: Symbol) -> Filter {
        Filter(u128::from(symbol != 0) << (symbol.wrapping_mul(0x9E37_79B9) >> 25))
    }

    /// Adds the members of another set.
    pub fn add(&mut self, other: Filter) {
        self.0 |= other.0;
    }

    /// Whether the symbol may be in the set.
    pub fn may_hold(self, symbol: Symbol) -> bool {
        self.meets(Filter::of(symbol))
    }

    /// Whether the sets may have a member in common.
    pub fn meets(self, other: Filter) -> bool {
        self.0 & other.0 != 0
    }
}

/// The widest gap that a pattern can have: two gaps with an optional word between them.
const WIDEST: usize = 2 * MAX_GAP as usize;

/// The symbols that can be reached behind a word, by the width of the gap.
pub struct Windows([Filter; WIDEST + 1]);

impl Windows {
    /// What `behind` holds for gaps up to `reach`.
    pub fn over(behind: &[Token], reach: u8) -> Windows {
        let reach = usize::from(reach).min(WIDEST);
        let mut windows = [Filter::default(); WIDEST + 1];
        let mut seen = Filter::default();
        let mut passed = 0;
        let mut side_by_side = true;
        for token in behind {
            // Without a gap, the words must stand side by side.
            side_by_side &= token.before == Break::None;
            if passed == 0 && side_by_side {
                windows[0].add(Filter::of(token.symbol));
            }
            seen.add(Filter::of(token.symbol));
            if !token.transparent {
                if passed > 0 {
                    windows[passed] = seen;
                }
                passed += 1;
                if passed > reach {
                    return Windows(windows);
                }
            }
        }
        windows[passed.max(1)..=reach.max(1)].fill(seen);
        Windows(windows)
    }

    /// The symbols that a gap of this width lets reach, those of narrower gaps among them.
    pub fn of(&self, gap: u8) -> Filter {
        self.0[usize::from(gap).min(WIDEST)]
    }
}
