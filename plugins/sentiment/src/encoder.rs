//! From rows of words to features: each looks at a word and its two neighbours.
//!
//! What a word gives to the features around it depends on its form alone. It is worked out when a form is first met and
//! kept, so that a sentence costs two additions a word, whatever is asked of it.

use std::sync::OnceLock;

use copydesk_learn::vectors::{Work, with_vectors};
use copydesk_learn::{Artefact, ArtefactError, ArtefactWriter, Section};

use crate::shape::{CUES, FEATURES, WIDTH};
use crate::vocabulary::{Vocabulary, WORDS};

/// A value for each feature, in units of [`UNIT`].
pub(crate) type Features = [i16; FEATURES];
/// What a word gives to the features of the next word, of its own, and of the word before.
pub(crate) type Row = [Features; 3];
/// What 1 stands for.
pub(crate) const UNIT: f32 = 1.0 / 128.0;
/// No feature is more: so many words as [`crate::encoded::CHUNK`] says add up to what a number holds.
pub(crate) const MOST: i16 = i16::MAX / crate::encoded::CHUNK as i16;

const INPUTS: usize = WIDTH + CUES;
/// So many features are worked out side by side.
const LANES: usize = 16;
/// What three words give adds up to what a number holds.
const MOST_GIVEN: f32 = 10_000.0;

/// The trained tables, and the rows that were asked for.
pub(crate) struct Encoder {
    /// A signed byte a number, a row a word.
    vectors: Section,
    scales: Vec<f32>,
    filters: Vec<f32>,
    bias: Vec<f32>,
    rows: Vec<OnceLock<Box<Row>>>,
}

static NOTHING: Row = [[0; FEATURES]; 3];

impl Encoder {
    /// Reads what [`write`] wrote; `rows` is how many rows the vocabulary has, words of the user's included.
    pub(crate) fn read(model: &Artefact, rows: usize) -> Result<Self, ArtefactError> {
        let floats = |name: &str, count: usize| {
            let found = model.section(name)?.f32s().unwrap_or_default();
            if found.len() != count || !found.iter().all(|value| value.is_finite()) {
                return Err(ArtefactError::damaged(format!("`{name}` has an impossible length")));
            }
            Ok(found)
        };
        Ok(Self {
            vectors: model.section("vectors")?,
            scales: floats("scales", WIDTH)?,
            filters: floats("filters", INPUTS * FEATURES * 3)?,
            bias: floats("bias", FEATURES)?,
            rows: (0..rows).map(|_| OnceLock::new()).collect(),
        })
    }

    /// What a row gives.
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
        let mut inputs = [0f32; INPUTS];
        let start = row as usize * WIDTH;
        // Words of the user's have no vector: the lexicon alone tells of them.
        let vector = self.vectors.get(start..start + WIDTH).unwrap_or_default();
        for ((input, value), scale) in inputs.iter_mut().zip(vector).zip(&self.scales) {
            *input = f32::from(*value as i8) * scale;
        }
        inputs[WIDTH..].copy_from_slice(&vocabulary.cues(row));
        let mut found: Box<Row> = Box::new(NOTHING);
        with_vectors(Filtered { encoder: self, inputs: &inputs, found: &mut found });
        found
    }
}

/// The filters' products with a word's numbers.
struct Filtered<'a> {
    encoder: &'a Encoder,
    inputs: &'a [f32; INPUTS],
    found: &'a mut Row,
}

impl Work for Filtered<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (place, (features, weights)) in
            self.found.iter_mut().zip(self.encoder.filters.chunks_exact(INPUTS * FEATURES)).enumerate()
        {
            // The bias is given once, by the word in the middle.
            let bias = if place == 1 { &self.encoder.bias[..] } else { &[0.0; FEATURES] };
            let parts = features.as_chunks_mut::<LANES>().0.iter_mut().zip(bias.as_chunks::<LANES>().0);
            for (part, (features, bias)) in parts.enumerate() {
                let mut sums = *bias;
                for (input, weights) in self.inputs.iter().zip(weights.as_chunks::<FEATURES>().0) {
                    let weights = &weights.as_chunks::<LANES>().0[part];
                    for lane in 0..LANES {
                        sums[lane] += input * weights[lane];
                    }
                }
                for lane in 0..LANES {
                    // Rounded by hand: the library's way is a call a number.
                    let scaled = (sums[lane] / UNIT).clamp(-MOST_GIVEN, MOST_GIVEN);
                    features[lane] = (scaled + 0.5f32.copysign(scaled)) as i16;
                }
            }
        }
    }
}

/// The features of a word between two others; at the sentence's edge there is none.
#[inline(always)]
pub(crate) fn features(before: Option<&Row>, own: &Row, behind: Option<&Row>) -> Features {
    let (before, behind) = (&before.unwrap_or(&NOTHING)[0], &behind.unwrap_or(&NOTHING)[2]);
    let mut features = own[1];
    for feature in 0..FEATURES {
        let sum = features[feature].wrapping_add(before[feature]).wrapping_add(behind[feature]);
        features[feature] = sum.clamp(0, MOST);
    }
    features
}
/// What was learned of words and features.
pub(crate) struct Learned<'a> {
    /// The hashes of the words that have rows, in their order.
    pub(crate) hashes: &'a [u64],
    /// A vector a row.
    pub(crate) vectors: &'a [f32],
    pub(crate) filters: &'a [f32],
    pub(crate) bias: &'a [f32],
}

/// Writes it.
pub(crate) fn write(model: &mut ArtefactWriter, learned: &Learned<'_>) {
    let mut scales = [0f32; WIDTH];
    for vector in learned.vectors.chunks_exact(WIDTH) {
        scales.iter_mut().zip(vector).for_each(|(most, value)| *most = most.max(value.abs()));
    }
    scales.iter_mut().for_each(|most| *most = (*most / 127.0).max(f32::MIN_POSITIVE));
    let quantised = |(place, value): (usize, &f32)| (value / scales[place % WIDTH]).round() as i8 as u8;
    let floats = |values: &[f32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
    model.section("hashes", learned.hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect());
    model.section("vectors", learned.vectors.iter().enumerate().map(quantised).collect());
    model.section("scales", floats(&scales));
    model.section("filters", floats(learned.filters));
    model.section("bias", floats(learned.bias));
}

/// The hashes of the words that a model has rows for.
pub(crate) fn hashes(model: &Artefact) -> Result<Vec<u64>, ArtefactError> {
    let section = model.section("hashes")?;
    let (hashes, rest) = section.as_chunks::<8>();
    let rows = model.section("vectors")?.len() / WIDTH;
    if !rest.is_empty() || hashes.len() + WORDS as usize != rows {
        return Err(ArtefactError::damaged("another number of words than of rows"));
    }
    Ok(hashes.iter().map(|hash| u64::from_le_bytes(*hash)).collect())
}
