//! Whether a person is spoken of as "he" or as "she".

use copydesk_core::hash_lowered;

use crate::names::Name;
use crate::reader::Reader;
use crate::tables::cue;

/// The pronoun of a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Gender {
    He,
    She,
}

impl Gender {
    /// Whether two people must be two, as far as it is known.
    pub(crate) fn differ(one: Option<Self>, other: Option<Self>) -> bool {
        matches!((one, other), (Some(one), Some(other)) if one != other)
    }

    /// What the word at a place tells.
    fn told(reader: &Reader<'_>, at: usize) -> Option<Self> {
        match reader.cues(at) & (cue::HE | cue::SHE) {
            cue::HE => Some(Self::He),
            cue::SHE => Some(Self::She),
            _ => None,
        }
    }
}

/// What the honorific in front, the role beside it ("spokeswoman", "wife") or the given name tells of a person.
pub(crate) fn of(reader: &Reader<'_>, name: &Name) -> Option<Gender> {
    let before = name.tokens.start.checked_sub(1).filter(|&at| reader.has(at, cue::HONORIFIC));
    let role = name.role.clone().into_iter().flatten();
    before
        .and_then(|at| Gender::told(reader, at))
        .or_else(|| role.filter_map(|at| Gender::told(reader, at)).next_back())
        .or_else(|| (name.tokens.len() > 1).then(|| Gender::told(reader, name.tokens.start)).flatten())
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

/// What a pronoun of the third person tells.
pub(crate) fn of_pronoun(hash: u64) -> Option<Gender> {
    const HE: [u64; 4] =
        [hash_lowered("he"), hash_lowered("him"), hash_lowered("his"), hash_lowered("himself")];
    const SHE: [u64; 3] = [hash_lowered("she"), hash_lowered("her"), hash_lowered("herself")];
    if HE.contains(&hash) {
        Some(Gender::He)
    } else if SHE.contains(&hash) {
        Some(Gender::She)
    } else {
        None
    }
}
