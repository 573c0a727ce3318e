//! Applies the model to documents.

use std::ops::Range;
use std::sync::Mutex;

use copydesk_core::DocumentView;
use copydesk_learn::bilou;
use copydesk_learn::feature::feature;
use copydesk_learn::{
    Artefact, ArtefactError, Dense, Lanes, Questions, SpanLattice, SpanSteps, Weights, Work, with_vectors,
};

use super::clusterings::Clusterings;
use super::context::{self, Near};
use super::evidence::{EvidenceRows, evidence};
use super::form::{FormFacts, HERE, PLACE_BITS, WINDOW, sign};
use super::forms::{FormWeights, Forms};
use super::hints::Hints;
use super::kinds::KINDS;
use super::prepare::Prepared;
use super::recall::Recall;
use crate::tables::Tables;
use crate::words::Entry;

/// The kind of the model file.
pub const KIND: &str = "entity";
/// The section of the weights of features of single words (`learn::weights`): for each position of the window one per label.
pub const FORMS: &str = "forms";
/// The section of the weights of all other features (`learn::dense`), one per label, at the scale of [`FORMS`].
pub const CONTEXTS: &str = "context rows";
/// The section of the weights of transitions between labels, 32-bit integers in units of that scale.
pub const TRANSITIONS: &str = "transitions";

/// A name that the model found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FoundName {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Its kind, as the model numbers them.
    pub(crate) kind: usize,
    /// The confidence of the model, 0..1.
    pub(crate) confidence: f32,
}

/// A model, ready for documents.
pub(crate) struct Recognizer {
    forms: FormWeights,
    contexts: Dense,
    evidence: EvidenceRows,
    steps: SpanSteps,
    classes: Clusterings,
    /// [`SURE`] in units of the scores.
    sure: i16,
    /// Scratch buffers of threads that are between two documents.
    spare: Mutex<Vec<Scratch>>,
}

/// The buffers that a thread reuses from one document to the next.
#[derive(Default)]
struct Scratch {
    forms: Forms,
    prepared: Prepared,
    emissions: Vec<Lanes>,
    /// For each of the emissions the number of its word in `hints`, 0 for none.
    words: Vec<u32>,
    /// The rows of a stretch's forms and of those around it, and what features of several forms need of them.
    rows: Vec<u32>,
    near: Vec<Near>,
    lattice: SpanLattice,
    hints: Hints,
    stretches: Vec<Stretch>,
    questions: Questions,
    recall: Recall,
}

/// Neighbouring tokens of a sentence that may hold names.
struct Stretch {
    sentence: usize,
    /// Its tokens in the document.
    tokens: Range<usize>,
    /// The index at which its scores begin.
    scores: usize,
    /// Whether there are tokens before and after it that are in no name.
    before: bool,
    after: bool,
}

/// A small word or a mark whose label outside of names leads by this much, judged by the forms of its window alone, is in no name, whatever
/// further features say: those are left out. The model card says what that changes.
const SURE: f32 = 3.0;

/// The maximum number of features of a token that are looked up for it alone.
const MOST_FEATURES: usize = 24;

/// Scratch buffers with more scores than this are freed: those of a hundred thousand tokens.
const LARGEST_KEPT: usize = 100_000;

impl Recognizer {
    pub(crate) fn read(model: &Artefact) -> Result<Self, ArtefactError> {
        let labels = bilou::labels(KINDS);
        let other = || ArtefactError::damaged("the model has other labels");
        let contexts = model.section(CONTEXTS)?;
        let classes = Clusterings::built_in()?;
        // Both are spread to rows at the same time.
        let (forms, contexts) = std::thread::scope(|scope| {
            let contexts = scope.spawn(|| Dense::read(&contexts));
            let forms = model.section(FORMS).and_then(|section| Weights::read(&section));
            (forms.map(|forms| FormWeights::of(forms, &classes)), contexts.join())
        });
        let contexts = contexts.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let forms = forms?.filter(|_| contexts.labels() == labels).ok_or_else(other)?;
        let transitions = bilou::transitions(KINDS).read_scores(&model.section(TRANSITIONS)?)?;
        let steps = SpanSteps::new(&transitions).ok_or_else(other)?;
        let evidence = EvidenceRows::of(&contexts);
        // Conversion keeps within the range.
        let sure = (SURE / contexts.scale()) as i16;
        Ok(Self { forms, contexts, evidence, steps, classes, sure, spare: Mutex::default() })
    }

    /// Appends the names of a document to `found`, in text order, and returns the table entries of its tokens.
    pub(crate) fn find(
        &self,
        doc: &DocumentView<'_>,
        tables: &Tables,
        found: &mut Vec<FoundName>,
    ) -> Vec<Entry> {
        let held = self.spare.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        let mut scratch = held.unwrap_or_default();
        with_vectors(Search { recognizer: self, doc, tables, scratch: &mut scratch, found });
        let entries = std::mem::take(&mut scratch.prepared.entries);
        // The memory of one huge document is not kept for those that follow.
        if scratch.emissions.capacity() <= LARGEST_KEPT {
            self.spare.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(scratch);
        }
        entries
    }

    #[inline(always)]
    fn find_in(
        &self,
        doc: &DocumentView<'_>,
        tables: &Tables,
        scratch: &mut Scratch,
        found: &mut Vec<FoundName>,
    ) {
        scratch.prepared.load(doc, &mut scratch.forms, tables, &self.classes);
        scratch.hints.clear(doc.tokens().len());
        scratch.stretches.clear();
        scratch.questions.clear();
        scratch.emissions.clear();
        scratch.words.clear();
        for (number, sentence) in doc.sentences().iter().enumerate() {
            let range = sentence.tokens();
            let plain = !scratch.prepared.forms[range.clone()].iter().any(is_capital);
            let mut from = 0;
            while let Some(stretch) = next_stretch(&scratch.prepared.forms[range.clone()], plain, from) {
                from = stretch.end;
                self.look_at(doc, number, stretch, scratch);
            }
        }
        scratch.hints.settle();
        let stretches = std::mem::take(&mut scratch.stretches);
        for stretch in &stretches {
            self.look_again(doc, stretch, scratch, found);
        }
        scratch.stretches = stretches;
    }

    /// The first look: scores the labels of some neighbouring tokens and stores the best.
    #[inline(always)]
    fn look_at(&self, doc: &DocumentView<'_>, sentence: usize, stretch: Range<usize>, scratch: &mut Scratch) {
        let first = doc.sentences()[sentence].tokens().start;
        let Scratch {
            forms,
            prepared,
            emissions,
            words,
            rows,
            near,
            lattice,
            hints,
            stretches,
            questions,
            recall,
        } = scratch;
        let scores = emissions.len();
        let context = prepared.context(doc, sentence);
        // The forms of all windows, with places before the sentence and after its end.
        rows.clear();
        near.clear();
        for at in stretch.start..stretch.end + WINDOW - 1 {
            let at = at.wrapping_sub(HERE);
            // No closure, which would be compiled for narrow vectors.
            let row = if let Some(token) = context.tokens.get(at) {
                let number = prepared.numbers[first + at];
                forms.row(number, doc, token, context.mode, &self.classes, &self.forms)
            } else {
                0
            };
            rows.push(row);
            near.push(Near::of(context.forms.get(at)));
        }
        let mut asked = [0; MOST_FEATURES];
        // The tokens at the start, and after the last other one, that are surely in no name.
        let (mut skipped, mut rest) = (0, 0);
        let windows = rows.array_windows().zip(near.array_windows());
        for (at, (window, near)) in stretch.clone().zip(windows) {
            let mut own = forms.weights(window);
            if !is_capital(&context.forms[at]) && outside_lead(&own) >= self.sure {
                if emissions.len() == scores {
                    skipped += 1;
                } else {
                    rest += 1;
                    self.contexts.ask(questions, &[]);
                    emissions.push(own);
                }
                continue;
            }
            rest = 0;
            let mut count = 0;
            let mut push = |template, value| {
                debug_assert!(count < MOST_FEATURES, "space for all features");
                if let Some(slot) = asked.get_mut(count) {
                    *slot = feature(template, value) & !PLACE_BITS;
                    count += 1;
                }
            };
            context::class_features(near, &mut push);
            context::name_features(&context, at, &mut push);
            self.contexts.ask(questions, &asked[..count]);
            let (shapes, look) = (context::shapes(near), context::look(&context, at));
            recall.add(shapes, &self.contexts, &mut own, |push| context::shape_features(shapes, push));
            recall.add(look, &self.contexts, &mut own, |push| context::look_features(look, push));
            emissions.push(own);
        }
        emissions.truncate(emissions.len() - rest);
        let emissions = &mut emissions[scores..];
        let start = stretch.start + skipped;
        let stretch = start..start + emissions.len();
        self.contexts.answer(questions, emissions);
        let path = lattice.best(emissions, &self.steps, skipped > 0, rest > 0);
        let scale = self.contexts.scale();
        words.resize(scores + stretch.len(), 0);
        let own = &mut words[scores..];
        hints.remember(
            &context.tokens[stretch.clone()],
            path,
            |at| evidence(&emissions[at].0, scale),
            |at, word| own[at] = word,
        );
        stretches.push(Stretch {
            sentence,
            tokens: first + stretch.start..first + stretch.end,
            scores,
            before: skipped > 0,
            after: rest > 0,
        });
    }

    /// The second look, with the results of the first one in the whole document.
    #[inline(always)]
    fn look_again(
        &self,
        doc: &DocumentView<'_>,
        stretch: &Stretch,
        scratch: &mut Scratch,
        found: &mut Vec<FoundName>,
    ) {
        let start = doc.sentences()[stretch.sentence].tokens().start;
        let Scratch { prepared, emissions, words, lattice, hints, recall, .. } = scratch;
        let emissions = &mut emissions[stretch.scores..][..stretch.tokens.len()];
        let words = &words[stretch.scores..][..stretch.tokens.len()];
        let context = prepared.context(doc, stretch.sentence);
        for ((at, own), word) in stretch.tokens.clone().zip(emissions.iter_mut()).zip(words) {
            if let Some(hint) = hints.settled(*word) {
                let votes = context::vote_look(&context, at - start, hint);
                recall.add(votes, &self.contexts, own, |push| context::vote_features(votes, push));
                self.evidence.add(hint.evidence, own);
            }
        }
        let path = lattice.best(emissions, &self.steps, stretch.before, stretch.after);
        for (span, kind) in bilou::spans(path) {
            let tokens = stretch.tokens.start + span.start..stretch.tokens.start + span.end;
            let margin = span.clone().map(|at| margin(&emissions[at], kind)).min().unwrap_or(0);
            let confidence = confidence(f32::from(margin) * self.contexts.scale());
            found.push(FoundName { tokens, kind, confidence });
        }
    }
}

/// [`Recognizer::find`], compiled for the processor's vectors.
struct Search<'s, 'd> {
    recognizer: &'s Recognizer,
    doc: &'s DocumentView<'d>,
    tables: &'s Tables,
    scratch: &'s mut Scratch,
    found: &'s mut Vec<FoundName>,
}

impl Work for Search<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.recognizer.find_in(self.doc, self.tables, self.scratch, self.found);
    }
}

/// The lead of the label outside of names over the best one of the others.
#[inline(always)]
fn outside_lead(scores: &Lanes) -> i16 {
    let mut others = *scores;
    others.add(&NO_NAMES);
    scores.0[usize::from(bilou::OUTSIDE)].saturating_sub(others.most())
}

/// The least score for the label outside of names and for lanes without a label, to be added.
const NO_NAMES: Lanes = {
    let mut lanes = Lanes::ZERO;
    lanes.0[bilou::OUTSIDE as usize] = i16::MIN;
    let mut lane = bilou::labels(KINDS);
    while lane < lanes.0.len() {
        lanes.0[lane] = i16::MIN;
        lane += 1;
    }
    lanes
};

/// The margin of the best label of a kind over the best one of the others.
#[inline(always)]
fn margin(scores: &Lanes, kind: usize) -> i16 {
    let first = usize::from(bilou::label(kind, bilou::Place::Begin));
    let mut others = *scores;
    others.0[bilou::labels(KINDS)..].fill(i16::MIN);
    others.0[first..first + 4].fill(i16::MIN);
    let best = scores.0[first..first + 4].iter().fold(i16::MIN, |best, score| best.max(*score));
    best.saturating_sub(others.most())
}

/// The share of names with such a margin that are right in span and kind, by a logistic curve.
fn confidence(margin: f32) -> f32 {
    1.0 / (1.0 + (-(CONFIDENCE_SLOPE * margin + CONFIDENCE_START)).exp())
}

/// Fitted on news and web texts that the model was not trained on; the model card says how well it is calibrated.
const CONFIDENCE_SLOPE: f32 = 0.67;
const CONFIDENCE_START: f32 = 0.67;

/// A word that may be part of a name by its form.
#[inline(always)]
fn is_capital(form: &FormFacts) -> bool {
    form.signs & sign::CAPITAL != 0
}

/// The number of small words before and after a capitalised one that belong to its stretch ("Boeing" with "-737").
const MARGIN: [usize; 2] = [1, 2];

/// Two capitalised words with at most this many small words between them are in one stretch.
const GAP: usize = 3;

/// The next stretch of a sentence, from `from` on, that may contain names: everything near a capital or near a listed name
/// without one; the whole sentence if it has no capital.
#[inline(always)]
fn next_stretch(forms: &[FormFacts], plain: bool, from: usize) -> Option<Range<usize>> {
    if plain {
        return (from < forms.len()).then_some(from..forms.len());
    }
    // "in france", as in web texts.
    let telling = |form: &FormFacts| form.signs & (sign::CAPITAL | sign::LISTED) != 0;
    let first = from + forms.get(from..)?.iter().position(telling)?;
    let start = first.saturating_sub(MARGIN[0]).max(from);
    let (mut end, mut gap) = (first + 1, 0);
    // Two capitals with few words between them share a stretch.
    for (next, form) in forms.iter().enumerate().skip(first + 1) {
        gap = if telling(form) { 0 } else { gap + 1 };
        if gap == 0 {
            end = next + 1;
        } else if gap > GAP {
            break;
        }
    }
    Some(start..(end + MARGIN[1]).min(forms.len()))
}
