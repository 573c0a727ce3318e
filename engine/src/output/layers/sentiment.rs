//! Polarity and stances.

use copydesk_core::layers::{EntityPolarity, EntityStance, Label, Polarity, Target};

use crate::output::json::{Piece, first_key, key, pieces};
use crate::output::line::Line;

impl<'l> Line<'l, '_> {
    pub(in crate::output) fn sentiment(&mut self) {
        let sentiment = self.doc.sentiment();
        let compact = self.is_compact();
        self.json.key("sentiment");
        self.json.open();
        if let (Some(document), Some(narrator)) = (sentiment.document(), sentiment.narrator()) {
            for (key, polarity) in [("document", document), ("narrator", narrator)] {
                self.json.key(key);
                self.first_polarity(polarity);
                self.confidence(polarity.confidence);
                if key == "document" {
                    self.rule(sentiment.rule());
                }
                self.json.close();
            }
        }
        if !compact {
            self.layer("sentences", sentiment.sentences(), |line, sentence| {
                line.minor_span(sentence.span);
                line.polarity(sentence.polarity);
            });
        }
        let is_shown = |target: &Target<'_>| !(compact && target.polarity().label == Label::Neutral);
        self.layer("targets", sentiment.targets().filter(is_shown), Self::target);
        self.layer("entities", sentiment.entities(), Self::entity_polarity);
        self.layer("stances", sentiment.stances(), Self::stance);
        self.json.close();
    }

    #[inline]
    fn first_polarity(&mut self, polarity: Polarity) {
        self.json.literal_and_score(first_key!("polarity"), polarity.score);
        self.json.piece(&pieces!("label", Label)[polarity.label as usize]);
    }

    #[inline]
    fn polarity(&mut self, polarity: Polarity) {
        self.json.literal_and_score(key!("polarity"), polarity.score);
        self.json.piece(&pieces!("label", Label)[polarity.label as usize]);
    }

    fn target(&mut self, target: Target<'l>) {
        self.minor_span(target.span());
        if let Some(entity) = target.entity() {
            self.id(key!("entity"), b'e', entity.index());
            self.minor_name(key!("name"), entity);
        }
        self.polarity(target.polarity());
        self.confidence(target.polarity().confidence);
        self.spans(key!("evidence", "["), target.evidence());
        self.rule(target.rule());
    }

    fn entity_polarity(&mut self, towards: EntityPolarity<'_>) {
        self.json.literal(first_key!("entity"));
        self.reference(b'e', towards.entity.index());
        self.minor_name(key!("name"), towards.entity);
        self.polarity(towards.polarity);
        self.json.literal_and_number(key!("negative"), towards.negative);
        self.json.literal_and_number(key!("positive"), towards.positive);
        self.json.literal_and_number(key!("mentions"), towards.mentions);
    }

    fn stance(&mut self, stance: EntityStance<'l>) {
        match stance.holder() {
            Some(holder) => {
                self.json.literal(first_key!("holder"));
                self.reference(b'e', holder.index());
                self.minor_name(key!("holder_name"), holder);
            }
            None => self.json.literal(first_key!("holder", "\"narrator\"")),
        }
        match stance.target() {
            Some(target) => {
                self.id(key!("target"), b'e', target.index());
                self.minor_name(key!("target_name"), target);
            }
            None => self.json.literal(key!("target", "\"narrator\"")),
        }
        if let Some(quote) = stance.quote() {
            self.id(key!("quote"), b'q', quote.index());
        }
        self.polarity(stance.polarity());
        self.confidence(stance.polarity().confidence);
        self.spans(key!("evidence", "["), stance.evidence());
        self.rule(stance.rule());
    }
}
