//! The noun that a number counts.

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::segment::token_flag;
use copydesk_core::{TokenKind, hash_lowered};

use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{forms, marks, words};

/// "two of the ships", "two of Marlow's ships": the noun of the whole.
pub(crate) fn whole_noun(scope: &Scope<'_>, at: usize) -> Option<usize> {
    let mut next = at;
    while next < at + 4 {
        // "the island's 9,200 residents"
        if scope.is_lower_word(next) && scope.is(next + 1, words::S) && scope.glued(next + 1) {
            next += 2;
            next += usize::from(scope.is_number(next));
            break;
        }
        let name = scope.is_capitalized(next);
        let clitic = scope.token(next).is_some_and(|token| token.has(token_flag::CLITIC));
        let determiner = next == at && scope.has(next, role::FUNCTION) && scope.is_lower_word(next);
        if !(name || clitic || determiner) {
            break;
        }
        next += 1;
    }
    counted_noun(scope, next, false)
}

/// The plural noun that ends a list of adjectives, at most four words later.
pub(crate) fn listed_noun(scope: &Scope<'_>, at: usize) -> Option<usize> {
    for next in at..at + 5 {
        let hyphen = scope.is(next, words::HYPHEN);
        if !hyphen && (!scope.is_lower_word(next) || scope.has(next, role::FUNCTION | role::VERB)) {
            return None;
        }
        if !hyphen && forms::plural(scope.text(next)) && !scope.is(next + 1, words::HYPHEN) {
            return Some(next);
        }
    }
    None
}

/// The token of a plural noun, adjectives before it allowed.
pub(crate) fn plural_noun(scope: &Scope<'_>, at: usize) -> Option<usize> {
    counted_noun(scope, at, false)
        .filter(|noun| forms::plural(scope.text(*noun)) || scope.has(*noun, role::COLLECTIVE))
}

/// The token of the noun that a number counts; `one` searches for a singular.
pub(crate) fn counted_noun(scope: &Scope<'_>, at: usize, one: bool) -> Option<usize> {
    // "3.5 x 7 cm" does not count x.
    if scope.is(at, hash_lowered("x")) || scope.listed(at, list::NO_NOUN | list::MODAL) {
        return None;
    }
    let mut walk = Walk { scope, start: at, one, next: at, last: None, steps: 0 };
    while walk.steps < MAX_STEPS {
        match walk.step()? {
            Step::On => {}
            Step::Found(noun) => return Some(noun),
            Step::End => break,
        }
    }
    walk.finish()
}

/// The number of words after a number that are searched.
const MAX_STEPS: usize = 6;

/// The search from a number to the noun that it counts.
struct Walk<'w, 'a> {
    scope: &'w Scope<'a>,
    start: usize,
    one: bool,
    /// The token that is tried next.
    next: usize,
    /// The last word that may be the noun.
    last: Option<usize>,
    steps: usize,
}

enum Step {
    On,
    Found(usize),
    End,
}

impl Walk<'_, '_> {
    /// Tries one word. `None` if the number counts nothing.
    fn step(&mut self) -> Option<Step> {
        let scope = self.scope;
        self.pass_marks()?;
        let next = self.next;
        scope
            .token(next)
            .filter(|token| token.is_word() || self.steps > 0 && token.kind() == TokenKind::Number)?;
        // "red and blue vans", "paid and unpaid hours".
        if self.steps > 0
            && scope.is(next, words::AND)
            && scope.is_word(next + 1)
            && !scope.has(next + 1, role::FUNCTION | role::CARDINAL)
        {
            (self.next, self.steps) = (next + 1, self.steps + 1);
            return Some(Step::On);
        }
        // "1,200 steady, skilled jobs": a comma between adjectives.
        let adjective = !self.one
            && scope.is_lower_word(next)
            && !forms::plural(scope.text(next))
            && !scope.has(next, role::FUNCTION | role::VERB | role::COLLECTIVE);
        if adjective && self.steps < 2 && scope.is(next + 1, words::COMMA) && scope.is_lower_word(next + 2) {
            return listed_noun(scope, next + 2).map(Step::Found);
        }
        if self.is_over() {
            return Some(Step::End);
        }
        // "two master's degrees", "three men's teams"
        if !self.one
            && scope.is(next + 1, words::S)
            && scope.glued(next + 1)
            && scope.is_word(next + 2)
            && scope.is_lower_word(next)
        {
            (self.next, self.steps) = (next + 2, self.steps + 1);
            return Some(Step::On);
        }
        Some(self.word())
    }

    /// Skips hyphens and quotation marks inside the counted noun.
    fn pass_marks(&mut self) -> Option<()> {
        let scope = self.scope;
        if scope.is(self.next, words::HYPHEN) && scope.glued(self.next) && scope.glued(self.next + 1) {
            // "three-storey", and "well-known" on the way.
            self.next += 1;
            if self.steps == 0 && !scope.is_word(self.next) {
                return None;
            }
        }
        // "wood- and oil-fired plants"
        if scope.is(self.next, words::HYPHEN)
            && scope.glued(self.next)
            && !scope.glued(self.next + 1)
            && scope.is_any(self.next + 1, &[words::AND, words::OR, words::TO])
            && scope.is_word(self.next + 2)
        {
            (self.next, self.steps) = (self.next + 2, self.steps + 1);
        }
        // "10 different ‘sea orders’"
        if self.steps > 0 && marks::is_quote(scope, self.next) && scope.is_word(self.next + 1) {
            self.next += 1;
        }
        Some(())
    }

    /// Whether the current word is not part of the counted noun.
    fn is_over(&self) -> bool {
        let (scope, next) = (self.scope, self.next);
        let entry = scope.entry(next);
        let lower = scope.is_lower_word(next);
        let second = scope.glued(next) && scope.is(next - 1, words::HYPHEN);
        let function = !second
            && entry.is(role::FUNCTION | role::FUTURE)
            && !scope.is_any(next, &[words::MORE, words::OTHER, words::SAME]);
        let clitic = |at: usize| scope.token(at).is_some_and(|token| token.has(token_flag::CLITIC));
        if function
            || entry.is(role::VERB | role::REPORT) && lower && self.is_verb()
            || clitic(next)
            // "if one can't"
            || clitic(next + 1) && !scope.is(next + 1, words::S)
        {
            return true;
        }
        // "The two-bedroom flat costs $1,200": a verb, between a noun and a figure.
        let costs = self.steps > 0
            && self.last.is_some()
            && entry.is(role::VERB)
            && forms::plural(scope.text(next))
            && lower
            && (!scope.is_word(next + 1)
                && !marks::is_end(scope, next + 1)
                && !scope.is(next + 1, words::COMMA)
                || scope.has(next + 1, role::CARDINAL | role::BOUND));
        // "one-fifth paid 7.4 percent": the words before another number count something else.
        let another = self.steps > 0
            && scope.is_number(next)
            && scope.is_lower_word(next - 1)
            && (scope.has(next + 1, role::UNIT) || scope.text(next).contains('.'));
        // "three thirty": a number word is not counted.
        let number = entry.is(role::CARDINAL) && !compound_of_numbers(scope, next);
        // "40k cheaper than"
        costs || another || number || scope.is(next + 1, words::THAN)
    }

    /// Whether a word that can be a verb is one here.
    fn is_verb(&self) -> bool {
        let (scope, next) = (self.scope, self.next);
        // "a third of the ticket cost"
        let cost = scope.is(next, hash_lowered("cost"))
            && self.steps > 0
            && (!scope.is_word(next + 1) || scope.has(next + 1, role::FUNCTION));
        // "12 settled cases"
        let participle = scope.text(next).ends_with("ed")
            && scope.is_lower_word(next + 1)
            && forms::plural(scope.text(next + 1))
            && !scope.has(next + 1, role::FUNCTION | role::VERB);
        !forms::plural(scope.text(next)) && !cost && !participle
    }

    /// Adds a word of the noun phrase.
    fn word(&mut self) -> Step {
        let (scope, next) = (self.scope, self.next);
        let entry = scope.entry(next);
        let text = scope.text(next);
        let capitalized = scope.is_capitalized(next);
        let compound = compound_of_numbers(scope, next);
        if !self.one
            && !compound
            && !leads(scope, next)
            && (forms::plural(text)
                || entry.is(role::COLLECTIVE) && !capitalized
                || text.ends_with("children"))
        {
            return Step::Found(next);
        }
        // "One plan asks": a word in -s after a singular is a verb.
        let asks = self.one
            && (forms::plural(text)
                && !scope.listed(next, list::PLURAL_FIRST)
                // "1 innings" is not a pronoun.
                && (self.last.is_some() || scope.is_word(self.start.wrapping_sub(1)))
                || self.last.is_some() && entry.is(role::COLLECTIVE));
        if asks || entry.is(role::MONTH | role::WEEKDAY) && capitalized {
            return Step::End;
        }
        let verb = self.one && scope.listed(next, list::FINITE);
        if !compound
            && !entry.is(role::ADVERB | role::RELATIVE)
            && scope.is_word(next)
            && !capitalized
            && !text.ends_with("ly")
            && !verb
            && text.len() > 1
        {
            self.last = Some(next);
        }
        self.steps += 1;
        self.next += 1;
        let next = self.next;
        let quoted = marks::is_quote(scope, next) && scope.is_word(next + 1);
        let more = scope.is_word(next) || scope.is(next, words::HYPHEN) || scope.is_number(next) || quoted;
        if !more || self.one && self.steps >= 3 { Step::End } else { Step::On }
    }

    /// The noun, if no plural was found.
    fn finish(self) -> Option<usize> {
        let Self { scope, start, one, mut last, .. } = self;
        // "one area", "a 3 cylinder engine"; but "3 injured" counts something that the words do not name.
        // "a 3 cylinder engine", "a 5 speed manual gearbox": the first noun is counted.
        if !one
            && scope.is_lower_word(start)
            && start != last.unwrap_or(start)
            && scope.listed(start, list::MODIFIER)
        {
            last = Some(start);
        }
        let whole = last.filter(|last| {
            let text = scope.text(*last);
            let verbal = text.ends_with("ed")
                || text.ends_with("ing") && !one
                || scope.listed(*last, list::PAST | list::HARMED);
            !verbal || scope.listed(*last, list::MODIFIER)
        });
        whole.filter(|_| one || scope.is_lower_word(start) && !scope.has(start, role::RELATIVE | role::SPAN))
    }
}

/// "local police officers", "two teachers unions": a noun before the one that is counted.
fn leads(scope: &Scope<'_>, at: usize) -> bool {
    let police = matches!(scope.text(at), "police" | "staff" | "fish" | "aircraft" | "media" | "data");
    // Of two adjacent plurals the first describes the second.
    let plurals = scope.is_lower_word(at)
        && scope.tag(at) == Some(Pos::NounPlural)
        && scope.tag(at + 1) == Some(Pos::NounPlural);
    (police || plurals)
        && scope.is_lower_word(at + 1)
        && forms::plural(scope.text(at + 1))
        && !scope.has(at + 1, role::FUNCTION | role::VERB | role::REPORT)
        && !scope.listed(at + 1, list::FINITE | list::THAT_CLAUSE)
}

/// "two two-storey houses": a number word that a hyphen makes an adjective.
fn compound_of_numbers(scope: &Scope<'_>, at: usize) -> bool {
    scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1) && scope.glued(at + 2)
}
