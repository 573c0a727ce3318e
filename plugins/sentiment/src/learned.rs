//! What the network says of all targets of a document, and the words that made it say so.

use copydesk_core::{DocumentView, Span};

use crate::heard::{Heard, Place, Scores};
use crate::hits::{Hit, Hits};
use crate::lexicon::role;
use crate::model::Model;
use crate::numbers;
use crate::shape::{NEGATIVE, NEUTRAL, NUMBERS, POSITIVE};

/// So many words are tried as evidence, and so many named.
const TRIED: usize = 4;
const NAMED: usize = 3;
/// What a word must take from the score to be evidence.
const CHANGE: f32 = 0.02;
const ROOM: f32 = 0.1;

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
    /// Scores a target. Evidence is looked for where the score is as far from 0 as the threshold; `leads` are the sentence's,
    /// and worked out if there are none.
    pub(crate) fn judge(&self, heard: &Heard, place: &Place, threshold: f32, leads: &mut Vec<[f32; 2]>) -> Verdict {
        let around = heard.around(place, self.model, self.domain);
        let numbers = numbers::of_target(self.doc, self.found, place, |_| true);
        let found = self.model.heads(self.domain).probabilities(&around, &numbers);
        let score = lead(found);
        if score.abs() < threshold {
            return Verdict { score, confidence: found[NEUTRAL], evidence: Vec::new() };
        }
        let confidence = found[if score > 0.0 { POSITIVE } else { NEGATIVE }];
        if leads.is_empty() {
            heard.leads(self.model, self.domain, leads);
        }
        Verdict { score, confidence, evidence: self.evidence(heard, place, score, (&around, &numbers), leads) }
    }

    /// The score of a target alone.
    pub(crate) fn lead_of(&self, heard: &Heard, place: &Place) -> f32 {
        let around = heard.around(place, self.model, self.domain);
        let numbers = numbers::of_target(self.doc, self.found, place, |_| true);
        lead(self.model.heads(self.domain).probabilities(&around, &numbers))
    }

    /// The words that make the score what it is: with any other word in the place of one of them, it is less.
    fn evidence(
        &self,
        heard: &Heard,
        place: &Place,
        score: f32,
        (around, numbers): (&Scores, &[f32; NUMBERS]),
        leads: &[[f32; 2]],
    ) -> Vec<Span> {
        let window = place.window();
        let sentence = heard.tokens();
        let sign = score.signum();
        let mut tried: [(f32, usize, f32); TRIED] = [(0.0, 0, 0.0); TRIED];
        let mut hits = self.found.within(window.clone()).iter().peekable();
        for (side, tokens) in [window.start..place.target.start, place.target.end..window.end].into_iter().enumerate() {
            for at in tokens {
                while hits.peek().is_some_and(|hit| hit.token < at) {
                    hits.next();
                }
                let hit = hits.peek().filter(|hit| hit.token == at).map_or(0.0, |hit| hit.valence);
                let own = leads.get(at.wrapping_sub(sentence.start)).map_or(0.0, |leads| leads[side]);
                let pull = (own + hit) * sign;
                if pull <= tried[TRIED - 1].0 {
                    continue;
                }
                let Some(token) = self.doc.tokens().get(at) else { break };
                let function = self.model.vocabulary.word_of(token.hash()).is(role::FUNCTION) && hit == 0.0;
                if !token.is_word() || token.span().len() < 3 || function {
                    continue;
                }
                let Some(rank) = tried.iter().position(|(least, ..)| pull > *least) else { continue };
                tried[rank..].rotate_right(1);
                tried[rank] = (pull, at, hit);
            }
        }
        let heads = self.model.heads(self.domain);
        // Where a score is nearly at its end, one word of several takes little from it.
        let change = CHANGE.min(ROOM * (1.0 - score.abs()));
        let mut evidence: Vec<Span> = Vec::new();
        for (_, at, hit) in tried.into_iter().filter(|(pull, ..)| *pull > 0.0) {
            if evidence.len() == NAMED {
                break;
            }
            let scores = heard.without(place, at, around, self.model, self.domain);
            let less = if hit == 0.0 {
                heads.probabilities(&scores, numbers)
            } else {
                let others = |hit: &Hit| hit.token != at;
                heads.probabilities(&scores, &numbers::of_target(self.doc, self.found, place, others))
            };
            if (score - lead(less)) * sign >= change {
                let own = self.found.within(at..at + 1).first().map(|hit| hit.span);
                evidence.push(own.unwrap_or_else(|| self.doc.token_span(at, at + 1)));
            }
        }
        evidence.sort_unstable();
        evidence
    }
}

fn lead(probabilities: Scores) -> f32 {
    probabilities[POSITIVE] - probabilities[NEGATIVE]
}
