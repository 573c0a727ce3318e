//! Seeded pseudorandom numbers.

use copydesk_learn::train::Shuffle;

pub(super) struct Random(pub(super) Shuffle);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(Shuffle::new(seed))
    }

    /// From 0 to below 1.
    pub(super) fn unit(&mut self) -> f32 {
        (self.0.next_number() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Approximately standard normal.
    pub(super) fn normal(&mut self) -> f32 {
        (0..6).map(|_| self.unit()).sum::<f32>() * 1.414 - 4.242
    }

    /// True with the probability `share`.
    pub(super) fn chance(&mut self, share: f32) -> bool {
        self.unit() < share
    }
}
