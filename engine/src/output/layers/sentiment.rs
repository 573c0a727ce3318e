//! Polarity and stances.

use copydesk_core::layers::{EntityId, EntityPolarity, EntityStance, Label, Polarity, Target};

use crate::output::line::Line;

impl Line<'_, '_> {
    pub(in crate::output) fn sentiment(&mut self) {
        let sentiment = self.doc.sentiment();
        let compact = self.is_compact();
        self.json.key("sentiment");
        self.json.open();
        if let (Some(document), Some(narrator)) = (sentiment.document(), sentiment.narrator()) {
            for (key, polarity) in [("document", document), ("narrator", narrator)] {
                self.json.key(key);
                self.json.open();
                self.polarity(polarity);
                self.confidence(polarity.confidence);
                if key == "document" {
                    self.rule(sentiment.rule());
                }
                self.json.close();
            }
        }
        if !compact {
            self.objects("sentences", sentiment.sentences(), |line, sentence| {
                line.minor_span(sentence.span);
                line.polarity(sentence.polarity);
            });
        }
        let told = |target: &Target<'_>| !(compact && target.polarity().label == Label::Neutral);
        self.objects("targets", sentiment.targets().filter(told), Self::target);
        self.objects("entities", sentiment.entities(), Self::entity_polarity);
        self.objects("stances", sentiment.stances(), Self::stance);
        self.json.close();
    }

    fn polarity(&mut self, polarity: Polarity) {
        self.json.key("polarity");
        self.json.score(polarity.score);
        self.text("label", polarity.label.as_str());
    }

    fn target(&mut self, target: Target<'_>) {
        self.minor_span(target.span());
        if let Some(entity) = target.entity() {
            self.id("entity", b'e', entity.index());
            self.minor_name("name", entity);
        }
        self.polarity(target.polarity());
        self.confidence(target.polarity().confidence);
        self.spans("evidence", target.evidence());
        self.rule(target.rule());
    }

    fn entity_polarity(&mut self, towards: EntityPolarity<'_>) {
        self.id("entity", b'e', towards.entity.index());
        self.minor_name("name", towards.entity);
        self.polarity(towards.polarity);
        for (key, count) in
            [("negative", towards.negative), ("positive", towards.positive), ("mentions", towards.mentions)]
        {
            self.json.key(key);
            self.json.number(count.into());
        }
    }

    fn stance(&mut self, stance: EntityStance<'_>) {
        self.party(["holder", "holder_name"], stance.holder());
        self.party(["target", "target_name"], stance.target());
        if let Some(quote) = stance.quote() {
            self.id("quote", b'q', quote.index());
        }
        self.polarity(stance.polarity());
        self.confidence(stance.polarity().confidence);
        self.spans("evidence", stance.evidence());
        self.rule(stance.rule());
    }

    /// An entity's id, or the narrator.
    fn party(&mut self, [key, name]: [&str; 2], entity: Option<EntityId>) {
        match entity {
            Some(entity) => {
                self.id(key, b'e', entity.index());
                self.minor_name(name, entity);
            }
            None => self.text(key, "narrator"),
        }
    }
}
