//! The decompressed bytes of one input; the first bytes can be inspected before they are read.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::compression::Compression;

/// Counts the bytes read from a file, before decompression.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The bytes of a file, of a member of an archive, or of standard input.
pub(super) struct Stream {
    /// The name in messages and ids.
    pub(super) name: Arc<str>,
    /// The file, if it is a regular one and not compressed, so that a reader may seek in it.
    pub(super) seekable: Option<PathBuf>,
    /// Bytes that were read ahead, and how many of them have been consumed.
    head: Vec<u8>,
    taken: usize,
    input: Box<dyn Read + Send>,
    /// An error while reading ahead; returned once the bytes before it have been read.
    error: Option<io::Error>,
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ahead = &self.head[self.taken..];
        if !ahead.is_empty() {
            let count = ahead.len().min(buffer.len());
            buffer[..count].copy_from_slice(&ahead[..count]);
            self.taken += count;
            return Ok(count);
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => self.input.read(buffer),
        }
    }
}

impl Stream {
    /// Opens a file; the number of bytes read from it is added to `read`.
    pub(super) fn open(path: &Path, name: Arc<str>, read: &Arc<AtomicU64>) -> io::Result<Self> {
        let file = File::open(path)?;
        let seekable = file.metadata()?.is_file().then(|| path.to_owned());
        let file = Counted { inner: file, count: Arc::clone(read) };
        Self::new(name, Box::new(file), seekable)
    }

    /// Standard input.
    pub(super) fn stdin(read: &Arc<AtomicU64>) -> io::Result<Self> {
        let stdin = Counted { inner: io::stdin(), count: Arc::clone(read) };
        Self::new(Arc::from("-"), Box::new(stdin), None)
    }

    /// A stream over `input`, decompressed if its first bytes show a compression format.
    pub(super) fn new(
        name: Arc<str>,
        input: Box<dyn Read + Send>,
        seekable: Option<PathBuf>,
    ) -> io::Result<Self> {
        let mut raw = Self { name, seekable, head: Vec::new(), taken: 0, input, error: None };
        let named = Compression::of_name(&raw.name).map(|(compression, _)| compression);
        let found = Compression::of_head(raw.peek(Compression::HEAD)?);
        match (named, found) {
            (_, Some(compression)) => {
                let name = Arc::clone(&raw.name);
                let input = compression.decode(raw)?;
                Ok(Self { name, seekable: None, head: Vec::new(), taken: 0, input, error: None })
            }
            (Some(named), None) => {
                let message = format!("its name says {0}, but its content is not {0}", named.name());
                Err(io::Error::new(io::ErrorKind::InvalidData, message))
            }
            (None, None) => Ok(raw),
        }
    }

    /// Up to `count` of the next bytes, without consuming them; fewer only at the end of the input.
    ///
    /// # Errors
    /// Only if not even one byte can be read: a later error is returned when it is reached.
    pub(super) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        let missing = (self.taken + count).saturating_sub(self.head.len());
        if missing > 0 && self.error.is_none() {
            let read = (&mut self.input).take(missing as u64).read_to_end(&mut self.head);
            if let Err(error) = read {
                if self.taken == self.head.len() {
                    return Err(error);
                }
                self.error = Some(error);
            }
        }
        let end = self.head.len().min(self.taken + count);
        Ok(&self.head[self.taken..end])
    }

    /// The same bytes as UTF-8, for lines of JSON: only the user or a byte order mark set another encoding, since a line
    /// that is not UTF-8 is damaged, and its neighbours need not be.
    pub(super) fn decoded_lines(
        mut self,
        encoding: Option<&'static Encoding>,
    ) -> io::Result<Box<dyn Read + Send>> {
        let plain = encoding.is_none_or(|encoding| encoding == UTF_8) && !has_utf16_mark(self.peek(2)?);
        Ok(if plain { Box::new(self) } else { Box::new(decode(self, encoding)) })
    }

    /// The same bytes as UTF-8, and their encoding if it had to be guessed. `encoding` is the encoding set by the user. Without
    /// it a byte order mark decides; without that too, text that is not UTF-8 is decoded with the encoding detected from its
    /// beginning.
    pub(super) fn decoded(
        mut self,
        encoding: Option<&'static Encoding>,
    ) -> io::Result<(Box<dyn Read + Send>, Option<&'static str>)> {
        let guessed = match encoding {
            Some(_) => None,
            None => {
                let head = self.peek(GUESSED_FROM)?;
                guess_from(head, head.len() == GUESSED_FROM)
            }
        };
        let encoding = encoding.or(guessed);
        if encoding.is_none_or(|encoding| encoding == UTF_8) && !has_utf16_mark(self.peek(2)?) {
            return Ok((Box::new(self), None));
        }
        Ok((Box::new(decode(self, encoding)), guessed.map(Encoding::name)))
    }
}

fn decode(stream: Stream, encoding: Option<&'static Encoding>) -> DecodeReaderBytes<Stream, Vec<u8>> {
    DecodeReaderBytesBuilder::new().encoding(encoding).bom_override(true).strip_bom(true).build(stream)
}

/// The encoding of a text is detected from this many of its first bytes.
const GUESSED_FROM: usize = 256 * 1024;

fn has_utf16_mark(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff")
}

/// The most likely encoding of bytes, unless they are UTF-8 or begin with a byte order mark.
pub(super) fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    guess_from(bytes, false)
}

/// The same for the first bytes of a text; the last character may be `cut` off.
fn guess_from(bytes: &[u8], cut: bool) -> Option<&'static Encoding> {
    let is_utf8 = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => cut && error.error_len().is_none(),
    };
    if is_utf8 || has_utf16_mark(bytes) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Some(detector.guess(None, Utf8Detection::Allow))
}
