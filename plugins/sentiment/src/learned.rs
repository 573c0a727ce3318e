//! Scores targets with the network and finds the words that the score depends on.

use copydesk_core::{DocumentView, Span};

use crate::around::{Near, Place, pulls};
use crate::attitudes::Attitudes;
use crate::encoded::EncodedSentence;
use crate::events::Events;
use crate::found::Found;
use crate::lexicon::role;
use crate::model::{Logits, Model};
use crate::numbers;
use crate::shape::{LABELS, NEGATIVE, NEUTRAL, NUMBERS, POSITIVE};

/// The number of candidate words that are tested as evidence.
const TRIED: usize = 3;
/// A word is evidence if masking it lowers the score by at least this much.
const CHANGE: f32 = 0.02;
const HEADROOM: f32 = 0.1;
/// The same if no candidate reaches that.
const LITTLE: f32 = 0.001;

/// How often a target is neutral to a reader if no word on the side of the score is about it.
const APART: f32 = 0.7;

/// An encoded sentence of a document, ready to score targets in.
pub(crate) struct Judge<'a> {
    pub(crate) doc: &'a DocumentView<'a>,
    pub(crate) found: Found<'a>,
    pub(crate) encoded: &'a EncodedSentence,
    pub(crate) model: &'a Model,
    pub(crate) attitudes: &'a Attitudes,
    pub(crate) events: &'a Events,
    pub(crate) domain: usize,
    /// The lists that hold words of the sentence, as bits of [`crate::reading::list`].
    pub(crate) lists: u8,
}

/// The polarity towards a target.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// -1..1.
    pub(crate) score: f32,
    /// The probability of the label on the score's side, or of neutral.
    pub(crate) confidence: f32,
    /// Words without which the score would be less extreme, in text order.
    pub(crate) evidence: Vec<Span>,
    /// No word on the side of the score is about the target.
    pub(crate) apart: bool,
}

impl Judge<'_> {
    /// The hash of a token of the sentence; 0 for others.
    pub(crate) fn hash(&self, at: usize) -> u64 {
        if !self.encoded.tokens().contains(&at) {
            return 0;
        }
        self.doc.tokens().get(at).map_or(0, |token| token.hash())
    }

    /// Whether a list holds a word of the sentence. Most sentences have none of most lists, and then no word need be looked at.
    pub(crate) fn has(&self, list: u8) -> bool {
        self.lists & list != 0
    }

    /// Scores a target. Evidence is searched for only if the score reaches the threshold and `bears` agrees with it;
    /// `known` caches the pulls of the sentence and is filled if empty.
    pub(crate) fn judge(
        &self,
        place: &Place,
        threshold: f32,
        known: &mut Vec<[f32; 2]>,
        bears: impl FnOnce(f32) -> bool,
    ) -> Verdict {
        let heads = self.model.heads(self.domain);
        let near = Near { encoded: self.encoded, place, window: place.window(), model: self.model, heads };
        let logits = near.logits();
        let numbers = numbers::of_target(self.doc, self.found, self.attitudes, place);
        let found = heads.probabilities(&logits, &numbers);
        let score = difference(found);
        if score.abs() < threshold {
            return Verdict { score, confidence: found[NEUTRAL], evidence: Vec::new(), apart: false };
        }
        if !bears(score) {
            return Verdict { score, confidence: APART, evidence: Vec::new(), apart: true };
        }
        let confidence = found[if score > 0.0 { POSITIVE } else { NEGATIVE }];
        if known.is_empty() {
            pulls(self.encoded, heads, known);
        }
        let evidence = self.evidence(&near, score, (&logits, &numbers), known);
        Verdict { score, confidence, evidence, apart: false }
    }

    /// The score of a target without evidence.
    pub(crate) fn score(&self, place: &Place) -> f32 {
        let heads = self.model.heads(self.domain);
        let near = Near { encoded: self.encoded, place, window: place.window(), model: self.model, heads };
        let numbers = numbers::of_target(self.doc, self.found, self.attitudes, place);
        difference(heads.probabilities(&near.logits(), &numbers))
    }

    /// The words that the score depends on: masking one of them makes it less extreme.
    fn evidence(
        &self,
        near: &Near<'_>,
        score: f32,
        (logits, numbers): (&Logits, &[f32; NUMBERS]),
        pulls: &[[f32; 2]],
    ) -> Vec<Span> {
        let (place, window, sentence) = (near.place, near.window.clone(), near.encoded.tokens());
        let sign = score.signum();
        let mut tried: [(f32, usize, f32); TRIED] = [(0.0, 0, 0.0); TRIED];
        let mut hits = self.found.within(window.clone()).iter().peekable();
        for (side, tokens) in
            [window.start..place.target.start, place.target.end..window.end].into_iter().enumerate()
        {
            for at in tokens {
                while hits.peek().is_some_and(|hit| hit.token < at) {
                    hits.next();
                }
                let hit = hits.peek().filter(|hit| hit.token == at).map_or(0.0, |hit| hit.valence);
                let own = pulls.get(at.wrapping_sub(sentence.start)).map_or(0.0, |pulls| pulls[side]);
                let pull = (own + hit) * sign;
                if pull <= tried[TRIED - 1].0 {
                    continue;
                }
                let Some(token) = self.doc.tokens().get(at) else { break };
                let row = near.encoded.row_of(at);
                let function = hit == 0.0 && self.model.vocabulary.word(row).is(role::FUNCTION);
                if !token.is_word() || token.span().len() < 3 || function {
                    continue;
                }
                let Some(rank) = tried.iter().position(|(least, ..)| pull > *least) else { continue };
                tried[rank..].rotate_right(1);
                tried[rank] = (pull, at, hit);
            }
        }
        let taken = |at: usize, hit: bool| {
            let change = near.change_without(at);
            let scores: Logits = std::array::from_fn(|side| logits[side] + change[side]);
            let less = if hit {
                near.heads.probabilities(&scores, &numbers::without(self.found, place, numbers, at))
            } else {
                near.heads.probabilities(&scores, numbers)
            };
            (score - difference(less)) * sign
        };
        let span = |at: usize| {
            let own = self.found.within(at..at + 1).first().map(|hit| hit.span);
            own.unwrap_or_else(|| self.doc.token_span(at, at + 1))
        };
        // Near the end of the scale, masking one of several words changes the score little.
        let least = CHANGE.min(HEADROOM * (1.0 - score.abs()));
        let tried = tried.into_iter().filter(|(pull, ..)| *pull > 0.0);
        let mut evidence: Vec<Span> = tried
            .filter(|(_, at, hit)| taken(*at, *hit != 0.0) >= least)
            .map(|(_, at, _)| span(at))
            .collect();
        if evidence.is_empty() {
            // Sometimes no candidate suffices: then try every word of the window.
            let is_word = |at: &usize| self.doc.tokens().get(*at).is_some_and(|token| token.is_word());
            let words = window.filter(|at| !place.target.contains(at)).filter(is_word);
            let best = words.map(|at| (taken(at, true), at)).max_by(|a, b| a.0.total_cmp(&b.0));
            evidence.extend(best.filter(|(taken, _)| *taken > LITTLE).map(|(_, at)| span(at)));
        }
        evidence.sort_unstable();
        evidence
    }
}

fn difference(probabilities: [f32; LABELS]) -> f32 {
    probabilities[POSITIVE] - probabilities[NEGATIVE]
}
