//! Ages: "Ana Bello, 39, is …", "aged 14, 15 and 17", "aged 5 weeks", "in her 40s", "the octogenarian", "sixty-something".

use copydesk_core::layers::{Bound, FigureKind};
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Item};
use crate::lists::list;
use crate::numbers::noun::plural;
use crate::numbers::numeral::Numeral;
use crate::scope::Scope;
use crate::vocabulary::{Measures, Unit, role};
use crate::words;

pub(crate) const YEARS_OF_AGE: Unit =
    Unit { measures: Measures::Age, code: "a", name: "year of age", si: None };

/// Ages in units other than years, as the table of units names them.
const OTHER_AGES: [Unit; 3] = [
    Unit { measures: Measures::Age, code: "mo", name: "month of age", si: None },
    Unit { measures: Measures::Age, code: "wk", name: "week of age", si: None },
    Unit { measures: Measures::Age, code: "d", name: "day of age", si: None },
];

/// People by the ten years that their age is in.
pub(crate) const AGE_WORDS: [(&str, i32); 12] = [
    ("quinquagenarian", 50),
    ("quinquagenarians", 50),
    ("sexagenarian", 60),
    ("sexagenarians", 60),
    ("septuagenarian", 70),
    ("septuagenarians", 70),
    ("octogenarian", 80),
    ("octogenarians", 80),
    ("nonagenarian", 90),
    ("nonagenarians", 90),
    ("thirtysomething", 30),
    ("twentysomething", 20),
];

impl Scope<'_> {
    /// "18 years or older": the age that a length of time there is.
    pub(crate) fn age_of_bounded(&self, end: usize, unit: Unit) -> Option<Unit> {
        let older =
            self.is_any(end, &[words::OR, words::AND]) && matches!(self.text(end + 1), "older" | "younger");
        (older && unit.measures == Measures::Time && unit.code == "a").then_some(YEARS_OF_AGE)
    }

    /// Whether what precedes a number says that it is an age: "aged", "at the age of".
    pub(crate) fn is_aged(&self, before: usize) -> bool {
        self.is_any(before, &[words::AGED, words::AGE])
            || self.is(before, words::OF) && self.is(before.wrapping_sub(1), words::AGE)
    }

    /// "aged 5 weeks", "at the age of 18 months": the unit of the age that a length of time there is.
    pub(crate) fn age_of_length(&self, first: usize, unit: Unit) -> Option<Unit> {
        if unit.measures != Measures::Time || !self.is_aged(first.wrapping_sub(1)) {
            return None;
        }
        OTHER_AGES.into_iter().chain([YEARS_OF_AGE]).find(|age| age.code == unit.code)
    }

    /// "the octogenarian", "a sixty-something actor", "twentysomethings": so many years and nine more at most.
    pub(crate) fn age_word(&self, at: usize) -> Option<Item> {
        let text = self.text(at);
        let named = AGE_WORDS.iter().find(|(word, _)| text.eq_ignore_ascii_case(word));
        let (tens, end) = match named {
            Some((_, tens)) => (*tens, at + 1),
            None => {
                let tens = i32::from(self.entry(at).value);
                let hyphen = self.is(at + 1, words::HYPHEN) && self.glued(at + 1) && self.glued(at + 2);
                let some = matches!(self.text(at + 2), "something" | "somethings");
                (
                    Some(tens).filter(|tens| hyphen && some && tens % 10 == 0 && (20..100).contains(tens))?,
                    at + 3,
                )
            }
        };
        Some(self.tens_of_age(at, end, tens))
    }

    fn tens_of_age(&self, first: usize, end: usize, tens: i32) -> Item {
        let (low, high) = (Decimal::from(tens), Decimal::from(tens + 9));
        let content = Content::Range(low, high);
        let span = self.span(first, end);
        let mut item = Item::new(first, end, span, FigureKind::Quantity, content, "age-in-tens");
        item.set_unit(YEARS_OF_AGE);
        item
    }

    /// "in her 40s", "in their late twenties": an age to ten years.
    pub(crate) fn age_in_tens(&self, at: usize, from: i16) -> Option<Item> {
        let early = [words::EARLY, words::MID, words::LATE, words::HYPHEN];
        let mut owner = at.wrapping_sub(1);
        while owner.wrapping_add(3) > at && self.is_any(owner, &early) {
            owner = owner.wrapping_sub(1);
        }
        const OWNERS: [&str; 5] = ["his", "her", "their", "my", "your"];
        if !OWNERS.contains(&self.text(owner)) || !self.is(owner.wrapping_sub(1), words::IN) || from < 10 {
            return None;
        }
        Some(self.tens_of_age(at, at + 1, i32::from(from)))
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
            || told && self.is(comma, words::TURNED)
            || self.is_aged(comma)
                && numeral.scale == 0
                && numeral.value >= Decimal::from(1)
                && numeral.value <= Decimal::from(110)
            || told && (self.is_person_of(comma) || self.is_older_than(comma))
            // "She died at 91."
            || plausible && ends && numeral.value >= Decimal::from(10) && self.is_life(comma)
    }

    /// "a man of 52"
    fn is_person_of(&self, of: usize) -> bool {
        const PERSON: [&str; 8] = ["man", "woman", "boy", "girl", "child", "widow", "widower", "bachelor"];
        self.is(of, words::OF)
            && PERSON.contains(&self.text(of.wrapping_sub(1)))
            && (2..=4).any(|back| self.is_any(of.wrapping_sub(back), &[words::A, words::AN]))
    }

    /// "children younger than five"
    fn is_older_than(&self, than: usize) -> bool {
        self.is(than, words::THAN) && matches!(self.text(than.wrapping_sub(1)), "older" | "younger")
    }

    /// "died at 91", "retired at 62"
    fn is_life(&self, at: usize) -> bool {
        self.is(at, words::AT)
            && matches!(
                self.text(at.wrapping_sub(1)),
                "died" | "dies" | "dead" | "retired" | "retires" | "married"
            )
    }

    /// "over-65s", "the under-21s": people by a bound of their age; the token is the number with its plural.
    pub(crate) fn aged_group(&self, at: usize) -> Option<Item> {
        let hyphen = at.wrapping_sub(1);
        if !self.is(hyphen, words::HYPHEN) || !self.glued(hyphen) || !self.glued(at) {
            return None;
        }
        let bound = match self.text(hyphen.wrapping_sub(1)) {
            "over" | "Over" => Bound::MoreThan,
            "under" | "Under" => Bound::LessThan,
            _ => return None,
        };
        let digits = self.text(at).strip_suffix('s').filter(|digits| matches!(digits.len(), 1 | 2))?;
        let age: i32 = digits.parse().ok()?;
        let content = Content::Number(Decimal::from(age));
        let span = self.span(at - 2, at + 1);
        let mut item = Item::new(at - 2, at + 1, span, FigureKind::Quantity, content, "aged-group");
        item.set_unit(YEARS_OF_AGE);
        item.bound = Some(bound);
        Some(item)
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

    /// "The suspect, 34, was": a noun with its article before a comma, and a verb after the next one.
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
