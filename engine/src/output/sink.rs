//! Where output lines go: a file or standard output, plain or gzip.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

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
    Plain(File),
    Gzip(Box<GzEncoder<File>>),
}

/// Takes whole lines. A plain file never keeps half a line: what a failed write left is cut off.
pub struct Sink {
    path: PathBuf,
    target: Target,
    /// Bytes of whole lines in a plain file.
    whole: u64,
    lines: u64,
}

impl Sink {
    /// Standard output.
    pub fn stdout() -> Self {
        Self { path: "standard output".into(), target: Target::Stdout(io::stdout()), whole: 0, lines: 0 }
    }

    /// A file, gzipped where its name ends in `.gz`. Missing folders are made.
    pub fn create(path: &Path) -> Result<Self, SinkError> {
        let failed = |source| SinkError::Create { path: path.to_owned(), source };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let file = File::create(path).map_err(failed)?;
        let target = if path.extension().is_some_and(|extension| extension == "gz") {
            Target::Gzip(Box::new(GzEncoder::new(file, Compression::new(4))))
        } else {
            Target::Plain(file)
        };
        Ok(Self { path: path.to_owned(), target, whole: 0, lines: 0 })
    }

    /// The file's name, or "standard output".
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes bytes that hold `lines` whole lines.
    pub fn write(&mut self, bytes: &[u8], lines: u64) -> Result<(), SinkError> {
        let result = match &mut self.target {
            Target::Stdout(stdout) => stdout.write_all(bytes).and_then(|()| stdout.flush()),
            Target::Plain(file) => file.write_all(bytes),
            Target::Gzip(file) => file.write_all(bytes),
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
        let result = match &mut self.target {
            Target::Stdout(stdout) => stdout.flush(),
            Target::Plain(file) => file.flush(),
            Target::Gzip(file) => file.try_finish(),
        };
        result.map_err(|source| self.failed(source, &[]))
    }

    fn failed(&mut self, source: io::Error, bytes: &[u8]) -> SinkError {
        if source.kind() == io::ErrorKind::BrokenPipe {
            return SinkError::BrokenPipe;
        }
        if let Target::Plain(file) = &mut self.target {
            // Keep every whole line that still fitted.
            let written = file.metadata().map_or(self.whole, |metadata| metadata.len());
            let part = written.saturating_sub(self.whole).min(bytes.len() as u64) as usize;
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
