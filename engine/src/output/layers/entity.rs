//! Entities and their mentions.

use copydesk_core::layers::{Entity, MentionForm};

use crate::output::line::Line;

impl Line<'_, '_> {
    pub(in crate::output) fn entities(&mut self) {
        let doc = self.doc;
        self.objects("entities", doc.entities(), Self::entity);
    }

    fn entity(&mut self, entity: Entity<'_>) {
        self.own_id(b'e', entity.id().index());
        if let Some(same) = self.same(entity.id().index()) {
            self.json.key("entity");
            self.json.id("", b'e', same.index());
        }
        self.text("kind", entity.kind().as_str());
        self.text("name", entity.name());
        if entity.links().len() > 0 {
            self.json.key("links");
            self.json.open();
            for (scheme, id) in entity.links() {
                self.json.any_key(scheme);
                self.json.string(id);
            }
            self.json.close();
        }
        if entity.attributes().len() > 0 {
            self.json.key("attributes");
            self.json.open();
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
            self.json.key("salience");
            self.json.score(salience);
        }
        self.confidence(entity.confidence());
        self.rule(entity.rule());
        self.objects("mentions", entity.mentions(), |line, mention| {
            line.minor_span(mention.span);
            if !(mention.form == MentionForm::Name && line.is_compact()) {
                line.text("form", mention.form.as_str());
            }
        });
    }
}
