//! Numbers of things: the counted noun, and numbers that count nothing because they name something.

use copydesk_core::layers::{FigureKind, PartOfSpeech as Pos};
use copydesk_core::segment::token_flag;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Counted, Item};
use crate::lex::number;
use crate::lex::numeral::Numeral;
use crate::origin;
use crate::parse::amounts::age::YEARS_OF_AGE;
use crate::parse::amounts::count_per::PER;
use crate::parse::amounts::{age, count_per, labels, ordinal, stand_in};
use crate::sentence::forms::plural;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{bounded, marks, noun, words};

const MAGNITUDE: u64 = hash_lowered("magnitude");

const MACH: u64 = hash_lowered("mach");

/// Words before a number that make it a percentage.
const PERCENTAGE: [u64; 4] =
    [hash_lowered("percentage"), hash_lowered("percent"), hash_lowered("percents"), hash_lowered("cent")];

/// The figure of a number without a unit, with what it counts. `None` if it names something.
pub(crate) fn count(scope: &Scope<'_>, item: Item, numeral: &Numeral, negative: bool) -> Option<Item> {
    let previous = item.first.wrapping_sub(1);
    let joined_before = scope.is(previous, words::HYPHEN) && scope.glued(previous) && scope.glued(item.first);
    if joined_before && !scope.is_any(previous.wrapping_sub(1), &[words::SUB, words::PLUS, words::TOP]) {
        return None;
    }
    if (scope.has(previous, role::LABEL) || scope.is_any(previous, &[words::DOT, words::NUMBER_SIGN]))
        && let Some(item) = ordinal::numbered_place(scope, item.first)
    {
        return Some(item);
    }
    if names(scope, &item, numeral, negative) {
        return None;
    }
    if let Some(item) = by_cue(scope, item, numeral) {
        return Some(item);
    }
    if is_adjective(scope, &item, numeral) {
        return None;
    }
    counted(scope, item, numeral, negative)
}

/// Whether a number names something, by the words before it or its own form: "section 4.2", "season four", "the Kick Six win",
/// "the Six Nations".
fn names(scope: &Scope<'_>, item: &Item, numeral: &Numeral, negative: bool) -> bool {
    let previous = item.first.wrapping_sub(1);
    // "the Kick Six win": a capitalised number word inside a sentence is a name.
    let named = numeral.spelled
        && item.first > scope.start
        && item.end == item.first + 1
        && scope.is_capitalized(item.first)
        && scope.is_capitalized(previous);
    // "the Two Holy Mosques", "the Six Nations": capitals of a name among words in small letters.
    let holy = numeral.spelled
        && item.first > scope.start
        && item.end == item.first + 1
        && scope.is_capitalized(item.first)
        && scope.is(previous, words::THE)
        && scope.is_lower_word(previous)
        && scope.is_capitalized(item.end);
    let digits = scope.text(item.first);
    // Identifiers of posts.
    let identifier = numeral.plain && (digits.len() >= 12 || digits.len() >= 10 && !digits.ends_with("000"));
    if named || holy || identifier {
        return true;
    }
    if !scope.has(previous, role::LABEL) {
        return false;
    }
    // "section 110B"
    let lettered = numeral.letter.is_none()
        && !numeral.plain
        && !numeral.spelled
        && digits.len() <= 5
        && digits.ends_with(|end: char| end.is_ascii_uppercase());
    // "section 4.2", "version 2.1"
    let numbered = !numeral.spelled
        && numeral.scale == 0
        && numeral.value.exponent() < 0
        && scope.listed(previous, list::NUMBERED);
    // "season four", "phase two"
    let season = || {
        let one = numeral.value == Decimal::from(1);
        numeral.spelled && numeral.scale == 0 && noun::counted_noun(scope, item.end, one).is_none()
    };
    lettered || numbered || numeral.plain && !negative || season()
}

/// The figure of a number that a neighbour classifies: "a magnitude 6.1 earthquake", "by a factor of ten", "Mach 2".
fn by_cue(scope: &Scope<'_>, mut item: Item, numeral: &Numeral) -> Option<Item> {
    let previous = item.first.wrapping_sub(1);
    if scope.is(previous, MAGNITUDE) && numeral.value.exponent() < 0 {
        item.measure = Some(scope.span(previous, item.first));
        return Some(item);
    }
    // "a 6.2-magnitude earthquake"
    if scope.is(item.end, words::HYPHEN) && scope.is(item.end + 1, MAGNITUDE) {
        item.measure = Some(scope.span(item.end + 1, item.end + 2));
        return Some(item);
    }
    if scope.is(previous, words::OF) && scope.is(previous.wrapping_sub(1), hash_lowered("factor")) {
        (item.kind, item.origin) = (FigureKind::Ratio, origin::FACTOR);
        return Some(item);
    }
    if scope.is(previous, MACH) && numeral.value <= Decimal::from(40) {
        item.set_unit(scope.vocabulary.mach()?);
        return Some(item);
    }
    // "a shooting percentage of 45.2", "per cent of 80"
    if is_percentage_of(scope, previous) && numeral.scale == 0 && numeral.value >= Decimal::from(1) {
        item.set_unit(scope.vocabulary.percent()?);
        item.origin = origin::PERCENTAGE_OF;
        return Some(item);
    }
    None
}

/// "earns six figures", "zero-emission cars": number words that count nothing.
fn is_adjective(scope: &Scope<'_>, item: &Item, numeral: &Numeral) -> bool {
    let figures = numeral.scale == 0 && scope.is(item.end, hash_lowered("figures"));
    let zero = numeral.value == Decimal::ZERO && scope.is(item.end, words::HYPHEN) && scope.glued(item.end);
    numeral.spelled && (figures || zero)
}

/// The figure of a number that counts something, or nothing that the words name.
fn counted(scope: &Scope<'_>, mut item: Item, numeral: &Numeral, negative: bool) -> Option<Item> {
    let one = numeral.value == Decimal::from(1);
    let previous = item.first.wrapping_sub(1);
    let noun = match noun_of(scope, &item, numeral) {
        // "Orbit 7 Mini phones": the number belongs to the name.
        Some(noun)
            if noun > item.end && numeral.plain && !negative && labels::is_name_before(scope, &item) =>
        {
            return None;
        }
        Some(noun) => Some(noun),
        None => noun_of_whole(scope, &mut item, numeral),
    };
    if noun.is_none() && age::is_age(scope, &item, numeral) {
        item.set_unit(YEARS_OF_AGE);
        item.origin = origin::AGE;
        return Some(item);
    }
    // A text that is nothing but a number, such as a table's cell.
    if item.first == scope.start && item.end == scope.end && scope.start == 0 {
        return Some(item);
    }
    if numeral.spelled && one && !negative {
        let pronoun = scope.is(item.end, words::HYPHEN)
            || scope.is_any(
                previous,
                &[words::NO, words::EVERY, words::THIS, words::THAT, words::WHICH, words::EACH],
            );
        if pronoun || noun.is_none() {
            let stands_in_for_noun = noun.is_none() && !pronoun && stand_in::stands_in(scope, &item, true);
            item.confidence = 0.7;
            return stands_in_for_noun.then_some(item);
        }
    }
    if let Some(noun) = noun {
        item.counted = Counted::Noun(noun);
        // The phrase of number and noun, if they are adjacent.
        item.origin = origin::COUNTED_NOUN;
        count_per::count_per(scope, &mut item, noun + 1);
        return Some(item);
    }
    let end = item.end;
    count_per::count_per(scope, &mut item, end);
    if item.per.is_some() {
        return Some(item);
    }
    let idle = is_idle(scope, &item, numeral, negative)
        || numeral.plain && !negative && labels::is_label(scope, &item);
    item.confidence = 0.7;
    (!idle).then_some(item)
}

/// Whether a small number word without a noun means no more than "some of them".
fn is_idle(scope: &Scope<'_>, item: &Item, numeral: &Numeral, negative: bool) -> bool {
    let small = numeral.spelled
        && numeral.scale == 0
        && numeral.value <= Decimal::from(12)
        && numeral.value.exponent() >= 0;
    // "greater than five."
    let compared = scope.is(item.first.wrapping_sub(1), words::THAN)
        && marks::is_end(scope, item.end)
        && bounded::is_bounded(scope, item.first);
    small
        && !negative
        && !compared
        && !scope.is_any(item.end, &[words::OF, words::MORE, words::PLUS])
        && !stand_in::stands_in(scope, item, false)
}

/// The noun after a number, without bounds.
fn noun_of(scope: &Scope<'_>, item: &Item, numeral: &Numeral) -> Option<usize> {
    let aged = age::is_aged(scope, item.first.wrapping_sub(1)) && numeral.scale == 0;
    if aged {
        return None;
    }
    let one = numeral.value == Decimal::from(1);
    let noun = noun::counted_noun(scope, bounded::after_bound(scope, item.end), one)?;
    // "About 900 come from abroad"
    let verb = matches!(scope.tag(noun), Some(Pos::Verb | Pos::VerbPresent | Pos::VerbPast | Pos::Modal));
    (!verb).then_some(noun)
}

/// The noun of the whole that a number is part of ("two of the ships", "250 of its 2,100 jobs"), or that a hyphen joins to it.
fn noun_of_whole(scope: &Scope<'_>, item: &mut Item, numeral: &Numeral) -> Option<usize> {
    if scope.is(item.end, words::OF) {
        let numbered = |noun: usize| {
            (item.end..noun).any(|at| {
                scope.token(at).is_some_and(|token| token.has(token_flag::DIGIT))
                    || scope.has(at, role::CARDINAL)
            })
        };
        let noun = noun::whole_noun(scope, item.end + 1).filter(|noun| !numbered(*noun)).filter(|noun| {
            plural(scope.text(*noun)) || scope.has(*noun, role::COLLECTIVE) && !scope.is_capitalized(*noun)
        });
        if noun.is_some() {
            return noun;
        }
        // "250 of its 2,100 jobs", "1,200 of the plant's 3,000 workers": a part; both count the same noun.
        let (whole, counted) = whole_of(scope, item.end + 1).filter(|(whole, _)| *whole > numeral.value)?;
        item.part_whole = Some((numeral.value, whole));
        return Some(counted);
    }
    // "an 11-member panel", "a 250-seat hall".
    let modifies = (!numeral.spelled || scope.is(item.end + 1, hash_lowered("point")))
        && scope.is(item.end, words::HYPHEN)
        && scope.glued(item.end)
        && scope.glued(item.end + 1)
        && scope.listed(item.end + 1, list::MODIFIER);
    modifies.then_some(item.end + 1)
}

/// "its 2,100 jobs", "the plant's 3,000 workers": the number, and the token of the noun.
fn whole_of(scope: &Scope<'_>, at: usize) -> Option<(Decimal, usize)> {
    const OWNERS: [&str; 6] = ["its", "their", "his", "her", "our", "my"];
    let number = if OWNERS.contains(&scope.text(at)) {
        at + 1
    } else {
        (at + 1..at + 6)
            .take_while(|at| scope.is_word(*at) || scope.is(*at, words::S))
            .find(|at| scope.is(*at, words::S))?
            + 1
    };
    let whole = (scope.is_number(number) || scope.has(number, role::CARDINAL))
        .then(|| number::numeral(scope, number))??;
    if whole.unit.is_some() || whole.upper.is_some() || whole.fraction {
        return None;
    }
    Some((whole.value, noun::plural_noun(scope, whole.end)?))
}

/// "a percentage of", if no number precedes it.
fn is_percentage_of(scope: &Scope<'_>, of: usize) -> bool {
    let word = of.wrapping_sub(1);
    let before = word.wrapping_sub(1 + usize::from(scope.is(word, PERCENTAGE[3])));
    scope.is(of, words::OF)
        && scope.is_any(word, &PERCENTAGE)
        && (!scope.is(word, PERCENTAGE[3]) || scope.is(word.wrapping_sub(1), PER))
        && !marks::is_digits(scope, before)
        && !scope.has(before, role::CARDINAL | role::SCALE | role::FRACTION)
}
