//! What is held back, and by which rule.

use copydesk_core::layers::{CueClass, PartOfSpeech as Pos, QuoteKind};
use copydesk_core::{DocumentView, RuleId, Span, hash_lower};

use crate::QuoteStage;
use crate::draft::{Draft, WrittenCue};
use crate::registry;
use crate::word_lists::WordLists;

/// The lemma of "according to".
const ACCORDING: &str = "according";

impl QuoteStage {
    /// The rule that keeps a draft from being written.
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
        let clause = || draft.content.iter().any(|part| is_clause(doc, *part, &cue.lemma, &self.lists));
        let noun = draft.cue.and_then(|head| doc.parts_of_speech().get(head)).is_some_and(Pos::is_noun);
        let said = || opens_with_that(doc, draft) || cue.lemma == ACCORDING;
        let speech = matches!(cue.class, CueClass::Speech | CueClass::Writing);
        match draft.kind {
            QuoteKind::Direct if draft.content.iter().all(|part| is_title(doc, *part)) => {
                Some(registry::TITLE)
            }
            // Marks say that these are somebody's words, whatever verb stands beside them.
            QuoteKind::Direct => None,
            _ if !speech && !self.is_finding(doc, draft, cue) => Some(registry::ATTITUDE),
            // "declined to comment"
            _ if self.lists.refusing.contains(hash_lower(&cue.lemma)) && opens_with(doc, draft, &["to"]) => {
                Some(registry::REFUSAL)
            }
            // "his questioning of the candidate", "has been in talks", "its forecast by"
            _ if noun && !said() => Some(registry::NOUN_CUE),
            QuoteKind::Mixed if cue.listed => None,
            _ if !cue.listed => Some(registry::UNLISTED_CUE),
            // What stands beside "according to" is always a statement, whatever the tagger takes its verb for.
            _ if cue.lemma != ACCORDING && !clause() && !is_whole_sentence(doc, draft) => {
                Some(registry::NO_CLAUSE)
            }
            _ if draft.speaker.is_none() && !opens_with_that(doc, draft) => Some(registry::NO_SPEAKER),
            _ => None,
        }
    }

    /// "Scientists found that …", "The audit shows that …": what was found out is told by who found it out.
    fn is_finding(&self, doc: &DocumentView<'_>, draft: &Draft, cue: &WrittenCue) -> bool {
        self.lists.finding.contains(hash_lower(&cue.lemma))
            && opens_with(doc, draft, &["that"])
            && draft.speaker.clone().is_some_and(|words| {
                doc.tokens()[words].iter().any(|token| self.lists.researching.contains(token.hash()))
            })
    }
}

/// Whether words hold a clause: a finite verb, a gerund at the start ("admitted hiding it"), or what the cue's verb takes in place
/// of one: an infinitive, a gerund behind a preposition.
fn is_clause(doc: &DocumentView<'_>, span: Span, lemma: &str, lists: &WordLists) -> bool {
    let tags = doc.parts_of_speech();
    let tokens = doc.tokens_in(span);
    let lemma = hash_lower(lemma);
    let (directs, accuses) = (lists.directing.contains(lemma), lists.accusing.contains(lemma));
    tokens.clone().any(|at| {
        tags.get(at).is_some_and(Pos::is_finite)
            || directs
                && tags.get(at) == Some(Pos::To)
                && at + 1 < tokens.end
                && tags.get(at + 1) == Some(Pos::Verb)
            || tags.get(at) == Some(Pos::VerbGerund)
                && (at == tokens.start || accuses && tags.get(at - 1) == Some(Pos::Preposition))
    })
}

/// "The port reopened on Monday, the ministry said.": whether content begins its sentence, in front of its cue, and has a participle,
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

/// Whether indirect content opens like a clause that somebody said: "that …", "whether …".
fn opens_with_that(doc: &DocumentView<'_>, draft: &Draft) -> bool {
    opens_with(doc, draft, &["that", "whether", "if", "how", "why"])
}

fn opens_with(doc: &DocumentView<'_>, draft: &Draft, words: &[&str]) -> bool {
    let first = draft.content.first().and_then(|part| doc.tokens().get(doc.token_at(part.start())));
    first.is_some_and(|token| words.contains(&doc.slice(token.span()).to_ascii_lowercase().as_str()))
}

/// Whether words in marks are a title or a name: capitals on all words but the small ones, no verb's clause that ends.
fn is_title(doc: &DocumentView<'_>, span: Span) -> bool {
    let tokens = doc.tokens_in(span);
    let ends = tokens.end.checked_sub(1).and_then(|last| doc.tokens().get(last));
    let closes = ends.is_some_and(|token| matches!(doc.slice(token.span()), "," | "." | "!" | "?" | "…"));
    let words = || doc.tokens()[tokens.clone()].iter().filter(|token| token.is_word());
    let capitals = words().filter(|token| token.is_capitalized()).count();
    // "The Merchant of Venice"
    let small = words().filter(|token| !token.is_capitalized()).all(|token| token.span().len() <= 4);
    !closes && capitals >= 2 && small && capitals * 2 > words().count()
}
