//! Parts of a whole: "two thirds", "one in five", "12 of 27".

use copydesk_core::Decimal;
use copydesk_core::layers::FigureKind;

use crate::item::{Content, Counted, Item};
use crate::numbers::fraction::DIGITS;
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

    /// "one in five", "12 of 27", "nine out of ten", after the first number.
    pub(crate) fn ratio_behind(&self, first: usize, end: usize, over: Decimal) -> Option<Item> {
        let under_at = if self.is(end, words::OUT) && self.is(end + 1, words::OF) {
            end + 2
        } else if self.is_any(end, &[words::OF, words::IN]) {
            end + 1
        } else {
            return None;
        };
        let the = self.is(end, words::OF) && self.is(under_at, words::THE) && over < Decimal::from(10_000);
        let every = usize::from(self.is(under_at, words::EVERY) || the);
        let under = self.numeral(under_at + every)?;
        let behind = under.end;
        let year = under.plain && under.value >= Decimal::from(1000);
        // "one of the two parties" counts no part.
        if the && over == Decimal::from(1) {
            return None;
        }
        if under.value <= over
            || year
            || under.unit.is_some()
            || the && (under.scale > 0 || over.exponent() < 0)
            || under.upper.is_some()
            || over <= Decimal::ZERO
        {
            return None;
        }
        // "2 in 10 days" counts days; "one in five children" does not.
        if self.is(end, words::IN)
            && (self.has(behind, role::UNIT | role::SPAN) && !self.is(behind, words::IN)
                || over > Decimal::from(99)
                || under.value > Decimal::from(1_000_000))
        {
            return None;
        }
        let mut item = self.part(first, behind, over, under.value, "ratio")?;
        item.part_whole = Some((over, under.value));
        Some(item)
    }
}
