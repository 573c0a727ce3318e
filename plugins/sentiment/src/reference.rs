//! Whether it is clear whom a pronoun or "the president" means: what is told of the wrong one is worse than nothing.

use std::cell::OnceCell;

use copydesk_core::layers::{EntityId, EntityKind, Mention, MentionForm, PartOfSpeech as Pos};
use copydesk_core::{DocumentView, Span, hash_lowered};

use crate::attitudes::Named;

/// What a pronoun tells of whom it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pronoun {
    He,
    She,
    Other,
}

const HE: [u64; 4] = [hash_lowered("he"), hash_lowered("him"), hash_lowered("his"), hash_lowered("himself")];
const SHE: [u64; 3] = [hash_lowered("she"), hash_lowered("her"), hash_lowered("hers")];
/// They mean the speaker, whom the quote names.
const FIRST: [u64; 11] = [
    hash_lowered("i"),
    hash_lowered("me"),
    hash_lowered("my"),
    hash_lowered("mine"),
    hash_lowered("myself"),
    hash_lowered("we"),
    hash_lowered("us"),
    hash_lowered("our"),
    hash_lowered("ours"),
    hash_lowered("ourselves"),
    hash_lowered("who"),
];

fn pronoun(hash: u64) -> Pronoun {
    if HE.contains(&hash) {
        Pronoun::He
    } else if SHE.contains(&hash) {
        Pronoun::She
    } else {
        Pronoun::Other
    }
}

/// How often "he" and "she" mean each entity.
#[derive(Debug, Default)]
pub(crate) struct References {
    /// Counted when they are first asked for, as most documents have no stance that depends on them.
    counts: OnceCell<Vec<[u32; 2]>>,
}

impl References {
    /// Counts the pronouns of a document.
    fn count(doc: &DocumentView<'_>) -> Vec<[u32; 2]> {
        let mut counts = vec![[0; 2]; doc.entities().len()];
        for mention in doc.mentions().filter(|mention| mention.form == MentionForm::Pronoun) {
            let side = match pronoun(hash_at(doc, mention.span)) {
                Pronoun::He => 0,
                Pronoun::She => 1,
                Pronoun::Other => continue,
            };
            if let Some(known) = counts.get_mut(mention.entity.index()) {
                known[side] += 1;
            }
        }
        counts
    }

    /// Whether a pronoun does not fit an entity that is otherwise called by the other one.
    fn differs(&self, doc: &DocumentView<'_>, entity: EntityId, pronoun: Pronoun) -> bool {
        if pronoun == Pronoun::Other {
            return false;
        }
        let counts = self.counts.get_or_init(|| Self::count(doc));
        let [he, she] = counts.get(entity.index()).copied().unwrap_or_default();
        match pronoun {
            Pronoun::He => she > he,
            Pronoun::She => he > she,
            Pronoun::Other => false,
        }
    }

    /// Whether it is clear whom a mention of a sentence means. `last` is the sentence before; `other` is known to be somebody
    /// else.
    pub(crate) fn is_clear(
        &self,
        doc: &DocumentView<'_>,
        named: &Named,
        [last, sentence]: [Span; 2],
        other: Option<EntityId>,
    ) -> bool {
        if !matches!(named.form, MentionForm::Pronoun | MentionForm::Nominal) {
            return true;
        }
        if is_first(doc, named) {
            return true;
        }
        let hash = hash_at(doc, named.span);
        let own = if named.form == MentionForm::Pronoun { pronoun(hash) } else { Pronoun::Other };
        if self.differs(doc, named.entity, own) {
            return false;
        }
        let person = own != Pronoun::Other || kind(doc, named.entity) == Some(EntityKind::Person);
        let competes = |mention: &Mention| {
            let kind = kind(doc, mention.entity);
            mention.form != MentionForm::Pronoun
                && Some(mention.entity) != other
                && (kind == Some(EntityKind::Person)) == person
                && !matches!(kind, Some(EntityKind::Work | EntityKind::Event | EntityKind::Law))
                && !self.differs(doc, mention.entity, own)
        };
        // Of those who are named before, the first of a sentence is its subject more often than not.
        let first = |within: Span| {
            let known = || doc.mentions_in(within).filter(|mention| mention.span.end() <= named.span.start());
            let meant = |mention: &Mention| mention.entity == named.entity;
            let mut subjects = known().filter(|mention| !is_attribute(doc, mention.span));
            let subject = subjects.find(|mention| meant(mention) || competes(mention));
            subject
                .map(|mention| meant(&mention))
                .or_else(|| known().any(|mention| meant(&mention)).then_some(true))
        };
        // "He is a thief," B said of A.
        let later = || {
            doc.mentions_in(sentence).any(|mention| {
                mention.entity == named.entity
                    && mention.form == MentionForm::Name
                    && mention.span.start() > named.span.start()
            })
        };
        match first(sentence) {
            Some(own) => own,
            None => named.form == MentionForm::Nominal || first(last).unwrap_or_else(later),
        }
    }
}

/// Whether a mention is "I", "us" or the like.
pub(crate) fn is_first(doc: &DocumentView<'_>, named: &Named) -> bool {
    named.form == MentionForm::Pronoun && FIRST.contains(&hash_at(doc, named.span))
}

fn kind(doc: &DocumentView<'_>, entity: EntityId) -> Option<EntityKind> {
    doc.entity(entity).map(|entity| entity.kind())
}

fn hash_at(doc: &DocumentView<'_>, span: Span) -> u64 {
    doc.tokens().get(doc.token_at(span.start())).map_or(0, |token| token.hash())
}

/// "a staunch A ally", "A's ally": the name is no subject.
fn is_attribute(doc: &DocumentView<'_>, span: Span) -> bool {
    let end = crate::targets::tokens(doc, span).1;
    matches!(doc.parts_of_speech().get(end), Some(Pos::Noun | Pos::NounPlural | Pos::Possessive))
}
