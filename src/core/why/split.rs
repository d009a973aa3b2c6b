//! Numbers of documents, by label.

use std::ops::AddAssign;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::core::measure::Label;

/// A number of documents, and how many of them have each label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Split {
    /// All of them.
    pub all: usize,
    /// Those with each label, in the order of [`Label::ALL`].
    pub by: [usize; Label::ALL.len()],
}

impl AddAssign<Option<Label>> for Split {
    fn add_assign(&mut self, label: Option<Label>) {
        self.all += 1;
        if let Some(label) = label {
            self.by[label as usize] += 1;
        }
    }
}

impl AddAssign for Split {
    fn add_assign(&mut self, other: Split) {
        self.all += other.all;
        self.by.iter_mut().zip(other.by).for_each(|(own, other)| *own += other);
    }
}

impl Serialize for Split {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("all", &self.all)?;
        for (label, n) in Label::ALL.iter().zip(self.by).filter(|(_, n)| *n > 0) {
            map.serialize_entry(label.name(), &n)?;
        }
        map.end()
    }
}
