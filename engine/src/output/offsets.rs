//! From byte offsets, as the house keeps them, to the unit that the reader of the output counts in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What offsets in the output count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// Unicode code points, as in Python: `text[start:end]`.
    #[default]
    Chars,
    /// UTF-8 bytes, as in Rust and Go.
    Bytes,
    /// UTF-16 code units, as in JavaScript and Java.
    Utf16,
}

impl OffsetUnit {
    /// The word that stands in the output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chars => "chars",
            Self::Bytes => "bytes",
            Self::Utf16 => "utf16",
        }
    }

    /// The unit of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Chars, Self::Bytes, Self::Utf16].into_iter().find(|unit| unit.as_str() == word)
    }
}

/// Bytes between two known counts: any offset is at most this far from one.
const STRIDE: usize = 64;

/// Converts the offsets of one text. Kept from one document to the next for its memory.
#[derive(Clone, Debug, Default)]
pub struct OffsetMap {
    unit: OffsetUnit,
    /// For each stride of the text the units before it; empty where units and bytes are the same.
    before: Vec<u32>,
}

impl OffsetMap {
    /// A map that counts in `unit`.
    pub fn new(unit: OffsetUnit) -> Self {
        Self { unit, before: Vec::new() }
    }

    /// Counts in another unit from the next text on.
    pub fn count(&mut self, unit: OffsetUnit) {
        self.unit = unit;
    }

    /// Prepares for a text.
    pub fn load(&mut self, text: &str) {
        self.before.clear();
        if self.unit == OffsetUnit::Bytes || text.is_ascii() {
            return;
        }
        let mut count = 0u32;
        for stride in text.as_bytes().chunks(STRIDE) {
            self.before.push(count);
            count += units(stride, self.unit);
        }
        self.before.push(count);
    }

    /// The offset, in units, of a byte offset of the loaded text.
    #[inline]
    pub fn of(&self, text: &str, byte: u32) -> u32 {
        if self.before.is_empty() {
            return byte;
        }
        let byte = byte as usize;
        let stride = byte / STRIDE;
        let rest = text.as_bytes().get(stride * STRIDE..byte).unwrap_or(&[]);
        self.before.get(stride).copied().unwrap_or(0) + units(rest, self.unit)
    }

    /// The byte offset of an offset in units, or `None` where it is outside the text or inside a character.
    pub fn to_byte(&self, text: &str, offset: u64) -> Option<usize> {
        let offset = usize::try_from(offset).ok()?;
        if self.before.is_empty() {
            return (offset <= text.len() && text.is_char_boundary(offset)).then_some(offset);
        }
        // The last stride that begins before the offset, so that what is between is counted.
        let stride = self.before.partition_point(|&before| (before as usize) < offset).saturating_sub(1);
        let mut byte = stride * STRIDE;
        let mut count = self.before[stride] as usize;
        let units_there = self.before.get(stride + 1).map_or(0, |next| *next as usize - count);
        if units_there == STRIDE && offset - count < STRIDE {
            // A byte is a unit there; but the last one may begin a character that ends in the next stride.
            byte += offset - count;
            return text.is_char_boundary(byte).then_some(byte);
        }
        while byte < text.len() && (count < offset || !text.is_char_boundary(byte)) {
            count += units(&text.as_bytes()[byte..=byte], self.unit) as usize;
            byte += 1;
        }
        (count == offset && text.is_char_boundary(byte)).then_some(byte)
    }
}

/// How many units begin in these bytes.
fn units(bytes: &[u8], unit: OffsetUnit) -> u32 {
    let chars = bytes.iter().map(|byte| u32::from((*byte as i8) >= -64)).sum::<u32>();
    match unit {
        OffsetUnit::Utf16 => chars + bytes.iter().map(|byte| u32::from(*byte >= 0xf0)).sum::<u32>(),
        OffsetUnit::Chars | OffsetUnit::Bytes => chars,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn agrees_with_counting(text in "(\\PC|[a-z ]){0,300}") {
            for unit in [OffsetUnit::Chars, OffsetUnit::Utf16, OffsetUnit::Bytes] {
                let mut map = OffsetMap::new(unit);
                map.load(&text);
                for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    let counted = match unit {
                        OffsetUnit::Chars => text[..byte].chars().count(),
                        OffsetUnit::Utf16 => text[..byte].encode_utf16().count(),
                        OffsetUnit::Bytes => byte,
                    };
                    proptest::prop_assert_eq!(map.of(&text, byte as u32) as usize, counted);
                    proptest::prop_assert_eq!(map.to_byte(&text, counted as u64), Some(byte));
                }
                proptest::prop_assert_eq!(map.to_byte(&text, text.len() as u64 + 1), None);
            }
        }
    }
}
