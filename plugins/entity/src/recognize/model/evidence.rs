//! The evidence of the first look for each kind of a word, which is more than its label.

use copydesk_learn::feature::feature;
use copydesk_learn::{Dense, Lanes, bilou};

use super::form::PLACE_BITS;
use super::kinds::{LOCATION, ORGANIZATION, PERSON};

/// The kinds whose evidence is kept: the first ones, which are the most frequent.
pub(crate) const WEIGHED: usize = 5;

/// The margin of the best label of each kind over the label outside of names, in eighths of a score.
pub type Evidence = [i8; WEIGHED];

/// The evidence of the scores of a token's labels.
#[inline]
pub(crate) fn evidence<S: Copy + PartialOrd + Into<f32>>(scores: &[S], scale: f32) -> Evidence {
    let outside: f32 = scores[usize::from(bilou::OUTSIDE)].into();
    std::array::from_fn(|kind| {
        let first = usize::from(bilou::label(kind, bilou::Place::Begin));
        let own = &scores[first..first + 4];
        let best = own[1..].iter().fold(own[0], |best, score| if *score > best { *score } else { best });
        // Conversion keeps within the range.
        ((best.into() - outside) * scale * 8.0).clamp(-100.0, 100.0) as i8
    })
}

/// The boundaries of the steps.
const EDGES: [i16; 7] = [-40, -20, -8, 0, 8, 20, 40];

/// One of eight steps, from strongly against to strongly for, by [`EDGES`].
fn step(evidence: i16) -> u32 {
    // Sums of very many occurrences saturate, and the mean of those may exceed a byte.
    u32::from(STEPS[usize::from(evidence.clamp(-128, 127) as u8)])
}

/// The step of evidence in a byte.
const STEPS: [u8; 256] = {
    let mut steps = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut edge = 0;
        while edge < EDGES.len() {
            steps[byte] += (byte as u8 as i8 as i16 > EDGES[edge]) as u8;
            edge += 1;
        }
        byte += 1;
    }
    steps
};

/// For each kind three bits for the mean evidence of a word's occurrences and three for the strongest.
pub(crate) fn steps(mean: &[i16; WEIGHED], most: &Evidence) -> u32 {
    let both = mean.iter().zip(most).enumerate();
    both.fold(0, |all, (kind, (mean, most))| {
        all | (step(*mean) | step(i16::from(*most)) << 3) << (BITS * kind as u32)
    })
}

/// The bits of a kind.
const BITS: u32 = 6;

/// Calls `push` with the features of [`steps`].
pub(crate) fn features(steps: u32, push: &mut impl FnMut(u64, u64)) {
    for kind in 0..WEIGHED {
        of_kind(kind, u64::from(of(steps, kind)), push);
    }
    push(166, u64::from(triple(steps, 0)));
    push(167, u64::from(triple(steps, 3)));
}

/// The steps of a kind.
fn of(steps: u32, kind: usize) -> u32 {
    steps >> (BITS * kind as u32) & 63
}

fn of_kind(kind: usize, steps: u64, push: &mut impl FnMut(u64, u64)) {
    push(164, (kind as u64) << 3 | steps & 7);
    push(165, (kind as u64) << 3 | steps >> 3);
}

/// The steps of people, organisations and places together: the mean ones, or the strongest ones in bits from 3 on.
fn triple(steps: u32, from: u32) -> u32 {
    let one = |kind: usize| of(steps, kind) >> from & 7;
    one(PERSON) << 6 | one(ORGANIZATION) << 3 | one(LOCATION)
}

/// The scores of all features of evidence, computed beforehand.
pub(crate) struct EvidenceRows {
    /// For each kind and its steps.
    kinds: Vec<Lanes>,
    /// For the mean steps together, then for the strongest.
    together: Vec<Lanes>,
}

impl EvidenceRows {
    pub(crate) fn of(weights: &Dense) -> Self {
        let add = |sums: &mut Lanes, template: u64, value: u64| {
            weights.add_all(&[feature(template, value) & !PLACE_BITS], sums);
        };
        let row = |(kind, steps): (usize, u64)| {
            let mut sums = Lanes::ZERO;
            of_kind(kind, steps, &mut |template, value| add(&mut sums, template, value));
            sums
        };
        let row_together = |(template, steps): (u64, u64)| {
            let mut sums = Lanes::ZERO;
            add(&mut sums, template, steps);
            sums
        };
        let kinds = (0..WEIGHED).flat_map(|kind| (0..64).map(move |steps| (kind, steps)));
        let together =
            [166, 167].into_iter().flat_map(|template| (0..512).map(move |steps| (template, steps)));
        Self { kinds: kinds.map(row).collect(), together: together.map(row_together).collect() }
    }

    /// Adds the scores of [`steps`].
    #[inline(always)]
    pub(crate) fn add(&self, steps: u32, sums: &mut Lanes) {
        for kind in 0..WEIGHED {
            sums.add(&self.kinds[kind << BITS | of(steps, kind) as usize]);
        }
        sums.add(&self.together[triple(steps, 0) as usize]);
        sums.add(&self.together[512 | triple(steps, 3) as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_counted_edges() {
        for evidence in -300..=300 {
            let edges = EDGES.iter().filter(|edge| evidence > **edge).count();
            assert_eq!(step(evidence), edges as u32, "{evidence}");
        }
    }
}
