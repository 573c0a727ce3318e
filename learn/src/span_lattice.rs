//! The best sequence of [`bilou`] labels: a search that is fast because it exploits their structure.
//!
//! A label that opens a span is followed by two labels only, which are one or two lanes after it; all others are followed
//! by the same labels. So a step is a few vector additions. Predecessors are not stored but recomputed when tracing
//! back, for the labels of the best path only.

use crate::bilou::{self, Place};
use crate::lanes::{LANES, Lanes};
use crate::transitions::Transitions;

/// Transition scores, arranged for [`SpanLattice`].
#[derive(Clone, Debug)]
pub struct SpanSteps {
    labels: usize,
    /// The labels after which no span is open, with the scores of the labels after them.
    closed: Vec<(u8, Lanes)>,
    /// Scores inside spans: of a label after itself, after the one a lane before it, and after that two lanes before.
    open: [Lanes; 3],
    /// For each label, its scores after every other.
    after: Vec<Lanes>,
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
            labels,
            closed: Vec::new(),
            open: [Lanes::all(NEVER); 3],
            after: vec![Lanes::all(NEVER); labels],
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
                steps.closed.push((from as u8, after));
            }
        }
        Some(steps)
    }

    /// The label before `to` on the best path, where `scores` are those of the paths to each label.
    #[inline(always)]
    fn back(&self, scores: &Lanes, to: u8) -> u8 {
        let after = &self.after[usize::from(to)];
        let mut sums = *scores;
        sums.add(after);
        let best = sums.most();
        let found = (0..self.labels).find(|from| sums.0[*from] == best && after.0[*from] != NEVER);
        found.unwrap_or(0) as u8
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
    rows: Vec<Lanes>,
    path: Vec<u8>,
}

impl SpanLattice {
    /// The best labels of a sequence; ties go to the lower label.
    #[inline(always)]
    pub fn best(&mut self, emissions: &[Lanes], steps: &SpanSteps) -> &[u8] {
        self.path.clear();
        self.rows.clear();
        let Some((first, rest)) = emissions.split_first() else { return &self.path };
        let mut here = Lanes::all(NEVER);
        for label in (0..steps.labels).filter(|label| may_start(*label)) {
            here.0[label] = first.0[label];
        }
        level(&mut here);
        self.rows.push(here);
        for emission in rest {
            here = step(&here, steps);
            here.add(emission);
            level(&mut here);
            self.rows.push(here);
        }
        let mut last = 0;
        for &(label, _) in &steps.closed {
            if here.0[usize::from(label)] > here.0[usize::from(last)] {
                last = label;
            }
        }
        self.path.resize(emissions.len(), last);
        for (at, row) in self.rows[..rest.len()].iter().enumerate().rev() {
            last = steps.back(row, last);
            self.path[at] = last;
        }
        &self.path
    }
}

/// The scores of the best paths to each label after one more token.
#[inline(always)]
fn step(here: &Lanes, steps: &SpanSteps) -> Lanes {
    let mut next = [NEVER; LANES];
    for (from, after) in &steps.closed {
        let score = here.0[usize::from(*from) % LANES];
        for (best, step) in next.iter_mut().zip(&after.0) {
            *best = (*best).max(step.saturating_add(score));
        }
    }
    let mut moved = [NEVER; LANES + 2];
    moved[2..].copy_from_slice(&here.0);
    for (distance, after) in steps.open.iter().enumerate() {
        let from = &moved[2 - distance..][..LANES];
        for ((best, step), score) in next.iter_mut().zip(&after.0).zip(from) {
            *best = (*best).max(step.saturating_add(*score));
        }
    }
    Lanes(next)
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
                    assert_eq!(quick.best(&emissions, &steps), plain, "{kinds} kinds, {length} tokens");
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
            let path = lattice.best(&emissions, &steps);
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
