//! One part of several.

use std::fmt;
use std::ops::Range;

/// One of so many parts of a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    number: u64,
    /// Of how many.
    of: u64,
}

impl Shard {
    /// Reads `3/8`.
    pub fn parse(text: &str) -> Result<Shard, String> {
        let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match parts {
            Some((number, of)) if 1 <= number && number <= of && of <= 1_000_000 => Ok(Shard { number, of }),
            Some((_, 0)) => Err("there is no part of nothing; write I/N, say 3/8".to_owned()),
            Some((_, of)) if of > 1_000_000 => Err("at most 1000000 parts".to_owned()),
            Some((_, of)) => Err(format!("parts count from 1 to {of}")),
            None => Err("write I/N: which part of how many, say 3/8".to_owned()),
        }
    }

    /// Which of so many records belong to it: parts differ by one record at most.
    pub fn range(self, records: u64) -> Range<u64> {
        let end = |part: u64| (u128::from(records) * u128::from(part) / u128::from(self.of)) as u64;
        end(self.number - 1)..end(self.number)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn parts_cover_all_once_and_are_even() {
        for (records, of) in [(0, 3), (2, 3), (10, 4), (u64::MAX, 7), (1_000_003, 1000)] {
            let mut next = 0;
            for number in 1..=of {
                let range = Shard { number, of }.range(records);
                assert_eq!(range.start, next);
                assert!((range.end - range.start).abs_diff(records / of) <= 1);
                next = range.end;
            }
            assert_eq!(next, records);
        }
    }

    #[test]
    fn mistakes_are_told() {
        assert!(Shard::parse("3/8").is_ok_and(|shard| shard.to_string() == "3/8"));
        for text in ["", "3", "0/8", "9/8", "1/0", "-1/2", "1/2/3", "a/b", "1/1000001"] {
            assert!(Shard::parse(text).is_err(), "{text}");
        }
    }
}
