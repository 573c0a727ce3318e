//! Entities and their mentions.

use copydesk_core::layers::Entity;

use crate::output::line::Line;

impl Line<'_, '_> {
    pub(in crate::output) fn entities(&mut self) {
        self.json.key("entities");
        self.json.open_array();
        for entity in self.doc.entities() {
            self.json.next();
            self.entity(entity);
        }
        self.json.close_array();
    }

    fn entity(&mut self, entity: Entity<'_>) {
        self.json.open();
        self.id("id", b'e', entity.id().index());
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
                    Some(target) => self.json.id(b'e', target.index()),
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
        self.provenance(entity.rule());
        self.json.key("mentions");
        self.json.open_array();
        for mention in entity.mentions() {
            self.json.next();
            self.json.open();
            self.span(mention.span);
            self.text("form", mention.form.as_str());
            self.json.close();
        }
        self.json.close_array();
        self.json.close();
    }
}
