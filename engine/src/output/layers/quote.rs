//! Quotes.

use copydesk_core::layers::{Cue, CueClass, Quote, Stance};

use crate::output::line::Line;

impl Line<'_, '_> {
    pub(in crate::output) fn quotes(&mut self) {
        let doc = self.doc;
        self.objects("quotes", doc.quotes(), Self::quote);
    }

    fn quote(&mut self, quote: Quote<'_>) {
        let doc = self.doc;
        self.own_id(b'q', quote.id().index());
        self.text("kind", quote.kind().as_str());
        self.span(quote.span());
        self.json.key("text");
        self.json.parts(quote.content().iter().map(|span| doc.slice(*span)));
        self.objects("content", quote.content(), |line, span| line.minor_span(*span));
        if let Some(cue) = quote.cue() {
            self.cue(cue);
        }
        if quote.speaker().is_some() || quote.speaker_entity().is_some() {
            self.speaker(quote);
        }
        if let Some(parent) = quote.parent() {
            self.id("parent", b'q', parent.index());
        }
        self.ids("entities", b'e', quote.entities().map(|id| id.index()));
        self.ids("figures", b'f', quote.figures().map(|id| id.index()));
        self.confidence(quote.confidence());
        self.rule(quote.rule());
    }

    fn cue(&mut self, cue: Cue<'_>) {
        self.json.key("cue");
        self.json.open();
        self.minor_span(cue.span);
        self.text("lemma", cue.lemma);
        if !(cue.class == CueClass::Speech && self.is_compact()) {
            self.text("class", cue.class.as_str());
        }
        if !(cue.stance == Stance::Neutral && self.is_compact()) {
            self.text("stance", cue.stance.as_str());
        }
        self.flag("negated", cue.negated);
        self.flag("modal", cue.modal);
        self.json.close();
    }

    fn speaker(&mut self, quote: Quote<'_>) {
        self.json.key("speaker");
        self.json.open();
        if let Some(speaker) = quote.speaker() {
            self.span(speaker);
            self.words(speaker);
        }
        if let Some(entity) = quote.speaker_entity() {
            self.id("entity", b'e', entity.index());
            self.name("name", entity);
        }
        if let Some(owner) = quote.speaker_of() {
            self.id("of", b'e', owner.index());
            self.minor_name("of_name", owner);
        }
        self.flag("anonymous", quote.is_anonymous());
        self.json.close();
    }
}
