//! Keys of names: names that may refer to one thing share one of these hashes.

use std::ops::Range;

use copydesk_core::layers::EntityKind;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, hash_lower, hash_lowered, spelling};

use crate::tables::{Listed, cue, extend, thing};
use crate::words::Reader;

/// Families, in addition to those of `family`, for keys other than whole names.
pub(crate) const ORGANISATIONS_BY_CORE: u8 = 101;
pub(crate) const PEOPLE_BY_TAIL: u8 = 102;
pub(crate) const PLACES_BY_CITY: u8 = 103;
pub(crate) const PLACES_BY_CORE: u8 = 104;
pub(crate) const ANY: u8 = 105;
pub(crate) const MINISTRIES_BY_PURPOSE: u8 = 106;

/// A person's name without the title that the model included and without the generation after it: "Nigel Berg" of
/// "Sir Nigel Berg", "Olaf Berg" of "Olaf Berg Jr.".
pub(crate) fn person_core(reader: &Reader<'_>, tokens: &Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = tokens.clone();
    let title = |at: usize| reader.has(at, cue::HONORIFIC) && !reader.has(at, cue::GIVEN);
    if end - start > 1 && (title(start) || reader.has_flag(start, thing::HE | thing::SHE)) {
        start += 1;
    }
    // "Charles III" needs his number.
    let alone = if reader.has_flag(end - 1, thing::NUMBERED) { 2 } else { 1 };
    if end - start > alone && reader.has_flag(end - 1, thing::GENERATION) {
        end -= 1;
        if end - start > 1 && reader.text(end - 1) == "," {
            end -= 1;
        }
    }
    start..end
}

/// A person's name without the abbreviated title that the model included: "Ted Berg" of "Sen. Ted Berg".
pub(crate) fn untitled(reader: &Reader<'_>, tokens: &Range<usize>) -> Range<usize> {
    let first = tokens.start;
    let title = tokens.len() > 1
        && reader.token(first).has(flag::ABBREVIATION)
        && reader.has(first, cue::HONORIFIC | cue::ROLE);
    first + usize::from(title)..tokens.end
}

/// What distinguishes a person from a parent with the same name, if the name has it: "Jr.", "III".
pub(crate) fn generation(reader: &Reader<'_>, tokens: &Range<usize>) -> Option<u64> {
    let last = tokens.end - 1;
    if tokens.len() < 2 || !reader.has_flag(last, thing::GENERATION) {
        return None;
    }
    let generation =
        [thing::JUNIOR, thing::SENIOR].into_iter().find(|&generation| reader.has_flag(last, generation));
    Some(generation.map_or_else(|| reader.token(last).hash(), u64::from))
}

/// An organisation's name without the country before or after and the legal form: "Foreign Ministry", "Nordvik".
pub(crate) fn core_of(reader: &Reader<'_>, tokens: &Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = tokens.clone();
    if end - start > 1 && is_the(reader, start) {
        start += 1;
    }
    if end - start > 1 && reader.has(end - 1, cue::LEGAL_FORM) {
        end -= 1;
        // "Nordvik Holdings Ltd", "Nordvik, Inc."
        if end - start > 1 && reader.text(end - 1) == "," {
            end -= 1;
        }
    }
    let country = matches!(reader.listed(start..start + 1), Some(Listed::Country(_) | Listed::Demonym(_)));
    if end - start > 2 && country {
        start += 1;
    }
    if let Some((after, _)) = country_after(reader, &(start..end)) {
        end = after;
    }
    start..end
}

/// The start of "of Ukraine" at the end of a ministry's name, and the country.
pub(crate) fn country_after(reader: &Reader<'_>, tokens: &Range<usize>) -> Option<(usize, u16)> {
    if tokens.len() < 4 || !reader.has_flag(tokens.start, thing::MINISTRY) {
        return None;
    }
    let of = tokens.clone().skip(2).rev().take(4).find(|&at| reader.text(at) == "of")?;
    let from = of + 1 + usize::from(reader.text(of + 1) == "the");
    match reader.listed(from..tokens.end) {
        Some(Listed::Country(country)) if from < tokens.end => Some((of, country)),
        _ => None,
    }
}

/// The hash of a ministry's subject, in any order and spelling: "Ministry of Defence" and "Defense Ministry" are one.
pub(crate) fn purpose(reader: &Reader<'_>, core: &Range<usize>) -> Option<u64> {
    const JOINTS: [u64; 4] =
        [hash_lowered("of"), hash_lowered("for"), hash_lowered("and"), hash_lowered("the")];
    let ministry = |at: usize| reader.has_flag(at, thing::MINISTRY);
    if core.len() < 2 || core.len() > LONGEST_PURPOSE || !(ministry(core.start) || ministry(core.end - 1)) {
        return None;
    }
    let words = core.clone().map(|at| reader.tables.things.spelling(plain(reader, at)));
    Some(words.filter(|word| !JOINTS.contains(word)).fold(0, u64::wrapping_add))
}

/// The longest ministry's name whose words are sorted, in tokens.
const LONGEST_PURPOSE: usize = 10;

fn is_the(reader: &Reader<'_>, at: usize) -> bool {
    const THE: u64 = hash_lowered("the");
    reader.token(at).hash() == THE
}

/// The ends of an organisation's name that may be used for it: "Intelligence Committee" of "House Intelligence
/// Committee". Words after "of" do not name an organisation.
pub(crate) fn tails<'r>(
    reader: &'r Reader<'_>,
    tokens: &Range<usize>,
) -> impl Iterator<Item = Range<usize>> + 'r {
    let end = tokens.end;
    tail_starts(tokens).take_while(|&at| reader.is_capitalized(at)).map(move |at| at..end)
}

/// The ends of a person's name that may be a surname of several words: "Ruiz Soto", "al-Jabiri", "van der Velde".
pub(crate) fn surnames<'r>(
    reader: &'r Reader<'_>,
    tokens: &Range<usize>,
) -> impl Iterator<Item = Range<usize>> + 'r {
    let end = tokens.end;
    let may_open = |&at: &usize| reader.is_capitalized(at) || reader.has(at, cue::PARTICLE);
    tail_starts(tokens).filter(may_open).map(move |at| at..end)
}

/// The positions where ends of two and more words may begin; not in the middle of the longest names.
fn tail_starts(tokens: &Range<usize>) -> Range<usize> {
    tokens.start + 1..tokens.end.saturating_sub(1).min(tokens.start + 6)
}

/// A place's name without the word for its kind: "Orkla" of "Orkla River". "Black" of "Black Sea" would mean nothing, and
/// "Victoria" of "Lake Victoria" something else.
pub(crate) fn place_core(reader: &Reader<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let core = tokens.start..tokens.end - 1;
    let stands = !core.is_empty()
        && reader.has(tokens.end - 1, cue::PLACE_END)
        && !reader.has(tokens.start, cue::COMMON | cue::STOP)
        && reader.listed(core.clone()).is_none();
    stands.then_some(core)
}

/// The GeoNames id of the largest city with this name: "Kiev" and "Kyiv" have one.
pub(crate) fn city_of(reader: &Reader<'_>, tokens: &Range<usize>) -> Option<u64> {
    let name = tokens.clone().fold(0, |name, at| extend(name, reader.token(at).hash()));
    reader.tables.cities(name).first().map(|city| u64::from(city.geonames))
}

/// Kinds that are easily confused share names.
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
#[inline]
pub(crate) fn plain(reader: &Reader<'_>, at: usize) -> u64 {
    let token = reader.token(at);
    if token.has(flag::ABBREVIATION | flag::NON_ASCII) { respelt(reader, at) } else { token.hash() }
}

/// [`plain`] of a word that may be written in another way too.
fn respelt(reader: &Reader<'_>, at: usize) -> u64 {
    let token = reader.token(at);
    if token.has(flag::ABBREVIATION) && token.case() == Case::Upper && token.span().len() > 2 {
        return undotted(reader.text(at));
    }
    if !token.has(flag::NON_ASCII) {
        return token.hash();
    }
    let folded: String =
        spelling(reader.text(at)).chars().map(|letter| fold_letter(letter).unwrap_or(letter)).collect();
    hash_lower(&folded)
}

/// The hash of an acronym's letters: "C.I.A." and "CIA" are one.
pub(crate) fn undotted(acronym: &str) -> u64 {
    let letters: String = acronym.chars().filter(|letter| *letter != '.').collect();
    hash_lower(&letters)
}

/// The letter without its mark, for the Latin letters of European names.
fn fold_letter(letter: char) -> Option<char> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' | 'Ā' | 'Ă' | 'Ą' => 'A',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => 'C',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'È' | 'É' | 'Ê' | 'Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => 'E',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'Ì' | 'Í' | 'Î' | 'Ï' | 'İ' => 'I',
        'ł' | 'ľ' | 'ĺ' => 'l',
        'Ł' => 'L',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' | 'Ō' | 'Ő' => 'O',
        'ŕ' | 'ř' | 'ŗ' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'Ś' | 'Ş' | 'Š' | 'Ș' => 'S',
        'ť' | 'ţ' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' | 'Ź' | 'Ż' | 'Ž' => 'z',
        '’' => '\'',
        _ => return None,
    })
}
