//! Where output lines go: a file or standard output, plain or compressed.

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::packing::Packing;

/// Why output could not be opened or written.
#[derive(Debug, thiserror::Error)]
pub enum SinkError {
    /// The file or its folder could not be created.
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
        /// The number of whole documents in it.
        lines: u64,
        /// The system's reason.
        source: io::Error,
    },
    /// A table could not be written, and was removed.
    #[error("writing {path} failed: {reason}")]
    Table {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// An unfinished run has left part of the output.
    #[error(
        "{} has the output of an unfinished run; continue it with --resume, or start over with --restart", _0.display()
    )]
    Unfinished(PathBuf),
    /// Another run is writing the same output.
    #[error("{} is being written by another run of copydesk", _0.display())]
    Locked(PathBuf),
    /// The file was removed, replaced or changed while it was being written.
    #[error("{} was changed by another program while it was written: run again", _0.display())]
    Changed(PathBuf),
    /// A file exists that copydesk did not write.
    #[error("{} exists and was not written by copydesk; choose another path with -o, or replace it with --force", _0.display())]
    Exists(PathBuf),
    /// The reader of standard output has closed it. Not an error to report.
    #[error("the reader of the output has closed it")]
    BrokenPipe,
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "; choose another path with -o",
        io::ErrorKind::NotFound => "; its folder does not exist",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::WriteZero => {
            "; free some space or choose another path with -o, then run again"
        }
        io::ErrorKind::IsADirectory => "; it is a folder: name a file",
        _ => "",
    }
}

/// The initial content of a file.
#[derive(Clone, Copy)]
enum Beginning {
    /// None: no such file may exist.
    Nothing,
    /// None: an existing file is replaced.
    Anew,
    /// The first bytes and lines, in these numbers, of an existing file.
    After(u64, u64),
}

enum Target {
    Stdout(io::Stdout),
    File(File),
}

/// Writes whole lines. A file never keeps half a line, or half a compressed batch: the remains of a failed write are cut off.
///
/// A regular file has `.partial` appended to its name until it is complete, so that unfinished output is not mistaken for a result, and
/// the result of an earlier run stays until it is replaced. The file is locked against a second run.
pub struct Sink {
    path: PathBuf,
    /// The file's name until it is complete; `None` if the output cannot be renamed: standard output, devices, pipes.
    partial: Option<PathBuf>,
    target: Target,
    packing: Packing,
    /// The number of bytes of whole lines, or whole compressed batches, in the file.
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

    /// A file, compressed if its name ends in `.gz` or `.zst`. Missing folders are created. With `force`, the output of an unfinished
    /// run is discarded.
    ///
    /// # Errors
    /// The file or its folder cannot be created, another run is writing to it, or an unfinished run has left output.
    pub fn create(path: &Path, force: bool) -> Result<Self, SinkError> {
        Self::open(path, if force { Beginning::Anew } else { Beginning::Nothing })
    }

    /// The same, after the first bytes of the output of an unfinished run; they contain this many lines.
    ///
    /// # Errors
    /// As for [`Self::create`], and if the file has been shortened.
    pub fn resume(path: &Path, bytes: u64, lines: u64) -> Result<Self, SinkError> {
        Self::open(path, Beginning::After(bytes, lines))
    }

    fn open(path: &Path, beginning: Beginning) -> Result<Self, SinkError> {
        // A link is kept: the file that it points to is replaced.
        let linked = path.is_symlink().then(|| path.canonicalize().ok()).flatten();
        let path = linked.as_deref().unwrap_or(path);
        let failed = |source| SinkError::Create { path: path.to_owned(), source };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut sink = Self::new(path.to_owned(), Target::Stdout(io::stdout()), Packing::of(path));
        if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            sink.target = Target::File(OpenOptions::new().write(true).open(path).map_err(failed)?);
            return Ok(sink);
        }
        let partial = partial_of(path);
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(false).open(&partial).map_err(failed)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(SinkError::Locked(path.to_owned())),
            // On a file system without locks, users must not start two runs at once.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let length = file.metadata().map_err(failed)?.len();
        match beginning {
            Beginning::Nothing if length > 0 => return Err(SinkError::Unfinished(partial)),
            Beginning::After(bytes, _) if length < bytes => return Err(SinkError::Changed(partial)),
            Beginning::After(bytes, lines) => (sink.whole, sink.lines) = (bytes, lines),
            Beginning::Nothing | Beginning::Anew => {}
        }
        file.set_len(sink.whole).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        sink.target = Target::File(file);
        sink.partial = Some(partial);
        Ok(sink)
    }

    fn new(path: PathBuf, target: Target, packing: Packing) -> Self {
        Self { path, partial: None, target, packing, whole: 0, lines: 0, packed: Vec::new() }
    }

    /// The file's name, or "standard output".
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of bytes written.
    pub fn written(&self) -> u64 {
        self.whole
    }

    /// The compression of the file.
    pub fn packing(&self) -> Packing {
        self.packing
    }

    /// Compresses and writes `lines` whole lines.
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

    /// Writes bytes that are already compressed and contain `lines` whole lines.
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

    /// Writes buffered output and closes the file.
    pub fn finish(mut self) -> Result<(), SinkError> {
        if self.whole == 0 && self.packing != Packing::Plain {
            // An empty file would not be a valid compressed file.
            self.write(&[], 0)?;
        }
        let result = match &mut self.target {
            Target::Stdout(stdout) => stdout.flush(),
            Target::File(file) => file.flush(),
        };
        result.map_err(|source| self.failed(source, &[]))?;
        self.move_into_place()
    }

    /// Closes and removes a temporary file.
    pub(crate) fn discard(mut self) {
        if let Some(partial) = self.partial.take() {
            // If it cannot be removed, the next run reports it.
            let _ = std::fs::remove_file(partial);
        }
    }

    /// Renames a complete file, once its bytes are on disk.
    fn move_into_place(&mut self) -> Result<(), SinkError> {
        let (Some(partial), Target::File(file)) = (self.partial.take(), &self.target) else { return Ok(()) };
        let written = file.sync_all().and_then(|()| file.metadata());
        let metadata = match written {
            Ok(metadata) => metadata,
            Err(source) => return Err(self.failed(source, &[])),
        };
        let named = partial.metadata();
        if metadata.len() != self.whole || !named.is_ok_and(|named| is_same(&named, &metadata)) {
            return Err(SinkError::Changed(partial));
        }
        let renamed = std::fs::rename(&partial, &self.path);
        renamed.map_err(|source| SinkError::Create { path: self.path.clone(), source })
    }

    fn failed(&mut self, source: io::Error, bytes: &[u8]) -> SinkError {
        if source.kind() == io::ErrorKind::BrokenPipe {
            return SinkError::BrokenPipe;
        }
        if let Target::File(file) = &mut self.target {
            // Keep every whole line that was written; of compressed lines none can be kept without the others.
            let written = file.metadata().map_or(self.whole, |metadata| metadata.len());
            let part = written.saturating_sub(self.whole).min(bytes.len() as u64) as usize;
            let part = if self.packing == Packing::Plain { part } else { 0 };
            let lines = memchr::memchr_iter(b'\n', &bytes[..part]);
            let (count, end) = lines.fold((0, 0), |(count, _), at| (count + 1, at as u64 + 1));
            self.lines += count;
            self.whole += end;
            // If this fails too, the file ends in half a line, which the message below reports.
            let _ = file.set_len(self.whole);
        }
        let path = self.partial.as_ref().unwrap_or(&self.path).clone();
        SinkError::Write { path, lines: self.lines, source }
    }
}

impl Drop for Sink {
    /// Removes an unfinished file without a line.
    fn drop(&mut self) {
        if let Some(partial) = self.partial.take().filter(|_| self.lines == 0) {
            // If it cannot be removed, the next run reports it.
            let _ = std::fs::remove_file(partial);
        }
    }
}

/// The name of a file that is not complete yet.
pub(crate) fn partial_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    path.with_file_name(name)
}

#[cfg(unix)]
fn is_same(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn is_same(a: &Metadata, b: &Metadata) -> bool {
    a.len() == b.len()
}
