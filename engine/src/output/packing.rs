//! Compression of output files.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::extension;

/// Plain or compressed lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Packing {
    /// Not compressed.
    #[default]
    Plain,
    /// Concatenated gzip members, which decompressors read as one file. So each worker can compress its own batches.
    Gzip,
    /// Concatenated zstd frames, likewise.
    Zstd,
    /// The same, faster and a little larger, for temporary files.
    ZstdFast,
}

/// Takes a third less time than the usual level 6, for output that is a tenth larger.
const GZIP_LEVEL: u32 = 4;

/// The usual level.
const ZSTD_LEVEL: i32 = 3;

/// A tenth less time, for output that is a tenth larger. Negative levels save no more, and their output is far larger.
const ZSTD_FAST_LEVEL: i32 = 1;

impl Packing {
    /// The compression that a file's extension shows.
    pub fn of(path: &Path) -> Self {
        match path {
            path if extension::is_gzip(path) => Self::Gzip,
            path if extension::is_zstd(path) => Self::Zstd,
            _ => Self::Plain,
        }
    }

    /// Compresses whole lines into `into`, which is cleared first. The same lines give the same bytes.
    pub fn pack(self, lines: &[u8], into: &mut Vec<u8>) {
        into.clear();
        match self {
            Self::Plain => into.extend_from_slice(lines),
            Self::Gzip => {
                let mut encoder = GzEncoder::new(into, Compression::new(GZIP_LEVEL));
                // Writing to memory cannot fail.
                let _ = encoder.write_all(lines).and_then(|()| encoder.try_finish());
            }
            Self::Zstd | Self::ZstdFast => {
                let level = if self == Self::Zstd { ZSTD_LEVEL } else { ZSTD_FAST_LEVEL };
                // At once rather than as a stream, which would copy the lines into its window. There is room for the frame and the
                // levels are valid, so this cannot fail.
                into.reserve(zstd::compress_bound(lines.len()));
                let _ = zstd::bulk::Compressor::new(level)
                    .and_then(|mut compressor| compressor.compress_to_buffer(lines, into));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn members_one_after_another_are_one_file() {
        let packed = |packing: Packing| {
            let (mut file, mut member) = (Vec::new(), Vec::new());
            for lines in ["one\ntwo\n", "", "three\n"] {
                packing.pack(lines.as_bytes(), &mut member);
                file.extend_from_slice(&member);
            }
            file
        };
        let mut text = String::new();
        let gzip = packed(Packing::Gzip);
        flate2::read::MultiGzDecoder::new(gzip.as_slice()).read_to_string(&mut text).expect("gzip");
        assert_eq!(text, "one\ntwo\nthree\n");
        let zstd = packed(Packing::Zstd);
        assert_eq!(zstd::decode_all(zstd.as_slice()).expect("zstd"), text.as_bytes());
        assert_eq!(Packing::of(Path::new("a/b.jsonl.gz")), Packing::Gzip);
        assert_eq!(Packing::of(Path::new("a/b.jsonl.ZST")), Packing::Zstd);
        assert_eq!(Packing::of(Path::new("a/b.jsonl")), Packing::Plain);
    }
}
