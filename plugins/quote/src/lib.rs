//! The quote stage: who said what.
//!
//! Words between quotation marks (`marks`) become single elements of their sentence (`elements`). A trained model decides which
//! words are cues, and for each cue which elements are its source and which its content (`cue_features`, `cue_scores`,
//! `role_features`, `role_scores`, `memo`, `model`, `attribution`; semantic role labelling for one class of predicates, learned by an averaged structured perceptron,
//! Collins 2002, from data like PolNeAR, Newell et al. 2018). Rules add words in marks without a cue of their own (`alone`) or
//! whose speaker the layout names (`scripted`), and determine lemma, class and stance of a cue (`cues`, `lemma`). `emit` emits it all.

mod alone;
mod asides;
mod attribution;
mod beside;
mod cue_features;
mod cue_phrase;
mod cue_scores;
mod cues;
mod draft;
mod elements;
mod emit;
pub mod examples;
mod features;
mod frames;
mod held;
mod lemma;
mod marks;
mod memo;
mod model;
mod options;
mod path;
mod pronoun;
mod registry;
mod role_features;
mod role_scores;
mod scripted;
mod source;
mod speaker;
#[cfg(test)]
mod tests;
mod verdict;
mod view;
mod viterbi;
mod word_lists;

use std::cell::RefCell;

use copydesk_core::{DocumentView, Emitter, RuleId, Stage, StageError, StageType, layer};

use attribution::{Attribution, Workspace};
use cue_phrase::Auxiliaries;
use cues::Cues;
use draft::Page;
use elements::{Elements, EndMarks};
use emit::LaidOut;
use frames::Frames;
use marks::Marked;
use model::Model;
use source::Sources;
use speaker::Anonymous;
use word_lists::WordLists;

pub use options::{Class, Kind, Options};

/// The quote stage.
pub struct QuoteStage {
    options: Options,
    model: Model,
    cues: Cues,
    auxiliaries: Auxiliaries,
    words: EndMarks,
    anonymous: Anonymous,
    sources: Sources,
    frames: Frames,
    lists: WordLists,
}

/// Buffers that a thread keeps from document to document.
#[derive(Default)]
struct Scratch {
    marked: Vec<Marked>,
    elements: Elements,
    workspace: Workspace,
    found: Vec<Attribution>,
}

thread_local! {
    static SCRATCH: RefCell<Option<Box<Scratch>>> = const { RefCell::new(None) };
}

impl Stage for QuoteStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        // Taken out, not borrowed: a panic in between costs only the memory.
        let mut scratch = SCRATCH.take().unwrap_or_default();
        let Scratch { marked, elements, workspace, found } = &mut *scratch;
        marks::find(doc, marked);
        elements.read(doc, marked, &self.words);
        workspace.find(doc, elements, &self.model, found);
        let scripted = scripted::find(doc, marked, &self.lists);
        let alone = alone::find(doc, marked, elements, found);
        let asides = asides::find(doc, &self.cues);
        let page = Page { doc, marked, elements, frames: &self.frames, lists: &self.lists };
        let laid_out = LaidOut { scripted: &scripted, alone: &alone, asides: &asides };
        self.emit(&page, found, laid_out, out);
        SCRATCH.set(Some(scratch));
        Ok(())
    }
}

impl StageType for QuoteStage {
    const NAME: &'static str = "quote";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str =
        "Finds direct, indirect and mixed quotes, each with its cue and its speaker.";
    const USES: &'static [&'static str] = &[layer::ENTITIES, layer::SYNTAX];
    const PROVIDES: &'static [&'static str] = &[layer::QUOTES];
    const RULES: &'static [RuleId] = registry::RULES;
    type Options = Options;

    fn new(options: Options) -> Result<Self, StageError> {
        let model =
            Model::load(options.model.as_deref()).map_err(|error| StageError::option("model", error))?;
        Ok(Self {
            model,
            cues: Cues::load(&options.cues)?,
            auxiliaries: Auxiliaries::default(),
            words: EndMarks::default(),
            anonymous: Anonymous::default(),
            sources: Sources::default(),
            frames: Frames::default(),
            lists: WordLists::default(),
            options,
        })
    }
}
