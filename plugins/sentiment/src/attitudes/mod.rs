//! Attitudes expressed by a verb or a noun: "A condemned B", "B was praised by A", "A's support for B", "A called B a fraud".

mod bonds;
mod expressed;
mod sentence;

use std::ops::Range;

use copydesk_core::layers::{EntityId, MentionForm, PartOfSpeech as Pos};
use copydesk_core::{DocumentView, Lexicon, RuleId, Span, StageError, hash_lowered};

use crate::around::Place;
use crate::found::Found;
use crate::learned::Judge;
use crate::lexicon;
use crate::lexicon::rows;
use copydesk_learn::BloomFilter;
use sentence::Sentence;

/// A mention of an entity.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) tokens: Range<usize>,
    pub(crate) span: Span,
    pub(crate) entity: EntityId,
    pub(crate) form: MentionForm,
}

/// The function of a word of attitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Verb,
    Noun,
    Name,
    /// As `Name`, if "as" follows the object.
    As,
    Deny,
    Bond,
    Warm,
    Tie,
    Reap,
    Urge,
    Office,
    Voice,
}

/// The approximate number of words.
const WORDS: usize = 1000;

/// The table of words that express attitudes.
pub(crate) struct Attitudes {
    words: Lexicon<[Option<(Kind, f32)>; 2]>,
    known: BloomFilter,
}

/// An attitude.
pub(crate) struct Attitude {
    pub(crate) holder: EntityId,
    pub(crate) target: EntityId,
    /// Where the mentions of the two begin, in tokens; `usize::MAX` where any mention will do.
    pub(crate) parties: [usize; 2],
    /// -1 to 1.
    pub(crate) score: f32,
    pub(crate) evidence: Span,
    pub(crate) rule: RuleId,
    /// Each of the two has it towards the other.
    pub(crate) mutual: bool,
}

impl Attitude {
    fn of(holder: &Named, target: &Named, score: f32, evidence: Span, rule: RuleId) -> Self {
        let parties = [holder.tokens.start, target.tokens.start];
        Self { holder: holder.entity, target: target.entity, parties, score, evidence, rule, mutual: false }
    }
}

const fn is_any(hash: u64, words: &[u64]) -> bool {
    let mut at = 0;
    while at < words.len() {
        if words[at] == hash {
            return true;
        }
        at += 1;
    }
    false
}

const BE: [u64; 9] = [
    hash_lowered("was"),
    hash_lowered("were"),
    hash_lowered("is"),
    hash_lowered("are"),
    hash_lowered("been"),
    hash_lowered("being"),
    hash_lowered("be"),
    hash_lowered("got"),
    hash_lowered("gets"),
];

/// Nouns of attitude for whoever has it.
const PEOPLE: [u64; 12] = [
    hash_lowered("ally"),
    hash_lowered("allies"),
    hash_lowered("critic"),
    hash_lowered("critics"),
    hash_lowered("opponent"),
    hash_lowered("opponents"),
    hash_lowered("supporter"),
    hash_lowered("supporters"),
    hash_lowered("fan"),
    hash_lowered("fans"),
    hash_lowered("admirer"),
    hash_lowered("admirers"),
];

impl Attitudes {
    /// Reads the built-in table.
    pub(crate) fn built_in() -> Result<Self, StageError> {
        let mut words: Lexicon<[Option<(Kind, f32)>; 2]> = Lexicon::with_capacity(WORDS);
        let mut filter = BloomFilter::default();
        for line in rows(include_str!("../../data/attitudes.tsv")) {
            let wrong = || StageError::failed(format_args!("attitudes.tsv: `{line}`"));
            let mut columns = line.split('\t');
            let (Some(kind), Some(score), Some(forms)) = (columns.next(), columns.next(), columns.next())
            else {
                return Err(wrong());
            };
            let kind = match kind {
                "verb" => Kind::Verb,
                "noun" => Kind::Noun,
                "name" => Kind::Name,
                "as" => Kind::As,
                "deny" => Kind::Deny,
                "bond" => Kind::Bond,
                "warm" => Kind::Warm,
                "tie" => Kind::Tie,
                "reap" => Kind::Reap,
                "urge" => Kind::Urge,
                "office" => Kind::Office,
                "voice" => Kind::Voice,
                _ => return Err(wrong()),
            };
            let score: f32 = score.parse().map_err(|_| wrong())?;
            for form in lexicon::words(forms) {
                let hash = copydesk_core::hash_lower(form);
                let mut known = words.get(hash).copied().unwrap_or_default();
                // A form can be verb and noun: "attack".
                if let Some(free) = known.iter_mut().find(|known| known.is_none()) {
                    *free = Some((kind, score));
                }
                words.insert(hash, known);
                filter.insert(hash);
            }
        }
        Ok(Self { words, known: filter })
    }

    /// Whether a word may express an attitude.
    #[inline(always)]
    pub(crate) fn knows(&self, hash: u64) -> bool {
        self.known.may_hold(hash) && self.words.contains(hash)
    }

    /// The attitude whose object is a target: by a verb shortly before it, or a passive one after it.
    pub(crate) fn towards(&self, doc: &DocumentView<'_>, found: Found<'_>, place: &Place) -> f32 {
        const NEAR: usize = 5;
        let hash = |at: usize| doc.tokens().get(at).map_or(0, |token| token.hash());
        let (first, end) = (place.target.start, place.target.end);
        let window = place.window();
        let verb = |at: &usize| self.of(hash(*at), Kind::Verb);
        let before = first.saturating_sub(NEAR).max(place.clause.start).max(window.start)..first;
        if let Some(score) = found.attitudes_within(before).iter().rev().find_map(verb) {
            return score;
        }
        let after = end..end.saturating_add(NEAR).min(place.clause.end).min(window.end);
        let is_passive = |at: &usize| (end..*at).any(|at| is_any(hash(at), &BE));
        let mut verbs = found.attitudes_within(after).iter().filter(|at| is_passive(at));
        verbs.find_map(verb).unwrap_or_default()
    }

    /// The attitude of a verb's subject to its object.
    pub(crate) fn verb(&self, hash: u64) -> Option<f32> {
        if self.knows(hash) { self.of(hash, Kind::Verb) } else { None }
    }

    /// The polarity of a verb or noun of attitude; 0 if a word is neither.
    pub(crate) fn leans(&self, hash: u64) -> f32 {
        self.of(hash, Kind::Verb).or_else(|| self.of(hash, Kind::Noun)).unwrap_or_default()
    }

    /// Whether a verb tells that its subject has what a noun of attitude behind it names: "voiced support".
    pub(crate) fn voices(&self, hash: u64) -> bool {
        self.of(hash, Kind::Voice).is_some()
    }

    /// Whether a noun names an attitude.
    pub(crate) fn is_noun(&self, hash: u64) -> bool {
        self.knows(hash) && self.of(hash, Kind::Noun).is_some()
    }

    /// Whether a word turns the word of attitude behind it: "refused to condemn".
    pub(crate) fn denies(&self, hash: u64) -> bool {
        self.knows(hash) && self.of(hash, Kind::Deny).is_some()
    }

    /// Whether a verb asks somebody for what he does not do yet: "persuaded A to".
    pub(crate) fn urges(&self, hash: u64) -> bool {
        self.knows(hash) && self.of(hash, Kind::Urge).is_some()
    }

    /// Whether a word of attitude stands for whoever has it: "critic", "supporters".
    pub(crate) fn is_person(&self, hash: u64) -> bool {
        is_any(hash, &PEOPLE)
    }

    /// Whether a word expresses an attitude by itself.
    pub(crate) fn expresses(&self, hash: u64) -> bool {
        let own = |kind: &Kind| {
            !matches!(
                kind,
                Kind::Reap
                    | Kind::Tie
                    | Kind::Deny
                    | Kind::Name
                    | Kind::As
                    | Kind::Urge
                    | Kind::Office
                    | Kind::Voice
            )
        };
        self.words.get(hash).is_some_and(|kinds| kinds.iter().flatten().any(|(kind, _)| own(kind)))
    }

    /// Whether a verb calls its object something.
    pub(crate) fn names(&self, hash: u64) -> bool {
        self.knows(hash) && self.of(hash, Kind::Name).is_some()
    }

    /// Whether a noun means people who act for a place: "the Freedonian government".
    pub(crate) fn acts(&self, hash: u64) -> bool {
        self.knows(hash) && self.of(hash, Kind::Office).is_some()
    }

    fn of(&self, hash: u64, kind: Kind) -> Option<f32> {
        let known = self.words.get(hash)?;
        known.iter().flatten().find(|(own, _)| *own == kind).map(|(_, score)| *score)
    }

    /// Finds attitudes between the mentions of a sentence. `bond` is set to the last two entities with a bond between them.
    pub(crate) fn find(
        &self,
        judge: &Judge<'_>,
        mentions: &[Named],
        bond: &mut Option<[EntityId; 2]>,
        mut found: impl FnMut(Attitude),
    ) {
        let doc = judge.doc;
        let sentence = Sentence { doc, judge, mentions, tokens: judge.encoded.tokens(), attitudes: self };
        for &at in judge.found.attitudes {
            let Some(kinds) = doc.tokens().get(at).and_then(|token| self.words.get(token.hash())) else {
                continue;
            };
            // "attack", "praise": the part of speech decides.
            let both = kinds.iter().all(Option::is_some);
            let noun = matches!(doc.parts_of_speech().get(at), Some(Pos::Noun | Pos::NounPlural))
                && sentence.governs(at);
            let no_verb = sentence.is_no_verb(at);
            for (kind, score) in kinds.iter().flatten() {
                match kind {
                    Kind::Verb if both && noun || no_verb => {}
                    Kind::Name | Kind::As if no_verb => {}
                    Kind::Verb => sentence.verb(at, *score, &mut found),
                    Kind::Noun => sentence.noun(at, *score, &mut found),
                    Kind::Name | Kind::As => sentence.name(at, *bond, &mut found),
                    Kind::Bond => sentence.between(at, *score, bond, &mut found),
                    Kind::Warm => sentence.both(at, *score, bond, &mut found),
                    Kind::Deny | Kind::Tie | Kind::Reap | Kind::Urge | Kind::Office | Kind::Voice => {}
                }
            }
        }
    }
}
