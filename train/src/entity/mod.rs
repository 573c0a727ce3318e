//! Trains the recogniser of the entity stage: a conditional random field over the sentences of annotated texts (`corpus`), some of
//! them also in other letter case (`recase`).

mod corpus;
mod recase;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use crate::algorithms::{CrfOptions, Learned, crf};
use copydesk_core::{Document, DocumentView, Source, Span};
use copydesk_entity::examples::names::{
    CONTEXTS, EntityGroup, FORMS, KIND, KINDS, KindSet, TRANSITIONS, WINDOW, form_feature, kinds_of,
    separate_kinds, silent_kinds,
};
use copydesk_gold::{GoldDocument, read_gold};
use copydesk_learn::{ArtefactWriter, WeightsBuilder, bilou, dense};

use crate::TrainError;
use corpus::{Corpus, Name};
use recase::recased;

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub struct EntitySettings {
    /// Passes over all texts.
    pub epochs: usize,
    /// Features that occur fewer times are dropped.
    pub least: u32,
    /// The largest size of the weights, in bytes.
    pub size: usize,
    /// One in this many documents is added once more with its sentences in capitals, title case and lower case, so that names are found
    /// without relying on capitals; 0 adds none.
    pub copies: usize,
    /// The number of training runs whose weights are averaged.
    pub runs: usize,
}

impl Default for EntitySettings {
    fn default() -> Self {
        Self { epochs: 6, least: 2, size: 5_600_000, copies: 6, runs: 4 }
    }
}

/// The epochs of the models of the first look.
const FIRST_EPOCHS: usize = 4;

/// The margin between right and wrong labels, and the dropout probability, chosen on development data. Different seeds alone change
/// scores there by 0.3.
const MARGIN: f32 = 2.0;
const DROPOUT: f32 = 0.6;

/// The training data, for the summary.
#[derive(Clone, Copy, Debug, Default)]
pub struct EntityReport {
    /// Documents.
    pub documents: usize,
    /// Tokens.
    pub tokens: usize,
    /// Names.
    pub names: usize,
    /// Names that begin or end inside a token, and were extended to whole tokens.
    pub misaligned: usize,
}

impl fmt::Display for EntityReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { documents, tokens, names, misaligned } = self;
        write!(
            f,
            "{documents} documents, {tokens} tokens, {names} names, {misaligned} of them with ends inside a token"
        )
    }
}

/// Trains on files of annotated data, and on copies of some of their texts in other letter case (`settings.copies`). Each
/// file is one set: kinds that none of its labels stands for are treated as not annotated.
pub fn entity(
    files: &[PathBuf],
    settings: EntitySettings,
    without: &[EntityGroup],
) -> Result<(Vec<u8>, EntityReport), TrainError> {
    let mut corpus = Corpus::new(without)?;
    let mut report = EntityReport::default();
    for file in files {
        let gold = read_gold(file)?;
        let labels: BTreeSet<&str> =
            gold.iter().flat_map(|document| document.names().map(|(_, label)| label)).collect();
        let separate = separate_kinds(labels.iter().copied());
        let silent = silent_kinds(labels.iter().copied());
        let mut document = Document::default();
        for annotated in &gold {
            if document.load(annotated.source()).is_err() {
                return Err(TrainError::Source(file.clone(), format!("{}: too long", annotated.id)));
            }
            let names = spans(&document.view(), annotated, separate, &mut report);
            report.documents += 1;
            corpus.add(&document, &names, silent);
            let Some(text) = recased(&document.view(), report.documents, settings.copies) else { continue };
            if document.load(Source { text: &text, ..annotated.source() }).is_ok() {
                let names = spans(&document.view(), annotated, separate, &mut EntityReport::default());
                corpus.add_copy(&document, &names, silent);
            }
        }
    }
    report.tokens = corpus.sequences.tokens();
    Ok((train(corpus, settings, !without.contains(&EntityGroup::SecondLook)), report))
}

/// Trains on all documents, and gives the model. With `second_look` the model also uses how it
/// labelled the words elsewhere in the document.
fn train(mut corpus: Corpus, settings: EntitySettings, second_look: bool) -> Vec<u8> {
    corpus.sequences.drop_rare(settings.least);
    let transitions = bilou::transitions(KINDS);
    let options = CrfOptions {
        epochs: settings.epochs,
        margin: MARGIN,
        dropout: DROPOUT,
        runs: settings.runs,
        ..CrfOptions::default()
    };
    if second_look {
        let first = CrfOptions { epochs: FIRST_EPOCHS, runs: 1, ..options };
        let first_look = corpus.first_look(&transitions, first);
        corpus.add_second_look(&first_look);
    }
    write(&crf(&corpus.sequences, &transitions, options), settings.size)
}

/// The model file.
fn write(learned: &Learned, size: usize) -> Vec<u8> {
    let labels = learned.labels;
    let mut forms: BTreeMap<u64, Vec<f32>> = BTreeMap::new();
    let mut contexts = WeightsBuilder::new(labels);
    for (feature, row) in learned.rows() {
        match form_feature(feature) {
            None => contexts.add(feature, row),
            Some((form, place)) => {
                let rows = forms.entry(form).or_insert_with(|| vec![0.0; labels * WINDOW]);
                rows[place * labels..(place + 1) * labels].copy_from_slice(row);
            }
        }
    }
    let mut form_weights = WeightsBuilder::new(labels * WINDOW);
    forms.iter().for_each(|(feature, row)| form_weights.add(*feature, row));
    WeightsBuilder::prune_together(&mut [&mut form_weights, &mut contexts], size);
    let scale = form_weights.scale().max(contexts.scale());
    let transitions =
        learned.transitions.iter().flat_map(|weight| ((weight / scale).round() as i32).to_le_bytes());
    let mut model = ArtefactWriter::new(KIND);
    model.section(FORMS, form_weights.finish_at(scale));
    model.section(CONTEXTS, dense::write(&contexts, scale));
    model.section(TRANSITIONS, transitions.collect());
    model.finish()
}

/// The annotated names as token spans, in text order; of overlapping ones, the first.
fn spans(
    doc: &DocumentView<'_>,
    gold: &GoldDocument,
    separate: KindSet,
    report: &mut EntityReport,
) -> Vec<Name> {
    let mut names: Vec<(Span, &str)> = gold.names().filter(|(_, label)| kinds_of(label) != 0).collect();
    names.sort();
    let mut spans: Vec<Name> = Vec::new();
    for (span, label) in names {
        let tokens = doc.tokens_in(span);
        if tokens.is_empty() || spans.last().is_some_and(|(before, _)| before.end > tokens.start) {
            continue;
        }
        report.names += 1;
        report.misaligned += usize::from(doc.token_span(tokens.start, tokens.end) != span);
        // If a set has a label for facilities, say, no other label of it includes them.
        let own = kinds_of(label);
        let narrow = own & !separate;
        spans.push((tokens, if narrow != 0 { narrow } else { own }));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A corpus in columns, made of a few patterns.
    fn corpus() -> String {
        let mut text = String::new();
        for (place, (name, town)) in
            [("Okoro", "Lagos"), ("Brandt", "Bonn"), ("Silva", "Porto"), ("Tanaka", "Osaka")]
                .iter()
                .cycle()
                .take(60)
                .enumerate()
        {
            text +=
                &format!("-DOCSTART- O\n\nMr O\n{name} B-PER\nleft O\n{town} B-LOC\nin O\nMay O\n. O\n\n");
            text += &format!(
                "{name} B-PER\nsaid O\nno O\n{} O\n. O\n\n",
                ["twice", "again", "loudly"][place % 3]
            );
        }
        text
    }

    #[test]
    fn the_same_corpus_gives_the_same_model() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("corpus.conll");
        std::fs::write(&file, corpus()).expect("a file");
        let settings = EntitySettings { epochs: 3, ..EntitySettings::default() };
        let train = || entity(std::slice::from_ref(&file), settings, &[]).expect("a model");
        let ((first, report), (second, _)) = (train(), train());
        assert!(first == second, "the bytes differ");
        assert_eq!((report.documents, report.names, report.misaligned), (60, 180, 0));
        let without =
            entity(std::slice::from_ref(&file), settings, &[EntityGroup::Classes]).expect("a model").0;
        assert!(without != first);
    }
}
