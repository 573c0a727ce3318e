//! A sentence with its mentions, prepared for features of pairs.

use copydesk_core::hash_lowered;
use copydesk_core::layers::{EntityId, QuoteId};
use copydesk_core::{DocumentView, Span};

use super::features::{Pair, Party, Relation};
use super::words::Words;
use crate::attitudes::{Attitude, Named};
use crate::learned::Judge;
use crate::targets;

/// The content of a quote and its speaker.
pub(crate) type Said = (Span, QuoteId, EntityId);

/// The number of steps of a tone.
pub(crate) const TONES: u8 = 5;

/// A sentence with its mentions.
pub(crate) struct Scene<'a> {
    words: &'a Words,
    mentions: &'a [Named],
    parties: Vec<Party>,
    attitudes: &'a [Attitude],
    said: &'a [Said],
    asked: bool,
}

impl<'a> Scene<'a> {
    /// `tone` is the network's result for a mention, by its index, if it is known or does not matter.
    pub(crate) fn new(
        judge: &Judge<'_>,
        words: &'a Words,
        mentions: &'a [Named],
        attitudes: &'a [Attitude],
        said: &'a [Said],
        tone: impl Fn(usize) -> Option<f32>,
    ) -> Self {
        let party = |(at, mention): (usize, &Named)| {
            let kind = judge.doc.entity(mention.entity).map_or(u8::MAX, |entity| entity.kind() as u8);
            let score = tone(at).unwrap_or_else(|| {
                let found = judge.found;
                let place = targets::place(judge.doc, judge.encoded.tokens(), found, mention.span);
                judge.score(&place)
            });
            Party { tokens: mention.tokens.clone(), kind, tone: step(score) }
        };
        let parties = mentions.iter().enumerate().map(party).collect();
        let asked = is_asked(judge.doc, judge.encoded.tokens());
        Self { words, mentions, parties, attitudes, said, asked }
    }

    /// Two mentions as holder and target.
    pub(crate) fn pair(&self, holder: usize, target: usize) -> Pair<'_> {
        Pair {
            words: self.words,
            holder: &self.parties[holder],
            target: &self.parties[target],
            relation: self.relation(holder, target),
            asked: self.asked,
        }
    }

    /// The network's result for a mention, as a step.
    pub(crate) fn tone(&self, mention: usize) -> u8 {
        self.parties[mention].tone
    }

    fn relation(&self, holder: usize, target: usize) -> Relation {
        let (one, two) = (&self.mentions[holder], &self.mentions[target]);
        let within = |mention: &Named, content: Span| {
            content.start() <= mention.span.start() && mention.span.end() <= content.end()
        };
        let mut quoted = 0;
        for (content, _, speaker) in self.said {
            let (first, second) = (within(one, *content), within(two, *content));
            if second && *speaker == one.entity {
                quoted = 1;
                break;
            } else if first && *speaker == two.entity {
                quoted = 2;
            } else if first && second && quoted == 0 {
                quoted = 3;
            }
        }
        let ruled = |holder: EntityId, target: EntityId| {
            let found = self.attitudes.iter().find(|found| found.holder == holder && found.target == target);
            found.map_or(0, |found| if found.score < 0.0 { 1 } else { 2 })
        };
        let (start, end) = if one.tokens.start < two.tokens.start {
            (one.tokens.end, two.tokens.start)
        } else {
            (two.tokens.end, one.tokens.start)
        };
        let other = |mention: &&Named| {
            mention.tokens.start >= start
                && mention.tokens.end <= end
                && mention.entity != one.entity
                && mention.entity != two.entity
        };
        let between = self.mentions.iter().filter(other).count().min(9) as u8;
        Relation {
            quoted,
            ruled: ruled(one.entity, two.entity),
            ruled_back: ruled(two.entity, one.entity),
            between,
        }
    }
}

/// The network's score as one of [`TONES`] steps.
fn step(score: f32) -> u8 {
    [-0.5, -0.2, 0.2, 0.5].iter().filter(|end| score > **end).count() as u8
}

fn is_asked(doc: &DocumentView<'_>, sentence: std::ops::Range<usize>) -> bool {
    let last = doc.tokens().get(sentence).unwrap_or_default();
    last.iter().rev().take(3).any(|token| token.hash() == hash_lowered("?"))
}
