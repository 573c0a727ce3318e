//! The subject and the object of the verb that leads to a figure: what is measured, where it stands in front.

use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{Span, TokenKind, hash_lowered};

use crate::item::Item;
use crate::lists::list;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// What begins a clause that tells of the noun in front.
const RELATIVES: [u64; 3] = [words::THAT, words::WHICH, hash_lowered("who")];

impl Scope<'_> {
    /// A verb that leads from what is measured to the figure.
    pub(crate) fn is_verb(&self, at: usize) -> bool {
        self.is_lower_word(at)
            && (self.has(at, role::VERB) && !self.is_verbal_noun(at)
                || self.is_base_form(at)
                || self.is(at + 1, words::FOR)
                    && matches!(self.text(at), "sells" | "sold" | "sell" | "went" | "goes")
                || self.is(at + 1, words::FROM) && matches!(self.text(at), "range" | "ranges" | "ranged")
                // "held steady at 4%", "holds at 4%"
                || matches!(self.text(at), "held" | "holds" | "hold")
                    && (self.is(at + 1, words::AT)
                        || matches!(self.text(at + 1), "steady" | "firm" | "stable" | "unchanged" | "flat"))
                // "Rents average $2,100"
                || self.text(at) == "average"
                    && crate::noun::plural(self.text(at.wrapping_sub(1)))
                    && !self.is_word(at + 1))
    }

    /// "will grow", "could climb", "is expected to double": the base form of a verb of change.
    fn is_base_form(&self, at: usize) -> bool {
        let base = self.has(at, role::UP | role::DOWN) || self.listed(at, list::BASE);
        let adverb = usize::from(self.has(at.wrapping_sub(1), role::ADVERB));
        let modal = at.wrapping_sub(1 + adverb);
        let expected = |at: usize| {
            (1..6)
                .map(|back| at.wrapping_sub(back))
                .any(|at| self.has(at, role::FUTURE | role::REPORT) || self.listed(at, list::TOLD))
        };
        base && (self.has(modal, role::FUTURE)
            || self.listed(modal, list::MODAL)
            || self.is(modal, words::TO) && expected(modal))
    }

    /// "Gold prices slip 1.2%": the present tense of a verb of change, which headlines have.
    fn is_present_change(&self, at: usize) -> bool {
        let noun = at.wrapping_sub(1);
        self.is_lower_word(at)
            && self.has(at, role::UP | role::DOWN)
            && !self.has(at, role::VERB)
            && !self.text(at).ends_with("er")
            && !self.text(at).ends_with("ing")
            && self.is_word(noun)
            && !self.has(noun, role::FUNCTION | role::VERB | role::BREAK)
            && !self.listed(noun, list::DETERMINER)
            && crate::noun::plural(self.text(noun)) != self.text(at).ends_with('s')
    }

    /// "Fuel costs have", "the rise was": a word that is a verb elsewhere, in front of one.
    fn is_verbal_noun(&self, at: usize) -> bool {
        let text = self.text(at);
        // "brought down journey costs by 8 percent"
        if text == "costs" && self.is_any(at + 1, &[words::BY, words::FROM, words::TO]) {
            return true;
        }
        // "forecast a rise of 0.4 percent"
        if self.has(at, role::UP | role::DOWN)
            && self.is_any(at + 1, &[words::OF, words::IN])
            && self.listed(at.wrapping_sub(1), list::DETERMINER)
        {
            return true;
        }
        let form = text.ends_with('s') && text.len() > 4
            || matches!(text, "rise" | "fall" | "gain" | "cost" | "increase");
        let ahead = self.has(at + 1, role::VERB | role::FUTURE)
            || self.is_any(
                at + 1,
                &[words::NOW, hash_lowered("must"), hash_lowered("could"), hash_lowered("may")],
            );
        form && ahead && self.is_lower_word(at + 1)
    }

    /// Whether a verb moves what stands behind it: "raised", "cut".
    pub(crate) fn moves_object(&self, at: usize) -> bool {
        self.has(at, role::UP | role::DOWN) && (self.listed(at, list::MOVER) || self.is_particle(at))
            // "doubled their wealth to $9 billion"
            || self.is_multiple(at) && self.listed(at + 1, list::DETERMINER)
    }

    /// "edged up its forecast by", "brought down costs by": "up" or "down" with a verb of its own and an object behind.
    fn is_particle(&self, at: usize) -> bool {
        let verb = at.wrapping_sub(1);
        self.is_any(at, &[words::UP, words::DOWN])
            && self.is_lower_word(verb)
            && self.listed(verb, list::MOVES_WITH)
            && (self.listed(at + 1, list::DETERMINER)
                || self.is_lower_word(at + 1)
                    && !self.has(at + 1, role::FUNCTION | role::BOUND | role::ADVERB))
    }

    /// "put the jobless rate at 6.3 percent", "left its rate unchanged at 3 percent": what stands between verb and "at".
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
        });
        let named = (verb + 1..end).any(|at| !self.has(at, role::FUNCTION | role::ADVERB));
        (plain && named && !self.has(end - 1, role::FUNCTION)).then(|| self.span(verb + 1, end))
    }

    /// "raised its growth forecast to 3.2%", "cut prices by 5 percent": what was moved stands behind the verb.
    fn object(&self, verb: usize, figure: usize) -> Option<Span> {
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
            !(self.has(at, role::STARTS_ALONE) && self.often(at).is_none())
                && (self.is_word(at)
                    || self.is_digits(at)
                    || self.is(at, words::S)
                    || self.is(at, words::HYPHEN))
                && !self.has(at, role::BREAK)
                && !(self.has(at, role::VERB) && !self.is_verbal_noun(at))
        });
        let named = (first..stop).any(|at| self.is_word(at) && !self.has(at, role::FUNCTION | role::ADVERB));
        (stop > first && stop - first <= 8 && phrase && named && !self.has(first, role::ADVERB))
            .then(|| self.span(first, stop))
    }

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
        // "forecast a rise of 0.4 percent": the subject is not what rises.
        let bound = item.lead;
        let of = bound.wrapping_sub(1);
        if self.is(of, words::OF)
            && self.has(of.wrapping_sub(1), role::UP | role::DOWN)
            && self.listed(of.wrapping_sub(2), list::DETERMINER)
        {
            return None;
        }
        let mut verb = item.first;
        let mut steps = 0;
        // "Prices halved": the figure is the verb.
        let multiplies = item.rule == "multiple" && self.is_multiple(item.first);
        loop {
            if multiplies {
                break;
            }
            verb = verb.wrapping_sub(1);
            steps += 1;
            self.token(verb)?;
            let moves = verb < bound && bound - verb <= 4 && self.has(verb, role::UP | role::DOWN);
            if self.is_verb(verb)
                || steps <= 5 && self.is_present_change(verb)
                // "The stock advanced by 0.3%"
                || moves && self.text(verb).ends_with("ed") && !self.listed(verb.wrapping_sub(1), list::DETERMINER)
            {
                break;
            }
            // "was accused of using $50 million": the verb has a clause for its object.
            if self.is_lower_word(verb)
                && self.text(verb).ends_with("ing")
                && self
                    .is_any(verb.wrapping_sub(1), &[words::OF, words::FOR, words::BY, words::FROM, words::IN])
            {
                return None;
            }
            if let Some(object) = self.object(verb, item.first) {
                return Some(object);
            }
            // "as much as" has a word that begins clauses elsewhere.
            let stops = verb < bound && self.has(verb, role::BREAK)
                || self.is_any(verb, &[words::COMMA, words::SEMICOLON, words::COLON, words::OPEN]);
            if steps > 8 || stops {
                return None;
            }
        }
        if let Some(object) = self.object(verb, item.first) {
            return Some(object);
        }
        // "The state has injected $2 billion": what did something has not the figure for its size.
        if self.is_deed(verb, bound) {
            return None;
        }
        let mut end = verb;
        while verb - end < 12
            && self.has(end.wrapping_sub(1), role::ADVERB | role::VERB | role::FUTURE | role::FUNCTION)
            && self.is_lower_word(end.wrapping_sub(1))
            && !self.is_verbal_noun(end.wrapping_sub(1))
            // "The seven-day average stands at"
            && !(self.text(end.wrapping_sub(1)) == "average"
                && !self.has(end.wrapping_sub(2), role::FUNCTION | role::VERB))
        {
            end -= 1;
        }
        // "ratings typically stand at"
        while verb - end < 12 && end > self.start + 1 && self.is_manner(end - 1) {
            end -= 1;
        }
        // "in August it climbed up to 217": a pronoun is the subject.
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
        // "burned 12 hectares and is": the subject is told before.
        if (end..verb).any(|at| self.is_any(at, &[words::AND, words::BUT])) {
            return None;
        }
        // "Revenue of $4.1 billion topped": what the subject amounts to is not its name.
        let amounts =
            items.get(from..at).unwrap_or_default().iter().rev().take(3).find(|item| item.end == end);
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
        // "Orders, the group said, grew by 12 percent"
        if self.is(end.wrapping_sub(1), words::COMMA) {
            let comma = end.wrapping_sub(1);
            let inner =
                (2..11).map(|back| comma.wrapping_sub(back)).take_while(|at| self.token(*at).is_some());
            if let Some(open) = inner.into_iter().find(|at| self.is(*at, words::COMMA))
                && (open + 1..comma).any(|at| self.has(at, role::REPORT) || self.is_any(at, &RELATIVES))
            {
                end = open;
            }
        }
        if self.is_any(end.wrapping_sub(1), &[words::CLOSE, words::CLOSE_SQUARE]) {
            end = (1..12)
                .map(|back| end.wrapping_sub(back))
                .find(|at| self.is_any(*at, &[words::OPEN, words::OPEN_SQUARE]))?;
        }
        // A date in front ends where the subject begins.
        let dated = items
            .get(from..at)
            .unwrap_or_default()
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
        if let Some(time) =
            items.get(from..at).unwrap_or_default().iter().rev().take(4).find(|time| time.end == end)
        {
            first = time.first;
        }
        while end - first < 12 && first > dated {
            let before = first.wrapping_sub(1);
            let Some(token) = self.token(before) else { break };
            let word = token.is_word()
                // "Teachers' salaries"
                || matches!(self.text(before), "'" | "’")
                    && self.glued(before)
                    && crate::noun::plural(self.text(before.wrapping_sub(1)))
                || token.kind() == TokenKind::Symbol
                || self.is(before, words::HYPHEN)
                || token.has(token_flag::DIGIT);
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
                    && (self.has(before.wrapping_sub(1), role::VERB) || crate::noun::plural(self.text(before.wrapping_sub(1))))
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
        if end <= first || end - first >= 12 {
            return None;
        }
        // "A litre of petrol costs": the figure in front left its "of".
        if dated == first && self.is(first, words::OF) && first + 1 < end {
            first += 1;
        }
        // "people who own boats do": the words behind "who" are no subject.
        if self.is_any(first.wrapping_sub(1), &[hash_lowered("who"), words::WHICH]) {
            return None;
        }
        // "So Mr. Olden is worth": what only joins the sentence to the one before.
        while first + 1 < end && self.listed(first, list::OPENER) {
            first += 1;
        }
        if self.listed(first, list::NO_SUBJECT) || self.is_any(first, &[words::TO, words::AT]) {
            return None;
        }
        // "who were residing at their new property"
        if self.is_lower_word(first)
            && self.text(first).ends_with("ing")
            && self.is_any(first + 1, &[words::AT, words::IN, words::ON])
        {
            return None;
        }
        let named = (first..end).any(|at| self.is_word(at) && !self.has(at, role::FUNCTION | role::ADVERB));
        let joined = self.is(first + 1, words::HYPHEN) && self.glued(first + 1);
        let dated = self.has(first, role::RELATIVE | role::WEEKDAY) && !joined;
        // "Norland’ s imports": careless blanks.
        let mut first = first;
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

    /// Whether what leads to a figure tells a deed and no level: "has injected $2 billion", "was fined $300", "had to choose from 80".
    fn is_deed(&self, verb: usize, bound: usize) -> bool {
        let participle = bound.wrapping_sub(1);
        let auxiliary = self.text(verb);
        if participle > verb && self.is_lower_word(participle) {
            let done = self.text(participle).ends_with("ed")
                && !self.has(participle, role::VERB | role::UP | role::DOWN | role::ADVERB | role::FLAT)
                && !self.listed(participle, list::WORTH | list::MOVER);
            let took = matches!(
                self.text(participle),
                "taken"
                    | "spent"
                    | "paid"
                    | "sent"
                    | "bought"
                    | "sold"
                    | "given"
                    | "built"
                    | "made"
                    | "won"
                    | "drawn"
                    | "put"
            );
            if (done || took) && matches!(auxiliary, "has" | "have" | "had")
                || matches!(auxiliary, "was" | "were" | "is" | "are" | "been" | "be")
                    && self.listed(participle, list::RECEIVING)
            {
                return true;
            }
        }
        // What stands behind "to" has an object of its own.
        (verb + 1..bound.saturating_sub(1)).any(|at| {
            let deed = at + 1 + usize::from(self.has(at + 1, role::ADVERB));
            self.is(at, words::TO)
                && deed < bound
                && self.is_lower_word(deed)
                && !self.has(deed, role::VERB | role::UP | role::DOWN | role::FUNCTION | role::BOUND)
                && !self.listed(deed, list::BASE | list::MOVER | list::DETERMINER | list::WORTH)
                && !crate::noun::plural(self.text(deed))
        })
    }

    /// An adverb of manner in front of a verb.
    pub(crate) fn is_manner(&self, at: usize) -> bool {
        let text = self.text(at);
        self.is_lower_word(at)
            && text.ends_with("ly")
            && !matches!(
                text,
                "family" | "supply" | "assembly" | "monopoly" | "anomaly" | "ally" | "rally" | "reply"
            )
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

    /// Whether a word is a verb that has a subject: "lost", or "-ed" in front of a determiner.
    fn is_finite(&self, at: usize) -> bool {
        if !self.is_lower_word(at) {
            return false;
        }
        if self.listed(at, list::FINITE) {
            return !self.has(at.wrapping_sub(1), role::FUNCTION & !role::BREAK)
                || self.is_any(at.wrapping_sub(1), &RELATIVES)
                || !self.is_any(at.wrapping_sub(1), &[words::THE, words::A, words::AN]);
        }
        let text = self.text(at);
        text.ends_with("ed") && text.len() > 4 && self.listed(at + 1, list::DETERMINER)
    }

    /// "profit before tax", "earnings before interest".
    fn before_tax(&self, at: usize) -> bool {
        self.is(at, words::BEFORE) && matches!(self.text(at + 1), "tax" | "taxes" | "interest" | "items")
    }

    /// Whether an "and" joins nouns of one subject: no verb stands before it in its clause.
    fn joins_nouns(&self, and: usize) -> bool {
        const PRONOUNS: [&str; 9] = ["I", "he", "she", "they", "we", "it", "you", "that", "this"];
        if !self.is(and, words::AND) || PRONOUNS.contains(&self.text(and + 1)) {
            return false;
        }
        for at in (1..10).map(|back| and.wrapping_sub(back)) {
            let Some(token) = self.token(at) else { return true };
            if token.has(token_flag::DIGIT) || self.has(at, role::VERB | role::REPORT | role::FUTURE) {
                return false;
            }
            if !token.is_word() && token.kind() != TokenKind::Symbol
                || self.has(at, role::BREAK)
                || self.listed(at, list::TOLD)
            {
                return at != and.wrapping_sub(1);
            }
        }
        false
    }
}
