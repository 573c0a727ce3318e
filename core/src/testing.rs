//! Tests of stages: documents from text with marks, and the annotations that a stage finds in them.
//!
//! [`assert_annotations!`](crate::assert_annotations) runs a stage over a text in which `[square brackets]` mark everything that
//! it should find, optionally with a value as JSON, `[budget]({"word": "budget"})`. `{Curly brackets|person}` provide annotations
//! of earlier stages:
//!
//! | mark | what the stage receives |
//! |---|---|
//! | `{Clara Bell\|person}`, `{the mayor\|person Clara Bell}` | a mention of an entity: its kind, and its name if that differs |
//! | `{“It is late,”\|quote}`, `{it is late\|indirect Clara Bell}` | a quote (`quote` means `direct`), and the entity that speaks |
//! | `{$3 million\|money 3000000}` | a figure: its kind, and its value |
//!
//! Marks may be nested. A backslash escapes the bracket after it.
//!
//! ```
//! # use copydesk_core::{DocumentView, Emitter, NoOptions, RuleId, Stage, StageError, StageType};
//! # copydesk_core::rules! {
//! #     /// Words.
//! #     WORD = Finds "word" { what: "Marks it.", why: "It is wanted.", example: "[It]", counterexample: "He" }
//! # }
//! # struct Watch;
//! # impl Stage for Watch {
//! #     fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
//! #         for mention in doc.mentions() {
//! #             out.custom("watch", mention.span, &doc.slice(mention.span).len(), WORD)?;
//! #         }
//! #         Ok(())
//! #     }
//! # }
//! # impl StageType for Watch {
//! #     const NAME: &'static str = "watch";
//! #     const VERSION: &'static str = "1";
//! #     const SUMMARY: &'static str = "Marks entities.";
//! #     const REQUIRES: &'static [&'static str] = &["entities"];
//! #     const PROVIDES: &'static [&'static str] = &["watch"];
//! #     const RULES: &'static [RuleId] = RULES;
//! #     type Options = NoOptions;
//! #     fn new(_: NoOptions) -> Result<Self, StageError> { Ok(Self) }
//! # }
//! use copydesk_core::assert_annotations;
//!
//! assert_annotations!(Watch, "Nothing is here.");
//! assert_annotations!(Watch, "{[Clara Bell](10)|person} left.");
//! ```

use std::fmt::Write;

use serde_json::Value as Json;

use crate::layers::{EntityId, EntityKind, FigureKind, MentionForm, QuoteKind, Value, layer};
use crate::schema::LayerSchemas;
use crate::{
    Decimal, Document, DocumentView, Emitter, Source, Span, StageInfo, StageType, build, catch_panic,
};

crate::rules! {
    /// Annotations that a test provides.
    GIVEN = Finds "given" {
        what: "Annotations that a test provides to a stage.",
        why: "The stage reads them.",
        example: "[Clara Bell] left.",
        counterexample: "Nobody left.",
    }
}

/// Asserts that a stage finds exactly what is marked; its options, as JSON, may follow its name: `assert_annotations!(Words,
/// {"word": "strike"}, "A [strike].")`. See [`testing`](crate::testing).
#[macro_export]
macro_rules! assert_annotations {
    ($stage:ty, {$($options:tt)*}, $text:expr $(,)?) => {
        if let Err(wrong) = $crate::testing::check::<$stage>(stringify!({$($options)*}), $text) {
            panic!("{wrong}");
        }
    };
    ($stage:ty, $text:expr $(,)?) => {
        $crate::assert_annotations!($stage, {}, $text)
    };
}

/// An annotation that a stage found or should find.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its position.
    pub span: Span,
    /// The value of an annotation of a custom layer; in an expectation, only if one is given.
    pub value: Option<Json>,
}

/// A parsed text with marks.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// The text without marks.
    pub text: String,
    /// The annotations that a stage should find, in text order.
    pub expected: Vec<Found>,
    /// The annotations that are provided: their position and description.
    given: Vec<(Span, String)>,
}

impl Marked {
    /// Parses a text with marks.
    ///
    /// # Errors
    /// If a mark is malformed: what is wrong, and where.
    pub fn parse(marked: &str) -> Result<Self, String> {
        let mut read = Self::default();
        let mut open: Vec<(char, u32)> = Vec::new();
        let mut rest = marked;
        while let Some(character) = rest.chars().next() {
            let wrong = |what: &str| {
                format!("{what} at `{}` of: {marked}", rest.chars().take(20).collect::<String>())
            };
            let here = read.text.len() as u32;
            let mut after = &rest[character.len_utf8()..];
            match (character, open.last()) {
                ('\\', _) if after.starts_with(['[', ']', '{', '}', '|', '\\']) => {
                    read.text.extend(after.chars().next());
                    after = &after[1..];
                }
                ('[' | '{', _) => open.push((character, here)),
                (']', Some(&('[', start))) => {
                    let value = value_after(&mut after).map_err(|error| wrong(&error))?;
                    read.expected.push(Found { span: Span::raw(start, here), value });
                    open.pop();
                }
                ('|', Some(&('{', start))) => {
                    let (description, rest) = after.split_once('}').ok_or_else(|| wrong("no `}`"))?;
                    read.given.push((Span::raw(start, here), description.trim().to_owned()));
                    after = rest;
                    open.pop();
                }
                (']' | '}', _) => return Err(wrong("a closing bracket without an opening one")),
                _ => read.text.push(character),
            }
            rest = after;
        }
        if let Some((bracket, _)) = open.last() {
            return Err(format!("`{bracket}` is never closed: {marked}"));
        }
        read.expected.sort_by_key(|found| found.span);
        Ok(read)
    }

    /// The document with the annotations that are provided.
    ///
    /// # Errors
    /// If a mark does not describe a valid annotation.
    pub fn document(&self) -> Result<Document, String> {
        let source = Source { id: "test", text: &self.text, ..Source::default() };
        let mut document = Document::new(source).map_err(|error| error.to_string())?;
        let mut marks = Given::default();
        for (span, description) in &self.given {
            marks.add(*span, description)?;
        }
        marks.absorb(&mut document, &self.text)?;
        Ok(document)
    }
}

/// The value after a mark: JSON in round brackets.
fn value_after(rest: &mut &str) -> Result<Option<Json>, String> {
    let Some(after) = rest.strip_prefix('(') else { return Ok(None) };
    let mut wrong = "no `)` after the value".to_owned();
    // Text inside the value may contain brackets.
    for (end, _) in after.match_indices(')') {
        match serde_json::from_str(&after[..end]) {
            Ok(value) => {
                *rest = &after[end + 1..];
                return Ok(Some(value));
            }
            Err(error) => wrong = format!("the value is not JSON ({error})"),
        }
    }
    Err(wrong)
}

/// The annotations that are provided, by layer.
#[derive(Default)]
struct Given<'g> {
    /// Kind and name; an empty name means the words themselves.
    entities: Vec<(Span, EntityKind, &'g str)>,
    /// Kind, and the name of the entity that speaks.
    quotes: Vec<(Span, QuoteKind, &'g str)>,
    figures: Vec<(Span, FigureKind, Option<Decimal>)>,
}

impl<'g> Given<'g> {
    fn add(&mut self, span: Span, description: &'g str) -> Result<(), String> {
        let (kind, more) = description.split_once(' ').unwrap_or((description, ""));
        let more = more.trim();
        let quote = if kind == "quote" { Some(QuoteKind::Direct) } else { QuoteKind::from_word(kind) };
        if let Some(kind) = EntityKind::from_word(kind) {
            self.entities.push((span, kind, more));
        } else if let Some(kind) = quote {
            self.quotes.push((span, kind, more));
        } else if let Some(kind) = FigureKind::from_word(kind) {
            let value =
                (!more.is_empty()).then(|| Decimal::parse(more).ok_or(format!("`{more}` is not a number")));
            self.figures.push((span, kind, value.transpose()?));
        } else {
            return Err(format!("`{kind}` is not a kind of entity, quote or figure"));
        }
        Ok(())
    }

    fn absorb(&self, document: &mut Document, text: &str) -> Result<(), String> {
        let violation = |error: crate::Violation| error.to_string();
        let mut emitter = Emitter::new();
        let name = |span: Span, name: &'g str| {
            if name.is_empty() { text[span.range()].to_owned() } else { name.to_owned() }
        };
        let mut done: Vec<String> = Vec::new();
        for (span, kind, named) in &self.entities {
            let named = name(*span, named);
            if done.contains(&named) {
                continue;
            }
            let mut entity = emitter.entity(*kind, &named, GIVEN);
            for (other, _, also) in
                self.entities.iter().filter(|(other, _, also)| name(*other, also) == named)
            {
                let form = if also.is_empty() { MentionForm::Name } else { MentionForm::Nominal };
                entity = entity.mention(*other, form);
            }
            done.push(named);
        }
        document.absorb(&emitter, &[layer::ENTITIES]).map_err(violation)?;
        emitter.reset(&document.view());
        for (span, kind, speaker) in &self.quotes {
            let quote = emitter.quote(*kind, *span, GIVEN).content(*span);
            if !speaker.is_empty() {
                let entity = entity_named(&document.view(), speaker);
                quote.speaker_entity(entity.ok_or(format!("no entity is called `{speaker}`"))?);
            }
        }
        document.absorb(&emitter, &[layer::QUOTES]).map_err(violation)?;
        emitter.reset(&document.view());
        for (span, kind, value) in &self.figures {
            let figure = emitter.figure(*kind, *span, GIVEN);
            if let Some(value) = value {
                figure.value(Value::Number(*value));
            }
        }
        document.absorb(&emitter, &[layer::FIGURES]).map_err(violation)
    }
}

fn entity_named(doc: &DocumentView<'_>, name: &str) -> Option<EntityId> {
    doc.entities().find(|entity| entity.name() == name).map(|entity| entity.id())
}

/// The annotations that a stage finds in a document, of the layers that it provides, in text order.
///
/// # Errors
/// If the stage rejects its options, fails, panics, or emits invalid annotations, including values that violate its schemas.
pub fn find<S: StageType>(options: &str, mut document: Document) -> Result<Vec<Found>, String> {
    let stage = build::<S>(options).map_err(|error| error.to_string())?;
    let mut emitter = Emitter::new();
    emitter.reset(&document.view());
    catch_panic(|| stage.analyze(&document.view(), &mut emitter))?.map_err(|error| error.to_string())?;
    document.absorb(&emitter, S::PROVIDES).map_err(|error| error.to_string())?;
    let doc = document.view();
    LayerSchemas::of(&StageInfo::of::<S>())?.check(&doc)?;
    let provides = |name: &str| S::PROVIDES.contains(&name);
    let plain = |span| Found { span, value: None };
    let mut found: Vec<Found> = doc
        .customs()
        .filter(|custom| provides(custom.layer()))
        .map(|custom| Found { span: custom.span(), value: serde_json::from_str(custom.payload()).ok() })
        .collect();
    // Annotations that the test provides may be of the same layers.
    let own = |rule: &str| rule != GIVEN.code();
    if provides(layer::ENTITIES) {
        let entities = doc.entities().filter(|entity| own(entity.rule()));
        found.extend(entities.flat_map(|entity| entity.mentions()).map(|mention| plain(mention.span)));
    }
    if provides(layer::QUOTES) {
        found.extend(doc.quotes().filter(|quote| own(quote.rule())).map(|quote| plain(quote.span())));
    }
    if provides(layer::FIGURES) {
        found.extend(doc.figures().filter(|figure| own(figure.rule())).map(|figure| plain(figure.span())));
    }
    found.sort_by_key(|found| found.span);
    Ok(found)
}

/// Checks that a stage finds exactly what is marked.
///
/// # Errors
/// What it found instead, marked in the text, or why it could not run.
pub fn check<S: StageType>(options: &str, marked: &str) -> Result<(), String> {
    let read = Marked::parse(marked)?;
    let found = find::<S>(options, read.document()?)?;
    let same = |(found, expected): (&Found, &Found)| {
        found.span == expected.span && (expected.value.is_none() || found.value == expected.value)
    };
    if found.len() == read.expected.len() && found.iter().zip(&read.expected).all(same) {
        return Ok(());
    }
    // Values are shown only if the test expects some.
    let values = read.expected.iter().any(|expected| expected.value.is_some());
    let (expected, found) = (show(&read.text, &read.expected, true), show(&read.text, &found, values));
    Err(format!("{} does not find what is marked\nexpected: {expected}\n   found: {found}", S::NAME))
}

/// The text with marks around what was found.
fn show(text: &str, found: &[Found], values: bool) -> String {
    let mut shown = String::new();
    for (at, character) in text.char_indices().chain([(text.len(), '\0')]) {
        for found in
            found.iter().rev().filter(|found| found.span.end() as usize == at && !found.span.is_empty())
        {
            shown.push(']');
            if let Some(value) = found.value.as_ref().filter(|_| values) {
                let _ = write!(shown, "({value})");
            }
        }
        found.iter().filter(|found| found.span.start() as usize == at).for_each(|_| shown.push('['));
        if at < text.len() {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NoOptions, RuleId, Stage, StageError};

    /// Marks words in capitals, with the entity, quote and figure that they are in.
    struct Capitals;

    impl Stage for Capitals {
        fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
            for token in doc.tokens().iter().filter(|token| token.case() == crate::Case::Upper) {
                let span = token.span();
                let inside = |other: Span| other.start() <= span.start() && span.end() <= other.end();
                let speaker =
                    doc.quotes().find(|quote| inside(quote.span())).and_then(|quote| quote.speaker_entity());
                let speaker = speaker.and_then(|id| doc.entity(id)).map(|entity| entity.name());
                let figures = doc.figures().filter(|figure| figure.value().is_some()).count();
                let value = serde_json::json!({"speaker": speaker, "figures": figures});
                out.custom("capitals", span, &value, GIVEN)?;
            }
            Ok(())
        }
    }

    impl StageType for Capitals {
        const NAME: &'static str = "capitals";
        const VERSION: &'static str = "1";
        const SUMMARY: &'static str = "Marks words in capitals.";
        const USES: &'static [&'static str] = &[layer::ENTITIES, layer::QUOTES, layer::FIGURES];
        const PROVIDES: &'static [&'static str] = &["capitals"];
        const RULES: &'static [RuleId] = RULES;
        type Options = NoOptions;

        fn new(_: NoOptions) -> Result<Self, StageError> {
            Ok(Self)
        }
    }

    #[test]
    fn marked_words_are_found() {
        assert_annotations!(Capitals, "Nothing.");
        assert_annotations!(Capitals, "[NATO] and [EU], é [UN].");
        assert_annotations!(Capitals, {}, "[NATO]({\"speaker\": null, \"figures\": 0}) left.");
        assert_annotations!(
            Capitals,
            "{“[NATO]({\"speaker\": \"Clara Bell\", \"figures\": 1}) must pay,”|quote Clara Bell} {Clara Bell|person} \
             told {the mayor|person Jan Berg}: {$3 million|money 3000000}."
        );
        assert_annotations!(Capitals, r"\[not this\] \{nor this\} [NATO]");
    }

    #[test]
    fn differences_are_shown_in_the_text() {
        let wrong = check::<Capitals>("{}", "NATO and [EU](1) left [Berlin].").expect_err("it is wrong");
        assert!(wrong.contains("expected: NATO and [EU](1) left [Berlin]."), "{wrong}");
        let found = "[NATO]({\"speaker\":null,\"figures\":0}) and [EU]({\"speaker\":null,\"figures\":0}) left Berlin.";
        assert!(wrong.contains(&format!("found: {found}")), "{wrong}");
        for (marked, says) in [
            ("[a", "never closed"),
            ("a]", "closing bracket without"),
            ("{a|person", "no `}`"),
            ("{a|animal}", "`animal` is not a kind"),
            ("{a|money much}", "`much` is not a number"),
            ("{a|quote Nobody}", "no entity is called `Nobody`"),
            ("[a](x)", "not JSON"),
            ("[a](1", "no `)`"),
        ] {
            let wrong = check::<Capitals>("{}", marked).expect_err("it is wrong");
            assert!(wrong.contains(says), "{marked}: {wrong}");
        }
        assert!(check::<Capitals>("{\"a\": 1}", "a").is_err_and(|wrong| wrong.contains("unknown field `a`")));
    }

    #[test]
    fn mentions_with_one_name_share_an_entity() {
        let marked = Marked::parse(
            "{Clara Bell|person} left. {Clara Bell|person} and {the mayor|person Clara Bell} are one.",
        );
        let document = marked.and_then(|marked| marked.document()).expect("right");
        let view = document.view();
        let mentions: Vec<usize> = view.entities().map(|entity| entity.mentions().len()).collect();
        assert_eq!(mentions, [3]);
    }
}
