//! What begins at a token: an amount with what it counts, or a date.

pub(crate) mod amounts;
pub(crate) mod dates;

use std::ops::Range;

use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{RuleId, Span, Token, TokenKind};

use crate::item::{Counted, Found, Item};
use crate::parse::amounts::amount::PERCENT_SIGN;
use crate::parse::amounts::{coin, found};
use crate::parse::dates::{relative, weekend};
use crate::patterns::{Matched, Patterns};
use crate::registry;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::{Entry, role};
use crate::sentence::{forms, words};

/// The figures of a document, and for explanations what is not a figure and by which rule.
pub(crate) struct Parsed {
    pub(crate) items: Vec<Item>,
    pub(crate) held_back: Vec<(Span, RuleId)>,
}

impl Parsed {
    /// No figures yet, with space for some.
    pub(crate) fn with_capacity(items: usize) -> Self {
        Self { items: Vec::with_capacity(items), held_back: Vec::new() }
    }

    fn hold_back(&mut self, scope: &Scope<'_>, tokens: Range<usize>, rule: RuleId) {
        if scope.doc.is_explained() {
            self.held_back.push((scope.span(tokens.start, tokens.end), rule));
        }
    }
}

/// Appends the figures of a sentence, ordinals only if the option is set.
pub(crate) fn parse(scope: &Scope<'_>, patterns: &Patterns, ordinals: bool, parsed: &mut Parsed) {
    let from = parsed.items.len();
    if scope.end <= 2
        && let Some(coins) = coin::quarters(scope)
    {
        parsed.items.push(coins);
        return;
    }
    let mut at = scope.start;
    while let Some((next, token)) = scope.first_from(at, |token| !is_idle(scope, token)) {
        at = next;
        let entry = if token.is_word() { scope.vocabulary.entry(token.hash()) } else { Entry::default() };
        at = match patterns.find(scope, at, token, entry) {
            Some(Matched::Item(item)) => {
                let end = item.end.max(at + 1);
                parsed.items.push(item);
                end
            }
            Some(Matched::Nothing(end)) => {
                parsed.hold_back(scope, at..end.max(at + 1), registry::PATTERN_NOTHING);
                end.max(at + 1)
            }
            None => by_rule(scope, at, token, entry, ordinals, parsed),
        };
    }
    if parsed.items.len() == from && scope.end <= scope.start + 2 {
        parsed.items.extend(coin::one_coin(scope));
    }
}

/// Whether nothing begins with a token: with most words.
#[inline]
fn is_idle(scope: &Scope<'_>, token: &Token) -> bool {
    token.is_word() && !scope.vocabulary.may_begin(token.hash()) && !token.has(token_flag::DIGIT)
}

/// Appends the figure that begins at a token, if any; returns the token to continue at.
fn by_rule(
    scope: &Scope<'_>,
    at: usize,
    token: &Token,
    entry: Entry,
    ordinals: bool,
    parsed: &mut Parsed,
) -> usize {
    // "the second" of a year whose first quarter was named.
    let is_ordinal = token.kind() == TokenKind::Word && entry.is(role::ORDINAL);
    if is_ordinal && let Some(item) = weekend::same_year(scope, at, &parsed.items) {
        parsed.items.push(item);
        return at + 1;
    }
    // "a" is the most frequent of the words that begin figures, and does so only before a few others.
    let idle = token.hash() == words::A && !begins_after_article(scope, at + 1);
    if idle || !may_begin(scope, at, token, entry) {
        return at + 1;
    }
    match figure(scope, at) {
        Some(Found::Item(item)) => {
            let end = item.end.max(at + 1);
            if is_part_of_name(&parsed.items, &item) {
                parsed.hold_back(scope, at..end, registry::SECOND_NUMBER);
            } else if item.kind == FigureKind::Ordinal && !ordinals {
                parsed.hold_back(scope, at..end, registry::UNWANTED_ORDINAL);
            } else {
                parsed.items.push(item);
            }
            end
        }
        Some(Found::Skip(end, rule)) => {
            parsed.hold_back(scope, at..end.max(at + 1), rule);
            end.max(at + 1)
        }
        None => at + 1,
    }
}

/// Whether a figure may begin at a token, by the token alone.
fn may_begin(scope: &Scope<'_>, at: usize, token: &Token, entry: Entry) -> bool {
    const SIGNS: [u64; 4] = [words::HYPHEN, words::MINUS_SIGN, words::EN_DASH, words::PLUS_SIGN];
    const STARTS: [u64; 3] = [words::A, words::AN, words::HALF];
    token.has(token_flag::DIGIT)
        || match token.kind() {
            TokenKind::Word => entry.is(role::STARTS) || STARTS.contains(&token.hash()),
            // "(12.4)%": a loss.
            TokenKind::Punctuation if token.hash() == words::OPEN => {
                scope.is_number(at + 1)
                    && scope.is(at + 2, words::CLOSE)
                    && (scope.is(at + 3, PERCENT_SIGN) && scope.glued(at + 3)
                        || scope.has(at + 3, role::SCALE))
            }
            // The hyphen of a compound is not a minus.
            TokenKind::Punctuation => {
                SIGNS.contains(&token.hash())
                    && !(token.has(token_flag::GLUED) && scope.is_word(at.wrapping_sub(1)))
            }
            TokenKind::Symbol => true,
            _ => false,
        }
}

/// Whether an article before a word may begin a figure: "a third", "a million", "a year ago".
fn begins_after_article(scope: &Scope<'_>, at: usize) -> bool {
    const ROLES: u32 =
        role::FRACTION | role::SCALE | role::CARDINAL | role::SPAN | role::UNIT | role::STARTS_ALONE;
    scope.has(at, ROLES)
        || scope.is_any(at, &[words::FEW, words::HALF])
        || forms::is_whole(scope, at)
        || scope.end <= scope.start + 3
}

/// The date or amount that begins at a token.
fn figure(scope: &Scope<'_>, at: usize) -> Option<Found> {
    // Words that only begin dates begin no amount.
    const DATED: u32 =
        role::MONTH | role::WEEKDAY | role::RELATIVE | role::SEASON | role::CLOCK | role::HOLIDAY;
    const COUNTED: u32 = role::CARDINAL
        | role::SCALE
        | role::ORDINAL
        | role::FRACTION
        | role::MANY
        | role::PREFIX
        | role::STARTS_ALONE;
    // No date begins with a sign.
    let sign = scope.kind(at).is_some_and(|kind| matches!(kind, TokenKind::Punctuation | TokenKind::Symbol));
    if !sign && let Some(item) = relative::temporal(scope, at) {
        return Some(Found::Item(item));
    }
    let entry = scope.entry(at);
    if !sign && entry.is(DATED) && !entry.is(COUNTED) && scope.is_word(at) {
        return None;
    }
    found::figure(scope, at)
}

/// "three old 310 Plus engines": a number between another one and its noun is part of a name.
fn is_part_of_name(items: &[Item], item: &Item) -> bool {
    let Counted::Noun(noun) = item.counted else { return false };
    items.last().is_some_and(|last| {
        last.counted == Counted::Noun(noun)
            && last.end < item.first
            && last.kind != FigureKind::Ratio
            && last.part_whole.is_none()
    })
}
