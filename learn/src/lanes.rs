//! Scores of up to 32 labels, added side by side.

/// How many labels have room.
pub const LANES: usize = 32;

/// A score for each label, in one cache line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub struct Lanes(pub [i16; LANES]);

impl Default for Lanes {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Lanes {
    /// Nothing for any label.
    pub const ZERO: Self = Self([0; LANES]);

    /// The same for every label.
    pub const fn all(score: i16) -> Self {
        Self([score; LANES])
    }

    /// Adds scores to scores; what leaves the range stays at its end.
    #[inline]
    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(sum, score)| *sum = sum.saturating_add(*score));
    }

    /// The best score.
    #[inline]
    pub fn most(&self) -> i16 {
        // Halves are compared side by side until one is left: a chain of comparisons would wait for each.
        let mut best = self.0;
        for half in [16, 8, 4, 2, 1] {
            for lane in 0..half {
                best[lane] = best[lane].max(best[lane + half]);
            }
        }
        best[0]
    }
}
