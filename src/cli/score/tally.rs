//! What a run counts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use outsort::Verdict;
use serde::{Deserialize, Serialize};

use super::work::Reject;

/// Rejects that are named at the end of a run.
const NAMED: usize = 5;

/// Records by what became of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// By verdict, in the order of [`Verdict::ALL`].
    verdicts: [u64; Verdict::ALL.len()],
    /// Rejected, by code.
    rejects: BTreeMap<Cow<'static, str>, u64>,
    /// The first few rejects.
    first: Vec<Reject>,
}

impl Tally {
    /// Counts a verdict.
    pub fn judged_as(&mut self, verdict: Verdict) {
        self.verdicts[verdict as usize] += 1;
    }

    /// Counts a reject.
    pub fn reject(&mut self, reject: Reject) {
        *self.rejects.entry(reject.code.clone()).or_default() += 1;
        if self.first.len() < NAMED {
            self.first.push(reject);
        }
    }

    /// Records that got a verdict.
    pub fn judged(&self) -> u64 {
        self.verdicts.iter().sum()
    }

    /// Records that got none.
    pub fn rejected(&self) -> u64 {
        self.rejects.values().sum()
    }

    /// Both.
    pub fn done(&self) -> u64 {
        self.judged() + self.rejected()
    }

    /// Each verdict with its number of records.
    pub fn verdicts(&self) -> impl Iterator<Item = (Verdict, u64)> {
        Verdict::ALL.into_iter().zip(self.verdicts)
    }

    /// Each code with its number of rejects.
    pub fn rejects(&self) -> &BTreeMap<Cow<'static, str>, u64> {
        &self.rejects
    }

    /// The first few rejects.
    pub fn first(&self) -> &[Reject] {
        &self.first
    }
}
