//! Learns the models from annotated attributions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{Document, Lexicon, Span};
use copydesk_learn::train::{Examples, LogisticOptions, PerceptronOptions, Sequences, logistic, perceptron};
use copydesk_learn::weights::WeightsBuilder;
use copydesk_learn::{ArtefactError, ArtefactWriter, Classes, Linear};

use crate::attribution::{is_candidate, reach, walk};
use crate::elements::{Element, Unit, Words};
use crate::features::{Context, Features};
use crate::marks;
use crate::model::{CUE, HEADS, KIND, ROLES, STEPS, role, transitions};

/// An annotated attribution.
#[derive(Clone, Debug, Default)]
pub struct AnnotatedAttribution {
    /// Who says it; empty where the text does not tell.
    pub source: Vec<Span>,
    /// The words that announce it.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// A document with parts of speech and its attributions.
pub struct AnnotatedDocument {
    /// The document, segmented, its syntax layer filled.
    pub document: Document,
    /// All attributions in it.
    pub attributions: Vec<AnnotatedAttribution>,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How often the attributions are seen.
    pub epochs: usize,
    /// The most bytes that the weights of cues may take.
    pub cue_bytes: usize,
    /// The most bytes that the weights of roles may take.
    pub role_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { epochs: 8, cue_bytes: 900_000, role_bytes: 2_500_000 }
    }
}

/// Learns the models; gives the bytes of their file.
pub fn train(documents: &[AnnotatedDocument], settings: Settings) -> Result<Vec<u8>, ArtefactError> {
    let classes = Classes::built_in()?;
    let prepared: Vec<Prepared<'_>> = documents.iter().map(|document| Prepared::new(document, &classes)).collect();
    let heads = Heads::count(&prepared);
    let annotated: Vec<Vec<Placed>> = prepared.iter().map(|document| document.place(&heads)).collect();
    let lexicon = head_words(&prepared, &annotated);

    let (mut cues, mut roles) = (Examples::default(), Sequences::default());
    for (document, placed) in prepared.iter().zip(&annotated) {
        document.learn_cues(placed, &lexicon, &mut cues);
        document.learn_roles(placed, &mut roles);
    }
    cues.drop_rare(3);
    roles.drop_rare(3);
    let options = LogisticOptions { epochs: 12, ..LogisticOptions::default() };
    let (mut cue_weights, bias) = logistic(&cues, 2, options);
    let learned = perceptron(&roles, &transitions(), PerceptronOptions { epochs: settings.epochs, seed: 1 });
    let mut role_weights = WeightsBuilder::new(role::COUNT);
    learned.rows().for_each(|(feature, row)| role_weights.add(feature, row));

    cue_weights.prune(settings.cue_bytes);
    role_weights.prune(settings.role_bytes);
    let scale = role_weights.scale();
    let mut model = ArtefactWriter::new(KIND);
    Linear::write(&mut model, CUE, &cue_weights, &bias);
    model.section(ROLES, role_weights.finish_at(scale));
    let steps = learned.transitions.iter().flat_map(|weight| ((weight / scale).round() as i32).to_le_bytes());
    model.section(STEPS, steps.collect());
    model.section(HEADS, lexicon.0.iter().flat_map(|word| word.to_le_bytes()).collect());
    Ok(model.finish())
}

/// A gold attribution in terms of elements.
#[derive(Clone, Debug)]
struct Placed {
    unit: usize,
    head: usize,
    /// The elements of the whole cue.
    cue: BTreeSet<usize>,
    source: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
}

struct Prepared<'d> {
    annotated: &'d AnnotatedDocument,
    context: Context,
}

impl<'d> Prepared<'d> {
    fn new(annotated: &'d AnnotatedDocument, classes: &Classes) -> Self {
        let view = annotated.document.view();
        let (mut marked, mut context) = (Vec::new(), Context::default());
        marks::find(&view, &mut marked);
        context.elements.read(&view, &marked, &Words::default());
        context.prepare(&view, classes);
        Self { annotated, context }
    }

    /// The elements that a span covers for the greater part.
    fn elements(&self, span: Span) -> Range<usize> {
        let view = self.annotated.document.view();
        let all = &self.context.elements.all;
        let tokens = view.tokens_in(span);
        let start = all.partition_point(|element| (element.end as usize) <= tokens.start);
        let end = all.partition_point(|element| (element.first as usize) < tokens.end);
        let covered = |element: &Element| {
            let whole = view.token_span(element.first as usize, element.end as usize);
            let (from, to) = (whole.start().max(span.start()), whole.end().min(span.end()));
            2 * to.saturating_sub(from) >= whole.len() as u32
        };
        let first = (start..end).find(|at| covered(&all[*at])).unwrap_or(end);
        let last = (first..end).rev().find(|at| covered(&all[*at])).map_or(first, |at| at + 1);
        first..last
    }

    fn cue_elements(&self, attribution: &AnnotatedAttribution) -> Vec<usize> {
        let covered = attribution.cue.iter().flat_map(|span| self.elements(*span));
        covered.filter(|at| !self.context.elements.all[*at].is_quoted()).collect()
    }

    /// The attributions whose cue is an element of the narrator's.
    fn place(&self, heads: &Heads) -> Vec<Placed> {
        let mut placed: Vec<Placed> = Vec::new();
        for attribution in &self.annotated.attributions {
            let cue = self.cue_elements(attribution);
            let Some(head) = heads.choose(&self.context, &cue) else { continue };
            let Some(unit) = self.context.elements.units.iter().position(|unit| unit.own.contains(&head)) else {
                continue;
            };
            if placed.iter().any(|other| other.head == head) {
                continue;
            }
            let ranges = |spans: &[Span]| {
                let ranges = spans.iter().map(|span| self.elements(*span));
                ranges.filter(|range| !range.is_empty()).collect::<Vec<_>>()
            };
            let (source, content) = (ranges(&attribution.source), ranges(&attribution.content));
            placed.push(Placed { unit, head, cue: cue.into_iter().collect(), source, content });
        }
        placed
    }

    fn unit(&self, place: usize) -> &Unit {
        &self.context.elements.units[place]
    }

    fn learn_cues(&self, placed: &[Placed], lexicon: &HeadWords, examples: &mut Examples) {
        let mut features = Features::default();
        let heads: BTreeSet<usize> = placed.iter().map(|placed| placed.head).collect();
        let cues: BTreeSet<usize> = placed.iter().flat_map(|placed| placed.cue.iter().copied()).collect();
        let words = lexicon.lexicon();
        for unit in &self.context.elements.units {
            for at in unit.own.clone().filter(|at| is_candidate(&self.context, &words, *at)) {
                let head = heads.contains(&at);
                // Other words of a cue say neither yes nor no.
                if !head && cues.contains(&at) {
                    continue;
                }
                self.context.cue(unit, at, &mut features);
                let hashes = features.as_slice().iter().map(|feature| (*feature, 1.0));
                examples.push(hashes, u8::from(head), 1.0);
            }
        }
    }

    fn learn_roles(&self, placed: &[Placed], sequences: &mut Sequences) {
        let mut features = Features::default();
        for Placed { unit, head, source, content, .. } in placed {
            let unit = self.unit(*unit);
            let range = reach(unit, *head);
            let inside = |parts: &[Range<usize>]| parts.iter().any(|part| range.contains(&part.start));
            if !inside(content) {
                continue;
            }
            let frame = self.context.cue_context(unit, *head);
            let mut rows: Vec<Vec<u64>> = vec![Vec::new(); range.len()];
            walk(
                &range,
                *head,
                |at, path| {
                    self.context.role(unit, at, &frame, path, &mut features);
                    rows[at - range.start] = features.as_slice().to_vec();
                },
                |at| &self.context.elements.all[at],
            );
            for (place, row) in rows.iter().enumerate() {
                let at = range.start + place;
                let label = if at == *head { role::OTHER } else { label(at, source, content) };
                sequences.push(row, 1 << label);
            }
            sequences.end_sequence();
        }
    }
}

fn label(at: usize, source: &[Range<usize>], content: &[Range<usize>]) -> u8 {
    let part = |parts: &[Range<usize>]| parts.iter().find(|part| part.contains(&at)).map(|part| part.start == at);
    match (part(content), part(source)) {
        (Some(true), _) => role::CONTENT_FIRST,
        (Some(false), _) => role::CONTENT,
        (None, Some(true)) => role::SOURCE_FIRST,
        (None, Some(false)) => role::SOURCE,
        (None, None) => role::OTHER,
    }
}

/// How often each word is a whole cue, and how often it occurs: tells the main word of longer cues.
#[derive(Default)]
struct Heads {
    alone: BTreeMap<u64, u32>,
    all: BTreeMap<u64, u32>,
}

impl Heads {
    fn count(prepared: &[Prepared<'_>]) -> Self {
        let mut heads = Self::default();
        for document in prepared {
            for element in &document.context.elements.all {
                *heads.all.entry(element.word).or_default() += 1;
            }
            for attribution in &document.annotated.attributions {
                if let [cue] = document.cue_elements(attribution).as_slice() {
                    *heads.alone.entry(document.context.elements.all[*cue].word).or_default() += 1;
                }
            }
        }
        heads
    }

    /// The main word of a cue: the one that most often is a cue by itself, else its first verb, else its first word.
    fn choose(&self, context: &Context, cue: &[usize]) -> Option<usize> {
        let share = |at: usize| {
            let word = context.elements.all[at].word;
            let count = |counts: &BTreeMap<u64, u32>| f64::from(counts.get(&word).copied().unwrap_or(0));
            count(&self.alone) / (count(&self.all) + 5.0)
        };
        let best = cue.iter().copied().max_by(|a, b| share(*a).total_cmp(&share(*b)).then(b.cmp(a)))?;
        if share(best) > 0.05 {
            return Some(best);
        }
        let verb = |at: &&usize| {
            context.elements.all[**at].part_of_speech().is_some_and(PartOfSpeech::is_verb)
        };
        cue.iter().rev().find(verb).or(cue.first()).copied()
    }
}

/// The words that are cues without being tagged as verbs.
struct HeadWords(Vec<u64>);

impl HeadWords {
    fn lexicon(&self) -> Lexicon<()> {
        let mut lexicon = Lexicon::default();
        self.0.iter().for_each(|word| lexicon.insert(*word, ()));
        lexicon
    }
}

fn head_words(prepared: &[Prepared<'_>], annotated: &[Vec<Placed>]) -> HeadWords {
    const LEAST: u32 = 3;
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    for (document, placed) in prepared.iter().zip(annotated) {
        for placed in placed {
            let element = &document.context.elements.all[placed.head];
            if !element.part_of_speech().is_some_and(PartOfSpeech::is_verb) {
                *counts.entry(element.word).or_default() += 1;
            }
        }
    }
    HeadWords(counts.into_iter().filter(|(_, count)| *count >= LEAST).map(|(word, _)| word).collect())
}
