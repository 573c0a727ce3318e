//! Ranks: "third", "21st", "between the sixth and the ninth", "the third-largest city", "ranked No. 4 of 60".

use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{Decimal, TokenKind, hash_lower, hash_lowered};

use crate::item::{Content, Found, Item};
use crate::lex::digit_text::read_digits;
use crate::lex::{number, spelled};
use crate::origin;
use crate::registry;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

/// Nouns of a position in a ranking.
const PLACES: [u64; 5] = [
    hash_lowered("place"),
    hash_lowered("spot"),
    hash_lowered("position"),
    hash_lowered("rank"),
    hash_lowered("seed"),
];

/// "third", "twenty-first", "one hundred and twelfth", "eighty sixth"; its value and the next token.
pub(crate) fn spelled_ordinal(scope: &Scope<'_>, at: usize) -> Option<(Decimal, usize)> {
    let entry = scope.entry(at);
    if entry.is(role::ORDINAL) {
        return Some((Decimal::from(i32::from(entry.value)), at + 1));
    }
    let one = |at: usize| scope.has(at, role::ORDINAL).then(|| i64::from(scope.entry(at).value));
    let sum = spelled::words(scope, at, 0, false)?;
    // "three millionth": the scale has the ending.
    let scale = scope.text(sum.end).strip_suffix("th").map(|scale| scope.vocabulary.entry(hash_lower(scale)));
    if let Some(scale) =
        scale.filter(|scale| scale.is(role::SCALE) && scale.value >= 3 && !scale.is(role::LETTER_SCALE))
    {
        let value = Decimal::new(sum.value()?, 0)?.scale(i32::from(scale.value))?;
        return Some((value, sum.end + 1));
    }
    let and = usize::from(scope.is(sum.end, words::AND));
    let dash = usize::from(scope.is_dash(sum.end) && scope.glued(sum.end) == scope.glued(sum.end + 1));
    let last = sum.end + and.max(dash);
    let value = sum.value()?;
    let more = one(last).filter(|more| *more < 100 && (value % 100 == 0 || *more < 10 && value % 10 == 0))?;
    Some((Decimal::new(value.checked_add(more)?, 0)?, last + 1))
}

/// Whether an ordinal is part of a name and not a rank: "22nd Amendment", "third-party", "the final third".
fn names(scope: &Scope<'_>, at: usize, end: usize) -> bool {
    let hyphen = scope.is(end, words::HYPHEN) && scope.glued(end) && scope.glued(end + 1);
    let noun = end + usize::from(hyphen);
    // "in the first place"
    let instead = scope.is(at, words::FIRST)
        && scope.is(end, hash_lowered("place"))
        && scope.is(at.wrapping_sub(2), words::IN)
        && !scope.is_word(end + 1);
    instead
        || scope.listed(noun, list::SET_PHRASE)
        || scope.listed(noun, list::PROPER) && scope.is_capitalized(noun)
        || hyphen && scope.listed(noun, list::JOINED_ORDINAL)
        || scope.is_any(at, &[hash_lowered("third"), hash_lowered("thirds")])
            && scope.is_any(
                at.wrapping_sub(1),
                &[
                    hash_lowered("final"),
                    hash_lowered("attacking"),
                    hash_lowered("defensive"),
                    hash_lowered("middle"),
                ],
            )
}

/// "first", "21st", "twenty-first".
pub(crate) fn ordinal(scope: &Scope<'_>, at: usize) -> Option<Found> {
    let token = scope.token(at)?;
    let mut end = at + 1;
    let value = if token.kind() == TokenKind::Mixed {
        let text = scope.text(at);
        let (value, stop, _) = read_digits(text, 0)?;
        let suffix = text.get(stop..)?;
        if !["st", "nd", "rd", "th"].iter().any(|ending| suffix.eq_ignore_ascii_case(ending)) {
            return None;
        }
        // "4 West 12th Street"
        if scope.has(end, role::STREET) && scope.is_capitalized(end) {
            return Some(Found::Skip(end + 1, registry::STREET));
        }
        if names(scope, at, end) {
            return Some(Found::Skip(end, registry::ORDINAL_NAME));
        }
        value
    } else {
        let (value, stop) = spelled_ordinal(scope, at)?;
        end = stop;
        if names(scope, at, end) {
            return Some(Found::Skip(end, registry::ORDINAL_NAME));
        }
        // "At first", "first, …" order the narrative, not a ranking.
        let simple = end == at + 1;
        let noun = scope.is_lower_word(end) && !scope.has(end, role::FUNCTION)
            || scope.is(end, words::OF)
            || scope.is(end, words::HYPHEN) && scope.text(end + 1).ends_with("est");
        // "when the claims first arose", "Brokers, first licensed in 1990,": an adverb.
        let before = at.wrapping_sub(1);
        let adverb = scope.is(at, words::FIRST)
            && at > scope.start
            && (scope.text(end).ends_with("ed")
                || scope.listed(end, list::PAST | list::FINITE)
                || scope.has(end, role::VERB))
            && !scope.listed(before, list::DETERMINER)
            && !scope.has(before, role::ORDINAL | role::CARDINAL)
            && !scope.is_any(before, &[words::AND, words::S, words::OF])
            && !scope.is_number(before);
        let noun = noun && !adverb;
        // "the second and third floors"
        let noun = noun
            || scope.is_any(end, &[words::AND, words::OR])
                && scope.has(end + 1, role::ORDINAL)
                && scope.is_lower_word(end + 2)
                && !scope.has(end + 2, role::FUNCTION);
        let alone = at == scope.start && marks::is_end(scope, end) || scope.listed(before, list::PLACED);
        if simple && !(noun || alone || ordinal_range(scope, at, end).is_some())
            || scope.is_any(at.wrapping_sub(1), &[words::AT])
        {
            return None;
        }
        value
    };
    let mut item =
        Item::new(at, end, scope.span(at, end), FigureKind::Ordinal, Content::Number(value), origin::ORDINAL);
    if let Some((last, stop)) = ordinal_range(scope, at, end).filter(|(last, _)| *last > value) {
        (item.end, item.span) = (stop, scope.span(at, stop));
        (item.content, item.origin) = (Content::Range(value, last), origin::ORDINAL_RANGE);
    } else {
        rank(scope, &mut item, value);
    }
    Some(Found::Item(item))
}

/// "largest", "best", "worst".
pub(crate) fn is_superlative(scope: &Scope<'_>, at: usize) -> bool {
    let text = scope.text(at);
    scope.is_lower_word(at)
        && (matches!(text, "best" | "worst")
            || text.ends_with("est") && text.len() > 5 && !scope.listed(at, list::NO_SUPERLATIVE))
}

/// What an ordinal ranks, and among how many.
fn rank(scope: &Scope<'_>, item: &mut Item, value: Decimal) {
    let end = item.end;
    let noun = end + usize::from(scope.is(end, words::HYPHEN) && scope.glued(end) && scope.glued(end + 1));
    let most = scope.is_any(noun, &[hash_lowered("most"), hash_lowered("least")]);
    let superlative = most || is_superlative(scope, noun);
    let placed = scope.listed(item.first.wrapping_sub(1), list::PLACED)
        || PLACES.iter().any(|word| scope.is(end, *word));
    if !(superlative || placed) {
        return;
    }
    item.origin = origin::RANK;
    if superlative {
        let mut stop = noun + usize::from(most);
        while stop < noun + 4
            && scope.is_word(stop)
            && !scope.has(stop, role::FUNCTION | role::VERB | role::REPORT | role::BREAK)
            && !scope.token(stop).is_some_and(|token| token.has(token_flag::CLITIC))
        {
            stop += 1;
        }
        item.measure = (stop > noun + usize::from(most)).then(|| scope.span(noun, stop));
    }
    // "12th out of 180 cities", "fifth of 20 runners", "third among 12 teams".
    let place = end + usize::from(placed && PLACES.iter().any(|word| scope.is(end, *word)));
    let of = if scope.is(place, words::OUT) && scope.is(place + 1, words::OF) {
        place + 2
    } else if scope.is_any(place, &[words::OF, hash_lowered("among"), hash_lowered("amongst")]) {
        place + 1
    } else {
        return;
    };
    let of = of + usize::from(scope.is(of, words::THE));
    if let Some(whole) = number::numeral(scope, of)
        && whole.unit.is_none()
        && !whole.fraction
        && whole.upper.is_none()
        && whole.value >= value
    {
        item.part_whole = Some((value, whole.value));
        item.end = whole.end;
    }
}

/// "ranked No. 4", "the world's No. 1", "the No. 2 seed", "number two in the world": the rank after the label.
pub(crate) fn numbered_place(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let dot = usize::from(scope.is(at.wrapping_sub(1), words::DOT) && scope.glued(at.wrapping_sub(1)));
    let label = at.wrapping_sub(1 + dot);
    if !scope.is_any(label, &[words::NO, hash_lowered("number"), hash_lowered("no."), words::NUMBER_SIGN]) {
        return None;
    }
    let numeral = number::numeral(scope, at).filter(|numeral| {
        (numeral.plain || numeral.spelled)
            && numeral.unit.is_none()
            && !numeral.fraction
            && (!numeral.spelled || scope.is(label, hash_lowered("number")))
            && numeral.value.exponent() >= 0
            && numeral.value >= Decimal::from(1)
            && numeral.value < Decimal::from(10_000)
    })?;
    let before = label.wrapping_sub(1);
    let ranked = scope.listed(before, list::PLACED)
        || scope.is_any(before, &[hash_lowered("world"), hash_lowered("as"), words::AT])
        || scope.token(before).is_some_and(|token| token.has(token_flag::CLITIC))
        || scope.is_any(numeral.end, &[hash_lowered("seed"), hash_lowered("spot"), hash_lowered("seeds")])
        || scope.is(numeral.end, words::IN) && scope.is(numeral.end + 1, words::THE)
        || numeral.value == Decimal::from(1) && scope.is_lower_word(numeral.end);
    if !ranked {
        return None;
    }
    let content = Content::Number(numeral.value);
    let span = scope.span(at, numeral.end);
    let mut item = Item::new(at, numeral.end, span, FigureKind::Ordinal, content, origin::RANK);
    rank(scope, &mut item, numeral.value);
    Some(item)
}

/// "between the sixth and the ninth", "from 3rd to 5th": the last one, and the next token.
fn ordinal_range(scope: &Scope<'_>, at: usize, end: usize) -> Option<(Decimal, usize)> {
    let mut before = at.wrapping_sub(1);
    before = before.wrapping_sub(usize::from(scope.is(before, words::THE)));
    let joined = scope.is(before, words::BETWEEN) && scope.is(end, words::AND)
        || scope.is(before, words::FROM) && scope.is(end, words::TO)
        || scope.is(end, words::TO) && scope.is(end + 1, words::THE)
        || scope.is_dash(end) && scope.glued(end) && scope.glued(end + 1);
    if !joined {
        return None;
    }
    let next = end + 1 + usize::from(scope.is(end + 1, words::THE));
    if scope.is_word(next) && !scope.token(next)?.has(token_flag::DIGIT) {
        return spelled_ordinal(scope, next);
    }
    let text = scope.text(next);
    let (value, stop, _) = read_digits(text, 0)?;
    matches!(text.get(stop..)?, "st" | "nd" | "rd" | "th").then_some((value, next + 1))
}
