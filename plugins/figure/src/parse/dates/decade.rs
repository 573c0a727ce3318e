//! Decades: "the 1990s", "the mid-80s".

use copydesk_core::hash_lowered;

use crate::item::Item;
use crate::lex::calendar_number;
use crate::origin;
use crate::parse::amounts::age;
use crate::parse::dates::dated;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;
use crate::when::When;

/// Decades by name, of the twentieth century unless more is given.
const DECADES: [(u64, i16); 9] = [
    (hash_lowered("twenties"), 1920),
    (hash_lowered("thirties"), 1930),
    (hash_lowered("forties"), 1940),
    (hash_lowered("fifties"), 1950),
    (hash_lowered("sixties"), 1960),
    (hash_lowered("seventies"), 1970),
    (hash_lowered("eighties"), 1980),
    (hash_lowered("nineties"), 1990),
    (hash_lowered("noughties"), 2000),
];

/// "the nineteen-sixties", "the twenty-tens".
pub(crate) fn spoken_decade(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let century = i16::from(scope.entry(at).value);
    let hyphen = usize::from(scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1));
    let noun = at + 1 + hyphen;
    if !(17..=20).contains(&century) || !scope.is(at.wrapping_sub(1), words::THE) {
        return None;
    }
    let tens = scope.is_any(noun, &[hash_lowered("tens"), hash_lowered("teens")]).then_some(10);
    let named = DECADES.iter().find(|(name, _)| scope.is(noun, *name)).map(|(_, year)| year % 100);
    let from = 100 * century + tens.or(named)?;
    Some(dated::period_item(scope, at - 1, noun + 1, When::Year(from), When::Year(from + 9), origin::DECADE))
}

/// "the nineties", "the noughties", "the 70's": a decade of the twentieth century unless the text says otherwise.
pub(crate) fn named_decade(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if let Some(from) = DECADES.iter().find(|(name, _)| scope.is(at, *name)).map(|(_, year)| year % 100)
        && let Some(item) = age::age_in_tens(scope, at, from)
    {
        return Some(item);
    }
    let the = scope.is(at.wrapping_sub(1), words::THE);
    // "in his sixties" is an age; "in the low fifties" a temperature.
    if !the && !scope.is(at.wrapping_sub(1), words::IN)
        || scope.is_lower_word(at + 1) && scope.is_any(at + 1, &[words::FOR])
    {
        return None;
    }
    let from = DECADES.iter().find(|(name, _)| scope.is(at, *name)).map(|(_, year)| *year)?;
    let first = if the { at - 1 } else { at };
    Some(dated::period_item(scope, first, at + 1, When::Year(from), When::Year(from + 9), origin::DECADE))
}

/// "1990s", "the 90s".
pub(crate) fn decade(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let text = scope.text(at);
    // "the 70's", "the 1970's"
    let marked = scope.is(at + 1, words::S)
        && scope.glued(at + 1)
        && (scope.is(at.wrapping_sub(1), words::THE) || scope.listed(at.wrapping_sub(1), list::DETERMINER))
        && (!scope.is_lower_word(at + 2) || scope.has(at + 2, role::FUNCTION | role::BREAK));
    // "in the mid 1960 s"
    let torn = text.len() == 4
        && scope.text(at + 1) == "s"
        && !scope.glued(at + 1)
        && calendar_number::year_at(scope, at).is_some();
    let marked = marked || torn;
    let digits = if marked { Some(text) } else { text.strip_suffix('s') };
    let digits = digits.filter(|digits| digits.ends_with('0'))?;
    if let Some(from) = digits.parse::<i16>().ok().filter(|from| *from < 100)
        && let Some(item) = age::age_in_tens(scope, at, from)
    {
        return Some(item);
    }
    let from = match digits.len() {
        4 => digits.parse::<i16>().ok()?,
        2 if is_part_of_decade(scope, at)
            || scope.is(at.wrapping_sub(1), words::THE)
            || scope.is_any(at.wrapping_sub(1), &[words::AND, words::OR, words::TO])
                && scope.text(at.wrapping_sub(2)).ends_with("0s")
            || scope.text(at.wrapping_sub(1)).starts_with(['\'', '’']) =>
        {
            1900 + digits.parse::<i16>().ok()?
        }
        _ => return None,
    };
    let end = at + 1 + usize::from(marked);
    Some(dated::period_item(scope, at, end, When::Year(from), When::Year(from + 9), origin::DECADE))
}

/// "the mid-80s", "in the early 90s", "late '70s": the words between the article and a decade; "in the mid-80s" in the present tense
/// is a temperature or a share.
pub(crate) fn is_part_of_decade(scope: &Scope<'_>, at: usize) -> bool {
    let mut part = at.wrapping_sub(1);
    if scope.is(part, words::HYPHEN) {
        part = part.wrapping_sub(1);
    }
    let the = part.wrapping_sub(1);
    if !scope.is_any(part, &[words::EARLY, words::MID, words::LATE]) || !scope.is(the, words::THE) {
        return false;
    }
    let before = the.wrapping_sub(2);
    let level = scope.is(the.wrapping_sub(1), words::IN)
        && (scope.has(before, role::VERB) || matches!(scope.text(before), "highs" | "lows" | "temps"));
    let warm = (2..12).any(|back| {
        let text = scope.text(the.wrapping_sub(back));
        text.starts_with("temperature") || text.starts_with("degree")
    });
    !level && !warm
}
