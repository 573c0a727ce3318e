//! Entities and their mentions.

use copydesk_core::layers::{Entity, EntityKind, MentionForm};

use crate::output::json::{Piece, key, pieces};
use crate::output::line::Line;

impl<'l> Line<'l, '_> {
    pub(in crate::output) fn entities(&mut self) {
        let doc = self.doc;
        self.layer("entities", doc.entities(), Self::entity);
    }

    fn entity(&mut self, entity: Entity<'l>) {
        self.own_id(b'e', entity.id().index());
        if let Some(same) = self.same(entity.id().index()) {
            self.json.literal(key!("entity"));
            self.article_entity(same);
        }
        self.json.piece(&pieces!("kind", EntityKind)[entity.kind() as usize]);
        self.text(key!("name"), entity.name());
        if entity.links().len() > 0 {
            self.json.literal(key!("links", "{"));
            for (scheme, id) in entity.links() {
                self.json.any_key(scheme);
                self.json.string(id);
            }
            self.json.close();
        }
        if entity.attributes().len() > 0 {
            self.json.literal(key!("attributes", "{"));
            for (name, value, target) in entity.attributes() {
                self.json.any_key(name);
                match target {
                    Some(target) => self.reference(b'e', target.index()),
                    None => self.json.string(value),
                }
            }
            self.json.close();
        }
        if let Some(salience) = entity.salience() {
            self.json.literal_and_score(key!("salience"), salience);
        }
        self.confidence(entity.confidence());
        self.rule(entity.rule());
        self.objects(key!("mentions", "["), entity.mentions(), |line, mention| {
            line.minor_span(mention.span);
            if !(mention.form == MentionForm::Name && line.is_compact()) {
                line.json.piece(&pieces!("form", MentionForm)[mention.form as usize]);
            }
        });
    }
}
