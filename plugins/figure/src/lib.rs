//! The figure stage: numbers, amounts, percentages, dates and periods, with their values, units and relations.
//!
//! It reads a document sentence by sentence, in four passes, each of which uses only those before it:
//!
//! 1. `lex`: numbers in digits and in words.
//! 2. `parse`: what begins at a token. `patterns` is tried first: dates, and words that are not a figure, as rows of a table that users
//!    can extend; then `parse::dates`, then `parse::amounts` with what is counted.
//! 3. `join`: what neighbours form together: ranges of dates, two bounds of one quantity, units and currencies that they share.
//! 4. `relate`: what figures say: the direction of a change and its baseline, their period, and what they measure.
//!
//! All of them read a `sentence`: its tokens, what its words can mean, and the shapes of its phrases. An `item` is an unfinished figure;
//! `emit` emits the finished ones. `tests/passes.rs` fails if a module uses a later pass.
//!
//! The words are in tables under `data/`: single words with a role in `sentence::vocabulary`, those that only some rules need in
//! `sentence::lists`. The build script lays out the thousands of forms of units and currencies (`sentence::unit_forms`).

use copydesk_core::{DocumentView, Emitter, RuleId, Stage, StageError, StageType, layer};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The first of some attempts that yields a figure. A chain of `or_else` would copy the figure, which is large, at each link.
macro_rules! first_of {
    ($($attempt:expr),+ $(,)?) => {{
        $(if let Some(item) = $attempt {
            return Some(item);
        })+
        None
    }};
}

mod duration;
mod emit;
mod item;
mod join;
mod lex;
mod origin;
mod parse;
mod patterns;
mod proof;
mod registry;
mod relate;
mod sentence;
#[cfg(test)]
mod tests;
mod when;

use crate::parse::Parsed;
use crate::parse::amounts::yen;
use crate::parse::dates::dateline;
use crate::patterns::Patterns;
use crate::sentence::own_units;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::Vocabulary;

/// The number of figures for which there is space before memory is moved; most articles have fewer.
const ITEMS: usize = 64;

/// Options of the figure stage.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Read 5/6/2022 as 5 June rather than 6 May.
    pub day_first: bool,
    /// Find ordinals: "the third", "21st".
    pub ordinals: bool,
    /// TOML files of your own units: `[[unit]]` with `name`, `forms`, and optionally `code`, `si`, `prefixes`, `kind`.
    pub units: Vec<String>,
    /// TOML files of your own dates, and of words that are not figures: `[[pattern]]` with `name`, `what`, `reads`, `gives`,
    /// `examples`. They take precedence over the built-in ones, and their examples must hold.
    pub patterns: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { day_first: false, ordinals: true, units: Vec::new(), patterns: Vec::new() }
    }
}

/// The figure stage.
pub struct FigureStage {
    vocabulary: Vocabulary,
    patterns: Patterns,
    options: Options,
}

impl Stage for FigureStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let today = doc
            .date()
            .and_then(day_of)
            .or_else(|| dateline::stated_day(doc, &self.vocabulary, &self.patterns, self.options.day_first));
        let mut parsed = Parsed::with_capacity(ITEMS);
        for sentence in doc.sentences() {
            let scope = Scope::new(doc, &self.vocabulary, today, self.options.day_first, sentence.tokens());
            let from = parsed.items.len();
            parse::parse(&scope, &self.patterns, self.options.ordinals, &mut parsed);
            join::join(&scope, &mut parsed.items, from);
            relate::relate(&scope, &mut parsed.items, from);
        }
        yen::decide(doc, &self.vocabulary, &mut parsed.items);
        emit::emit(doc, &parsed.items, out);
        for (span, rule) in parsed.held_back {
            out.held_back(span, None, rule, 1.0);
        }
        Ok(())
    }
}

/// The day of an ISO 8601 date, with or without a time.
fn day_of(date: &str) -> Option<Date> {
    date.trim().get(..10)?.parse().ok()
}

impl StageType for FigureStage {
    const NAME: &'static str = "figure";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str = "Finds amounts, percentages, quantities, counts, dates and periods with their values, units and changes.";
    const PROVIDES: &'static [&'static str] = &[layer::FIGURES];
    const USES: &'static [&'static str] = &[layer::SYNTAX];
    const RULES: &'static [RuleId] = registry::RULES;
    type Options = Options;

    fn new(options: Options) -> Result<Self, StageError> {
        let (patterns, own) = Patterns::with_files(&options.patterns)?;
        let mut vocabulary = Vocabulary::new(own_units::with_files(&options.units)?);
        patterns.mark(&mut vocabulary);
        let stage = Self { vocabulary, patterns, options };
        for (path, row) in own {
            proof::check(&stage, &row).map_err(|reason| {
                patterns::wrong_file(&path, format!("the pattern {}: {reason}", row.name))
            })?;
        }
        Ok(stage)
    }
}
