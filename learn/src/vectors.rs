//! Code compiled three times: for the baseline processor, and for those with wide and with the widest vectors.
//!
//! Scores of many labels are added as vectors. Programs are compiled for the oldest processors of their architecture, which add
//! eight scores at once; most processors in use add sixteen, those of most servers thirty-two.

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
        match width() {
            WIDEST => {
                // SAFETY: the processor has the features that the function is compiled for.
                #[allow(unsafe_code)]
                return unsafe { widest(work) };
            }
            WIDE => {
                // SAFETY: the same.
                #[allow(unsafe_code)]
                return unsafe { wide(work) };
            }
            _ => {}
        }
    }
    work.run()
}

#[cfg(target_arch = "x86_64")]
const BASELINE: u8 = 1;
#[cfg(target_arch = "x86_64")]
const WIDE: u8 = 2;
#[cfg(target_arch = "x86_64")]
const WIDEST: u8 = 3;

/// Which of the functions this processor can run. Asked many times for each document, so the answer is kept.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn width() -> u8 {
    use std::sync::atomic::{AtomicU8, Ordering};
    const UNKNOWN: u8 = 0;
    static WIDTH: AtomicU8 = AtomicU8::new(UNKNOWN);
    let known = WIDTH.load(Ordering::Relaxed);
    if known != UNKNOWN {
        return known;
    }
    let width = detect_width();
    WIDTH.store(width, Ordering::Relaxed);
    width
}

#[cfg(target_arch = "x86_64")]
#[cold]
fn detect_width() -> u8 {
    use std::arch::is_x86_feature_detected as has;
    let wide = has!("avx2") && has!("bmi1") && has!("bmi2") && has!("popcnt") && has!("lzcnt");
    let widest = has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl");
    match (wide, widest) {
        (true, true) => WIDEST,
        (true, _) => WIDE,
        _ => BASELINE,
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi1,bmi2,popcnt,lzcnt")]
fn widest<W: Work>(work: W) -> W::Output {
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

/// Eight numbers; every operation is on all of them at once. Sums and differences saturate.
#[derive(Clone, Copy, Debug)]
pub struct Eight(eight::Inner);

impl Eight {
    /// These numbers.
    #[inline(always)]
    pub fn new(numbers: &[i16; 8]) -> Self {
        Self(eight::new(numbers))
    }

    /// The same number in all places.
    #[inline(always)]
    pub fn all(number: i16) -> Self {
        Self::new(&[number; 8])
    }

    /// The numbers.
    #[inline(always)]
    pub fn array(self) -> [i16; 8] {
        eight::array(self.0)
    }

    /// The sums.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        Self(eight::plus(self.0, other.0))
    }

    /// The differences.
    #[inline(always)]
    pub fn minus(self, other: Self) -> Self {
        Self(eight::minus(self.0, other.0))
    }

    /// The larger ones.
    #[inline(always)]
    pub fn max(self, other: Self) -> Self {
        Self(eight::max(self.0, other.0))
    }

    /// The numbers of `self` where those of `a` are larger than those of `b`, elsewhere 0.
    #[inline(always)]
    pub fn where_larger(self, a: Self, b: Self) -> Self {
        Self(eight::where_larger(self.0, a.0, b.0))
    }

    /// The first five numbers, each in all places.
    #[inline(always)]
    pub fn spread(self) -> [Self; 5] {
        eight::spread(self.0).map(Self)
    }

    /// The largest number in all places.
    #[inline(always)]
    pub fn largest(self) -> Self {
        Self(eight::largest(self.0))
    }
}

#[cfg(not(target_arch = "x86_64"))]
use plain_eight as eight;

/// The operations of [`Eight`] in instructions that every processor of this architecture has.
#[cfg(target_arch = "x86_64")]
mod eight {
    use std::arch::x86_64::{
        __m128i, _mm_adds_epi16, _mm_and_si128, _mm_cmpgt_epi16, _mm_loadu_si128, _mm_max_epi16,
        _mm_shuffle_epi32, _mm_shufflehi_epi16, _mm_shufflelo_epi16, _mm_storeu_si128, _mm_subs_epi16,
    };

    pub(super) type Inner = __m128i;

    /// An operation on registers.
    macro_rules! baseline {
        ($operation:expr) => {{
            // SAFETY: every processor of this architecture has the instruction, and it touches no memory.
            #[allow(unsafe_code)]
            unsafe {
                $operation
            }
        }};
    }

    #[inline(always)]
    pub(super) fn new(numbers: &[i16; 8]) -> Inner {
        // SAFETY: eight numbers are the sixteen bytes that are loaded.
        #[allow(unsafe_code)]
        unsafe {
            _mm_loadu_si128(numbers.as_ptr().cast())
        }
    }

    #[inline(always)]
    pub(super) fn array(inner: Inner) -> [i16; 8] {
        let mut numbers = [0; 8];
        // SAFETY: eight numbers are the sixteen bytes that are stored.
        #[allow(unsafe_code)]
        unsafe {
            _mm_storeu_si128(numbers.as_mut_ptr().cast(), inner);
        }
        numbers
    }

    #[inline(always)]
    pub(super) fn plus(a: Inner, b: Inner) -> Inner {
        baseline!(_mm_adds_epi16(a, b))
    }

    #[inline(always)]
    pub(super) fn minus(a: Inner, b: Inner) -> Inner {
        baseline!(_mm_subs_epi16(a, b))
    }

    #[inline(always)]
    pub(super) fn max(a: Inner, b: Inner) -> Inner {
        baseline!(_mm_max_epi16(a, b))
    }

    #[inline(always)]
    pub(super) fn where_larger(numbers: Inner, a: Inner, b: Inner) -> Inner {
        baseline!(_mm_and_si128(numbers, _mm_cmpgt_epi16(a, b)))
    }

    #[inline(always)]
    pub(super) fn spread(numbers: Inner) -> [Inner; 5] {
        const LOW: i32 = 0b00_00_00_00;
        const HIGH: i32 = 0b10_10_10_10;
        baseline!([
            _mm_shuffle_epi32::<LOW>(_mm_shufflelo_epi16::<0b00_00_00_00>(numbers)),
            _mm_shuffle_epi32::<LOW>(_mm_shufflelo_epi16::<0b01_01_01_01>(numbers)),
            _mm_shuffle_epi32::<LOW>(_mm_shufflelo_epi16::<0b10_10_10_10>(numbers)),
            _mm_shuffle_epi32::<LOW>(_mm_shufflelo_epi16::<0b11_11_11_11>(numbers)),
            _mm_shuffle_epi32::<HIGH>(_mm_shufflehi_epi16::<0b00_00_00_00>(numbers)),
        ])
    }

    #[inline(always)]
    pub(super) fn largest(numbers: Inner) -> Inner {
        let most = max(numbers, baseline!(_mm_shuffle_epi32::<0b01_00_11_10>(numbers)));
        let most = max(most, baseline!(_mm_shuffle_epi32::<0b10_11_00_01>(most)));
        // Now the first number is the largest of the even places, and the second that of the odd ones.
        let most = max(most, baseline!(_mm_shufflelo_epi16::<0b10_11_00_01>(most)));
        baseline!(_mm_shuffle_epi32::<0b00_00_00_00>(most))
    }
}

/// The same without vectors.
#[cfg(any(test, not(target_arch = "x86_64")))]
mod plain_eight {
    #![cfg_attr(test, allow(dead_code, reason = "on processors with vectors, tests compare the two"))]

    pub(super) type Inner = [i16; 8];

    pub(super) fn new(numbers: &[i16; 8]) -> Inner {
        *numbers
    }

    pub(super) fn array(inner: Inner) -> [i16; 8] {
        inner
    }

    pub(super) fn plus(a: Inner, b: Inner) -> Inner {
        std::array::from_fn(|at| a[at].saturating_add(b[at]))
    }

    pub(super) fn minus(a: Inner, b: Inner) -> Inner {
        std::array::from_fn(|at| a[at].saturating_sub(b[at]))
    }

    pub(super) fn max(a: Inner, b: Inner) -> Inner {
        std::array::from_fn(|at| a[at].max(b[at]))
    }

    pub(super) fn where_larger(numbers: Inner, a: Inner, b: Inner) -> Inner {
        std::array::from_fn(|at| if a[at] > b[at] { numbers[at] } else { 0 })
    }

    pub(super) fn spread(numbers: Inner) -> [Inner; 5] {
        std::array::from_fn(|at| [numbers[at]; 8])
    }

    pub(super) fn largest(numbers: Inner) -> Inner {
        [numbers.iter().copied().fold(i16::MIN, i16::max); 8]
    }
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
        #[cfg(target_arch = "x86_64")]
        if width() != BASELINE {
            // SAFETY: those with the widest vectors have these too.
            #[allow(unsafe_code)]
            let sum = unsafe { wide(Sum(&rows)) };
            assert_eq!(sum, Sum(&rows).run());
        }
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
    fn operations_on_eight_numbers_are_those_of_plain_code() {
        for seed in 0..200u64 {
            let numbers = |kind: u64| -> [i16; 8] {
                std::array::from_fn(|lane| crate::feature::mix(seed << 2 | kind, lane as u64) as i16)
            };
            let (a, b, c) = (numbers(0), numbers(1), numbers(2));
            let [x, y, z] = [a, b, c].map(|numbers| Eight::new(&numbers));
            assert_eq!(x.plus(y).array(), plain_eight::plus(a, b));
            assert_eq!(x.minus(y).array(), plain_eight::minus(a, b));
            assert_eq!(x.max(y).array(), plain_eight::max(a, b));
            assert_eq!(z.where_larger(x, y).array(), plain_eight::where_larger(c, a, b));
            assert_eq!(x.spread().map(Eight::array), plain_eight::spread(a));
            assert_eq!(x.largest().array(), plain_eight::largest(a));
        }
        assert_eq!(Eight::all(7).where_larger(Eight::all(1), Eight::all(1)).array(), [0; 8]);
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
