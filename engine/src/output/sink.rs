//! Where output lines go: a file or standard output, plain or compressed.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::packing::Packing;

/// Why output could not be opened or written.
#[derive(Debug, thiserror::Error)]
pub enum SinkError {
    /// The file or its folder could not be made.
    #[error("cannot write {path}: {source}{}", remedy(source))]
    Create {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Writing failed part way.
    #[error("writing {path} failed after {lines} documents: {source}{}", remedy(source))]
    Write {
        /// The file.
        path: PathBuf,
        /// How many whole documents it holds.
        lines: u64,
        /// The system's reason.
        source: io::Error,
    },
    /// A table could not be written; nothing of it is left.
    #[error("writing {path} failed: {reason}")]
    Table {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A file is there that copydesk did not write.
    #[error("{} is there already, and copydesk did not write it; choose another place with -o, or replace it with --force", _0.display())]
    Exists(PathBuf),
    /// The reader of standard output has gone. Not an error to report.
    #[error("the reader of the output has gone")]
    BrokenPipe,
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "; choose another place with -o",
        io::ErrorKind::NotFound => "; its folder does not exist",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::WriteZero => {
            "; free some space or choose another place with -o, then run again"
        }
        io::ErrorKind::IsADirectory => "; it is a folder: name a file",
        _ => "",
    }
}

enum Target {
    Stdout(io::Stdout),
    File(File),
}

/// Takes whole lines. A file never keeps half a line, or half a packed batch: what a failed write left is cut off.
pub struct Sink {
    path: PathBuf,
    target: Target,
    packing: Packing,
    /// Bytes of whole lines, or whole packed batches, in the file.
    whole: u64,
    lines: u64,
    /// Scratch buffer for compression.
    packed: Vec<u8>,
}

impl Sink {
    /// Standard output.
    pub fn stdout() -> Self {
        Self::new("standard output".into(), Target::Stdout(io::stdout()), Packing::Plain)
    }

    /// A file, compressed where its name ends in `.gz` or `.zst`. Missing folders are made.
    pub fn create(path: &Path) -> Result<Self, SinkError> {
        let failed = |source| SinkError::Create { path: path.to_owned(), source };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let file = File::create(path).map_err(failed)?;
        Ok(Self::new(path.to_owned(), Target::File(file), Packing::of(path)))
    }

    fn new(path: PathBuf, target: Target, packing: Packing) -> Self {
        Self { path, target, packing, whole: 0, lines: 0, packed: Vec::new() }
    }

    /// The file's name, or "standard output".
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How its bytes are stored.
    pub fn packing(&self) -> Packing {
        self.packing
    }

    /// Packs and writes `lines` whole lines.
    pub fn write(&mut self, bytes: &[u8], lines: u64) -> Result<(), SinkError> {
        if self.packing == Packing::Plain {
            return self.write_packed(bytes, lines);
        }
        let mut packed = std::mem::take(&mut self.packed);
        self.packing.pack(bytes, &mut packed);
        let result = self.write_packed(&packed, lines);
        self.packed = packed;
        result
    }

    /// Writes bytes that are packed already and hold `lines` whole lines.
    pub fn write_packed(&mut self, bytes: &[u8], lines: u64) -> Result<(), SinkError> {
        let result = match &mut self.target {
            Target::Stdout(stdout) => stdout.write_all(bytes).and_then(|()| stdout.flush()),
            Target::File(file) => file.write_all(bytes),
        };
        match result {
            Ok(()) => {
                self.whole += bytes.len() as u64;
                self.lines += lines;
                Ok(())
            }
            Err(source) => Err(self.failed(source, bytes)),
        }
    }

    /// Writes what is still held back and closes.
    pub fn finish(mut self) -> Result<(), SinkError> {
        if self.whole == 0 && self.packing != Packing::Plain {
            // A file of no bytes would be no compressed file.
            self.write(&[], 0)?;
        }
        let result = match &mut self.target {
            Target::Stdout(stdout) => stdout.flush(),
            Target::File(file) => file.flush(),
        };
        result.map_err(|source| self.failed(source, &[]))
    }

    fn failed(&mut self, source: io::Error, bytes: &[u8]) -> SinkError {
        if source.kind() == io::ErrorKind::BrokenPipe {
            return SinkError::BrokenPipe;
        }
        if let Target::File(file) = &mut self.target {
            // Keep every whole line that still fitted; of packed lines none can be kept without the others.
            let written = file.metadata().map_or(self.whole, |metadata| metadata.len());
            let part = written.saturating_sub(self.whole).min(bytes.len() as u64) as usize;
            let part = if self.packing == Packing::Plain { part } else { 0 };
            let lines = memchr::memchr_iter(b'\n', &bytes[..part]);
            let (count, end) = lines.fold((0, 0), |(count, _), at| (count + 1, at as u64 + 1));
            self.lines += count;
            self.whole += end;
            // Where even this fails the file ends in half a line, which the message below does not hide.
            let _ = file.set_len(self.whole);
        }
        SinkError::Write { path: self.path.clone(), lines: self.lines, source }
    }
}
