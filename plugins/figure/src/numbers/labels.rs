//! Numbers that count nothing because they name something: "page 12", "F-16", "9/11", telephone numbers, versions.

use copydesk_core::segment::token_flag;
use copydesk_core::{Case, TokenKind};

use crate::item::Item;
use crate::lists::list;
use crate::numbers::amount::Amount;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    /// A bare number that names something: "page 12", "Alpha 50", "(4)", "5." on a line's start, "18 Mill Lane".
    pub(crate) fn is_label(&self, item: &Item) -> bool {
        let previous = item.first.wrapping_sub(1);
        if self.is_elliptic(item) {
            return false;
        }
        self.is_name_before(item)
            || self.has(previous, role::LABEL)
            // "pages 12 and 13"
            || self.is_any(previous, &[words::AND, words::TO, words::OR])
                && self.is_number(previous.wrapping_sub(1))
                && self.has(previous.wrapping_sub(2), role::LABEL)
            || self.is(previous, words::COLON) && self.glued(previous)
            || self.is(previous, words::NUMBER_SIGN)
            || self.is(previous, words::OPEN) && self.is(item.end, words::CLOSE)
            || self.is_capitalized(item.end) && !self.text(item.first).starts_with('.')
            || item.first == self.start
                && (self.is_any(item.end, &[words::DOT, words::CLOSE]) || item.end >= self.end)
            || self.is(item.end, words::COLON) && self.glued(item.end + 1)
            // "401(k)"
            || self.is(item.end, words::OPEN)
                && self.glued(item.end)
                && self.text(item.end + 1).len() == 1
                && self.is(item.end + 2, words::CLOSE)
    }

    /// "The Centre took 51 seats and the Left 38": a count whose verb and noun are left out, behind another name.
    fn is_elliptic(&self, item: &Item) -> bool {
        let mut name = item.first;
        while item.first - name < 3 && self.is_capitalized(name.wrapping_sub(1)) {
            name -= 1;
        }
        let the = name.wrapping_sub(1);
        let joint = if self.is(the, words::THE) { the.wrapping_sub(1) } else { the };
        let led =
            name < item.first && self.is_any(joint, &[words::AND, words::COMMA]) && self.is(the, words::THE);
        let closed = self.is_end(item.end) || self.is_any(item.end, &[words::COMMA, words::AND]);
        led && closed
            && (1..=4).any(|back| {
                let number = joint.wrapping_sub(back);
                self.is_number(number) || self.is_lower_word(number) && self.has(number, role::CARDINAL)
            })
    }

    /// Whether a name precedes a number, so that the number may belong to it.
    pub(crate) fn is_name_before(&self, item: &Item) -> bool {
        let previous = item.first.wrapping_sub(1);
        let name = self
            .token(previous)
            .is_some_and(|token| token.is_word() && !matches!(token.case(), Case::Lower | Case::None));
        name && !self.has(previous, role::FUNCTION | role::ADVERB | role::BOUND | role::VERB)
            && (previous != self.start
                || self.token(previous).is_some_and(|token| token.case() == Case::Upper))
    }

    /// "F-16", "COVID-19", "Boeing 737", "G20", "9/11", "24/7": the next token.
    pub(crate) fn part_of_name(&self, at: usize) -> Option<usize> {
        let token = self.token(at)?;
        if !token.has(token_flag::DIGIT) {
            return None;
        }
        // "221B Baker Street"
        let text = self.text(at);
        if token.kind() == TokenKind::Mixed
            && text.ends_with(|end: char| end.is_ascii_uppercase())
            && self.is_capitalized(at + 1)
            && (2..4).any(|ahead| self.has(at + ahead, role::STREET) && self.is_capitalized(at + ahead))
        {
            return Some(at + 1);
        }
        // "Call 911"
        if matches!(text, "911" | "999" | "112" | "110" | "000")
            && matches!(
                self.hash(at.wrapping_sub(1)),
                words::CALL | words::CALLED | words::CALLING | words::DIAL | words::DIALED | words::DIALLED
            )
        {
            return Some(at + 1);
        }
        // "1080p": as many lines as a picture has.
        if matches!(self.text(at), "480p" | "720p" | "1080p" | "1440p" | "2160p" | "1080i") {
            return Some(at + 1);
        }
        // "4K TV": how fine a picture is, by its name.
        if matches!(self.text(at), "2K" | "4K" | "5K" | "8K" | "4k" | "8k")
            && self.listed(at + 1, list::PICTURE)
        {
            return Some(at + 2);
        }
        let previous = at.wrapping_sub(1);
        // "1:36.6": the rest of a time that was run.
        if self.is(previous, words::COLON)
            && self.glued(previous)
            && self.glued(at)
            && self.is_number(previous.wrapping_sub(1))
        {
            return Some(at + 1);
        }
        let hyphen = self.is(previous, words::HYPHEN) && self.glued(previous) && self.glued(at);
        if hyphen
            && self.is_word(previous.wrapping_sub(1))
            && !self.is_any(
                previous.wrapping_sub(1),
                &[
                    words::SUB,
                    words::PLUS,
                    words::TOP,
                    words::MINUS,
                    words::TO,
                    words::MID,
                    words::UP,
                    words::NOW,
                ],
            )
        {
            return Some(at + 1);
        }
        // "Omicron BA.4"
        if self.is(previous, words::DOT)
            && self.glued(previous)
            && self.glued(at)
            && self
                .token(previous.wrapping_sub(1))
                .is_some_and(|code| code.is_word() && code.case() == Case::Upper)
            && self.text(previous.wrapping_sub(1)).len() <= 3
        {
            return Some(at + 1);
        }
        // "J1149.5+6663": the rest of a code.
        let joint = (self.is_any(previous, &[words::DOT, words::PLUS_SIGN]))
            && self.glued(previous)
            && self.glued(at);
        if joint
            && self.token(previous.wrapping_sub(1)).is_some_and(|code| {
                matches!(code.kind(), TokenKind::Word | TokenKind::Mixed) && code.has(token_flag::DIGIT)
            })
        {
            let more = self.is_any(at + 1, &[words::PLUS_SIGN, words::DOT])
                && self.glued(at + 1)
                && self.glued(at + 2)
                && self.is_number(at + 2);
            return Some(at + 1 + 2 * usize::from(more));
        }
        if self.has(previous, role::MAKER) && self.is_capitalized(previous) {
            return Some(at + 1);
        }
        let slash = self.is(at + 1, words::SLASH) && self.glued(at + 1) && self.glued(at + 2);
        if slash && matches!((self.small(at), self.small(at + 2)), (Some(9), Some(11)) | (Some(24), Some(7)))
        {
            return Some(at + 3);
        }
        None
    }

    /// Telephone numbers, versions, codes: digits and hyphens in a row of three, or "555-1234".
    pub(crate) fn chain_of_digits(&self, amount: &Amount) -> Option<usize> {
        if !amount.numeral.plain || amount.unit.is_some() {
            return None;
        }
        let mut end = amount.end;
        let mut groups = 1;
        // "202 555 0147"; thousands apart by spaces were read as one number before.
        while self.is_number(end) && !self.glued(end) && self.small(end).is_some() {
            end += 1;
            groups += 1;
        }
        if groups >= 3 {
            return Some(end);
        }
        (end, groups) = (amount.end, 1);
        while (self.is_dash(end) || self.is_any(end, &[words::DOT, words::SLASH]))
            && self.glued(end)
            && self.glued(end + 1)
            && self.is_number(end + 1)
        {
            end += 2;
            groups += 1;
        }
        let phone = groups == 2
            && self.text(amount.first).len() == 3
            && self.text(end - 1).len() == 4
            && self.is_dash(end - 2);
        (groups >= 3 || phone).then_some(end)
    }
}
