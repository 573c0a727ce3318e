//! Numbers of things: the counted noun, and numbers that count nothing because they name something.

use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{Decimal, hash_lowered};

use crate::amount::YEARS_OF_AGE;
use crate::item::{Counted, Item, Per};
use crate::lists::list;
use crate::noun::plural;
use crate::numeral::Numeral;
use crate::scope::Scope;
use crate::vocabulary::{Measures, role};
use crate::words;

const PER: u64 = hash_lowered("per");

const MAGNITUDE: u64 = hash_lowered("magnitude");

impl Scope<'_> {
    pub(crate) fn count(&self, mut item: Item, numeral: &Numeral, negative: bool) -> Option<Item> {
        let one = numeral.value == Decimal::from(1);
        let previous = item.first.wrapping_sub(1);
        let joined_before =
            self.is(previous, words::HYPHEN) && self.glued(previous) && self.glued(item.first);
        if joined_before && !self.is_any(previous.wrapping_sub(1), &[words::SUB, words::PLUS, words::TOP]) {
            return None;
        }
        // "the Kick Six win": a number word with a capital inside a sentence is a name.
        let named = numeral.spelled
            && item.first > self.start
            && item.end == item.first + 1
            && self.is_capitalized(item.first)
            && self.is_capitalized(previous);
        let label = self.has(previous, role::LABEL);
        if (label || self.is_any(previous, &[words::DOT, words::NUMBER_SIGN]))
            && let Some(item) = self.numbered_place(item.first)
        {
            return Some(item);
        }
        // "section 110B", and identifiers of posts.
        let lettered = label && numeral.letter.is_none() && !numeral.plain && !numeral.spelled && {
            let text = self.text(item.first);
            text.len() <= 5 && text.ends_with(|end: char| end.is_ascii_uppercase())
        };
        // "section 4.2", "version 2.1"
        let numbered = label
            && !numeral.spelled
            && numeral.scale == 0
            && numeral.value.exponent() < 0
            && self.listed(previous, list::NUMBERED);
        let digits = self.text(item.first);
        let identifier =
            numeral.plain && (digits.len() >= 12 || digits.len() >= 10 && !digits.ends_with("000"));
        if lettered || numbered || identifier {
            return None;
        }
        // "season four", "phase two"
        let season =
            label && numeral.spelled && numeral.scale == 0 && self.counted_noun(item.end, one).is_none();
        if named || season || numeral.plain && !negative && label {
            return None;
        }
        // "a magnitude 6.1 earthquake"
        if self.is(previous, MAGNITUDE) && numeral.value.exponent() < 0 {
            item.measure = Some(self.span(previous, item.first));
            return Some(item);
        }
        // "a 6.2-magnitude earthquake"
        if self.is(item.end, words::HYPHEN) && self.is(item.end + 1, MAGNITUDE) {
            item.measure = Some(self.span(item.end + 1, item.end + 2));
            return Some(item);
        }
        // "by a factor of ten"
        if self.is(previous, words::OF) && self.is(previous.wrapping_sub(1), hash_lowered("factor")) {
            (item.kind, item.rule) = (FigureKind::Ratio, "factor");
            return Some(item);
        }
        // "earns six figures"
        if numeral.spelled && numeral.scale == 0 && self.is(item.end, hash_lowered("figures")) {
            return None;
        }
        // "zero-emission cars"
        if numeral.spelled
            && numeral.value == Decimal::ZERO
            && self.is(item.end, words::HYPHEN)
            && self.glued(item.end)
        {
            return None;
        }
        let mut noun = self.counted_noun(self.behind_bound(item.end), one);
        if noun.is_some_and(|noun| noun > item.end)
            && numeral.plain
            && !negative
            && self.is_name_before(&item)
        {
            // "Orbit 7 Mini phones": the number belongs to the name.
            return None;
        }
        if noun.is_none() && self.is(item.end, words::OF) {
            let numbered = |noun: usize| {
                (item.end..noun).any(|at| {
                    self.token(at).is_some_and(|token| token.has(token_flag::DIGIT))
                        || self.has(at, role::CARDINAL)
                })
            };
            noun = self.whole_noun(item.end + 1).filter(|noun| !numbered(*noun)).filter(|noun| {
                plural(self.text(*noun)) || self.has(*noun, role::COLLECTIVE) && !self.is_capitalized(*noun)
            });
        }
        // "an 11-member panel", "a 250-seat hall".
        if noun.is_none()
            && (!numeral.spelled || self.is(item.end + 1, hash_lowered("point")))
            && self.is(item.end, words::HYPHEN)
            && self.glued(item.end)
            && self.glued(item.end + 1)
            && self.listed(item.end + 1, list::MODIFIER)
        {
            noun = Some(item.end + 1);
        }
        if noun.is_none() && self.is_age(&item, numeral) {
            item.set_unit(YEARS_OF_AGE);
            item.rule = "age";
            return Some(item);
        }
        // A text that is nothing but a number, such as a table's cell.
        if item.first == self.start && item.end == self.end && self.start == 0 {
            return Some(item);
        }
        if numeral.spelled && one && !negative {
            let pronoun = self.is(item.end, words::HYPHEN)
                || self.is_any(
                    previous,
                    &[words::NO, words::EVERY, words::THIS, words::THAT, words::WHICH, words::EACH],
                );
            if pronoun || noun.is_none() {
                let told = noun.is_none() && !pronoun && self.stands_in(&item, true);
                item.confidence = 0.7;
                return told.then_some(item);
            }
        }
        if let Some(noun) = noun {
            item.counted = Counted::Noun(noun);
            // The phrase of number and noun, where they touch.
            item.rule = "counted-noun";
            self.count_per(&mut item, noun + 1);
            return Some(item);
        }
        let end = item.end;
        self.count_per(&mut item, end);
        if item.per.is_some() {
            return Some(item);
        }
        let small = numeral.spelled
            && numeral.scale == 0
            && numeral.value <= Decimal::from(12)
            && numeral.value.exponent() >= 0;
        if small
            && !negative
            && !self.is_any(item.end, &[words::OF, words::MORE, words::PLUS])
            && !self.stands_in(&item, false)
        {
            return None;
        }
        if numeral.plain && !negative && self.is_label(&item) {
            return None;
        }
        item.confidence = 0.7;
        Some(item)
    }

    /// "420 people per square kilometre", "12 cases per 100,000 people", "3 births per woman": what a count is counted by.
    fn count_per(&self, item: &mut Item, at: usize) {
        self.count_per_one(item, at);
        // "12 cases per 100,000 people a year"
        if let Some(Per::Words(first, end)) = item.per
            && end == item.end
            && let Some((_, end)) = self.per_time(end)
        {
            (item.per, item.end) = (Some(Per::Words(first, end)), end);
        }
    }

    fn count_per_one(&self, item: &mut Item, at: usize) {
        // "3,000 visitors daily"
        if let Some(often) = self.often_behind(at) {
            (item.per, item.end) = (Some(Per::Unit(often)), at + 1);
            return;
        }
        // "140,000 vehicles a year"
        if self.is_any(at, &[words::A, words::AN])
            && let Some((unit, end)) = self.per_time(at)
        {
            (item.per, item.end) = (Some(Per::Unit(unit)), end);
            return;
        }
        if !self.is_any(at, &[PER, words::FOR]) {
            return;
        }
        let every = usize::from(self.is_any(at + 1, &[words::EVERY, words::EACH]));
        if self.is(at, words::FOR) && every == 0 {
            return;
        }
        let next = at + 1 + every;
        if let Some((unit, end)) = self
            .longest_unit(next)
            .filter(|(unit, _)| matches!(unit.measures, Measures::Quantity | Measures::Time))
        {
            (item.per, item.end) = (Some(Per::Unit(unit)), end);
            return;
        }
        let article = self.has(next, role::SCALE) && self.text(next).len() > 3;
        if let Some(number) = self
            .numeral(next)
            .filter(|number| number.unit.is_none() && number.upper.is_none() && !number.fraction)
        {
            let noun = self.plural_noun(number.end).filter(|noun| *noun < number.end + 4);
            let end = noun.map_or(number.end, |noun| noun + 1);
            (item.per, item.end) = (Some(Per::Words(next, end)), end);
        } else if article {
            // "per million inhabitants"
            let noun = self.plural_noun(next + 1).filter(|noun| *noun < next + 4);
            let end = noun.map_or(next + 1, |noun| noun + 1);
            (item.per, item.end) = (Some(Per::Words(next, end)), end);
        } else if every == 0
            && self.is_lower_word(next)
            && !self.has(next, role::FUNCTION)
            && self.text(next) != "cent"
        {
            (item.per, item.end) = (Some(Per::Noun(next)), next + 1);
        }
    }

    /// "Ana Bello, 39, is …": a person's age.
    pub(crate) fn is_age(&self, item: &Item, numeral: &Numeral) -> bool {
        let comma = item.first.wrapping_sub(1);
        let plausible = numeral.plain
            && !numeral.spelled
            && numeral.value <= Decimal::from(110)
            && numeral.value >= Decimal::from(1);
        // "aged five"
        let told = plausible
            || numeral.spelled
                && numeral.scale == 0
                && numeral.value <= Decimal::from(110)
                && numeral.value >= Decimal::from(1);
        let closed = self.is(item.end, words::COMMA) || self.is(item.end, words::DOT);
        // "Kovac, 33, ran", "Kovac, 46 - a baker": one name, inside a sentence.
        let dashed = closed || self.is_dash(item.end) && !self.glued(item.end);
        let single = numeral.value >= Decimal::from(10)
            && self.is_lower_word(comma.wrapping_sub(2))
            && (!self.has(comma.wrapping_sub(2), role::MONTH_CLUE)
                || closed
                    && self.is_any(item.end + 1, &[words::A, words::AN, words::OF, hash_lowered("who")]))
            && (self.is_lower_word(item.end + 1) || !closed)
            && !self.is_any(item.end + 1, &[words::AND, words::OR])
            && !plural(self.text(item.end + 1));
        let wai = self.is(comma.wrapping_sub(2), words::HYPHEN)
            && self.glued(comma.wrapping_sub(1))
            && self.is_capitalized(comma.wrapping_sub(3));
        let named =
            self.is_capitalized(comma.wrapping_sub(1)) && !self.has(comma.wrapping_sub(1), role::MONTH);
        // "who is 70", "people under 30"
        let ends = !self.is_word(item.end) || self.has(item.end, role::FUNCTION | role::BREAK);
        let clause = self.is_any(comma, &[words::IS, hash_lowered("was")])
            && self.is(comma.wrapping_sub(1), hash_lowered("who"))
            && numeral.value >= Decimal::from(10);
        let people = self.is_any(
            comma,
            &[hash_lowered("under"), words::OVER, hash_lowered("below"), hash_lowered("above")],
        ) && self.listed(comma.wrapping_sub(1), list::PEOPLE)
            && numeral.value <= Decimal::from(100);
        plausible
            && dashed
            && self.is(comma, words::COMMA)
            && named
            && (closed && (self.is_capitalized(comma.wrapping_sub(2)) || comma.wrapping_sub(1) == self.start) || single)
            || plausible && closed && self.is(comma, words::COMMA) && wai
            || plausible && ends && (clause || people)
            // "aged 51 and 44"
            || told && self.is_listed_age(comma)
            // "The suspect, 34, was held"
            || plausible
                && (numeral.value >= Decimal::from(10) || self.is_child(comma.wrapping_sub(1)))
                && closed
                && self.is_suspect(comma, item.end)
            || told && self.is_any(comma, &[words::AGED, words::TURNED, words::AGE])
            || told && self.is(comma, words::OF) && self.is(comma.wrapping_sub(1), words::AGE)
    }

    /// "aged 14, 15 and 17", "aged 51 and 44": what joins an age to the one before.
    fn is_listed_age(&self, joint: usize) -> bool {
        let mut at = joint;
        for _ in 0..5 {
            if !self.is_any(at, &[words::AND, words::COMMA]) || !self.is_number(at.wrapping_sub(1)) {
                return false;
            }
            at = at.wrapping_sub(2);
            if self.is_any(at, &[words::AGED, words::AGES]) {
                return true;
            }
        }
        false
    }

    /// Whether a word names somebody whose age may be less than ten.
    fn is_child(&self, at: usize) -> bool {
        matches!(
            self.text(at),
            "boy" | "girl" | "child" | "toddler" | "son" | "daughter" | "baby" | "pupil" | "infant"
        )
    }

    /// "The suspect, 34, was": a noun with its article in front of a comma, and a verb behind the next one.
    fn is_suspect(&self, comma: usize, end: usize) -> bool {
        let noun = comma.wrapping_sub(1);
        let determined = (1..=3).map(|back| noun.wrapping_sub(back)).take_while(|at| self.is_word(*at));
        let determined = determined.into_iter().any(|at| self.listed(at, list::DETERMINER));
        let verb = end + 1;
        self.is(comma, words::COMMA)
            && self.is(end, words::COMMA)
            && determined
            && self.is_lower_word(noun)
            && !plural(self.text(noun))
            && !self.has(noun, role::FUNCTION | role::SPAN | role::MONTH | role::UNIT)
            && self.is_lower_word(verb)
            && (self.has(verb, role::VERB | role::REPORT)
                || self.listed(verb, list::FINITE | list::PAST) && !plural(self.text(verb)))
    }
}
