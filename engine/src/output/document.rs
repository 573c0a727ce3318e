//! A document and its annotations as one line of JSON: the output contract.

use copydesk_core::{DocumentView, layer};

use super::json::JsonWriter;
use super::line::Line;
use super::offsets::OffsetMap;
use super::style::{Detail, Style};

/// Fields of the input that the output repeats: name and raw JSON.
pub type Passthrough<'a> = [(std::borrow::Cow<'a, str>, &'a str)];

/// The fields that the output writes itself. An input field of such a name goes into the object `input`, so nothing is lost.
const OWN_FIELDS: [&str; 12] = [
    "id",
    "title",
    "date",
    "text",
    "offset_unit",
    "stages",
    "entities",
    "quotes",
    "figures",
    "sentiment",
    "layers",
    "input",
];

/// Writes documents as lines of JSON.
pub struct DocumentWriter {
    offsets: OffsetMap,
    style: Style,
    layers: Vec<(String, String)>,
    /// `"stages":{…}`, the same in every line.
    stages: String,
}

impl DocumentWriter {
    /// A writer for documents that went through these stages: (layer, stage that provides it), and (stage, version).
    pub fn new(style: Style, layers: Vec<(String, String)>, stages: &[(String, String)]) -> Self {
        let mut object = Vec::new();
        let mut json = JsonWriter::new(&mut object);
        json.open();
        for (name, version) in stages {
            json.any_key(name);
            json.string(version);
        }
        json.close();
        let stages = String::from_utf8(object).unwrap_or_default();
        Self { offsets: OffsetMap::new(style.offsets), style, layers, stages }
    }

    /// Appends the line of one document to `out`.
    pub fn write(&mut self, doc: &DocumentView<'_>, fields: &Passthrough<'_>, out: &mut Vec<u8>) {
        self.offsets.load(doc.text());
        let mut json = JsonWriter::new(out);
        json.open();
        json.key("id");
        json.string(doc.id());
        for (key, value) in [("title", doc.title()), ("date", doc.date())] {
            if let Some(value) = value {
                json.key(key);
                json.string(value);
            }
        }
        json.key("text");
        json.string(doc.text());
        json.key("offset_unit");
        json.string(self.style.offsets.as_str());
        if self.style.detail > Detail::Compact {
            json.key("stages");
            json.raw(&self.stages);
        }
        write_fields(&mut json, fields);
        let mut line = Line {
            json,
            text: doc.text(),
            offsets: &self.offsets,
            doc,
            stage: "",
            detail: self.style.detail,
        };
        let mut custom = Vec::new();
        for (name, stage) in &self.layers {
            line.stage = stage;
            match name.as_str() {
                layer::ENTITIES => line.entities(),
                layer::QUOTES => line.quotes(),
                layer::FIGURES => line.figures(),
                layer::SENTIMENT => line.sentiment(),
                _ => custom.push((name, stage)),
            }
        }
        if !custom.is_empty() {
            line.json.key("layers");
            line.json.open();
            for (name, stage) in custom {
                line.stage = stage;
                line.custom(name);
            }
            line.json.close();
        }
        line.json.close();
        line.json.end_line();
    }
}

fn write_fields(json: &mut JsonWriter<'_>, fields: &Passthrough<'_>) {
    let own = |name: &str| OWN_FIELDS.contains(&name);
    for (name, value) in fields.iter().filter(|(name, _)| !own(name)) {
        json.any_key(name);
        json.raw(value);
    }
    if fields.iter().any(|(name, _)| own(name)) {
        json.key("input");
        json.open();
        for (name, value) in fields.iter().filter(|(name, _)| own(name)) {
            json.any_key(name);
            json.raw(value);
        }
        json.close();
    }
}
