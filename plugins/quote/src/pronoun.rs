//! Whom "he" or "she" means as a speaker, if the entities do not say or contradict the quotes.

use std::ops::Range;

use copydesk_core::layers::{EntityId, EntityKind, MentionForm};
use copydesk_core::{DocumentView, Span};

use crate::speaker::is_person;

/// The last quote whose speaker is known.
#[derive(Clone, Copy)]
pub(crate) struct Last {
    /// Quote and speaker.
    pub(crate) whole: Span,
    /// The words of the quote.
    pub(crate) content: Span,
    pub(crate) speaker: EntityId,
}

/// Between two quotes of a known speaker there are at most this many words.
const NEAR: usize = 60;

/// A speaker who is called "he" or "she".
pub(crate) struct Pronoun<'d> {
    pub(crate) doc: &'d DocumentView<'d>,
    pub(crate) words: &'d Range<usize>,
}

impl Pronoun<'_> {
    fn is_one(&self) -> bool {
        let word = self.doc.tokens().get(self.words.start).map_or("", |token| self.doc.slice(token.span()));
        self.words.len() == 1 && matches!(word.to_ascii_lowercase().as_str(), "he" | "she")
    }

    fn names(&self, within: Span, entity: EntityId) -> bool {
        self.doc
            .mentions_in(within)
            .any(|mention| mention.entity == entity && mention.form == MentionForm::Name)
    }

    /// Whether the quote itself names the entity: people do not name themselves.
    pub(crate) fn is_named_in(&self, content: &[Span], entity: EntityId) -> bool {
        self.is_one() && content.iter().any(|part| self.names(*part, entity))
    }

    /// Whether the entity was last named inside the quote before, by its speaker, "“Vasile should have called,” Rusu said. She
    /// said …" is Rusu.
    pub(crate) fn is_spoken_of(&self, last: &Last, entity: EntityId) -> bool {
        let since = self.doc.span(last.whole.end() as usize, self.start() as usize);
        self.is_one()
            && entity != last.speaker
            && self.names(last.content, entity)
            && since.is_some_and(|since| !self.names(since, entity) && self.is_near(since))
    }

    /// The speaker of the quote before, if no other name stands between the two.
    pub(crate) fn goes_on(&self, quote: Span, last: &Last) -> Option<EntityId> {
        let person = self.doc.entity(last.speaker).is_some_and(|entity| entity.kind() == EntityKind::Person);
        let between = self.doc.span(last.whole.end() as usize, quote.start().min(self.start()) as usize)?;
        let other = self.doc.mentions_in(between).any(|mention| mention.form == MentionForm::Name);
        (self.is_one() && person && self.is_near(between) && !other).then_some(last.speaker)
    }

    /// The one person whom the sentence before the quote names.
    pub(crate) fn subject_before(&self, quote: Span) -> Option<EntityId> {
        let first = self.doc.token_at(quote.start().min(self.start()));
        let before = self.doc.tokens().get(first.checked_sub(1)?)?.sentence();
        let own = self.doc.tokens().get(first)?.sentence();
        let sentence = self.doc.sentences().get(before).filter(|_| before != own)?;
        let mut persons =
            self.doc.mentions_in(sentence.span()).filter(|mention| is_person(self.doc, mention));
        let subject = persons.next().filter(|mention| mention.form == MentionForm::Name)?;
        let alone = persons.all(|mention| mention.entity == subject.entity);
        (self.is_one() && alone).then_some(subject.entity)
    }

    fn start(&self) -> u32 {
        self.doc.tokens().get(self.words.start).map_or(0, |token| token.span().start())
    }

    fn is_near(&self, between: Span) -> bool {
        self.doc.tokens_in(between).len() <= NEAR
    }
}
