//! Trains the recogniser of the entity stage.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use copydesk_core::{Document, DocumentView, Source, Span};
use copydesk_entity::training::{
    Group, KindSet, TrainOptions, Trainer, kinds_of, separate_kinds, silent_kinds,
};
use copydesk_eval::{GoldDocument, read_gold};

use crate::TrainError;
use crate::recase::recased;

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

/// Trains on files of annotated data, and on copies of some of their texts in other letter case (`options.copies`). Each
/// file is one set: kinds that none of its labels stands for are treated as not annotated.
pub fn entity(
    files: &[PathBuf],
    options: TrainOptions,
    without: &[Group],
) -> Result<(Vec<u8>, EntityReport), TrainError> {
    let mut trainer = Trainer::new(without)?;
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
            trainer.add(&document, &names, silent);
            let Some(text) = recased(&document.view(), report.documents, options.copies) else { continue };
            if document.load(Source { text: &text, ..annotated.source() }).is_ok() {
                let names = spans(&document.view(), annotated, separate, &mut EntityReport::default());
                trainer.add_copy(&document, &names, silent);
            }
        }
    }
    report.tokens = trainer.tokens();
    Ok((trainer.finish(options), report))
}

/// The annotated names as token spans, in text order; of overlapping ones, the first.
fn spans(
    doc: &DocumentView<'_>,
    gold: &GoldDocument,
    separate: KindSet,
    report: &mut EntityReport,
) -> Vec<(Range<usize>, KindSet)> {
    let mut names: Vec<(Span, &str)> = gold.names().filter(|(_, label)| kinds_of(label) != 0).collect();
    names.sort();
    let mut spans: Vec<(Range<usize>, KindSet)> = Vec::new();
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
        let options = TrainOptions { epochs: 3, ..TrainOptions::default() };
        let train = || entity(std::slice::from_ref(&file), options, &[]).expect("a model");
        let ((first, report), (second, _)) = (train(), train());
        assert!(first == second, "the bytes differ");
        assert_eq!((report.documents, report.names, report.misaligned), (60, 180, 0));
        let without = entity(std::slice::from_ref(&file), options, &[Group::Classes]).expect("a model").0;
        assert!(without != first);
    }
}
