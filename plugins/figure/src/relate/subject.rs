//! The subject of the verb that leads to a figure: what is measured, if it precedes the figure.

use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{Span, TokenKind, hash_lowered};

use crate::item::Item;
use crate::origin::Form;
use crate::relate::lead::Lead;
use crate::relate::{aside, lead, noun_list};
use crate::sentence::forms::plural;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::verbs::RELATIVES;
use crate::sentence::vocabulary::role;
use crate::sentence::{multiples, verbs, words};

/// The maximum number of tokens between the verb of a clause and the "and" of the next one.
const LONGEST_CLAUSE: usize = 14;

/// "At 9.1%, inflation is …": the subject of the clause that the figure opens.
pub(crate) fn subject_after(scope: &Scope<'_>, item: &Item) -> Option<Span> {
    let first = item.end + 1;
    let at = item.first.wrapping_sub(1);
    let verb = (first + 1..first + 9).find(|at| verbs::is_verb(scope, *at))?;
    let phrase = (first..verb).all(|at| scope.is_word(at) && !scope.has(at, role::BREAK));
    (at == scope.start && phrase).then(|| scope.span(first, verb))
}

/// The subject before the verb that leads to the figure.
pub(crate) fn subject(scope: &Scope<'_>, items: &[Item], from: usize, at: usize) -> Option<Span> {
    let item = items.get(at)?;
    if let Some(object) = lead::put_at(scope, item) {
        return Some(object);
    }
    let verb = match lead::lead(scope, item)? {
        Lead::Object(object) => return Some(object),
        Lead::Verb(verb) => verb,
    };
    let earlier = items.get(from..at).unwrap_or_default();
    let end = subject_end(scope, earlier, verb)?;
    let (first, dated) = subject_start(scope, item, earlier, end)?;
    trimmed(scope, first, end, dated)
}

/// The end of the subject of the verb at a token; `earlier` are the figures before.
fn subject_end(scope: &Scope<'_>, earlier: &[Item], verb: usize) -> Option<usize> {
    end_of_subject(scope, earlier, verb, false)
}

/// The verb of the clause that an "and" continues.
fn verb_before(scope: &Scope<'_>, and: usize) -> Option<usize> {
    let clause = (2..LONGEST_CLAUSE).map(|back| and.wrapping_sub(back)).take_while(|at| {
        scope.token(*at).is_some() && !scope.is(*at, words::COMMA) && !scope.has(*at, role::BREAK)
    });
    clause.into_iter().find(|at| verbs::is_verb(scope, *at))
}

/// `joined` means that an "and" led to the verb, so that no other one is followed.
fn end_of_subject(scope: &Scope<'_>, earlier: &[Item], verb: usize, joined: bool) -> Option<usize> {
    let mut end = verb;
    // "The seven-day average stands at"
    let average = |at: usize| {
        scope.text(at) == "average" && !scope.has(at.wrapping_sub(1), role::FUNCTION | role::VERB)
    };
    // "is forecast to be"
    let forecast = |at: usize| scope.text(at) == "forecast" && scope.has(at.wrapping_sub(1), role::VERB);
    let passes = |at: usize| {
        forecast(at)
            || scope.has(at, role::ADVERB | role::VERB | role::FUTURE | role::FUNCTION)
                && scope.is_lower_word(at)
                && !verbs::is_verbal_noun(scope, at)
                && !average(at)
    };
    // "ratings typically stand at", "could potentially be"
    let manner = |at: usize| at > scope.start && verbs::is_manner(scope, at);
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
    if (end..verb).any(|at| scope.is_any(at, &PRONOUNS)) {
        return None;
    }
    // "burned 12 hectares and is": the subject is given before.
    if let Some(joint) = (end..verb).find(|at| scope.is_any(*at, &[words::AND, words::BUT])) {
        let main = verb_before(scope, joint)
            .filter(|_| !joined && (1..=2).any(|ahead| verbs::is_verb(scope, joint + ahead)))?;
        return end_of_subject(scope, earlier, main, true);
    }
    // "Revenue of $4.1 billion topped": the amount is not part of the subject's name.
    let amounts = earlier.iter().rev().take(3).find(|item| item.end == end);
    if let Some(amount) = amounts
        && !amount.is_time()
        && scope.is(amount.lead.wrapping_sub(1), words::OF)
    {
        end = amount.lead.wrapping_sub(1);
    }
    // "four countries - Japan and three others - will grow"
    let dash = |at: usize| scope.is_dash(at) && !(scope.glued(at) && scope.glued(at + 1));
    if dash(end.wrapping_sub(1)) {
        let close = end.wrapping_sub(1);
        end = (1..20).map(|back| close.wrapping_sub(back)).find(|at| dash(*at))?;
    }
    // "Orders, the group said, grew by 12 percent", "Exports, however, rose"
    if let Some(open) = aside::aside(scope, end.wrapping_sub(1)) {
        end = open;
    }
    if scope.is_any(end.wrapping_sub(1), &[words::CLOSE, words::CLOSE_SQUARE]) {
        end = (1..12)
            .map(|back| end.wrapping_sub(back))
            .find(|at| scope.is_any(*at, &[words::OPEN, words::OPEN_SQUARE]))?;
    }
    Some(end)
}

/// The token where a subject that ends before `end` begins, and the end of the figure that cut it off.
fn subject_start(scope: &Scope<'_>, item: &Item, earlier: &[Item], end: usize) -> Option<(usize, usize)> {
    let multiplies = item.origin.form == Form::Multiple && multiples::is_multiple(scope, item.first);
    // A date before it ends where the subject begins.
    let dated = earlier
        .iter()
        .rev()
        .take(4)
        // "the city's eight remaining casinos": a count is part of the phrase.
        .filter(|item| (item.is_time() || item.kind != FigureKind::Count) && !is_inside_phrase(scope, item))
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
        let Some(token) = scope.token(before) else { break };
        let word = token.is_word()
            // "Teachers' salaries"
            || matches!(scope.text(before), "'" | "’")
                && scope.glued(before)
                && plural(scope.text(before.wrapping_sub(1)))
            || token.kind() == TokenKind::Symbol
            || scope.is(before, words::HYPHEN)
            || token.has(token_flag::DIGIT);
        if noun_list::lists_nouns(scope, before, end) {
            first = before;
            continue;
        }
        if verbs::is_finite(scope, before) {
            // "those who lost their boats were": the object of the clause inside.
            let clause = scope.is_any(before.wrapping_sub(1), &RELATIVES);
            if clause && !scope.listed(before, list::THAT_CLAUSE) {
                return None;
            }
            break;
        }
        if !word
            || multiplies && (scope.listed(before, list::NO_SUBJECT) || scope.is(before, hash_lowered("with")))
            || scope.has(before, role::BREAK) && !verbs::joins_nouns(scope, before) && !verbs::before_tax(scope, before)
            || scope.is(before, words::SINCE) && first < end
            || scope.listed(before, list::CLAUSE)
            || scope.listed(before, list::THAT_CLAUSE) && (scope.is_lower_word(before) || before > scope.start)
            // "had forecast inflation to slow"
            || scope.is(before, hash_lowered("forecast"))
                && (scope.has(before.wrapping_sub(1), role::VERB) || plural(scope.text(before.wrapping_sub(1))))
            || scope.is_any(before, &[words::AND, words::SO])
                && scope.has(before.wrapping_sub(1), role::VERB)
            || scope.has(before, role::VERB | role::REPORT)
                && scope.is_lower_word(before)
                && !verbs::is_verbal_noun(scope, before)
        {
            break;
        }
        first = before;
    }
    (end > first && end - first < 12).then_some((first, dated))
}

/// A subject without words that only join its sentence to others; `None` if nothing is left.
fn trimmed(scope: &Scope<'_>, mut first: usize, end: usize, dated: usize) -> Option<Span> {
    // "A litre of petrol costs": the figure before it left its "of".
    if dated == first && scope.is(first, words::OF) && first + 1 < end {
        first += 1;
    }
    // "people who own boats do": the words after "who" are not a subject.
    if scope.is_any(first.wrapping_sub(1), &[hash_lowered("who"), words::WHICH]) {
        return None;
    }
    // "(Agency) - Trade fell"
    while first + 1 < end && scope.is_dash(first) {
        first += 1;
    }
    // "So Mr. Olden is worth": a word that only joins the sentence to the one before.
    while first + 1 < end && scope.listed(first, list::OPENER) {
        first += 1;
    }
    if scope.listed(first, list::NO_SUBJECT) || scope.is_any(first, &[words::TO, words::AT]) {
        return None;
    }
    // "who were living at their farms"
    if scope.is_lower_word(first)
        && scope.text(first).ends_with("ing")
        && scope.has(first + 1, role::FUNCTION)
    {
        return None;
    }
    let named = (first..end).any(|at| scope.is_word(at) && !scope.has(at, role::FUNCTION | role::ADVERB));
    let joined = scope.is(first + 1, words::HYPHEN) && scope.glued(first + 1);
    let dated = scope.has(first, role::RELATIVE | role::WEEKDAY) && !joined;
    // "Norland’ s imports": careless blanks.
    if scope.text(first) == "s" && matches!(scope.text(first.wrapping_sub(1)), "’" | "'") {
        first = first.wrapping_sub(2);
        scope.token(first).filter(|token| token.is_word())?;
    }
    let torn = scope.token(first).is_some_and(|token| token.has(token_flag::CLITIC));
    // A span that begins with a preposition is the rest of a phrase that was cut.
    let cut = scope.has(first, role::FUNCTION)
        && scope.has(first, role::MONTH_CLUE)
        && !scope.is(first, words::THIS)
        || scope.is(first, words::FOLLOWING);
    (named && !dated && !torn && !cut).then(|| scope.span(first, end))
}

/// "the 10-year note", "wheat for July delivery": a figure that is an attribute inside a noun phrase.
fn is_inside_phrase(scope: &Scope<'_>, item: &Item) -> bool {
    let (before, after) = (item.first.wrapping_sub(1), item.end);
    let noun = scope.is_lower_word(after)
        && !scope
            .has(after, role::FUNCTION | role::VERB | role::BREAK | role::REPORT | role::UP | role::DOWN);
    let joined = !item.is_time() && (item.first..item.end).any(|at| scope.is(at, words::HYPHEN));
    noun && (scope.listed(before, list::DETERMINER)
        || joined
        || scope.is(before, words::S)
        || scope.is(before, words::FOR) && scope.is_word(before.wrapping_sub(1)))
}
