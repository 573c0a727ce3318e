//! What the network says of all targets of a document, and the words that made it say so.

use copydesk_core::{DocumentView, Span};

use crate::heard::{Heard, Place, Scores};
use crate::hits::{Hit, Hits};
use crate::model::Model;
use crate::numbers;
use crate::shape::{NEGATIVE, NEUTRAL, POSITIVE};

/// So many words are tried as evidence, and so many named.
const TRIED: usize = 4;
const NAMED: usize = 3;
/// What a word must take from the score to be evidence.
const CHANGE: f32 = 0.02;

/// A document that was read.
pub(crate) struct Judge<'a> {
    pub(crate) doc: &'a DocumentView<'a>,
    pub(crate) found: &'a Hits,
    pub(crate) model: &'a Model,
    pub(crate) domain: usize,
}

/// What is said of a target.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// -1..1.
    pub(crate) score: f32,
    /// The probability of the score's side, or of neither.
    pub(crate) confidence: f32,
    /// Words without which the score would lie nearer to the other end, in text order.
    pub(crate) evidence: Vec<Span>,
}

impl Judge<'_> {
    /// Scores a target. Evidence is looked for where the score is as far from 0 as the threshold.
    pub(crate) fn judge(&self, heard: &Heard, place: &Place, threshold: f32) -> Verdict {
        let found = self.probabilities(heard, place, None);
        let score = lead(found);
        if score.abs() < threshold {
            return Verdict { score, confidence: found[NEUTRAL], evidence: Vec::new() };
        }
        let confidence = found[if score > 0.0 { POSITIVE } else { NEGATIVE }];
        Verdict { score, confidence, evidence: self.evidence(heard, place, score) }
    }

    /// The score of a target alone.
    pub(crate) fn lead_of(&self, heard: &Heard, place: &Place) -> f32 {
        lead(self.probabilities(heard, place, None))
    }

    fn probabilities(&self, heard: &Heard, place: &Place, without: Option<usize>) -> Scores {
        let around = heard.around(place, without, self.model);
        let keep = |hit: &Hit| Some(hit.token) != without;
        let numbers = numbers::of_target(self.doc, self.found, place, keep);
        self.model.probabilities(self.domain, &around, &numbers)
    }

    /// The words that make the score what it is: with each of them taken out, it is less.
    fn evidence(&self, heard: &Heard, place: &Place, score: f32) -> Vec<Span> {
        let window = place.window();
        let sign = score.signum();
        let mut tried: [(f32, usize, Span); TRIED] = [(0.0, 0, Span::default()); TRIED];
        let mut hits = self.found.within(window.clone()).iter().peekable();
        for at in (window.start..place.target.start).chain(place.target.end..window.end) {
            while hits.peek().is_some_and(|hit| hit.token < at) {
                hits.next();
            }
            let hit = hits.peek().filter(|hit| hit.token == at);
            let Some(token) = self.doc.tokens().get(at) else { break };
            if !token.is_word() || token.span().len() < 3 {
                continue;
            }
            let own = heard.lead(at, place, self.model, self.domain);
            let pull = (own + hit.map_or(0.0, |hit| hit.valence)) * sign;
            let Some(rank) = tried.iter().position(|(least, ..)| pull > *least) else { continue };
            tried[rank..].rotate_right(1);
            tried[rank] = (pull, at, hit.map_or(token.span(), |hit| hit.span));
        }
        let mut evidence: Vec<Span> = Vec::new();
        for (_, at, span) in tried.into_iter().filter(|(pull, ..)| *pull > 0.0) {
            if evidence.len() == NAMED {
                break;
            }
            let less = self.probabilities(heard, place, Some(at));
            if (score - lead(less)) * sign >= CHANGE {
                evidence.push(span);
            }
        }
        evidence.sort_unstable();
        evidence
    }
}

fn lead(probabilities: Scores) -> f32 {
    probabilities[POSITIVE] - probabilities[NEGATIVE]
}
