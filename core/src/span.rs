//! Positions in the text of a document.

use std::ops::Range;

/// A range of a document's text, as UTF-8 byte offsets: `start..end`.
///
/// A span is checked when it is created: [`Span::checked`] rejects offsets outside the text or inside a character, and the other
/// constructors combine spans that have been checked. The host checks spans from a plugin again.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span `start..end` of `text`, or `None` if it is reversed, ends outside the text, or splits a character.
    pub fn checked(text: &str, start: usize, end: usize) -> Option<Self> {
        if start > end
            || end > u32::MAX as usize
            || !text.is_char_boundary(start)
            || !text.is_char_boundary(end)
        {
            return None;
        }
        Some(Self { start: start as u32, end: end as u32 })
    }

    /// A span whose offsets the caller knows to be valid; `absorb` checks it nevertheless.
    pub(crate) const fn raw(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// First byte.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// One past the last byte.
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span has no text.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The span as a range that can index the text.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that contains both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span between the end of `self` and the start of `later`; empty if they touch or overlap.
    pub fn gap(self, later: Self) -> Self {
        Self { start: self.end, end: later.start.max(self.end) }
    }

    /// Whether `other` lies entirely inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether both offsets are in order, inside `text` and on character boundaries.
    pub fn is_valid_in(self, text: &str) -> bool {
        self.start <= self.end
            && text.is_char_boundary(self.start as usize)
            && text.is_char_boundary(self.end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_spans_are_rejected() {
        let text = "aé";
        assert_eq!(Span::checked(text, 0, 3).map(Span::range), Some(0..3));
        assert_eq!(Span::checked(text, 0, 2), None, "inside é");
        assert_eq!(Span::checked(text, 0, 4), None, "past the end");
        assert_eq!(Span::checked(text, 1, 0), None, "reversed");
    }

    #[test]
    fn overlap_needs_a_shared_byte() {
        let (a, b) = (Span::raw(0, 3), Span::raw(3, 5));
        assert!(!a.overlaps(b));
        assert!(a.cover(b).contains(b));
        assert!(a.gap(b).is_empty());
    }
}
