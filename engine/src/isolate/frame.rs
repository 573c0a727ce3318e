//! The frames sent through the pipes: a header of two numbers, and a body.

/// The kind of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Kind {
    /// To the process: its terms, JSON.
    Terms = 1,
    /// To the process: a packed document.
    Document = 2,
    /// From it: it is ready; JSON.
    Ready = 3,
    /// From it: why it cannot serve; text.
    Refused = 4,
    /// From it: packed annotations of a document.
    Annotations = 5,
    /// From it: the stage failed; text.
    Failed = 6,
    /// From it: the stage panicked; text.
    Panicked = 7,
    /// To the process: a packed document whose answer must be sent at once.
    Single = 8,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Terms,
        Self::Document,
        Self::Ready,
        Self::Refused,
        Self::Annotations,
        Self::Failed,
        Self::Panicked,
        Self::Single,
    ];
}

/// The size of a header in bytes.
pub(super) const HEADER: usize = 16;
/// The maximum size of a body. A document has at most 4 GiB, with some fifty bytes of tokens for each byte.
pub(super) const LONGEST: u64 = 1 << 38;

/// The header of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) kind: Kind,
    /// The number of a document, repeated in its answer.
    pub(super) number: u32,
    pub(super) length: u64,
}

impl Header {
    /// Serialises the header.
    pub(super) fn bytes(self) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[..4].copy_from_slice(&(self.kind as u32).to_ne_bytes());
        bytes[4..8].copy_from_slice(&self.number.to_ne_bytes());
        bytes[8..].copy_from_slice(&self.length.to_ne_bytes());
        bytes
    }

    /// Parses a header; `None` if it is invalid.
    pub(super) fn read(bytes: [u8; HEADER]) -> Option<Self> {
        let [kind, number, low, high] = [0, 4, 8, 12].map(|at| {
            let word = bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).unwrap_or_default();
            u32::from_ne_bytes(word)
        });
        let kind = Kind::ALL.into_iter().find(|known| *known as u32 == kind)?;
        let length = u64::from_ne_bytes(
            [low.to_ne_bytes(), high.to_ne_bytes()].concat().try_into().unwrap_or_default(),
        );
        (length <= LONGEST).then_some(Self { kind, number, length })
    }
}

/// Appends a frame; `fill` appends its body.
pub(super) fn put(out: &mut Vec<u8>, kind: Kind, number: u32, fill: impl FnOnce(&mut Vec<u8>)) {
    let at = out.len();
    out.extend_from_slice(&[0; HEADER]);
    fill(out);
    let length = (out.len() - at - HEADER) as u64;
    // The next frame is aligned to a word.
    out.resize(at + (out.len() - at).next_multiple_of(8), 0);
    out[at..at + HEADER].copy_from_slice(&Header { kind, number, length }.bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_as_it_was_written_and_nothing_else_is() {
        for kind in Kind::ALL {
            let header = Header { kind, number: 7, length: 1 << 33 };
            assert_eq!(Header::read(header.bytes()), Some(header));
        }
        assert_eq!(Header::read([0; HEADER]), None);
        assert_eq!(Header::read([0xff; HEADER]), None);
        let long = Header { kind: Kind::Ready, number: 0, length: LONGEST + 1 };
        assert_eq!(Header::read(long.bytes()), None);
    }
}
