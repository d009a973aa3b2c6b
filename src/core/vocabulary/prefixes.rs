//! Prefixes, for words that are not in the table.

use super::Symbol;

/// Prefixes as a tree of bytes, for words that are not in the table.
#[derive(Debug, Default)]
pub struct PrefixTree {
    /// Children as (byte, node), the symbol of the longest prefix that ends here or above.
    nodes: Vec<(Vec<(u8, u32)>, Symbol)>,
}

impl PrefixTree {
    /// Adds a prefix.
    pub fn insert(&mut self, prefix: &[u8], symbol: Symbol) {
        if self.nodes.is_empty() {
            self.nodes.push((Vec::new(), 0));
        }
        let mut node = 0;
        for byte in prefix {
            let known = self.nodes[node].0.iter().find(|(b, _)| b == byte).map(|(_, n)| *n as usize);
            node = known.unwrap_or_else(|| {
                self.nodes.push((Vec::new(), 0));
                let new = self.nodes.len() - 1;
                self.nodes[node].0.push((*byte, new as u32));
                new
            });
        }
        self.nodes[node].1 = symbol;
    }

    /// Hands every symbol down to the nodes below it that have none.
    pub fn inherit(&mut self) {
        for node in 0..self.nodes.len() {
            let (children, symbol) = self.nodes[node].clone();
            for (_, child) in children {
                let own = &mut self.nodes[child as usize].1;
                if *own == 0 {
                    *own = symbol;
                }
            }
        }
    }

    /// The symbol of the longest prefix with which the word begins.
    pub fn symbol(&self, word: &[u8]) -> Symbol {
        let Some(mut node) = self.nodes.first() else { return 0 };
        for byte in word {
            match node.0.iter().find(|(b, _)| b == byte) {
                Some((_, child)) => node = &self.nodes[*child as usize],
                None => break,
            }
        }
        node.1
    }
}
