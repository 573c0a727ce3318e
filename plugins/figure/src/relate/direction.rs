//! The direction of change that the words around a figure show.

use copydesk_core::layers::{Direction, FigureKind};
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Item};
use crate::relate::{aside, moved};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{verbs, words};

/// The maximum number of words before a figure among which a word of change is looked for.
const MAX_WORDS: usize = 5;

/// Verbs that mean a change of a percentage with "up" or "down": "prices have come down 4%".
const MOVING: [&str; 9] = ["come", "comes", "came", "coming", "brought", "bring", "brings", "grew", "grow"];

/// A sign before a percentage.
pub(crate) fn signed(scope: &Scope<'_>, item: &Item) -> Option<Direction> {
    let Content::Number(number) = item.content else { return None };
    let percent = item.kind == FigureKind::Percent;
    if percent && number < Decimal::ZERO {
        Some(Direction::Down)
    } else if percent && scope.is(item.first, words::PLUS_SIGN) {
        Some(Direction::Up)
    } else {
        None
    }
}

/// The direction of change of a figure. `before` is the token where it begins, bound included.
pub(crate) fn direction_of(scope: &Scope<'_>, item: &Item, before: usize) -> Option<Direction> {
    let measured = matches!(
        item.kind,
        FigureKind::Money
            | FigureKind::Percent
            | FigureKind::Quantity
            | FigureKind::Count
            | FigureKind::Ratio
    );
    if !measured || matches!(item.content, Content::Length(_) | Content::Time(_) | Content::Between(..)) {
        return None;
    }
    direction_after(scope, item)
        .or_else(|| direction_before(scope, item, before))
        .or_else(|| moved::moved_otherwise(scope, item, before))
        .or_else(|| signed(scope, item))
}

/// "40% more than", "a 3 percent drop", "30 basis point rise", "5% down".
pub(crate) fn direction_after(scope: &Scope<'_>, item: &Item) -> Option<Direction> {
    let at = item.end + usize::from(scope.is(item.end, words::HYPHEN));
    if item.kind == FigureKind::Count
        && let Counted::Noun(noun) = item.counted
        && scope.text(noun).starts_with("point")
    {
        // "108.38 points higher"
        return match scope.text(noun + 1) {
            "higher" | "up" => Some(Direction::Up),
            "lower" | "down" => Some(Direction::Down),
            _ => None,
        };
    }
    let than = scope.is(at + 1, words::THAN);
    // "40 fewer than the year before", "20 cents more than last autumn"
    if than && matches!(item.kind, FigureKind::Money | FigureKind::Quantity | FigureKind::Count) {
        if scope.is(at, words::MORE) {
            return Some(Direction::Up);
        }
        if scope.is_any(at, &[words::LESS, hash_lowered("fewer")]) && !scope.is(at.wrapping_sub(1), words::OR)
        {
            return Some(Direction::Down);
        }
    }
    // "a fifth lower than in 2022"
    if item.kind == FigureKind::Ratio && than {
        let direction = if scope.is(at, words::MORE) {
            Some(Direction::Up)
        } else if scope.is_any(at, &[words::LESS, hash_lowered("fewer")]) {
            Some(Direction::Down)
        } else {
            None
        };
        return direction.or_else(|| scope.entry(at).way());
    }
    if item.kind == FigureKind::Count || item.kind == FigureKind::Ratio {
        return None;
    }
    if item.kind == FigureKind::Percent {
        if scope.is_any(at, &[words::MORE, hash_lowered("above"), hash_lowered("ahead")]) {
            return Some(Direction::Up);
        }
        if scope.is_any(at, &[words::LESS, hash_lowered("fewer"), hash_lowered("below")])
            && !scope.is(at.wrapping_sub(1), words::OR)
        {
            return Some(Direction::Down);
        }
    }
    let entry = scope.entry(at);
    // A verb after it has another subject: "70% rose" is not a rise by 70%.
    let verb = entry.is(role::VERB)
        && !scope.is_any(item.first.wrapping_sub(1), &[words::A, words::AN, words::THE])
        && !than;
    // "734 feet down to the shaft" is a distance, not a change.
    let way = item.kind == FigureKind::Quantity && scope.is_any(at, &[words::UP, words::DOWN]);
    let other = way || item.kind != FigureKind::Percent && verb || scope.text(at).ends_with("ed");
    let noun = scope.is_lower_word(at) && !other;
    entry.way().filter(|_| noun)
}

/// "fell by about 7%", "was up 19 cents", "an increase of 5 percent".
pub(crate) fn direction_before(scope: &Scope<'_>, item: &Item, before: usize) -> Option<Direction> {
    let mut at = before.wrapping_sub(1);
    // "gained a 5 percent stake", "added a 30 km section": the figure is an attribute of what was gained.
    if scope.is_any(at, &[words::A, words::AN, words::THE])
        && !(scope.is(at.wrapping_sub(1), words::OF) || scope.is(at.wrapping_sub(1), words::BY))
    {
        return direction_of_pace(scope, item, at);
    }
    let mut by = false;
    for _ in 0..MAX_WORDS {
        if has_other_sense(scope, item, at, by) {
            return None;
        }
        let entry = scope.entry(at);
        if let Some(way) = entry.way() {
            return (!is_other_action(scope, item, at, by)).then_some(way);
        }
        // "up from 8": the old level does not rise.
        if scope.is_any(at, &[words::TO, words::AT, words::FROM]) || scope.token(at).is_none() {
            return None;
        }
        by |= scope.is_any(at, &[words::BY, words::OF]);
        if scope.is(at, words::BY) {
            if let Some(way) = direction_before_aside(scope, at) {
                return Some(way);
            }
            if follows_object(scope, at) {
                return direction_over_object(scope, at.wrapping_sub(1));
            }
        }
        // "revised upward by".
        if by && let Some(direction) = toward(scope, at) {
            return Some(direction);
        }
        let passes = entry.is(role::ADVERB | role::BOUND)
            || scope.is_any(at, &[words::OF, words::BETWEEN])
            || scope.is_lower_word(at) && scope.text(at).ends_with("ly");
        if !passes {
            return None;
        }
        at = at.wrapping_sub(1);
    }
    None
}

/// "shrank at a 0.6% annual pace": the direction of the verb; `article` is the token before the figure.
fn direction_of_pace(scope: &Scope<'_>, item: &Item, article: usize) -> Option<Direction> {
    let pace = scope.is(article.wrapping_sub(1), words::AT)
        && (item.end..item.end + 3).any(|at| scope.is_any(at, &[hash_lowered("pace"), hash_lowered("rate")]));
    let verb = scope.entry(article.wrapping_sub(2));
    verb.way().filter(|_| pace)
}

/// Whether a word before a figure makes it something other than a change, although it may mean one elsewhere. `by` says whether "by"
/// or "of" is between the word and the figure.
fn has_other_sense(scope: &Scope<'_>, item: &Item, at: usize, by: bool) -> bool {
    is_adverb_of_action(scope, at)
        // "lost the race by ten points" is a margin.
        || by && scope.listed(at, list::MARGIN)
        || is_in_phrasal_verb(scope, item, at)
        // "the lower 95 percent"
        || scope.text(at).ends_with("er") && scope.is_any(at.wrapping_sub(1), &[words::THE, words::A])
        || !by && is_spending(scope, item, at)
}

/// The "up" or "down" of a verb that changes no measure: "sending up about 40 crates", "to dig up 30 coins".
fn is_adverb_of_action(scope: &Scope<'_>, at: usize) -> bool {
    let verb = at.wrapping_sub(1);
    scope.is_any(at, &[words::UP, words::DOWN])
        && scope.is_lower_word(verb)
        && !scope.has(verb, role::UP | role::DOWN | role::VERB)
        && (scope.text(verb).ends_with("ing") && !scope.listed(verb, list::MOTION)
            || scope.is(verb.wrapping_sub(1), words::TO))
}

/// The "up" or "down" of a phrasal verb, with or without its object between: "picked up 58 votes", "came up with 4 plans", but not
/// "prices have come down 4%".
fn is_in_phrasal_verb(scope: &Scope<'_>, item: &Item, at: usize) -> bool {
    let verb = at.wrapping_sub(1);
    let moving = || item.kind == FigureKind::Percent && MOVING.contains(&scope.text(verb));
    scope.is_any(at, &[words::UP, words::DOWN])
        && !moving()
        && (scope.listed(verb, list::PHRASAL)
            || scope.listed(at.wrapping_sub(2), list::PHRASAL)
                && scope.is_word(verb)
                && !scope.has(verb, role::VERB))
}

/// Money that somebody spends: "dropping $2.5 million on advertisements", "dropped $3 million worth of ads".
fn is_spending(scope: &Scope<'_>, item: &Item, at: usize) -> bool {
    item.kind == FigureKind::Money
        && scope.is_any(item.end, &[words::ON, words::WORTH])
        && scope.entry(at).way() == Some(Direction::Down)
}

/// Whether a word of change says what somebody did with money, things or people, not that a measure changed: "raised $5 million", "lost 30
/// workers". With "by" or "of", or before points of an index, it means a change.
fn is_other_action(scope: &Scope<'_>, item: &Item, at: usize, by: bool) -> bool {
    let points = || matches!(item.counted, Counted::Noun(noun) if scope.text(noun).starts_with("point"));
    let thing =
        !by && matches!(
            item.kind,
            FigureKind::Money | FigureKind::Count | FigureKind::Quantity | FigureKind::Ratio
        ) && !points();
    let counted = || {
        item.kind == FigureKind::Count
            && !scope.is_any(at, &[words::UP, words::DOWN])
            && matches!(item.counted, Counted::Noun(_))
    };
    thing && (scope.listed(at, list::DEED) || counted())
}

/// "dropped, the agency said, by 4 percent": the direction of the word before the aside that ends before `by`.
fn direction_before_aside(scope: &Scope<'_>, by: usize) -> Option<Direction> {
    let open = aside::aside(scope, by.wrapping_sub(1))?;
    scope.entry(open.wrapping_sub(1)).way()
}

/// "raise output by 8 percent": whether the object is between the verb and "by".
fn follows_object(scope: &Scope<'_>, by: usize) -> bool {
    let last = by.wrapping_sub(1);
    (!scope.has(last, role::UP | role::DOWN) || scope.is(last, hash_lowered("growth")))
        && toward(scope, last).is_none()
}

/// "upward", "downwards".
pub(crate) fn toward(scope: &Scope<'_>, at: usize) -> Option<Direction> {
    match scope.text(at) {
        "upward" | "upwards" => Some(Direction::Up),
        "downward" | "downwards" => Some(Direction::Down),
        _ => None,
    }
}

/// "raise output by 8 percent": the direction of the verb whose object ends at `from`.
pub(crate) fn direction_over_object(scope: &Scope<'_>, from: usize) -> Option<Direction> {
    // "cut its forecast for demand growth by 200,000": the verb decides, not the noun in between.
    let mover = (0..12).map(|back| from.wrapping_sub(back)).take_while(|at| {
        scope.token(*at).is_some_and(|token| token.is_word()) && !scope.has(*at, role::BREAK)
    });
    for at in mover {
        if scope.listed(at, list::MARGIN) {
            return None;
        }
        if verbs::moves_object(scope, at) {
            return scope.entry(at).way();
        }
    }
    for back in 0..5 {
        let at = from.wrapping_sub(back);
        let entry = scope.entry(at);
        if !scope.is_word(at) || entry.is(role::BREAK) {
            return None;
        }
        if let Some(way) = entry.way() {
            return Some(way);
        }
    }
    None
}
