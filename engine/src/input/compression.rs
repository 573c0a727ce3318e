//! Compressed input, recognised by its first bytes, whatever the file's name.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

/// The memory limit for an xz stream (its dictionary), in KiB: 256 MiB, four times what `xz -9` needs.
const XZ_MEMORY_KIB: u32 = 256 * 1024;

/// A compression format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

impl Compression {
    /// Each compression format with its extension and its magic number.
    const ALL: [(Self, &'static str, &'static [u8]); 4] = [
        (Self::Gzip, "gz", b"\x1f\x8b"),
        (Self::Zstd, "zst", b"\x28\xb5\x2f\xfd"),
        (Self::Bzip2, "bz2", b"BZh"),
        (Self::Xz, "xz", b"\xfd7zXZ\0"),
    ];
    /// The number of bytes needed to recognise any of them.
    pub(super) const HEAD: usize = 6;

    /// The compression format that the first bytes of a file show.
    pub(super) fn of_head(head: &[u8]) -> Option<Self> {
        Self::ALL.iter().find(|(.., magic)| head.starts_with(magic)).map(|(compression, ..)| *compression)
    }

    /// The compression format that the last extension of a file shows, and the name before it.
    pub(super) fn of_name(name: &str) -> Option<(Self, &str)> {
        let (stem, extension) = name.rsplit_once('.')?;
        let found = Self::ALL.iter().find(|(_, ending, _)| extension.eq_ignore_ascii_case(ending))?;
        Some((found.0, stem))
    }

    /// Its name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
        }
    }

    /// Decompresses a stream; concatenated streams are read as one.
    pub(super) fn decode(self, input: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(input)),
            Self::Zstd => Box::new(zstd::Decoder::new(input)?),
            Self::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(input)),
            Self::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(input, true, XZ_MEMORY_KIB)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_first_bytes_determine_the_compression() {
        assert_eq!(Compression::of_name("a.jsonl.GZ"), Some((Compression::Gzip, "a.jsonl")));
        assert_eq!(Compression::of_name("a.csv.xz"), Some((Compression::Xz, "a.csv")));
        assert_eq!(Compression::of_name("a.csv"), None);
        assert_eq!(Compression::of_head(b"BZh91AY"), Some(Compression::Bzip2));
        assert_eq!(Compression::of_head(b"{\"id\""), None);
    }
}
