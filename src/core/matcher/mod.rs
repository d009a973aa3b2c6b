//! Patterns over symbols, matched all at once: a trie whose edges are symbols, in flat tables.
//!
//! A match is reported for every start and every pattern, with its earliest end. Words of a phrase stand
//! side by side, but for transparent words; brackets, commas and the ends of clauses part them. A gap
//! lets words and commas pass. Nothing is matched across the ends of the slice that is given.
//!
//! Nearly every word begins some phrase, and few go on with one. So all that a word may begin lies side by
//! side in memory, each with a filter of what may follow; only what passes it costs a look at the edges.

mod build;
mod edges;
mod filter;

pub use build::{MatcherBuilder, SetStep};

use edges::Edges;
use filter::{Filter, Windows};

use super::vocabulary::Symbol;
use super::words::Break;

/// Number of a pattern, as given to [`MatcherBuilder::add`].
pub type PatternId = u32;

/// One word of a task, as the matcher sees it.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Byte offset of its first byte.
    pub start: u32,
    /// Byte offset behind its last byte.
    pub end: u32,
    /// What it means to the pack.
    pub symbol: Symbol,
    /// What parts it from the word before.
    pub before: Break,
    /// Whether it may stand between the words of a phrase.
    pub transparent: bool,
}

/// A pattern found: token indices of its first and last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The pattern.
    pub pattern: PatternId,
    /// Its first word.
    pub first: u32,
    /// Its last word.
    pub last: u32,
}

/// The compiled trie.
#[derive(Debug, Default)]
pub struct Matcher {
    /// What each symbol begins, by symbol.
    heads: Vec<Node>,
    /// What stands behind the edges.
    nodes: Vec<Node>,
    accepts: Vec<PatternId>,
    nexts: Vec<Next>,
    edges: Edges,
}

/// The patterns that end with a word, and what may follow in those that go on.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// Range of `Matcher::accepts`.
    accepts: (u32, u32),
    /// Range of `Matcher::nexts`.
    nexts: (u32, u32),
    /// Symbols that may follow in any of them.
    follows: Filter,
    /// The widest gap among them.
    reach: u8,
}

/// One way to go on: after a gap, with one of some symbols.
#[derive(Clone, Copy, Debug)]
struct Next {
    /// The symbols.
    follows: Filter,
    /// Where their edges begin.
    source: u32,
    /// Words to let pass, at most.
    gap: u8,
}

impl Matcher {
    /// Every pattern in `tokens`, appended to `found`; sorted, one for each pattern and start.
    pub fn find(&self, tokens: &[Token], found: &mut Vec<Match>) {
        let before = found.len();
        self.for_each(tokens, |new| found.push(new));
        let new = &mut found[before..];
        new.sort_unstable();
        let mut kept = before;
        for i in before..found.len() {
            let twin = kept > before
                && found[kept - 1].pattern == found[i].pattern
                && found[kept - 1].first == found[i].first;
            if !twin {
                found[kept] = found[i];
                kept += 1;
            }
        }
        found.truncate(kept);
    }

    /// Calls `each` for every pattern and every way in which `tokens` hold it, by start.
    pub fn for_each(&self, tokens: &[Token], mut each: impl FnMut(Match)) {
        for (first, token) in tokens.iter().enumerate() {
            if let Some(head) = self.heads.get(token.symbol as usize) {
                self.visit(head, first, first, tokens, &mut each);
            }
        }
    }

    /// Bytes that the tables take.
    pub fn bytes(&self) -> usize {
        size_of_val(self.heads.as_slice())
            + size_of_val(self.nodes.as_slice())
            + size_of_val(self.accepts.as_slice())
            + size_of_val(self.nexts.as_slice())
            + self.edges.bytes()
    }

    fn visit(&self, node: &Node, first: usize, last: usize, tokens: &[Token], each: &mut impl FnMut(Match)) {
        for pattern in &self.accepts[node.accepts.0 as usize..node.accepts.1 as usize] {
            each(Match { pattern: *pattern, first: first as u32, last: last as u32 });
        }
        if node.nexts.0 == node.nexts.1 {
            return;
        }
        let behind = &tokens[last + 1..];
        let windows = Windows::over(behind, node.reach);
        if !windows.of(node.reach).meets(node.follows) {
            return;
        }
        for next in &self.nexts[node.nexts.0 as usize..node.nexts.1 as usize] {
            if windows.of(next.gap).meets(next.follows) {
                self.go_on(next, first, last, tokens, each);
            }
        }
    }

    /// Visits what stands behind the words that may follow.
    fn go_on(&self, next: &Next, first: usize, last: usize, tokens: &[Token], each: &mut impl FnMut(Match)) {
        let mut passed = 0;
        for (at, token) in tokens.iter().enumerate().skip(last + 1) {
            if next.gap == 0 && token.before != Break::None {
                return;
            }
            if next.follows.may_hold(token.symbol)
                && let Some(node) = self.edges.get(next.source, token.symbol)
            {
                self.visit(&self.nodes[node as usize], first, at, tokens, each);
            }
            passed += u8::from(!token.transparent);
            if passed > next.gap {
                return;
            }
        }
    }
}
