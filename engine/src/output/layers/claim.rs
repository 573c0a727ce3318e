//! Claims.

use copydesk_core::layers::{Claim, Claimant, Stance};

use crate::output::line::Line;

impl Line<'_, '_> {
    pub(in crate::output) fn claims(&mut self) {
        let doc = self.doc;
        self.objects("claims", doc.claims(), Self::claim);
    }

    fn claim(&mut self, claim: Claim<'_>) {
        let doc = self.doc;
        self.own_id(b'c', claim.id().index());
        self.text("kind", claim.kind().as_str());
        self.span(claim.span());
        self.words(claim.span());
        match claim.claimant() {
            Claimant::Narrator => self.text("speaker", "narrator"),
            Claimant::Entity(entity) => {
                self.id("speaker", b'e', entity.index());
                self.minor_name("speaker_name", entity);
            }
            Claimant::Other => {}
        }
        if let Some(quote) = claim.quote() {
            self.id("quote", b'q', quote.index());
        }
        if !(claim.stance() == Stance::Neutral && self.is_compact()) {
            self.text("stance", claim.stance().as_str());
        }
        self.ids("about", b'e', claim.about().map(|entity| entity.index()));
        if let Some(measure) = claim.measure() {
            self.text("measure", doc.slice(measure));
        }
        self.ids("figures", b'f', claim.figures().map(|figure| figure.index()));
        for (key, figure) in
            [("change", claim.change()), ("baseline", claim.baseline()), ("period", claim.period())]
        {
            if let Some(figure) = figure {
                self.id(key, b'f', figure.index());
            }
        }
        if let Some(other) = claim.contradicts() {
            self.id("contradicts", b'c', other.index());
        }
        for (key, set) in [("negated", claim.is_negated()), ("modal", claim.is_modal())] {
            if set || !self.is_compact() {
                self.json.key(key);
                self.json.raw(if set { "true" } else { "false" });
            }
        }
        self.flag("forecast", claim.is_forecast());
        self.json.key("worth");
        self.json.score(claim.worth());
        self.confidence(claim.confidence());
        self.rule(claim.rule());
    }
}
