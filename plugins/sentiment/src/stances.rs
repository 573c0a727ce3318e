//! What a speaker holds of those whom the quote mentions.

use copydesk_core::layers::{EntityId, Label, Polarity};
use copydesk_core::{DocumentView, Emitter, Span};

use crate::hits::Hits;
use crate::score::Score;
use crate::targets::attitude;

/// A speech that names more than this many has no attitude to each.
const MOST: usize = 64;

/// Emits a stance for each speaker and entity mentioned in what is said, where it is not neutral.
pub(crate) fn emit(doc: &DocumentView<'_>, found: &Hits, threshold: f32, out: &mut Emitter) {
    for quote in doc.quotes() {
        let Some(holder) = quote.speaker_entity() else { continue };
        let content = quote.content();
        let inside = |span: Span| content.iter().any(|part| part.start() <= span.start() && span.end() <= part.end());
        // One entry an entity: the sum of its mentions' scores, how many, and the words behind them.
        let mut held: Vec<(EntityId, Score, u32, Vec<Span>)> = Vec::new();
        for mention in content.iter().flat_map(|part| doc.mentions_in(*part)).filter(|mention| mention.entity != holder) {
            let found = attitude(doc, found, mention.span, |hit| inside(hit.span));
            let at = held.iter().position(|(entity, ..)| *entity == mention.entity);
            if let Some((_, score, count, evidence)) = at.and_then(|at| held.get_mut(at)) {
                score.value += found.score.value;
                score.mass += found.score.mass;
                *count += 1;
                evidence.extend(found.evidence);
            } else if held.len() < MOST {
                held.push((mention.entity, found.score, 1, found.evidence));
            }
        }
        for (entity, score, count, evidence) in held {
            let score = Score { value: score.value / count as f32, ..score };
            let polarity = Polarity::new(score.value, threshold, score.confidence());
            if polarity.label == Label::Neutral {
                continue;
            }
            let mut stance = out.stance(holder, entity, polarity).quote(quote.id()).rule("quote-near-words");
            for span in crate::merged(evidence) {
                stance = stance.evidence(span);
            }
        }
    }
}
