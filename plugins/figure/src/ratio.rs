//! Parts of a whole and places in a row.

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, TokenKind};

use crate::amount::Found;
use crate::fraction::DIGITS;
use crate::item::{Content, Counted, Item};
use crate::numeral::read_digits;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    fn part(
        &self,
        first: usize,
        end: usize,
        over: Decimal,
        under: Decimal,
        rule: &'static str,
    ) -> Option<Item> {
        let value = over.divided_by(under, DIGITS)?;
        let mut item =
            Item::new(first, end, self.span(first, end), FigureKind::Ratio, Content::Number(value), rule);
        // Of what: "two thirds of the sales", "one in five children".
        let whole =
            if self.is(end, words::OF) { self.whole_noun(end + 1) } else { self.counted_noun(end, false) };
        if let Some(noun) = whole {
            item.counted = Counted::Noun(noun);
        }
        Some(item)
    }

    /// A fraction, and what it is of.
    pub(crate) fn fraction_item(&self, first: usize, end: usize, value: Decimal) -> Option<Item> {
        self.part(first, end, value, Decimal::from(1), "fraction")
    }

    /// "one in five", "12 of 27", "nine out of ten", behind the first number.
    pub(crate) fn ratio_behind(&self, first: usize, end: usize, over: Decimal) -> Option<Item> {
        let under_at = if self.is(end, words::OUT) && self.is(end + 1, words::OF) {
            end + 2
        } else if self.is_any(end, &[words::OF, words::IN]) {
            end + 1
        } else {
            return None;
        };
        let every = usize::from(self.is(under_at, words::EVERY));
        let under = self.numeral(under_at + every)?;
        let behind = under.end;
        let year = under.plain && under.value >= Decimal::from(1000);
        if under.value <= over
            || year
            || under.unit.is_some()
            || under.upper.is_some()
            || over <= Decimal::ZERO
        {
            return None;
        }
        // "2 in 10 days" counts days; "one in five children" does not.
        if self.is(end, words::IN)
            && (self.has(behind, role::UNIT | role::SPAN)
                || over > Decimal::from(99)
                || under.value > Decimal::from(1_000_000))
        {
            return None;
        }
        let mut item = self.part(first, behind, over, under.value, "ratio")?;
        item.part_whole = Some((over, under.value));
        Some(item)
    }

    /// "third", "twenty-first", "one hundred and twelfth", "seventy third"; its value and the token behind.
    pub(crate) fn spelled_ordinal(&self, at: usize) -> Option<(Decimal, usize)> {
        let entry = self.entry(at);
        if entry.is(role::ORDINAL) {
            return Some((Decimal::from(i32::from(entry.value)), at + 1));
        }
        let one = |at: usize| self.has(at, role::ORDINAL).then(|| i64::from(self.entry(at).value));
        let sum = self.words(at, 0, false)?;
        let and = usize::from(self.is(sum.end, words::AND));
        let dash = usize::from(self.is_dash(sum.end) && self.glued(sum.end) == self.glued(sum.end + 1));
        let last = sum.end + and.max(dash);
        let value = sum.value()?;
        let more =
            one(last).filter(|more| *more < 100 && (value % 100 == 0 || *more < 10 && value % 10 == 0))?;
        Some((Decimal::new(value.checked_add(more)?, 0)?, last + 1))
    }

    /// "first", "21st", "twenty-first".
    pub(crate) fn ordinal(&self, at: usize) -> Option<Found> {
        let token = self.token(at)?;
        let mut end = at + 1;
        let value = if token.kind() == TokenKind::Mixed {
            let text = self.text(at);
            let (value, stop, _) = read_digits(text, 0)?;
            let suffix = text.get(stop..)?;
            if !["st", "nd", "rd", "th"].iter().any(|ending| suffix.eq_ignore_ascii_case(ending)) {
                return None;
            }
            // "4 West 12th Street"
            if self.has(end, role::STREET) && self.is_capitalized(end) {
                return Some(Found::Skip(end + 1));
            }
            value
        } else {
            let (value, stop) = self.spelled_ordinal(at)?;
            end = stop;
            // "At first", "first, …" tell an order of telling, not a place.
            let simple = end == at + 1;
            let noun = self.is_lower_word(end) && !self.has(end, role::FUNCTION)
                || self.is(end, words::OF)
                || self.is(end, words::HYPHEN) && self.text(end + 1).ends_with("est");
            const PLACED: [u64; 9] = [
                hash_lowered("finished"),
                hash_lowered("came"),
                hash_lowered("ranked"),
                hash_lowered("placed"),
                hash_lowered("comes"),
                hash_lowered("finishes"),
                hash_lowered("finishing"),
                hash_lowered("ranks"),
                hash_lowered("finish"),
            ];
            let alone = at == self.start && self.is_end(end) || self.is_any(at.wrapping_sub(1), &PLACED);
            if simple && !(noun || alone) || self.is_any(at.wrapping_sub(1), &[words::AT]) {
                return None;
            }
            value
        };
        Some(Found::Item(Item::new(
            at,
            end,
            self.span(at, end),
            FigureKind::Ordinal,
            Content::Number(value),
            "ordinal",
        )))
    }
}
