//! The source of a clause that the quote stage has not marked as a quote: "The Red Cross said that 1.2 million people needed food".

use std::ops::Range;

use copydesk_core::layers::{EntityId, PartOfSpeech};

use crate::clause::Page;
use crate::region::Regions;
use crate::words::role;

/// The source of a clause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Attribution {
    /// The article itself, or the speaker of a quote.
    None,
    /// An entity, the subject of a verb of saying.
    Entity(EntityId),
    /// Someone who is not an entity, or who may be wrong: the article does not claim it.
    Unnamed,
}

impl Attribution {
    pub(crate) fn speaker(self) -> Option<EntityId> {
        match self {
            Self::Entity(entity) => Some(entity),
            _ => None,
        }
    }
}

impl Page<'_> {
    /// The source of what is at `at`, and the tokens of the reported clause; in a quote it is the speaker.
    pub(crate) fn attribution(
        &self,
        regions: &Regions<'_>,
        clause: Range<usize>,
        at: &Range<usize>,
        quoted: bool,
    ) -> (Range<usize>, Attribution) {
        let before = clause.start..at.start.min(clause.end);
        let verb = before.rev().find(|token| self.introduces_clause(*token, at.start));
        // Inside a quote only expressions of doubt count: "we believe that".
        let verb = verb.filter(|verb| !quoted || self.is(*verb, role::DOUBTING));
        let Some(verb) = verb else { return (clause, Attribution::None) };
        let that = usize::from(self.text(verb + 1) == "that");
        let content = (verb + 1 + that).min(at.start)..clause.end;
        if self.is(verb, role::DOUBTING) {
            return (content, Attribution::Unnamed);
        }
        let subject = self.doc.token_span(clause.start, verb);
        let speaker =
            regions.mentions_in(subject).filter(|mention| self.tokens(mention.span).end == verb).last();
        (content, speaker.map_or(Attribution::Unnamed, |mention| Attribution::Entity(mention.entity)))
    }

    /// Whether a token is a verb of saying with a clause after it that extends to `end`.
    fn introduces_clause(&self, token: usize, end: usize) -> bool {
        let tag = self.tag(token);
        let verb = tag.is_some_and(PartOfSpeech::is_verb)
            || tag.is_some_and(PartOfSpeech::is_noun) && self.is_hidden_verb(token);
        let reports = verb && self.is(token, role::REPORTING | role::DOUBTING);
        reports
            && (self.text(token + 1) == "that"
                || self.is(token, role::SAYING | role::DOUBTING)
                || (token + 1..end).any(|other| self.is_finite(other)))
    }

    /// "The NTU estimates that": after a name taggers mistake a verb for a noun.
    fn is_hidden_verb(&self, token: usize) -> bool {
        self.text(token + 1) == "that"
            && self.text(token).ends_with('s')
            && token.checked_sub(1).and_then(|before| self.tag(before)) == Some(PartOfSpeech::ProperNoun)
    }
}
