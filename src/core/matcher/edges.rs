//! The trie's edges as one open-addressing table.

use crate::core::vocabulary::Symbol;

/// From a source and a symbol to a node.
#[derive(Debug, Default)]
pub struct Edges {
    /// Key 0 is free: no edge leads from a source by symbol 0.
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
        let slots = (edges.len() * 2 + 2).next_power_of_two();
        let mut table = Edges { slots: vec![Edge::default(); slots], mask: slots - 1 };
        for (source, symbol, node) in edges.iter().copied() {
            let mut slot = table.slot(source, symbol);
            while table.slots[slot].symbol != 0 {
                slot = (slot + 1) & table.mask;
            }
            table.slots[slot] = Edge { source, symbol, node };
        }
        table
    }

    /// Where the symbol leads.
    pub fn get(&self, source: u32, symbol: Symbol) -> Option<u32> {
        let mut slot = self.slot(source, symbol);
        loop {
            let edge = self.slots[slot];
            if edge.source == source && edge.symbol == symbol {
                return Some(edge.node);
            }
            if edge.symbol == 0 {
                return None;
            }
            slot = (slot + 1) & self.mask;
        }
    }

    /// Bytes that the table takes.
    pub fn bytes(&self) -> usize {
        size_of_val(self.slots.as_slice())
    }

    fn slot(&self, source: u32, symbol: Symbol) -> usize {
        let key = u64::from(source) << 32 | u64::from(symbol);
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & self.mask
    }
}
