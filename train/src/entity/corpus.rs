//! Annotated documents as sequences to train on.

use std::ops::Range;

use crate::algorithms::{CrfOptions, Sequences, crf_on};
use copydesk_core::Document;
use copydesk_entity::examples::names::{EntityGroup, FirstLook, KINDS, KindSet, NameReader, evidence_of};
use copydesk_learn::{ArtefactError, Transitions, bilou};
use rayon::prelude::*;

/// For the second look, documents are labelled by models that were not trained on them: one model for each of this many parts.
const FOLDS: usize = 4;

/// A name: its tokens, and the kinds that its label may stand for.
pub(super) type Name = (Range<usize>, KindSet);

/// A document that is trained on.
struct Annotated {
    document: Document,
    /// The index of its first sequence.
    first: usize,
    /// The part that it belongs to: the model of the first look with this number is not trained on it.
    fold: usize,
}

/// Collects annotated documents, one sequence per sentence.
pub(super) struct Corpus {
    reader: NameReader,
    pub(super) sequences: Sequences,
    documents: Vec<Annotated>,
}

impl Corpus {
    /// An empty corpus. Features of the groups in `without` are omitted, to measure their effect.
    pub(super) fn new(without: &[EntityGroup]) -> Result<Self, ArtefactError> {
        let reader = NameReader::new(without)?;
        Ok(Self { reader, sequences: Sequences::default(), documents: Vec::new() })
    }

    /// Adds a document. `names` are in text order and do not overlap. Tokens outside of them may be anything of the kinds in
    /// `silent`, which the annotation does not mark.
    pub(super) fn add(&mut self, document: &Document, names: &[Name], silent: KindSet) {
        let fold = self.documents.last().map_or(0, |last| (last.fold + 1) % FOLDS);
        self.add_to_fold(document, names, silent, fold);
    }

    /// Adds the last document once more in another letter case. Both belong to the same part, so no model labels one after training on the
    /// other.
    pub(super) fn add_copy(&mut self, document: &Document, names: &[Name], silent: KindSet) {
        let fold = self.documents.last().map_or(0, |last| last.fold);
        self.add_to_fold(document, names, silent, fold);
    }

    fn add_to_fold(&mut self, document: &Document, names: &[Name], silent: KindSet, fold: usize) {
        let doc = &document.view();
        let Self { reader, sequences, documents } = self;
        documents.push(Annotated { document: document.clone(), first: sequences.len(), fold });
        let allowed = allowed_labels(doc.tokens().len(), names, silent);
        reader.read(doc, |tokens, rows| {
            for (features, allowed) in rows.iter().zip(&allowed[tokens]) {
                sequences.push(features, *allowed);
            }
            sequences.end_sequence();
        });
    }

    /// The sequences of each document.
    fn sequences_of(&self, document: usize) -> Range<usize> {
        let end = self.documents.get(document + 1).map_or(self.sequences.len(), |next| next.first);
        self.documents[document].first..end
    }

    /// The labels of each sequence by a model that was not trained on its document.
    pub(super) fn first_look(&self, transitions: &Transitions, options: CrfOptions) -> Vec<FirstLook> {
        let fold = |document: usize| self.documents[document].fold;
        let looks: Vec<Vec<(usize, FirstLook)>> = (0..FOLDS)
            .into_par_iter()
            .map(|own| {
                let of = |holds: &dyn Fn(usize) -> bool| -> Vec<usize> {
                    let documents = (0..self.documents.len()).filter(|document| holds(*document));
                    documents.flat_map(|document| self.sequences_of(document)).collect()
                };
                let others = of(&|document| fold(document) != own);
                let learned = crf_on(&self.sequences, transitions, options, others);
                let own = of(&|document| fold(document) == own).into_iter();
                own.map(|sequence| {
                    (sequence, self.sequences.look(sequence, &learned, transitions, evidence_of))
                })
                .collect()
            })
            .collect();
        let mut all = vec![FirstLook::default(); self.sequences.len()];
        looks.into_iter().flatten().for_each(|(sequence, own)| all[sequence] = own);
        all
    }

    /// Adds each sequence once more, with the features of the second look.
    pub(super) fn add_second_look(&mut self, first_look: &[FirstLook]) {
        let ranges: Vec<Range<usize>> =
            (0..self.documents.len()).map(|document| self.sequences_of(document)).collect();
        let Self { reader, sequences, documents } = self;
        for (own, range) in documents.iter().zip(ranges) {
            reader.read_again(&own.document.view(), &first_look[range.clone()], |sentence, rows| {
                sequences.copy_with(range.start + sentence, |at, more| more.extend(&rows[at]));
            });
        }
    }
}

/// The labels that each token may have.
fn allowed_labels(tokens: usize, names: &[Name], silent: KindSet) -> Vec<u64> {
    let kinds = |set: KindSet| (0..KINDS).filter(move |kind| set >> kind & 1 != 0);
    let outside = kinds(silent).fold(1u64, |set, kind| set | 0b1111 << (1 + 4 * kind));
    let mut allowed = vec![outside; tokens];
    for (span, set) in names.iter().filter(|(span, set)| *set != 0 && span.end <= tokens) {
        let own = &mut allowed[span.clone()];
        own.fill(0);
        for kind in kinds(*set) {
            let labels = bilou::span_labels(kind, own.len());
            own.iter_mut().zip(labels).for_each(|(set, label)| *set |= 1 << label);
        }
    }
    allowed
}
