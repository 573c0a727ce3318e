//! Quotes.

use copydesk_core::layers::{Cue, CueClass, Quote, QuoteKind, Stance};

use crate::output::json::{Piece, key, pieces};
use crate::output::line::Line;

impl<'l> Line<'l, '_> {
    pub(in crate::output) fn quotes(&mut self) {
        let doc = self.doc;
        self.layer("quotes", doc.quotes(), Self::quote);
    }

    fn quote(&mut self, quote: Quote<'l>) {
        let doc = self.doc;
        self.own_id(b'q', quote.id().index());
        self.json.piece(&pieces!("kind", QuoteKind)[quote.kind() as usize]);
        self.span(quote.span());
        self.json.literal(key!("text"));
        self.json.parts(quote.content().iter().map(|span| doc.slice(*span)));
        self.objects(key!("content", "["), quote.content(), |line, span| line.minor_span(*span));
        if let Some(cue) = quote.cue() {
            self.cue(cue);
        }
        if quote.speaker().is_some() || quote.speaker_entity().is_some() {
            self.speaker(quote);
        }
        if let Some(parent) = quote.parent() {
            self.id(key!("parent"), b'q', parent.index());
        }
        self.ids(key!("entities", "["), b'e', quote.entities().map(|id| id.index()));
        self.ids(key!("figures", "["), b'f', quote.figures().map(|id| id.index()));
        self.confidence(quote.confidence());
        self.rule(quote.rule());
    }

    fn cue(&mut self, cue: Cue<'_>) {
        self.json.literal(key!("cue"));
        self.minor_span(cue.span);
        self.text(key!("lemma"), cue.lemma);
        if !(cue.class == CueClass::Speech && self.is_compact()) {
            self.json.piece(&pieces!("class", CueClass)[cue.class as usize]);
        }
        if !(cue.stance == Stance::Neutral && self.is_compact()) {
            self.json.piece(&pieces!("stance", Stance)[cue.stance as usize]);
        }
        self.flag(key!("negated", "true"), cue.negated);
        self.flag(key!("modal", "true"), cue.modal);
        self.json.close();
    }

    fn speaker(&mut self, quote: Quote<'_>) {
        match (quote.speaker(), quote.speaker_entity()) {
            (Some(speaker), entity) => {
                self.json.literal(key!("speaker"));
                self.first_span(speaker);
                self.words(speaker);
                if let Some(entity) = entity {
                    self.id(key!("entity"), b'e', entity.index());
                    self.name(key!("name"), entity);
                }
            }
            (None, Some(entity)) => {
                self.id(key!("speaker", "{\"entity\":"), b'e', entity.index());
                self.name(key!("name"), entity);
            }
            (None, None) => return,
        }
        if let Some(owner) = quote.speaker_of() {
            self.id(key!("of"), b'e', owner.index());
            self.minor_name(key!("of_name"), owner);
        }
        self.flag(key!("anonymous", "true"), quote.is_anonymous());
        self.json.close();
    }
}
