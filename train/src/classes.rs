//! Word classes from word vectors.

use crate::algorithms::nested;
use copydesk_core::hash_lower;
use copydesk_learn::classes::{self, GRAINS};

use crate::Vectors;

/// The maximum number of classes.
pub const MAX_CLASSES: usize = classes::MAX;

/// The classes to make.
#[derive(Clone, Copy, Debug)]
pub struct ClassSettings {
    /// The number of words, the most frequent first.
    pub words: usize,
    /// The number of classes at each granularity, from the coarsest to the finest.
    pub grains: [usize; GRAINS],
    /// The number of principal components that are removed: they mostly encode how frequent a word is.
    /// With 0, frequent and rare words end up in different classes.
    pub common: usize,
}

impl Default for ClassSettings {
    fn default() -> Self {
        Self { words: 180_000, grains: [50, 200, 1000, 3000], common: 3 }
    }
}

/// The most frequent words form the clusters; the others are assigned to them.
const LEARN_FROM: usize = 60_000;
const ROUNDS: usize = 12;

/// Groups the words of the vectors into classes and returns the model.
pub fn classes(vectors: &Vectors, options: ClassSettings) -> Vec<u8> {
    let width = vectors.width;
    let (mut hashes, mut points) = (Vec::new(), Vec::new());
    for (word, vector) in vectors.words.iter().zip(vectors.values.chunks_exact(width)) {
        if hashes.len() == options.words {
            break;
        }
        if let Some(hash) = token_hash(word) {
            hashes.push(hash);
            points.extend_from_slice(vector);
        }
    }
    take_common_away(&mut points, width, options.common);
    for point in points.chunks_exact_mut(width) {
        // Normalised, so that the nearest centre is the one with the smallest angle.
        let length = dot(point, point).sqrt().max(1e-6);
        point.iter_mut().for_each(|value| *value /= length);
    }
    let [first, second, third, finest] = options.grains;
    let coarser = [first, second, third];
    let (own, holders) = nested(&points, width, LEARN_FROM, coarser, finest, ROUNDS);
    let words: Vec<(u64, u16)> = hashes.into_iter().zip(own).collect();
    classes::write(&words, &holders)
}

/// Removes the mean and the first principal components (Mu and Viswanath, 2018).
fn take_common_away(points: &mut [f32], width: usize, common: usize) {
    let sample = points.len().min(LEARN_FROM * width);
    let count = (sample / width).max(1) as f32;
    let mut mean = vec![0f32; width];
    for point in points[..sample].chunks_exact(width) {
        mean.iter_mut().zip(point).for_each(|(sum, value)| *sum += value / count);
    }
    for point in points.chunks_exact_mut(width) {
        point.iter_mut().zip(&mean).for_each(|(value, mean)| *value -= mean);
    }
    for _ in 0..common {
        // The first principal component, by power iteration.
        let mut axis: Vec<f32> = (0..width).map(|place| 1.0 + place as f32 / width as f32).collect();
        for _ in 0..20 {
            let mut next = vec![0f32; width];
            for point in points[..sample].chunks_exact(width) {
                let along = dot(point, &axis);
                next.iter_mut().zip(point).for_each(|(sum, value)| *sum += along * value);
            }
            let length = dot(&next, &next).sqrt();
            if length < 1e-6 {
                return;
            }
            axis = next.into_iter().map(|value| value / length).collect();
        }
        for point in points.chunks_exact_mut(width) {
            let along = dot(point, &axis);
            point.iter_mut().zip(&axis).for_each(|(value, axis)| *value -= along * axis);
        }
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The hash that the tokeniser gives a word; `None` for strings of several tokens, and for numbers.
pub(crate) fn token_hash(word: &str) -> Option<u64> {
    let letters = word.chars().any(char::is_alphabetic);
    let whole =
        word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '\'' | '&' | '_'));
    if word.chars().count() == 1 {
        return Some(hash_lower(word));
    }
    // An abbreviation's last full stop is not in its token's hash.
    let stem = word.strip_suffix('.').unwrap_or(word);
    (letters && whole && !stem.is_empty()).then(|| hash_lower(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_the_tokenizer_cuts_them() {
        assert_eq!(token_hash("u.s."), Some(hash_lower("u.s")));
        assert_eq!(token_hash("'s"), Some(hash_lower("'s")));
        assert_eq!(token_hash(","), Some(hash_lower(",")));
        assert_eq!(token_hash("u.s.-led"), None);
        assert_eq!(token_hash("1,000"), None);
    }

    #[test]
    fn the_same_vectors_give_the_same_bytes() {
        let mut vectors = Vectors { width: 4, ..Vectors::default() };
        for n in 0..500u32 {
            vectors.words.push(format!("word{n}"));
            vectors.values.extend([n % 7, n % 5, n % 3, n % 2].map(|value| value as f32));
        }
        let options = ClassSettings { words: 400, ..ClassSettings::default() };
        let model = classes(&vectors, options);
        assert_eq!(model, classes(&vectors, options));
        assert_ne!(model, classes(&vectors, ClassSettings { common: 0, ..options }));
        assert_ne!(model, classes(&vectors, ClassSettings { grains: [2, 3, 4, 5], ..options }));
    }
}
