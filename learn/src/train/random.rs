//! Seeded pseudorandom numbers.

use crate::train::Shuffle;

/// Pseudorandom numbers that depend on the seed alone.
#[derive(Clone, Debug)]
pub struct Random(Shuffle);

impl Random {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self(Shuffle::new(seed))
    }

    /// From 0 to below 1.
    pub fn unit(&mut self) -> f32 {
        (self.0.next_number() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Approximately standard normal.
    pub fn normal(&mut self) -> f32 {
        (0..6).map(|_| self.unit()).sum::<f32>() * 1.414 - 4.242
    }

    /// Shuffles items.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        self.0.shuffle(items);
    }

    /// True with the probability `share`.
    pub fn chance(&mut self, share: f32) -> bool {
        self.unit() < share
    }
}
