//! The rules that hold back drafts.

use copydesk_core::layers::{CueClass, PartOfSpeech as Pos, QuoteKind};
use copydesk_core::{DocumentView, RuleId, Span, hash_lower, hash_lowered};

use crate::QuoteStage;
use crate::draft::{Draft, WrittenCue};
use crate::registry;
use crate::word_lists::WordLists;

/// The lemma of "according to".
const ACCORDING: &str = "according";

impl QuoteStage {
    /// The rule that holds a draft back.
    pub(crate) fn held_back(
        &self,
        doc: &DocumentView<'_>,
        draft: &Draft,
        cue: Option<&WrittenCue>,
    ) -> Option<RuleId> {
        let options = &self.options;
        if !(options.kinds.is_empty() || options.kinds.iter().any(|kind| kind.is(draft.kind))) {
            return Some(registry::OTHER_KIND);
        }
        if draft.confidence < options.min_confidence {
            return Some(registry::UNSURE);
        }
        let cue = cue?;
        if !(options.classes.is_empty() || options.classes.iter().any(|class| class.is(cue.class))) {
            return Some(registry::OTHER_CLASS);
        }
        if options.attitudes {
            return None;
        }
        let frame = Frame { doc, draft, lists: &self.lists };
        let clause =
            || draft.content.iter().any(|part| is_clause(doc, *part, draft.cue, &cue.lemma, &self.lists));
        let noun = draft.cue.and_then(|head| doc.parts_of_speech().get(head)).is_some_and(Pos::is_noun);
        let said = || opens_with_that(doc, draft) || cue.lemma == ACCORDING;
        let speech = matches!(cue.class, CueClass::Speech | CueClass::Writing);
        match draft.kind {
            QuoteKind::Direct if draft.content.iter().all(|part| is_title(doc, *part, cue.listed)) => {
                Some(registry::TITLE)
            }
            _ if frame.is_list_label() => Some(registry::LIST_LABEL),
            // Marks show that these are somebody's words, whatever verb stands next to them.
            QuoteKind::Direct => None,
            QuoteKind::Indirect if frame.is_colon() && !self.names_speaker(doc, draft) => {
                Some(registry::LABEL)
            }
            QuoteKind::Indirect if frame.is_anybody() => Some(registry::ANYBODY),
            QuoteKind::Indirect if self.is_relative(&frame, &cue.lemma) => Some(registry::RELATIVE),
            QuoteKind::Mixed if draft.speaker.is_none() && is_name_for(&cue.lemma) => Some(registry::NAMING),
            _ if !speech && !self.is_finding(doc, draft, cue) => Some(registry::ATTITUDE),
            _ if frame.is_refused() => Some(registry::REFUSAL),
            _ if frame.has_answer() => Some(registry::ANSWER),
            _ if frame.is_asked() => Some(registry::QUESTION),
            _ if frame.is_right() => Some(registry::INFINITIVE),
            _ if frame.is_impersonal(&cue.lemma) => Some(registry::IMPERSONAL),
            _ if cue.lemma == ACCORDING && self.is_norm(doc, draft) => Some(registry::NORM),
            // "declined to comment"
            _ if self.lists.refusing.contains(hash_lower(&cue.lemma))
                && (opens_with(doc, draft, &["to"]) || frame.has_infinitive()) =>
            {
                Some(registry::REFUSAL)
            }
            QuoteKind::Indirect if frame.is_reflexive() => Some(registry::REFLEXIVE),
            // "his questioning of the candidate", "has been in talks", "its forecast by"
            _ if noun && !said() => Some(registry::NOUN_CUE),
            QuoteKind::Mixed if cue.listed => None,
            _ if !cue.listed => Some(registry::UNLISTED_CUE),
            // The words next to "according to" are always a statement, whatever the tagger takes their verb for.
            _ if cue.lemma != ACCORDING && !clause() && !is_whole_sentence(doc, draft) => {
                Some(registry::NO_CLAUSE)
            }
            _ if draft.speaker.is_none() && !opens_with_that(doc, draft) => Some(registry::NO_SPEAKER),
            _ => None,
        }
    }

    /// "had to declare the books that they used": the clause describes the object of the verb.
    fn is_relative(&self, frame: &Frame<'_>, lemma: &str) -> bool {
        let Frame { doc, draft, .. } = *frame;
        let (Some(cue), Some(content)) = (draft.cue, draft.content.first()) else { return false };
        let start = doc.token_at(content.start());
        let noun = start.wrapping_sub(1);
        let opens = matches!(
            frame.tag(cue + 1),
            Some(Pos::Determiner | Pos::PronounPossessive | Pos::Adjective | Pos::Number)
        );
        let object = start > cue + 2
            && opens
            && frame.tag(noun).is_some_and(Pos::is_noun)
            && (cue + 1..start).all(|at| {
                frame.tag(at).is_some_and(|tag| {
                    tag.is_noun()
                        || matches!(
                            tag,
                            Pos::Determiner
                                | Pos::PronounPossessive
                                | Pos::Adjective
                                | Pos::Number
                                | Pos::Possessive
                        )
                })
            });
        // "told the committee that", "voiced the fear that", "said last week that"
        object
            && opens_with(doc, draft, &["that"])
            && !self.lists.telling.contains(hash_lower(lemma))
            // "criticised a plan that would close the yard"
            && (self.cues.get(frame.hash(noun)).is_none() || self.lists.judging.contains(hash_lower(lemma)))
            && !self.lists.times.contains(frame.hash(noun))
    }

    /// Whether the source is, or belongs to, somebody with a name, or is a pronoun.
    fn names_speaker(&self, doc: &DocumentView<'_>, draft: &Draft) -> bool {
        let Some(words) = &draft.speaker else { return false };
        let source = self.sources.read(doc, words);
        let pronoun = || doc.parts_of_speech().get(words.start) == Some(Pos::Pronoun);
        source.entity.is_some() || source.of.is_some() || pronoun()
    }

    /// "According to the rules, …": something that is so by a rule and that nobody said.
    fn is_norm(&self, doc: &DocumentView<'_>, draft: &Draft) -> bool {
        let head = draft.speaker.as_ref().and_then(|words| self.sources.read(doc, words).head);
        head.and_then(|at| doc.tokens().get(at)).is_some_and(|token| self.lists.norms.contains(token.hash()))
    }

    /// "Scientists found that …", "The audit shows that …": a finding is reported by those who found it.
    fn is_finding(&self, doc: &DocumentView<'_>, draft: &Draft, cue: &WrittenCue) -> bool {
        self.lists.finding.contains(hash_lower(&cue.lemma))
            && opens_with(doc, draft, &["that"])
            && draft.speaker.clone().is_some_and(|words| {
                doc.tokens()[words].iter().any(|token| self.lists.researching.contains(token.hash()))
            })
    }
}

/// A draft in its sentence.
struct Frame<'f> {
    doc: &'f DocumentView<'f>,
    draft: &'f Draft,
    lists: &'f WordLists,
}

impl Frame<'_> {
    fn hash(&self, at: usize) -> u64 {
        self.doc.tokens().get(at).map_or(0, |token| token.hash())
    }

    fn tag(&self, at: usize) -> Option<Pos> {
        self.doc.parts_of_speech().get(at)
    }

    /// The token before an infinitive's "to", without adverbs: "refused to publicly say".
    fn before_infinitive(&self) -> Option<usize> {
        let cue = self.draft.cue?;
        let to = (cue.saturating_sub(2)..cue).rev().find(|at| self.tag(*at) != Some(Pos::Adverb))?;
        (self.tag(to) == Some(Pos::To)).then(|| to.checked_sub(1)).flatten()
    }

    /// "declined to define what …"
    fn has_infinitive(&self) -> bool {
        let after = |at: usize| self.tag(at) == Some(Pos::To) && self.tag(at + 1).is_some_and(Pos::is_verb);
        self.draft.cue.is_some_and(|cue| after(cue + 1))
    }

    /// "asserted himself as their head", "proved themselves": no words.
    fn is_reflexive(&self) -> bool {
        const SELVES: [u64; 6] = [
            hash_lowered("himself"),
            hash_lowered("herself"),
            hash_lowered("itself"),
            hash_lowered("themselves"),
            hash_lowered("myself"),
            hash_lowered("ourselves"),
        ];
        self.draft.cue.is_some_and(|cue| SELVES.contains(&self.hash(cue + 1)))
    }

    /// "refused to say whether …", "failed to mention that …": nothing was said.
    fn is_refused(&self) -> bool {
        self.before_infinitive().is_some_and(|at| self.lists.unsaid.contains(self.hash(at)))
    }

    /// "the authority to call a special session": a right, whose holder was taken for a speaker.
    fn is_right(&self) -> bool {
        let (Some(noun), Some(words)) = (self.before_infinitive(), self.draft.speaker.as_ref()) else {
            return false;
        };
        words.end == noun + 1
            && self.tag(noun) == Some(Pos::Noun)
            && !self.doc.tokens()[words.clone()].iter().any(|token| token.is_capitalized())
    }

    /// "When they were asked, half of them said no.": the statement stands after the cue.
    fn has_answer(&self) -> bool {
        let Some(cue) = self.draft.cue else { return false };
        let before = self.draft.content.iter().all(|part| self.doc.tokens_in(*part).end <= cue);
        before && self.lists.answers.contains(self.hash(cue + 1))
    }

    /// "Has the minister said that …?": a question reports no statement.
    fn is_asked(&self) -> bool {
        let Some(cue) = self.draft.cue else { return false };
        let own = self.doc.tokens().get(cue).and_then(|token| self.doc.sentences().get(token.sentence()));
        let Some(own) = own.map(|sentence| sentence.tokens()) else { return false };
        let ends = own.end.checked_sub(1).map(|last| self.doc.slice(self.doc.token_span(last, last + 1)));
        // "But", "so", "why" may open it.
        let opens = |tag: Option<Pos>| matches!(tag, Some(Pos::Conjunction | Pos::Adverb | Pos::WhAdverb));
        let first = own.clone().find(|at| !opens(self.tag(*at))).unwrap_or(own.start);
        let subject = self.draft.speaker.as_ref().is_none_or(|words| words.start > first && words.end <= cue);
        ends == Some("?")
            && first < cue
            && subject
            && self.lists.auxiliaries.contains(self.hash(first))
            && !self.draft.content.iter().any(|part| self.doc.tokens_in(*part).contains(&first))
    }

    /// "It is worth noting that …", "It should be remembered that …": the narrator's own words.
    fn is_impersonal(&self, lemma: &str) -> bool {
        const WORTH: u64 = hash_lowered("worth");
        const IT: u64 = hash_lowered("it");
        let Some(cue) = self.draft.cue else { return false };
        if cue > 0 && self.hash(cue - 1) == WORTH {
            return true;
        }
        let auxiliary = |at: &usize| {
            self.lists.auxiliaries.contains(self.hash(*at)) || self.tag(*at) == Some(Pos::Adverb)
        };
        let subject = (cue.saturating_sub(4)..cue).rev().find(|at| !auxiliary(at));
        self.draft.speaker.is_none()
            && self.lists.reminding.contains(hash_lower(lemma))
            && subject.is_some_and(|at| self.hash(at) == IT)
    }

    /// Whether the cue is a mark, such as a colon.
    fn is_colon(&self) -> bool {
        let token = self.draft.cue.and_then(|cue| self.doc.tokens().get(cue));
        token.is_some_and(|token| !token.is_word())
    }

    /// "When you write, you can describe the world": not a person who is addressed, but anybody.
    fn is_anybody(&self) -> bool {
        const YOU: u64 = hash_lowered("you");
        let (Some(words), Some(cue)) = (&self.draft.speaker, self.draft.cue) else { return false };
        words.len() == 1
            && self.hash(words.start) == YOU
            && matches!(self.tag(cue), Some(Pos::VerbPresent | Pos::Verb))
    }

    /// "Level 3: “Stay at home”": the number of a list before a colon.
    fn is_list_label(&self) -> bool {
        let numbers = |words: &std::ops::Range<usize>| {
            !self.doc.tokens()[words.clone()].iter().any(|token| token.is_word())
        };
        self.is_colon() && self.draft.speaker.as_ref().is_some_and(numbers)
    }
}

/// A verb that gives a word for something: "Norway spruce, also called “red fir”".
fn is_name_for(lemma: &str) -> bool {
    matches!(lemma, "call" | "name" | "dub" | "term" | "nickname" | "title" | "entitle" | "pronounce")
}

/// Whether words hold a clause: a finite verb, a gerund at the start ("admitted hiding it"), or a complement of the cue's verb that
/// replaces one: an infinitive, a gerund after a preposition.
fn is_clause(doc: &DocumentView<'_>, span: Span, cue: Option<usize>, lemma: &str, lists: &WordLists) -> bool {
    let tags = doc.parts_of_speech();
    let tokens = doc.tokens_in(span);
    let lemma = hash_lower(lemma);
    let (directs, accuses) = (lists.directing.contains(lemma), lists.accusing.contains(lemma));
    let finite = tokens.clone().filter(|at| tags.get(*at).is_some_and(Pos::is_finite)).count();
    // "rules that help banks" has only the verb of its relative clause.
    let relative = |at: &usize| {
        let after_noun = *at > tokens.start && tags.get(at - 1).is_some_and(Pos::is_noun);
        let word = doc.slice(doc.token_span(*at, at + 1));
        after_noun && matches!(word, "that" | "which" | "who" | "whom" | "whose")
    };
    let relatives = tokens.clone().filter(relative).count();
    // Content before its cue is a clause; taggers may take its verb for a participle.
    let before = cue.is_some_and(|cue| tokens.end <= cue);
    finite > if before { 0 } else { relatives }
        || tokens.clone().any(|at| {
            directs
                && tags.get(at) == Some(Pos::To)
                && at + 1 < tokens.end
                && tags.get(at + 1) == Some(Pos::Verb)
                || tags.get(at) == Some(Pos::VerbGerund)
                    && (at == tokens.start || accuses && tags.get(at - 1) == Some(Pos::Preposition))
        })
}

/// "The port reopened on Monday, the ministry said.": whether content begins its sentence, comes before its cue, and has a participle,
/// which is what taggers take the verb of such a clause for.
fn is_whole_sentence(doc: &DocumentView<'_>, draft: &Draft) -> bool {
    let (Some(content), Some(cue)) = (draft.content.first(), draft.cue) else { return false };
    let own = doc.tokens_in(*content);
    let begins = doc
        .tokens()
        .get(own.start)
        .and_then(|token| doc.sentences().get(token.sentence()))
        .is_some_and(|sentence| sentence.tokens().start == own.start);
    let tags = doc.parts_of_speech();
    let subject = tags.get(own.start).is_some_and(|tag| {
        tag.is_noun()
            || matches!(tag, Pos::Determiner | Pos::PronounPossessive | Pos::Number | Pos::Adjective)
    });
    begins && subject && own.end <= cue && own.clone().any(|at| tags.get(at) == Some(Pos::VerbParticiple))
}

/// Whether indirect content opens like reported speech: "that …", "whether …".
fn opens_with_that(doc: &DocumentView<'_>, draft: &Draft) -> bool {
    opens_with(doc, draft, &["that", "whether", "if", "how", "why"])
}

fn opens_with(doc: &DocumentView<'_>, draft: &Draft, words: &[&str]) -> bool {
    let first = draft.content.first().and_then(|part| doc.tokens().get(doc.token_at(part.start())));
    first.is_some_and(|token| words.contains(&doc.slice(token.span()).to_ascii_lowercase().as_str()))
}

/// Whether words in marks are a title or a name: all words but the small ones are capitalised, and they do not end like a clause.
///
/// A comma before the closing mark, as is American usage, belongs to the sentence, unless a verb of saying follows.
fn is_title(doc: &DocumentView<'_>, span: Span, said: bool) -> bool {
    let tokens = doc.tokens_in(span);
    let text = |at: usize| doc.slice(doc.token_span(at, at + 1));
    let closes = tokens.end.checked_sub(1).is_some_and(|last| match text(last) {
        "," | "." => said,
        mark => matches!(mark, "!" | "?" | "…"),
    });
    let words = || doc.tokens()[tokens.clone()].iter().filter(|token| token.is_word());
    let capitals = words().filter(|token| token.is_capitalized()).count();
    // "The Merchant of Venice"
    let small = words().filter(|token| !token.is_capitalized()).all(|token| token.span().len() <= 4);
    // "known widely as “Lucho,”"
    let named = tokens.start.checked_sub(2).is_some_and(|before| {
        matches!(text(before), "as" | "called" | "named" | "nicknamed" | "dubbed" | "titled" | "entitled")
    });
    let fewest = if named { 1 } else { 2 };
    (named || !closes) && capitals >= fewest && small && capitals * 2 > words().count()
}
