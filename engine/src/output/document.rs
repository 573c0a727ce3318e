//! A document and its annotations as one line of JSON: the output contract.

use copydesk_core::layers::EntityId;
use copydesk_core::{DocumentView, layer};

use super::head::Head;
use super::json::{JsonWriter, Rules, key};
use super::line::{Article, Line};
use super::offsets::OffsetMap;
use super::style::Style;

/// The annotations of a title that the text does not begin with.
#[derive(Clone, Copy, Debug)]
pub struct HeadlineView<'a> {
    /// The title as a document.
    pub doc: DocumentView<'a>,
    /// For each of its entities, the same entity in the article, if any.
    pub same: &'a [Option<EntityId>],
}

/// Writes documents as lines of JSON.
pub struct DocumentWriter {
    offsets: OffsetMap,
    style: Style,
    layers: Vec<Layer>,
    /// `"stages":{…}`, identical in all lines.
    stages: String,
}

/// A layer that is written.
struct Layer {
    name: String,
    /// The prefix of the rules of its annotations: `,"rule":"STAGE/`.
    rule: String,
}

impl Layer {
    fn new(name: String, stage: &str) -> Self {
        let mut rule = key!("rule", "\"").to_vec();
        JsonWriter::new(&mut rule).escaped(stage);
        rule.push(b'/');
        Self { name, rule: String::from_utf8(rule).unwrap_or_default() }
    }
}

impl DocumentWriter {
    /// A writer for documents processed by these stages: (layer, stage that provides it), and (stage, version).
    pub fn new(style: Style, layers: Vec<(String, String)>, stages: &[(String, String)]) -> Self {
        let mut object = Vec::new();
        let mut json = JsonWriter::new(&mut object);
        json.open();
        for (name, version) in stages {
            json.any_key(name);
            json.string(version);
        }
        json.close();
        drop(json);
        let stages = String::from_utf8(object).unwrap_or_default();
        let layers = layers.into_iter().map(|(name, stage)| Layer::new(name, &stage)).collect();
        Self { offsets: OffsetMap::new(style.offsets), style, layers, stages }
    }

    /// Appends the line of one document to `out`; `head` has its first fields.
    pub fn write(
        &mut self,
        head: &Head<'_>,
        doc: &DocumentView<'_>,
        headline: Option<&HeadlineView<'_>>,
        out: &mut Vec<u8>,
    ) {
        let mut json = JsonWriter::new(out);
        json.open();
        head.write(&mut json, self.style, Some(&self.stages));
        json = self.layers(json, doc, None);
        if let Some(headline) = headline {
            json.key("headline");
            json.open();
            let article = Article { doc, same: headline.same };
            json = self.layers(json, &headline.doc, Some(&article));
            json.close();
        }
        json.close();
        json.end_line();
    }

    /// Writes all layers into an open object. `article` is given for a headline.
    fn layers<'b>(
        &mut self,
        json: JsonWriter<'b>,
        doc: &DocumentView<'_>,
        article: Option<&Article<'_>>,
    ) -> JsonWriter<'b> {
        self.offsets.load(doc.text());
        let mut line = Line {
            json,
            offsets: &self.offsets,
            doc,
            article,
            rule: "",
            rules: Rules::new(),
            detail: self.style.detail,
        };
        let mut custom = Vec::new();
        for layer in &self.layers {
            line.rule = &layer.rule;
            line.rules.clear();
            match layer.name.as_str() {
                layer::ENTITIES => line.entities(),
                layer::QUOTES => line.quotes(),
                layer::FIGURES => line.figures(),
                layer::SENTIMENT => line.sentiment(),
                layer::CLAIMS => line.claims(),
                _ => custom.push(layer),
            }
        }
        if !custom.is_empty() {
            line.json.key("layers");
            line.json.open();
            for layer in custom {
                line.rule = &layer.rule;
                line.rules.clear();
                line.custom(&layer.name);
            }
            line.json.close();
        }
        line.json
    }

    /// Appends the line of a document that was not analysed and so has no layers.
    pub fn write_skipped(&mut self, head: &Head<'_>, out: &mut Vec<u8>) {
        let mut json = JsonWriter::new(out);
        json.open();
        head.write(&mut json, self.style, None);
        json.close();
        json.end_line();
    }
}
