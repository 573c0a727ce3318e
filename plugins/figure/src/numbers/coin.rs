//! Texts that are nothing but a coin: "quarter", "four quarters", "dime".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Item};
use crate::numbers::sum::GRAND;
use crate::scope::Scope;
use crate::vocabulary::{Measures, Unit, phrase_hash, role};
use crate::words;

impl Scope<'_> {
    /// A text that is nothing but "quarter" or "four quarters": coins, as there is no year that they could be parts of.
    pub(crate) fn quarters(&self) -> Option<Item> {
        let last = self.end.checked_sub(1)?;
        if self.start > 0 || last > 1 || self.end != self.doc.tokens().len() {
            return None;
        }
        let count = match last {
            0 if self.is(0, words::QUARTER) => 1,
            1 if self.is(1, hash_lowered("quarters")) => {
                let count = self.small(0).unwrap_or_else(|| u32::from(self.entry(0).value));
                // "three quarters" are a part of one.
                Some(count).filter(|count| (4..100).contains(count) && !self.has(0, role::ORDINAL))?
            }
            _ => return None,
        };
        let value = Decimal::from(count as i32).times(Decimal::new(25, -2)?)?;
        let span = self.span(self.start, self.end);
        let mut item =
            Item::new(self.start, self.end, span, FigureKind::Money, Content::Number(value), "coin");
        item.set_unit(self.vocabulary.prefix(phrase_hash("$"))?);
        item.confidence = 0.5;
        Some(item)
    }

    /// A cell of a table that is nothing but a coin's name: "dime".
    pub(crate) fn one_coin(&self) -> Option<Item> {
        let article = usize::from(self.is_any(self.start, &[words::A, words::AN]));
        let first = self.start + article;
        let (unit, end) = self.longest_unit(first).filter(|(unit, _)| unit.measures == Measures::Money)?;
        if end != self.end || !unit.code.is_empty() || self.text(first).ends_with('s') {
            return None;
        }
        let grand = unit.name == "grand";
        let value = Decimal::from(if grand { 1000 } else { 1 });
        let span = self.span(self.start, end);
        let mut item = Item::new(self.start, end, span, FigureKind::Money, Content::Number(value), "coin");
        item.set_unit(if grand { Unit { name: GRAND, ..unit } } else { unit });
        Some(item)
    }
}
