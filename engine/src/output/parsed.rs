//! A line of output as types, from which tables are filled and the JSON Schema is generated.
//!
//! Strings without escapes are borrowed from the line.

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

/// JSON as text.
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

/// A document with its annotations: one line of the output.
///
/// Other fields of the input pass through, so a line may have more fields than these.
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
    /// Its language, ISO 639-1; null if the text is too short to detect it.
    pub language: Option<Words<'a>>,
    /// The text, unchanged.
    pub text: Words<'a>,
    /// The unit of offsets.
    pub offset_unit: OffsetUnit,
    /// The stages that ran, with their versions.
    #[schemars(default, schema_with = "object_of_strings")]
    pub stages: Option<Json<'a>>,
    /// The document that it is a copy of, as found by `copydesk corpus`.
    #[schemars(default)]
    pub duplicate_of: Option<Words<'a>>,
    /// The first of the documents that are copies of one another, as found by `copydesk corpus`.
    #[schemars(default)]
    pub duplicate_cluster: Option<Words<'a>>,
    /// Problems of the document.
    #[schemars(default)]
    pub warnings: Vec<LineWarning<'a>>,
    /// Fields of the input with a name that the output defines itself.
    #[schemars(default, with = "Option<std::collections::BTreeMap<String, Json<'_>>>")]
    pub input: Option<Json<'a>>,
    /// The annotations of the text.
    #[schemars(flatten)]
    pub layers: ParsedLayers<'a>,
    /// The annotations of a title that the text does not begin with; offsets are relative to the title.
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
    /// A description of the problem.
    #[serde(borrow)]
    pub message: Words<'a>,
}

/// The layers of a text; a layer is absent if no stage of the pipeline provides it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "Layers")]
#[serde(default)]
pub struct ParsedLayers<'a> {
    /// People, organisations, places and more, with all their mentions.
    #[serde(borrow)]
    pub entities: Option<Vec<Entity<'a>>>,
    /// What was said and who said it.
    #[serde(borrow)]
    pub quotes: Option<Vec<Quote<'a>>>,
    /// Amounts, percentages, quantities, dates and periods.
    #[serde(borrow)]
    pub figures: Option<Vec<Figure<'a>>>,
    /// Polarity of the whole text and towards entities.
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
    /// In a headline, the same entity in the article.
    #[serde(borrow, default)]
    pub entity: Option<Words<'a>>,
    /// The type of entity.
    #[serde(borrow)]
    #[schemars(schema_with = "entity_kinds")]
    pub kind: Words<'a>,
    /// Its fullest name.
    #[serde(borrow)]
    pub name: Words<'a>,
    /// Its identifiers, by scheme.
    #[serde(borrow, default)]
    #[schemars(schema_with = "object_of_strings")]
    pub links: Option<Json<'a>>,
    /// Further facts about it in the text.
    #[serde(borrow, default)]
    #[schemars(schema_with = "object_of_strings")]
    pub attributes: Option<Json<'a>>,
    /// How central it is to the text, 0 to 1.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub salience: Option<f64>,
    /// The confidence of the stage, 0 to 1; absent if it is 1 and detail is compact.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
    /// For a person, the identity across documents, as found by `copydesk corpus`.
    #[serde(borrow, default)]
    pub global_id: Option<Words<'a>>,
    /// The evidence for that identity.
    #[serde(borrow, default)]
    pub global_evidence: Option<Words<'a>>,
    /// Its mentions.
    #[serde(borrow)]
    pub mentions: Vec<Mention<'a>>,
}

/// A mention of an entity.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Mention<'a> {
    /// The start offset.
    pub start: u64,
    /// The end offset.
    pub end: u64,
    /// Its text.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// The form of mention; absent for a name if detail is compact.
    #[serde(borrow, default)]
    #[schemars(schema_with = "mention_forms")]
    pub form: Option<Words<'a>>,
}

/// A part of the text.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Part<'a> {
    /// The start offset.
    pub start: u64,
    /// The end offset.
    pub end: u64,
    /// Its text.
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
    /// The end offset.
    pub end: u64,
    /// What was said.
    #[serde(borrow)]
    pub text: Words<'a>,
    /// The parts of the text that make up what was said.
    #[serde(borrow)]
    pub content: Vec<Part<'a>>,
    /// The words that introduce the quote.
    #[serde(borrow, default)]
    pub cue: Option<Cue<'a>>,
    /// The person or organisation quoted.
    #[serde(borrow, default)]
    pub speaker: Option<Speaker<'a>>,
    /// The quote that this one is part of.
    #[serde(borrow, default)]
    pub parent: Option<Words<'a>>,
    /// The entities mentioned in it.
    #[serde(borrow, default)]
    pub entities: Vec<Words<'a>>,
    /// The figures in it.
    #[serde(borrow, default)]
    pub figures: Vec<Words<'a>>,
    /// The confidence of the stage, 0 to 1.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
    /// The first quote in the corpus with the same words, as found by `copydesk corpus`.
    #[serde(borrow, default)]
    pub quotation: Option<Words<'a>>,
    /// How this quote matches that one: first, exact, cut or altered.
    #[serde(borrow, default)]
    #[schemars(schema_with = "quotation_matches")]
    pub quotation_match: Option<Words<'a>>,
}

/// The cue of a quote.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Cue<'a> {
    /// The start offset.
    pub start: u64,
    /// The end offset.
    pub end: u64,
    /// Its text.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// Its dictionary form.
    #[serde(borrow)]
    pub lemma: Words<'a>,
    /// The kind of act that it names; absent for speech if detail is compact.
    #[serde(borrow, default)]
    #[schemars(schema_with = "cue_classes")]
    pub class: Option<Words<'a>>,
    /// The article's attitude to what was said; absent if neutral and detail is compact.
    #[serde(borrow, default)]
    #[schemars(schema_with = "cue_stances")]
    pub stance: Option<Words<'a>>,
    /// Whether the cue says that this was not said.
    #[serde(default)]
    pub negated: bool,
    /// Whether the cue says that this may be said.
    #[serde(default)]
    pub modal: bool,
}

/// The speaker of a quote.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Speaker<'a> {
    /// The start offset of the words.
    #[serde(default)]
    pub start: Option<u64>,
    /// The end offset of the words.
    #[serde(default)]
    pub end: Option<u64>,
    /// The words that name the speaker.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// The entity of the speaker.
    #[serde(borrow, default)]
    pub entity: Option<Words<'a>>,
    /// The name of that entity.
    #[serde(borrow, default)]
    pub name: Option<Words<'a>>,
    /// The entity that an unnamed source belongs to.
    #[serde(borrow, default)]
    pub of: Option<Words<'a>>,
    /// The name of that entity.
    #[serde(borrow, default)]
    pub of_name: Option<Words<'a>>,
    /// Whether the source is described as anonymous.
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
    /// The kind of figure.
    #[serde(borrow)]
    #[schemars(schema_with = "figure_kinds")]
    pub kind: Words<'a>,
    /// The start offset.
    pub start: u64,
    /// The end offset.
    pub end: u64,
    /// Its text.
    #[serde(borrow)]
    pub text: Words<'a>,
    /// Its value.
    #[serde(borrow, default)]
    pub value: Option<Value<'a>>,
    /// Whether a date or duration is relative to an unknown day.
    #[serde(default)]
    pub relative: bool,
    /// Its unit.
    #[serde(borrow, default)]
    pub unit: Option<Unit<'a>>,
    /// The value in SI units.
    #[serde(borrow, default)]
    pub si: Option<Si<'a>>,
    /// The first number of a ratio such as "three of five".
    #[serde(default)]
    pub part: Option<f64>,
    /// The second number of a ratio such as "three of five".
    #[serde(default)]
    pub whole: Option<f64>,
    /// Whether the value is a bound or an approximation.
    #[serde(borrow, default)]
    #[schemars(schema_with = "bounds")]
    pub bound: Option<Words<'a>>,
    /// What it measures.
    #[serde(borrow, default)]
    pub measure: Option<Measure<'a>>,
    /// The figure that gives its period.
    #[serde(borrow, default)]
    pub period: Option<Words<'a>>,
    /// How it changed.
    #[serde(borrow, default)]
    pub change: Option<Change<'a>>,
    /// The quote that contains it.
    #[serde(borrow, default)]
    pub quote: Option<Words<'a>>,
    /// The confidence of the stage, 0 to 1.
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
    /// Its name; for a rate, in full.
    #[serde(borrow, default)]
    pub name: Option<Words<'a>>,
    /// For a rate, the denominator.
    #[serde(borrow, default)]
    pub per: Option<Per<'a>>,
}

/// The denominator of a rate.
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
    /// The lower end of a range.
    #[serde(default)]
    pub min: Option<f64>,
    /// The upper end of a range.
    #[serde(default)]
    pub max: Option<f64>,
    /// The unit.
    #[serde(borrow)]
    pub unit: Words<'a>,
}

/// The quantity that a figure measures.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Measure<'a> {
    /// The start offset of the words.
    pub start: u64,
    /// The end offset of the words.
    pub end: u64,
    /// The words.
    #[serde(borrow)]
    pub text: Words<'a>,
    /// The entity whose measure it is: named by these words, alone, as possessor, or after “of” or “in”.
    #[serde(borrow, default)]
    pub entity: Option<Words<'a>>,
    /// The name of that entity.
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
    /// The amount of change, in the figure's unit.
    #[serde(default)]
    pub amount: Option<f64>,
    /// Whether the amount is computed from other figures.
    #[serde(default)]
    pub amount_derived: bool,
    /// The figure whose change this figure gives.
    #[serde(borrow, default)]
    pub of: Option<Words<'a>>,
    /// The previous value.
    #[serde(borrow, default)]
    pub baseline: Option<Baseline<'a>>,
    /// Whether the figures of the text contradict one another.
    #[serde(default)]
    pub contradicts: bool,
}

/// The value that a figure changed from.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Baseline<'a> {
    /// The figure that gives its period.
    #[serde(borrow, default)]
    pub period: Option<Words<'a>>,
    /// Its value.
    #[serde(default)]
    pub value: Option<f64>,
    /// Whether the value is computed from other figures.
    #[serde(default)]
    pub derived: bool,
}

/// Polarity of the whole text and towards entities.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "Sentiment", deny_unknown_fields)]
#[serde(default)]
pub struct Sentiment<'a> {
    /// Of the whole text.
    #[serde(borrow)]
    pub document: Option<Tone<'a>>,
    /// Of the article's own voice, without quotes.
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
    /// The confidence of the stage, 0 to 1.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The rule that determined it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
}

/// The tone of a sentence.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SentenceTone<'a> {
    /// The start offset.
    pub start: u64,
    /// The end offset.
    pub end: u64,
    /// Its text.
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
    /// The start offset.
    pub start: u64,
    /// The end offset.
    pub end: u64,
    /// Its text.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// The entity that it mentions.
    #[serde(borrow, default)]
    pub entity: Option<Words<'a>>,
    /// The name of that entity.
    #[serde(borrow, default)]
    pub name: Option<Words<'a>>,
    /// From -1 to 1.
    #[schemars(range(min = -1, max = 1))]
    pub polarity: f64,
    /// Negative, neutral or positive.
    #[serde(borrow)]
    #[schemars(schema_with = "labels")]
    pub label: Words<'a>,
    /// The confidence of the stage, 0 to 1.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The words that express it.
    #[serde(borrow, default)]
    pub evidence: Vec<Part<'a>>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
}

/// The tone towards an entity, over all its mentions.
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
    /// The number of negative mentions.
    pub negative: u64,
    /// The number of positive mentions.
    pub positive: u64,
    /// The number of scored mentions.
    pub mentions: u64,
}

/// A stance of one entity towards another.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Stance<'a> {
    /// The holder of the stance: an entity, or "narrator".
    #[serde(borrow)]
    pub holder: Words<'a>,
    /// The holder's name.
    #[serde(borrow, default)]
    pub holder_name: Option<Words<'a>>,
    /// The entity towards which it is.
    #[serde(borrow)]
    pub target: Words<'a>,
    /// The target's name.
    #[serde(borrow, default)]
    pub target_name: Option<Words<'a>>,
    /// The quote that expresses it.
    #[serde(borrow, default)]
    pub quote: Option<Words<'a>>,
    /// From -1 to 1.
    #[schemars(range(min = -1, max = 1))]
    pub polarity: f64,
    /// Negative, neutral or positive.
    #[serde(borrow)]
    #[schemars(schema_with = "labels")]
    pub label: Words<'a>,
    /// The confidence of the stage, 0 to 1.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The words that express it.
    #[serde(borrow, default)]
    pub evidence: Vec<Part<'a>>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
}

/// A checkable statement, with the person or organisation that makes it.
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
    /// The start offset.
    pub start: u64,
    /// The end offset.
    pub end: u64,
    /// The words that state it.
    #[serde(borrow)]
    pub text: Words<'a>,
    /// Who makes it: an entity, or "narrator"; absent if the speaker of its quote is not an entity.
    #[serde(borrow, default)]
    pub speaker: Option<Words<'a>>,
    /// The speaker's name.
    #[serde(borrow, default)]
    pub speaker_name: Option<Words<'a>>,
    /// The quote in which it is made.
    #[serde(borrow, default)]
    pub quote: Option<Words<'a>>,
    /// The attitude expressed by the cue of that quote.
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
    /// The figure that gives the change of the measure.
    #[serde(borrow, default)]
    pub change: Option<Words<'a>>,
    /// The figure that gives the period of comparison.
    #[serde(borrow, default)]
    pub baseline: Option<Words<'a>>,
    /// The figure that gives its date or period.
    #[serde(borrow, default)]
    pub period: Option<Words<'a>>,
    /// An earlier claim that gives the same measure another value.
    #[serde(borrow, default)]
    pub contradicts: Option<Words<'a>>,
    /// Whether it denies something.
    #[serde(default)]
    pub negated: bool,
    /// Whether it says that something may or should be so.
    #[serde(default)]
    pub modal: bool,
    /// Whether it is about the future.
    #[serde(default)]
    pub forecast: bool,
    /// How worthwhile it is to check, 0 to 1.
    #[schemars(range(min = 0, max = 1))]
    pub worth: f64,
    /// The confidence of the stage, 0 to 1.
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
    /// The start offset.
    pub start: u64,
    /// The end offset.
    pub end: u64,
    /// Its text.
    #[serde(borrow, default)]
    pub text: Option<Words<'a>>,
    /// The stage's own data.
    #[serde(borrow)]
    pub value: Json<'a>,
    /// The confidence of the stage, 0 to 1.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub confidence: Option<f64>,
    /// The rule that found it.
    #[serde(borrow, default)]
    pub rule: Option<Words<'a>>,
}

/// The entries of an object, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<'a, T>(pub Vec<(Words<'a>, T)>);

fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> Schema {
    let words: Vec<&str> = words.collect();
    json_schema!({ "type": "string", "enum": words })
}

/// How a quote matches one seen before.
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
                f.write_str("an object, as in a line written by copydesk")
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
