//! The fields of a line of output about the document itself, which precede its annotations.

use std::borrow::Cow;

use super::json::JsonWriter;
use super::style::{Detail, Style};
use crate::input::Warning;

/// Input fields that are copied to the output: name and raw JSON.
pub type Passthrough<'a> = [(Cow<'a, str>, &'a str)];

/// The fields that the output defines. An input field with one of these names is written into the object `input`, so nothing is lost.
const OWN_FIELDS: [&str; 18] = [
    "id",
    "title",
    "date",
    "language",
    "text",
    "offset_unit",
    "stages",
    "duplicate_of",
    "duplicate_cluster",
    "warnings",
    "entities",
    "quotes",
    "figures",
    "sentiment",
    "claims",
    "layers",
    "headline",
    "input",
];

/// The first fields of a document's line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its headline.
    pub title: Option<&'a str>,
    /// The day of publication, ISO 8601.
    pub date: Option<&'a str>,
    /// Its language, ISO 639-1.
    pub language: Option<&'a str>,
    /// Its text.
    pub text: &'a str,
    /// Its problems.
    pub warnings: &'a [Warning],
    /// Other fields of the input.
    pub fields: &'a Passthrough<'a>,
}

impl Head<'_> {
    /// Writes the fields into an open object. `stages` is the object of the stages that ran, `None` if the document was
    /// not analysed.
    pub(super) fn write(&self, json: &mut JsonWriter<'_>, style: Style, stages: Option<&str>) {
        json.key("id");
        json.string(self.id);
        for (key, value) in [("title", self.title), ("date", self.date)] {
            if let Some(value) = value {
                json.key(key);
                json.string(value);
            }
        }
        json.key("language");
        match self.language {
            Some(language) => json.string(language),
            None => json.raw("null"),
        }
        json.key("text");
        json.string(self.text);
        json.key("offset_unit");
        json.string(style.offsets.as_str());
        if let Some(stages) = stages.filter(|_| style.detail > Detail::Compact) {
            json.key("stages");
            json.raw(stages);
        }
        self.write_warnings(json);
        write_fields(json, self.fields);
    }

    /// The input fields whose names the output defines, as JSON, if there are any.
    pub(super) fn own_fields(&self) -> Option<String> {
        self.fields.iter().any(|(name, _)| is_own(name)).then(|| {
            let mut bytes = Vec::new();
            write_own_fields(&mut JsonWriter::new(&mut bytes), self.fields);
            String::from_utf8(bytes).unwrap_or_default()
        })
    }

    fn write_warnings(&self, json: &mut JsonWriter<'_>) {
        if self.warnings.is_empty() {
            return;
        }
        json.key("warnings");
        json.open_array();
        for warning in self.warnings {
            json.next();
            json.open();
            json.key("code");
            json.string(warning.kind.code());
            json.key("message");
            json.string(&warning.message);
            json.close();
        }
        json.close_array();
    }
}

/// Whether the output defines a field of this name.
pub(super) fn is_own(name: &str) -> bool {
    OWN_FIELDS.contains(&name)
}

fn write_fields(json: &mut JsonWriter<'_>, fields: &Passthrough<'_>) {
    for (name, value) in fields.iter().filter(|(name, _)| !is_own(name)) {
        json.any_key(name);
        json.raw(value);
    }
    if fields.iter().any(|(name, _)| is_own(name)) {
        json.key("input");
        write_own_fields(json, fields);
    }
}

/// Writes the input fields whose names the output defines, as an object.
fn write_own_fields(json: &mut JsonWriter<'_>, fields: &Passthrough<'_>) {
    json.open();
    for (name, value) in fields.iter().filter(|(name, _)| is_own(name)) {
        json.any_key(name);
        json.raw(value);
    }
    json.close();
}
