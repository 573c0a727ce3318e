//! A line of output, read back: the contract as types, from which tables are filled and the JSON Schema comes.
//!
//! Strings are borrowed from the line where they hold no escapes.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use copydesk_core::layers::{
    Bound, ClaimKind, CueClass, Direction, EntityKind, FigureKind, Label, MentionForm, QuoteKind,
    Stance as CueStance,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;

use super::offsets::OffsetUnit;

/// A string of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Words<'a>(pub Cow<'a, str>);

impl std::ops::Deref for Words<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Words<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowing;
        impl<'de> Visitor<'de> for Borrowing {
            type Value = Words<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Words(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Words(Cow::Owned(text.to_owned())))
            }
            fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
                Ok(Words(Cow::Owned(text)))
            }
        }
        deserializer.deserialize_str(Borrowing)
    }
}

impl JsonSchema for Words<'_> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// JSON as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'de RawValue = Deserialize::deserialize(deserializer)?;
        Ok(Self(Cow::Borrowed(raw.get())))
    }
}

impl JsonSchema for Json<'_> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Json".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!(true)
    }
}

/// The schema of an object of strings.
fn object_of_strings(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "additionalProperties": { "type": "string" } })
}

/// A document with what was found in it: one line of the output.
///
/// Other fields of the input pass through, so a line has more fields than these.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[schemars(rename = "Line")]
pub struct ParsedLine<'a> {
    /// Its id: the input's, or the file's name, or `file#line`.
    pub id: Words<'a>,
    /// Its headline.
    #[schemars(default)]
    pub title: Option<Words<'a>>,
    /// The day of publication, ISO 8601.
    #[schemars(default, extend("format" = "date"))]
    pub date: Option<Words<'a>>,
    /// Its language, ISO 639-1; null where a text is too short to tell.
    pub language: Option<Words<'a>>,
    /// The text, unchanged.
    pub text: Words<'a>,
    /// What offsets count.
    pub offset_unit: OffsetUnit,
    /// The stages that ran, with their versions.
    #[schemars(default, schema_with = "object_of_strings")]
    pub stages: Option<Json<'a>>,
    /// The document that it is a copy of, as `copydesk corpus` finds.
    #[schemars(default)]
    pub duplicate_of: Option<Words<'a>>,
    /// The first of the documents that are copies of one another, as `copydesk corpus` finds.
    #[schemars(default)]
    pub duplicate_cluster: Option<Words<'a>>,
    /// What is odd about the document.
    #[schemars(default)]
    pub warnings: Vec<LineWarning<'a>>,
    /// Fields of the input that bear a name of the output.
    #[schemars(default, with = "Option<std::collections::BTreeMap<String, Json<'_>>>")]
    pub input: Option<Json<'a>>,
    /// What was found in the text.
    #[schemars(flatten)]
    pub layers: ParsedLayers<'a>,
    /// What was found in a title that the text does not begin with; offsets count in the title.
    #[schemars(default)]
    pub headline: Option<ParsedLayers<'a>>,
    /// All other fields, in their order.
    #[schemars(skip)]
    pub others: Vec<(Words<'a>, Json<'a>)>,
}

/// A warning about a document.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "Warning", deny_unknown_fields)]
pub struct LineWarning<'a> {
    /// Its kind.
    #[serde(borrow)]
    pub code: Words<'a>,
    /// What is odd.
    #[serde(borrow)]
    pub message: Words<'a>,
}

/// The layers of a text; one that no stage of the pipeline fills is absent.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "Layers")]
#[serde(default)]
pub struct ParsedLayers<'a> {
    /// People, organisations, places and more, with all their mentions.
    #[serde(borrow)]
    pub entities: Option<Vec<Entity<'a>>>,
    /// What was said, by whom.
    #[serde(borrow)]
    pub quotes: Option<Vec<Quote<'a>>>,
    /// Amounts, percentages, quantities, dates and periods.
    #[serde(borrow)]
    pub figures: Option<Vec<Figure<'a>>>,
    /// Polarity, of the whole and towards entities.
    #[serde(borrow)]
    pub sentiment: Option<Sentiment<'a>>,
    /// Statements that can be checked.
    #[serde(borrow)]
    pub claims: Option<Vec<Claim<'a>>>,
    /// Layers of other stages, by name.
    #[serde(borrow)]
    #[schemars(with = "Option<std::collections::BTreeMap<String, Vec<Custom<'_>>>>")]
    pub layers: Option<Entries<'a, Vec<Custom<'a>>>>,
}

/// An entity.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Entity<'a> {
    /// Its id in the document: "e1"; "he1" in a headline.
    #[serde(borrow)]
    pub id: Words<'a>,
    /// In a headline, the entity of the article that it is.
    #[serde(borrow, default)]
    pub entity: Option<Words<'a>>,
    /// What it is.
    #[serde(borrow)]
    #[schemars(schema_with = "entity_kinds")]
    pub kind: Words<'a>,
    /// Its fullest name.
    #[serde(borrow)]
    pub name: Words<'a>,
    /// Its identifiers, by their scheme.
    #[serde(borrow, default)]
    #[schemars(schema_with = "object_of_strings")]
    pub links: Option<Json<'a>>,
    /// What else the text tells of it.
    #[serde(borrow, default)]
    #[schemars(schema_with = "object_of_strings")]
    pub attributes: Option<Json<'a>>,
    /// How much the text is about it, 0 to 1.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub salience: Option<f64>,
    /// How sure the stage is; absent where it is 1 and detail is compact.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
    /// Of a person, who it is across documents, as `copydesk corpus` finds.
    #[serde(borrow, default)]
    pub global_id: Option<Words<'a>>,
    /// What shows that.
    #[serde(borrow, default)]
    pub global_evidence: Option<Words<'a>>,
    /// Where it is mentioned.
    #[serde(borrow)]
    pub mentions: Vec<Mention<'a>>,
}

/// A mention of an entity.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Mention<'a> {
    /// Where it begins.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// Its words.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// What kind of mention it is; absent for a name where detail is compact.
    #[serde(borrow, default)]
    #[schemars(schema_with = "mention_forms")]
    pub form: Option<Words<'a>>,
}

/// A part of the text.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Part<'a> {
    /// Where it begins.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// Its words.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
}

/// A quote.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Quote<'a> {
    /// Its id in the document: "q1".
    #[serde(borrow)]
    pub id: Words<'a>,
    /// Direct, indirect or mixed.
    #[serde(borrow)]
    #[schemars(schema_with = "quote_kinds")]
    pub kind: Words<'a>,
    /// Where it begins, marks included.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// What was said.
    #[serde(borrow)]
    pub text: Words<'a>,
    /// The parts of the text that are what was said.
    #[serde(borrow)]
    pub content: Vec<Part<'a>>,
    /// The words that introduce it.
    #[serde(borrow, default)]
    pub cue: Option<Cue<'a>>,
    /// Whose words they are.
    #[serde(borrow, default)]
    pub speaker: Option<Speaker<'a>>,
    /// The quote that it is part of.
    #[serde(borrow, default)]
    pub parent: Option<Words<'a>>,
    /// The entities mentioned in it.
    #[serde(borrow, default)]
    pub entities: Vec<Words<'a>>,
    /// The figures in it.
    #[serde(borrow, default)]
    pub figures: Vec<Words<'a>>,
    /// How sure the stage is.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
    /// The first of the quotes of a corpus that are the same words, as `copydesk corpus` finds.
    #[serde(borrow, default)]
    pub quotation: Option<Words<'a>>,
    /// How it is that one: first, exact, cut or altered.
    #[serde(borrow, default)]
    #[schemars(schema_with = "quotation_matches")]
    pub quotation_match: Option<Words<'a>>,
}

/// The cue of a quote.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Cue<'a> {
    /// Where it begins.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// Its words.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// Its dictionary form.
    #[serde(borrow)]
    pub lemma: Words<'a>,
    /// What kind of act it names; absent for speech where detail is compact.
    #[serde(borrow, default)]
    #[schemars(schema_with = "cue_classes")]
    pub class: Option<Words<'a>>,
    /// How the article stands to what was said; absent where neutral and detail is compact.
    #[serde(borrow, default)]
    #[schemars(schema_with = "cue_stances")]
    pub stance: Option<Words<'a>>,
    /// Whether it says that this was not said.
    #[serde(default)]
    pub negated: bool,
    /// Whether it says that this may be said.
    #[serde(default)]
    pub modal: bool,
}

/// The speaker of a quote.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Speaker<'a> {
    /// Where the words begin.
    #[serde(default)]
    pub start: Option<u64>,
    /// Where they end.
    #[serde(default)]
    pub end: Option<u64>,
    /// The words for the speaker.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// The entity that it is.
    #[serde(borrow, default)]
    pub entity: Option<Words<'a>>,
    /// That entity's name.
    #[serde(borrow, default)]
    pub name: Option<Words<'a>>,
    /// The entity that an unnamed source belongs to.
    #[serde(borrow, default)]
    pub of: Option<Words<'a>>,
    /// That entity's name.
    #[serde(borrow, default)]
    pub of_name: Option<Words<'a>>,
    /// Whether the source is not to be named.
    #[serde(default)]
    pub anonymous: bool,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Figure<'a> {
    /// Its id in the document: "f1".
    #[serde(borrow)]
    pub id: Words<'a>,
    /// What it is.
    #[serde(borrow)]
    #[schemars(schema_with = "figure_kinds")]
    pub kind: Words<'a>,
    /// Where it begins.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// Its words.
    #[serde(borrow)]
    pub text: Words<'a>,
    /// Its value.
    #[serde(borrow, default)]
    pub value: Option<Value<'a>>,
    /// Whether a date or duration is relative to a day that is not known.
    #[serde(default)]
    pub relative: bool,
    /// Its unit.
    #[serde(borrow, default)]
    pub unit: Option<Unit<'a>>,
    /// The same in SI units.
    #[serde(borrow, default)]
    pub si: Option<Si<'a>>,
    /// Of a ratio such as "three of five", the first number.
    #[serde(default)]
    pub part: Option<f64>,
    /// Of a ratio such as "three of five", the second number.
    #[serde(default)]
    pub whole: Option<f64>,
    /// Whether it is a bound or an approximation.
    #[serde(borrow, default)]
    #[schemars(schema_with = "bounds")]
    pub bound: Option<Words<'a>>,
    /// What it measures.
    #[serde(borrow, default)]
    pub measure: Option<Measure<'a>>,
    /// The figure that is its period.
    #[serde(borrow, default)]
    pub period: Option<Words<'a>>,
    /// How it changed.
    #[serde(borrow, default)]
    pub change: Option<Change<'a>>,
    /// The quote that it stands in.
    #[serde(borrow, default)]
    pub quote: Option<Words<'a>>,
    /// How sure the stage is.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
}

/// The value of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// A number.
    Number(f64),
    /// An ISO 8601 date, time or duration.
    Iso(Words<'a>),
    /// A range of numbers, either end of which may be open.
    Range(Option<f64>, Option<f64>),
    /// A period, either end of which may be open.
    Interval(Option<Words<'a>>, Option<Words<'a>>),
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Unit<'a> {
    /// An ISO 4217 or UCUM code; a counted noun has none.
    #[serde(borrow, default)]
    pub code: Option<Words<'a>>,
    /// Its name; of a rate, the whole of it in words.
    #[serde(borrow, default)]
    pub name: Option<Words<'a>>,
    /// Of a rate, what it is counted by.
    #[serde(borrow, default)]
    pub per: Option<Per<'a>>,
}

/// What a rate is counted by.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Per<'a> {
    /// A code.
    #[serde(borrow, default)]
    pub code: Option<Words<'a>>,
    /// Its name.
    #[serde(borrow, default)]
    pub name: Option<Words<'a>>,
}

/// A value in SI units.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Si<'a> {
    /// The value.
    #[serde(default)]
    pub value: Option<f64>,
    /// Of a range, the lower end.
    #[serde(default)]
    pub min: Option<f64>,
    /// Of a range, the upper end.
    #[serde(default)]
    pub max: Option<f64>,
    /// The unit.
    #[serde(borrow)]
    pub unit: Words<'a>,
}

/// What a figure measures.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Measure<'a> {
    /// Where the words begin.
    pub start: u64,
    /// Where they end.
    pub end: u64,
    /// The words.
    #[serde(borrow)]
    pub text: Words<'a>,
    /// The entity that they name.
    #[serde(borrow, default)]
    pub entity: Option<Words<'a>>,
    /// That entity's name.
    #[serde(borrow, default)]
    pub name: Option<Words<'a>>,
}

/// How a figure changed.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Change<'a> {
    /// Up, down or flat.
    #[serde(borrow, default)]
    #[schemars(schema_with = "directions")]
    pub direction: Option<Words<'a>>,
    /// By how much, in the figure's unit.
    #[serde(default)]
    pub amount: Option<f64>,
    /// Whether the amount is computed from other figures.
    #[serde(default)]
    pub amount_derived: bool,
    /// The figure that changed by this one.
    #[serde(borrow, default)]
    pub of: Option<Words<'a>>,
    /// What it changed from.
    #[serde(borrow, default)]
    pub baseline: Option<Baseline<'a>>,
    /// Whether the figures of the text contradict one another.
    #[serde(default)]
    pub contradicts: bool,
}

/// What a figure changed from.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Baseline<'a> {
    /// The figure that is its period.
    #[serde(borrow, default)]
    pub period: Option<Words<'a>>,
    /// Its value.
    #[serde(default)]
    pub value: Option<f64>,
    /// Whether the value is computed from other figures.
    #[serde(default)]
    pub derived: bool,
}

/// Polarity, of the whole and towards entities.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "Sentiment", deny_unknown_fields)]
#[serde(default)]
pub struct Sentiment<'a> {
    /// Of the whole text.
    #[serde(borrow)]
    pub document: Option<Tone<'a>>,
    /// Of the article's own voice, quotes left out.
    #[serde(borrow)]
    pub narrator: Option<Tone<'a>>,
    /// Of each sentence.
    #[serde(borrow)]
    pub sentences: Vec<SentenceTone<'a>>,
    /// Towards each mention.
    #[serde(borrow)]
    pub targets: Vec<Target<'a>>,
    /// Towards each entity.
    #[serde(borrow)]
    pub entities: Vec<EntityTone<'a>>,
    /// Of one entity towards another.
    #[serde(borrow)]
    pub stances: Vec<Stance<'a>>,
}

/// The tone of a text.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Tone<'a> {
    /// From -1 to 1.
    #[schemars(range(min = -1, max = 1))]
    pub polarity: f64,
    /// Negative, neutral or positive.
    #[serde(borrow)]
    #[schemars(schema_with = "labels")]
    pub label: Words<'a>,
    /// How sure the stage is.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The rule that tells it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
}

/// The tone of a sentence.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SentenceTone<'a> {
    /// Where it begins.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// Its words.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// From -1 to 1.
    #[schemars(range(min = -1, max = 1))]
    pub polarity: f64,
    /// Negative, neutral or positive.
    #[serde(borrow)]
    #[schemars(schema_with = "labels")]
    pub label: Words<'a>,
}

/// The tone towards a mention.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Target<'a> {
    /// Where it begins.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// Its words.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// The entity that it mentions.
    #[serde(borrow, default)]
    pub entity: Option<Words<'a>>,
    /// That entity's name.
    #[serde(borrow, default)]
    pub name: Option<Words<'a>>,
    /// From -1 to 1.
    #[schemars(range(min = -1, max = 1))]
    pub polarity: f64,
    /// Negative, neutral or positive.
    #[serde(borrow)]
    #[schemars(schema_with = "labels")]
    pub label: Words<'a>,
    /// How sure the stage is.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The words that show it.
    #[serde(borrow, default)]
    pub evidence: Vec<Part<'a>>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
}

/// The tone towards an entity, its mentions together.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct EntityTone<'a> {
    /// The entity.
    #[serde(borrow)]
    pub entity: Words<'a>,
    /// Its name.
    #[serde(borrow, default)]
    pub name: Option<Words<'a>>,
    /// From -1 to 1.
    #[schemars(range(min = -1, max = 1))]
    pub polarity: f64,
    /// Negative, neutral or positive.
    #[serde(borrow)]
    #[schemars(schema_with = "labels")]
    pub label: Words<'a>,
    /// How many mentions are negative.
    pub negative: u64,
    /// How many are positive.
    pub positive: u64,
    /// How many were scored.
    pub mentions: u64,
}

/// A stance of one entity towards another.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Stance<'a> {
    /// Whose stance: an entity, or "narrator".
    #[serde(borrow)]
    pub holder: Words<'a>,
    /// The holder's name.
    #[serde(borrow, default)]
    pub holder_name: Option<Words<'a>>,
    /// Towards which entity.
    #[serde(borrow)]
    pub target: Words<'a>,
    /// The target's name.
    #[serde(borrow, default)]
    pub target_name: Option<Words<'a>>,
    /// The quote that shows it.
    #[serde(borrow, default)]
    pub quote: Option<Words<'a>>,
    /// From -1 to 1.
    #[schemars(range(min = -1, max = 1))]
    pub polarity: f64,
    /// Negative, neutral or positive.
    #[serde(borrow)]
    #[schemars(schema_with = "labels")]
    pub label: Words<'a>,
    /// How sure the stage is.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The words that show it.
    #[serde(borrow, default)]
    pub evidence: Vec<Part<'a>>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
}

/// A statement that can be checked, with who makes it.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Claim<'a> {
    /// Its id in the document.
    #[serde(borrow)]
    pub id: Words<'a>,
    /// Whether it gives a figure, a change, or a dated event.
    #[serde(borrow)]
    #[schemars(schema_with = "claim_kinds")]
    pub kind: Words<'a>,
    /// Where it begins.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// The words that state it.
    #[serde(borrow)]
    pub text: Words<'a>,
    /// Who makes it: an entity, or "narrator"; absent where the speaker of its quote is no entity.
    #[serde(borrow, default)]
    pub speaker: Option<Words<'a>>,
    /// The speaker's name.
    #[serde(borrow, default)]
    pub speaker_name: Option<Words<'a>>,
    /// The quote in which it is made.
    #[serde(borrow, default)]
    pub quote: Option<Words<'a>>,
    /// What the cue of that quote says of it.
    #[serde(borrow, default = "neutral")]
    #[schemars(schema_with = "cue_stances")]
    pub stance: Words<'a>,
    /// The entities that it is about.
    #[serde(borrow, default)]
    pub about: Vec<Words<'a>>,
    /// The words for what is measured.
    #[serde(borrow, default)]
    pub measure: Option<Words<'a>>,
    /// The figures that it gives.
    #[serde(borrow, default)]
    pub figures: Vec<Words<'a>>,
    /// The figure that tells how the measure changed.
    #[serde(borrow, default)]
    pub change: Option<Words<'a>>,
    /// The figure that is the period compared with.
    #[serde(borrow, default)]
    pub baseline: Option<Words<'a>>,
    /// The figure that is its date or period.
    #[serde(borrow, default)]
    pub period: Option<Words<'a>>,
    /// An earlier claim that gives the same measure another value.
    #[serde(borrow, default)]
    pub contradicts: Option<Words<'a>>,
    /// Whether it says that something is not so.
    #[serde(default)]
    pub negated: bool,
    /// Whether it says that something may or should be so.
    #[serde(default)]
    pub modal: bool,
    /// Whether it is about what has not happened yet.
    #[serde(default)]
    pub forecast: bool,
    /// How much it is worth checking.
    #[schemars(range(min = 0, max = 1))]
    pub worth: f64,
    /// How sure the stage is.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
}

fn neutral() -> Words<'static> {
    Words(Cow::Borrowed(CueStance::Neutral.as_str()))
}

/// An annotation of another stage.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "Annotation", deny_unknown_fields)]
pub struct Custom<'a> {
    /// Where it begins.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// Its words.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// What the stage says about it.
    #[serde(borrow)]
    pub value: Json<'a>,
    /// How sure the stage is.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
}

/// The entries of an object, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<'a, T>(pub Vec<(Words<'a>, T)>);

fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> Schema {
    let words: Vec<&str> = words.collect();
    json_schema!({ "type": "string", "enum": words })
}

/// How a quote is one that was seen before.
fn quotation_matches(_: &mut SchemaGenerator) -> Schema {
    one_of(["first", "exact", "cut", "altered"].into_iter())
}

/// The schema of each closed vocabulary: its words.
macro_rules! vocabularies {
    ($($name:ident: $type:ty,)+) => {
        $(fn $name(_: &mut SchemaGenerator) -> Schema {
            one_of(<$type>::ALL.iter().map(|word| word.as_str()))
        })+
    };
}

vocabularies! {
    entity_kinds: EntityKind,
    mention_forms: MentionForm,
    quote_kinds: QuoteKind,
    cue_classes: CueClass,
    cue_stances: CueStance,
    claim_kinds: ClaimKind,
    figure_kinds: FigureKind,
    bounds: Bound,
    directions: Direction,
    labels: Label,
}

impl JsonSchema for Value<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The value of a figure: a number; an ISO 8601 date, time or duration; a range; a period.",
            "anyOf": [
                { "type": "number" },
                { "type": "string" },
                {
                    "type": "object",
                    "properties": { "min": { "type": "number" }, "max": { "type": "number" } },
                    "additionalProperties": false,
                    "minProperties": 1
                },
                {
                    "type": "object",
                    "properties": { "from": { "type": "string" }, "to": { "type": "string" } },
                    "additionalProperties": false,
                    "minProperties": 1
                }
            ]
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Value<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, a string, a range or a period")
            }
            fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
                Ok(Value::Number(number))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Value::Number(number as f64))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Value::Number(number as f64))
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Value::Iso(Words(Cow::Borrowed(text))))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Value::Iso(Words(Cow::Owned(text.to_owned()))))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let (mut range, mut interval) = ([None; 2], [None, None]);
                while let Some(key) = map.next_key::<Words<'_>>()? {
                    match &*key {
                        "min" => range[0] = Some(map.next_value()?),
                        "max" => range[1] = Some(map.next_value()?),
                        "from" => interval[0] = Some(map.next_value()?),
                        "to" => interval[1] = Some(map.next_value()?),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                let ([min, max], [from, to]) = (range, interval);
                Ok(if min.is_some() || max.is_some() {
                    Value::Range(min, max)
                } else {
                    Value::Interval(from, to)
                })
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Entries<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Pairs<T> {
            type Value = Entries<'de, T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Pairs(PhantomData))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for ParsedLine<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = ParsedLine<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object: a line that copydesk has written")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut line = ParsedLine::default();
                let (mut id, mut text, mut unit) = (None, None, None);
                while let Some(key) = map.next_key::<Words<'de>>()? {
                    match &*key {
                        "id" => id = Some(map.next_value()?),
                        "title" => line.title = map.next_value()?,
                        "date" => line.date = map.next_value()?,
                        "language" => line.language = map.next_value()?,
                        "text" => text = Some(map.next_value()?),
                        "offset_unit" => unit = Some(map.next_value()?),
                        "stages" => line.stages = map.next_value()?,
                        "duplicate_of" => line.duplicate_of = map.next_value()?,
                        "duplicate_cluster" => line.duplicate_cluster = map.next_value()?,
                        "warnings" => line.warnings = map.next_value()?,
                        "input" => line.input = map.next_value()?,
                        "headline" => line.headline = map.next_value()?,
                        "entities" => line.layers.entities = map.next_value()?,
                        "quotes" => line.layers.quotes = map.next_value()?,
                        "figures" => line.layers.figures = map.next_value()?,
                        "sentiment" => line.layers.sentiment = map.next_value()?,
                        "claims" => line.layers.claims = map.next_value()?,
                        "layers" => line.layers.layers = map.next_value()?,
                        _ => line.others.push((key, map.next_value()?)),
                    }
                }
                line.id = id.ok_or_else(|| de::Error::missing_field("id"))?;
                line.text = text.ok_or_else(|| de::Error::missing_field("text"))?;
                line.offset_unit = unit.ok_or_else(|| de::Error::missing_field("offset_unit"))?;
                Ok(line)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// The JSON Schema of a line of output.
pub fn line_schema() -> serde_json::Value {
    schemars::schema_for!(ParsedLine<'static>).to_value()
}
