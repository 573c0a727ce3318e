//! Prepares a document for the model, in the same way for training and for analysis.

use copydesk_core::{DocumentView, ZoneKind};

use super::clusterings::Clusterings;
use super::context::Context;
use super::facts::{Mode, WordFacts, mark_listed, mark_runs, mode_of};
use super::form::FormFacts;
use super::forms::Forms;
use crate::tables::{Tables, cue};
use crate::words::Entry;

/// What is known about each token of a document before any weight is looked up.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    /// The number of each token's form.
    pub(crate) numbers: Vec<u32>,
    pub(crate) forms: Vec<FormFacts>,
    /// The table entry of each token.
    pub(crate) entries: Vec<Entry>,
    pub(crate) listed: Vec<u8>,
    pub(crate) runs: Vec<(u16, u16)>,
    /// For each sentence its use of capitals, and its position.
    pub(crate) modes: Vec<Mode>,
    pub(crate) zones: Vec<ZoneKind>,
    words: WordFacts,
    sport: bool,
}

/// A text is about sport if it has this many words of sport, and one in a hundred.
const SPORT_WORDS: usize = 3;

impl Prepared {
    /// Reads a document, replacing the one before.
    pub(crate) fn load(
        &mut self,
        doc: &DocumentView<'_>,
        forms: &mut Forms,
        tables: &Tables,
        classes: &Clusterings,
    ) {
        let tokens = doc.tokens();
        forms.begin_document();
        self.numbers.clear();
        self.forms.clear();
        self.entries.clear();
        self.entries.reserve(tokens.len());
        self.modes.clear();
        self.zones.clear();
        self.listed.clear();
        self.listed.resize(tokens.len(), 0);
        self.runs.clear();
        self.runs.resize(tokens.len(), (0, 0));
        self.words.clear(tokens.len());
        for sentence in doc.sentences() {
            let range = sentence.tokens();
            let own = &tokens[range.clone()];
            let mode = mode_of(own);
            self.modes.push(mode);
            self.zones.push(doc.zone_at(sentence.span().start()));
            self.numbers.extend(own.iter().map(|token| forms.number(doc, token, mode, tables, classes)));
            let numbers = &self.numbers[self.forms.len()..];
            let known = forms.facts.as_slice();
            self.forms.extend(numbers.iter().map(|number| known[*number as usize]));
            let facts = &self.forms[self.entries.len()..];
            self.entries.extend(facts.iter().map(|form| Entry { cues: form.cues, things: form.things }));
            self.words.gather(own, mode, facts);
            mark_listed(own, facts, tables, &mut self.listed[range.clone()]);
            mark_runs(own, facts, &mut self.runs[range]);
        }
        let sport = self.forms.iter().filter(|form| form.cues & cue::SPORT != 0).count();
        self.sport = sport >= SPORT_WORDS && sport * 100 >= tokens.len();
    }

    /// What features need of a sentence.
    pub(crate) fn context<'c>(&'c self, doc: &'c DocumentView<'c>, sentence: usize) -> Context<'c> {
        let range = doc.sentences()[sentence].tokens();
        Context {
            tokens: &doc.tokens()[range.clone()],
            forms: &self.forms[range.clone()],
            words: &self.words,
            listed: &self.listed[range.clone()],
            runs: &self.runs[range],
            mode: self.modes[sentence],
            zone: self.zones[sentence],
            sport: self.sport,
        }
    }
}
