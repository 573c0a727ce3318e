//! What leads to a figure: a verb with its subject, or a verb that moves or puts an object.

use copydesk_core::Span;

use crate::item::Item;
use crate::lists::list;
use crate::numbers::noun::plural;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// What leads to a figure.
pub(crate) enum Lead {
    /// A verb; its subject is measured.
    Verb(usize),
    /// A verb moved what these words name.
    Object(Span),
}

impl Scope<'_> {
    /// The verb that leads to a figure, or the object that it moves.
    pub(crate) fn lead(&self, item: &Item) -> Option<Lead> {
        let bound = item.lead;
        // "Prices halved": the figure is the verb.
        if item.rule == "multiple" && self.is_multiple(item.first) {
            return Some(Lead::Verb(item.first));
        }
        // "forecast a rise of 0.4 percent": the subject is not what rises.
        let of = bound.wrapping_sub(1);
        if self.is(of, words::OF)
            && self.has(of.wrapping_sub(1), role::UP | role::DOWN)
            && self.listed(of.wrapping_sub(2), list::DETERMINER)
        {
            return None;
        }
        let mut verb = item.first;
        for steps in 1..=9 {
            verb = verb.wrapping_sub(1);
            // "dropped, the agency said, by 4 percent"
            if bound.wrapping_sub(verb) <= 2
                && let Some(open) = self.aside(verb)
            {
                verb = open.wrapping_sub(1);
            }
            self.token(verb)?;
            if let Some(main) = self.verb_of_participle(verb) {
                return Some(Lead::Verb(main));
            }
            let leads = self.is_verb(verb)
                || steps <= 5 && self.is_present_change(verb)
                || self.is_past_change(verb, bound);
            // "was suspected of hiding $6 million": the verb has a clause for its object.
            if !leads
                && self.is_lower_word(verb)
                && self.text(verb).ends_with("ing")
                && self
                    .is_any(verb.wrapping_sub(1), &[words::OF, words::FOR, words::BY, words::FROM, words::IN])
            {
                return None;
            }
            if let Some(object) = self.object(verb, item.first) {
                return Some(Lead::Object(object));
            }
            // "raised four queries to 40 MW plants": it counts something else.
            let counts = verb + 2 < bound
                && self.moves_object(verb)
                && (self.has(verb + 1, role::CARDINAL) || self.is_digits(verb + 1));
            if counts {
                return None;
            }
            if leads {
                // "The state has injected $2 billion": what did something has not the figure for its size.
                return (!self.is_deed(verb, bound)).then_some(Lead::Verb(verb));
            }
            // "as much as" has a word that begins clauses elsewhere.
            let stops = verb < bound && self.has(verb, role::BREAK)
                || self.is_any(verb, &[words::COMMA, words::SEMICOLON, words::COLON, words::OPEN]);
            if steps > 8 || stops {
                return None;
            }
        }
        None
    }

    /// "fell for a third month, dropping 7.5 percent": the verb of the clause that a participle of change goes on with.
    fn verb_of_participle(&self, at: usize) -> Option<usize> {
        let comma = at.wrapping_sub(1);
        if !self.has(at, role::UP | role::DOWN)
            || !self.is(comma, words::COMMA)
            || !self.text(at).ends_with("ing")
        {
            return None;
        }
        let main = (1..14).map(|back| comma.wrapping_sub(back));
        main.take_while(|at| {
            self.token(*at).is_some() && !self.is_any(*at, &[words::SEMICOLON, words::COMMA])
        })
        .find(|at| self.is_verb(*at))
    }

    /// "put the jobless rate at 6.3 percent", "left its rate unchanged at 3 percent": what is between verb and "at".
    pub(crate) fn put_at(&self, item: &Item) -> Option<Span> {
        let at = item.lead.wrapping_sub(1);
        if !self.is(at, words::AT) {
            return None;
        }
        let verb = (2..10)
            .map(|back| at.wrapping_sub(back))
            .take_while(|at| self.is_word(*at) || self.is(*at, words::S));
        let verb =
            verb.into_iter().find(|at| self.listed(*at, list::LEVEL_VERB) && self.is_lower_word(*at))?;
        let mut end = at;
        while end > verb + 1
            && (self.has(end - 1, role::FLAT | role::ADVERB)
                || matches!(self.text(end - 1), "steady" | "stable"))
        {
            end -= 1;
        }
        let plain = (verb + 1..end).all(|at| {
            !self.has(at, role::BREAK | role::VERB | role::RELATIVE)
                && !self.is_any(at, &[words::AT, words::TO])
                // "cap price rises at"
                || at + 1 == end && at > verb + 1 && plural(self.text(at))
        });
        let named = (verb + 1..end).any(|at| !self.has(at, role::FUNCTION | role::ADVERB));
        (plain && named && !self.has(end - 1, role::FUNCTION)).then(|| self.span(verb + 1, end))
    }

    /// "raised its growth forecast to 3.2%", "cut prices by 5 percent": what was moved follows the verb.
    pub(crate) fn object(&self, verb: usize, figure: usize) -> Option<Span> {
        if !self.moves_object(verb) {
            return None;
        }
        let stop = (verb + 1..figure).find(|at| self.is_any(*at, &[words::TO, words::BY, words::FROM]));
        // "raised fees 4%"
        let stop = stop.or_else(|| {
            let percent = self.moved_over_noun(figure.wrapping_sub(1)).is_some()
                && (figure..figure + 3).any(|at| self.has(at, role::UNIT));
            percent.then_some(figure)
        })?;
        let first = verb + 1;
        let phrase = (first..stop).all(|at| {
            !(self.has(at, role::STARTS_ALONE) && self.frequency(at).is_none())
                && (self.is_word(at)
                    || self.is_digits(at)
                    || self.is(at, words::S)
                    || self.is(at, words::HYPHEN))
                && !self.has(at, role::BREAK)
                && (!self.has(at, role::VERB) || self.is_verbal_noun(at))
        });
        // "raised four queries to 40 MW plants": what is counted is no level.
        if self.has(first, role::CARDINAL) || self.is_digits(first) {
            return None;
        }
        let named = (first..stop).any(|at| self.is_word(at) && !self.has(at, role::FUNCTION | role::ADVERB));
        (stop > first && stop - first <= 8 && phrase && named && !self.has(first, role::ADVERB))
            .then(|| self.span(first, stop))
    }
}
