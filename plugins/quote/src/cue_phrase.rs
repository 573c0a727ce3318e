//! The whole phrase around a cue's main word, and what its auxiliaries mean.

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::{DocumentView, Lexicon, Span};

/// A cue as it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CuePhrase {
    /// From the first auxiliary to the particle.
    pub(crate) span: Span,
    /// "did not say"
    pub(crate) negated: bool,
    /// "may announce"
    pub(crate) modal: bool,
}

/// Words that stand before a cue's main word and belong to it.
pub(crate) struct Auxiliaries(Lexicon<Helper>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Helper {
    Plain,
    Negation,
    Modal,
}

impl Default for Auxiliaries {
    fn default() -> Self {
        let plain = "is are was were be been being am 's 're 'm has have had having 've 'd do does did will shall 'll wo";
        let negation = "not n't never";
        let modal = "may might could would should can must ca";
        let forms = [(plain, Helper::Plain), (negation, Helper::Negation), (modal, Helper::Modal)];
        Self(Lexicon::from_forms(
            forms
                .into_iter()
                .flat_map(|(words, helper)| words.split_whitespace().map(move |word| (word, helper))),
        ))
    }
}

/// The number of tokens before a cue that are searched for auxiliaries and adverbs.
const REACH: usize = 6;

impl Auxiliaries {
    /// The phrase around the token `at`.
    pub(crate) fn phrase(&self, doc: &DocumentView<'_>, at: usize) -> CuePhrase {
        let (tokens, tags) = (doc.tokens(), doc.parts_of_speech());
        let sentence = tokens.get(at).map(|token| token.sentence());
        let same = |other: usize| tokens.get(other).map(|token| token.sentence()) == sentence;
        let (mut first, mut negated, mut modal) = (at, false, false);
        for before in (at.saturating_sub(REACH)..at).rev().filter(|before| same(*before)) {
            match self.0.get(tokens[before].hash()) {
                Some(helper) => {
                    first = before;
                    negated |= *helper == Helper::Negation;
                    modal |= *helper == Helper::Modal;
                }
                // "has repeatedly said"
                None if tags.get(before).is_some_and(|tag| matches!(tag, Pos::Adverb)) => {}
                None => break,
            }
        }
        let mut end = at + 1;
        let particle = tags.get(end).is_some_and(|tag| tag == Pos::Particle);
        let to =
            tags.get(end) == Some(Pos::To) && doc.slice(tokens[at].span()).eq_ignore_ascii_case("according");
        if (particle || to) && same(end) {
            end += 1;
        }
        CuePhrase { span: doc.token_span(first, end), negated, modal }
    }
}
