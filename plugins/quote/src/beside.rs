//! Words in quotation marks next to any verb and its subject: "…," grumbled Mr Berg. The models know a thousand cues;
//! journalists use more.

use std::ops::Range;

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, DocumentView};

use crate::frames::noun_phrase;
use crate::marks::Marked;
use crate::speaker::is_person;

/// A stretch in marks with the verb and the subject next to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Beside {
    /// Index of the marked stretch.
    pub(crate) marked: usize,
    /// The token of the verb.
    pub(crate) verb: usize,
    /// The tokens of the subject.
    pub(crate) speaker: Range<usize>,
}

/// Fewer words than this in marks are a nickname, a title or scare quotes, whatever stands next to them.
const FEWEST: usize = 2;
/// The maximum number of words of a subject before its verb.
const LONGEST: usize = 8;

/// A quote with a verb next to it, for a marked stretch that is not part of another quote.
pub(crate) fn find(doc: &DocumentView<'_>, marked: &[Marked], place: usize) -> Option<Beside> {
    let stretch = &marked[place];
    if !stretch.closed || stretch.content().len() < FEWEST {
        return None;
    }
    after(doc, stretch).or_else(|| before(doc, stretch)).map(|(verb, speaker)| Beside {
        marked: place,
        verb,
        speaker,
    })
}

/// `"…," grumbled Mr Berg`, `"…," Mr Berg grumbled`: words that end in a comma, `?` or `!` are said by the name that follows.
fn after(doc: &DocumentView<'_>, stretch: &Marked) -> Option<(usize, Range<usize>)> {
    let tokens = doc.tokens();
    let word = |at: usize| tokens.get(at).map_or("", |token| doc.slice(token.span()));
    let last = stretch.content().end.checked_sub(1)?;
    let mut next = stretch.tokens.end;
    let comma_after = word(next) == ",";
    if !(comma_after || matches!(word(last), "," | "?" | "!" | "…" | "—" | "–" | "-")) {
        return None;
    }
    next += usize::from(comma_after);
    let paragraph_end = |at: usize| tokens.get(at).is_none_or(|token| token.has(flag::LINE_START));
    if paragraph_end(next) {
        return None;
    }
    // Taggers take many of these verbs for participles or nouns; a single word between marks and a name has no other reading.
    let single = tokens.get(next).is_some_and(|token| token.case() == Case::Lower)
        && tokens.get(next + 1).is_some_and(|token| token.is_capitalized())
        && doc.parts_of_speech().get(next).is_some_and(|tag| {
            tag.is_verb() || matches!(tag, Pos::Noun | Pos::Adjective) && word(next).ends_with("ed")
        });
    if is_narrated(doc, next) || single {
        let speaker = noun_phrase(doc, next + 1, tokens.len())?;
        return names_somebody(doc, &speaker).then_some((next, speaker));
    }
    let speaker = noun_phrase(doc, next, tokens.len().min(next + LONGEST))?;
    (is_narrated(doc, speaker.end) && names_somebody(doc, &speaker)).then_some((speaker.end, speaker))
}

/// `Mr Berg grumbled: "…"`, `Mr Berg grumbled, "…"`
fn before(doc: &DocumentView<'_>, stretch: &Marked) -> Option<(usize, Range<usize>)> {
    let tokens = doc.tokens();
    let mark = stretch.tokens.start.checked_sub(1)?;
    if !matches!(doc.slice(tokens.get(mark)?.span()), "," | ":") {
        return None;
    }
    let capital = tokens.get(stretch.content().start).is_some_and(|token| token.is_capitalized());
    let verb = mark.checked_sub(1).filter(|at| is_narrated(doc, *at) && capital)?;
    let sentence = tokens.get(verb)?.sentence();
    let first = (verb.saturating_sub(LONGEST)..verb).find(|at| {
        tokens[*at].sentence() == sentence
            && noun_phrase(doc, *at, verb).is_some_and(|phrase| phrase == (*at..verb))
    })?;
    names_somebody(doc, &(first..verb)).then_some((verb, first..verb))
}

/// A finite verb in the past tense or the third person, as narrators use.
fn is_narrated(doc: &DocumentView<'_>, at: usize) -> bool {
    matches!(doc.parts_of_speech().get(at), Some(Pos::VerbPast | Pos::VerbThird))
        && doc.tokens().get(at).is_some_and(|token| token.is_word() && !token.is_capitalized())
}

/// A name or "he", "she", "they": other subjects do many things next to words in marks.
pub(crate) fn names_somebody(doc: &DocumentView<'_>, words: &Range<usize>) -> bool {
    let tags = doc.parts_of_speech();
    // "defended our Constitution"
    let owned = tags.get(words.start) == Some(Pos::PronounPossessive)
        && !doc.mentions_in(doc.token_span(words.start, words.end)).any(|mention| is_person(doc, &mention));
    let mut names = words.clone().filter(|at| {
        matches!(tags.get(*at), Some(Pos::ProperNoun | Pos::ProperNounPlural))
            || doc.tokens().get(*at).is_some_and(|token| {
                token.is_capitalized()
                    && !token.has(flag::SENTENCE_START)
                    && tags.get(*at).is_some_and(Pos::is_noun)
            })
    });
    let pronoun = words.len() == 1
        && doc.tokens().get(words.start).is_some_and(|token| {
            matches!(doc.slice(token.span()).to_ascii_lowercase().as_str(), "he" | "she" | "they")
        });
    pronoun || !owned && names.next().is_some()
}
