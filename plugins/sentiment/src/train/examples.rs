//! Makes training examples from annotated texts.

use copydesk_core::layers::Label;
use copydesk_core::{Document, Lexicon, Span};
use copydesk_learn::classes::MOST;
use copydesk_learn::{ArtefactError, Classes};

use crate::attitudes::Attitudes;
use crate::hits::Hits;
use crate::lexicon::{self, Word};
use crate::numbers;
use crate::shape::{LABELS, NEGATIVE, NEUTRAL, POSITIVE};
use crate::targets;
use crate::terms::Terms;
use crate::train::example::{Example, Rows, Task};
use crate::vocabulary::{Vocabulary, WORDS, special};

/// An annotated text.
pub struct Annotated {
    /// The document, segmented.
    pub document: Document,
    /// The annotation.
    pub about: About,
    /// Texts of one group (such as an article) are held out together in cross-validation.
    pub group: u32,
}

/// The annotation.
#[derive(Clone, Copy, Debug)]
pub enum About {
    /// The polarity towards a target.
    Target(Span, Label),
    /// The polarity of the whole text, -4 to 4.
    Whole(f32),
}

/// Word vectors, the most frequent words first.
pub struct WordVectors {
    /// The words' hashes, as tokens carry them.
    pub hashes: Vec<u64>,
    /// The width of a vector.
    pub width: usize,
    /// The vectors, concatenated.
    pub values: Vec<f32>,
}

/// How many of the most frequent words get rows.
const FREQUENT: usize = 40_000;
/// Rows with at least this many occurrences get embeddings of their own.
const OFTEN: u32 = 4;
/// The norm that pretrained vectors are scaled to.
const LENGTH: f32 = 5.0;
/// Longer sentences are truncated to this many tokens.
const LONGEST: usize = 120;

/// Converts annotated texts, and counts the rows that occur.
pub(crate) struct Reader {
    vocabulary: Vocabulary,
    terms: Terms,
    attitudes: Attitudes,
    hashes: Vec<u64>,
    counts: Vec<u32>,
}

impl Reader {
    pub(crate) fn new(vectors: &WordVectors) -> Result<Self, ArtefactError> {
        let failed = |error: copydesk_core::StageError| ArtefactError::damaged(error.to_string());
        let lexicon: Lexicon<Word> = lexicon::lexicon().map_err(failed)?;
        let mut hashes: Vec<u64> = Vec::new();
        let mut known: Lexicon<()> = Lexicon::default();
        let listed = lexicon::forms().map_err(failed)?;
        for hash in vectors.hashes.iter().take(FREQUENT).copied().chain(listed) {
            if !known.contains(hash) {
                known.insert(hash, ());
                hashes.push(hash);
            }
        }
        let mut terms = Terms::built_in().map_err(failed)?;
        let mut vocabulary = Vocabulary::new(hashes.iter().copied(), &lexicon, Classes::built_in()?);
        terms.give_rows(&mut vocabulary);
        let counts = vec![0; vocabulary.len()];
        let attitudes = Attitudes::built_in().map_err(failed)?;
        Ok(Self { vocabulary, terms, attitudes, hashes, counts })
    }

    /// The words that have rows.
    pub(crate) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// Makes an example; `importance` is the weight of a target of each label.
    pub(crate) fn read(
        &mut self,
        annotated: &Annotated,
        domain: usize,
        importance: [f32; LABELS],
    ) -> Example {
        let doc = annotated.document.view();
        let reading = self.vocabulary.read(&doc, &self.terms);
        let found = Hits::read(&doc, &reading, &self.vocabulary, &self.attitudes);
        let example = match annotated.about {
            About::Target(span, label) => {
                let first = doc.token_at(span.start());
                let sentence =
                    doc.tokens().get(first).and_then(|token| doc.sentences().get(token.sentence()));
                let sentence = sentence.map_or(0..0, |sentence| sentence.tokens());
                let found = found.of_sentence(sentence.clone());
                let place = targets::place(&doc, sentence, found, span);
                let window = place.window();
                let numbers = numbers::of_target(&doc, found, &self.attitudes, &place);
                let mut rows: Vec<u32> = reading.rows[window.start..place.target.start].to_vec();
                let target = rows.len();
                rows.push(special::TARGET);
                rows.extend(&reading.rows[place.target.end..window.end]);
                let within = |token: usize| {
                    if token <= place.target.start {
                        token.max(window.start) - window.start
                    } else {
                        token.clamp(place.target.end, window.end) - place.target.end + target + 1
                    }
                };
                let clause = (within(place.clause.start), within(place.clause.end));
                let label = match label {
                    Label::Negative => NEGATIVE,
                    Label::Neutral => NEUTRAL,
                    Label::Positive => POSITIVE,
                };
                let mut labels = [0.0; LABELS];
                labels[label] = 1.0;
                let (numbers, importance) = (numbers.to_vec(), importance[label]);
                let (task, group) = (Task::Target(label), annotated.group);
                Example { rows, target, clause, numbers, task, labels, domain, importance, group }
            }
            About::Whole(score) => return self.read_whole(annotated, score, domain, 1.0),
        };
        example.rows.iter().for_each(|row| self.counts[*row as usize] += 1);
        example
    }

    /// Makes an example of the polarity of a whole text.
    pub(crate) fn read_whole(
        &mut self,
        annotated: &Annotated,
        score: f32,
        domain: usize,
        importance: f32,
    ) -> Example {
        let doc = annotated.document.view();
        let reading = self.vocabulary.read(&doc, &self.terms);
        let found = Hits::read(&doc, &reading, &self.vocabulary, &self.attitudes);
        let tokens = 0..doc.tokens().len().min(LONGEST);
        let numbers =
            numbers::of_sentence(found.of_sentence(tokens.clone()), tokens.clone(), |_| true).to_vec();
        let rows = reading.rows[tokens].to_vec();
        rows.iter().for_each(|row| self.counts[*row as usize] += 1);
        let (task, group) = (Task::Score(score), annotated.group);
        let labels = [0.0; LABELS];
        Example { rows, target: usize::MAX, clause: (0, 0), numbers, task, labels, domain, importance, group }
    }

    /// The fixed inputs per row, once all examples have been read.
    pub(crate) fn rows(&self, vectors: &WordVectors) -> Rows {
        let given = vectors.width;
        let count = self.vocabulary.len();
        let mut values = vec![0f32; count * given];
        let mut mean = vec![0f32; given];
        let frequent = FREQUENT.min(vectors.hashes.len()).max(1);
        for vector in vectors.values.chunks_exact(given).take(frequent) {
            mean.iter_mut().zip(vector).for_each(|(mean, value)| *mean += value / frequent as f32);
        }
        let mut of_classes = vec![0f32; MOST];
        let row_of = |class: u16| special::CLASSES as usize + usize::from(class) - 1;
        let mut places: Lexicon<u32> = Lexicon::default();
        for (place, (hash, vector)) in
            vectors.hashes.iter().zip(vectors.values.chunks_exact(given)).enumerate()
        {
            let class = self.vocabulary.class(*hash);
            if !places.contains(*hash) {
                places.insert(*hash, place as u32);
            }
            if class == 0 {
                continue;
            }
            of_classes[usize::from(class) - 1] += 1.0;
            let vector = vector_of(vector, &mean);
            values[row_of(class) * given..][..given]
                .iter_mut()
                .zip(vector)
                .for_each(|(sum, value)| *sum += value);
        }
        for (class, members) in of_classes.iter().enumerate().filter(|(_, members)| **members > 0.0) {
            let row = &mut values[(special::CLASSES as usize + class) * given..][..given];
            row.iter_mut().for_each(|value| *value /= members);
        }
        for (number, hash) in self.hashes.iter().enumerate() {
            let at = (WORDS as usize + number) * given;
            if let Some(place) = places.get(*hash) {
                let vector = &vectors.values[*place as usize * given..][..given];
                values[at..at + given].copy_from_slice(&vector_of(vector, &mean));
            } else if let class @ 1.. = self.vocabulary.class(*hash) {
                let from = row_of(class) * given;
                values.copy_within(from..from + given, at);
            }
        }
        let own = |(row, count): (usize, &u32)| *count >= OFTEN || row < special::CLASSES as usize;
        Rows {
            given,
            vectors: values,
            cues: (0..count as u32).map(|row| self.vocabulary.cues(row)).collect(),
            own: self.counts.iter().enumerate().map(own).collect(),
        }
    }
}

/// Centres vectors and scales them to one norm.
fn vector_of(vector: &[f32], mean: &[f32]) -> Vec<f32> {
    let mut found: Vec<f32> = vector.iter().zip(mean).map(|(value, mean)| value - mean).collect();
    let length = found.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-3);
    found.iter_mut().for_each(|value| *value *= LENGTH / length);
    found
}
