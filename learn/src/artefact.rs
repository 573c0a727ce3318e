//! The file that holds a trained model.
//!
//! Little-endian: magic number, format version, number of sections, checksum of everything after it, the model's kind; then
//! for each section its name, start and length; then the sections, each at a multiple of 64 bytes. A reader checks every
//! length before it reads, so arbitrary bytes give a model or an error.

use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::feature::mix;

const MAGIC: [u8; 8] = *b"CDMODEL\n";
const FORMAT: u32 = 1;
const NAME: usize = 16;
const HEADER: usize = 8 + 4 + 4 + 8 + NAME;
const ENTRY: usize = NAME + 8 + 8;
const ALIGNMENT: usize = 64;

/// Why bytes are not a usable model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArtefactError {
    /// The magic number is missing.
    #[error("this is not a copydesk model")]
    NoModel,
    /// A later or earlier copydesk wrote it.
    #[error("the model has format {0}; this copydesk reads format {FORMAT}")]
    Format(u32),
    /// It is a model of another kind.
    #[error("the model is for `{found}`, not for `{wanted}`")]
    Kind {
        /// The kind in the file.
        found: String,
        /// The kind that was expected.
        wanted: String,
    },
    /// Bytes are missing or changed.
    #[error("the model is damaged: {0}")]
    Damaged(String),
}

impl ArtefactError {
    /// An error that says what is damaged.
    pub fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }
}

#[derive(Clone, Debug)]
enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<[u8]>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

/// A part of a model: bytes that are used in place.
#[derive(Clone, Debug)]
pub struct Section {
    bytes: Bytes,
    range: Range<usize>,
}

impl Deref for Section {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        // In bounds: `Artefact::parse` and `Section::part` checked the range.
        &self.bytes[self.range.clone()]
    }
}

impl Section {
    /// A section of bytes that are not part of a file.
    pub fn from_vec(bytes: Vec<u8>) -> Self {
        let range = 0..bytes.len();
        Self { bytes: Bytes::Shared(bytes.into()), range }
    }

    /// A part of the section, if the range is inside it.
    pub fn part(&self, range: Range<usize>) -> Option<Self> {
        let inside = range.start <= range.end && range.end <= self.range.len();
        inside.then(|| Self {
            bytes: self.bytes.clone(),
            range: self.range.start + range.start..self.range.start + range.end,
        })
    }

    /// The section as numbers, if its length fits.
    pub fn i32s(&self) -> Option<Vec<i32>> {
        let (words, rest) = self.as_chunks::<4>();
        rest.is_empty().then(|| words.iter().map(|word| i32::from_le_bytes(*word)).collect())
    }

    /// The section as weights, if its length fits and all of them are [plausible](is_weight).
    pub fn f32s(&self) -> Option<Vec<f32>> {
        let (words, rest) = self.as_chunks::<4>();
        let weights: Vec<f32> = words.iter().map(|word| f32::from_le_bytes(*word)).collect();
        (rest.is_empty() && weights.iter().all(|weight| is_weight(*weight))).then_some(weights)
    }
}

/// Whether a number can be a weight, or the scale of quantised weights: it is finite, and so small that sums of products stay finite.
/// Larger ones in a damaged file would give probabilities that are not numbers.
pub fn is_weight(number: f32) -> bool {
    const MAX: f32 = 1e9;
    number.abs() <= MAX
}

/// A parsed model file: its sections by name.
#[derive(Clone, Debug)]
pub struct Artefact {
    sections: Vec<(String, Section)>,
}

impl Artefact {
    /// Reads a built-in model. Its checksum is looked at in builds with debug assertions only.
    pub fn from_static(kind: &str, bytes: &'static [u8]) -> Result<Self, ArtefactError> {
        Self::parse(kind, Bytes::Static(bytes))
    }

    /// Reads a model that was loaded from elsewhere.
    pub fn from_vec(kind: &str, bytes: Vec<u8>) -> Result<Self, ArtefactError> {
        Self::parse(kind, Bytes::Shared(bytes.into()))
    }

    fn parse(kind: &str, bytes: Bytes) -> Result<Self, ArtefactError> {
        if bytes.len() < HEADER || bytes[..8] != MAGIC {
            return Err(ArtefactError::NoModel);
        }
        let format = u32_at(&bytes, 8);
        if format != FORMAT {
            return Err(ArtefactError::Format(format));
        }
        let found = name_of(&bytes[24..24 + NAME]);
        if found != kind {
            return Err(ArtefactError::Kind { found, wanted: kind.to_owned() });
        }
        // A built-in model is as it was tested, and checking all of it at each start would take longer than
        // analysing an article.
        let is_part = matches!(bytes, Bytes::Static(_)) && !cfg!(debug_assertions);
        if !is_part && checksum(&bytes[24..]) != u64_at(&bytes, 16) {
            return Err(ArtefactError::damaged("its checksum is wrong"));
        }
        let count = u32_at(&bytes, 12) as usize;
        let mut sections = Vec::new();
        for place in 0..count {
            let at = HEADER + place * ENTRY;
            let entry =
                bytes.get(at..at + ENTRY).ok_or_else(|| ArtefactError::damaged("its index is cut off"))?;
            let name = name_of(&entry[..NAME]);
            let (start, len) = (u64_at(entry, NAME), u64_at(entry, NAME + 8));
            let end = start.checked_add(len).filter(|end| *end <= bytes.len() as u64);
            let end = end.ok_or_else(|| ArtefactError::damaged(format!("section `{name}` is cut off")))?;
            sections.push((name, Section { bytes: bytes.clone(), range: start as usize..end as usize }));
        }
        Ok(Self { sections })
    }

    /// A section by its name.
    pub fn section(&self, name: &str) -> Result<Section, ArtefactError> {
        let found = self.sections.iter().find(|(known, _)| known == name);
        found
            .map(|(_, section)| section.clone())
            .ok_or_else(|| ArtefactError::damaged(format!("section `{name}` is missing")))
    }
}

/// Updates the checksum of a changed model, so that readers of its sections see the change: for tests and fuzzing. Bytes that are
/// too short for a model remain as they are.
pub fn reseal(model: &mut [u8]) {
    if let Some(body) = model.get(24..) {
        let sum = checksum(body).to_le_bytes();
        model[16..24].copy_from_slice(&sum);
    }
}

/// Writes a model file. The same sections give the same bytes.
#[derive(Clone, Debug)]
pub struct ArtefactWriter {
    kind: String,
    sections: Vec<(String, Vec<u8>)>,
}

impl ArtefactWriter {
    /// A model without sections. Kind and names have up to 16 bytes.
    pub fn new(kind: &str) -> Self {
        assert!(kind.len() <= NAME, "kinds of models have up to {NAME} bytes");
        Self { kind: kind.to_owned(), sections: Vec::new() }
    }

    /// Adds a section.
    pub fn section(&mut self, name: &str, bytes: Vec<u8>) -> &mut Self {
        assert!(name.len() <= NAME, "names of sections have up to {NAME} bytes");
        self.sections.push((name.to_owned(), bytes));
        self
    }

    /// The file.
    pub fn finish(&self) -> Vec<u8> {
        let mut index = Vec::new();
        let mut start = (HEADER + self.sections.len() * ENTRY).next_multiple_of(ALIGNMENT);
        for (name, bytes) in &self.sections {
            index.extend(padded(name));
            index.extend((start as u64).to_le_bytes());
            index.extend((bytes.len() as u64).to_le_bytes());
            start = (start + bytes.len()).next_multiple_of(ALIGNMENT);
        }
        let mut body: Vec<u8> = padded(&self.kind).into();
        body.extend(index);
        for (_, bytes) in &self.sections {
            body.resize((24 + body.len()).next_multiple_of(ALIGNMENT) - 24, 0);
            body.extend(bytes);
        }
        let mut file: Vec<u8> = MAGIC.into();
        file.extend(FORMAT.to_le_bytes());
        file.extend((self.sections.len() as u32).to_le_bytes());
        file.extend(checksum(&body).to_le_bytes());
        file.extend(body);
        file
    }
}

fn padded(name: &str) -> [u8; NAME] {
    let mut bytes = [0; NAME];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    bytes
}

fn name_of(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

fn checksum(bytes: &[u8]) -> u64 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let state = eights.iter().fold(0, |state, eight| mix(state, u64::from_le_bytes(*eight)));
    rest.iter().fold(mix(state, bytes.len() as u64), |state, byte| mix(state, u64::from(*byte)))
}

/// Eight bytes of a slice as a number. The caller checked the length.
fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes[at..at + 8].try_into().map_or(0, u64::from_le_bytes)
}

/// Four bytes of a slice as a number. The caller checked the length.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].try_into().map_or(0, u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Vec<u8> {
        let mut writer = ArtefactWriter::new("test");
        writer.section("numbers", [7i32, -1].iter().flat_map(|n| n.to_le_bytes()).collect());
        writer.section("empty", Vec::new()).section("letters", b"abc".to_vec());
        writer.finish()
    }

    #[test]
    fn what_is_written_is_read() {
        let model = Artefact::from_vec("test", model()).expect("a model");
        assert_eq!(model.section("numbers").expect("there").i32s(), Some(vec![7, -1]));
        assert_eq!(&*model.section("letters").expect("there"), b"abc");
        assert!(model.section("empty").expect("there").is_empty());
        assert!(model.section("letters").expect("there").i32s().is_none());
        assert!(model.section("letters").expect("there").part(1..4).is_none());
        assert!(model.section("other").is_err());
        assert!(matches!(Artefact::from_vec("other", self::model()), Err(ArtefactError::Kind { .. })));
    }

    #[test]
    fn weights_are_plausible_numbers() {
        let read = |weights: &[f32]| {
            let mut writer = ArtefactWriter::new("test");
            writer.section("weights", weights.iter().flat_map(|weight| weight.to_le_bytes()).collect());
            let model = Artefact::from_vec("test", writer.finish()).expect("a model");
            model.section("weights").expect("there").f32s()
        };
        assert_eq!(read(&[0.5, -1e6]), Some(vec![0.5, -1e6]));
        for wrong in [f32::NAN, f32::INFINITY, f32::MAX, -1e10] {
            assert_eq!(read(&[0.5, wrong]), None, "{wrong}");
        }
    }

    #[test]
    fn a_changed_model_is_read_after_a_new_checksum() {
        let mut changed = model();
        let letters = changed.len() - 3;
        changed[letters] = b'x';
        reseal(&mut changed);
        let read = Artefact::from_vec("test", changed).expect("a model");
        assert_eq!(&*read.section("letters").expect("there"), b"xbc");
        reseal(&mut []);
    }

    #[test]
    fn any_changed_byte_is_noticed() {
        let model = model();
        for at in 0..model.len() {
            let mut changed = model.clone();
            changed[at] ^= 0x41;
            // The number of sections is not covered by the checksum, but a wrong one must be harmless too.
            let read = Artefact::from_vec("test", changed);
            assert!(read.is_err() || (12..16).contains(&at), "byte {at}");
            assert!(Artefact::from_vec("test", model[..at].to_vec()).is_err(), "cut at {at}");
        }
    }
}
