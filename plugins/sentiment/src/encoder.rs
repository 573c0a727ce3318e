//! Computes features from the vocabulary rows of words: a convolution over a word and its two neighbours.
//!
//! What a word contributes to the features around it depends on its form alone. It is computed when a form is first seen and
//! cached, so that encoding a sentence costs two additions per word.

use std::sync::OnceLock;

use copydesk_learn::vectors::{Work, with_vectors};
use copydesk_learn::{Artefact, ArtefactError, Section};

use crate::shape::{CUES, FEATURES, WIDTH};
use crate::vocabulary::{Vocabulary, WORDS};

/// A value for each feature, in units of [`UNIT`].
pub(crate) type Features = [i16; FEATURES];
/// A word's contributions to the features of the next word, of itself, and of the word before.
pub(crate) type Row = [Features; 3];
/// The real value of the integer 1.
pub(crate) const UNIT: f32 = 1.0 / 128.0;
/// The largest feature: sums over [`crate::encoded::CHUNK`] words then fit in 16 bits.
pub(crate) const MAX: i16 = i16::MAX / crate::encoded::CHUNK as i16;

/// The section of the words that have rows: their hashes in the order of the rows.
pub const HASHES: &str = "hashes";
/// The section of the word vectors: a signed byte for each number, in units given by [`SCALES`]. Rows that are not words
/// come first.
pub const VECTORS: &str = "vectors";
/// The section of scales: a 32-bit float for each component of a vector.
pub const SCALES: &str = "scales";
/// The section of the filters, 32-bit floats: from each number of a word's input to the features of the next word, of itself, and of
/// the word before.
pub const FILTERS: &str = "filters";
/// The section of the biases: a 32-bit float for each feature.
pub const BIAS: &str = "bias";

const INPUTS: usize = WIDTH + CUES;
/// The number of features computed at once.
const LANES: usize = 16;
/// The largest contribution: three of them then fit in 16 bits.
const MAX_GIVEN: f32 = 10_000.0;

/// The trained tables, and the cached contributions of the rows used so far.
pub(crate) struct Encoder {
    /// Quantised word vectors: one row of signed bytes per word.
    vectors: Section,
    scales: Vec<f32>,
    filters: Vec<f32>,
    bias: Vec<f32>,
    rows: Vec<OnceLock<Box<Row>>>,
}

static NOTHING: Row = [[0; FEATURES]; 3];

impl Encoder {
    /// Reads the sections; `rows` is the size of the vocabulary, the user's own terms included.
    pub(crate) fn read(model: &Artefact, rows: usize) -> Result<Self, ArtefactError> {
        let floats = |name: &str, count: usize| {
            let found = model.section(name)?.f32s().unwrap_or_default();
            if found.len() != count || !found.iter().all(|value| value.is_finite()) {
                return Err(ArtefactError::damaged(format!("`{name}` has an impossible length or weight")));
            }
            Ok(found)
        };
        Ok(Self {
            vectors: model.section(VECTORS)?,
            scales: floats(SCALES, WIDTH)?,
            filters: floats(FILTERS, INPUTS * FEATURES * 3)?,
            bias: floats(BIAS, FEATURES)?,
            rows: (0..rows).map(|_| OnceLock::new()).collect(),
        })
    }

    /// The contributions of a row, computed on first use.
    #[inline(always)]
    pub(crate) fn row(&self, row: u32, vocabulary: &Vocabulary) -> &Row {
        match self.rows.get(row as usize) {
            Some(kept) => kept.get_or_init(|| self.worked_out(row, vocabulary)),
            None => &NOTHING,
        }
    }

    #[cold]
    #[inline(never)]
    fn worked_out(&self, row: u32, vocabulary: &Vocabulary) -> Box<Row> {
        let start = row as usize * WIDTH;
        // The user's own terms have no vector, only lexicon features.
        let vector = self.vectors.get(start..start + WIDTH).unwrap_or_default();
        let mut found: Box<Row> = Box::new(NOTHING);
        with_vectors(Filtered { encoder: self, vector, cues: vocabulary.cues(row), found: &mut found });
        found
    }
}

/// The filters' products with a word's numbers.
struct Filtered<'a> {
    encoder: &'a Encoder,
    vector: &'a [u8],
    cues: [f32; CUES],
    found: &'a mut Row,
}

impl Work for Filtered<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut inputs = [0f32; INPUTS];
        for ((input, value), scale) in inputs.iter_mut().zip(self.vector).zip(&self.encoder.scales) {
            *input = f32::from(*value as i8) * scale;
        }
        inputs[WIDTH..].copy_from_slice(&self.cues);
        // Most words have no cues, and zeros add nothing.
        let inputs = if self.cues == [0.0; CUES] { &inputs[..WIDTH] } else { &inputs[..] };
        let (filters, _) = self.encoder.filters.as_chunks::<FEATURES>();
        let [next, own, before] = filters.as_chunks::<INPUTS>().0 else { return };
        let bias = self.encoder.bias.as_chunks::<LANES>().0;
        for part in 0..FEATURES / LANES {
            // The bias is added once, by the word in the middle.
            let mut sums = [[0.0; LANES], bias.get(part).copied().unwrap_or_default(), [0.0; LANES]];
            for (((input, next), own), before) in inputs.iter().zip(next).zip(own).zip(before) {
                for (sums, weights) in sums.iter_mut().zip([next, own, before]) {
                    let weights = &weights.as_chunks::<LANES>().0[part];
                    for lane in 0..LANES {
                        sums[lane] += input * weights[lane];
                    }
                }
            }
            for (features, sums) in self.found.iter_mut().zip(sums) {
                let features = &mut features.as_chunks_mut::<LANES>().0[part];
                for lane in 0..LANES {
                    features[lane] = given(sums[lane]);
                }
            }
        }
    }
}

/// A contribution as an integer.
#[inline(always)]
fn given(sum: f32) -> i16 {
    /// Floats of this size have a precision of 1, and their lowest bits are those of the integer that is added. Lanes are converted
    /// at once in this way, but one by one by a cast.
    const WHOLE: f32 = 12_582_912.0;
    let scaled = (sum / UNIT).clamp(-MAX_GIVEN, MAX_GIVEN);
    let rounded = (scaled + 0.5f32.copysign(scaled)).trunc();
    (rounded + WHOLE).to_bits() as i16
}

/// The features of a word between its neighbours, which are missing at the edges of a sentence.
#[inline(always)]
pub(crate) fn features(before: Option<&Row>, own: &Row, after: Option<&Row>) -> Features {
    let (before, after) = (&before.unwrap_or(&NOTHING)[0], &after.unwrap_or(&NOTHING)[2]);
    let mut features = own[1];
    for feature in 0..FEATURES {
        let sum = features[feature].wrapping_add(before[feature]).wrapping_add(after[feature]);
        features[feature] = sum.clamp(0, MAX);
    }
    features
}

/// The hashes of the words that a model has rows for.
pub(crate) fn hashes(model: &Artefact) -> Result<Vec<u64>, ArtefactError> {
    let section = model.section(HASHES)?;
    let (hashes, rest) = section.as_chunks::<8>();
    let rows = model.section(VECTORS)?.len() / WIDTH;
    if !rest.is_empty() || hashes.len() + WORDS as usize != rows {
        return Err(ArtefactError::damaged("the number of words is not that of rows"));
    }
    Ok(hashes.iter().map(|hash| u64::from_le_bytes(*hash)).collect())
}
