//! Patterns over symbols, matched all at once: a trie whose edges are symbols, in flat tables.
//!
//! A match is reported for every start and every pattern, with its earliest end. Words of a phrase stand
//! side by side, but for transparent words; brackets, commas and the ends of clauses part them. A gap
//! lets words and commas pass. Nothing is matched across the ends of the slice that is given.

use std::collections::HashMap;

use super::vocabulary::{SetId, SetSymbols, Symbol, SymbolTable};
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

/// A pattern's position: words to let pass before it, and what may stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SetStep {
    /// Words that may come in between, at most.
    pub gap: u8,
    /// The set of terms.
    pub set: SetId,
}

/// Collects patterns.
#[derive(Default)]
pub struct MatcherBuilder {
    nodes: Vec<BuildNode>,
    /// Where a step leads from a node.
    children: HashMap<(u32, SetStep), u32>,
}

#[derive(Default)]
struct BuildNode {
    children: Vec<(SetStep, u32)>,
    accepts: Vec<PatternId>,
}

/// The compiled trie.
#[derive(Debug, Default)]
pub struct Matcher {
    nodes: Vec<Node>,
    /// Gaps of all nodes.
    gaps: Vec<Gap>,
    accepts: Vec<PatternId>,
    /// Open-addressing table from (node, symbol) to a range of `targets`; key 0 is free.
    edges: Vec<Edge>,
    mask: usize,
    targets: Vec<u32>,
    /// Symbols that can begin a pattern.
    begins: SymbolTable,
    /// Symbols that may stand between the words of a phrase.
    transparent: SymbolTable,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    accepts: (u32, u32),
    gaps: (u32, u32),
    /// Symbols that may follow at once.
    follows: Filter,
}

/// What may follow a node after some words.
#[derive(Clone, Copy, Debug)]
struct Gap {
    /// Words to let pass, at most.
    words: u8,
    /// The node that holds the edges behind the gap.
    behind: u32,
    /// Symbols that may follow.
    follows: Filter,
}

/// A set of symbols that may have false members: most words of a text follow no phrase, and are turned
/// away here without a look at the edges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Filter(u64);

impl Filter {
    fn bit(symbol: Symbol) -> u64 {
        1 << (symbol.wrapping_mul(0x9E37_79B9) >> 26)
    }

    fn add(&mut self, symbols: &[Symbol]) {
        self.0 = symbols.iter().fold(self.0, |set, symbol| set | Filter::bit(*symbol));
    }

    fn may_hold(self, symbol: Symbol) -> bool {
        self.0 & Filter::bit(symbol) != 0
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    key: u64,
    from: u32,
    to: u32,
}

impl MatcherBuilder {
    /// Adds one sequence of a pattern; the first step's gap is ignored.
    pub fn add(&mut self, pattern: PatternId, steps: &[SetStep]) {
        if self.nodes.is_empty() {
            self.nodes.push(BuildNode::default());
        }
        let mut node = 0;
        for step in steps {
            let next = self.nodes.len() as u32;
            let child = *self.children.entry((node as u32, *step)).or_insert(next);
            if child == next {
                self.nodes.push(BuildNode::default());
                self.nodes[node].children.push((*step, child));
            }
            node = child as usize;
        }
        if !self.nodes[node].accepts.contains(&pattern) {
            self.nodes[node].accepts.push(pattern);
        }
    }

    /// Lays the trie out in flat tables. `transparent` is the set of transparent words.
    pub fn build(mut self, symbols: &SetSymbols, transparent: SetId) -> Matcher {
        if self.nodes.is_empty() {
            self.nodes.push(BuildNode::default());
        }
        let mut matcher = Matcher::default();
        let mut edges: Vec<(u64, u32)> = Vec::new();
        let mut next_gap_node = self.nodes.len() as u32;
        for (number, node) in self.nodes.iter().enumerate() {
            let accepts_from = matcher.accepts.len() as u32;
            matcher.accepts.extend(&node.accepts);
            let gaps_from = matcher.gaps.len();
            let mut follows = Filter::default();
            for (step, child) in &node.children {
                let symbols = symbols.of(step.set);
                let from = if step.gap == 0 {
                    follows.add(symbols);
                    number as u32
                } else {
                    let known = matcher.gaps[gaps_from..].iter().position(|gap| gap.words == step.gap);
                    let at = known.map_or(matcher.gaps.len(), |i| gaps_from + i);
                    if known.is_none() {
                        matcher.gaps.push(Gap {
                            words: step.gap,
                            behind: next_gap_node,
                            follows: Filter::default(),
                        });
                        next_gap_node += 1;
                    }
                    matcher.gaps[at].follows.add(symbols);
                    matcher.gaps[at].behind
                };
                edges.extend(symbols.iter().map(|symbol| (key(from, *symbol), *child)));
            }
            matcher.nodes.push(Node {
                accepts: (accepts_from, matcher.accepts.len() as u32),
                gaps: (gaps_from as u32, matcher.gaps.len() as u32),
                follows,
            });
        }
        matcher.lay_edges(edges);
        matcher.transparent = SymbolTable::of(symbols.of(transparent));
        matcher
    }
}

fn key(node: u32, symbol: Symbol) -> u64 {
    u64::from(node) << 32 | u64::from(symbol)
}

fn slot_of(key: u64, mask: usize) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & mask
}

impl Matcher {
    fn lay_edges(&mut self, mut edges: Vec<(u64, u32)>) {
        edges.sort_unstable();
        edges.dedup();
        let keys = edges.chunk_by(|a, b| a.0 == b.0).count();
        let slots = (keys * 2 + 2).next_power_of_two();
        self.edges = vec![Edge::default(); slots];
        self.mask = slots - 1;
        let root = edges.iter().map(|(key, _)| *key).take_while(|key| key >> 32 == 0);
        self.begins = SymbolTable::of(&root.map(|key| key as Symbol).collect::<Vec<_>>());
        for group in edges.chunk_by(|a, b| a.0 == b.0) {
            let from = self.targets.len() as u32;
            self.targets.extend(group.iter().map(|(_, child)| *child));
            let mut slot = slot_of(group[0].0, self.mask);
            while self.edges[slot].key != 0 {
                slot = (slot + 1) & self.mask;
            }
            self.edges[slot] = Edge { key: group[0].0, from, to: self.targets.len() as u32 };
        }
    }

    /// Every pattern in `tokens`, appended to `found`; sorted, one for each pattern and start.
    pub fn find(&self, tokens: &[Token], found: &mut Vec<Match>) {
        let before = found.len();
        for first in 0..tokens.len() {
            let symbol = tokens[first].symbol;
            if self.begins.holds(symbol) {
                for child in self.step(0, symbol) {
                    self.walk(*child, first, first, tokens, found);
                }
            }
        }
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

    /// Whether a token may stand between the words of a phrase.
    pub fn is_transparent(&self, token: &Token) -> bool {
        self.transparent.holds(token.symbol)
    }

    /// Bytes that the tables take.
    pub fn bytes(&self) -> usize {
        self.edges.len() * size_of::<Edge>() + self.nodes.len() * size_of::<Node>() + self.targets.len() * 4
    }

    fn step(&self, node: u32, symbol: Symbol) -> &[u32] {
        if symbol == 0 {
            return &[];
        }
        let key = key(node, symbol);
        let mut slot = slot_of(key, self.mask);
        loop {
            let edge = &self.edges[slot];
            if edge.key == key {
                return &self.targets[edge.from as usize..edge.to as usize];
            }
            if edge.key == 0 {
                return &[];
            }
            slot = (slot + 1) & self.mask;
        }
    }

    fn walk(&self, node: u32, first: usize, last: usize, tokens: &[Token], found: &mut Vec<Match>) {
        let state = &self.nodes[node as usize];
        for pattern in &self.accepts[state.accepts.0 as usize..state.accepts.1 as usize] {
            found.push(Match { pattern: *pattern, first: first as u32, last: last as u32 });
        }
        if state.follows != Filter::default() {
            for (at, token) in tokens.iter().enumerate().skip(last + 1) {
                if token.before != Break::None {
                    break;
                }
                if state.follows.may_hold(token.symbol) {
                    for child in self.step(node, token.symbol) {
                        self.walk(*child, first, at, tokens, found);
                    }
                }
                if !self.is_transparent(token) {
                    break;
                }
            }
        }
        for gap in &self.gaps[state.gaps.0 as usize..state.gaps.1 as usize] {
            let mut passed = 0;
            for (at, token) in tokens.iter().enumerate().skip(last + 1) {
                if gap.follows.may_hold(token.symbol) {
                    for child in self.step(gap.behind, token.symbol) {
                        self.walk(*child, first, at, tokens, found);
                    }
                }
                passed += u8::from(!self.is_transparent(token));
                if passed > gap.words {
                    break;
                }
            }
        }
    }
}
