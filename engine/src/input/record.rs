//! Parses the bytes of a record into the fields of a document.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use copydesk_core::{Source, Span};
use encoding_rs::Encoding;
use schemars::JsonSchema;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::article;
use super::batch::{Form, Item};
use super::date::{self, Unread};
use super::language::{self, Language};
use super::oddity;
use super::select::Selection;
use super::stream::guess;
use super::warning::{Warning, WarningKind};
use crate::limits::Limits;
use crate::output::{OffsetMap, OffsetUnit};

/// The names of the input fields that copydesk reads. All other fields pass through to the output. A nested field
/// is named by its path, as in `body.text`; the outer field passes through as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Fields {
    /// The document's id; a document without an id is named after its file, or `file#line`.
    pub id: String,
    /// The text to analyse.
    pub text: String,
    /// The headline.
    pub title: String,
    /// The day of publication, in any common form; relative dates are resolved against it.
    pub date: String,
    /// The language, as a code or name; if it is English, the text's language is not detected. `lang` is read too.
    pub language: String,
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
            language: name("language"),
            targets: name("targets"),
        }
    }
}

impl Fields {
    /// The fields nested in the one called `key`: the rest of each path, and its full name.
    fn inner<'f>(&'f self, key: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
        let all = [&self.id, &self.text, &self.title, &self.date, &self.language, &self.targets];
        all.into_iter().filter_map(move |name| {
            let path = name.strip_prefix(key)?.strip_prefix('.')?;
            Some((path, name.as_str()))
        })
    }
}

/// The value at a path of names, separated by points, inside an object.
fn at_path<'a>(value: &'a RawValue, path: &str) -> Option<&'a RawValue> {
    #[derive(Deserialize)]
    struct Object<'s>(#[serde(borrow)] HashMap<Cow<'s, str>, &'s RawValue>);
    let Object(object) = serde_json::from_str(value.get()).ok()?;
    if let Some(found) = object.get(path) {
        return Some(found);
    }
    path.match_indices('.').find_map(|(at, _)| at_path(object.get(&path[..at])?, &path[at + 1..]))
}

/// How texts in languages other than English are treated; the stages read English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Languages {
    /// Analyse them with a warning: the results are unreliable.
    #[default]
    Warn,
    /// Write them without any layer, with a warning.
    Skip,
    /// Do not detect the language.
    Any,
}

/// How records are read.
#[derive(Clone, Debug, Default)]
pub struct RecordOptions {
    /// The names of their fields.
    pub fields: Fields,
    /// Whether `08/05/2024` is a day in May; if unset, such a date is not read.
    pub day_first: Option<bool>,
    /// How texts in languages other than English are treated.
    pub languages: Languages,
    /// The encoding of the input; by default it is detected from a byte order mark or the text itself.
    pub encoding: Option<&'static Encoding>,
    /// Which documents are analysed.
    pub selection: Selection,
    /// Limits on the resources of a document.
    pub limits: Limits,
}

/// Why a record is not a document. The class is written to `errors.jsonl` with the message.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The record could not be read from its file.
    #[error("{0}")]
    Read(String),
    /// A web page has no article.
    #[error("{0}")]
    Page(String),
    /// The bytes are not UTF-8.
    #[error("not UTF-8: the byte at position {0} of the record is invalid; convert the file to UTF-8")]
    Encoding(usize),
    /// The line is not a JSON object.
    #[error("not JSON: {0}")]
    Json(String),
    /// A field is missing or of the wrong type.
    #[error("{0}")]
    Field(String),
    /// The document exceeds a limit.
    #[error("{0}")]
    Limit(String),
    /// Reading it was abandoned; the class of the failure, and why.
    #[error("{1}")]
    Lost(&'static str, String),
}

impl RecordError {
    /// The class: read, page, encoding, json, field, limit; or time or panic if reading was abandoned.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Read(_) => "read",
            Self::Page(_) => "page",
            Self::Encoding(_) => "encoding",
            Self::Json(_) => "json",
            Self::Field(_) => "field",
            Self::Limit(_) => "limit",
            Self::Lost(class, _) => class,
        }
    }
}

/// The bytes of a record, ready for parsing: for a page, the object that represents its article; for a text, UTF-8.
#[derive(Debug)]
pub struct Prepared<'a> {
    bytes: Cow<'a, [u8]>,
    /// The encoding of the bytes, if it had to be guessed.
    guessed: Option<&'static str>,
    failed: Option<String>,
}

impl<'a> Prepared<'a> {
    /// Prepares the bytes of a record.
    pub fn new(bytes: &'a [u8], item: &Item, options: &RecordOptions) -> Self {
        let ready = |bytes| Self { bytes, guessed: item.guessed, failed: None };
        match &item.form {
            Form::Page(fetched) => {
                match article::read(bytes, fetched.as_deref(), options.encoding, &options.fields) {
                    Ok(object) => ready(Cow::Owned(object)),
                    Err(reason) => Self { failed: Some(reason), ..ready(Cow::Borrowed(&[])) },
                }
            }
            Form::Text => match options
                .encoding
                .or_else(|| Encoding::for_bom(bytes).map(|(encoding, _)| encoding))
            {
                Some(encoding) => ready(decoded(bytes, encoding)),
                None => match guess(bytes) {
                    Some(guessed) => Self { guessed: Some(guessed.name()), ..ready(decoded(bytes, guessed)) },
                    None => ready(Cow::Borrowed(bytes)),
                },
            },
            Form::Json | Form::Failed(_) | Form::TooLong => ready(Cow::Borrowed(bytes)),
        }
    }
}

fn decoded<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Cow<'a, [u8]> {
    match encoding.decode(bytes).0 {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// The fields of a document.
#[derive(Debug, Default)]
pub struct Record<'a> {
    /// Its own id, or one made of its file and line.
    pub id: Cow<'a, str>,
    /// The text.
    pub text: Cow<'a, str>,
    /// The headline.
    pub title: Option<Cow<'a, str>>,
    /// The day of publication, ISO 8601.
    pub date: Option<Cow<'a, str>>,
    /// The language as an ISO 639-1 code, if known.
    pub language: Option<&'static str>,
    /// Whether it is not to be analysed.
    pub skipped: bool,
    /// Its problems.
    pub warnings: Vec<Warning>,
    /// The sentiment targets, in bytes.
    pub targets: Vec<Span>,
    /// All other fields, unchanged.
    pub others: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> Record<'a> {
    /// The source that a document is loaded from.
    pub fn source(&self) -> Source<'_> {
        Source {
            id: &self.id,
            text: &self.text,
            title: self.title.as_deref(),
            date: self.date.as_deref(),
            targets: &self.targets,
        }
    }

    /// Parses a record. An error comes with the id, as far as it is known.
    pub fn parse(
        prepared: &'a Prepared<'_>,
        item: &Item,
        options: &RecordOptions,
    ) -> Result<Self, (String, RecordError)> {
        let fallback = || item.origin.id();
        let failed = |error| (fallback(), error);
        match &item.form {
            Form::Failed(reason) => return Err(failed(RecordError::Read(reason.clone()))),
            Form::TooLong => return Err(failed(RecordError::Limit(options.limits.too_long()))),
            Form::Json | Form::Text | Form::Page(_) => {}
        }
        if item.range.len() > options.limits.longest() {
            return Err(failed(RecordError::Limit(options.limits.too_long())));
        }
        if let Some(reason) = &prepared.failed {
            return Err(failed(RecordError::Page(reason.clone())));
        }
        let text = std::str::from_utf8(&prepared.bytes)
            .map_err(|error| failed(RecordError::Encoding(error.valid_up_to())))?;
        let mut record = if item.form == Form::Text {
            let text = Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text));
            let mut record = Record { id: Cow::Owned(fallback()), text, ..Record::default() };
            oddity::look(&record.text, &mut record.warnings);
            record.set_language(None, options.languages);
            record
        } else {
            let raw = RawRecord::parse(text, &options.fields).map_err(failed)?;
            let id = raw.id.clone().map_or_else(|| Cow::Owned(fallback()), Cow::from);
            let id_text = id.to_string();
            raw.finish(id, options).map_err(|error| (id_text, error))?
        };
        let failed = |reason| (record.id.to_string(), RecordError::Limit(reason));
        options.limits.check(record.text.len()).map_err(failed)?;
        if let Some(encoding) = prepared.guessed {
            record.warnings.push(Warning::new(
                WarningKind::Encoding,
                format!("the file is not UTF-8 and was read as {encoding}; if letters are wrong, set input.encoding"),
            ));
        }
        Ok(record)
    }

    /// Sets the day of publication, ISO 8601, overriding the record's own.
    pub fn set_date(&mut self, date: String) {
        self.date = Some(date.into());
        self.warnings.retain(|warning| !warning.kind.is_about_date());
    }

    /// Reads the written date. If it differs from the date in the output, it is kept among the other fields.
    fn read_date(&mut self, written: &'a RawValue, options: &RecordOptions) {
        let raw = written.get();
        if raw == "null" || raw == "\"\"" {
            return;
        }
        let text = string(written);
        let read = match &text {
            Some(text) => date::read_text(text, options.day_first),
            None => date::read_number(raw),
        };
        match read {
            Ok(date) => {
                let iso = date.to_string();
                if text.as_deref() != Some(iso.as_str()) {
                    self.others.push((Cow::Owned(options.fields.date.clone()), raw));
                }
                self.date = Some(Cow::Owned(iso));
            }
            Err(unread) => {
                let kind = match unread {
                    Unread::Ambiguous(..) => WarningKind::DateAmbiguous,
                    Unread::Unknown | Unread::Weekday(..) => WarningKind::DateUnread,
                };
                self.warnings.push(Warning::new(kind, unread.message(&shortened(raw))));
                self.others.push((Cow::Owned(options.fields.date.clone()), raw));
            }
        }
    }

    /// Determines the language from `field`, the language named by the input, or else from the text.
    fn set_language(&mut self, field: Option<Language>, languages: Languages) {
        let language = match (field, languages) {
            (Some(Language::English), _) => Language::English,
            (field, Languages::Any) => field.unwrap_or(Language::Unknown),
            (field, _) => match language::detect(&self.text) {
                Language::Unknown => field.unwrap_or(Language::Unknown),
                detected => detected,
            },
        };
        self.language = language.code();
        let Some(name) = language.foreign_name().filter(|_| languages != Languages::Any) else { return };
        self.skipped = languages == Languages::Skip;
        let what = if self.skipped { "it was not analysed" } else { "results are unreliable" };
        self.warnings.push(Warning {
            kind: WarningKind::Language,
            message: format!("the text is {name}, not English: {what}"),
            group: Some(language.code().unwrap_or("unknown")),
        });
    }

    /// Reads the language that the record names: in the field for it, or in `lang`, which also passes through.
    fn read_language(
        &mut self,
        field: Option<&'a RawValue>,
        lang: Option<&'a RawValue>,
        options: &RecordOptions,
    ) {
        let field = field.filter(|value| value.get() != "null");
        let named = field.or(lang).and_then(string);
        self.set_language(named.as_deref().and_then(Language::from_field), options.languages);
        if let Some(value) = field
            && named.as_deref() != self.language
        {
            self.others.push((Cow::Owned(options.fields.language.clone()), value.get()));
        }
    }
}

/// A JSON line, split into its fields, which are not checked yet.
#[derive(Default)]
struct RawRecord<'a> {
    id: Option<Cow<'a, str>>,
    text: Option<&'a RawValue>,
    title: Option<&'a RawValue>,
    date: Option<&'a RawValue>,
    targets: Option<&'a RawValue>,
    language: Option<&'a RawValue>,
    lang: Option<&'a RawValue>,
    offset_unit: Option<&'a RawValue>,
    others: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> RawRecord<'a> {
    /// Stores a field of this name, if copydesk reads it.
    fn take(&mut self, key: &str, value: &'a RawValue, fields: &Fields) -> bool {
        if *key == *fields.text {
            self.text = Some(value);
        } else if *key == *fields.id {
            // An id is usually a string; the digits of a number are used too.
            self.id = match string(value) {
                Some(id) => Some(id),
                None if value.get() == "null" => None,
                None => Some(Cow::Borrowed(value.get())),
            };
        } else if *key == *fields.title {
            self.title = Some(value);
        } else if *key == *fields.date {
            self.date = Some(value);
        } else if *key == *fields.language {
            self.language = Some(value);
        } else if *key == *fields.targets {
            self.targets = Some(value);
        } else if key == "offset_unit" {
            self.offset_unit = Some(value);
        } else {
            return false;
        }
        true
    }

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

    fn finish(self, id: Cow<'a, str>, options: &RecordOptions) -> Result<Record<'a>, RecordError> {
        let fields = &options.fields;
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
        let title = optional(&fields.title, self.title)?;
        let mut record = Record { id, title, targets, others: self.others, text, ..Record::default() };
        if let Some(date) = self.date {
            record.read_date(date, options);
        }
        oddity::look(&record.text, &mut record.warnings);
        record.read_language(self.language, self.lang, options);
        Ok(record)
    }

    /// The targets as byte spans. The line's own `offset_unit` gives the unit of its offsets; by default, code points.
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
                        "target {place} of `{}` is {start}..{end}, which is not a span of the text counted in {}",
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
    RecordError::Field(format!("`{name}` must be {expected}, found {}", shortened(value.get())))
}

/// JSON shortened for a message.
fn shortened(json: &str) -> String {
    match json.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &json[..end]),
        None => json.to_owned(),
    }
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
            if !record.take(&key, value, self.fields) {
                let inner = self.fields.inner(&key);
                for (path, name) in inner {
                    if let Some(value) = at_path(value, path) {
                        record.take(name, value, self.fields);
                    }
                }
                if key == "lang" {
                    record.lang = Some(value);
                }
                record.others.push((key, value.get()));
            }
        }
        Ok(record)
    }
}
