//! Whether a person is referred to as "he" or as "she".

use copydesk_core::hash_lowered;

use crate::recognize::names::Name;
use crate::tables::{cue, thing};
use crate::words::keys::person_core;
use crate::words::{Reader, Sieve};

/// The pronoun of a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gender {
    /// "he"
    He,
    /// "she"
    She,
}

impl Gender {
    /// Whether two people must be different, as far as is known.
    pub fn differ(one: Option<Self>, other: Option<Self>) -> bool {
        matches!((one, other), (Some(one), Some(other)) if one != other)
    }

    /// The gender that the word at a token shows.
    fn of_word(reader: &Reader<'_>, at: usize) -> Option<Self> {
        match reader.cues(at) & (cue::HE | cue::SHE) {
            cue::HE => return Some(Self::He),
            cue::SHE => return Some(Self::She),
            _ => {}
        }
        match (reader.has_flag(at, thing::HE), reader.has_flag(at, thing::SHE)) {
            (true, false) => Some(Self::He),
            (false, true) => Some(Self::She),
            _ => None,
        }
    }

    /// The gender that a given name shows.
    pub(crate) fn of_given(reader: &Reader<'_>, at: usize) -> Option<Self> {
        Self::of_word(reader, at).or_else(|| {
            match (reader.has_flag(at, thing::HE_NAME), reader.has_flag(at, thing::SHE_NAME)) {
                (true, false) => Some(Self::He),
                (false, true) => Some(Self::She),
                _ => None,
            }
        })
    }
}

/// The gender that the title before, the role ("spokeswoman", "wife") or the given name of a person shows.
pub(crate) fn of(reader: &Reader<'_>, name: &Name) -> Option<Gender> {
    by_title_or_role(reader, name).or_else(|| {
        let core = person_core(reader, &name.tokens);
        // "Anderson-Lind" is a surname.
        let surname = core.len() == 3 && reader.text(core.start + 1) == "-";
        (core.len() > 1 && !surname).then(|| Gender::of_given(reader, core.start)).flatten()
    })
}

/// The gender that the title before a name or its role shows.
pub(crate) fn by_title_or_role(reader: &Reader<'_>, name: &Name) -> Option<Gender> {
    let title = |&at: &usize| reader.has(at, cue::HONORIFIC) || reader.is_capitalized(at);
    let before = name.tokens.start.checked_sub(1).filter(title);
    let inside = name.tokens.start..person_core(reader, &name.tokens).start;
    let role = || {
        let role = name.role.clone().into_iter().flatten();
        role.filter_map(|at| Gender::of_word(reader, at)).next_back()
    };
    let by_title = before.into_iter().chain(inside).find_map(|at| Gender::of_word(reader, at));
    by_title.or_else(role)
}

/// "He" and "she" themselves.
pub(crate) fn is_subject(hash: u64) -> bool {
    const SUBJECTS: [u64; 2] = [hash_lowered("he"), hash_lowered("she")];
    SUBJECTS.contains(&hash)
}

/// "Him", and "her", which may be a possessive.
pub(crate) fn is_object(hash: u64) -> bool {
    const OBJECTS: [u64; 2] = [hash_lowered("him"), hash_lowered("her")];
    OBJECTS.contains(&hash)
}

/// "His".
pub(crate) fn is_possessive(hash: u64) -> bool {
    hash == hash_lowered("his")
}

/// The pronouns of men, then those of women.
pub(crate) const PRONOUNS: [u64; 8] = [
    hash_lowered("he"),
    hash_lowered("him"),
    hash_lowered("his"),
    hash_lowered("himself"),
    hash_lowered("she"),
    hash_lowered("her"),
    hash_lowered("hers"),
    hash_lowered("herself"),
];

static POSSIBLE: Sieve = Sieve::EMPTY.with_all(&PRONOUNS);

/// Whether a word may be "he" or "she".
#[inline]
pub(crate) fn may_be_pronoun(hash: u64) -> bool {
    POSSIBLE.may_hold(hash)
}

/// The gender that a pronoun of the third person shows.
pub(crate) fn of_pronoun(hash: u64) -> Option<Gender> {
    let place = PRONOUNS.iter().position(|known| *known == hash)?;
    Some(if place < 4 { Gender::He } else { Gender::She })
}
