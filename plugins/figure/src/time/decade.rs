//! Decades and centuries: "the 1990s", "the mid-80s", "the 18th century".

use copydesk_core::hash_lowered;

use crate::item::Item;
use crate::lists::list;
use crate::scope::Scope;
use crate::time::when::When;
use crate::vocabulary::role;
use crate::words;

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

impl Scope<'_> {
    /// "the nineteen-sixties", "the twenty-tens".
    pub(crate) fn spoken_decade(&self, at: usize) -> Option<Item> {
        let century = i16::from(self.entry(at).value);
        let hyphen = usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
        let noun = at + 1 + hyphen;
        if !(17..=20).contains(&century) || !self.is(at.wrapping_sub(1), words::THE) {
            return None;
        }
        let tens = self.is_any(noun, &[hash_lowered("tens"), hash_lowered("teens")]).then_some(10);
        let named = DECADES.iter().find(|(name, _)| self.is(noun, *name)).map(|(_, year)| year % 100);
        let from = 100 * century + tens.or(named)?;
        Some(self.period_item(at - 1, noun + 1, When::Year(from), When::Year(from + 9), "decade"))
    }

    /// "the nineties", "the noughties", "the 70's", a decade of the twentieth century unless it says otherwise.
    pub(crate) fn named_decade(&self, at: usize) -> Option<Item> {
        if let Some(from) = DECADES.iter().find(|(name, _)| self.is(at, *name)).map(|(_, year)| year % 100)
            && let Some(item) = self.age_in_tens(at, from)
        {
            return Some(item);
        }
        let the = self.is(at.wrapping_sub(1), words::THE);
        // "in his sixties" is an age; "in the low fifties" a temperature.
        if !the && !self.is(at.wrapping_sub(1), words::IN)
            || self.is_lower_word(at + 1) && self.is_any(at + 1, &[words::FOR])
        {
            return None;
        }
        let from = DECADES.iter().find(|(name, _)| self.is(at, *name)).map(|(_, year)| *year)?;
        let first = if the { at - 1 } else { at };
        Some(self.period_item(first, at + 1, When::Year(from), When::Year(from + 9), "decade"))
    }

    /// "the 20th century".
    pub(crate) fn century(&self, at: usize) -> Option<Item> {
        let number = i16::from(self.ordinal_value(at)?);
        // "the 18th and 19th centuries"
        if self.is_any(at + 1, &[words::AND, words::TO, words::OR])
            && self.is(at + 3, hash_lowered("centuries"))
            && let Some(last) = self.ordinal_value(at + 2).map(i16::from)
            && (1..=21).contains(&number)
            && (number + 1..=21).contains(&last)
        {
            let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
            let (from, to) = ((number - 1) * 100, last * 100 - 1);
            return Some(self.period_item(first, at + 4, When::Year(from), When::Year(to), "century"));
        }
        let hyphen = usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
        if !self.is(at + 1 + hyphen, words::CENTURY) || !(1..=21).contains(&number) {
            return None;
        }
        let first = if self.is(at.wrapping_sub(1), words::THE) { at - 1 } else { at };
        let end = at + 2 + hyphen;
        // "the sixth century BC": from its hundredth year before Christ to its first.
        if self.is_before_christ(end) {
            let (from, to) = (1 - number * 100, -(number - 1) * 100);
            return Some(self.period_item(first, end + 1, When::Year(from), When::Year(to), "century"));
        }
        let from = (number - 1) * 100;
        Some(self.period_item(first, end, When::Year(from), When::Year(from + 99), "century"))
    }

    /// "1990s", "the 90s".
    pub(crate) fn decade(&self, at: usize) -> Option<Item> {
        let text = self.text(at);
        // "the 70's", "the 1970's"
        let marked = self.is(at + 1, words::S)
            && self.glued(at + 1)
            && (self.is(at.wrapping_sub(1), words::THE) || self.listed(at.wrapping_sub(1), list::DETERMINER))
            && (!self.is_lower_word(at + 2) || self.has(at + 2, role::FUNCTION | role::BREAK));
        // "in the mid 1960 s"
        let torn =
            text.len() == 4 && self.text(at + 1) == "s" && !self.glued(at + 1) && self.year_at(at).is_some();
        let marked = marked || torn;
        let digits = if marked { Some(text) } else { text.strip_suffix('s') };
        let digits = digits.filter(|digits| digits.ends_with('0'))?;
        if let Some(from) = digits.parse::<i16>().ok().filter(|from| *from < 100)
            && let Some(item) = self.age_in_tens(at, from)
        {
            return Some(item);
        }
        let from = match digits.len() {
            4 => digits.parse::<i16>().ok()?,
            2 if self.is_part_of_decade(at)
                || self.is(at.wrapping_sub(1), words::THE)
                || self.is_any(at.wrapping_sub(1), &[words::AND, words::OR, words::TO])
                    && self.text(at.wrapping_sub(2)).ends_with("0s")
                || self.text(at.wrapping_sub(1)).starts_with(['\'', '’']) =>
            {
                1900 + digits.parse::<i16>().ok()?
            }
            _ => return None,
        };
        let end = at + 1 + usize::from(marked);
        Some(self.period_item(at, end, When::Year(from), When::Year(from + 9), "decade"))
    }

    /// "the mid-80s", "in the early 90s", "late '70s": what is between the article and a decade; what is in the mid-80s now is a
    /// temperature or a share.
    pub(crate) fn is_part_of_decade(&self, at: usize) -> bool {
        let mut part = at.wrapping_sub(1);
        if self.is(part, words::HYPHEN) {
            part = part.wrapping_sub(1);
        }
        let the = part.wrapping_sub(1);
        if !self.is_any(part, &[words::EARLY, words::MID, words::LATE]) || !self.is(the, words::THE) {
            return false;
        }
        let before = the.wrapping_sub(2);
        let level = self.is(the.wrapping_sub(1), words::IN)
            && (self.has(before, role::VERB) || matches!(self.text(before), "highs" | "lows" | "temps"));
        let warm = (2..12).any(|back| {
            let text = self.text(the.wrapping_sub(back));
            text.starts_with("temperature") || text.starts_with("degree")
        });
        !level && !warm
    }
}
