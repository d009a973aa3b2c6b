//! Folds that keep what belongs together on one side.

use std::collections::{BTreeMap, HashMap};

use crate::core::measure::Label;

/// Deals documents into folds: a group's documents all come to one, labels are spread evenly. The same seed,
/// groups and labels give the same folds.
pub fn deal(groups: &[u64], labels: &[Label], rows: &[u32], folds: usize, seed: u64) -> Vec<Vec<u32>> {
    let mut members: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for row in rows {
        members.entry(mixed(groups[*row as usize], seed)).or_default().push(*row);
    }
    let mut held: Vec<Vec<u32>> = vec![Vec::new(); folds];
    let mut of_label: HashMap<(usize, Label), usize> = HashMap::new();
    for rows in members.into_values() {
        let label = labels[rows[0] as usize];
        let room = |fold: &usize| (of_label.get(&(*fold, label)).copied().unwrap_or(0), held[*fold].len());
        let fold = (0..folds).min_by_key(room).unwrap_or(0);
        for row in rows {
            *of_label.entry((fold, labels[row as usize])).or_default() += 1;
            held[fold].push(row);
        }
    }
    held.iter_mut().for_each(|rows| rows.sort_unstable());
    held
}

/// The rows that are not in a fold.
pub fn others(rows: &[u32], held: &[u32]) -> Vec<u32> {
    rows.iter().filter(|row| held.binary_search(row).is_err()).copied().collect()
}

/// A number that looks like chance (splitmix64).
fn mixed(value: u64, seed: u64) -> u64 {
    let mut z = value ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ z >> 31
}
