//! The hashes by which names are told to be of one thing.

use std::ops::Range;

use copydesk_core::hash_lower;
use copydesk_core::layers::EntityKind;

use crate::reader::Reader;
use crate::tables::{Listed, cue, extend};

/// Families beside those of `family`, for other keys than whole names.
pub(crate) const PEOPLE_BY_ENDS: u8 = 100;
pub(crate) const ORGANISATIONS_BY_CORE: u8 = 101;
pub(crate) const PEOPLE_BY_TAIL: u8 = 102;
pub(crate) const PLACES_BY_CITY: u8 = 103;
pub(crate) const PLACES_BY_CORE: u8 = 104;
pub(crate) const ANY: u8 = 105;

/// The hash of a person's first and last word.
pub(crate) fn ends_of(reader: &Reader<'_>, tokens: &Range<usize>) -> u64 {
    extend(extend(0, plain(reader, tokens.start)), plain(reader, tokens.end - 1))
}

/// An organisation's name without the country in front and the legal form behind: "Foreign Ministry", "Nordvik".
pub(crate) fn core_of(reader: &Reader<'_>, tokens: &Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = tokens.clone();
    if end - start > 1 && is_the(reader, start) {
        start += 1;
    }
    if end - start > 1 && reader.has(end - 1, cue::LEGAL_FORM) {
        end -= 1;
    }
    let country = matches!(reader.listed(start..start + 1), Some(Listed::Country(_) | Listed::Demonym(_)));
    if end - start > 2 && country {
        start += 1;
    }
    start..end
}

fn is_the(reader: &Reader<'_>, at: usize) -> bool {
    const THE: u64 = copydesk_core::hash_lowered("the");
    reader.token(at).hash() == THE
}

/// The tail ends of an organisation's name that may stand for it: "Intelligence Committee" of "House Intelligence
/// Committee". What stands behind "of" names no organisation.
pub(crate) fn tails<'r>(
    reader: &'r Reader<'_>,
    tokens: &Range<usize>,
) -> impl Iterator<Item = Range<usize>> + 'r {
    let end = tokens.end;
    tail_starts(tokens).take_while(|&at| reader.is_capitalized(at)).map(move |at| at..end)
}

/// The tail ends of a person's name that may be a surname of several words: "Ruiz Soto", "al-Jabiri", "van der Velde".
pub(crate) fn surnames<'r>(
    reader: &'r Reader<'_>,
    tokens: &Range<usize>,
) -> impl Iterator<Item = Range<usize>> + 'r {
    let end = tokens.end;
    let may_open = |&at: &usize| reader.is_capitalized(at) || reader.has(at, cue::PARTICLE);
    tail_starts(tokens).filter(may_open).map(move |at| at..end)
}

/// Where tails of two words and more may begin; not in the midst of the longest names.
fn tail_starts(tokens: &Range<usize>) -> Range<usize> {
    tokens.start + 1..tokens.end.saturating_sub(1).min(tokens.start + 6)
}

/// A place's name without the word for what it is: "Orkla" of "Orkla River". "Black" of "Black Sea" would say nothing, and
/// "Victoria" of "Lake Victoria" something else.
pub(crate) fn place_core(reader: &Reader<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let core = tokens.start..tokens.end - 1;
    let stands = !core.is_empty()
        && reader.has(tokens.end - 1, cue::PLACE_END)
        && !reader.has(tokens.start, cue::COMMON | cue::STOP)
        && reader.listed(core.clone()).is_none();
    stands.then_some(core)
}

/// The GeoNames id of the largest city of this name: "Kiev" and "Kyiv" have one.
pub(crate) fn city_of(reader: &Reader<'_>, tokens: &Range<usize>) -> Option<u64> {
    let name = tokens.clone().fold(0, |name, at| extend(name, reader.token(at).hash()));
    reader.tables.cities(name).first().map(|city| u64::from(city.geonames))
}

/// Kinds that are easily taken for one another share names.
pub(crate) fn family(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Group => 1,
        EntityKind::Location | EntityKind::Facility => 2,
        _ => 3,
    }
}

/// The hash of a name's words.
pub(crate) fn form_of(reader: &Reader<'_>, tokens: &Range<usize>) -> u64 {
    tokens.clone().fold(0, |form, at| extend(form, plain(reader, at)))
}

/// The hash of a word without its diacritics: "Bogotá" and "Bogota" are one.
pub(crate) fn plain(reader: &Reader<'_>, at: usize) -> u64 {
    let token = reader.token(at);
    if !token.has(copydesk_core::segment::token_flag::NON_ASCII) {
        return token.hash();
    }
    let folded: String =
        reader.text(at).chars().map(|letter| fold_letter(letter).unwrap_or(letter)).collect();
    hash_lower(&folded)
}

/// The letter without its mark, for the Latin letters of European names.
fn fold_letter(letter: char) -> Option<char> {
    const FOLDS: [(&str, char); 22] = [
        ("àáâãäåāăą", 'a'),
        ("ÀÁÂÃÄÅĀĂĄ", 'A'),
        ("çćĉċč", 'c'),
        ("ÇĆĈĊČ", 'C'),
        ("ďđ", 'd'),
        ("èéêëēĕėęě", 'e'),
        ("ÈÉÊËĒĔĖĘĚ", 'E'),
        ("ĝğġģ", 'g'),
        ("ìíîïĩīĭįı", 'i'),
        ("ÌÍÎÏİ", 'I'),
        ("łľĺ", 'l'),
        ("Ł", 'L'),
        ("ñńņň", 'n'),
        ("òóôõöøōŏő", 'o'),
        ("ÒÓÔÕÖØŌŐ", 'O'),
        ("ŕřŗ", 'r'),
        ("śŝşšș", 's'),
        ("ŚŞŠȘ", 'S'),
        ("ťţț", 't'),
        ("ùúûüũūŭůű", 'u'),
        ("ýÿ", 'y'),
        ("źżžŹŻŽ", 'z'),
    ];
    FOLDS.iter().find(|(letters, _)| letters.contains(letter)).map(|(_, plain)| *plain)
}

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

/// Whether the name in brackets is a short form of the one in front: its letters occur there in order, the first one first.
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
