//! Learns the models from annotated attributions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{Document, Span};
use copydesk_learn::train::{CrfOptions, Examples, LogisticOptions, Sequences, crf, logistic};
use copydesk_learn::weights::WeightsBuilder;
use copydesk_learn::{Artefact, ArtefactError, ArtefactWriter, Classes, Rows};

use crate::attribution::{Workspace, is_candidate, reach, walk};
use crate::elements::{Element, Elements, Unit, Words};
use crate::marks;
use crate::model::{
    CUE, Decision, HEADS, Heads, KIND, Model, NEVER, ROLES, STEPS, VERDICT, role, transitions,
};
use crate::role_features::{CueContext, length};
use crate::verdict::{Rivals, overlap};
use crate::view::View;

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
    /// The most bytes that the weights of the verdict may take.
    pub verdict_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { epochs: 14, cue_bytes: 400_000, role_bytes: 1_500_000, verdict_bytes: 150_000 }
    }
}

/// Learns the models; gives the bytes of their file.
pub fn train(documents: &[AnnotatedDocument], settings: Settings) -> Result<Vec<u8>, ArtefactError> {
    let classes = Classes::built_in()?;
    let prepared: Vec<Prepared<'_>> = documents.iter().map(Prepared::new).collect();
    let heads = MainWords::count(&prepared);
    let annotated: Vec<(Prepared<'_>, Vec<Placed>)> = prepared
        .into_iter()
        .map(|document| {
            let placed = document.place(&heads);
            (document, placed)
        })
        .collect();
    // What the models propose for one half, learned from the other, teaches the verdict.
    let mut verdicts = Examples::default();
    for half in 0..2 {
        let (seen, unseen): (Vec<_>, Vec<_>) =
            annotated.iter().enumerate().partition(|(place, _)| place % 2 == half);
        let seen: Vec<_> = seen.into_iter().map(|(_, document)| document).collect();
        let model = Learned::learn(&seen, settings, &classes).model()?;
        let mut workspace = Workspace::default();
        for (_, (document, placed)) in unseen {
            document.learn_verdicts(placed, &model, &mut workspace, &mut verdicts);
        }
    }
    verdicts.drop_rare(3);
    let options = LogisticOptions { epochs: 10, l1: 1e-5, l2: 1e-5, rate: 0.1, seed: 1 };
    let verdict = logistic(&verdicts, 2, options);
    Ok(Learned::learn(&annotated.iter().collect::<Vec<_>>(), settings, &classes).write(&verdict))
}

/// The learned models, the verdict left out.
struct Learned {
    cues: (WeightsBuilder, Vec<f32>),
    roles: WeightsBuilder,
    steps: Vec<f32>,
    words: CueWords,
    settings: Settings,
}

impl Learned {
    fn learn(documents: &[&(Prepared<'_>, Vec<Placed>)], settings: Settings, classes: &Classes) -> Self {
        let words = CueWords::count(documents);
        let (mut cues, mut roles) = (Examples::default(), Sequences::default());
        let heads = Heads::new(&words.heads, &words.never);
        for (document, placed) in documents {
            document.learn_cues(placed, &heads, classes, &mut cues);
            document.learn_roles(placed, classes, &mut roles);
        }
        cues.drop_rare(3);
        roles.drop_rare(3);
        let cues = logistic(&cues, 2, LogisticOptions { epochs: 8, rate: 0.2, l1: 1e-5, l2: 1e-5, seed: 1 });
        let options = CrfOptions {
            epochs: settings.epochs,
            rate: 0.05,
            l2: 1e-3,
            dropout: 0.5,
            seed: 1,
            runs: 3,
            margin: 0.0,
        };
        let learned = crf(&roles, &transitions(), options);
        let mut roles = WeightsBuilder::new(role::COUNT);
        learned.rows().for_each(|(feature, row)| roles.add(feature, row));
        Self { cues, roles, steps: learned.transitions, words, settings }
    }

    fn write(&self, verdict: &(WeightsBuilder, Vec<f32>)) -> Vec<u8> {
        let scale = self.roles.scale();
        let mut model = ArtefactWriter::new(KIND);
        Decision::write(&mut model, CUE, &self.cues, self.settings.cue_bytes);
        model.section(ROLES, Rows::write(&self.roles, scale, self.settings.role_bytes));
        let steps = self.steps.iter().flat_map(|weight| ((weight / scale).round() as i32).to_le_bytes());
        model.section(STEPS, steps.collect());
        Decision::write(&mut model, VERDICT, verdict, self.settings.verdict_bytes);
        let bytes = |words: &[u64]| words.iter().flat_map(|word| word.to_le_bytes()).collect();
        model.section(HEADS, bytes(&self.words.heads)).section(NEVER, bytes(&self.words.never));
        model.finish()
    }

    /// The models ready for use, with a verdict that says nothing.
    fn model(&self) -> Result<Model, ArtefactError> {
        let bytes = self.write(&(WeightsBuilder::new(2), Vec::new()));
        Model::read(&Artefact::from_vec(KIND, bytes)?)
    }
}

/// An attribution is right where it shares so much of its content with an annotated one.
const FOUND: f32 = 0.3;

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
    elements: Elements,
}

impl<'d> Prepared<'d> {
    fn new(annotated: &'d AnnotatedDocument) -> Self {
        let view = annotated.document.view();
        let (mut marked, mut elements) = (Vec::new(), Elements::default());
        marks::find(&view, &mut marked);
        elements.read(&view, &marked, &Words::default());
        Self { annotated, elements }
    }

    /// The elements that a span covers for the greater part.
    fn elements(&self, span: Span) -> Range<usize> {
        let view = self.annotated.document.view();
        let all = &self.elements.all;
        let tokens = view.tokens_in(span);
        let start = all.partition_point(|element| (element.end as usize) <= tokens.start);
        let end = all.partition_point(|element| (element.first as usize) < tokens.end);
        let covered = |element: &Element| {
            let whole = view.token_span(element.first as usize, element.end as usize);
            let (from, to) = (whole.start().max(span.start()), whole.end().min(span.end()));
            2 * to.saturating_sub(from) >= whole.len()
        };
        let first = (start..end).find(|at| covered(&all[*at])).unwrap_or(end);
        let last = (first..end).rev().find(|at| covered(&all[*at])).map_or(first, |at| at + 1);
        first..last
    }

    fn cue_elements(&self, attribution: &AnnotatedAttribution) -> Vec<usize> {
        let covered = attribution.cue.iter().flat_map(|span| self.elements(*span));
        covered.filter(|at| !self.elements.all[*at].is_quoted()).collect()
    }

    /// The attributions whose cue is an element of the narrator's.
    fn place(&self, heads: &MainWords) -> Vec<Placed> {
        let mut placed: Vec<Placed> = Vec::new();
        for attribution in &self.annotated.attributions {
            let cue = self.cue_elements(attribution);
            let Some(head) = heads.choose(&self.elements.all, &cue) else { continue };
            let Some(unit) = self.elements.units.iter().position(|unit| unit.own.contains(&head)) else {
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
        &self.elements.units[place]
    }

    fn learn_cues(&self, placed: &[Placed], heads: &Heads, classes: &Classes, examples: &mut Examples) {
        let doc = self.annotated.document.view();
        let mut view = View::default();
        let main: BTreeSet<usize> = placed.iter().map(|placed| placed.head).collect();
        let cues: BTreeSet<usize> = placed.iter().flat_map(|placed| placed.cue.iter().copied()).collect();
        for unit in &self.elements.units {
            view.enter(&self.elements.all, unit);
            for at in unit.own.clone().filter(|at| is_candidate(&self.elements.all[*at], heads)) {
                let head = main.contains(&at);
                // Other words of a cue say neither yes nor no.
                if !head && cues.contains(&at) {
                    continue;
                }
                let features = view.cue(unit, at, self.elements.all[at].letters(&doc), classes);
                examples.push(features.map(|feature| (feature, 1.0)), u8::from(head), 1.0);
            }
        }
    }

    fn learn_verdicts(
        &self,
        placed: &[Placed],
        model: &Model,
        workspace: &mut Workspace,
        examples: &mut Examples,
    ) {
        let mut proposed = Vec::new();
        for unit in &self.elements.units {
            workspace.propose(&self.annotated.document.view(), &self.elements, model, unit, &mut proposed);
            for (place, found) in proposed.iter().enumerate() {
                let rivals = Rivals::of(found, &proposed[..place]);
                let word = self.elements.all[found.cue].word;
                let class = u64::from(model.classes.of(word)[2]);
                let features = self.elements.verdict(unit, found, rivals, class);
                let right = placed.iter().any(|gold| overlap(&gold.content, &found.content) >= FOUND);
                examples.push(features.map(|feature| (feature, 1.0)), u8::from(right), 1.0);
            }
        }
    }

    fn learn_roles(&self, placed: &[Placed], classes: &Classes, sequences: &mut Sequences) {
        let mut view = View::default();
        for Placed { unit, head, source, content, .. } in placed {
            let unit = self.unit(*unit);
            let range = reach(unit, *head);
            let inside = |parts: &[Range<usize>]| parts.iter().any(|part| range.contains(&part.start));
            if !inside(content) {
                continue;
            }
            let all = &self.elements.all;
            view.enter(all, unit);
            view.classify(classes);
            let context = CueContext::of(&view, *head, unit.wide.end);
            let mut rows: Vec<Vec<u64>> = vec![Vec::new(); range.len()];
            walk(all, &range, *head, |at, path| {
                let row = &mut rows[at - range.start];
                row.extend(view.beside(at, path.is_right()));
                row.extend(length(path));
                row.extend(context.path(path));
                row.extend(view.role(at, &all[at], &context.lane(path)));
            });
            let mut last = role::OTHER;
            for (place, row) in rows.iter().enumerate() {
                let at = range.start + place;
                let label = if at == *head { role::OTHER } else { label(at, source, content) };
                // A stretch that the cue or the reach of the model cuts begins anew.
                last = match (label, last) {
                    (role::SOURCE, role::SOURCE_FIRST | role::SOURCE) => role::SOURCE,
                    (role::SOURCE, _) => role::SOURCE_FIRST,
                    (role::CONTENT, role::CONTENT_FIRST | role::CONTENT) => role::CONTENT,
                    (role::CONTENT, _) => role::CONTENT_FIRST,
                    (label, _) => label,
                };
                sequences.push(row, 1 << last);
            }
            sequences.end_sequence();
        }
    }
}

fn label(at: usize, source: &[Range<usize>], content: &[Range<usize>]) -> u8 {
    let part =
        |parts: &[Range<usize>]| parts.iter().find(|part| part.contains(&at)).map(|part| part.start == at);
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
struct MainWords {
    alone: BTreeMap<u64, u32>,
    all: BTreeMap<u64, u32>,
}

impl MainWords {
    fn count(prepared: &[Prepared<'_>]) -> Self {
        let mut heads = Self::default();
        for document in prepared {
            for element in &document.elements.all {
                *heads.all.entry(element.word).or_default() += 1;
            }
            for attribution in &document.annotated.attributions {
                if let [cue] = document.cue_elements(attribution).as_slice() {
                    *heads.alone.entry(document.elements.all[*cue].word).or_default() += 1;
                }
            }
        }
        heads
    }

    /// The main word of a cue: the one that most often is a cue by itself, else its first verb, else its first word.
    fn choose(&self, all: &[Element], cue: &[usize]) -> Option<usize> {
        let share = |at: usize| {
            let word = all[at].word;
            let count = |counts: &BTreeMap<u64, u32>| f64::from(counts.get(&word).copied().unwrap_or(0));
            count(&self.alone) / (count(&self.all) + 5.0)
        };
        let best = cue.iter().copied().max_by(|a, b| share(*a).total_cmp(&share(*b)).then(b.cmp(a)))?;
        if share(best) > 0.05 {
            return Some(best);
        }
        let verb = |at: &&usize| all[**at].part_of_speech().is_some_and(PartOfSpeech::is_verb);
        cue.iter().rev().find(verb).or(cue.first()).copied()
    }
}

/// The words that are cues without being tagged as verbs, and the verbs that never are.
struct CueWords {
    heads: Vec<u64>,
    never: Vec<u64>,
}

impl CueWords {
    fn count(documents: &[&(Prepared<'_>, Vec<Placed>)]) -> Self {
        /// A word that is no verb must be a cue this often.
        const LEAST: u32 = 3;
        /// A verb that occurs this often …
        const OFTEN: u32 = 100;
        /// … and is the main word of a cue less often than once in so many times is not worth a look.
        const RARELY: u32 = 150;
        let mut counts: BTreeMap<u64, (u32, u32, u32)> = BTreeMap::new();
        for (document, placed) in documents {
            let all = &document.elements.all;
            let verb = |element: &Element| element.part_of_speech().is_some_and(PartOfSpeech::is_verb);
            for element in all.iter().filter(|element| verb(element)) {
                counts.entry(element.word).or_default().0 += 1;
            }
            for element in placed.iter().map(|placed| &all[placed.head]) {
                let (_, as_verb, otherwise) = counts.entry(element.word).or_default();
                *(if verb(element) { as_verb } else { otherwise }) += 1;
            }
        }
        let words = |wanted: &dyn Fn(&(u32, u32, u32)) -> bool| {
            counts.iter().filter(|(_, counts)| wanted(counts)).map(|(word, _)| *word).collect()
        };
        Self {
            heads: words(&|(_, _, otherwise)| *otherwise >= LEAST),
            never: words(&|(seen, cues, otherwise)| *seen >= OFTEN && (cues + otherwise) * RARELY < *seen),
        }
    }
}
