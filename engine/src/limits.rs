//! Limits on the resources of a single document. A document that exceeds one fails, and the run continues.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits on the resources of a document. A document that exceeds one is written to errors.jsonl, and the run continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The maximum size of a document in its (decompressed) file: a line, row, page or whole file. The limit is checked while reading,
    /// so a longer document is never loaded whole. A number of bytes or a text such as "64 MB"; 0 leaves only the fixed limit of 1 GiB.
    pub document_bytes: ByteSize,
    /// The maximum time for the analysis of a document, in seconds; a long document gets this time for every 4 MB. A stage cannot be
    /// interrupted: its thread is abandoned, and another thread continues without the document. 0 for no limit.
    pub document_seconds: u64,
    /// The maximum memory for all long documents that are analysed at the same time, estimated from their lengths (64 bytes for each
    /// byte). They wait for one another; a document that exceeds the limit alone fails. 0 for no limit.
    pub memory: ByteSize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document_bytes: ByteSize(64_000_000), document_seconds: 60, memory: ByteSize(8_000_000_000) }
    }
}

impl Limits {
    /// No document is longer than this (1 GiB), so that a file without line ends cannot exhaust the memory.
    pub(crate) const LONGEST: usize = 1 << 30;

    /// Memory for the analysis of a byte of text: 40 to 60 bytes for news, up to 120 for a text that consists of short quotes.
    const NEEDED: u64 = 64;

    /// The maximum size of a document in bytes.
    pub(crate) fn longest(&self) -> usize {
        match self.document_bytes.0 {
            0 => Self::LONGEST,
            bytes => usize::try_from(bytes).unwrap_or(usize::MAX).min(Self::LONGEST),
        }
    }

    /// The error message for a document that is longer.
    pub(crate) fn too_long(&self) -> String {
        let longest = ByteSize(self.longest() as u64);
        format!("longer than {longest}, the limit set by limits.document_bytes; split it or raise the limit")
    }

    /// The time limit, in seconds, for a document of this many bytes.
    pub(crate) fn seconds(&self, bytes: usize) -> u64 {
        const EVERY: usize = 4_000_000;
        self.document_seconds.saturating_mul((bytes / EVERY).max(1) as u64)
    }

    /// The expected memory use of a document or batch of this many bytes.
    pub(crate) fn needed(bytes: usize) -> u64 {
        (bytes as u64).saturating_mul(Self::NEEDED)
    }

    /// Checks the memory limit for a document of this many bytes; an error is a message.
    pub(crate) fn check(&self, bytes: usize) -> Result<(), String> {
        if bytes > self.longest() {
            return Err(self.too_long());
        }
        let needed = Self::needed(bytes);
        if self.memory.0 > 0 && needed > self.memory.0 {
            let (needed, memory) = (ByteSize(needed), self.memory);
            return Err(format!(
                "its analysis needs about {needed} of memory, but limits.memory allows {memory}; split it or raise the limit"
            ));
        }
        Ok(())
    }
}

/// A number of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Written", into = "u64")]
#[schemars(with = "Written")]
pub struct ByteSize(pub u64);

/// A number of bytes as written in a pipeline file.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum Written {
    Count(u64),
    Text(String),
}

impl TryFrom<Written> for ByteSize {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        match written {
            Written::Count(bytes) => Ok(Self(bytes)),
            Written::Text(text) => text.parse(),
        }
    }
}

impl FromStr for ByteSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{text:?} is not a size: write a number of bytes, optionally with a unit, such as \"64 MB\""
            )
        };
        text.parse::<bytesize::ByteSize>().map(|size| Self(size.as_u64())).map_err(|_| wrong())
    }
}

impl From<ByteSize> for u64 {
    fn from(size: ByteSize) -> Self {
        size.0
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = bytesize::ByteSize(self.0).display().si().to_string();
        f.write_str(&shown.replace(".0 ", " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_numbers_or_texts_with_a_unit() {
        for (text, bytes) in [
            ("64 MB", 64_000_000),
            ("64MiB", 64 << 20),
            ("1.5 GB", 1_500_000_000),
            ("100", 100),
            ("2 kb", 2000),
        ] {
            assert_eq!(text.parse(), Ok(ByteSize(bytes)), "{text}");
        }
        for text in ["", "MB", "-3 MB", "64 megas", "1e400"] {
            assert!(text.parse::<ByteSize>().is_err(), "{text}");
        }
        assert_eq!(ByteSize(64_000_000).to_string(), "64 MB");
        assert_eq!(ByteSize(1_500).to_string(), "1.5 kB");
        assert_eq!(ByteSize(10).to_string(), "10 B");
    }

    #[test]
    fn a_document_is_checked_before_it_is_analysed() {
        let limits = Limits { document_bytes: ByteSize(1000), memory: ByteSize(32_000), ..Limits::default() };
        assert_eq!(limits.check(500), Ok(()));
        assert!(limits.check(501).is_err_and(|reason| reason.contains("limits.memory")));
        assert!(limits.check(1001).is_err_and(|reason| reason.contains("limits.document_bytes")));
        let none = Limits { document_bytes: ByteSize(0), memory: ByteSize(0), document_seconds: 0 };
        assert_eq!(none.check(Limits::LONGEST), Ok(()));
        assert!(none.check(Limits::LONGEST + 1).is_err());
    }

    #[test]
    fn the_longest_document_fits_into_the_memory_by_default() {
        let limits = Limits::default();
        assert_eq!(limits.check(limits.longest()), Ok(()));
    }
}
