//! Records kept in a temporary file, to be read again by their place.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

/// Records one after another.
pub(super) struct Store {
    file: BufWriter<File>,
    length: u64,
}

impl Store {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { file: BufWriter::with_capacity(1 << 16, tempfile::tempfile()?), length: 0 })
    }

    /// Adds a record; gives its place.
    pub(super) fn add(&mut self, record: &[u8]) -> io::Result<u64> {
        let place = self.length;
        self.file.write_all(record)?;
        self.length += record.len() as u64;
        Ok(place)
    }

    /// Ends writing.
    pub(super) fn finish(self) -> io::Result<Stored> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Stored { file })
    }
}

/// Records that can be read.
pub(super) struct Stored {
    file: File,
}

impl Stored {
    /// Reads as many bytes as `record` has from `place`.
    pub(super) fn read(&mut self, place: u64, record: &mut [u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(place))?;
        self.file.read_exact(record)
    }
}
