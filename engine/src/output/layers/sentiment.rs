//! Polarity and stances.

use copydesk_core::layers::{EntityId, Polarity};

use crate::output::line::Line;

impl Line<'_, '_> {
    fn polarity(&mut self, polarity: Polarity) {
        self.json.key("polarity");
        self.json.score(polarity.score);
        self.text("label", polarity.label.as_str());
    }

    pub(in crate::output) fn sentiment(&mut self) {
        let sentiment = self.doc.sentiment();
        self.json.key("sentiment");
        self.json.open();
        if let (Some(document), Some(narrator)) = (sentiment.document(), sentiment.narrator()) {
            for (key, polarity) in [("document", document), ("narrator", narrator)] {
                self.json.key(key);
                self.json.open();
                self.polarity(polarity);
                self.confidence(polarity.confidence);
                if key == "document" {
                    self.provenance(sentiment.rule());
                }
                self.json.close();
            }
        }
        self.json.key("sentences");
        self.json.open_array();
        for sentence in sentiment.sentences() {
            self.json.next();
            self.json.open();
            self.span(sentence.span);
            self.polarity(sentence.polarity);
            self.json.close();
        }
        self.json.close_array();
        self.json.key("targets");
        self.json.open_array();
        for target in sentiment.targets() {
            self.json.next();
            self.json.open();
            self.span(target.span());
            if let Some(entity) = target.entity() {
                self.id("entity", b'e', entity.index());
            }
            self.polarity(target.polarity());
            self.confidence(target.polarity().confidence);
            self.spans("evidence", target.evidence());
            self.provenance(target.rule());
            self.json.close();
        }
        self.json.close_array();
        self.json.key("stances");
        self.json.open_array();
        for stance in sentiment.stances() {
            self.json.next();
            self.json.open();
            self.party("holder", stance.holder());
            self.party("target", stance.target());
            if let Some(quote) = stance.quote() {
                self.id("quote", b'q', quote.index());
            }
            self.polarity(stance.polarity());
            self.confidence(stance.polarity().confidence);
            self.spans("evidence", stance.evidence());
            self.provenance(stance.rule());
            self.json.close();
        }
        self.json.close_array();
        self.json.close();
    }

    /// An entity's id, or the narrator.
    fn party(&mut self, key: &str, entity: Option<EntityId>) {
        match entity {
            Some(entity) => self.id(key, b'e', entity.index()),
            None => self.text(key, "narrator"),
        }
    }
}
