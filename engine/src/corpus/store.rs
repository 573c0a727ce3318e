//! Records in a temporary file, which are read back by position.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

/// Concatenated records.
pub(super) struct Store {
    file: BufWriter<File>,
    length: u64,
}

impl Store {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { file: BufWriter::with_capacity(1 << 16, tempfile::tempfile()?), length: 0 })
    }

    /// Adds a record; returns its position.
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
    /// Fills `record` with the bytes from `place` on.
    pub(super) fn read(&mut self, place: u64, record: &mut [u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(place))?;
        self.file.read_exact(record)
    }
}
