//! The features of the model of stances.

use copydesk_core::layers::Mention;
use copydesk_core::{Document, Span, StageError, StageType};

use crate::attitudes::Named;
use crate::encoded::EncodedSentence;
use crate::hits::Hits;
use crate::learned::Judge;
use crate::stances::model::slot;
use crate::stances::scene::Scene;
use crate::stances::words::Words;
use crate::{Options, SentimentStage, targets};

pub use crate::stances::features::StanceGroup;
pub use crate::stances::model::{KIND, NUMBERS, SIDES, SLOTS, STEP, WEIGHTS};

/// The features of two mentions: with the first as holder, then with the second as holder. Each is one of [`SLOTS`] numbers.
pub type PairFeatures = [Vec<u32>; 2];

/// Computes the features of pairs of mentions.
pub struct StanceReader {
    stage: SentimentStage,
    words: Words,
    without: Vec<StanceGroup>,
}

impl StanceReader {
    /// A reader that omits some groups of features.
    pub fn new(without: &[StanceGroup]) -> Result<Self, StageError> {
        let stage = SentimentStage::new(Options::default())?;
        Ok(Self { stage, words: Words::default(), without: without.to_vec() })
    }

    /// The features of the mentions at two spans of a document with entities, quotes and parts of speech; `None` if the spans are not in
    /// one sentence, are not mentions, or are mentions of the same entity.
    pub fn features(&mut self, document: &Document, spans: [Span; 2]) -> Option<PairFeatures> {
        let doc = document.view();
        let stage = &self.stage;
        let sentence = doc.sentences().iter().find(|sentence| {
            spans.iter().all(|span| {
                let own = sentence.span();
                own.start() <= span.start() && span.start() < own.end()
            })
        })?;
        let reading = stage.read(&doc);
        let found = Hits::read(&doc, &reading, &stage.model.vocabulary);
        let mut encoded = EncodedSentence::default();
        encoded.read(sentence.tokens(), &reading.rows, &stage.model);
        let judge = Judge {
            doc: &doc,
            found: found.of_sentence(sentence.tokens()),
            encoded: &encoded,
            model: &stage.model,
            attitudes: &stage.attitudes,
            events: &stage.events,
            domain: 0,
            lists: u8::MAX,
        };
        let named = |mention: Mention| {
            let (first, end) = targets::tokens(&doc, mention.span);
            Named { tokens: first..end, span: mention.span, entity: mention.entity, form: mention.form }
        };
        let mentions: Vec<Named> =
            doc.mentions_in(sentence.span()).filter(|mention| !mention.span.is_empty()).map(named).collect();
        let at = |span: Span| {
            mentions
                .iter()
                .position(|mention| mention.span.start() < span.end() && span.start() < mention.span.end())
        };
        let (one, two) = (at(spans[0])?, at(spans[1])?);
        if mentions[one].entity == mentions[two].entity {
            return None;
        }
        let mut attitudes = Vec::new();
        stage.attitudes.find(&judge, &mentions, &mut None, |found| attitudes.push(found));
        let mut said = Vec::new();
        for quote in doc.quotes() {
            let Some(speaker) = quote.speaker_entity() else { continue };
            said.extend(quote.content().iter().map(|content| (*content, quote.id(), speaker)));
        }
        self.words.read(&judge);
        let scene = Scene::new(&judge, &self.words, &mentions, &attitudes, &said, |_| None);
        Some([self.pair(&scene, one, two), self.pair(&scene, two, one)])
    }

    fn pair(&self, scene: &Scene<'_>, holder: usize, target: usize) -> Vec<u32> {
        let mut features = Vec::new();
        for (_, group) in StanceGroup::ALL.iter().filter(|(_, group)| !self.without.contains(group)) {
            scene.pair(holder, target).group(*group, &mut |hash, _| features.push(slot(hash) as u32));
        }
        features.sort_unstable();
        features.dedup();
        features
    }
}
