//! Code that is compiled twice: for every processor, and for those with wide vectors.
//!
//! Scores of many labels are added side by side. Programs are compiled for the oldest processors of their kind, which add
//! eight scores at once; most that run them add sixteen.

/// What is to be done. `run` and what it calls have to be `inline(always)`, so that they are compiled where they are called.
pub trait Work {
    /// What comes out.
    type Output;

    /// Does it.
    fn run(self) -> Self::Output;
}

/// Does `work` with the vectors that this processor has. The outcome is the same with all of them.
#[inline]
pub fn with_vectors<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if has!("avx2") && has!("bmi1") && has!("bmi2") && has!("popcnt") && has!("lzcnt") {
            // SAFETY: the processor has all that the function is compiled for.
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
}
