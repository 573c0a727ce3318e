//! Two mentions of a sentence as holder and target, with what is known of them before the model gives its opinion.

use copydesk_core::layers::{EntityKind, PartOfSpeech as Pos, QuoteId};
use copydesk_core::{RuleId, Span};

use super::Stances;
use super::governed::Governed;
use super::words::Sort;
use crate::attitudes::{Attitude, Named};
use crate::bearing::Bearing;
use crate::learned::Judge;
use crate::registry;

/// A mention is compared with this many denials that begin before it.
const DENIED: usize = 4;

/// Two mentions as holder and target.
pub(super) struct Parties<'c, 'a> {
    pub(super) stances: &'c Stances<'a>,
    pub(super) judge: &'c Judge<'c>,
    /// The indices of the mentions.
    pub(super) holder: usize,
    pub(super) target: usize,
    /// The result of the rules.
    pub(super) attitude: Option<&'c Attitude>,
    /// The quote of the holder that mentions the target.
    pub(super) quote: Option<(Span, QuoteId)>,
}

impl<'c, 'a> Parties<'c, 'a> {
    pub(super) fn new(stances: &'c Stances<'a>, judge: &'c Judge<'c>, [holder, target]: [usize; 2]) -> Self {
        let (one, two) = (&stances.mentions[holder], &stances.mentions[target]);
        // If a rule finds the side, it is right more often.
        let near = |at: usize, party: &Named| at == usize::MAX || at == party.tokens.start;
        let same = |found: &&Attitude| {
            (found.holder, found.target) == (one.entity, two.entity)
                && near(found.parties[0], one)
                && near(found.parties[1], two)
        };
        let attitude = stances.attitudes.iter().rev().find(same);
        let within = |content: Span| content.start() <= two.span.start() && two.span.end() <= content.end();
        let quote =
            stances.open.iter().find(|(content, _, speaker)| *speaker == one.entity && within(*content));
        let quote = quote.map(|(content, quote, _)| (*content, *quote));
        Self { stances, judge, holder, target, attitude, quote }
    }

    pub(super) fn one(&self) -> &'c Named {
        &self.stances.mentions[self.holder]
    }

    pub(super) fn two(&self) -> &'c Named {
        &self.stances.mentions[self.target]
    }

    /// The rule that would find the stance.
    pub(super) fn rule(&self) -> RuleId {
        match (self.attitude, self.quote) {
            (Some(found), _) => found.rule,
            (None, Some(_)) => registry::QUOTE,
            (None, None) => registry::PAIR,
        }
    }

    /// Whether some opinion of the model would give an article a stance. If not, [`super::decide`] holds it back in any case, and
    /// the model need not be asked: it reads many words for each pair, and this few.
    pub(super) fn is_possible(&self, spared: &[Span]) -> bool {
        if self.is_modifier() || self.is_taken() {
            return false;
        }
        if self.attitude.is_some() {
            return true;
        }
        if self.is_outlet() || spared.contains(&self.two().span) {
            return false;
        }
        match self.quote {
            Some((content, _)) => self.is_evaluated(content) || self.is_joined(),
            None => {
                !self.has_reverse_attitude()
                    && !self.is_of_place()
                    && !self.denies()
                    && (self.is_joined() || self.governed().is_alone())
            }
        }
    }

    /// Whether a word of attitude of either side joins the two.
    fn is_joined(&self) -> bool {
        let governed = self.governed();
        [-1.0, 1.0].into_iter().any(|sign| governed.word(sign).is_some())
    }

    /// Whether a word of either side in a quote is about the target.
    fn is_evaluated(&self, content: Span) -> bool {
        let (mention, within) = (self.two().tokens.clone(), self.stances.doc.tokens_in(content));
        let bearing = Bearing { judge: self.judge, mention, within };
        [-1.0, 1.0].into_iter().any(|sign| bearing.hits(sign).next().is_some())
    }

    pub(super) fn governed(&self) -> Governed<'_> {
        let (doc, mentions, judge) = (self.stances.doc, &self.stances.mentions, self.judge);
        Governed { doc, judge, mentions, holder: self.one(), target: self.two() }
    }

    /// Whether the target is a place or a nationality that describes somebody else: "the Ecuadorian president".
    pub(super) fn is_modifier(&self) -> bool {
        let (stances, mention) = (self.stances, self.two());
        let kind = stances.doc.entity(mention.entity).map(|entity| entity.kind());
        let end = mention.tokens.end;
        let next = stances.doc.tokens().get(end).map_or(0, |token| token.hash());
        let tag = stances.doc.parts_of_speech().get(end);
        let named =
            || stances.mentions.iter().any(|next| next.tokens.start > end && next.tokens.start <= end + 4);
        (kind == Some(EntityKind::Location) || kind == Some(EntityKind::Group) && named())
            && tag.is_some_and(|tag| {
                matches!(tag, Pos::Noun | Pos::NounPlural | Pos::Adjective | Pos::ProperNoun)
            })
            && !stances.judges.attitudes.acts(next)
    }

    /// Whether a rule finds what the holder thinks of the target by other mentions of the two.
    pub(super) fn is_taken(&self) -> bool {
        let elsewhere =
            |found: &Attitude| (found.holder, found.target) == (self.one().entity, self.two().entity);
        self.attitude.is_none() && self.stances.attitudes.iter().any(elsewhere)
    }

    /// Whether the holder is a newspaper or the like: a report is not an opinion.
    pub(super) fn is_outlet(&self) -> bool {
        self.stances.outlets[self.holder]
    }

    /// Whether the target is in what the holder denies.
    pub(super) fn denies(&self) -> bool {
        let (denied, mention, holder) = (&self.stances.denied, self.two(), self.one().entity);
        let before = denied.partition_point(|(content, ..)| content.start() <= mention.span.start());
        let mut latest = denied[..before].iter().rev().take(DENIED);
        latest.any(|(content, _, speaker)| *speaker == holder && mention.span.end() <= content.end())
    }

    /// Whether the holder is a place or a nationality that is not an actor: "the Ecuadorian president", "Laconia, N.H.".
    pub(super) fn is_of_place(&self) -> bool {
        let (stances, mention) = (self.stances, self.one());
        let kind = stances.doc.entity(mention.entity).map(|entity| entity.kind());
        let tag = stances.doc.parts_of_speech().get(mention.tokens.end);
        let acts =
            tag.is_none_or(|tag| tag.is_verb() || matches!(tag, Pos::Modal | Pos::Adverb | Pos::Possessive));
        let office = stances.doc.tokens().get(mention.tokens.end).map_or(0, |token| token.hash());
        match kind {
            Some(EntityKind::Location | EntityKind::Facility) => {
                !acts && !stances.judges.attitudes.acts(office)
            }
            Some(EntityKind::Person | EntityKind::Organization | EntityKind::Group) | None => false,
            Some(_) => true,
        }
    }

    /// Whether a rule finds that the target has an opinion of the holder.
    pub(super) fn has_reverse_attitude(&self) -> bool {
        let (one, two) = (self.one().entity, self.two().entity);
        self.stances.attitudes.iter().any(|found| found.holder == two && found.target == one)
    }

    /// Whether the holder is the object of a verb, and another verb with the same subject follows: "praised A and attacked B".
    pub(super) fn is_object(&self) -> bool {
        let words = &self.stances.words;
        let (before, end) = (self.one().tokens.start.wrapping_sub(1), self.one().tokens.end);
        words.of(before).is_verb()
            && words.of(end).sort == Sort::Conjunction
            && (words.of(end + 1).is_verb() || words.of(end + 1).sort == Sort::Helping)
    }
}
