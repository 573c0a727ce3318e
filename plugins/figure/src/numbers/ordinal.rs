//! Places in a row: "third", "21st", "between the sixth and the ninth", "the third-largest city", "ranked No. 4 of 60".

use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{Decimal, TokenKind, hash_lower, hash_lowered};

use crate::item::{Content, Item};
use crate::lists::list;
use crate::numbers::digits::read_digits;
use crate::numbers::found::Found;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// Nouns of a place in a ranking.
const PLACES: [u64; 5] = [
    hash_lowered("place"),
    hash_lowered("spot"),
    hash_lowered("position"),
    hash_lowered("rank"),
    hash_lowered("seed"),
];

impl Scope<'_> {
    /// "third", "twenty-first", "one hundred and twelfth", "eighty sixth"; its value and the next token.
    pub(crate) fn spelled_ordinal(&self, at: usize) -> Option<(Decimal, usize)> {
        let entry = self.entry(at);
        if entry.is(role::ORDINAL) {
            return Some((Decimal::from(i32::from(entry.value)), at + 1));
        }
        let one = |at: usize| self.has(at, role::ORDINAL).then(|| i64::from(self.entry(at).value));
        let sum = self.words(at, 0, false)?;
        // "three millionth": the scale has the ending.
        let scale =
            self.text(sum.end).strip_suffix("th").map(|scale| self.vocabulary.entry(hash_lower(scale)));
        if let Some(scale) =
            scale.filter(|scale| scale.is(role::SCALE) && scale.value >= 3 && !scale.is(role::LETTER_SCALE))
        {
            let value = Decimal::new(sum.value()?, 0)?.scale(i32::from(scale.value))?;
            return Some((value, sum.end + 1));
        }
        let and = usize::from(self.is(sum.end, words::AND));
        let dash = usize::from(self.is_dash(sum.end) && self.glued(sum.end) == self.glued(sum.end + 1));
        let last = sum.end + and.max(dash);
        let value = sum.value()?;
        let more =
            one(last).filter(|more| *more < 100 && (value % 100 == 0 || *more < 10 && value % 10 == 0))?;
        Some((Decimal::new(value.checked_add(more)?, 0)?, last + 1))
    }

    /// Whether an ordinal is part of a name and indicates no place in a row: "22nd Amendment", "third-party", "the final third".
    fn names(&self, at: usize, end: usize) -> bool {
        let hyphen = self.is(end, words::HYPHEN) && self.glued(end) && self.glued(end + 1);
        let noun = end + usize::from(hyphen);
        // "in the first place"
        let instead = self.is(at, words::FIRST)
            && self.is(end, hash_lowered("place"))
            && self.is(at.wrapping_sub(2), words::IN)
            && !self.is_word(end + 1);
        instead
            || self.listed(noun, list::SET_PHRASE)
            || self.listed(noun, list::PROPER) && self.is_capitalized(noun)
            || hyphen && self.listed(noun, list::JOINED_ORDINAL)
            || self.is_any(at, &[hash_lowered("third"), hash_lowered("thirds")])
                && self.is_any(
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
            if self.names(at, end) {
                return Some(Found::Skip(end));
            }
            value
        } else {
            let (value, stop) = self.spelled_ordinal(at)?;
            end = stop;
            if self.names(at, end) {
                return Some(Found::Skip(end));
            }
            // "At first", "first, …" order the narrative, not a ranking.
            let simple = end == at + 1;
            let noun = self.is_lower_word(end) && !self.has(end, role::FUNCTION)
                || self.is(end, words::OF)
                || self.is(end, words::HYPHEN) && self.text(end + 1).ends_with("est");
            // "when the claims first arose", "Brokers, first licensed in 1990,": an adverb.
            let before = at.wrapping_sub(1);
            let adverb = self.is(at, words::FIRST)
                && at > self.start
                && (self.text(end).ends_with("ed")
                    || self.listed(end, list::PAST | list::FINITE)
                    || self.has(end, role::VERB))
                && !self.listed(before, list::DETERMINER)
                && !self.has(before, role::ORDINAL | role::CARDINAL)
                && !self.is_any(before, &[words::AND, words::S, words::OF])
                && !self.is_number(before);
            let noun = noun && !adverb;
            // "the second and third floors"
            let noun = noun
                || self.is_any(end, &[words::AND, words::OR])
                    && self.has(end + 1, role::ORDINAL)
                    && self.is_lower_word(end + 2)
                    && !self.has(end + 2, role::FUNCTION);
            let alone = at == self.start && self.is_end(end) || self.listed(before, list::PLACED);
            if simple && !(noun || alone || self.ordinal_range(at, end).is_some())
                || self.is_any(at.wrapping_sub(1), &[words::AT])
            {
                return None;
            }
            value
        };
        let mut item =
            Item::new(at, end, self.span(at, end), FigureKind::Ordinal, Content::Number(value), "ordinal");
        if let Some((last, stop)) = self.ordinal_range(at, end).filter(|(last, _)| *last > value) {
            (item.end, item.span) = (stop, self.span(at, stop));
            (item.content, item.rule) = (Content::Range(value, last), "ordinal-range");
        } else {
            self.rank(&mut item, value);
        }
        Some(Found::Item(item))
    }

    /// "largest", "best", "worst".
    pub(crate) fn is_superlative(&self, at: usize) -> bool {
        let text = self.text(at);
        self.is_lower_word(at)
            && (matches!(text, "best" | "worst")
                || text.ends_with("est") && text.len() > 5 && !self.listed(at, list::NO_SUPERLATIVE))
    }

    /// What an ordinal ranks, and among how many.
    fn rank(&self, item: &mut Item, value: Decimal) {
        let end = item.end;
        let noun = end + usize::from(self.is(end, words::HYPHEN) && self.glued(end) && self.glued(end + 1));
        let most = self.is_any(noun, &[hash_lowered("most"), hash_lowered("least")]);
        let superlative = most || self.is_superlative(noun);
        let placed = self.listed(item.first.wrapping_sub(1), list::PLACED)
            || PLACES.iter().any(|word| self.is(end, *word));
        if !(superlative || placed) {
            return;
        }
        item.rule = "rank";
        if superlative {
            let mut stop = noun + usize::from(most);
            while stop < noun + 4
                && self.is_word(stop)
                && !self.has(stop, role::FUNCTION | role::VERB | role::REPORT | role::BREAK)
                && !self.token(stop).is_some_and(|token| token.has(token_flag::CLITIC))
            {
                stop += 1;
            }
            item.measure = (stop > noun + usize::from(most)).then(|| self.span(noun, stop));
        }
        // "12th out of 180 cities", "fifth of 20 runners", "third among 12 teams".
        let place = end + usize::from(placed && PLACES.iter().any(|word| self.is(end, *word)));
        let of = if self.is(place, words::OUT) && self.is(place + 1, words::OF) {
            place + 2
        } else if self.is_any(place, &[words::OF, hash_lowered("among"), hash_lowered("amongst")]) {
            place + 1
        } else {
            return;
        };
        let of = of + usize::from(self.is(of, words::THE));
        if let Some(whole) = self.numeral(of)
            && whole.unit.is_none()
            && !whole.fraction
            && whole.upper.is_none()
            && whole.value >= value
        {
            item.part_whole = Some((value, whole.value));
            item.end = whole.end;
        }
    }

    /// "ranked No. 4", "the world's No. 1", "the No. 2 seed", "number two in the world": the place after the label.
    pub(crate) fn numbered_place(&self, at: usize) -> Option<Item> {
        let dot = usize::from(self.is(at.wrapping_sub(1), words::DOT) && self.glued(at.wrapping_sub(1)));
        let label = at.wrapping_sub(1 + dot);
        if !self.is_any(label, &[words::NO, hash_lowered("number"), hash_lowered("no."), words::NUMBER_SIGN])
        {
            return None;
        }
        let numeral = self.numeral(at).filter(|numeral| {
            (numeral.plain || numeral.spelled)
                && numeral.unit.is_none()
                && !numeral.fraction
                && (!numeral.spelled || self.is(label, hash_lowered("number")))
                && numeral.value.exponent() >= 0
                && numeral.value >= Decimal::from(1)
                && numeral.value < Decimal::from(10_000)
        })?;
        let before = label.wrapping_sub(1);
        let ranked = self.listed(before, list::PLACED)
            || self.is_any(before, &[hash_lowered("world"), hash_lowered("as"), words::AT])
            || self.token(before).is_some_and(|token| token.has(token_flag::CLITIC))
            || self.is_any(numeral.end, &[hash_lowered("seed"), hash_lowered("spot"), hash_lowered("seeds")])
            || self.is(numeral.end, words::IN) && self.is(numeral.end + 1, words::THE)
            || numeral.value == Decimal::from(1) && self.is_lower_word(numeral.end);
        if !ranked {
            return None;
        }
        let content = Content::Number(numeral.value);
        let span = self.span(at, numeral.end);
        let mut item = Item::new(at, numeral.end, span, FigureKind::Ordinal, content, "rank");
        self.rank(&mut item, numeral.value);
        Some(item)
    }

    /// "between the sixth and the ninth", "from 3rd to 5th": the last one, and the next token.
    fn ordinal_range(&self, at: usize, end: usize) -> Option<(Decimal, usize)> {
        let mut before = at.wrapping_sub(1);
        before = before.wrapping_sub(usize::from(self.is(before, words::THE)));
        let joined = self.is(before, words::BETWEEN) && self.is(end, words::AND)
            || self.is(before, words::FROM) && self.is(end, words::TO)
            || self.is(end, words::TO) && self.is(end + 1, words::THE)
            || self.is_dash(end) && self.glued(end) && self.glued(end + 1);
        if !joined {
            return None;
        }
        let next = end + 1 + usize::from(self.is(end + 1, words::THE));
        if self.is_word(next) && !self.token(next)?.has(token_flag::DIGIT) {
            return self.spelled_ordinal(next);
        }
        let text = self.text(next);
        let (value, stop, _) = read_digits(text, 0)?;
        matches!(text.get(stop..)?, "st" | "nd" | "rd" | "th").then_some((value, next + 1))
    }
}
