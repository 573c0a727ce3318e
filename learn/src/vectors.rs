//! Code compiled twice: for the baseline processor, and for those with wide vectors.
//!
//! Scores of many labels are added as vectors. Programs are compiled for the oldest processors of their architecture, which add
//! eight scores at once; most processors in use add sixteen.

/// A piece of work. `run` and what it calls must be `inline(always)`, so that they are compiled for the caller's processor.
pub trait Work {
    /// The result.
    type Output;

    /// Does the work.
    fn run(self) -> Self::Output;
}

/// Runs `work` with the widest vectors that this processor has. The result does not depend on them.
#[inline]
pub fn with_vectors<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if has!("avx2") && has!("bmi1") && has!("bmi2") && has!("popcnt") && has!("lzcnt") {
            // SAFETY: the processor has the features that the function is compiled for.
            #[allow(unsafe_code)]
            return unsafe { wide(work) };
        }
    }
    work.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,popcnt,lzcnt")]
fn wide<W: Work>(work: W) -> W::Output {
    work.run()
}

/// The dot product of integers, wrapping; the excess of the longer slice is ignored.
#[inline(always)]
pub fn dot(a: &[i16], b: &[i16]) -> i32 {
    let (eights_a, rest_a) = a.as_chunks::<8>();
    let (eights_b, rest_b) = b.as_chunks::<8>();
    if eights_a.len() != eights_b.len() {
        return plain_dot(a, b);
    }
    #[cfg(target_arch = "x86_64")]
    let sum = {
        use std::arch::x86_64::{
            __m128i, _mm_add_epi32, _mm_cvtsi128_si32, _mm_loadu_si128, _mm_madd_epi16, _mm_setzero_si128,
            _mm_shuffle_epi32,
        };
        // SAFETY: every such processor has these vectors, and eight numbers are the sixteen bytes that are loaded.
        #[allow(unsafe_code)]
        unsafe {
            let load = |eight: &[i16; 8]| -> __m128i { _mm_loadu_si128(eight.as_ptr().cast()) };
            let mut sums = _mm_setzero_si128();
            for (a, b) in eights_a.iter().zip(eights_b) {
                sums = _mm_add_epi32(sums, _mm_madd_epi16(load(a), load(b)));
            }
            let halves = _mm_add_epi32(sums, _mm_shuffle_epi32::<0b01_00_11_10>(sums));
            _mm_cvtsi128_si32(_mm_add_epi32(halves, _mm_shuffle_epi32::<0b10_11_00_01>(halves)))
        }
    };
    #[cfg(not(target_arch = "x86_64"))]
    let sum = plain_dot(eights_a.as_flattened(), eights_b.as_flattened());
    sum.wrapping_add(plain_dot(rest_a, rest_b))
}

/// A bit for each lane in which `scores` is above `limits`.
#[inline(always)]
pub fn above(scores: &[i16; 32], limits: &[i16; 32]) -> u32 {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{
            __m128i, _mm_cmpgt_epi16, _mm_loadu_si128, _mm_movemask_epi8, _mm_packs_epi16,
        };
        let mut bits = 0;
        for (half, (scores, limits)) in
            scores.as_chunks::<16>().0.iter().zip(limits.as_chunks::<16>().0).enumerate()
        {
            // SAFETY: every such processor has these vectors, and eight numbers are the sixteen bytes that are loaded.
            #[allow(unsafe_code)]
            let own = unsafe {
                let load = |eight: &[i16; 8]| -> __m128i { _mm_loadu_si128(eight.as_ptr().cast()) };
                let [low, high] = [0, 1].map(|eight| {
                    _mm_cmpgt_epi16(
                        load(&scores.as_chunks::<8>().0[eight]),
                        load(&limits.as_chunks::<8>().0[eight]),
                    )
                });
                _mm_movemask_epi8(_mm_packs_epi16(low, high))
            };
            bits |= (own as u32) << (16 * half);
        }
        bits
    }
    #[cfg(not(target_arch = "x86_64"))]
    plain_above(scores, limits)
}

#[cfg(any(test, not(target_arch = "x86_64")))]
fn plain_above(scores: &[i16; 32], limits: &[i16; 32]) -> u32 {
    (0..32).fold(0, |bits, lane| bits | u32::from(scores[lane] > limits[lane]) << lane)
}

fn plain_dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).fold(0, |sum, (a, b)| sum.wrapping_add(i32::from(*a) * i32::from(*b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::Lanes;

    struct Sum<'a>(&'a [Lanes]);

    impl Work for Sum<'_> {
        type Output = Lanes;

        #[inline(always)]
        fn run(self) -> Lanes {
            let mut sum = Lanes::ZERO;
            self.0.iter().for_each(|row| sum.add(row));
            sum
        }
    }

    #[test]
    fn the_outcome_is_that_of_plain_code() {
        let rows: Vec<Lanes> =
            (0..50).map(|row| Lanes(std::array::from_fn(|lane| row * lane as i16 - 300))).collect();
        assert_eq!(with_vectors(Sum(&rows)), Sum(&rows).run());
    }

    #[test]
    fn lanes_above_limits_are_those_of_plain_code() {
        for seed in 0..200u64 {
            let numbers = |kind: u64| -> [i16; 32] {
                std::array::from_fn(|lane| {
                    (crate::feature::mix(seed << 1 | kind, lane as u64) % 7) as i16 * 4_000 - 12_000
                })
            };
            let (scores, limits) = (numbers(0), numbers(1));
            assert_eq!(above(&scores, &limits), plain_above(&scores, &limits));
        }
        assert_eq!(above(&[i16::MIN; 32], &[i16::MIN; 32]), 0);
        assert_eq!(above(&[i16::MAX; 32], &[i16::MIN; 32]), u32::MAX);
    }

    #[test]
    fn products_are_those_of_plain_code() {
        let numbers = |seed: i32, count: usize| -> Vec<i16> {
            (0..count as i32).map(|at| ((at + seed) * 7919 % 65_521 - 32_760) as i16).collect()
        };
        for (a, b) in [(0, 0), (5, 5), (8, 8), (32, 32), (45, 45), (320, 320), (9, 40), (12, 8)] {
            let (a, b) = (numbers(3, a), numbers(11, b));
            assert_eq!(dot(&a, &b), plain_dot(&a, &b));
        }
        assert_eq!(dot(&[i16::MIN; 16], &[i16::MIN; 16]), plain_dot(&[i16::MIN; 16], &[i16::MIN; 16]));
    }
}
