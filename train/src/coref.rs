//! Trains the ranker that tells whom pronouns and nouns mean.

use std::fmt;
use std::path::PathBuf;

use copydesk_core::{Document, Emitter, layer};
use copydesk_entity::coref_training::{AnnotatedCluster, Group, TrainOptions, Trainer};
use copydesk_eval::{GoldDocument, read_gold};
use copydesk_syntax::{Model, Tagger};

use crate::TrainError;

/// The training data, for the summary.
#[derive(Clone, Copy, Debug, Default)]
pub struct CorefReport {
    /// Documents.
    pub documents: usize,
    /// Words with candidates to choose from.
    pub choices: usize,
}

impl fmt::Display for CorefReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} documents, {} choices", self.documents, self.choices)
    }
}

/// Trains on files of annotated clusters of mentions.
pub fn coref(
    files: &[PathBuf],
    options: TrainOptions,
    without: &[Group],
) -> Result<(Vec<u8>, CorefReport), TrainError> {
    let tagger = Tagger::new(Model::load(None)?);
    let mut trainer = Trainer::new(without)?;
    let mut report = CorefReport::default();
    let mut partial = Vec::new();
    for file in files {
        for gold in read_gold(file)? {
            let too_long = || TrainError::Source(file.clone(), format!("{}: too long", gold.id));
            let mut document = Document::new(gold.source()).map_err(|_| too_long())?;
            let mut tags = Emitter::new();
            tagger.tag(&document.view(), |found| tags.parts_of_speech(found.iter().copied()));
            document.absorb(&tags, &[layer::SYNTAX]).map_err(|_| too_long())?;
            report.documents += 1;
            if gold.has_clusters() {
                trainer.add(&document, &clusters(&gold));
            } else {
                partial.push((document, gold.choice()));
            }
        }
    }
    trainer.learn(options);
    for (document, choice) in &partial {
        match choice {
            Some((pronoun, name)) => trainer.add_choice(document, *pronoun, *name),
            None => trainer.add_plain(document),
        }
    }
    report.choices = trainer.choices();
    if report.choices == 0 {
        return Err(TrainError::Nothing(
            "clusters (JSON lines with `clusters`: mentions with head and form)",
        ));
    }
    Ok((trainer.finish(options), report))
}

/// The annotated clusters by the heads of their mentions; those without a name mean nothing named.
fn clusters(gold: &GoldDocument) -> Vec<AnnotatedCluster> {
    let heads = |cluster: &copydesk_eval::GoldCluster, names: bool| {
        let mentions = cluster.mentions.iter().filter(|mention| mention.is_name() == names);
        mentions.map(|mention| mention.head).collect()
    };
    let cluster = |cluster| AnnotatedCluster { names: heads(&cluster, true), others: heads(&cluster, false) };
    gold.clusters().map(cluster).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Texts in which a pronoun means the subject of the sentence before.
    fn corpus() -> String {
        let people = [("Marit Lund", "Petra Holm"), ("Nora Vik", "Ana Leal"), ("Rita Falk", "Eva Berg")];
        let mut lines = String::new();
        for (subject, object) in people.iter().cycle().take(12) {
            let text = format!("{subject} met {object} in Oslo. She left early.");
            let she = text.find("She").expect("a pronoun");
            let mention = |start: usize, end: usize, form: &str| json!({"start": start, "end": end, "head": {"start": start, "end": end}, "form": form});
            let name = mention(0, subject.len(), "name");
            let pronoun = mention(she, she + 3, "pronoun");
            let clusters = json!([{"kind": "person", "mentions": [name, pronoun]}]);
            lines += &json!({"id": "a", "text": text, "clusters": clusters}).to_string();
            lines.push('\n');
        }
        lines
    }

    #[test]
    fn the_same_texts_give_the_same_model() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("clusters.jsonl");
        std::fs::write(&file, corpus()).expect("a file");
        let train = |without: &[Group]| {
            coref(std::slice::from_ref(&file), TrainOptions::default(), without).expect("a model")
        };
        let ((first, report), (second, _)) = (train(&[]), train(&[]));
        assert!(first == second, "the bytes differ");
        assert_eq!((report.documents, report.choices), (12, 12));
        assert!(train(&[Group::Grammar]).0 != first);
    }

    #[test]
    fn gender_teaches_in_texts_without_annotation() {
        let folder = tempfile::tempdir().expect("a folder");
        let [annotated, plain] = ["clusters.jsonl", "plain.jsonl"].map(|name| folder.path().join(name));
        std::fs::write(&annotated, corpus()).expect("a file");
        // A man and a woman: one choice. Two women: none.
        let texts = [
            "Marit Lund met Olaf Berg in Oslo. He left early.",
            "Eva Berg met Marit Lund in Oslo. She left early.",
        ];
        let lines: String =
            texts.iter().map(|text| json!({"id": "p", "text": text}).to_string() + "\n").collect();
        std::fs::write(&plain, lines).expect("a file");
        let train = |files: &[PathBuf]| coref(files, TrainOptions::default(), &[]).expect("a model");
        let (first, _) = train(std::slice::from_ref(&annotated));
        let (second, report) = train(&[plain, annotated]);
        assert_eq!((report.documents, report.choices), (14, 13));
        assert!(first != second, "nothing was learned");
    }

    #[test]
    fn texts_without_clusters_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("none.jsonl");
        std::fs::write(&file, "{\"id\": \"a\", \"text\": \"Nothing.\"}\n").expect("a file");
        assert!(coref(&[file], TrainOptions::default(), &[]).is_err());
    }
}
