//! Which clause each phrase of a sentence is in.
//!
//! Words between commas, after "which", or after a participle are a clause of their own here, although a grammar would
//! call some of these phrases: the dates and figures inside them belong to one another, not to the words around.

use crate::relate::phrases::{Kind, Phrases};
use crate::sentence::words;

/// The clause of each phrase, by number.
pub(super) struct Clauses {
    of: Vec<u8>,
    /// Whether a clause continues the sentence's first one: "… and rents fell".
    main: Vec<bool>,
}

/// What ends an open clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The next comma.
    Comma,
    /// The closing bracket.
    Bracket,
    /// The end of the sentence, or the start of another clause.
    Next,
}

impl Clauses {
    /// The clauses of a sentence.
    pub(super) fn of(phrases: &Phrases<'_>) -> Self {
        let mut clauses = Self { of: Vec::with_capacity(phrases.len()), main: vec![true] };
        // The open clauses, and what ends each; the last one is the innermost.
        let mut open: Vec<(u8, End)> = vec![(0, End::Next)];
        for place in 0..phrases.len() {
            let kind = phrases.kind(place);
            let mut closes = false;
            match kind {
                Kind::Close => {
                    while open.len() > 1 && open.last().is_some_and(|(_, ends)| *ends != End::Bracket) {
                        open.pop();
                    }
                    if open.len() > 1 {
                        open.pop();
                    }
                }
                Kind::Comma if open.len() > 1 && open.last().is_some_and(|(_, ends)| *ends == End::Comma) => {
                    open.pop();
                    closes = true;
                }
                _ => {}
            }
            let around = Around { outermost: open.len() == 1, closes };
            if let Some((ends, main)) = begins(phrases, place, around) {
                // A clause of the same rank ends the one before.
                if ends == End::Next {
                    open.truncate(1);
                    open.pop();
                }
                let id = u8::try_from(clauses.main.len()).unwrap_or(u8::MAX);
                clauses.main.push(main);
                open.push((id, ends));
            }
            let id = open.last().map_or(0, |(id, _)| *id);
            clauses.of.push(id);
        }
        clauses
    }

    /// Whether two phrases are in one clause.
    pub(super) fn together(&self, a: usize, b: usize) -> bool {
        self.of.get(a) == self.of.get(b)
    }

    /// Whether a phrase is in a main clause.
    pub(super) fn is_main(&self, place: usize) -> bool {
        self.of.get(place).and_then(|id| self.main.get(usize::from(*id))).copied().unwrap_or(true)
    }
}

/// Where a phrase stands.
#[derive(Clone, Copy)]
struct Around {
    /// No clause is open inside the sentence's own.
    outermost: bool,
    /// It is the comma that ends a clause: the verb after it is that of the clause around.
    closes: bool,
}

/// What ends the clause that begins with a phrase, and whether it is a main clause; `None` if none begins.
fn begins(phrases: &Phrases<'_>, place: usize, around: Around) -> Option<(End, bool)> {
    let scope = phrases.scope;
    let word = |place: usize| phrases.get(place).map_or(0, |phrase| phrase.first);
    match phrases.kind(place) {
        Kind::Open => Some((End::Bracket, false)),
        Kind::Relative => Some((End::Comma, false)),
        // "because prices rose"; "said that prices rose" is the statement of the sentence.
        Kind::Subordinator => {
            Some((if place == 0 { End::Comma } else { End::Next }, scope.is(word(place), words::THAT)))
        }
        Kind::Break if place + 1 < phrases.len() => Some((End::Next, true)),
        // "Founded in 1987, the company"
        Kind::Participle if place == 0 => Some((End::Comma, false)),
        Kind::Comma => {
            let next = place + 1;
            let hanging = phrases.kind(next) == Kind::Participle
                || scope.is_any(
                    word(next),
                    &[words::UP, words::DOWN, words::AGAINST, words::COMPARED, words::VERSUS],
                );
            if hanging {
                return Some((End::Comma, false));
            }
            // "The project, due to be finished in 2024, is"
            let noun = place.checked_sub(1).is_some_and(|before| phrases.kind(before) == Kind::Noun);
            // "The brewery, founded in 1894, employs": a verb right after the subject's comma, which taggers take for a past tense.
            let founded =
                !around.closes && phrases.kind(next) == Kind::Finite && !phrases.has_finite_before(place);
            (around.outermost && noun && (founded || phrases.interrupts(place)))
                .then_some((End::Comma, false))
        }
        // "and rents fell": a subject and its verb, after a clause that has its own; not "trade between Norland and Orbel rose".
        Kind::Conjunction => {
            let subject = phrases.is(place + 1, &[Kind::Noun, Kind::Pronoun])
                && phrases.finite_ahead(place + 2)
                && phrases.has_more_than_nouns(place);
            subject.then_some((End::Next, true))
        }
        _ => None,
    }
}

impl Phrases<'_> {
    /// Whether a finite verb follows before the clause ends: adverbs and prepositional phrases may be between.
    fn finite_ahead(&self, place: usize) -> bool {
        (place..place + 6)
            .map(|place| self.kind(place))
            .take_while(|kind| {
                !matches!(
                    kind,
                    Kind::Comma | Kind::Break | Kind::Conjunction | Kind::Relative | Kind::Amount(_)
                )
            })
            .any(|kind| kind == Kind::Finite)
    }

    /// Whether the clause so far is more than nouns, prepositions and dates, and so may be complete.
    fn has_more_than_nouns(&self, place: usize) -> bool {
        let clause = (0..place).rev().map(|place| self.kind(place));
        let mut clause = clause.take_while(|kind| !matches!(kind, Kind::Break | Kind::Open));
        clause.any(|kind| {
            !matches!(
                kind,
                Kind::Noun
                    | Kind::Preposition
                    | Kind::Time(_)
                    | Kind::Comma
                    | Kind::Conjunction
                    | Kind::Genitive
                    | Kind::Other
            )
        })
    }

    /// Whether the words after a comma end with another comma before the verb of its clause, and have no verb themselves.
    fn interrupts(&self, comma: usize) -> bool {
        let close = (comma + 2..comma + 12)
            .take_while(|place| !self.is(*place, &[Kind::Break, Kind::Finite]))
            .find(|place| self.kind(*place) == Kind::Comma);
        close.is_some_and(|close| {
            let after = close + 1 + usize::from(self.kind(close + 1) == Kind::Adverb);
            // No verb precedes: the words interrupt a subject, not a list.
            self.kind(after) == Kind::Finite && !self.has_finite_before(comma)
        })
    }

    /// Whether a finite verb stands between a phrase and the comma or clause before it.
    fn has_finite_before(&self, place: usize) -> bool {
        (0..place)
            .rev()
            .take_while(|place| !self.is(*place, &[Kind::Break, Kind::Comma]))
            .any(|place| self.is(place, &[Kind::Finite]))
    }
}
