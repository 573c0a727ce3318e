//! The entities mentioned so far.

use copydesk_core::hash_lowered;
use copydesk_core::layers::{MentionForm, PartOfSpeech as Pos};

use super::anaphor::{Anaphor, Family};
use super::function::{self, Function};
use crate::recognize::gender::Gender;
use crate::tables::{cue, thing};
use crate::words::Reader;

/// The maximum number of candidates of an anaphor.
pub(super) const MAX_CANDIDATES: usize = 8;

/// The number of recent mentions that are searched.
const LOOK_BACK: usize = 48;

/// A mention of an entity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken {
    pub(super) cluster: usize,
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) sentence: usize,
    pub(super) function: Function,
    pub(super) form: MentionForm,
    pub(super) quoted: bool,
}

/// Counts of the text before a mention.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Passed {
    /// Finite verbs.
    pub(super) verbs: u32,
    /// Common nouns, singular and plural.
    pub(super) nouns: u32,
    pub(super) plurals: u32,
}

/// A person without a name: "his father", "a woman".
#[derive(Clone, Copy, Debug)]
pub(super) struct Unnamed {
    pub(super) at: usize,
    pub(super) sentence: usize,
    pub(super) function: Function,
    pub(super) gender: Option<Gender>,
}

/// What is known about an entity's mentions so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    pub(super) count: u32,
    /// The index of its first mention.
    pub(super) first: usize,
    /// The sentence of its last mention as a subject, plus one.
    pub(super) subject: usize,
}

/// The mentions so far.
pub(super) struct History {
    pub(super) spoken: Vec<Spoken>,
    pub(super) before: Vec<Passed>,
    pub(super) known: Vec<Known>,
    pub(super) unnamed: Option<Unnamed>,
    /// The token up to which persons without a name were searched for.
    looked: usize,
    pub(super) passed: Passed,
}

impl History {
    pub(super) fn new(entities: usize, names: usize) -> Self {
        // Pronouns and nouns are about as many as names.
        Self {
            spoken: Vec::with_capacity(2 * names),
            before: Vec::with_capacity(2 * names),
            known: vec![Known::default(); entities],
            unnamed: None,
            looked: 0,
            passed: Passed::default(),
        }
    }

    /// Advances over a token.
    pub(super) fn pass(&mut self, reader: &Reader<'_>, at: usize) {
        match reader.tag(at) {
            Some(tag) if tag.is_finite() => self.passed.verbs += 1,
            Some(Pos::Noun) => self.passed.nouns += 1,
            Some(Pos::NounPlural) => self.passed.plurals += 1,
            _ => {}
        }
    }

    /// Searches for persons without a name in the sentence of an anaphor, before it, and in the sentence before.
    pub(super) fn look_for_unnamed(&mut self, reader: &Reader<'_>, anaphor: &Anaphor) {
        let before = anaphor.sentence.saturating_sub(1);
        let start = reader.doc.sentences().get(before).map_or(0, |sentence| sentence.tokens().start);
        let end = anaphor.tokens.start;
        for at in self.looked.max(start).max(end.saturating_sub(LOOK_BACK))..end {
            if reader.tag(at) == Some(Pos::Noun) && is_person(reader, at) {
                self.person(reader, at);
            }
        }
        self.looked = end;
    }

    /// A noun for a person that is not a title of a name.
    fn person(&mut self, reader: &Reader<'_>, at: usize) {
        let heads = !reader.tag(at + 1).is_some_and(Pos::is_noun) && !reader.is_capitalized(at + 1);
        if !heads {
            return;
        }
        let gender =
            match (has_any(reader, at, cue::HE, thing::HE), has_any(reader, at, cue::SHE, thing::SHE)) {
                (true, false) => Some(Gender::He),
                (false, true) => Some(Gender::She),
                _ => None,
            };
        self.unnamed = Some(Unnamed {
            at,
            sentence: reader.token(at).sentence(),
            function: function::of_phrase(reader, &(at..at + 1)),
            gender,
        });
    }

    /// Records a mention of an entity.
    pub(super) fn named(&mut self, spoken: Spoken) {
        let known = &mut self.known[spoken.cluster];
        if known.count == 0 {
            known.first = self.spoken.len();
        }
        known.count += 1;
        if spoken.function == Function::Subject {
            known.subject = spoken.sentence + 1;
        }
        self.spoken.push(spoken);
        self.before.push(self.passed);
    }

    /// The last mentions before an anaphor, the nearest first.
    pub(super) fn recent(&self, anaphor: &Anaphor) -> impl Iterator<Item = &Spoken> {
        let reach = reach(anaphor.family);
        let from = anaphor.sentence.saturating_sub(reach);
        self.spoken.iter().rev().take(LOOK_BACK).take_while(move |spoken| spoken.sentence >= from)
    }

    /// The entities that an anaphor may refer to, those mentioned last first.
    pub(super) fn candidates(&self, anaphor: &Anaphor, fits: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut candidates: Vec<usize> = Vec::with_capacity(MAX_CANDIDATES);
        for spoken in self.recent(anaphor) {
            if !candidates.contains(&spoken.cluster) && fits(spoken.cluster) {
                candidates.push(spoken.cluster);
                if candidates.len() == MAX_CANDIDATES {
                    break;
                }
            }
        }
        candidates
    }

    /// The last mention of an entity, by its index.
    pub(super) fn last(&self, cluster: usize) -> Option<usize> {
        self.spoken.iter().rposition(|spoken| spoken.cluster == cluster)
    }

    /// Whether a mention is the first one of its sentence.
    pub(super) fn opens(&self, place: usize) -> bool {
        place == 0 || self.spoken[place - 1].sentence != self.spoken[place].sentence
    }
}

/// An entity is a candidate for this many sentences after its last mention.
fn reach(family: Family) -> usize {
    match family {
        Family::Person => 8,
        Family::Noun => 40,
        _ => 4,
    }
}

fn has_any(reader: &Reader<'_>, at: usize, cue: u64, thing: u32) -> bool {
    reader.has(at, cue) || reader.has_flag(at, thing)
}

/// Whether a noun means a person.
fn is_person(reader: &Reader<'_>, at: usize) -> bool {
    const PERSONS: [u64; 8] = [
        hash_lowered("man"),
        hash_lowered("woman"),
        hash_lowered("boy"),
        hash_lowered("girl"),
        hash_lowered("person"),
        hash_lowered("student"),
        hash_lowered("guy"),
        hash_lowered("lady"),
    ];
    has_any(reader, at, cue::HE | cue::SHE | cue::ROLE_NOUN, thing::HE | thing::SHE | thing::KIN)
        || PERSONS.contains(&reader.token(at).hash())
}
