//! The last model: whether cue, source and content together are an attribution.
//!
//! The cue model sees a word and its surroundings; the role model assumes that the cue is one. This small model sees the result.
//! It is trained on what the two propose for texts that they were not trained on.

use std::ops::Range;

use copydesk_learn::feature::mix;

use crate::attribution::Attribution;
use crate::elements::{Elements, Unit};
use crate::features::{feature, feature2};

/// How an attribution relates to those of more likely cues in its unit.
#[derive(Clone, Copy, Default)]
pub(crate) struct Rivals {
    /// Its cue is inside the content of one of them.
    pub(crate) inside: bool,
    /// Its content is mostly that of one of them.
    pub(crate) shares: bool,
    /// Their number.
    pub(crate) count: u64,
}

impl Rivals {
    /// How `own` relates to the `surer` ones.
    pub(crate) fn of(own: &Attribution, surer: &[Attribution]) -> Self {
        Self {
            inside: surer.iter().any(|other| other.content.iter().any(|part| part.contains(&own.cue))),
            shares: surer.iter().any(|other| overlap(&own.content, &other.content) > 0.3),
            count: (surer.len() as u64).min(3),
        }
    }
}

/// The overlap of two contents (Jaccard index), by their elements.
pub fn overlap(a: &[Range<usize>], b: &[Range<usize>]) -> f32 {
    let length = |parts: &[Range<usize>]| parts.iter().map(ExactSizeIterator::len).sum::<usize>();
    let common = |x: &Range<usize>, y: &Range<usize>| x.end.min(y.end).saturating_sub(x.start.max(y.start));
    let both: usize = a.iter().flat_map(|x| b.iter().map(move |y| common(x, y))).sum();
    let either = length(a) + length(b) - both;
    if either == 0 { 0.0 } else { both as f32 / either as f32 }
}

/// The number of features.
pub(crate) const COUNT: usize = 33;

impl Elements {
    /// The features of a proposed attribution; `class` is the class of its cue.
    pub(crate) fn verdict(
        &self,
        unit: &Unit,
        found: &Attribution,
        rivals: Rivals,
        class: u64,
    ) -> [u64; COUNT] {
        let all = &self.all;
        let (Some(first), Some(last)) = (found.content.first(), found.content.last()) else {
            return [0; COUNT];
        };
        let (start, end) = (first.start, last.end);
        let length: usize = found.content.iter().map(ExactSizeIterator::len).sum();
        let kind = self.kind_of_content(&found.content);
        let word = all[found.cue].word;
        let tag = u64::from(all[found.cue].tag);
        let sure = log_odds(found.cue_probability);
        let gain = step(found.gain);
        let mean_gain = step(found.gain / length as f32 * 4.0);
        let source = found.source.as_ref();
        let side = |at: usize| u64::from(at > found.cue);
        let order = source.map_or(2, |source| side(source.start)) << 2 | side(start) << 1 | side(end - 1);
        let gap = distance(found.cue, &(start..end)).min(6);
        let source_tag = source.map_or(120, |source| u64::from(all[source.end - 1].tag));
        let source_word = source.map_or(0, |source| all[source.end - 1].word);
        let source_gap = source.map_or(9, |source| distance(found.cue, source).min(7));
        let source_length = source.map_or(0, |source| (source.len() as u64).min(9));
        let (first_word, first_tag) = (all[start].word, u64::from(all[start].tag));
        let last_tag = u64::from(all[end - 1].tag);
        let after = if unit.wide.contains(&end) { u64::from(all[end].tag) } else { 127 };
        let relation = u64::from(rivals.inside) | u64::from(rivals.shares) << 1 | rivals.count << 2;
        let nudges = u64::from(found.nudges);
        let size = step((length as f32).ln() * 3.0);
        let parts = (found.content.len() as u64).min(3);
        [
            feature(201, sure),
            feature2(202, sure, nudges),
            feature(203, gain),
            feature(204, mean_gain),
            feature2(205, gain, nudges),
            feature2(206, sure, mean_gain),
            feature2(207, order, kind),
            feature2(208, gap, order),
            feature2(209, source_gap, order),
            feature(210, source_tag),
            feature(211, source_word),
            feature(212, source_length),
            feature(213, first_word),
            feature2(214, first_tag, order),
            feature2(215, last_tag, after),
            feature(216, size),
            feature2(217, size, kind),
            feature2(218, parts, order),
            feature(219, relation),
            feature2(220, relation, sure),
            feature2(221, word, order),
            feature2(222, word, kind),
            feature2(223, word, first_tag),
            feature(224, word),
            feature2(225, tag, mix(order, gap)),
            feature2(226, tag, first_tag),
            feature2(227, word, relation),
            feature2(228, tag, source_tag),
            feature2(229, u64::from(found.source_guessed), tag),
            feature2(230, class, first_tag),
            feature2(231, class, order),
            feature2(232, class, source_tag),
            feature2(233, kind, sure),
        ]
    }

    /// Whether a content has quoted elements (bit 1) and elements outside quotation marks (bit 0).
    fn kind_of_content(&self, content: &[Range<usize>]) -> u64 {
        let has = |quoted: bool| {
            let mut parts = content.iter();
            parts.any(|part| self.all[part.clone()].iter().any(|element| element.is_quoted() == quoted))
        };
        u64::from(has(true)) << 1 | u64::from(has(false))
    }
}

/// The number of elements between a cue and a range before or after it.
fn distance(cue: usize, range: &Range<usize>) -> u64 {
    let between = if range.start > cue { range.start - cue - 1 } else { cue.saturating_sub(range.end) };
    between as u64
}

/// The log-odds of a probability, in steps.
fn log_odds(probability: f32) -> u64 {
    let probability = probability.clamp(1e-4, 0.9999);
    step((probability / (1.0 - probability)).ln() * 1.5)
}

/// A number, rounded and bounded.
fn step(number: f32) -> u64 {
    (number.clamp(-30.0, 30.0) + 31.0) as u64
}
