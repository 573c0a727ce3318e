//! Layers of plugins.

use crate::output::json::key;
use crate::output::line::Line;

impl<'l> Line<'l, '_> {
    pub(in crate::output) fn custom(&mut self, name: &str) {
        let doc = self.doc;
        self.json.any_key(name);
        self.json.open_array();
        for custom in doc.customs().filter(|custom| custom.layer() == name) {
            self.minor_span(custom.span());
            self.json.literal(key!("value"));
            self.json.raw_lines(custom.payload());
            self.confidence(custom.confidence());
            self.rule(custom.rule());
            self.json.literal(b"},");
        }
        self.json.close_list();
    }
}
