//! Trains the ranker that resolves pronouns and nouns.
//!
//! In annotated texts the clusters give the right candidates (`teach`). In texts without annotation, "he" refers to the only man among
//! women; from such cases the ranker learns the other features of the right candidate.

mod teach;

use std::fmt;
use std::path::PathBuf;

use crate::algorithms::{RankingOptions, Rankings, ranking};
use copydesk_core::{Document, Span};
use copydesk_entity::examples::coref::{
    CorefGroup, CorefReader, FEATURES, Family, KIND, Ranker, STEP, WEIGHTS,
};
use copydesk_gold::{GoldCluster, GoldDocument, read_gold};
use copydesk_learn::ArtefactWriter;
use copydesk_syntax::{Model, Tagger};

use crate::TrainError;
use crate::tagged::tagged;
use teach::{AnnotatedCluster, AnnotationTeacher, GenderTeacher};

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub struct CorefSettings {
    /// Passes over all texts.
    pub epochs: usize,
    /// The L2 penalty for "he" and "she", whose candidates differ only in position and grammar.
    pub l2_person: f32,
    /// The L2 penalty for other words.
    pub l2: f32,
}

impl Default for CorefSettings {
    fn default() -> Self {
        Self { epochs: 30, l2_person: 0.2, l2: 0.06 }
    }
}

/// How often annotated decisions are seen in each pass, for each time that decisions by gender are seen.
const ANNOTATED: usize = 4;

/// The training data, for the summary.
#[derive(Clone, Copy, Debug, Default)]
pub struct CorefReport {
    /// Documents.
    pub documents: usize,
    /// Words with several candidates.
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
    settings: CorefSettings,
    without: &[CorefGroup],
) -> Result<(Vec<u8>, CorefReport), TrainError> {
    let tagger = Tagger::new(Model::load(None)?);
    let mut choices = Choices::new(without)?;
    let mut report = CorefReport::default();
    let mut partial = Vec::new();
    for file in files {
        for gold in read_gold(file)? {
            let document = tagged(gold.source(), &tagger)
                .map_err(|reason| TrainError::Source(file.clone(), format!("{}: {reason}", gold.id)))?;
            report.documents += 1;
            if gold.has_clusters() {
                choices.add(&document, &clusters(&gold));
            } else {
                partial.push((document, gold.choice()));
            }
        }
    }
    // Words that the following documents leave undecided are resolved by what was learned so far.
    let ranker = Ranker::new(choices.weights(settings));
    for (document, choice) in &partial {
        match choice {
            Some((pronoun, name)) => choices.add_choice(document, *pronoun, *name, &ranker),
            None => choices.add_plain(document, &ranker),
        }
    }
    report.choices = choices.len();
    if report.choices == 0 {
        return Err(TrainError::Nothing(
            "clusters (JSON lines with `clusters`: mentions with head and form)",
        ));
    }
    let weights = choices.weights(settings).into_iter().map(|weight| weight as u8);
    let mut model = ArtefactWriter::new(KIND);
    model.section(WEIGHTS, weights.collect());
    Ok((model.finish(), report))
}

/// Decisions among candidates, from which weights are learned.
struct Choices {
    reader: CorefReader,
    without: Vec<CorefGroup>,
    /// The annotated decisions of each family.
    annotated: Vec<Rankings>,
    /// Decisions about "he" and "she" by gender.
    by_gender: Rankings,
}

impl Choices {
    fn new(without: &[CorefGroup]) -> Result<Self, TrainError> {
        Ok(Self {
            reader: CorefReader::new()?,
            without: without.to_vec(),
            annotated: vec![Rankings::default(); Family::COUNT],
            by_gender: Rankings::default(),
        })
    }

    /// Adds a document whose clusters are all annotated.
    fn add(&mut self, document: &Document, clusters: &[AnnotatedCluster]) {
        self.add_annotated(document, clusters, None);
    }

    /// Adds a document in which only one pronoun is annotated, with a name it refers to. Other words are not learned from.
    fn add_choice(&mut self, document: &Document, pronoun: Span, name: Span, fallback: &Ranker) {
        let cluster = AnnotatedCluster { names: vec![name], others: vec![pronoun] };
        self.add_annotated(document, &[cluster], Some(fallback));
    }

    fn add_annotated(
        &mut self,
        document: &Document,
        clusters: &[AnnotatedCluster],
        fallback: Option<&Ranker>,
    ) {
        let entities = self.reader.entities(document);
        let mut teacher = AnnotationTeacher {
            clusters,
            meant: clusters.iter().map(|cluster| cluster.found_as(&entities)).collect(),
            fallback,
            without: &self.without,
            rankings: &mut self.annotated,
        };
        self.reader.resolve(document, entities, &mut teacher);
    }

    /// Adds a document without annotation.
    fn add_plain(&mut self, document: &Document, fallback: &Ranker) {
        let entities = self.reader.entities(document);
        let mut teacher = GenderTeacher {
            document,
            genders: entities.genders().collect(),
            fallback,
            without: &self.without,
            rankings: &mut self.by_gender,
        };
        self.reader.resolve(document, entities, &mut teacher);
    }

    /// How many decisions there are.
    fn len(&self) -> usize {
        self.annotated.iter().map(Rankings::len).sum::<usize>() + self.by_gender.len()
    }

    /// The weights learned from the decisions so far: for each family one for each feature.
    fn weights(&self, settings: CorefSettings) -> Vec<i8> {
        let mut all = Vec::with_capacity(Family::COUNT * FEATURES);
        for (family, rankings) in self.annotated.iter().enumerate() {
            let person = family == Family::Person as usize;
            let l2 = if person { settings.l2_person } else { settings.l2 };
            let own = RankingOptions { epochs: settings.epochs, l2, ..RankingOptions::default() };
            let weights = if person && !self.by_gender.is_empty() {
                // Annotated data are fewer and count more.
                let mut all = self.by_gender.clone();
                (0..ANNOTATED).for_each(|_| all.extend(rankings));
                ranking(&all, FEATURES, own)
            } else {
                ranking(rankings, FEATURES, own)
            };
            all.extend(weights.iter().map(|weight| (weight / STEP).round().clamp(-127.0, 127.0) as i8));
        }
        all
    }
}

/// The heads of the mentions of each annotated cluster.
fn clusters(gold: &GoldDocument) -> Vec<AnnotatedCluster> {
    let heads = |cluster: &GoldCluster, names: bool| {
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

    /// Texts in which a pronoun refers to the subject of the previous sentence.
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
        let train = |without: &[CorefGroup]| {
            coref(std::slice::from_ref(&file), CorefSettings::default(), without).expect("a model")
        };
        let ((first, report), (second, _)) = (train(&[]), train(&[]));
        assert!(first == second, "the bytes differ");
        assert_eq!((report.documents, report.choices), (12, 12));
        assert!(train(&[CorefGroup::Grammar]).0 != first);
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
        let train = |files: &[PathBuf]| coref(files, CorefSettings::default(), &[]).expect("a model");
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
        assert!(coref(&[file], CorefSettings::default(), &[]).is_err());
    }
}
