//! Whose words a clause tells, where the quote stage saw no quote: "The Red Cross said that 1.2 million people needed food".

use std::ops::Range;

use copydesk_core::layers::{EntityId, PartOfSpeech};

use crate::clause::Page;
use crate::region::Regions;
use crate::words::role;

/// Who tells what a clause says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Told {
    /// The article, or the speaker of a quote.
    ByNobody,
    /// An entity, before a verb of saying.
    By(EntityId),
    /// Somebody who is no entity, or who may be wrong: the article does not claim it.
    BySomebody,
}

impl Told {
    pub(crate) fn speaker(self) -> Option<EntityId> {
        match self {
            Self::By(entity) => Some(entity),
            _ => None,
        }
    }
}

impl Page<'_> {
    /// Who tells what is at `at`, and the tokens of what is told; in a quote that is its speaker.
    pub(crate) fn told(
        &self,
        regions: &Regions<'_>,
        clause: Range<usize>,
        at: &Range<usize>,
        quoted: bool,
    ) -> (Range<usize>, Told) {
        let before = clause.start..at.start.min(clause.end);
        let verb = before.rev().find(|token| self.tells(*token, at.start));
        // Inside a quote only its doubts count: "we believe that".
        let verb = verb.filter(|verb| !quoted || self.is(*verb, role::DOUBTING));
        let Some(verb) = verb else { return (clause, Told::ByNobody) };
        let that = usize::from(self.text(verb + 1) == "that");
        let content = (verb + 1 + that).min(at.start)..clause.end;
        if self.is(verb, role::DOUBTING) {
            return (content, Told::BySomebody);
        }
        let subject = self.doc.token_span(clause.start, verb);
        let speaker =
            regions.mentions_in(subject).filter(|mention| self.tokens(mention.span).end == verb).last();
        (content, speaker.map_or(Told::BySomebody, |mention| Told::By(mention.entity)))
    }

    /// Whether a token is a verb of saying with a clause behind it that reaches to `end`.
    fn tells(&self, token: usize, end: usize) -> bool {
        let tag = self.tag(token);
        let verb = tag.is_some_and(PartOfSpeech::is_verb)
            || tag.is_some_and(PartOfSpeech::is_noun) && self.is_hidden_verb(token);
        let tells = verb && self.is(token, role::REPORTING | role::DOUBTING);
        tells
            && (self.text(token + 1) == "that"
                || self.is(token, role::SAYING | role::DOUBTING)
                || (token + 1..end).any(|other| self.is_finite(other)))
    }

    /// "The NTU estimates that": behind a name taggers take a verb for a noun.
    fn is_hidden_verb(&self, token: usize) -> bool {
        self.text(token + 1) == "that"
            && self.text(token).ends_with('s')
            && token.checked_sub(1).and_then(|before| self.tag(before)) == Some(PartOfSpeech::ProperNoun)
    }
}
