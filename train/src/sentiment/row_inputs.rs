//! The network's inputs for each row of the vocabulary.

use copydesk_core::Lexicon;
use copydesk_learn::classes::MAX;
use copydesk_sentiment::examples::shape::CUES;
use copydesk_sentiment::examples::{FIRST_CLASS, FIRST_WORD, Reader};

use super::WordVectors;
use super::example::Example;

/// The number of the most frequent words that get rows.
pub(super) const FREQUENT: usize = 40_000;
/// Rows with at least this many occurrences get embeddings of their own.
const OFTEN: u32 = 4;
/// The norm that pretrained vectors are scaled to.
const LENGTH: f32 = 5.0;

/// Fixed inputs per row.
pub(super) struct RowInputs {
    /// The width of a pretrained vector.
    pub(super) given: usize,
    /// The pretrained vectors: of a word its own or that of its class, of a class the mean of its words, of other rows zeros.
    pub(super) vectors: Vec<f32>,
    pub(super) cues: Vec<[f32; CUES]>,
    /// Whether a row occurs often enough in training to get an embedding of its own, added to the projected vector.
    pub(super) own: Vec<bool>,
}

impl RowInputs {
    /// The inputs of a reader's rows, for training on these examples.
    pub(super) fn new(reader: &Reader, vectors: &WordVectors, examples: &[Example]) -> Self {
        let mut counts = vec![0u32; reader.rows()];
        for example in examples {
            example.input.rows.iter().for_each(|row| counts[*row as usize] += 1);
        }
        let own = |(row, count): (usize, &u32)| *count >= OFTEN || row < FIRST_CLASS;
        Self {
            given: vectors.width,
            vectors: row_vectors(reader, vectors),
            cues: (0..reader.rows() as u32).map(|row| reader.cues(row)).collect(),
            own: counts.iter().enumerate().map(own).collect(),
        }
    }
}

fn row_vectors(reader: &Reader, vectors: &WordVectors) -> Vec<f32> {
    let given = vectors.width;
    let mut values = vec![0f32; reader.rows() * given];
    let mean = mean(vectors);
    let mut members = vec![0f32; MAX];
    let mut places: Lexicon<u32> = Lexicon::default();
    for (place, (hash, vector)) in vectors.hashes.iter().zip(vectors.values.chunks_exact(given)).enumerate() {
        if !places.contains(*hash) {
            places.insert(*hash, place as u32);
        }
        let Some(row) = reader.class_row(*hash) else { continue };
        members[row - FIRST_CLASS] += 1.0;
        let vector = centred(vector, &mean);
        values[row * given..][..given].iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
    }
    for (class, members) in members.iter().enumerate().filter(|(_, members)| **members > 0.0) {
        let row = &mut values[(FIRST_CLASS + class) * given..][..given];
        row.iter_mut().for_each(|value| *value /= members);
    }
    for (number, hash) in reader.words().iter().enumerate() {
        let at = (FIRST_WORD + number) * given;
        if let Some(place) = places.get(*hash) {
            let vector = &vectors.values[*place as usize * given..][..given];
            values[at..at + given].copy_from_slice(&centred(vector, &mean));
        } else if let Some(row) = reader.class_row(*hash) {
            values.copy_within(row * given..(row + 1) * given, at);
        }
    }
    values
}

/// The mean vector of the frequent words.
fn mean(vectors: &WordVectors) -> Vec<f32> {
    let mut mean = vec![0f32; vectors.width];
    let frequent = FREQUENT.min(vectors.hashes.len()).max(1);
    for vector in vectors.values.chunks_exact(vectors.width).take(frequent) {
        mean.iter_mut().zip(vector).for_each(|(mean, value)| *mean += value / frequent as f32);
    }
    mean
}

/// A vector less the mean, scaled to one norm.
fn centred(vector: &[f32], mean: &[f32]) -> Vec<f32> {
    let mut found: Vec<f32> = vector.iter().zip(mean).map(|(value, mean)| value - mean).collect();
    let length = found.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-3);
    found.iter_mut().for_each(|value| *value *= LENGTH / length);
    found
}
