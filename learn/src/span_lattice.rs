//! The best sequence of [`bilou`] labels: a search that is fast because it exploits their structure.
//!
//! A label that opens a span is followed by two labels only, which are one or two lanes after it; all others are followed
//! by the same labels. So a step is a few vector additions. Of the labels that end a span most are so far below the label outside of
//! spans that no path goes on from them; they are told by one comparison of vectors, and left out. Predecessors are not stored but
//! recomputed when tracing back, for the labels of the best path only.

use crate::bilou::{self, OUTSIDE, Place};
use crate::lanes::{LANES, Lanes};
use crate::transitions::Transitions;
use crate::vectors::above;

/// Transition scores, arranged for [`SpanLattice`].
#[derive(Clone, Debug)]
pub struct SpanSteps {
    /// The labels after which no span is open and which are not [`OUTSIDE`], a bit each.
    ends: u32,
    /// For each label after which no span is open, the scores of the labels after it; [`NEVER`] for others.
    closed: Box<[Lanes; LANES]>,
    /// Scores inside spans: of a label after itself, after the one a lane before it, and after that two lanes before.
    open: [Lanes; 3],
    /// For each label, its scores after every other.
    after: Box<[Lanes; LANES]>,
    /// All ones for labels that may begin a sequence.
    begins: Lanes,
    /// For each label, the score below [`OUTSIDE`]'s up to which no label is better reached from it than from [`OUTSIDE`].
    needless: Lanes,
}

/// The score of forbidden transitions. No path scores less.
const NEVER: i16 = i16::MIN;

/// The largest absolute score of a transition.
const MAX: i32 = 16_000;

impl SpanSteps {
    /// Arranges the transitions that [`bilou::transitions`] allows between the labels of at most seven kinds.
    pub fn new(transitions: &Transitions) -> Option<Self> {
        let labels = transitions.labels();
        let allowed = bilou::transitions(labels.checked_sub(1)? / 4);
        if labels > LANES || allowed.labels() != labels {
            return None;
        }
        let mut steps = Self {
            ends: 0,
            closed: Box::new([Lanes::all(NEVER); LANES]),
            open: [Lanes::all(NEVER); 3],
            after: Box::new([Lanes::all(NEVER); LANES]),
            begins: Lanes::ZERO,
            needless: Lanes::all(i16::MAX),
        };
        for from in 0..labels {
            let mut after = Lanes::all(NEVER);
            for to in (0..labels).filter(|to| allowed.allows(from, *to)) {
                let score = transitions.score(from, to).clamp(-MAX, MAX) as i16;
                after.0[to] = score;
                steps.after[to].0[from] = score;
                if !is_closed(from) {
                    steps.open.get_mut(to.checked_sub(from)?)?.0[to] = score;
                }
            }
            if is_closed(from) {
                steps.closed[from] = after;
            }
            steps.ends |= u32::from(is_closed(from) && from != usize::from(OUTSIDE)) << from;
            steps.begins.0[from] = -i16::from(may_start(from));
        }
        let outside = steps.closed[usize::from(OUTSIDE)];
        for from in (0..labels).filter(|from| is_closed(*from)) {
            // Neither exceeds 16,000, so that the difference fits.
            let lead = |to: usize| outside.0[to].saturating_sub(steps.closed[from].0[to]);
            let least = (0..labels).filter(|to| may_start(*to)).map(lead).min();
            steps.needless.0[from] = least.unwrap_or(i16::MAX);
        }
        Some(steps)
    }

    /// The labels other than [`OUTSIDE`] from which another label may be reached best, a bit each.
    #[inline(always)]
    fn useful(&self, scores: &Lanes) -> u32 {
        let mut limits = Lanes::all(scores.0[usize::from(OUTSIDE)]);
        limits.add(&self.needless);
        above(&scores.0, &limits.0)
    }

    /// The label before `to` on the best path, where `scores` are those of the paths to each label. Ties go to the lower label.
    #[inline(always)]
    fn back(&self, scores: &Lanes, useful: u32, to: u8) -> u8 {
        let after = &self.after[usize::from(to) % LANES].0;
        let reached = |from: u8| {
            let from = usize::from(from) % LANES;
            scores.0[from].saturating_add(after[from])
        };
        if let Some((kind, Place::Inside | Place::Last)) = bilou::read(to) {
            let [begin, inside] = [Place::Begin, Place::Inside].map(|place| bilou::label(kind, place));
            return if reached(inside) > reached(begin) { inside } else { begin };
        }
        let (mut best, mut left) = (OUTSIDE, useful);
        while left != 0 {
            let from = left.trailing_zeros() as u8;
            left &= left - 1;
            if reached(from) > reached(best) {
                best = from;
            }
        }
        best
    }
}

fn is_closed(label: usize) -> bool {
    bilou::read(label as u8).is_none_or(|(_, place)| matches!(place, Place::Last | Place::Unit))
}

fn may_start(label: usize) -> bool {
    bilou::read(label as u8).is_none_or(|(_, place)| matches!(place, Place::Begin | Place::Unit))
}

/// Scratch buffers of the search, reused for every sequence.
#[derive(Clone, Debug, Default)]
pub struct SpanLattice {
    /// For each token but the last, the scores of the best paths to each label; longer if an earlier sequence was.
    rows: Vec<Lanes>,
    /// For each of them, the labels from which paths may go on ([`SpanSteps::useful`]).
    useful: Vec<u32>,
    path: Vec<u8>,
}

impl SpanLattice {
    /// The best labels of a sequence, between whose ends and tokens outside of spans there may be transitions (`before`, `after`).
    /// Ties go to the lower label.
    #[inline(always)]
    pub fn best(&mut self, emissions: &[Lanes], steps: &SpanSteps, before: bool, after: bool) -> &[u8] {
        self.path.clear();
        let Some((first, rest)) = emissions.split_first() else { return &self.path };
        if self.rows.len() < rest.len() {
            self.rows.resize(rest.len(), Lanes::ZERO);
            self.useful.resize(rest.len(), 0);
        }
        let rows = self.rows[..rest.len()].iter_mut().zip(&mut self.useful);
        let mut here = Lanes::all(NEVER);
        for (lane, may) in here.0.iter_mut().enumerate() {
            let begins = steps.begins.0[lane];
            *may = first.0[lane] & begins | NEVER & !begins;
        }
        if before {
            here.add(&steps.closed[usize::from(OUTSIDE)]);
        }
        level(&mut here);
        for (emission, (row, useful)) in rest.iter().zip(rows) {
            *row = here;
            *useful = steps.useful(row);
            here = step(row, *useful, steps);
            here.add(emission);
            level(&mut here);
        }
        if after {
            here.add(&steps.after[usize::from(OUTSIDE)]);
        }
        let mut last = OUTSIDE;
        let mut left = above(&here.0, &[here.0[usize::from(OUTSIDE)]; LANES]) & steps.ends;
        while left != 0 {
            let label = left.trailing_zeros() as usize % LANES;
            left &= left - 1;
            if here.0[label] > here.0[usize::from(last)] {
                last = label as u8;
            }
        }
        self.path.resize(emissions.len(), last);
        let rows = self.rows[..rest.len()].iter().zip(&self.useful[..rest.len()]);
        for (own, (row, useful)) in self.path.iter_mut().zip(rows).rev() {
            last = steps.back(row, *useful, last);
            *own = last;
        }
        &self.path
    }
}

/// The scores of the best paths to each label after one more token.
#[inline(always)]
fn step(here: &Lanes, useful: u32, steps: &SpanSteps) -> Lanes {
    let mut next = steps.closed[usize::from(OUTSIDE)];
    next.add(&Lanes::all(here.0[usize::from(OUTSIDE)]));
    let mut left = useful;
    while left != 0 {
        let from = left.trailing_zeros() as usize % LANES;
        left &= left - 1;
        let score = here.0[from];
        for (best, step) in next.0.iter_mut().zip(&steps.closed[from].0) {
            *best = (*best).max(step.saturating_add(score));
        }
    }
    let mut moved = [NEVER; LANES + 2];
    moved[2..].copy_from_slice(&here.0);
    for (distance, after) in steps.open.iter().enumerate() {
        let from = &moved[2 - distance..][..LANES];
        for ((best, step), score) in next.0.iter_mut().zip(&after.0).zip(from) {
            *best = (*best).max(step.saturating_add(*score));
        }
    }
    next
}

/// Shifts scores so that the best is 0: long sequences would overflow.
#[inline(always)]
fn level(scores: &mut Lanes) {
    let most = scores.most();
    scores.0.iter_mut().for_each(|score| *score = score.saturating_sub(most));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::mix;
    use crate::transitions::best_labels;

    #[test]
    fn paths_are_those_of_the_plain_search() {
        for kinds in [1usize, 3, 7] {
            let labels = bilou::labels(kinds);
            let random = |seed: u64, most: u64| (mix(seed, 77) % (2 * most + 1)) as i64 - most as i64;
            let scores = (0..labels * labels).map(|at| random(at as u64, 400) as i32).collect();
            let transitions = bilou::transitions(kinds).with_scores(scores).expect("as many as labels");
            let steps = SpanSteps::new(&transitions).expect("labels of spans");
            let mut quick = SpanLattice::default();
            for length in [0usize, 1, 2, 3, 7, 40, 900] {
                for round in 0..20 {
                    let emissions: Vec<Lanes> = (0..length)
                        .map(|at| {
                            let seed = (round * 1000 + at as u64) << 8;
                            let own = |label| random(seed | label as u64, 1500) as i16;
                            Lanes(std::array::from_fn(|label| if label < labels { own(label) } else { 0 }))
                        })
                        .collect();
                    let emission = |at: usize, label: usize| i32::from(emissions[at].0[label]);
                    let step = |from: usize, to: usize| transitions.score(from, to);
                    let plain = best_labels(length, &transitions, emission, step);
                    let found = quick.best(&emissions, &steps, false, false);
                    assert_eq!(found, plain, "{kinds} kinds, {length} tokens");
                    // The same between tokens that are outside of spans.
                    let around = |at: usize, label: usize| match at.checked_sub(1) {
                        Some(at) if at < length => emission(at, label),
                        _ if label == usize::from(OUTSIDE) => 0,
                        _ => -1_000_000,
                    };
                    let plain = best_labels(length + 2, &transitions, around, step);
                    let found = quick.best(&emissions, &steps, true, true);
                    assert_eq!(found, &plain[1..=length], "{kinds} kinds, {length} tokens");
                }
            }
        }
    }

    #[test]
    fn extreme_scores_still_give_spans() {
        let transitions = bilou::transitions(7);
        let steps = SpanSteps::new(&transitions).expect("labels of spans");
        let mut lattice = SpanLattice::default();
        for lane in 0..29 {
            let mut emissions = vec![Lanes::all(i16::MIN); 30];
            emissions.iter_mut().for_each(|row| row.0[lane] = i16::MAX);
            let path = lattice.best(&emissions, &steps, lane % 2 == 0, lane % 3 == 0);
            assert!(
                path.windows(2).all(|pair| transitions.allows(pair[0].into(), pair[1].into())),
                "{path:?}"
            );
        }
    }

    #[test]
    fn other_labels_are_refused() {
        assert!(SpanSteps::new(&Transitions::new(30, |_| true, |_| true, |_, _| true)).is_none());
        assert!(SpanSteps::new(&bilou::transitions(8)).is_none());
    }
}
