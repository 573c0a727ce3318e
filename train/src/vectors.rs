//! Word vectors from a file.

use std::path::Path;

use serde_json::Value;

use crate::TrainError;

/// Words with their vectors, the most frequent words first where the file has them so.
#[derive(Clone, Debug, Default)]
pub struct Vectors {
    /// The words.
    pub words: Vec<String>,
    /// How many numbers a vector has.
    pub width: usize,
    /// The vectors, one after another.
    pub values: Vec<f32>,
}

/// Reads vectors: text with a word and its numbers a line, as GloVe has them, or one JSON object with `dimensions` and
/// `vectors`, an object from word to numbers (numbers after the dimensions are left out).
pub fn read_vectors(path: &Path) -> Result<Vectors, TrainError> {
    let wrong = |reason: String| TrainError::Source(path.to_owned(), reason);
    let text = std::fs::read_to_string(path).map_err(|error| TrainError::Read(path.to_owned(), error))?;
    let vectors = if text.starts_with('{') { from_json(&text) } else { from_lines(&text) }.map_err(wrong)?;
    if vectors.words.is_empty() || !vectors.values.iter().all(|value| value.is_finite()) {
        return Err(TrainError::Source(path.to_owned(), "it holds no usable vectors".to_owned()));
    }
    Ok(vectors)
}

fn from_json(text: &str) -> Result<Vectors, String> {
    let file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let width = file.get("dimensions").and_then(Value::as_u64).ok_or("no `dimensions`")? as usize;
    let table = file.get("vectors").and_then(Value::as_object).ok_or("no `vectors`")?;
    let mut vectors = Vectors { width, ..Vectors::default() };
    for (word, numbers) in table {
        let numbers = numbers.as_array().map_or(&[][..], Vec::as_slice);
        let numbers = numbers.get(..width).ok_or_else(|| format!("{word:?} has too few numbers"))?;
        vectors.words.push(word.clone());
        vectors.values.extend(numbers.iter().map(|number| number.as_f64().unwrap_or(f64::NAN) as f32));
    }
    Ok(vectors)
}

fn from_lines(text: &str) -> Result<Vectors, String> {
    let mut vectors = Vectors::default();
    for (number, line) in text.lines().enumerate() {
        let (word, numbers) =
            line.split_once(' ').ok_or_else(|| format!("line {}: no vector", number + 1))?;
        let before = vectors.values.len();
        for value in numbers.split_ascii_whitespace() {
            let value =
                value.parse().map_err(|_| format!("line {}: {value:?} is not a number", number + 1))?;
            vectors.values.push(value);
        }
        let width = vectors.values.len() - before;
        if number == 0 {
            vectors.width = width;
        }
        if width == 0 || width != vectors.width {
            return Err(format!("line {}: {width} numbers, not {}", number + 1, vectors.width));
        }
        vectors.words.push(word.to_owned());
    }
    Ok(vectors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_and_their_errors() {
        let lines = from_lines("a 1 2\nb 3 -4.5\n").expect("vectors");
        let json = from_json(r#"{"dimensions": 2, "vectors": {"a": [1, 2, 9], "b": [3, -4.5, 9]}}"#);
        let json = json.expect("vectors");
        assert_eq!((lines.words, lines.values), (json.words, json.values));
        assert!(from_lines("a 1 2\nb 3\n").is_err() && from_lines("a 1 x\n").is_err());
        assert!(from_json(r#"{"dimensions": 3, "vectors": {"a": [1]}}"#).is_err());
    }
}
