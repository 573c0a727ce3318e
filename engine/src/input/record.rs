//! From a record's bytes to the fields of a document.

use std::borrow::Cow;
use std::fmt;

use copydesk_core::{Source, Span};
use schemars::JsonSchema;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::batch::{Form, Item};
use crate::output::{OffsetMap, OffsetUnit};

/// Under which names the input keeps what copydesk reads. All other fields pass through to the output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Fields {
    /// The document's id; without one a document gets its file's name, or `file#line`.
    pub id: String,
    /// The text to analyse.
    pub text: String,
    /// The headline.
    pub title: String,
    /// The day of publication, ISO 8601; relative dates are resolved against it.
    pub date: String,
    /// Targets of sentiment: a list of `{"start", "end"}`.
    pub targets: String,
}

impl Default for Fields {
    fn default() -> Self {
        let name = str::to_owned;
        Self {
            id: name("id"),
            text: name("text"),
            title: name("title"),
            date: name("date"),
            targets: name("targets"),
        }
    }
}

/// Why a record is no document. The class stands in `errors.jsonl` beside the message.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The record could not be read from its file.
    #[error("{0}")]
    Read(String),
    /// The bytes are not UTF-8.
    #[error("not UTF-8: the byte at {0} of the record begins no character; convert the file to UTF-8")]
    Encoding(usize),
    /// The line is not a JSON object.
    #[error("not JSON: {0}")]
    Json(String),
    /// A field is missing or of the wrong type.
    #[error("{0}")]
    Field(String),
}

impl RecordError {
    /// The class: read, encoding, json or field.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Read(_) => "read",
            Self::Encoding(_) => "encoding",
            Self::Json(_) => "json",
            Self::Field(_) => "field",
        }
    }
}

/// The fields of a document.
#[derive(Debug, Default)]
pub struct Record<'a> {
    /// The id that it gave, or one made of its file and line.
    pub id: Cow<'a, str>,
    /// The text.
    pub text: Cow<'a, str>,
    /// The headline.
    pub title: Option<Cow<'a, str>>,
    /// The day of publication.
    pub date: Option<Cow<'a, str>>,
    /// The named targets, as bytes.
    pub targets: Vec<Span>,
    /// All other fields, as they are.
    pub others: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> Record<'a> {
    /// What a document is loaded from.
    pub fn source(&self) -> Source<'_> {
        Source {
            id: &self.id,
            text: &self.text,
            title: self.title.as_deref(),
            date: self.date.as_deref(),
            targets: &self.targets,
        }
    }

    /// Reads a record. On an error the id is told as far as it is known.
    pub fn parse(bytes: &'a [u8], item: &Item, fields: &Fields) -> Result<Self, (String, RecordError)> {
        let fallback = || match item.origin.line {
            0 => item.origin.file.to_string(),
            line => format!("{}#{line}", item.origin.file),
        };
        let failed = |error| (fallback(), error);
        if let Form::Failed(reason) = &item.form {
            return Err(failed(RecordError::Read(reason.clone())));
        }
        let text =
            std::str::from_utf8(bytes).map_err(|error| failed(RecordError::Encoding(error.valid_up_to())))?;
        match item.form {
            Form::JsonLine => {
                let raw = RawRecord::parse(text, fields).map_err(failed)?;
                let id = raw.id.clone().map_or_else(|| Cow::Owned(fallback()), Cow::from);
                let told = id.to_string();
                raw.finish(id, fields).map_err(|error| (told, error))
            }
            _ => Ok(Record {
                id: Cow::Owned(fallback()),
                text: Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
                ..Record::default()
            }),
        }
    }
}

/// A JSON line, its fields told apart and not yet checked.
#[derive(Default)]
struct RawRecord<'a> {
    id: Option<Cow<'a, str>>,
    text: Option<&'a RawValue>,
    title: Option<&'a RawValue>,
    date: Option<&'a RawValue>,
    targets: Option<&'a RawValue>,
    offset_unit: Option<&'a RawValue>,
    others: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> RawRecord<'a> {
    fn parse(line: &'a str, fields: &Fields) -> Result<Self, RecordError> {
        let line = line.trim();
        if !line.starts_with('{') {
            return Err(RecordError::Json("a line must be an object: {\"text\": …}".to_owned()));
        }
        let mut json = serde_json::Deserializer::from_str(line);
        let record =
            json.deserialize_map(RecordVisitor { fields }).and_then(|record| json.end().map(|()| record));
        record.map_err(|error| RecordError::Json(error.to_string()))
    }

    fn finish(self, id: Cow<'a, str>, fields: &Fields) -> Result<Record<'a>, RecordError> {
        let Some(text) = self.text else {
            let mut names: Vec<&str> = self.others.iter().map(|(name, _)| name.as_ref()).collect();
            names.truncate(12);
            return Err(RecordError::Field(format!(
                "no field `{}`; the line has: {}. Name the right one with --set input.fields.text='\"…\"'",
                fields.text,
                if names.is_empty() { "no other fields".to_owned() } else { names.join(", ") }
            )));
        };
        let text = string(text).ok_or_else(|| wrong_type(&fields.text, "a string", text))?;
        let targets = match self.targets {
            Some(targets) => self.spans(targets, &text, fields)?,
            None => Vec::new(),
        };
        let optional = |name: &str, value: Option<&'a RawValue>| match value {
            None => Ok(None),
            Some(value) if value.get() == "null" => Ok(None),
            Some(value) => string(value).map(Some).ok_or_else(|| wrong_type(name, "a string", value)),
        };
        Ok(Record {
            id,
            title: optional(&fields.title, self.title)?,
            date: optional(&fields.date, self.date)?,
            targets,
            others: self.others,
            text,
        })
    }

    /// The targets as byte spans. The line's own `offset_unit` tells how it counts; without one, code points.
    fn spans(&self, targets: &RawValue, text: &str, fields: &Fields) -> Result<Vec<Span>, RecordError> {
        #[derive(Deserialize)]
        struct Target {
            start: u64,
            end: u64,
        }
        if targets.get() == "null" {
            return Ok(Vec::new());
        }
        let shape = "a list of {\"start\": …, \"end\": …}";
        let list: Vec<Target> =
            serde_json::from_str(targets.get()).map_err(|_| wrong_type(&fields.targets, shape, targets))?;
        let unit = match self.offset_unit.and_then(string) {
            None => OffsetUnit::Chars,
            Some(word) => OffsetUnit::from_word(&word).ok_or_else(|| {
                RecordError::Field(format!("`offset_unit` is {word:?}; it can be chars, bytes or utf16"))
            })?,
        };
        let mut map = OffsetMap::new(unit);
        map.load(text);
        let span = |target: Target| {
            let (start, end) = (map.to_byte(text, target.start)?, map.to_byte(text, target.end)?);
            Span::checked(text, start, end)
        };
        list.into_iter()
            .enumerate()
            .map(|(place, target)| {
                let (start, end) = (target.start, target.end);
                span(target).ok_or_else(|| {
                    RecordError::Field(format!(
                        "target {place} of `{}` is {start}..{end}, which is no stretch of the text counted in {}",
                        fields.targets,
                        unit.as_str()
                    ))
                })
            })
            .collect()
    }
}

fn string(value: &RawValue) -> Option<Cow<'_, str>> {
    #[derive(Deserialize)]
    struct Borrowed<'s>(#[serde(borrow)] Cow<'s, str>);
    serde_json::from_str::<Borrowed<'_>>(value.get()).ok().map(|borrowed| borrowed.0)
}

fn wrong_type(name: &str, expected: &str, value: &RawValue) -> RecordError {
    let shown: String = value.get().chars().take(40).collect();
    RecordError::Field(format!("`{name}` must be {expected}, found {shown}"))
}

struct RecordVisitor<'f> {
    fields: &'f Fields,
}

impl<'de> Visitor<'de> for RecordVisitor<'_> {
    type Value = RawRecord<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a text")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        #[derive(Deserialize)]
        struct Key<'s>(#[serde(borrow)] Cow<'s, str>);
        let mut record = RawRecord::default();
        while let Some(Key(key)) = map.next_key::<Key<'de>>()? {
            let value: &'de RawValue = map.next_value()?;
            let fields = self.fields;
            if *key == *fields.text {
                record.text = Some(value);
            } else if *key == *fields.id {
                // An id is mostly a string; a number stands for its digits.
                record.id = match string(value) {
                    Some(id) => Some(id),
                    None if value.get() == "null" => None,
                    None => Some(Cow::Borrowed(value.get())),
                };
            } else if *key == *fields.title {
                record.title = Some(value);
            } else if *key == *fields.date {
                record.date = Some(value);
            } else if *key == *fields.targets {
                record.targets = Some(value);
            } else if key == "offset_unit" {
                record.offset_unit = Some(value);
            } else {
                record.others.push((key, value.get()));
            }
        }
        Ok(record)
    }
}
