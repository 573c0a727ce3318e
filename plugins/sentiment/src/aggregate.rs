//! How a document as a whole speaks of each entity: its mentions taken together.
//!
//! Written as the layer `entity_sentiment`, one annotation an entity, at its first mention.

use std::fmt::Write;

use copydesk_core::layers::{EntityId, Polarity};
use copydesk_core::{Emitter, Span};

/// The layer's name.
pub(crate) const LAYER: &str = "entity_sentiment";

/// A mean of mentions has its label from this share of the threshold of a single mention on: most mentions say nothing.
const SHARE_OF_THRESHOLD: f32 = 0.4;

/// The mentions of one entity.
#[derive(Clone, Copy, Debug)]
struct Held {
    first: Span,
    sum: f32,
    /// Negative, neutral and positive mentions, as labels are numbered.
    counts: [u32; 3],
}

/// The mentions of every entity so far.
#[derive(Debug, Default)]
pub(crate) struct Aggregate {
    entities: Vec<Option<Held>>,
}

impl Aggregate {
    /// Takes in a mention.
    pub(crate) fn add(&mut self, entity: EntityId, span: Span, polarity: Polarity) {
        let place = entity.index();
        if place >= self.entities.len() {
            self.entities.resize(place + 1, None);
        }
        let held = self.entities[place].get_or_insert(Held { first: span, sum: 0.0, counts: [0; 3] });
        held.sum += polarity.score;
        held.counts[polarity.label as usize] += 1;
    }

    /// Writes the entities of which at least one mention is not neutral: the mean of all their mentions, which does not grow
    /// with the document, and how many there are of each label. `threshold` is that of a single mention.
    pub(crate) fn emit(&self, threshold: f32, out: &mut Emitter) {
        let mut payload = String::new();
        for (place, held) in self.entities.iter().enumerate() {
            let Some(Held { first, sum, counts: [negative, neutral, positive] }) = *held else { continue };
            if negative + positive == 0 {
                continue;
            }
            let mentions = negative + neutral + positive;
            // As documents are written: four places, and entities by the number of their place.
            let mean = (sum / mentions as f32 * 10_000.0).round() / 10_000.0 + 0.0;
            let polarity = Polarity::new(mean, threshold * SHARE_OF_THRESHOLD, 1.0);
            payload.clear();
            let written = write!(
                payload,
                r#"{{"entity":"e{}","polarity":{mean},"label":"{}","mentions":{mentions},"negative":{negative},"positive":{positive}}}"#,
                place + 1,
                polarity.label.as_str(),
            );
            if written.is_ok() {
                out.custom(LAYER, first, &payload, 1.0, "mean");
            }
        }
    }
}
