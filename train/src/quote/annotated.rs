//! Maps annotated attributions to the elements of their document.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use copydesk_core::{Document, Span};
use copydesk_gold::GoldAttribution;
use copydesk_quote::examples::ElementDocument;

/// An annotated attribution, its spans as elements.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// The main word of the cue.
    pub(super) head: usize,
    /// The elements of the whole cue.
    pub(super) cue: BTreeSet<usize>,
    pub(super) source: Vec<Range<usize>>,
    pub(super) content: Vec<Range<usize>>,
}

/// A document with its attributions.
pub(super) struct Annotated<'d> {
    pub(super) text: ElementDocument<'d>,
    /// The attributions with a cue outside quotation marks; only the first of several with the same main word.
    pub(super) placed: Vec<Placed>,
}

impl<'d> Annotated<'d> {
    /// All documents. Main words are chosen by counts over all of them.
    pub(super) fn all(documents: &'d [(Document, Vec<GoldAttribution>)]) -> Vec<Self> {
        let texts: Vec<(ElementDocument<'_>, &[GoldAttribution])> = documents
            .iter()
            .map(|(document, attributions)| (ElementDocument::new(document), attributions.as_slice()))
            .collect();
        let words = MainWords::count(&texts);
        let place = |(text, attributions)| Self { placed: placed(&text, attributions, &words), text };
        texts.into_iter().map(place).collect()
    }
}

fn placed(text: &ElementDocument<'_>, attributions: &[GoldAttribution], words: &MainWords) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for attribution in attributions {
        let cue = cue_elements(text, attribution);
        let Some(head) = words.choose(text, &cue) else { continue };
        if text.reach(head).is_empty() || placed.iter().any(|other| other.head == head) {
            continue;
        }
        let ranges = |spans: &[Span]| {
            let ranges = spans.iter().map(|span| text.covered(*span));
            ranges.filter(|range| !range.is_empty()).collect::<Vec<_>>()
        };
        let (source, content) = (ranges(&attribution.source), ranges(&attribution.content));
        placed.push(Placed { head, cue: cue.into_iter().collect(), source, content });
    }
    placed
}

/// The elements of an attribution's cue that are not in quotation marks.
fn cue_elements(text: &ElementDocument<'_>, attribution: &GoldAttribution) -> Vec<usize> {
    let covered = attribution.cue.iter().flat_map(|span| text.covered(*span));
    covered.filter(|at| !text.is_quoted(*at)).collect()
}

/// How often each word is a whole cue, and how often it occurs, to choose the main word of longer cues.
#[derive(Default)]
struct MainWords {
    alone: BTreeMap<u64, u32>,
    all: BTreeMap<u64, u32>,
}

impl MainWords {
    fn count(texts: &[(ElementDocument<'_>, &[GoldAttribution])]) -> Self {
        let mut words = Self::default();
        for (text, attributions) in texts {
            for at in 0..text.len() {
                *words.all.entry(text.word(at)).or_default() += 1;
            }
            for attribution in *attributions {
                if let [cue] = cue_elements(text, attribution)[..] {
                    *words.alone.entry(text.word(cue)).or_default() += 1;
                }
            }
        }
        words
    }

    /// The main word of a cue: the word that is most often a cue by itself, otherwise the last verb or the first word.
    fn choose(&self, text: &ElementDocument<'_>, cue: &[usize]) -> Option<usize> {
        let share = |at: usize| {
            let word = text.word(at);
            let count = |counts: &BTreeMap<u64, u32>| f64::from(counts.get(&word).copied().unwrap_or(0));
            count(&self.alone) / (count(&self.all) + 5.0)
        };
        let best = cue.iter().copied().max_by(|a, b| share(*a).total_cmp(&share(*b)).then(b.cmp(a)))?;
        if share(best) > 0.05 {
            return Some(best);
        }
        cue.iter().rev().find(|at| text.is_verb(**at)).or(cue.first()).copied()
    }
}
