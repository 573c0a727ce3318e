//! From offsets in code points, as annotated data has them, to bytes.

/// Where the code points of a text begin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offsets {
    /// The first byte of each code point, then the length of the text; empty where every code point is one byte.
    starts: Vec<usize>,
}

impl Offsets {
    /// The offsets of a text.
    pub(crate) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::default();
        }
        Self { starts: text.char_indices().map(|(start, _)| start).chain([text.len()]).collect() }
    }

    /// The byte at which a code point of the text begins, or its end; none after it.
    pub(crate) fn to_byte(&self, text: &str, offset: u64) -> Option<usize> {
        let offset = usize::try_from(offset).ok()?;
        if self.starts.is_empty() {
            return (offset <= text.len()).then_some(offset);
        }
        self.starts.get(offset).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_become_bytes() {
        for (text, wanted) in [("", &[0][..]), ("abc", &[0, 1, 2, 3]), ("aé😀b", &[0, 1, 3, 7, 8])] {
            let offsets = Offsets::of(text);
            let found: Vec<usize> = (0..10).map_while(|offset| offsets.to_byte(text, offset)).collect();
            assert_eq!(found, wanted, "{text:?}");
            assert_eq!(offsets.to_byte(text, u64::MAX), None);
        }
    }
}
