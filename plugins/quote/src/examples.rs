//! What training needs from the stage: the features of documents for its three models, and the format of the model file.
//!
//! A document is a sequence of elements (words, and whole passages in quotation marks), numbered from 0 ([`ElementDocument`]). The first
//! model finds the main words of cues ([`ElementDocument::cues`]), the second the role of each element around a cue
//! ([`ElementDocument::roles`]); the third decides which of the attributions that these two propose ([`Proposer`]) are quotes.

use std::ops::Range;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{Document, Span};
use copydesk_learn::{Artefact, ArtefactError, Classes};

use crate::attribution::{Workspace, is_candidate, reach};
use crate::cue_features::Candidate;
use crate::elements::{Element, Elements, EndMarks, Unit};
use crate::marks;
use crate::model::Model;
use crate::path::Path;
use crate::role_features::{Around, CueContext, of_length, of_word};
use crate::verdict::Rivals;
use crate::view::View;

pub use crate::model::{
    CUE, CueHeads, HEADS, KIND, NEVER, ROLES, STEPS, VERDICT, bias_section, role, transitions,
};
pub use crate::verdict::overlap;

/// A document in elements.
pub struct ElementDocument<'d> {
    document: &'d Document,
    elements: Elements,
}

impl<'d> ElementDocument<'d> {
    /// The elements of a document with parts of speech.
    pub fn new(document: &'d Document) -> Self {
        let doc = document.view();
        let (mut marked, mut elements) = (Vec::new(), Elements::default());
        marks::find(&doc, &mut marked);
        elements.read(&doc, &marked, &EndMarks::default());
        Self { document, elements }
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.elements.all.len()
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.elements.all.is_empty()
    }

    /// The hash of a word, or the shape of a passage in quotation marks.
    pub fn word(&self, at: usize) -> u64 {
        self.elements.all[at].word
    }

    /// Whether an element is a verb.
    pub fn is_verb(&self, at: usize) -> bool {
        self.elements.all[at].part_of_speech().is_some_and(PartOfSpeech::is_verb)
    }

    /// Whether an element is a passage in quotation marks.
    pub fn is_quoted(&self, at: usize) -> bool {
        self.elements.all[at].is_quoted()
    }

    /// The elements of which a span covers at least half.
    pub fn covered(&self, span: Span) -> Range<usize> {
        let doc = self.document.view();
        let all = &self.elements.all;
        let tokens = doc.tokens_in(span);
        let start = all.partition_point(|element| (element.end as usize) <= tokens.start);
        let end = all.partition_point(|element| (element.first as usize) < tokens.end);
        let covered = |element: &Element| {
            let whole = doc.token_span(element.first as usize, element.end as usize);
            let (from, to) = (whole.start().max(span.start()), whole.end().min(span.end()));
            2 * to.saturating_sub(from) >= whole.len()
        };
        let first = (start..end).find(|at| covered(&all[*at])).unwrap_or(end);
        let last = (first..end).rev().find(|at| covered(&all[*at])).map_or(first, |at| at + 1);
        first..last
    }

    fn unit(&self, at: usize) -> Option<&Unit> {
        self.elements.units.iter().find(|unit| unit.own.contains(&at))
    }

    /// Calls `each` with every candidate for the main word of a cue, and its features.
    pub fn cues(&self, heads: &CueHeads, classes: &Classes, mut each: impl FnMut(usize, &[u64])) {
        let doc = self.document.view();
        let all = &self.elements.all;
        let mut view = View::default();
        for unit in &self.elements.units {
            view.enter(all, unit);
            for at in unit.own.clone().filter(|at| is_candidate(&all[*at], heads)) {
                let candidate = Candidate::of(&view, unit, at, all[at].letters(&doc));
                let [_, middle, fine, finest] = classes.of(candidate.word());
                let subject = candidate.subject().map_or(0, |word| classes.of(word)[1]);
                each(at, &candidate.features([middle, fine, finest], u64::from(subject)));
            }
        }
    }

    /// The elements that may have a role for a cue; empty for an element that is not in the document.
    pub fn reach(&self, cue: usize) -> Range<usize> {
        self.unit(cue).map_or(0..0, |unit| reach(unit, cue))
    }

    /// The features of each element in the reach of a cue; the cue itself has none.
    pub fn roles(&self, cue: usize, classes: &Classes) -> Vec<Vec<u64>> {
        let Some(unit) = self.unit(cue) else { return Vec::new() };
        let (all, range) = (&self.elements.all, reach(unit, cue));
        let mut view = View::default();
        view.enter(all, unit);
        view.classify(|word| {
            let [_, middle, fine, _] = classes.of(word);
            [middle, fine]
        });
        let context = CueContext::of(&view, cue, unit.wide.end);
        let mut rows: Vec<Vec<u64>> = vec![Vec::new(); range.len()];
        walk(&view, &range, cue, |at, path| {
            rows[at - range.start] = role_features(&Around::of(&view, at), &context, path);
        });
        rows
    }
}

/// The features of an element for one cue and the path to it, in the order of training.
fn role_features(around: &Around<'_>, context: &CueContext, path: &Path) -> Vec<u64> {
    let right = path.is_right();
    let lane = context.lane(path.lane());
    let [word, before, after] =
        [around.own, around.before, around.after].map(|spot| of_word(spot.word, right).features);
    let [tags, quoted_side] = around.of_tags(right, context.quoted).features;
    let [left, next] = around.of_bigrams(right);
    let [by_lane, cue_lane] = context.of_lane(path.lane()).features;
    let [cue_word, cue_class, frame] = lane.of_tag(around.own.tag());
    let [class] = lane.of_class(around).features;
    let [quoted, written] = lane.of_written(around).features;
    let [cue_tag, that] = lane.of_pair(around);
    let beside = [tags, word[0], before[1], after[2], left, next];
    let path = [of_length(right, path.distance()), by_lane, cue_lane, context.of_mark(path)];
    let pair = [class, cue_word, cue_class, frame, quoted, quoted_side, cue_tag, written, that];
    beside.into_iter().chain(path).chain(pair).collect()
}

/// Visits the elements of a range from the cue outward, left side first, with the path to each.
fn walk(view: &View, range: &Range<usize>, cue: usize, mut visit: impl FnMut(usize, &Path)) {
    let mut path = Path::new(false);
    for at in (range.start..cue).rev() {
        visit(at, &path);
        path.pass(view.spot(at));
    }
    let mut path = Path::new(true);
    for at in cue + 1..range.end {
        visit(at, &path);
        path.pass(view.spot(at));
    }
}

/// Applies trained models of cues and roles.
pub struct Proposer {
    model: Model,
    workspace: Workspace,
}

impl Proposer {
    /// Reads the models from the bytes of a file. The verdict in it is not used.
    pub fn read(model: Vec<u8>) -> Result<Self, ArtefactError> {
        let model = Model::read(&Artefact::from_vec(KIND, model)?)?;
        Ok(Self { model, workspace: Workspace::default() })
    }

    /// Calls `each` with the content of every attribution that the models propose in a document, and its features for the verdict.
    pub fn propose(&mut self, text: &ElementDocument<'_>, mut each: impl FnMut(&[Range<usize>], &[u64])) {
        let Self { model, workspace } = self;
        let elements = &text.elements;
        let mut proposed = Vec::new();
        for unit in &elements.units {
            workspace.propose(&text.document.view(), elements, model, unit, &mut proposed);
            for (place, found) in proposed.iter().enumerate() {
                let rivals = Rivals::of(found, &proposed[..place]);
                let class = u64::from(model.classes.of(elements.all[found.cue].word)[2]);
                each(&found.content, &elements.verdict(unit, found, rivals, class));
            }
        }
    }
}
