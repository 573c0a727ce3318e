//! The subject of the verb that leads to a figure: what is measured, where it precedes the figure.

use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{Span, TokenKind, hash_lowered};

use crate::item::Item;
use crate::lists::list;
use crate::meaning::lead::Lead;
use crate::meaning::verbs::RELATIVES;
use crate::numbers::noun::plural;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// Tokens between the verb of a clause and the "and" of the next one, at most.
const LONGEST_CLAUSE: usize = 14;

impl Scope<'_> {
    /// "At 9.1%, inflation is …": the subject of the clause that the figure opens.
    pub(crate) fn subject_behind(&self, item: &Item) -> Option<Span> {
        let first = item.end + 1;
        let at = item.first.wrapping_sub(1);
        let verb = (first + 1..first + 9).find(|at| self.is_verb(*at))?;
        let phrase = (first..verb).all(|at| self.is_word(at) && !self.has(at, role::BREAK));
        (at == self.start && phrase).then(|| self.span(first, verb))
    }

    /// The subject before the verb that leads to the figure.
    pub(crate) fn subject(&self, items: &[Item], from: usize, at: usize) -> Option<Span> {
        let item = items.get(at)?;
        if let Some(object) = self.put_at(item) {
            return Some(object);
        }
        let verb = match self.lead(item)? {
            Lead::Object(object) => return Some(object),
            Lead::Verb(verb) => verb,
        };
        let earlier = items.get(from..at).unwrap_or_default();
        let end = self.subject_end(earlier, verb)?;
        let (first, dated) = self.subject_start(item, earlier, end)?;
        self.trimmed(first, end, dated)
    }

    /// Where the subject ends whose verb is at a token; `earlier` are the figures before.
    fn subject_end(&self, earlier: &[Item], verb: usize) -> Option<usize> {
        self.end_of_subject(earlier, verb, false)
    }

    /// The verb of the clause that an "and" goes on with.
    fn verb_before(&self, and: usize) -> Option<usize> {
        let clause = (2..LONGEST_CLAUSE).map(|back| and.wrapping_sub(back)).take_while(|at| {
            self.token(*at).is_some() && !self.is(*at, words::COMMA) && !self.has(*at, role::BREAK)
        });
        clause.into_iter().find(|at| self.is_verb(*at))
    }

    /// `joined` says that an "and" led to the verb, so that no other one is followed.
    fn end_of_subject(&self, earlier: &[Item], verb: usize, joined: bool) -> Option<usize> {
        let mut end = verb;
        // "The seven-day average stands at"
        let average = |at: usize| {
            self.text(at) == "average" && !self.has(at.wrapping_sub(1), role::FUNCTION | role::VERB)
        };
        // "is forecast to be"
        let forecast = |at: usize| self.text(at) == "forecast" && self.has(at.wrapping_sub(1), role::VERB);
        let passes = |at: usize| {
            forecast(at)
                || self.has(at, role::ADVERB | role::VERB | role::FUTURE | role::FUNCTION)
                    && self.is_lower_word(at)
                    && !self.is_verbal_noun(at)
                    && !average(at)
        };
        // "ratings typically stand at", "could potentially be"
        let manner = |at: usize| at > self.start && self.is_manner(at);
        while verb - end < 12 && (passes(end.wrapping_sub(1)) || manner(end.wrapping_sub(1))) {
            end -= 1;
        }
        // "in May it climbed up to 230": a pronoun is the subject.
        const PRONOUNS: [u64; 7] = [
            hash_lowered("it"),
            hash_lowered("they"),
            hash_lowered("he"),
            hash_lowered("she"),
            hash_lowered("we"),
            hash_lowered("you"),
            hash_lowered("i"),
        ];
        if (end..verb).any(|at| self.is_any(at, &PRONOUNS)) {
            return None;
        }
        // "burned 12 hectares and is": the subject is given before.
        if let Some(joint) = (end..verb).find(|at| self.is_any(*at, &[words::AND, words::BUT])) {
            let main = self
                .verb_before(joint)
                .filter(|_| !joined && (1..=2).any(|ahead| self.is_verb(joint + ahead)))?;
            return self.end_of_subject(earlier, main, true);
        }
        // "Revenue of $4.1 billion topped": what the subject amounts to is not its name.
        let amounts = earlier.iter().rev().take(3).find(|item| item.end == end);
        if let Some(amount) = amounts
            && !amount.is_time()
            && self.is(amount.lead.wrapping_sub(1), words::OF)
        {
            end = amount.lead.wrapping_sub(1);
        }
        // "four countries - Japan and three others - will grow"
        let dash = |at: usize| self.is_dash(at) && !(self.glued(at) && self.glued(at + 1));
        if dash(end.wrapping_sub(1)) {
            let close = end.wrapping_sub(1);
            end = (1..20).map(|back| close.wrapping_sub(back)).find(|at| dash(*at))?;
        }
        // "Orders, the group said, grew by 12 percent", "Exports, however, rose"
        if let Some(open) = self.aside(end.wrapping_sub(1)) {
            end = open;
        }
        if self.is_any(end.wrapping_sub(1), &[words::CLOSE, words::CLOSE_SQUARE]) {
            end = (1..12)
                .map(|back| end.wrapping_sub(back))
                .find(|at| self.is_any(*at, &[words::OPEN, words::OPEN_SQUARE]))?;
        }
        Some(end)
    }

    /// Where a subject begins that ends before a token, and where the figure ends that cut it off.
    fn subject_start(&self, item: &Item, earlier: &[Item], end: usize) -> Option<(usize, usize)> {
        let multiplies = item.rule == "multiple" && self.is_multiple(item.first);
        // A date before it ends where the subject begins.
        let dated = earlier
            .iter()
            .rev()
            .take(4)
            // "the city's eight remaining casinos": a count is part of the phrase.
            .filter(|item| (item.is_time() || item.kind != FigureKind::Count) && !self.is_inside_phrase(item))
            .map(|item| item.end)
            // "aged 15 to 24 was", "passengers in August was": part of the subject.
            .find(|stop| *stop < end)
            .unwrap_or(0);
        let mut first = end;
        // "Revenue for the quarter ended June 30 was"
        if let Some(time) = earlier.iter().rev().take(4).find(|time| time.end == end) {
            first = time.first;
        }
        while end - first < 12 && first > dated {
            let before = first.wrapping_sub(1);
            let Some(token) = self.token(before) else { break };
            let word = token.is_word()
                // "Teachers' salaries"
                || matches!(self.text(before), "'" | "’")
                    && self.glued(before)
                    && plural(self.text(before.wrapping_sub(1)))
                || token.kind() == TokenKind::Symbol
                || self.is(before, words::HYPHEN)
                || token.has(token_flag::DIGIT);
            if self.lists_nouns(before, end) {
                first = before;
                continue;
            }
            if self.is_finite(before) {
                // "those who lost their boats were": what the clause inside has for its object.
                let clause = self.is_any(before.wrapping_sub(1), &RELATIVES);
                if clause && !self.listed(before, list::TOLD) {
                    return None;
                }
                break;
            }
            if !word
                || multiplies && (self.listed(before, list::NO_SUBJECT) || self.is(before, hash_lowered("with")))
                || self.has(before, role::BREAK) && !self.joins_nouns(before) && !self.before_tax(before)
                || self.is(before, words::SINCE) && first < end
                || self.listed(before, list::CLAUSE)
                || self.listed(before, list::TOLD) && (self.is_lower_word(before) || before > self.start)
                // "had forecast inflation to slow"
                || self.is(before, hash_lowered("forecast"))
                    && (self.has(before.wrapping_sub(1), role::VERB) || plural(self.text(before.wrapping_sub(1))))
                || self.is_any(before, &[words::AND, words::SO])
                    && self.has(before.wrapping_sub(1), role::VERB)
                || self.has(before, role::VERB | role::REPORT)
                    && self.is_lower_word(before)
                    && !self.is_verbal_noun(before)
            {
                break;
            }
            first = before;
        }
        (end > first && end - first < 12).then_some((first, dated))
    }

    /// A subject without what only joins its sentence to others; nothing if it is none.
    fn trimmed(&self, mut first: usize, end: usize, dated: usize) -> Option<Span> {
        // "A litre of petrol costs": the figure before it left its "of".
        if dated == first && self.is(first, words::OF) && first + 1 < end {
            first += 1;
        }
        // "people who own boats do": the words after "who" are no subject.
        if self.is_any(first.wrapping_sub(1), &[hash_lowered("who"), words::WHICH]) {
            return None;
        }
        // "(Agency) - Trade fell"
        while first + 1 < end && self.is_dash(first) {
            first += 1;
        }
        // "So Mr. Olden is worth": what only joins the sentence to the one before.
        while first + 1 < end && self.listed(first, list::OPENER) {
            first += 1;
        }
        if self.listed(first, list::NO_SUBJECT) || self.is_any(first, &[words::TO, words::AT]) {
            return None;
        }
        // "who were living at their farms"
        if self.is_lower_word(first)
            && self.text(first).ends_with("ing")
            && self.has(first + 1, role::FUNCTION)
        {
            return None;
        }
        let named = (first..end).any(|at| self.is_word(at) && !self.has(at, role::FUNCTION | role::ADVERB));
        let joined = self.is(first + 1, words::HYPHEN) && self.glued(first + 1);
        let dated = self.has(first, role::RELATIVE | role::WEEKDAY) && !joined;
        // "Norland’ s imports": careless blanks.
        if self.text(first) == "s" && matches!(self.text(first.wrapping_sub(1)), "’" | "'") {
            first = first.wrapping_sub(2);
            self.token(first).filter(|token| token.is_word())?;
        }
        let torn = self.token(first).is_some_and(|token| token.has(token_flag::CLITIC));
        // What begins with a preposition is the rest of a phrase that was cut.
        let cut = self.has(first, role::FUNCTION)
            && self.has(first, role::MONTH_CLUE)
            && !self.is(first, words::THIS)
            || self.is(first, words::FOLLOWING);
        (named && !dated && !torn && !cut).then(|| self.span(first, end))
    }

    /// "the 10-year note", "wheat for July delivery": a figure that is an attribute inside a noun phrase.
    fn is_inside_phrase(&self, item: &Item) -> bool {
        let (before, behind) = (item.first.wrapping_sub(1), item.end);
        let noun = self.is_lower_word(behind)
            && !self.has(
                behind,
                role::FUNCTION | role::VERB | role::BREAK | role::REPORT | role::UP | role::DOWN,
            );
        let joined = !item.is_time() && (item.first..item.end).any(|at| self.is(at, words::HYPHEN));
        noun && (self.listed(before, list::DETERMINER)
            || joined
            || self.is(before, words::S)
            || self.is(before, words::FOR) && self.is_word(before.wrapping_sub(1)))
    }
}
