//! The figure stage: numbers, amounts, percentages, dates and periods, with their values, units and what they say.
//!
//! It reads a document a sentence at a time, which `scope` holds.
//!
//! `numbers`: `numeral`, `digits`, `power`, words in `spelled`, `loose` ("dozens") and `point`, `fraction`, `divisor`; with what they
//! count: `found` (what begins at a token), `amount`, `amount_forms`, `unit`, `prefix` (currencies before it), `per` (rates), `table`
//! (units, prefixes, powers), `own_units`, `sum` (several units), `article` (one of a unit), `coin`, `range`, `interval`, `bounds`,
//! `count`, `count_per`, `noun`, `stand_in`, `ratio`, `multiple`, `age`, `ordinal` (places in a row); `shared` units; numbers that name
//! and count nothing: `labels`; `si` and `yen` convert.
//!
//! `time`: `calendar`, `month`, `weekday`, `day`, `year`, `era`, `decade`, `fiscal`, `quarter`, `numeric_date`, `marked_date`,
//! `parts_of_time`, `clock`, `spoken_time`, `zone`, `holiday`, `relative`, `nearest`, `same_period`, `ago`, `away`, `spans`, `nth`,
//! `weekend`, `edges`, `sets` (what comes again), `till_now`, and for what two figures make together `joined`, `joined_days` and
//! `stretches`; `periods` gives figures the period beside them; `dateline` looks for the day of publication where the document has none.
//!
//! `meaning`: `cues`, `direction`, `moved`, `relations`, `change`, `level` and `arithmetic` say what bounds figures, which way they went
//! and from what; `subject`, `noun_list`, `aside`, `lead`, `verbs`, `apposition`, `measure_front`, `inherited` and `measure` what they
//! measure.
//!
//! `patterns` is asked first: dates, and what is no figure, as rows of a table that users extend.
//!
//! `emit` hands them over. The words are in tables under `data/`, to be read and extended: single words with a role in `vocabulary`,
//! those that only some rules ask in `lists`.

use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{DocumentView, Emitter, RuleId, Stage, StageError, StageType, TokenKind, layer};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The first of some attempts that gives a figure. A chain of `or_else` would copy the figure, which is large, at each link.
macro_rules! first_of {
    ($($attempt:expr),+ $(,)?) => {{
        $(if let Some(item) = $attempt {
            return Some(item);
        })+
        None
    }};
}

mod emit;
mod item;
mod lists;
mod meaning;
mod numbers;
mod patterns;
mod phrase;
mod registry;
mod relate;
mod scope;
#[cfg(test)]
mod tests;
mod time;
mod vocabulary;
mod words;

use crate::meaning::relations;
use crate::numbers::{article, bounds, coin, found};
use crate::time::{joined, relative, weekend};
use item::Item;
use numbers::amount::PERCENT_SIGN;
use numbers::found::Found;
use patterns::{Matched, Patterns};
use scope::Scope;
use vocabulary::{Entry, Vocabulary, role};

/// Options of the figure stage.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Read 5/6/2022 as the fifth of June rather than the sixth of May.
    pub day_first: bool,
    /// Find ordinals: "the third", "21st".
    pub ordinals: bool,
    /// Files of units of your own, TOML: `[[unit]]` with `name`, `forms`, and if need be `code`, `si`, `prefixes`, `kind`.
    pub units: Vec<String>,
    /// Files of patterns of your own, TOML: `[[pattern]]` with `name`, `what`, `reads`, `gives`, `examples`, as in the stage's
    /// `data/patterns.toml`. They come before its own.
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

impl FigureStage {
    /// Finds the figures of one sentence.
    fn sentence(&self, scope: &Scope<'_>, items: &mut Vec<Item>) {
        const SIGNS: [u64; 4] = [words::HYPHEN, words::MINUS_SIGN, words::EN_DASH, words::PLUS_SIGN];
        const STARTS: [u64; 4] = [words::A, words::AN, words::HALF, words::MINUS];
        let from = items.len();
        if scope.end <= 2
            && let Some(coins) = coin::quarters(scope)
        {
            items.push(coins);
            return;
        }
        let mut at = scope.start;
        while let Some(token) = scope.token(at) {
            let entry = if token.kind() == TokenKind::Word {
                self.vocabulary.entry(token.hash())
            } else {
                Entry::default()
            };
            match self.patterns.find(scope, at, token, entry) {
                Some(Matched::Item(item)) => {
                    at = item.end.max(at + 1);
                    items.push(item);
                    continue;
                }
                Some(Matched::Nothing(end)) => {
                    at = end.max(at + 1);
                    continue;
                }
                None => {}
            }
            let digit = token.has(token_flag::DIGIT);
            let mut ordinal = false;
            let starts = digit
                || match token.kind() {
                    TokenKind::Word => {
                        ordinal = entry.is(role::ORDINAL);
                        entry.is(role::STARTS) || STARTS.contains(&token.hash())
                    }
                    // The hyphen of a compound is no minus.
                    // "(12.4)%": a loss.
                    TokenKind::Punctuation if token.hash() == words::OPEN => {
                        scope.is_number(at + 1)
                            && scope.is(at + 2, words::CLOSE)
                            && (scope.is(at + 3, PERCENT_SIGN) && scope.glued(at + 3)
                                || scope.has(at + 3, role::SCALE))
                    }
                    TokenKind::Punctuation => {
                        SIGNS.contains(&token.hash())
                            && !(token.has(token_flag::GLUED) && scope.is_word(at.wrapping_sub(1)))
                    }
                    TokenKind::Symbol => true,
                    _ => false,
                };
            // "a" is the most frequent of them, and begins a figure only before a few words.
            let idle = token.hash() == words::A && !self.begins_behind_article(scope, at + 1);
            // "the second" of a year whose first quarter was named.
            let named = if ordinal { weekend::same_year(scope, at, items) } else { None };
            at = match named {
                Some(item) => {
                    items.push(item);
                    at + 1
                }
                None if starts && !idle => self.at(scope, at, items),
                None => at + 1,
            };
        }
        if items.len() == from && scope.end <= scope.start + 2 {
            items.extend(coin::one_coin(scope));
        }
        joined::join_dates(scope, items, from);
        bounds::join_bounds(scope, items, from);
        if items.len() > from {
            relations::relate(scope, items, from);
        }
    }

    /// Whether an article before a word may begin a figure: "a third", "a million", "a year ago".
    fn begins_behind_article(&self, scope: &Scope<'_>, at: usize) -> bool {
        const ROLES: u32 =
            role::FRACTION | role::SCALE | role::CARDINAL | role::SPAN | role::UNIT | role::STARTS_ALONE;
        scope.has(at, ROLES)
            || scope.is_any(at, &[words::FEW, words::HALF])
            || article::is_whole(scope, at)
            || scope.end <= scope.start + 3
    }

    /// Finds the figure that begins at a token; returns where to go on.
    fn at(&self, scope: &Scope<'_>, at: usize, items: &mut Vec<Item>) -> usize {
        // No date begins with a sign.
        let sign =
            scope.kind(at).is_some_and(|kind| matches!(kind, TokenKind::Punctuation | TokenKind::Symbol));
        let time = if sign { None } else { relative::temporal(scope, at) };
        // What only begins dates begins no amount.
        const DATED: u32 =
            role::MONTH | role::WEEKDAY | role::RELATIVE | role::SEASON | role::CLOCK | role::HOLIDAY;
        const COUNTED: u32 = role::CARDINAL
            | role::SCALE
            | role::ORDINAL
            | role::FRACTION
            | role::MANY
            | role::PREFIX
            | role::STARTS_ALONE;
        let entry = scope.entry(at);
        if time.is_none() && !sign && entry.is(DATED) && !entry.is(COUNTED) && scope.is_word(at) {
            return at + 1;
        }
        let item = match time {
            Some(item) => item,
            None => match found::figure(scope, at) {
                Some(Found::Item(item)) => item,
                Some(Found::Skip(end)) => return end.max(at + 1),
                None => return at + 1,
            },
        };
        let end = item.end.max(at + 1);
        // "three old 310 Plus engines": a number between another one and its noun is part of a name.
        if let item::Counted::Noun(noun) = item.counted
            && items.last().is_some_and(|last| {
                last.counted == item::Counted::Noun(noun)
                    && last.end < item.first
                    && last.kind != FigureKind::Ratio
                    && last.part_whole.is_none()
            })
        {
            return end;
        }
        if self.options.ordinals || item.kind != FigureKind::Ordinal {
            items.push(item);
        }
        end
    }
}

impl Stage for FigureStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let today = doc
            .date()
            .and_then(day_of)
            .or_else(|| time::dateline::told_day(doc, &self.vocabulary, self.options.day_first));
        let mut items = Vec::new();
        for sentence in doc.sentences() {
            let tokens = sentence.tokens();
            let scope = Scope {
                doc,
                vocabulary: &self.vocabulary,
                today,
                day_first: self.options.day_first,
                start: tokens.start,
                end: tokens.end,
            };
            self.sentence(&scope, &mut items);
        }
        numbers::yen::decide(doc, &self.vocabulary, &mut items);
        emit::emit(doc, &items, out);
        Ok(())
    }
}

/// The day that an ISO 8601 date, with or without a time, begins with.
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
        let patterns = Patterns::with_files(&options.patterns)?;
        Ok(Self {
            patterns,
            vocabulary: Vocabulary::new(numbers::own_units::with_files(&options.units)?),
            options,
        })
    }
}
