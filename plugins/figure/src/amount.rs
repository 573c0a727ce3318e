//! Numbers with what they count: money, percent, quantities, durations, counts.

use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{Case, Decimal, TokenKind, hash_lower};

use crate::item::{Content, Counted, Item};
use crate::numeral::Numeral;
use crate::scope::{Scope, right_case};
use crate::vocabulary::{Measures, Unit, join, role};
use crate::words;

/// What a rule made of the tokens from some place.
pub(crate) enum Found {
    Item(Item),
    /// They are no figure; go on behind them.
    Skip(usize),
}

/// A number with its unit, before ranges and nouns.
#[derive(Clone, Copy)]
struct Amount {
    first: usize,
    end: usize,
    numeral: Numeral,
    unit: Option<Unit>,
    /// The unit stands before the number.
    prefixed: bool,
    negative: bool,
    /// A hyphen stands before the unit: "20-year".
    hyphen: bool,
}

impl Amount {
    fn value(&self) -> Decimal {
        if self.negative { self.numeral.value.negate() } else { self.numeral.value }
    }
}

impl Scope<'_> {
    /// The figure of a number that begins at a token.
    pub(crate) fn figure(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.fraction(at) {
            return Some(Found::Item(found));
        }
        if let Some(end) = self.part_of_name(at) {
            return Some(Found::Skip(end));
        }
        let Some(low) = self.amount(at) else { return self.ordinal(at) };
        if low.unit.is_none()
            && !low.negative
            && let Some(item) = self.ratio_behind(low.first, low.end, low.numeral.value)
        {
            return Some(Found::Item(item));
        }
        if let Some(end) = self.chain_of_digits(&low) {
            return Some(Found::Skip(end));
        }
        let item = self.range(low).or_else(|| self.single(low));
        // "16-18 Industrial Avenue": neither a range nor two numbers.
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

    /// Sign, currency, number, unit.
    fn amount(&self, at: usize) -> Option<Amount> {
        let mut start = at;
        let mut negative = false;
        if self.is(at, words::MINUS) {
            start += 1 + usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
            negative = true;
        } else if self.is_any(at, &[words::HYPHEN, words::MINUS_SIGN, words::EN_DASH]) {
            if !self.glued(at + 1)
                || self.glued(at) && !self.is_any(at.wrapping_sub(1), &[words::OPEN, words::SLASH])
            {
                return None;
            }
            start += 1;
            negative = true;
        } else if self.is(at, words::PLUS_SIGN) && !self.glued(at) && self.glued(at + 1) {
            start += 1;
        }
        if start > at
            && !self.token(start)?.has(token_flag::DIGIT)
            && !self.has(start, role::PREFIX | role::CARDINAL)
        {
            return None;
        }
        if let Some((unit, mut numeral)) = self.with_prefix(start) {
            numeral.letter_as_scale();
            return Some(Amount {
                first: at,
                end: numeral.end,
                numeral,
                unit: Some(unit),
                prefixed: true,
                negative,
                hyphen: false,
            });
        }
        let mut numeral = self.numeral(start)?;
        self.decide_letter(&mut numeral);
        let mut amount = Amount {
            first: at,
            end: numeral.end,
            numeral,
            unit: numeral.unit,
            prefixed: false,
            negative,
            hyphen: false,
        };
        // "100km/h": the unit goes on behind the token.
        if amount.unit.is_some() && self.is(numeral.end, words::SLASH) && self.glued(numeral.end) {
            let start = join(0, self.suffix_hash(start));
            let rate = join(join(start, words::SLASH), self.hash(numeral.end + 1));
            if let Some(unit) = self.vocabulary.unit(rate) {
                (amount.unit, amount.end) = (Some(unit), numeral.end + 2);
            }
        }
        if amount.unit.is_none()
            && let Some((unit, end, hyphen)) =
                self.unit_behind(numeral.end, numeral.spelled, numeral.scale > 0)
        {
            (amount.unit, amount.end, amount.hyphen) = (Some(unit), end, hyphen);
        }
        Some(amount)
    }

    /// A currency sign or code and the number behind it.
    fn with_prefix(&self, at: usize) -> Option<(Unit, Numeral)> {
        let token = self.token(at)?;
        if token.kind() == TokenKind::Word && token.has(token_flag::DIGIT) {
            return self.code_in_word(at, "");
        }
        if !self.has(at, role::PREFIX) {
            return None;
        }
        let text = self.text(at);
        // "Rs", "RM", "USD"; but "a" and "all" are words.
        let code = text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
        if code
            && token.case() != Case::Upper
            && text != "Rs"
            && text != "Rs."
            && text != "Rp"
            && text != "Dhs"
            && text != "Tk"
            && text != "A"
            && text != "C"
            && text != "S"
            && text != "R"
            && text != "J"
            && text != "Ksh"
        {
            return None;
        }
        let (unit, mut next) = self.longest(at, |phrase| self.vocabulary.prefix(phrase))?;
        if code && next == at + 1 && text.len() < 2 {
            return None;
        }
        // "Rs. 500" where the full stop stands alone; "$-5" is left to the sign.
        if self.is(next, words::DOT) && code {
            next += 1;
        }
        // "$US55,931,000": the letters belong to the currency.
        let behind = self.token(next)?;
        if behind.kind() == TokenKind::Word && behind.has(token_flag::DIGIT) && self.glued(next) {
            return self.code_in_word(next, text);
        }
        let numeral = match behind.kind() {
            TokenKind::Number | TokenKind::Mixed => self.numeral_in(next, behind.span().start() as usize)?,
            TokenKind::Word if behind.case() == Case::Lower => self.numeral(next)?,
            _ => return None,
        };
        Some((unit, numeral))
    }

    /// A code and digits in one word: "RM23", "US55" behind "$".
    fn code_in_word(&self, at: usize, sign: &str) -> Option<(Unit, Numeral)> {
        let text = self.text(at);
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let code = text.get(..letters)?;
        if code.is_empty()
            || code.bytes().any(|byte| byte.is_ascii_lowercase()) && code != "Rs" && code != "Rp"
        {
            return None;
        }
        let phrase = if sign.is_empty() { hash_lower(code) } else { hash_lower(&[sign, code].concat()) };
        let unit = self.vocabulary.prefix(join(0, phrase))?;
        let offset = self.token(at)?.span().start() as usize + letters;
        Some((unit, self.numeral_in(at, offset)?))
    }

    /// The m of "5m": million before a noun, else metre; k, M, B, T are scales.
    fn decide_letter(&self, numeral: &mut Numeral) {
        let Some(power) = numeral.letter else { return };
        let next = numeral.end;
        let noun = power == 6 && self.is_lower_word(next) && self.counted_noun(next, false).is_some();
        if numeral.unit.is_none() || noun || power == 9 {
            numeral.letter_as_scale();
        }
        numeral.letter = None;
    }

    /// The hash of the letters behind a token's digits.
    fn suffix_hash(&self, at: usize) -> u64 {
        let text = self.text(at);
        let digits = text.bytes().take_while(|byte| !byte.is_ascii_alphabetic()).count();
        hash_lower(text.get(digits..).unwrap_or_default())
    }

    /// The unit behind a number, the token behind it, and whether a hyphen joins them.
    fn unit_behind(&self, at: usize, spelled: bool, scaled: bool) -> Option<(Unit, usize, bool)> {
        let hyphen = self.is(at, words::HYPHEN) && self.glued(at) && self.glued(at + 1);
        let first = at + usize::from(hyphen);
        if !self.has(first, role::UNIT) {
            return None;
        }
        let (mut unit, end) = self.longest(first, |phrase| self.vocabulary.unit(phrase))?;
        let text = self.text(first);
        let code = end == first + 1 && self.is_word(first);
        if code {
            let short = text.chars().count() == 1;
            if short && (spelled || !right_case(text, unit)) {
                return None;
            }
            // "the 2018 day of action": a length of time is in the plural, or has a hyphen.
            let singular = unit.measures == Measures::Time
                && self.has(first, role::SPAN)
                && !hyphen
                && !text.ends_with('s');
            if singular && self.year_at(at.wrapping_sub(1)).is_some() {
                return None;
            }
            // "try", "rub", "ron": codes only in capitals.
            let is_code = text.len() <= 3
                && unit.measures == Measures::Money
                && text.is_ascii()
                && self.has(first, role::PREFIX);
            if is_code && self.token(first)?.case() != Case::Upper {
                return None;
            }
            // "one second-half goal", "two quarter-finals".
            if self.is(end, words::HYPHEN)
                && self.glued(end)
                && unit.measures == Measures::Time
                && !self.is(end + 1, words::OLD)
            {
                return Some((unit, end, hyphen));
            }
        }
        if unit.code == "GBP" && text.len() > 4 && code {
            let heavy = hyphen
                || !scaled
                    && self.is_any(
                        end,
                        &[
                            words::OF,
                            copydesk_core::hash_lowered("heavier"),
                            copydesk_core::hash_lowered("lighter"),
                        ],
                    )
                || (1..6).any(|back| {
                    let word = self.text(at.wrapping_sub(back));
                    word.starts_with("weigh") || word == "lost"
                });
            if heavy {
                unit = Unit { measures: Measures::Quantity, code: "lb", name: "pound" };
            }
        }
        Some((unit, end, hyphen))
    }

    /// "between 3 and 5 million", "10-12%", "$1.2 million to $23.5 million", "two or three days".
    fn range(&self, low: Amount) -> Option<Item> {
        let at = low.end;
        let before = low.first.wrapping_sub(1);
        let dash = self.is_dash(at) || self.is(at, words::MINUS_SIGN);
        let glued = dash && self.glued(at) && self.glued(at + 1);
        // "2-to-1", "5-to-7".
        let hyphenated = glued && self.is(at + 1, words::TO) && self.is_dash(at + 2);
        let joined = if hyphenated {
            at + 3
        } else if dash
            || self.is(at, words::TO)
            || self.is(at, words::AND) && self.is(before, words::BETWEEN)
            || self.is(at, words::OR)
        {
            at + 1
        } else {
            return None;
        };
        if dash && !hyphenated && self.glued(at) != self.glued(at + 1) {
            return None;
        }
        let mut high = self.amount(joined)?;
        if high.negative && dash || self.is_any(joined, &[words::A, words::AN]) {
            return None;
        }
        let or = self.is(at, words::OR);
        // "rose from 5% to 7%", "rose by 5% to 7%" tell two values.
        if self.is(at, words::TO)
            && (self.moved_from(before) || self.is(before, words::BY) && low.unit.is_some())
        {
            return None;
        }
        match (low.unit, high.unit) {
            (Some(a), Some(b)) if a != b => return None,
            (Some(_), Some(_)) | (None, _) => {}
            // "5% to 7": not shared backwards, but "$3-5" is.
            (Some(unit), None) if low.prefixed => high.unit = Some(unit),
            _ => return None,
        }
        let unit = high.unit;
        let (mut from, to) = (low.value(), high.value());
        if low.numeral.scale == 0
            && high.numeral.scale > 0
            && low.numeral.value < Decimal::from(1000)
            && low.numeral.value <= high.numeral.value.scale(-high.numeral.scale)?
        {
            from = from.scale(high.numeral.scale)?;
        }
        if or
            && !(from < to
                && (low.numeral.spelled == high.numeral.spelled)
                && low.unit.is_none()
                && low.numeral.upper.is_none())
        {
            return None;
        }
        // "in 2 to 3" without unit: only what clearly is one.
        if unit.is_none() && from >= to && !glued {
            return None;
        }
        if self.is(at, words::TO)
            && unit.is_none()
            && !(low.numeral.spelled || low.numeral.scale > 0 || from < to)
        {
            return None;
        }
        let content = if from <= to { Content::Range(from, to) } else { Content::Range(to, from) };
        let mut item = Item::new(
            low.first,
            high.end,
            self.span(low.first, high.end),
            FigureKind::Count,
            content,
            "range",
        );
        item.scale = high.numeral.scale;
        match unit {
            Some(unit) => item.set_unit(unit),
            None => {
                if self.is_capitalized(high.end) && glued && !plural(self.text(high.end)) {
                    return None;
                }
                match self.plural_noun(high.end) {
                    Some(noun) if from < to => item.counted = Counted::Noun(noun),
                    // A score, a vote.
                    _ if glued => item.kind = FigureKind::Other,
                    _ => {}
                }
            }
        }
        Some(item)
    }

    /// Whether a cue of change stands shortly before the "from" at a token.
    fn moved_from(&self, from: usize) -> bool {
        self.is(from, words::FROM)
            && (1..6).any(|back| {
                let verb = from.wrapping_sub(back);
                self.has(verb, role::UP | role::DOWN) && self.has(verb, role::VERB)
            })
    }

    fn single(&self, amount: Amount) -> Option<Item> {
        let Amount { first, end, numeral, .. } = amount;
        let content = match numeral.upper {
            Some(upper) => Content::Range(numeral.value, upper),
            None => Content::Number(amount.value()),
        };
        let mut item = Item::new(first, end, self.span(first, end), FigureKind::Count, content, "number");
        item.scale = numeral.scale;
        if let Some(unit) = amount.unit {
            item.rule = if amount.prefixed { "currency" } else { "unit" };
            item.set_unit(unit);
            return Some(item);
        }
        // "thousands of dollars", "dozens of kilometres".
        if numeral.upper.is_some() && self.is(end, words::OF) {
            if let Some((unit, unit_end, _)) = self.unit_behind(end + 1, true, true) {
                (item.end, item.span) = (unit_end, self.span(first, unit_end));
                item.set_unit(unit);
            } else if let Some(noun) = self.plural_noun(end + 1) {
                item.counted = Counted::Noun(noun);
            }
            return Some(item);
        }
        self.count(item, &numeral, amount.negative)
    }

    fn count(&self, mut item: Item, numeral: &Numeral, negative: bool) -> Option<Item> {
        let one = numeral.value == Decimal::from(1);
        let previous = item.first.wrapping_sub(1);
        let joined_before =
            self.is(previous, words::HYPHEN) && self.glued(previous) && self.glued(item.first);
        if joined_before && !self.is_any(previous.wrapping_sub(1), &[words::SUB, words::PLUS, words::TOP]) {
            return None;
        }
        if numeral.plain && !negative && self.has(previous, role::LABEL) {
            return None;
        }
        let mut noun = self.counted_noun(item.end, one);
        if noun.is_some_and(|noun| noun > item.end)
            && numeral.plain
            && !negative
            && self.is_name_before(&item)
        {
            // "iPhone 12 Mini deals": the number belongs to the name.
            return None;
        }
        if noun.is_none() && self.is(item.end, words::OF) && !one {
            noun = self.whole_noun(item.end + 1);
        }
        if noun.is_none() && self.is_age(&item, numeral) {
            item.set_unit(Unit { measures: Measures::Age, code: "a", name: "year of age" });
            item.rule = "age";
            return Some(item);
        }
        if numeral.spelled && one {
            let pronoun = self.is(item.end, words::HYPHEN)
                || self.is_any(
                    previous,
                    &[words::NO, words::EVERY, words::THIS, words::THAT, words::WHICH, words::EACH],
                );
            if pronoun || noun.is_none() {
                return None;
            }
        }
        if let Some(noun) = noun {
            item.counted = Counted::Noun(noun);
            // The phrase of number and noun, where they touch.
            item.rule = "counted-noun";
            return Some(item);
        }
        let small = numeral.spelled && numeral.scale == 0 && numeral.value <= Decimal::from(12);
        if small && !self.is_any(item.end, &[words::OF, words::MORE, words::PLUS]) {
            return None;
        }
        if numeral.plain && !negative && self.is_label(&item) {
            return None;
        }
        item.confidence = 0.7;
        Some(item)
    }

    /// A bare number that names something: "page 12", "Stoxx 50", "(4)", "5." on a line's start, "49 Zorro Ranch Road".
    fn is_label(&self, item: &Item) -> bool {
        let previous = item.first.wrapping_sub(1);
        self.is_name_before(item)
            || self.has(previous, role::LABEL)
            || self.is(previous, words::COLON) && self.glued(previous)
            || self.is(previous, words::NUMBER_SIGN)
            || self.is(previous, words::OPEN) && self.is(item.end, words::CLOSE)
            || self.is_capitalized(item.end)
            || item.first == self.start
                && (self.is_any(item.end, &[words::DOT, words::CLOSE]) || item.end >= self.end)
            || self.is(item.end, words::COLON) && self.glued(item.end + 1)
    }

    /// Whether a name stands before a number, so that the number may belong to it.
    fn is_name_before(&self, item: &Item) -> bool {
        let previous = item.first.wrapping_sub(1);
        let name = self
            .token(previous)
            .is_some_and(|token| token.is_word() && !matches!(token.case(), Case::Lower | Case::None));
        name && !self.has(previous, role::FUNCTION | role::ADVERB | role::BOUND | role::VERB)
            && previous != self.start
    }

    /// "Senard, 65, now …": a person's age.
    fn is_age(&self, item: &Item, numeral: &Numeral) -> bool {
        let comma = item.first.wrapping_sub(1);
        let plausible = numeral.plain
            && !numeral.spelled
            && numeral.value <= Decimal::from(110)
            && numeral.value >= Decimal::from(1);
        let closed = self.is(item.end, words::COMMA) || self.is(item.end, words::DOT);
        plausible
            && closed
            && self.is(comma, words::COMMA)
            && self.is_capitalized(comma.wrapping_sub(1))
            && self.is_capitalized(comma.wrapping_sub(2))
            && !self.has(comma.wrapping_sub(1), role::MONTH)
            || plausible && self.is(comma, words::AGED)
    }

    /// "two of the ships", "two of Johnson's deputies": the noun of the whole.
    fn whole_noun(&self, at: usize) -> Option<usize> {
        let mut next = at;
        while next < at + 4 {
            let name = self.is_capitalized(next);
            let clitic = self.token(next).is_some_and(|token| token.has(token_flag::CLITIC));
            let determiner = next == at && self.has(next, role::FUNCTION) && self.is_lower_word(next);
            if !(name || clitic || determiner) {
                break;
            }
            next += 1;
        }
        if next == at { None } else { self.plural_noun(next) }
    }

    /// The token of a plural noun, adjectives in front allowed.
    fn plural_noun(&self, at: usize) -> Option<usize> {
        self.counted_noun(at, false)
            .filter(|noun| plural(self.text(*noun)) || self.has(*noun, role::COLLECTIVE))
    }

    /// The token of the noun that a number counts; `one` looks for a singular.
    pub(crate) fn counted_noun(&self, at: usize, one: bool) -> Option<usize> {
        let mut next = at;
        let mut last = None;
        let mut steps = 0;
        while steps < 6 {
            if self.is(next, words::HYPHEN) && self.glued(next) && self.glued(next + 1) {
                // "three-storey", and "well-known" on the way.
                next += 1;
                if steps == 0 && !self.is_word(next) {
                    return None;
                }
            }
            let token = self
                .token(next)
                .filter(|token| token.is_word() || steps > 0 && token.kind() == TokenKind::Number)?;
            let entry = self.entry(next);
            // "Kia and Hyundai vehicles", "digital and physical sales".
            if steps > 0
                && self.is(next, words::AND)
                && self.is_word(next + 1)
                && !self.has(next + 1, role::FUNCTION | role::CARDINAL)
            {
                next += 1;
                steps += 1;
                continue;
            }
            if entry.is(role::FUNCTION | role::FUTURE)
                && !self.is_any(next, &[words::MORE, words::OTHER, words::SAME])
                || entry.is(role::VERB | role::REPORT)
                    && token.case() == Case::Lower
                    && !plural(self.text(next))
                || token.has(token_flag::CLITIC)
            {
                break;
            }
            let text = self.text(next);
            let capitalized = token.is_capitalized();
            let compound = self.is(next + 1, words::HYPHEN) && self.glued(next + 1) && self.glued(next + 2);
            if !one
                && !compound
                && (plural(text) || entry.is(role::COLLECTIVE) && !capitalized || text.ends_with("children"))
            {
                return Some(next);
            }
            // "One proposal asks": what ends in s behind a singular is a verb.
            if one && last.is_some() && plural(text) {
                break;
            }
            if entry.is(role::MONTH | role::WEEKDAY) && capitalized {
                break;
            }
            if !entry.is(role::ADVERB)
                && token.is_word()
                && !capitalized
                && !text.ends_with("ly")
                && text.len() > 1
            {
                last = Some(next);
            }
            steps += 1;
            next += 1;
            if self.token(next).is_none()
                || !self.is_word(next) && !self.is(next, words::HYPHEN) && !self.is_number(next)
            {
                break;
            }
            if one && steps >= 3 {
                break;
            }
        }
        // "one area", "a 3 cylinder engine"; but "3 injured" counts what the words do not tell.
        let whole =
            last.filter(|last| !self.text(*last).ends_with("ed") && !self.text(*last).ends_with("ing"));
        if one { last } else { whole.filter(|_| self.is_lower_word(at)) }
    }

    /// "F-16", "COVID-19", "Boeing 737", "G20", "9/11", "24/7": the token behind.
    fn part_of_name(&self, at: usize) -> Option<usize> {
        let token = self.token(at)?;
        if !token.has(token_flag::DIGIT) {
            return None;
        }
        let previous = at.wrapping_sub(1);
        let hyphen = self.is(previous, words::HYPHEN) && self.glued(previous) && self.glued(at);
        if hyphen
            && self.is_word(previous.wrapping_sub(1))
            && !self.is_any(
                previous.wrapping_sub(1),
                &[words::SUB, words::PLUS, words::TOP, words::MINUS, words::TO, words::MID, words::UP],
            )
        {
            return Some(at + 1);
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
    fn chain_of_digits(&self, amount: &Amount) -> Option<usize> {
        if !amount.numeral.plain || amount.unit.is_some() {
            return None;
        }
        let mut end = amount.end;
        let mut groups = 1;
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

/// Whether a word looks like a plural.
pub(crate) fn plural(word: &str) -> bool {
    let bytes = word.as_bytes();
    match bytes {
        [.., before, b's'] => {
            (bytes.len() > 3 || bytes.len() == 3 && bytes.first().is_some_and(u8::is_ascii_uppercase))
                && !matches!(before, b's' | b'\'' | b'.')
                && !(bytes.len() > 3
                    && matches!(before, b'u' | b'i')
                    && bytes.len() < 9
                    && !word.ends_with("menus"))
        }
        _ => false,
    }
}
