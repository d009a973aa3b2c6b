//! Patterns to flat tables.

use rustc_hash::FxHashMap;

use super::edges::Edges;
use super::filter::Filter;
use super::{Matcher, Next, Node, PatternId};
use crate::core::vocabulary::{SetId, SetSymbols, Symbol};

/// A pattern's position: words to let pass before it, and what may stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SetStep {
    /// Words that may come in between, at most.
    pub gap: u8,
    /// The set of terms.
    pub set: SetId,
}

/// Collects patterns in a trie over sets of terms; node 0 is the root.
#[derive(Default)]
pub struct MatcherBuilder {
    nodes: Vec<SetNode>,
    /// Where a step leads from a node.
    children: FxHashMap<(u32, SetStep), u32>,
}

#[derive(Default)]
struct SetNode {
    children: Vec<(SetStep, u32)>,
    accepts: Vec<PatternId>,
}

impl MatcherBuilder {
    /// Adds one sequence of a pattern; the first step's gap is ignored.
    pub fn add(&mut self, pattern: PatternId, steps: &[SetStep]) {
        if self.nodes.is_empty() {
            self.nodes.push(SetNode::default());
        }
        let mut node = 0;
        for (i, step) in steps.iter().enumerate() {
            let step = SetStep { gap: if i == 0 { 0 } else { step.gap }, ..*step };
            let next = self.nodes.len() as u32;
            let child = *self.children.entry((node as u32, step)).or_insert(next);
            if child == next {
                self.nodes.push(SetNode::default());
                self.nodes[node].children.push((step, child));
            }
            node = child as usize;
        }
        if !self.nodes[node].accepts.contains(&pattern) {
            self.nodes[node].accepts.push(pattern);
        }
    }

    /// Lays the trie out in flat tables.
    pub fn build(self, symbols: &SetSymbols) -> Matcher {
        let mut tables = Tables::new(symbols, &self.nodes);
        tables.lay_out();
        let Tables { mut matcher, edges, .. } = tables;
        matcher.edges = Edges::of(&edges);
        matcher
    }
}

/// The tables as they grow. A symbol may stand in several sets, so it leads from a node of the trie to several
/// others at once; all that they hold is laid together as one node.
struct Tables<'a> {
    trie: &'a [SetNode],
    symbols: &'a SetSymbols,
    matcher: Matcher,
    edges: Vec<(u32, Symbol, u32)>,
    /// The ways to go on from each node of the trie, once they are known: a range of `ways`.
    onward: Vec<Option<(u32, u32)>>,
    ways: Vec<Next>,
    /// Nodes by the nodes of the trie that are laid together in them.
    merged: FxHashMap<Vec<u32>, u32>,
    sources: u32,
}

impl<'a> Tables<'a> {
    fn new(symbols: &'a SetSymbols, trie: &'a [SetNode]) -> Tables<'a> {
        Tables {
            trie,
            symbols,
            matcher: Matcher::default(),
            edges: Vec::new(),
            onward: vec![None; trie.len()],
            ways: Vec::new(),
            merged: FxHashMap::default(),
            sources: 0,
        }
    }

    fn lay_out(&mut self) {
        let Some(root) = self.trie.first() else { return };
        let all: Vec<(Symbol, u32)> = self.by_symbol(root.children.iter());
        let last = all.last().map_or(0, |(symbol, _)| *symbol as usize);
        self.matcher.heads = vec![Node::default(); last + 1];
        for of_symbol in all.chunk_by(|a, b| a.0 == b.0) {
            let children: Vec<u32> = of_symbol.iter().map(|(_, child)| *child).collect();
            self.matcher.heads[of_symbol[0].0 as usize] = self.node(&children);
        }
    }

    /// Every symbol of the steps with the node to which it leads; sorted.
    fn by_symbol(&self, steps: impl Iterator<Item = &'a (SetStep, u32)>) -> Vec<(Symbol, u32)> {
        let mut all: Vec<(Symbol, u32)> = steps
            .flat_map(|(step, child)| self.symbols.of(step.set).iter().map(move |symbol| (*symbol, *child)))
            .collect();
        all.sort_unstable();
        all
    }

    /// Lays nodes of the trie together.
    fn node(&mut self, parts: &[u32]) -> Node {
        let mut nexts: Vec<Next> = Vec::new();
        let mut accepts: Vec<PatternId> = Vec::new();
        for part in parts {
            accepts.extend(&self.trie[*part as usize].accepts);
            let (from, to) = self.ways_on(*part);
            nexts.extend(&self.ways[from as usize..to as usize]);
        }
        accepts.sort_unstable();
        accepts.dedup();
        let Matcher { accepts: all_accepts, nexts: all_nexts, .. } = &mut self.matcher;
        let mut node = Node {
            accepts: (all_accepts.len() as u32, (all_accepts.len() + accepts.len()) as u32),
            nexts: (all_nexts.len() as u32, (all_nexts.len() + nexts.len()) as u32),
            follows: Filter::default(),
            reach: nexts.iter().map(|next| next.gap).max().unwrap_or(0),
        };
        nexts.iter().for_each(|next| node.follows.add(next.follows));
        all_accepts.append(&mut accepts);
        all_nexts.append(&mut nexts);
        node
    }

    /// The ways to go on from a node of the trie: one for each width of gap.
    fn ways_on(&mut self, number: u32) -> (u32, u32) {
        if let Some(known) = self.onward[number as usize] {
            return known;
        }
        let node = &self.trie[number as usize];
        let mut gaps: Vec<u8> = node.children.iter().map(|(step, _)| step.gap).collect();
        gaps.sort_unstable();
        gaps.dedup();
        let mut ways = Vec::new();
        for gap in gaps {
            let source = self.sources;
            self.sources += 1;
            let all = self.by_symbol(node.children.iter().filter(|(step, _)| step.gap == gap));
            let mut follows = Filter::default();
            for of_symbol in all.chunk_by(|a, b| a.0 == b.0) {
                let symbol = of_symbol[0].0;
                follows.add(Filter::of(symbol));
                let children: Vec<u32> = of_symbol.iter().map(|(_, child)| *child).collect();
                let node = self.merge(children);
                self.edges.push((source, symbol, node));
            }
            ways.push(Next { follows, source, gap });
        }
        let range = (self.ways.len() as u32, (self.ways.len() + ways.len()) as u32);
        self.ways.append(&mut ways);
        self.onward[number as usize] = Some(range);
        range
    }

    /// The number of the node that lays these together.
    fn merge(&mut self, parts: Vec<u32>) -> u32 {
        if let Some(known) = self.merged.get(&parts) {
            return *known;
        }
        let node = self.node(&parts);
        let number = self.matcher.nodes.len() as u32;
        self.matcher.nodes.push(node);
        self.merged.insert(parts, number);
        number
    }
}
