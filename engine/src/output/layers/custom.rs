//! Layers of plugins.

use crate::output::line::Line;

impl Line<'_, '_> {
    pub(in crate::output) fn custom(&mut self, name: &str) {
        let doc = self.doc;
        self.json.any_key(name);
        self.json.open_array();
        for custom in doc.customs().filter(|custom| custom.layer() == name) {
            self.json.next();
            self.json.open();
            self.minor_span(custom.span());
            self.json.key("value");
            self.json.raw_lines(custom.payload());
            self.confidence(custom.confidence());
            self.rule(custom.rule());
            self.json.close();
        }
        self.json.close_array();
    }
}
