//! Claims.

use copydesk_core::layers::{Claim, ClaimKind, Claimant, Stance};

use crate::output::json::{Piece, key, pieces};
use crate::output::line::Line;

impl<'l> Line<'l, '_> {
    pub(in crate::output) fn claims(&mut self) {
        let doc = self.doc;
        self.layer("claims", doc.claims(), Self::claim);
    }

    fn claim(&mut self, claim: Claim<'l>) {
        let doc = self.doc;
        self.own_id(b'c', claim.id().index());
        self.json.piece(&pieces!("kind", ClaimKind)[claim.kind() as usize]);
        self.span(claim.span());
        self.words(claim.span());
        match claim.claimant() {
            Claimant::Narrator => self.json.literal(key!("speaker", "\"narrator\"")),
            Claimant::Entity(entity) => {
                self.id(key!("speaker"), b'e', entity.index());
                self.minor_name(key!("speaker_name"), entity);
            }
            Claimant::Other => {}
        }
        self.id_if(key!("quote"), b'q', claim.quote().map(|quote| quote.index()));
        if !(claim.stance() == Stance::Neutral && self.is_compact()) {
            self.json.piece(&pieces!("stance", Stance)[claim.stance() as usize]);
        }
        self.ids(key!("about", "["), b'e', claim.about().map(|entity| entity.index()));
        if let Some(measure) = claim.measure() {
            self.text(key!("measure"), doc.slice(measure));
        }
        self.ids(key!("figures", "["), b'f', claim.figures().map(|figure| figure.index()));
        self.id_if(key!("change"), b'f', claim.change().map(|figure| figure.index()));
        self.id_if(key!("baseline"), b'f', claim.baseline().map(|figure| figure.index()));
        self.id_if(key!("period"), b'f', claim.period().map(|figure| figure.index()));
        self.id_if(key!("contradicts"), b'c', claim.contradicts().map(|other| other.index()));
        match claim.is_negated() {
            true => self.json.literal(key!("negated", "true")),
            false if self.is_compact() => {}
            false => self.json.literal(key!("negated", "false")),
        }
        match claim.is_modal() {
            true => self.json.literal(key!("modal", "true")),
            false if self.is_compact() => {}
            false => self.json.literal(key!("modal", "false")),
        }
        self.flag(key!("forecast", "true"), claim.is_forecast());
        self.json.literal_and_score(key!("worth"), claim.worth());
        self.confidence(claim.confidence());
        self.rule(claim.rule());
    }
}
