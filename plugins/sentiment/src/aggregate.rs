//! The polarity of a document as a whole towards each entity: the mean over its mentions.

use copydesk_core::Emitter;
use copydesk_core::layers::{EntityId, Polarity};

use crate::registry;

/// The threshold for a mean, as a share of that for a single mention: most mentions are neutral, so means are small.
const SHARE_OF_THRESHOLD: f32 = 0.4;

/// The mentions of one entity.
#[derive(Clone, Copy, Debug)]
struct Tally {
    entity: EntityId,
    sum: f32,
    /// The number of mentions with each label, indexed as `shape` numbers labels.
    counts: [u32; 3],
}

/// The mentions of every entity so far.
#[derive(Debug, Default)]
pub(crate) struct Aggregate {
    entities: Vec<Option<Tally>>,
}

impl Aggregate {
    /// Adds a mention.
    pub(crate) fn add(&mut self, entity: EntityId, polarity: Polarity) {
        let place = entity.index();
        if place >= self.entities.len() {
            self.entities.resize(place + 1, None);
        }
        let tally = self.entities[place].get_or_insert(Tally { entity, sum: 0.0, counts: [0; 3] });
        tally.sum += polarity.score;
        tally.counts[polarity.label as usize] += 1;
    }

    /// Emits the entities with at least one mention that is not neutral: the mean of all their mentions, which does not grow
    /// with the document, and the number of each label. `threshold` is that of a single mention.
    pub(crate) fn emit(&self, threshold: f32, out: &mut Emitter) {
        for tally in &self.entities {
            let Some(Tally { entity, sum, counts: [negative, neutral, positive] }) = *tally else { continue };
            if negative + positive == 0 {
                continue;
            }
            let mentions = negative + neutral + positive;
            // Rounded to four digits, as in the output, so that score and label agree there.
            let mean = (sum / mentions as f32 * 10_000.0).round() / 10_000.0 + 0.0;
            let polarity = Polarity::new(mean, threshold * SHARE_OF_THRESHOLD, 1.0);
            out.entity_polarity(entity, polarity, [negative, positive, mentions], registry::MEAN);
        }
    }
}
