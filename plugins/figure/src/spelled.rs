//! Numbers as words.

use copydesk_core::Decimal;

use crate::numeral::{Numeral, bare};
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    pub(crate) fn spelled(&self, at: usize) -> Option<Numeral> {
        let entry = self.entry(at);
        if entry.is(role::MANY) {
            return self.many(at, i32::from(entry.value));
        }
        // "a million", "a dozen", "half a million", "a hundred and five".
        let article = self.is_any(at, &[words::A, words::AN]);
        if self.is(at, words::HALF) && self.is_any(at + 1, &[words::A, words::AN]) {
            let scale = self.entry(at + 2);
            let value = match (scale.is(role::SCALE), self.is(at + 2, words::DOZEN)) {
                (true, _) => Decimal::new(5, i32::from(scale.value) - 1)?,
                (_, true) => Decimal::from(6),
                _ => return None,
            };
            return Some(Numeral { spelled: true, plain: false, scale: 1, ..bare(value, at + 3) });
        }
        let first = at + usize::from(article);
        let begins = self.entry(first);
        if article
            && !(begins.is(role::SCALE) && begins.value <= 12 && self.text(first).len() > 3
                || self.is(first, words::DOZEN))
        {
            return None;
        }
        if !article && !begins.is(role::CARDINAL) {
            return None;
        }
        self.words(first, article)
    }

    /// The grammar of number words: tens and units below a hundred, hundreds, and scales downwards.
    pub(crate) fn words(&self, first: usize, article: bool) -> Option<Numeral> {
        let (mut total, mut current, mut end, mut top) = (0i64, i64::from(article), first, 0i32);
        let (mut smallest, mut seen) = (i64::MAX, article);
        let mut room = 100i64;
        loop {
            let mut next = end;
            if end > first {
                if self.is(next, words::HYPHEN) && self.glued(next) && self.glued(next + 1) {
                    next += 1;
                } else if self.is(next, words::AND)
                    && (room == 99 || current == 0 && smallest > 100 && smallest != i64::MAX)
                {
                    // "three hundred and five": the number goes on only below what stands.
                    next += 1;
                    if !self.has(next, role::CARDINAL) {
                        break;
                    }
                }
            }
            let entry = self.entry(next);
            if (entry.is(role::CARDINAL) || seen && self.is(next, words::DOZENS)) && self.is_word(next) {
                let value = i64::from(entry.value);
                let dozen = self.is_any(next, &[words::DOZEN, words::DOZENS]);
                if dozen && seen && current > 0 && current < 100 {
                    current *= 12;
                    room = 0;
                } else if !seen
                    || (value > 0 && value < room && !dozen)
                    || current == 0 && smallest != i64::MAX && value > 0
                {
                    current += value;
                    // After twenty, one to nine may come; after anything smaller, nothing.
                    room = if value >= 20 && value % 10 == 0 { 10 } else { 0 };
                } else {
                    break;
                }
                seen = true;
            } else if (entry.is(role::SCALE) || entry.is(role::MANY) && entry.value > 2)
                && seen
                && self.is_word(next)
            {
                let power = 10i64.checked_pow(u32::from(entry.value))?;
                if entry.value == 2 {
                    if current == 0 || current >= 100 {
                        break;
                    }
                    current *= 100;
                    room = 99;
                    end = next + 1;
                    continue;
                }
                if power >= smallest {
                    break;
                }
                total = total.checked_add(current.max(1).checked_mul(power)?)?;
                (current, smallest, room) = (0, power, 100);
                top = top.max(i32::from(entry.value));
            } else {
                break;
            }
            end = next + 1;
        }
        let mut value = Decimal::new(total.checked_add(current)?, 0)?;
        // "two and a half", "two and a half million".
        if self.is(end, words::AND)
            && self.is_any(end + 1, &[words::A, words::AN])
            && self.is(end + 2, words::HALF)
        {
            value = value.plus(Decimal::new(5, -1)?)?;
            end += 3;
            if self.has(end, role::SCALE) {
                top = i32::from(self.entry(end).value);
                value = value.scale(top)?;
                end += 1;
            }
        }
        Some(Numeral { spelled: true, plain: false, scale: top, ..bare(value, end) })
    }

    /// "dozens", "thousands", "tens of thousands", "hundreds of millions".
    pub(crate) fn many(&self, at: usize, power: i32) -> Option<Numeral> {
        let mut low = if power == 0 { Decimal::from(12) } else { Decimal::new(1, power)? };
        let mut high = if power == 0 { Decimal::from(100) } else { Decimal::new(1, power + 1)? };
        let mut end = at + 1;
        let next = self.entry(at + 2);
        if self.is(at + 1, words::OF) && next.is(role::MANY) && i32::from(next.value) > power {
            low = low.scale(i32::from(next.value))?;
            high = high.scale(i32::from(next.value))?;
            end = at + 3;
        } else if power == 1 {
            return None;
        }
        Some(Numeral { upper: Some(high), spelled: true, plain: false, scale: power, ..bare(low, end) })
    }
}
