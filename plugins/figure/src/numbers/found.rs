//! What begins at a token: an amount, a count, a ratio, a place in a row, or nothing that counts.

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Item};
use crate::numbers::amount::{KELVIN, ZERO};
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// What a rule made of the tokens from some place. An item lives for a moment on the stack, so its size does not matter.
#[expect(clippy::large_enum_variant)]
pub(crate) enum Found {
    Item(Item),
    /// They are no figure; go on after them.
    Skip(usize),
}

impl Scope<'_> {
    /// The figure of a number that begins at a token.
    pub(crate) fn figure(&self, at: usize) -> Option<Found> {
        if let Some(item) = self.interval(at).or_else(|| self.aged_group(at)) {
            return Some(Found::Item(item));
        }
        if let Some(end) = self.part_of_name(at).or_else(|| self.beyond_numbers(at)) {
            return Some(Found::Skip(end));
        }
        // "1/0" is no number.
        if self.is(at + 1, words::SLASH)
            && self.glued(at + 1)
            && self.glued(at + 2)
            && self.small(at + 2) == Some(0)
            && self.small(at).is_some()
        {
            return Some(Found::Skip(at + 3));
        }
        if self.has(at, role::STARTS_ALONE)
            && let Some(item) = self
                .times_a(at)
                .or_else(|| self.multiple(at))
                .or_else(|| self.adverb_set(at))
                .or_else(|| self.age_word(at))
        {
            return Some(Found::Item(item));
        }
        if self.is(at + 1, words::HYPHEN)
            && self.is_word(at)
            && let Some(item) = self.age_word(at)
        {
            return Some(Found::Item(item));
        }
        // "twenty-fifth", "one hundred and twelfth": the words before are no number of their own.
        if self.is_word(at)
            && self.has(at, role::CARDINAL)
            && let Some(found) = self.ordinal(at)
            && self.fraction(at).is_none()
        {
            return Some(found);
        }
        if self.is(at, ZERO) && self.is(at.wrapping_sub(1), hash_lowered("absolute")) {
            let first = at - 1;
            let zero = Content::Number(Decimal::ZERO);
            let mut item = Item::new(
                first,
                at + 1,
                self.span(first, at + 1),
                FigureKind::Quantity,
                zero,
                "absolute-zero",
            );
            item.counted = Counted::Unit(KELVIN);
            return Some(Found::Item(item));
        }
        if let Some(item) = self.glued_lengths(at) {
            return Some(Found::Item(item));
        }
        if let Some(item) = self.part_of_point(at) {
            return Some(Found::Item(item));
        }
        let article = self.is_any(at, &[words::A, words::AN])
            && (self.has(at + 1, role::UNIT) || self.is_whole(at + 1));
        let low = self.amount(at).or_else(|| article.then(|| self.article_unit(at)).flatten());
        let Some(low) = low else { return self.ordinal(at) };
        let low = self.summed(low);
        if low.unit.is_none()
            && !low.negative
            && !low.numeral.fraction
            && let Some(item) = self.ratio_behind(low.first, low.end, low.numeral.value)
        {
            return Some(Found::Item(item));
        }
        if let Some(end) = self.chain_of_digits(&low) {
            return Some(Found::Skip(end));
        }
        let item = self.range(low).or_else(|| self.single(low));
        // "pages 12 to 17"
        if let Some(item) = &item
            && item.is_bare()
            && matches!(item.content, Content::Range(..))
            && self.has(low.first.wrapping_sub(1), role::LABEL)
        {
            return Some(Found::Skip(item.end));
        }
        // "3-5 Harbour Road": neither a range nor two numbers.
        let address = item.is_none_or(|item| item.is_bare() && item.end == low.end)
            && self.is_dash(low.end)
            && self.glued(low.end)
            && self.is_number(low.end + 1)
            && self.is_capitalized(low.end + 2);
        if address {
            return Some(Found::Skip(low.end + 2));
        }
        Some(item.map_or(Found::Skip(low.end), Found::Item))
    }
}
