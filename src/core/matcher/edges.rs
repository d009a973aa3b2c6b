//! The trie's edges as one open-addressing table.

use crate::core::vocabulary::Symbol;

/// From a source and a symbol to a node.
///
/// Most look-ups find nothing. A byte of each edge's hash stands apart from the edges, so that these end in a
/// table that is small enough for the cache.
#[derive(Debug, Default)]
pub struct Edges {
    /// By slot, a byte of the hash; 0: the slot is free.
    tags: Vec<u8>,
    slots: Vec<Edge>,
    mask: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    source: u32,
    symbol: Symbol,
    node: u32,
}

impl Edges {
    /// The table of these edges, each (source, symbol, node); no two share source and symbol.
    pub fn of(edges: &[(u32, Symbol, u32)]) -> Edges {
        let slots = (edges.len() * 3 / 2 + 2).next_power_of_two();
        let mut table = Edges { tags: vec![0; slots], slots: vec![Edge::default(); slots], mask: slots - 1 };
        for (source, symbol, node) in edges.iter().copied() {
            let (mut slot, tag) = table.place(source, symbol);
            while table.tags[slot] != 0 {
                slot = (slot + 1) & table.mask;
            }
            table.tags[slot] = tag;
            table.slots[slot] = Edge { source, symbol, node };
        }
        table
    }

    /// Where the symbol leads.
    pub fn get(&self, source: u32, symbol: Symbol) -> Option<u32> {
        let (mut slot, tag) = self.place(source, symbol);
        loop {
            let stands = self.tags[slot];
            if stands == 0 {
                return None;
            }
            if stands == tag {
                let edge = self.slots[slot];
                if edge.source == source && edge.symbol == symbol {
                    return Some(edge.node);
                }
            }
            slot = (slot + 1) & self.mask;
        }
    }

    /// Bytes that the table takes.
    pub fn bytes(&self) -> usize {
        size_of_val(self.slots.as_slice()) + self.tags.len()
    }

    /// The slot to begin at, and the tag.
    fn place(&self, source: u32, symbol: Symbol) -> (usize, u8) {
        let key = u64::from(source) << 32 | u64::from(symbol);
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let hash = hash ^ hash >> 32;
        ((hash >> 8) as usize & self.mask, hash as u8 | 1)
    }
}
