//! Features that depend on the form of a word alone. They are looked up once per form, for all positions in the window at once.

use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, DocumentView, Token, TokenKind, hash_lowered};
use copydesk_learn::WordClasses;
use copydesk_learn::feature::{bytes, mix, short_bytes};

use super::clusterings::Clusterings;
use super::facts::Mode;
use crate::tables::{Tables, cue};
use crate::words::{Entry, Reader};

/// Positions of the window: from two tokens before to two after.
pub const WINDOW: usize = 5;

/// The position of the token itself.
pub(crate) const HERE: usize = 2;

/// The low bits of a feature's hash are the position of its form in the window: 0 for features of more than one form.
pub(crate) const PLACE_BITS: u64 = 7;

/// The hash of a form's feature for a token: the form stands at `place` of the window.
pub(crate) const fn at_place(base: u64, place: usize) -> u64 {
    (base & !PLACE_BITS) | (place as u64 + 1)
}

/// Sets of positions.
const ALL: u8 = 0b11111;
const NEAR: u8 = 0b01110;
const ONLY_HERE: u8 = 0b00100;

/// The shape of words in a sentence without informative capitals; 14 is not a token's kind.
const SMALL_THROUGHOUT: u8 = 14;

/// The properties of a form, without its weights.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct FormFacts {
    /// The hash of the word; numbers with the same pattern share one.
    pub(crate) word: u64,
    /// Its classes in the shared clustering.
    pub(crate) classes: WordClasses,
    pub(crate) cues: u64,
    /// Its flags of [`thing`](crate::tables::thing), which are no features.
    pub(crate) things: u32,
    /// The coarse shape, 0..16.
    pub(crate) shape: u8,
    /// Bits of [`sign`], which are no features.
    pub(crate) signs: u8,
}

/// Bits that decide quickly where a name may be.
pub(crate) mod sign {
    /// It is written with a capital.
    pub(crate) const CAPITAL: u8 = 1;
    /// It is a word written with a capital.
    pub(crate) const CAPITAL_WORD: u8 = 2;
    /// A listed name may begin with it.
    pub(crate) const OPENS_LISTED: u8 = 4;
    /// It is a listed name and no other word, also in small letters.
    pub(crate) const LISTED: u8 = 8;
    /// A small word or mark that names contain.
    pub(crate) const JOINT: u8 = 16;
}

/// What distinguishes one form from another: the word, its spelling, and whether capitals in its sentence are informative.
///
/// It has to determine everything that [`facts`] and [`features`] use. The hash of a token is that of its lower-cased word without
/// an abbreviation's full stop and with any apostrophe, so words whose letters this and the case do not determine
/// are distinguished by their letters.
#[inline]
pub(crate) fn key(doc: &DocumentView<'_>, token: &Token, mode: Mode) -> u64 {
    let spelled = token.case() == Case::Mixed || token.has(flag::NON_ASCII | flag::ABBREVIATION);
    let word = if spelled { bytes(Reader::written(doc, token).as_bytes()) } else { token.hash() };
    let written = (token.kind() as u64) << 8 | (token.case() as u64) << 4 | mode as u64;
    mix(word, written << 1 | u64::from(spelled))
}

/// The hash of the lower-cased word; of a number only its pattern counts.
fn word_of(token: &Token, text: &str) -> u64 {
    match token.kind() {
        TokenKind::Number | TokenKind::Mixed => pattern(text),
        TokenKind::Url => 11,
        _ => token.hash(),
    }
}

/// The pattern of digits, letters and marks, up to twelve characters.
fn pattern(text: &str) -> u64 {
    let sign = |byte: u8| match byte {
        b'0'..=b'9' => b'd',
        other => other.to_ascii_lowercase(),
    };
    let mut buffer = [0; 12];
    buffer.iter_mut().zip(text.bytes()).for_each(|(into, byte)| *into = sign(byte));
    bytes(&buffer)
}

/// The shape with runs of one kind of character shortened to one: "McDonald" is "XxXx", "U.S." is "X.X.".
fn compressed_shape(text: &str) -> u64 {
    let sort = |letter: char| {
        if letter.is_uppercase() {
            b'X'
        } else if letter.is_lowercase() {
            b'x'
        } else if letter.is_numeric() {
            b'd'
        } else if letter.is_ascii() {
            letter as u8
        } else {
            b'?'
        }
    };
    let mut buffer = [0u8; 10];
    let mut length = 0;
    for letter in text.chars() {
        let sign = sort(letter);
        if length == 0 || buffer[length - 1] != sign {
            if length == buffer.len() {
                break;
            }
            buffer[length] = sign;
            length += 1;
        }
    }
    bytes(&buffer[..length])
}

/// The facts of a form. Not inlined, as most forms of a text are known already.
#[inline(never)]
pub(crate) fn facts(
    token: &Token,
    text: &str,
    mode: Mode,
    tables: &Tables,
    classes: &Clusterings,
) -> FormFacts {
    let case = match (mode, token.case()) {
        // Where everything is in capitals they are not informative.
        (Mode::Capitals, Case::Title | Case::Upper | Case::Mixed) => 5,
        (Mode::TitleCase, Case::Title) => 6,
        // Nor is a small letter if there are no others.
        (Mode::Small, Case::Lower) => SMALL_THROUGHOUT,
        (_, case) => case as u8,
    };
    let shape = match token.kind() {
        TokenKind::Word if case == Case::Upper as u8 && text.len() == 1 => 7,
        TokenKind::Word => case,
        kind => 7 + kind as u8,
    };
    let Entry { cues, things } = Entry::of(token, tables);
    let (word, classes) = (word_of(token, text), classes.shared.of(token.hash()));
    FormFacts { word, classes, cues, things, shape, signs: signs(token, cues) }
}

/// The [signs](sign) of a form with these cues.
fn signs(token: &Token, cues: u64) -> u8 {
    const JOINTS: [u64; 5] =
        [hash_lowered("of"), hash_lowered("for"), hash_lowered("the"), hash_lowered("&"), hash_lowered("-")];
    const ONLY_LISTED: u64 = cue::GAZETTEER | cue::COMMON | cue::STOP;
    let (word, small) = (token.is_word(), token.case() == Case::Lower);
    let capital = !small && token.case() != Case::None;
    let joins = JOINTS.contains(&token.hash()) || cues & cue::PARTICLE != 0;
    [
        (sign::CAPITAL, capital),
        (sign::CAPITAL_WORD, capital && word),
        (sign::OPENS_LISTED, cues & cue::GAZETTEER != 0 && !small),
        (sign::LISTED, cues & ONLY_LISTED == cue::GAZETTEER && word),
        (sign::JOINT, joins && (small || !word)),
    ]
    .into_iter()
    .fold(0, |signs, (sign, has)| if has { signs | sign } else { signs })
}

/// Calls `push` with each feature of a form, its template and its value, and the positions of the window in which it counts.
pub(crate) fn features(
    token: &Token,
    text: &str,
    mode: Mode,
    facts: &FormFacts,
    classes: &Clusterings,
    lowered: &mut String,
    mut push: impl FnMut(u64, u64, u8),
) {
    for (template, classes) in CLASSES.into_iter().zip([facts.classes, classes.own.of(token.hash())]) {
        class_features(template, classes, &mut push);
        for grain in SHAPED {
            shaped_class_feature(template, grain, classes[grain], facts.shape, &mut push);
        }
    }
    own_features(token, text, mode, facts, lowered, push);
}

/// The templates of the features of classes, for the two clusterings.
pub(crate) const CLASSES: [u64; 2] = [4, 30];

/// The granularities of which there are features with the shape of the word.
pub(crate) const SHAPED: [usize; 2] = [1, 2];

/// Calls `push` like [`features`] with the features of a word's classes.
pub(crate) fn class_features(
    template: u64,
    classes: WordClasses,
    push: &mut (impl FnMut(u64, u64, u8) + ?Sized),
) {
    for (grain, class) in classes.iter().enumerate() {
        push(template, mix(grain as u64, u64::from(*class)), ALL);
    }
}

/// Calls `push` like [`features`] with the feature of a class of a granularity together with the word's shape.
pub(crate) fn shaped_class_feature(
    template: u64,
    grain: usize,
    class: u16,
    shape: u8,
    push: &mut (impl FnMut(u64, u64, u8) + ?Sized),
) {
    let known = mix(grain as u64, u64::from(class));
    push(template + 1, mix(known, u64::from(shape)), NEAR);
}

/// Calls `push` like [`features`] with the features of the word itself.
pub(crate) fn own_features(
    token: &Token,
    text: &str,
    mode: Mode,
    facts: &FormFacts,
    lowered: &mut String,
    mut push: impl FnMut(u64, u64, u8),
) {
    let shape = u64::from(facts.shape);
    push(1, facts.word, ALL);
    push(2, mix(facts.word, shape), NEAR);
    push(3, shape, ALL);
    let mut cues = facts.cues;
    while cues != 0 {
        push(6, u64::from(cues.trailing_zeros()), ALL);
        cues &= cues - 1;
    }
    // All lists that contain the word, at once.
    let lists = facts.cues & (cue::COMMON | cue::GIVEN | cue::SURNAME | cue::GAZETTEER | cue::STOP);
    push(7, mix(lists, shape), NEAR);
    if token.kind() != TokenKind::Word {
        return;
    }
    if mode != Mode::Capitals {
        push(8, compressed_shape(text), NEAR);
    }
    lowered.clear();
    if text.is_ascii() {
        lowered.push_str(text);
        lowered.make_ascii_lowercase();
    } else {
        lowered.extend(text.chars().flat_map(char::to_lowercase));
    }
    if lowered.is_ascii() {
        short_affixes(lowered.as_bytes(), shape, push);
    } else {
        affixes(lowered, shape, push);
    }
}

/// The length of a lower-cased word, its beginnings and its endings.
fn affixes(lowered: &str, shape: u64, mut push: impl FnMut(u64, u64, u8)) {
    let length = lowered.chars().count();
    push(9, length.min(12) as u64, ONLY_HERE);
    for (size, (at, letter)) in lowered.char_indices().enumerate().take(4) {
        let end = at + letter.len_utf8();
        push(10 + size as u64, bytes(&lowered.as_bytes()[..end]), ONLY_HERE);
    }
    for (size, (at, _)) in lowered.char_indices().rev().enumerate().take(4) {
        let places = if size == 2 { NEAR } else { ONLY_HERE };
        let suffix = bytes(&lowered.as_bytes()[at..]);
        push(20 + size as u64, suffix, places);
        if size == 2 {
            push(24, mix(suffix, shape), ONLY_HERE);
        }
    }
}

/// [`affixes`] of a word of ASCII, whose letters are bytes.
fn short_affixes(lowered: &[u8], shape: u64, mut push: impl FnMut(u64, u64, u8)) {
    push(9, lowered.len().min(12) as u64, ONLY_HERE);
    let (mut beginning, mut ending) = (0, 0);
    for (size, (first, last)) in lowered.iter().zip(lowered.iter().rev()).enumerate().take(4) {
        beginning |= u64::from(*first) << (8 * size);
        ending = ending << 8 | u64::from(*last);
        push(10 + size as u64, short_bytes(beginning, size + 1), ONLY_HERE);
        let places = if size == 2 { NEAR } else { ONLY_HERE };
        let suffix = short_bytes(ending, size + 1);
        push(20 + size as u64, suffix, places);
        if size == 2 {
            push(24, mix(suffix, shape), ONLY_HERE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affixes_of_ascii_are_those_of_characters() {
        for word in ["", "a", "by", "the", "port", "velden", "o'neill-hart"] {
            let (mut long, mut short) = (Vec::new(), Vec::new());
            affixes(word, 3, |template, value, places| long.push((template, value, places)));
            short_affixes(word.as_bytes(), 3, |template, value, places| {
                short.push((template, value, places))
            });
            long.sort_unstable();
            short.sort_unstable();
            assert_eq!(short, long, "{word}");
        }
    }
}
