//! Shards: parts of an input that are processed by separate runs.

use std::fmt;
use std::str::FromStr;

/// A part of the input: every n-th batch. Every run over the same input cuts it into the same batches, so shards are disjoint,
/// complete and reproducible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Its number, from 1.
    pub number: u64,
    /// The number of shards.
    pub of: u64,
}

impl Shard {
    /// More are a mistake: each shard reads the whole input.
    const MAX: u64 = 100_000;

    /// Whether the batch with this index belongs to it.
    pub(super) fn has(self, batch: u64) -> bool {
        batch % self.of == self.number - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').map(|(number, of)| (number.trim().parse(), of.trim().parse()));
        match numbers {
            Some((Ok(number), Ok(of))) if (1..=of).contains(&number) && of <= Self::MAX => {
                Ok(Self { number, of })
            }
            _ => Err("write the number of the shard, from 1, and of all shards: 2/16".to_owned()),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_batch_is_in_one_shard() {
        for of in 1..6 {
            let shards: Vec<Shard> = (1..=of).map(|number| Shard { number, of }).collect();
            for batch in 0..20 {
                assert_eq!(shards.iter().filter(|shard| shard.has(batch)).count(), 1);
            }
        }
        assert_eq!("2/16".parse(), Ok(Shard { number: 2, of: 16 }));
        for text in ["", "2", "0/3", "4/3", "1/0", "a/b", "-1/3", "1/1000000"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
