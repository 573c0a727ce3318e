//! Layers of plugins.

use crate::output::line::Line;

impl Line<'_, '_> {
    pub(in crate::output) fn custom(&mut self, name: &str) {
        self.json.any_key(name);
        self.json.open_array();
        for custom in self.doc.customs().filter(|custom| custom.layer() == name) {
            self.json.next();
            self.json.open();
            self.span(custom.span());
            self.json.key("value");
            self.json.raw(custom.payload());
            self.confidence(custom.confidence());
            self.provenance(custom.rule());
            self.json.close();
        }
        self.json.close_array();
    }
}
