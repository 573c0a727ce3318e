//! Repairs names that the recogniser cut, by the way names are written: hyphens, particles, the 's of a brand, datelines.

use std::ops::Range;

use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, RuleId, ZoneKind};

use crate::recognize::corrected;
use crate::recognize::exact_kind::Basis;
use crate::recognize::model::{FoundName, kinds};
use crate::registry;
use crate::tables::{cue, thing};
use crate::words::Reader;

/// The recogniser's names, repaired.
pub(crate) struct Mended {
    /// In text order.
    pub(crate) found: Vec<FoundName>,
    /// The rules that made or changed names, in text order of the names.
    pub(crate) rules: Vec<Correction>,
}

/// A rule that made or changed a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Correction {
    /// The first token of the name.
    pub(crate) at: usize,
    pub(crate) rule: RuleId,
    /// What the rule shows of the name's kind.
    pub(crate) basis: Basis,
}

impl Correction {
    fn new(at: usize, rule: RuleId, basis: Basis) -> Self {
        Self { at, rule, basis }
    }
}

/// The confidence of a name that a rule makes and the recogniser did not find.
const BY_RULE: f32 = 0.8;

/// If the recogniser's confidence is lower, a particle in the name decides.
const UNSURE: f32 = 0.6;

/// The longest place of a dateline, in tokens.
const LONGEST_PLACE: usize = 5;

/// Repairs the names of a document, of which `capitals` are the tokens with a capital.
pub(crate) fn mend(reader: &Reader<'_>, found: &[FoundName], mut capitals: &[usize]) -> Mended {
    let mut mended = Mended { found: Vec::with_capacity(found.len()), rules: Vec::new() };
    for name in found {
        let free = mended.found.last().map_or(0, |before| before.tokens.end);
        if name.tokens.start < free {
            // A longer name already contains it.
            continue;
        }
        missed(reader, free..name.tokens.start, &mut capitals, &mut mended);
        let mut name = name.clone();
        let before = name.tokens.clone();
        if name.kind == kinds::PERSON
            && name.tokens.len() > 1
            && matches!(reader.text(name.tokens.start), "Messrs." | "Messrs")
        {
            name.tokens.start += 1;
        }
        if let Some(of) = person_of(reader, &name) {
            let person = FoundName { tokens: name.tokens.start..of, kind: kinds::PERSON, ..name };
            mended.found.push(person);
            name.tokens.start = of + 1 + usize::from(reader.text(of + 1) == "the");
            if name.tokens.is_empty() {
                continue;
            }
        }
        to_the_left(reader, &mut name, free);
        let start = name.tokens.start;
        to_the_right(reader, &mut name);
        if let Some(last) = mended.found.last_mut()
            && last.tokens.end == start
            && last.kind == kinds::PERSON
            && name.kind == kinds::PERSON
            && (start != before.start
                || is_hyphenated(reader, &last.tokens)
                || is_hyphenated(reader, &name.tokens))
        {
            // "Sofia" and "de la Parra", "Ida-Marie" and "Holm-Berg"
            last.tokens.end = name.tokens.end;
            let first = last.tokens.start;
            mended.rules.retain(|correction| correction.at != first);
            mended.rules.push(Correction::new(first, registry::JOINED, Basis::Model));
            continue;
        }
        let rule = if brand(reader, &mut name) {
            Some((registry::BRAND, Basis::Words))
        } else {
            joined_kind(reader, &mut name, &before).then_some((registry::JOINED, Basis::Model))
        };
        mended.rules.extend(rule.map(|(rule, basis)| Correction::new(name.tokens.start, rule, basis)));
        mended.found.push(name);
    }
    let free = mended.found.last().map_or(0, |before| before.tokens.end);
    missed(reader, free..reader.doc.tokens().len(), &mut capitals, &mut mended);
    datelines(reader, &mut mended);
    corrected::correct(reader, &mut mended);
    mended
}

/// Whether a hyphen joins words of a name: "Ida-Marie".
fn is_hyphenated(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    name.clone().any(|at| joins(reader, at))
}

/// The end of the person in a name that the recogniser joined with the organisation after "of": "Judge Nora Lind of the High Court".
fn person_of(reader: &Reader<'_>, name: &FoundName) -> Option<usize> {
    let Range { start, end } = name.tokens;
    let titled =
        start.checked_sub(1).is_some_and(|at| reader.has(at, cue::HONORIFIC | cue::ROLE | cue::ROLE_NOUN));
    let of = (start + 2..end.min(start + 4)).find(|&at| reader.text(at) == "of")?;
    let given = reader.has(start, cue::GIVEN) || reader.has_flag(start, thing::HE_NAME | thing::SHE_NAME);
    (name.kind == kinds::ORGANIZATION && titled && given && of + 1 < end).then_some(of)
}

/// Gives a joined name the kind that its small words show; whether it differs from the recogniser's.
fn joined_kind(reader: &Reader<'_>, name: &mut FoundName, before: &Range<usize>) -> bool {
    let small = |words: &[&str]| name.tokens.clone().any(|at| words.contains(&reader.text(at)));
    let kind = name.kind;
    if kind == kinds::PERSON
        && name.tokens.len() > 3
        && small(&["i", "upon", "sur", "on"])
        && joins(reader, name.tokens.start + 1)
    {
        // "Pul-i-Khumri", "Newport-upon-Orkla"
        name.kind = kinds::LOCATION;
    } else if kind == kinds::ORGANIZATION
        && name.confidence < UNSURE
        && reader.has(name.tokens.start, cue::GIVEN)
        && is_particle(reader, name.tokens.start + 1)
        && reader.token(name.tokens.start + 1).case() == Case::Lower
        && small(&["de", "van", "von", "bin", "del", "di"])
    {
        name.kind = kinds::PERSON;
    }
    name.tokens != *before || name.kind != kind
}

/// Adds the listed brands in tokens outside names: "Moody's cut the rating". Takes what is before the end of these tokens from `capitals`.
fn missed(reader: &Reader<'_>, tokens: Range<usize>, capitals: &mut &[usize], mended: &mut Mended) {
    while let Some((&at, rest)) = capitals.split_first().filter(|(at, _)| **at < tokens.end) {
        *capitals = rest;
        let capital = reader.is_capitalized(at) || reader.token(at).case() == Case::Mixed;
        let word = cue::COMMON | cue::STOP | cue::CALENDAR | cue::PLAIN | cue::GAZETTEER;
        if capital
            && tokens.contains(&at)
            && matches!(reader.text(at + 1), "'s" | "’s")
            && (reader.has_flag(at, thing::BRAND) || !reader.has(at, word))
        {
            let mut found = FoundName { tokens: at..at + 1, kind: kinds::PERSON, confidence: BY_RULE };
            if brand(reader, &mut found) {
                mended.rules.push(Correction::new(at, registry::BRAND, Basis::Words));
                mended.found.push(found);
            }
        }
    }
}

fn glued(reader: &Reader<'_>, at: usize) -> bool {
    reader.doc.tokens().get(at).is_some_and(|token| token.has(flag::GLUED))
}

/// Whether a hyphen at a token joins two words without blanks.
fn joins(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.text(at), "-" | "\u{2010}" | "\u{2011}")
        && glued(reader, at)
        && glued(reader, at + 1)
        && reader.doc.tokens().get(at + 1).is_some_and(|next| next.is_word())
}

/// A small word inside names of people: "van", "de", "bin".
pub(super) fn is_particle(reader: &Reader<'_>, at: usize) -> bool {
    reader.has(at, cue::PARTICLE) && !matches!(reader.text(at), "y" | "e" | "les" | "and" | "Y" | "E")
}

/// Extends the name of a person by particles and hyphenated words, within `free`.
fn to_the_left(reader: &Reader<'_>, name: &mut FoundName, free: usize) {
    if name.kind != kinds::PERSON {
        return;
    }
    let sentence = reader.token(name.tokens.start).sentence();
    let within = |at: usize| at >= free && reader.token(at).sentence() == sentence;
    while name.tokens.start >= 2
        && within(name.tokens.start - 2)
        && joins(reader, name.tokens.start - 1)
        && reader.is_capitalized(name.tokens.start - 2)
        && !reader.has(name.tokens.start - 2, cue::ROLE | cue::STOP)
        && reader.listed(name.tokens.start - 2..name.tokens.start - 1).is_none()
    {
        name.tokens.start -= 2;
    }
    let mut start = name.tokens.start;
    while start > 0 && within(start - 1) && is_particle(reader, start - 1) {
        start -= 1;
    }
    // "La", "Al" or "El" alone may be anything; "Du" and "Da" too if they open the sentence.
    let unambiguous = (start..name.tokens.start).any(|at| {
        matches!(
            reader.text(at),
            "van"
                | "Van"
                | "von"
                | "Von"
                | "de"
                | "De"
                | "del"
                | "della"
                | "di"
                | "Di"
                | "da"
                | "dos"
                | "du"
                | "bin"
                | "ibn"
                | "bint"
                | "der"
                | "den"
                | "ter"
                | "zu"
                | "abu"
                | "Abu"
                | "ben"
                | "al"
                | "el"
        )
    });
    if unambiguous {
        name.tokens.start = start;
    }
    if let Some(given) = given_before(reader, name).filter(|at| within(*at)) {
        name.tokens.start = given;
    }
}

/// A given name right before a surname, not at the start of a sentence, that is also a common word: "Per Holm", "Will Lind".
fn given_before(reader: &Reader<'_>, name: &FoundName) -> Option<usize> {
    let at = name.tokens.start.checked_sub(1).filter(|_| name.tokens.len() == 1)?;
    let given = reader.has_flag(at, thing::HE_NAME | thing::SHE_NAME)
        && reader.token(at).case() == Case::Title
        && !reader.token(at).has(flag::SENTENCE_START)
        && !reader.has(at, cue::CALENDAR | cue::ROLE | cue::HONORIFIC)
        && reader.listed(at..at + 1).is_none();
    given.then_some(at)
}

/// Extends the name by hyphenated words and by the words after particles.
fn to_the_right(reader: &Reader<'_>, name: &mut FoundName) {
    if name.kind == kinds::GROUP {
        return;
    }
    let person = name.kind == kinds::PERSON;
    loop {
        let end = name.tokens.end;
        if !joins(reader, end) {
            break;
        }
        let next = end + 1;
        // "Chan-o", without "cha".
        if name.tokens.len() > 2 && joins(reader, end - 2) && matches!(reader.text(end - 1), "o" | "i") {
            name.tokens.end = next + 1;
            continue;
        }
        let small = reader.token(next).case() == Case::Lower && reader.text(next).chars().count() < 5;
        if small && joins(reader, next + 1) {
            // "Mazar-i-Sharif", "Chan-o-cha"
            let last = next + 2;
            let vowel = matches!(reader.text(next), "i" | "o" | "e" | "a" | "y" | "u");
            if !(reader.is_capitalized(last) || vowel) {
                break;
            }
            name.tokens.end = last + 1;
        } else if person
            && reader.is_capitalized(next)
            && !reader.has(next, cue::ROLE)
            && reader.listed(next..next + 1).is_none()
            && (name.tokens.len() > 1 || reader.has(end - 1, cue::GIVEN) && reader.has(next, cue::GIVEN))
        {
            name.tokens.end = next + 1;
        } else {
            break;
        }
    }
    let end = name.tokens.end;
    let mut next = end;
    while reader.token(end - 1).is_word()
        && reader.token(end - 1).sentence()
            == reader.doc.tokens().get(next).map_or(usize::MAX, |token| token.sentence())
        && is_particle(reader, next)
        && reader.token(next).case() == Case::Lower
    {
        next += 1;
    }
    let has_particle = (end..next).any(|at| {
        matches!(
            reader.text(at),
            "van" | "von" | "de" | "del" | "di" | "da" | "dos" | "bin" | "ibn" | "bint" | "der"
        )
    });
    if person && has_particle && reader.is_capitalized(next) {
        name.tokens.end = next + 1;
    }
}

/// Whether a verb or a mark is at a token, so that the 's before it is not a possessive.
fn no_noun(reader: &Reader<'_>, at: usize) -> bool {
    reader.has(at, cue::SPEECH)
        || matches!(
            reader.text(at),
            "has"
                | "had"
                | "was"
                | "were"
                | "is"
                | "are"
                | "will"
                | "would"
                | "can"
                | "could"
                | "may"
                | "did"
                | "does"
                | "and"
                | "cut"
                | "plans"
        )
}

/// Extends the name of a firm by its 's, and makes it an organisation.
fn brand(reader: &Reader<'_>, name: &mut FoundName) -> bool {
    let end = name.tokens.end;
    if !matches!(reader.text(end), "'s" | "’s") || reader.token(end).has(flag::SENTENCE_START) {
        return false;
    }
    let last = end - 1;
    let first = name.tokens.start;
    let before = first.checked_sub(1);
    let titled = before.is_some_and(|at| reader.has(at, cue::HONORIFIC | cue::ROLE));
    let chain = before.is_some_and(|at| reader.has(at, cue::ORG_NOUN) || is_shop(reader, at));
    let listed = reader.has_flag(last, thing::BRAND)
        && (name.tokens.len() == 1 || name.kind == kinds::ORGANIZATION)
        && !titled
        && !is_surname_of_somebody(reader, last)
        // "Wendy's house"
        && (!reader.has(last, cue::GIVEN) || !reader.has(end + 1, cue::COMMON) || no_noun(reader, end + 1)
            || reader.has(end + 1, cue::STOP)
            || reader.text(end + 1) == "of"
            || name.kind == kinds::ORGANIZATION);
    // "Trundle's was founded": no noun follows, so it is not a possessive. "Berg's will" may be one.
    let verb = name.tokens.len() == 1
        && !titled
        && !reader.has(last, cue::GIVEN)
        && matches!(reader.text(end + 1), "was" | "were" | "said" | "says" | "would" | "has" | "had")
        && !is_surname_of_somebody(reader, last);
    let described = || {
        let words = (end + 2..end + 7).take_while(|&at| !matches!(reader.text(at), "," | "." | ""));
        reader.text(end + 1) == ","
            && matches!(reader.text(end + 2), "a" | "an" | "the")
            && words.into_iter().any(|at| reader.has(at, cue::ORG_NOUN) || is_shop(reader, at))
    };
    if !(listed
        || chain && no_noun(reader, end + 1)
        || verb
        || name.tokens.len() == 1 && !titled && described())
    {
        return false;
    }
    name.tokens.end += 1;
    name.kind = kinds::ORGANIZATION;
    // "Lloyd's of London"
    if reader.text(end + 1) == "of" && matches!(reader.text(end + 2), "London") && listed {
        name.tokens.end += 2;
    }
    true
}

/// A noun for a shop or a chain of shops.
fn is_shop(reader: &Reader<'_>, at: usize) -> bool {
    matches!(
        reader.text(at),
        "chain"
            | "store"
            | "grocer"
            | "restaurant"
            | "pub"
            | "shop"
            | "bakery"
            | "brand"
            | "brewery"
            | "diner"
    )
}

/// The number of tokens of a document that are searched for a person with a brand's name.
const LOOKED_AT: usize = 5_000;

/// Whether the text has a longer name of a person with this word: "Ann McDonald".
fn is_surname_of_somebody(reader: &Reader<'_>, at: usize) -> bool {
    let hash = reader.token(at).hash();
    let tokens = reader.doc.tokens();
    (1..tokens.len().min(LOOKED_AT)).any(|other| {
        tokens[other].hash() == hash
            && (reader.has(other - 1, cue::GIVEN | cue::HONORIFIC)
                && tokens[other - 1].is_capitalized()
                && tokens[other].sentence() == tokens[other - 1].sentence())
    })
}

/// Replaces the recogniser's results in datelines, which are often in capitals, by their places.
fn datelines(reader: &Reader<'_>, mended: &mut Mended) {
    for zone in reader.doc.zones().iter().filter(|zone| zone.kind() == ZoneKind::Dateline) {
        let tokens = reader.doc.tokens_in(zone.span());
        for place in places(reader, tokens) {
            let organization =
                |found: &FoundName| found.kind == kinds::ORGANIZATION && found.tokens.start == place.start;
            // "ALBAWABA -" is the agency.
            if !matches!(reader.text(place.end), "," | "(")
                && reader.listed(place.clone()).is_none()
                && reader.text(place.start.saturating_sub(1)) != ","
                && (reader.text(place.end) == "-" || mended.found.iter().any(organization))
            {
                continue;
            }
            mended.found.retain(|found| found.tokens.end <= place.start || found.tokens.start >= place.end);
            mended.rules.retain(|correction| !place.contains(&correction.at));
            mended.rules.push(Correction::new(place.start, registry::DATELINE, Basis::Words));
            let found = FoundName { tokens: place, kind: kinds::LOCATION, confidence: BY_RULE };
            mended.found.push(found);
        }
    }
    mended.found.sort_by_key(|found| found.tokens.start);
}

/// The places of a dateline: "TROY, N.C.", "BERGEN, Norway (AP)".
fn places(reader: &Reader<'_>, tokens: Range<usize>) -> Vec<Range<usize>> {
    let ends = |at: usize| matches!(reader.text(at), "," | "(" | "/" | "-" | "--" | "–" | "—" | "_");
    let part = |from: usize| {
        let end = (from..tokens.end).find(|&at| ends(at) && !joins(reader, at)).unwrap_or(tokens.end);
        let words = from..end;
        let name = |at: usize| {
            (reader.is_capitalized(at) || joins(reader, at) || is_particle(reader, at))
                && !reader.has(at, cue::CALENDAR)
                && !reader.token(at).has(flag::DIGIT)
        };
        (!words.is_empty() && words.len() <= LONGEST_PLACE && words.clone().all(name)).then_some(words)
    };
    let Some(first) = part(tokens.start) else { return Vec::new() };
    let after = reader.text(first.end);
    // "UPDATE — …" is not a dateline, "READING, England — …" is.
    let common = reader.has(first.start, cue::COMMON | cue::STOP | cue::PLAIN);
    if common && !matches!(after, "," | "(") && reader.listed(first.clone()).is_none() {
        return Vec::new();
    }
    // "Anna Berg (Reuters) —" is a byline.
    if after == "("
        && reader.token(first.start).case() != Case::Upper
        && reader.listed(first.clone()).is_none()
    {
        return Vec::new();
    }
    let second = (after == ",").then(|| part(first.end + 1)).flatten();
    let second = second.filter(|words| {
        reader.listed(words.clone()).is_some()
            || reader.tables.state(reader.name_hash(words.clone())).is_some()
    });
    std::iter::once(first).chain(second).collect()
}
