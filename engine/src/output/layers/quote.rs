//! Quotes.

use copydesk_core::layers::Quote;

use crate::output::line::Line;

impl Line<'_, '_> {
    pub(in crate::output) fn quotes(&mut self) {
        self.json.key("quotes");
        self.json.open_array();
        for quote in self.doc.quotes() {
            self.json.next();
            self.quote(quote);
        }
        self.json.close_array();
    }

    fn quote(&mut self, quote: Quote<'_>) {
        self.json.open();
        self.id("id", b'q', quote.id().index());
        self.text("kind", quote.kind().as_str());
        self.span(quote.span());
        self.spans("content", quote.content());
        if let Some(cue) = quote.cue() {
            self.json.key("cue");
            self.json.open();
            self.span(cue.span);
            self.text("lemma", cue.lemma);
            self.text("class", cue.class.as_str());
            self.text("stance", cue.stance.as_str());
            for (key, set) in [("negated", cue.negated), ("modal", cue.modal)] {
                if set {
                    self.json.key(key);
                    self.json.raw("true");
                }
            }
            self.json.close();
        }
        if quote.speaker().is_some() || quote.speaker_entity().is_some() {
            self.json.key("speaker");
            self.json.open();
            if let Some(speaker) = quote.speaker() {
                self.span(speaker);
            }
            if let Some(entity) = quote.speaker_entity() {
                self.id("entity", b'e', entity.index());
            }
            if quote.is_anonymous() {
                self.json.key("anonymous");
                self.json.raw("true");
            }
            self.json.close();
        }
        if let Some(parent) = quote.parent() {
            self.id("parent", b'q', parent.index());
        }
        self.ids("entities", b'e', quote.entities().map(|id| id.index()));
        self.ids("figures", b'f', quote.figures().map(|id| id.index()));
        self.confidence(quote.confidence());
        self.provenance(quote.rule());
        self.json.close();
    }
}
