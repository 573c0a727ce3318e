//! What the trained model says of all targets of a document, and the words that made it say so.

use copydesk_core::{DocumentView, Span};
use copydesk_learn::Classes;

use crate::features::{Side, Words};
use crate::hits::{Hit, Hits};
use crate::model::{LABELS, Model, NEGATIVE, NEUTRAL, POSITIVE, Sentence, window};
use crate::targets;

/// So many words are tried as evidence, and so many named.
const TRIED: usize = 4;
const NAMED: usize = 3;
/// What a word must take from the score to be evidence.
const CHANGE: f32 = 0.02;

/// Scores targets; those in text order are scored in linear time.
pub(crate) struct Judge<'a> {
    pub(crate) doc: &'a DocumentView<'a>,
    pub(crate) found: &'a Hits,
    pub(crate) model: &'a Model,
    pub(crate) classes: &'a Classes,
    words: Words,
    sentence: Sentence,
    /// Where the sentence that was read begins.
    read: Option<usize>,
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

impl<'a> Judge<'a> {
    pub(crate) fn new(
        doc: &'a DocumentView<'a>,
        found: &'a Hits,
        model: &'a Model,
        classes: &'a Classes,
    ) -> Self {
        Self {
            doc,
            found,
            model,
            classes,
            words: Words::default(),
            sentence: Sentence::default(),
            read: None,
        }
    }

    /// Scores a target. Evidence is looked for where the score is as far from 0 as the threshold.
    pub(crate) fn judge(&mut self, target: Span, threshold: f32) -> Verdict {
        let (first, end) = targets::tokens(self.doc, target);
        let tokens = targets::sentence(self.doc, first, end);
        if self.read != Some(tokens.start) {
            self.words.read(self.doc, tokens.clone(), self.classes);
            self.model.sentence(&self.words, &mut self.sentence);
            self.read = Some(tokens.start);
        }
        let document = (self.doc, self.found);
        let far = self.sentence.around(&tokens, first, end);
        let found = self.model.probabilities(&self.words, far, document, (first, end), |_| true);
        let score = lead(found);
        if score.abs() < threshold {
            return Verdict { score, confidence: found[NEUTRAL], evidence: Vec::new() };
        }
        let confidence = found[if score > 0.0 { POSITIVE } else { NEGATIVE }];
        Verdict { score, confidence, evidence: self.evidence(score, far, (first, end)) }
    }

    /// The words that make the score what it is: without each of them it is less.
    fn evidence(&mut self, score: f32, far: [i32; LABELS], (first, end): (usize, usize)) -> Vec<Span> {
        let tokens = self.words.tokens();
        let (from, to) = window(&tokens, first, end);
        let sign = score.signum();
        let mut tried: [(f32, usize); TRIED] = [(0.0, 0); TRIED];
        let mut hits = self.found.within(from..to).iter().peekable();
        let unit = self.model.unit();
        for at in (from..first).chain(end..to) {
            while hits.peek().is_some_and(|hit| hit.token < at) {
                hits.next();
            }
            let hit = hits.peek().filter(|hit| hit.token == at).map_or(0.0, |hit| hit.valence);
            let Some(token) = self.doc.tokens().get(at) else { break };
            if !token.is_word() || token.span().len() < 3 {
                continue;
            }
            let own = self.sentence.lead(at - tokens.start, at < first) as f32 * unit;
            let pull = (own + hit) * sign;
            let Some(place) = tried.iter().position(|(least, _)| pull > *least) else { continue };
            tried[place..].rotate_right(1);
            tried[place] = (pull, at);
        }
        let mut evidence: Vec<Span> = Vec::new();
        for (_, at) in tried.into_iter().filter(|(pull, _)| *pull > 0.0) {
            if evidence.len() == NAMED {
                break;
            }
            // Only n-grams that hold the word change.
            let (side, changed) = if at < first {
                (Side::Left, at..(at + 3).min(first))
            } else {
                (Side::Right, at.saturating_sub(2).max(end)..at + 1)
            };
            let with = self.model.tokens(&self.words, changed.clone(), side);
            let word = self.words.blank(at);
            let without = self.model.tokens(&self.words, changed, side);
            let far = std::array::from_fn(|label| {
                far[label].wrapping_sub(with[label]).wrapping_add(without[label])
            });
            let others = |hit: &Hit| hit.token != at;
            let document = (self.doc, self.found);
            let less = self.model.probabilities(&self.words, far, document, (first, end), others);
            self.words.put(at, word);
            if (score - lead(less)) * sign >= CHANGE
                && let Some(token) = self.doc.tokens().get(at)
            {
                evidence.push(token.span());
            }
        }
        evidence.sort_unstable();
        evidence
    }
}

fn lead(probabilities: [f32; LABELS]) -> f32 {
    probabilities[POSITIVE] - probabilities[NEGATIVE]
}
