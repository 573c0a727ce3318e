//! Who speaks, by the grammar of the source phrase: its head, and the possessor of the head.
//!
//! "Elm Institute director Nora Falk" is Nora Falk; "Norvik's chief executive" and "a lawyer for Lund" are people without a name,
//! who belong to Norvik and to Lund. If the phrase is ambiguous, the speaker stays open: a wrong speaker is worse than none.

use std::ops::Range;

use copydesk_core::layers::{EntityId, EntityKind, Mention, MentionForm, PartOfSpeech as Pos};
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{DocumentView, Lexicon, hash_lowered};

use crate::speaker::names_person;

/// Nouns that stand after the name of an organisation and mean the organisation itself: "the Tarn news agency".
const SAME_THING: &str = "agency newspaper magazine website channel network station group company firm bank party team \
    university institute charity union organization organisation consortium daily weekly outlet paper";

/// What somebody is secretary, chief, director or professor of, where a name may follow: "Secretary of State Ana Falk". After
/// other nouns the name is that of another person: "a son of President Ana Falk".
const OFFICES: &str = "state staff defence defense justice education health finance interior labor labour agriculture \
    commerce energy transport transportation environment homeland police operations communications opposition law medicine \
    economics history science sciences engineering physics chemistry biology mathematics philosophy psychology sociology \
    theology nursing surgery marketing sales resources security policy research development programmes programs affairs";

/// What a source phrase says about the speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// Who speaks.
    pub(crate) entity: Option<EntityId>,
    /// The entity that a speaker without a name belongs to.
    pub(crate) of: Option<EntityId>,
    /// The token of the head, if the phrase has a noun.
    pub(crate) head: Option<usize>,
}

/// Reads source phrases.
pub(crate) struct Sources {
    same_thing: Lexicon<()>,
    offices: Lexicon<()>,
}

impl Default for Sources {
    fn default() -> Self {
        let lexicon = |words: &str| Lexicon::from_forms(words.split_whitespace().map(|word| (word, ())));
        Self { same_thing: lexicon(SAME_THING), offices: lexicon(OFFICES) }
    }
}

impl Sources {
    /// Reads the words of a source.
    pub(crate) fn read(&self, doc: &DocumentView<'_>, words: &Range<usize>) -> Source {
        let phrase = Phrase { doc, words: words.clone() };
        if let Some(entity) = phrase.antecedent() {
            return Source { entity: Some(entity), of: None, head: Some(words.start) };
        }
        let base = phrase.base();
        let Some(head) = phrase.head(&base) else { return Source::default() };
        let named = phrase.mention_ending_at(head).or_else(|| self.named_before(&phrase, &base, head));
        if let Some(mention) = named {
            return Source { entity: Some(mention.entity), of: None, head: Some(head) };
        }
        if let Some(mention) = phrase
            .apposition(base.end)
            .or_else(|| phrase.title_with_of(head, &self.offices))
            .or_else(|| phrase.name_at_the_end(&base, head))
        {
            return Source { entity: Some(mention.entity), of: None, head: Some(head) };
        }
        Source { entity: None, of: phrase.owner(head), head: Some(head) }
    }

    /// "The Tarn news agency": the name right before nouns that mean the same thing.
    fn named_before(&self, phrase: &Phrase<'_>, base: &Range<usize>, head: usize) -> Option<Mention> {
        let token = phrase.doc.tokens().get(head)?;
        if !self.same_thing.contains(token.hash()) {
            return None;
        }
        let before = |at: usize| phrase.mention_ending_at(at).map(|mention| (at, mention));
        let (at, mention) = (base.start..head).rev().find_map(before)?;
        let kind = phrase.doc.entity(mention.entity)?.kind();
        let between = (at + 1..head).all(|at| phrase.tag(at).is_some_and(Pos::is_noun));
        (between && kind == EntityKind::Organization).then_some(mention)
    }
}

/// The words of a source in their document.
struct Phrase<'d> {
    doc: &'d DocumentView<'d>,
    words: Range<usize>,
}

impl Phrase<'_> {
    fn tag(&self, at: usize) -> Option<Pos> {
        self.doc.parts_of_speech().get(at)
    }

    fn hash(&self, at: usize) -> u64 {
        self.doc.tokens().get(at).map_or(0, |token| token.hash())
    }

    /// The first noun phrase: up to a preposition, a comma, a clause, a bracket or a verb.
    fn base(&self) -> Range<usize> {
        const AND: u64 = hash_lowered("and");
        let start = self.words.start;
        let mut end = start;
        while end < self.words.end {
            let inside_name = self.mention_over(end).is_some();
            let goes_on = match self.tag(end) {
                Some(
                    Pos::Determiner
                    | Pos::Predeterminer
                    | Pos::Adjective
                    | Pos::AdjectiveComparative
                    | Pos::AdjectiveSuperlative
                    | Pos::Number
                    | Pos::Possessive
                    | Pos::Pronoun
                    | Pos::PronounPossessive
                    | Pos::VerbGerund
                    | Pos::VerbParticiple
                    | Pos::Foreign,
                ) => true,
                Some(tag) if tag.is_noun() => true,
                // "Marlow & Sons", "St. Ives", "Banking and insurance department"
                Some(Pos::Conjunction) => {
                    inside_name || self.hash(end) == AND && self.tag(end + 1).is_some_and(Pos::is_noun)
                }
                // "data-intelligence company Orrin", "Lima-based"
                Some(Pos::Mark) => inside_name || self.is_hyphen(end),
                _ => inside_name,
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        start..end
    }

    /// Whether a token is a hyphen between the parts of a word.
    fn is_hyphen(&self, at: usize) -> bool {
        const HYPHEN: u64 = hash_lowered("-");
        let glued = |at: usize| self.doc.tokens().get(at).is_some_and(|token| token.has(flag::GLUED));
        self.hash(at) == HYPHEN && glued(at) && glued(at + 1)
    }

    /// The last noun or pronoun of the base. If "and" joins two names, that of the first.
    fn head(&self, base: &Range<usize>) -> Option<usize> {
        const AND: u64 = hash_lowered("and");
        let is_head = |at: &usize| {
            self.tag(*at).is_some_and(|tag| tag.is_noun() || tag == Pos::Pronoun)
                || self.mention_ending_at(*at).is_some()
        };
        let last = base.clone().rev().find(is_head)?;
        // "the La Plata secretary-general": a noun that looks like an adjective.
        let end = base.end - 1;
        let last = if end > last
            && self.tag(end) == Some(Pos::Adjective)
            && self.mention_ending_at(last).is_some()
        {
            end
        } else {
            last
        };
        let joint = base.clone().find(|at| self.hash(*at) == AND && self.mention_over(*at).is_none());
        match joint {
            Some(joint) if joint > base.start && self.mention_ending_at(joint - 1).is_some() => {
                Some(joint - 1)
            }
            _ => Some(last),
        }
    }

    /// A mention whose last word is the token.
    fn mention_ending_at(&self, at: usize) -> Option<Mention> {
        let end = self.doc.tokens().get(at)?.span().end();
        self.mentions().filter(|mention| mention.span.end() == end).max_by_key(|mention| mention.span.len())
    }

    /// A mention of several words that contains the token, or ends with it.
    fn mention_over(&self, at: usize) -> Option<Mention> {
        let span = self.doc.tokens().get(at)?.span();
        self.mentions().find(|mention| mention.span.contains(span) && mention.span != span)
    }

    fn mentions(&self) -> impl Iterator<Item = Mention> + '_ {
        let within = self.doc.token_span(self.words.start, self.words.end);
        self.doc.mentions_in(within)
    }

    /// "Dagny Thorsen's lawyer, Piet Mulder": the person named after a common noun and a comma.
    fn apposition(&self, end: usize) -> Option<Mention> {
        if end >= self.words.end || self.tag(end) != Some(Pos::Comma) {
            return None;
        }
        let start = self.doc.tokens().get(end + 1)?.span().start();
        let named = self.mentions().find(|mention| mention.span.start() == start);
        let named = named.filter(|mention| names_person(self.doc, mention))?;
        let after = self.doc.token_at(named.span.end());
        // A list continues; an apposition ends.
        let ends = after >= self.words.end || self.tag(after) == Some(Pos::Comma);
        ends.then_some(named)
    }

    /// The person whose name ends the source.
    fn last_person(&self) -> Option<Mention> {
        let end = self.doc.tokens().get(self.words.end.checked_sub(1)?)?.span().end();
        self.mentions().find(|mention| mention.span.end() == end && names_person(self.doc, mention))
    }

    /// "The man beside her, Ana Falk", "the director of the Elm Institute, Ana Falk": the person named at the end, after a comma and
    /// prepositional phrases. With a name in these a plural head has no single name: "lawyers for Lund, Ana Falk".
    fn name_at_the_end(&self, base: &Range<usize>, head: usize) -> Option<Mention> {
        let named = self.last_person()?;
        let first = self.doc.token_at(named.span.start());
        let comma = first.checked_sub(1).filter(|at| *at > base.end && self.tag(*at) == Some(Pos::Comma))?;
        let between = self.doc.token_span(base.start, comma);
        let others = self.doc.mentions_in(between).any(|mention| mention.form == MentionForm::Name);
        let plain = (base.end..comma)
            .all(|at| self.tag(at) != Some(Pos::Comma) && !self.tag(at).is_some_and(Pos::is_finite));
        let preposition = matches!(self.tag(base.end), Some(Pos::Preposition | Pos::To));
        let one = matches!(self.tag(head), Some(Pos::Noun | Pos::ProperNoun));
        (preposition && plain && (one || !others)).then_some(named)
    }

    /// "The President of the Republic Ana Falk", "Secretary of State Ana Falk": a person named right after the noun that "of the"
    /// or "of" governs.
    fn title_with_of(&self, head: usize, offices: &Lexicon<()>) -> Option<Mention> {
        const OF: u64 = hash_lowered("of");
        let of = self.hash(head + 1) == OF;
        let article = self.tag(head + 2) == Some(Pos::Determiner);
        let named = self.last_person()?;
        let first = self.doc.token_at(named.span.start());
        let noun = self.tag(first.wrapping_sub(1)).is_some_and(Pos::is_noun);
        let office = first > head + 2 && offices.contains(self.hash(first - 1));
        (of && noun && (article && first > head + 3 || office)).then_some(named)
    }

    /// The entity that the head belongs to: a possessor or modifier before it, or the object of a preposition after it.
    fn owner(&self, head: usize) -> Option<EntityId> {
        let at = self.doc.tokens().get(head)?.span();
        let before = self.mentions().filter(|mention| mention.span.end() <= at.start()).last();
        let after = || {
            let preposition = self.tag(head + 1).is_some_and(|tag| matches!(tag, Pos::Preposition | Pos::To));
            let from = self.doc.tokens().get(head + 1)?.span().end();
            let first = self.mentions().find(|mention| mention.span.start() >= from)?;
            // "a lawyer for Lund", "a spokeswoman for the Harbour Board", but not a name several clauses away.
            let gap = self.doc.tokens_in(self.doc.span(from as usize, first.span.start() as usize)?);
            (preposition && gap.len() <= 2).then_some(first)
        };
        before.or_else(after).map(|mention| mention.entity)
    }

    /// The antecedent of "who" and "which": the name right before, with or without a comma between.
    fn antecedent(&self) -> Option<EntityId> {
        const WHO: u64 = hash_lowered("who");
        const WHICH: u64 = hash_lowered("which");
        const THAT: u64 = hash_lowered("that");
        let word = self.hash(self.words.start);
        if self.words.len() != 1 || ![WHO, WHICH, THAT].contains(&word) {
            return None;
        }
        let mut last = self.words.start.checked_sub(1)?;
        if self.tag(last) == Some(Pos::Comma) {
            last = last.checked_sub(1)?;
        }
        let token = self.doc.tokens().get(last)?;
        let sentence = self.doc.sentences().get(token.sentence())?.span();
        let mention = self
            .doc
            .mentions_in(sentence)
            .filter(|mention| mention.span.end() == token.span().end())
            .max_by_key(|mention| mention.span.len())?;
        let kind = self.doc.entity(mention.entity)?.kind();
        let person = matches!(kind, EntityKind::Person | EntityKind::Group);
        // "the head of the Water Board, who" is not the board.
        let fits = if word == WHO { person } else { kind != EntityKind::Person };
        fits.then_some(mention.entity)
    }
}
