//! Scores of many labels, added as vectors.

/// The number of labels whose scores fit in one cache line.
pub const LANES: usize = 32;

/// A score for each label, in one cache line or, with other `N`, in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub struct Lanes<const N: usize = LANES>(pub [i16; N]);

impl<const N: usize> Default for Lanes<N> {
    fn default() -> Self {
        Self::ZERO
    }
}

impl<const N: usize> Lanes<N> {
    /// Zero for every label.
    pub const ZERO: Self = Self([0; N]);

    /// The same for every label.
    pub const fn all(score: i16) -> Self {
        Self([score; N])
    }

    /// Adds scores, saturating.
    #[inline(always)]
    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(sum, score)| *sum = sum.saturating_add(*score));
    }

    /// The best score.
    #[inline(always)]
    pub fn most(&self) -> i16 {
        // Halves are compared as vectors until one value is left: a chain of comparisons would be serial.
        let mut best = self.0;
        let mut left = N;
        while left > 1 {
            let half = left.div_ceil(2);
            for lane in 0..left / 2 {
                best[lane] = best[lane].max(best[lane + half]);
            }
            left = half;
        }
        best[0]
    }
}
