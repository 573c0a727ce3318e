//! Converts byte offsets, as used internally, to the unit of offsets in the output.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The unit of offsets in the output.
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
    /// Its name in the output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chars => "chars",
            Self::Bytes => "bytes",
            Self::Utf16 => "utf16",
        }
    }

    /// The unit with this name.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Chars, Self::Bytes, Self::Utf16].into_iter().find(|unit| unit.as_str() == word)
    }
}

/// The number of bytes whose units are counted together, with a bit for each in a word.
const STRIDE: usize = 64;

/// Converts the offsets of one text. Reused for the next document to keep its memory.
#[derive(Clone, Debug, Default)]
pub struct OffsetMap {
    unit: OffsetUnit,
    /// The strides of the text; empty if units and bytes are the same.
    strides: Vec<Stride>,
}

/// A stretch of [`STRIDE`] bytes of the text.
#[derive(Clone, Copy, Debug, Default)]
struct Stride {
    /// A bit for each byte, the lowest for the first: whether a unit begins there.
    begins: u64,
    /// The number of units before it.
    before: u32,
}

impl Stride {
    /// The number of units before one of its bytes.
    #[inline]
    fn at(self, byte: usize) -> u32 {
        // Most strides are ASCII.
        if self.begins == u64::MAX {
            return self.before + (byte % STRIDE) as u32;
        }
        self.before + (self.begins & ((1 << (byte % STRIDE)) - 1)).count_ones()
    }
}

impl OffsetMap {
    /// A map that converts to `unit`.
    pub fn new(unit: OffsetUnit) -> Self {
        Self { unit, strides: Vec::new() }
    }

    /// Changes the unit, from the next text on.
    pub fn count(&mut self, unit: OffsetUnit) {
        self.unit = unit;
    }

    /// Prepares for this text.
    pub fn load(&mut self, text: &str) {
        self.strides.clear();
        if self.unit == OffsetUnit::Bytes || text.is_ascii() {
            return;
        }
        self.strides.reserve(text.len() / STRIDE + 1);
        let (mut before, mut carried) = (0, false);
        let (strides, rest) = text.as_bytes().as_chunks::<STRIDE>();
        for stride in strides {
            let begins = if stride.is_ascii() { u64::MAX } else { self.begins(stride, &mut carried) };
            self.strides.push(Stride { begins, before });
            before += begins.count_ones();
        }
        // The end of the text is a valid offset too, as if a unit began there.
        let begins = self.begins(rest, &mut carried) | 1 << rest.len();
        self.strides.push(Stride { begins, before });
    }

    /// The bits for up to 64 bytes, set where a unit begins. A character of four bytes has two UTF-16 units; the second is assigned to
    /// its second byte, which may be the first of the next stride: then it is carried over.
    fn begins(&self, bytes: &[u8], carried: &mut bool) -> u64 {
        let (eights, rest) = bytes.as_chunks::<8>();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        let mut begins = 0;
        for (place, eight) in eights.iter().chain([&last]).enumerate().take(STRIDE / 8) {
            let word = u64::from_le_bytes(*eight);
            let mut own = !lowest(word >> 7 & !(word >> 6)) & 0xff;
            if self.unit == OffsetUnit::Utf16 {
                let of_four = lowest(word >> 7 & word >> 6 & word >> 5 & word >> 4);
                own |= of_four << 1 & 0xff | u64::from(*carried);
                *carried = of_four & 0x80 != 0;
            }
            begins |= own << (8 * place);
        }
        if bytes.len() < STRIDE { begins & ((1 << bytes.len()) - 1) } else { begins }
    }

    /// The offset, in units, of a byte offset of the loaded text.
    #[inline]
    pub fn of(&self, byte: u32) -> u32 {
        if self.strides.is_empty() {
            return byte;
        }
        self.strides.get(byte as usize / STRIDE).map_or(0, |stride| stride.at(byte as usize))
    }

    /// The byte offset of an offset in units, or `None` if it is outside the text or inside a character.
    pub fn to_byte(&self, text: &str, offset: u64) -> Option<usize> {
        let offset = usize::try_from(offset).ok()?;
        if self.strides.is_empty() {
            return (offset <= text.len() && text.is_char_boundary(offset)).then_some(offset);
        }
        let stride =
            self.strides.partition_point(|stride| stride.before as usize <= offset).checked_sub(1)?;
        let Stride { mut begins, before } = *self.strides.get(stride)?;
        let (start, within) = (stride * STRIDE, offset - before as usize);
        // Past the end of the text: no stride has this many units.
        if within > STRIDE {
            return None;
        }
        let byte = if begins == u64::MAX {
            // Every unit there is one byte; but the last byte may begin a character that ends in the next stride.
            start + within
        } else {
            // The lowest bits are those of the units before.
            for _ in 0..within {
                begins &= begins.wrapping_sub(1);
            }
            start + begins.trailing_zeros() as usize
        };
        (begins != 0 && text.is_char_boundary(byte)).then_some(byte)
    }
}

/// The lowest bit of each byte, packed into eight bits.
#[inline]
const fn lowest(word: u64) -> u64 {
    // Each product moves one of the bits into the highest byte.
    (word & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn agrees_with_counting(text in "(\\PC|[a-z ]|[😀é]){0,300}") {
            for unit in [OffsetUnit::Chars, OffsetUnit::Utf16, OffsetUnit::Bytes] {
                let mut map = OffsetMap::new(unit);
                map.load(&text);
                for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    let counted = match unit {
                        OffsetUnit::Chars => text[..byte].chars().count(),
                        OffsetUnit::Utf16 => text[..byte].encode_utf16().count(),
                        OffsetUnit::Bytes => byte,
                    };
                    proptest::prop_assert_eq!(map.of(byte as u32) as usize, counted);
                    proptest::prop_assert_eq!(map.to_byte(&text, counted as u64), Some(byte));
                }
                for beyond in [text.len() as u64 + 1, u64::from(u32::MAX), u64::MAX / 2, u64::MAX] {
                    proptest::prop_assert_eq!(map.to_byte(&text, beyond), None);
                }
            }
        }
    }
}
