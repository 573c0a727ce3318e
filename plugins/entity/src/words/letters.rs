//! Acronyms and the names that they abbreviate.

use std::ops::Range;

use crate::tables::extend;
use crate::words::Reader;

/// The hash of the first letters of a name's capitalised words.
pub(crate) fn initials(reader: &Reader<'_>, tokens: &Range<usize>) -> u64 {
    letters(initial_letters(reader, tokens))
}

/// The first letters of a name's capitalised words.
pub(crate) fn initial_letters(reader: &Reader<'_>, tokens: &Range<usize>) -> impl Iterator<Item = char> {
    first_letters(reader, tokens).filter(|letter| letter.is_uppercase())
}

fn first_letters(reader: &Reader<'_>, tokens: &Range<usize>) -> impl Iterator<Item = char> {
    tokens.clone().filter_map(|at| reader.text(at).chars().next())
}

/// The hash of the first letters of all words of a name, as capitals: "DOJ" has the "of".
pub(crate) fn all_initials(reader: &Reader<'_>, tokens: &Range<usize>) -> u64 {
    letters(first_letters(reader, tokens).map(|first| first.to_ascii_uppercase()))
}

/// The hash of an acronym's letters, without its full stops.
pub(crate) fn acronym(reader: &Reader<'_>, tokens: &Range<usize>) -> u64 {
    letters(reader.text(tokens.start).chars().filter(|letter| letter.is_uppercase()))
}

fn letters(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |hash, letter| extend(hash, u64::from(u32::from(letter))))
}

/// Whether the small letters of an acronym come from the same words of a name as its capitals: "AfDB" is the African, not the
/// Asian Development Bank.
pub(crate) fn spells(reader: &Reader<'_>, acronym: usize, name: &Range<usize>) -> bool {
    let mut words = name.clone().map(|at| reader.text(at));
    let mut word = "".chars();
    reader.text(acronym).chars().filter(|letter| letter.is_alphabetic()).all(|letter| {
        if letter.is_uppercase() {
            let next = words.find(|word| word.starts_with(letter));
            word = next.unwrap_or("").chars();
            word.next().is_some()
        } else {
            // A small letter may represent a small word too, "DoJ".
            word.any(|other| other == letter) || words.next().is_some_and(|word| word.starts_with(letter))
        }
    })
}

/// Whether the name in brackets is a short form of the one before: its letters occur there in order, beginning with the first.
pub(crate) fn abbreviates(reader: &Reader<'_>, short: Range<usize>, long: &Range<usize>) -> bool {
    if short.len() != 1 || long.len() < 2 {
        return false;
    }
    let span = reader.doc.token_span(long.start, long.end);
    let mut text = reader.doc.slice(span).chars().map(|letter| letter.to_ascii_lowercase());
    let mut short = reader.text(short.start).chars().filter(|letter| letter.is_alphabetic());
    let (Some(first_long), Some(first_short)) = (text.next(), short.next()) else { return false };
    first_long == first_short.to_ascii_lowercase()
        && short.all(|letter| text.any(|other| other == letter.to_ascii_lowercase()))
}
