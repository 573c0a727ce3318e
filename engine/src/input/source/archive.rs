//! Archives of files: zip and tar. Each member is read like a file of its name.
//!
//! A thread unpacks the archive and sends pieces, since an archive reader only lends out its members one at a time.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{Context, Format, InputFormat, More, Source, file_too_long, malformed};
use crate::input::batch::{Batch, Origin};
use crate::input::find::{is_hidden, named_format};
use crate::input::stream::Stream;
use crate::limits::Limits;

pub(super) const ZIP: Format = Format {
    format: InputFormat::Zip,
    extensions: &["zip"],
    sniff: |head| head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06"),
    open: |stream, context| start(stream, context, zip),
};

pub(super) const TAR: Format = Format {
    format: InputFormat::Tar,
    extensions: &["tar", "tgz", "tbz2", "txz", "tzst"],
    sniff: |head| head.get(257..262) == Some(b"ustar"),
    open: |stream, context| start(stream, context, tar),
};

/// The size in bytes of a piece, and how many pieces may be queued.
const PIECE: usize = 256 * 1024;
const WAITING: usize = 4;

/// A message of the unpacking thread.
enum Part {
    /// A member begins.
    Member(String),
    /// The next bytes of the member.
    Piece(Vec<u8>),
    /// The member has ended.
    End,
    /// Reading the member, or the archive, failed.
    Failed(io::Error),
}

/// The receiver was dropped: unpacking can stop.
struct Gone;

type Unpack = fn(Stream, &Sender<Part>) -> Result<io::Result<()>, Gone>;

/// An archive that is being read.
struct Archive {
    file: Arc<str>,
    parts: Receiver<Part>,
    context: Context,
    member: Option<Box<dyn Source>>,
    thread: Option<JoinHandle<()>>,
}

fn start(stream: Stream, context: &Context, unpack: Unpack) -> io::Result<Box<dyn Source>> {
    if context.in_archive {
        return Err(malformed("an archive inside an archive is not read; unpack the outer one"));
    }
    let file = Arc::clone(&stream.name);
    let (sender, parts) = bounded(WAITING);
    let thread = std::thread::Builder::new().name("unpack".to_owned()).spawn(move || {
        let outcome = copydesk_core::catch_panic(|| unpack(stream, &sender));
        let error = match outcome {
            Ok(Ok(Ok(())) | Err(Gone)) => return,
            Ok(Ok(Err(error))) => error,
            Err(reason) => io::Error::other(reason),
        };
        // The receiver may have been dropped.
        let _ = sender.send(Part::Failed(error));
    })?;
    let context = Context { in_archive: true, ..context.clone() };
    Ok(Box::new(Archive { file, parts, context, member: None, thread: Some(thread) }))
}

impl Source for Archive {
    fn fill(&mut self, batch: &mut Batch) -> More {
        while !batch.is_full() {
            if let Some(member) = &mut self.member {
                if member.fill(batch) == More::No {
                    self.member = None;
                }
                continue;
            }
            match self.parts.recv() {
                Ok(Part::Member(name)) => self.open(&name, batch),
                // Bytes that the reader of the member has not consumed.
                Ok(Part::Piece(_) | Part::End) => {}
                Ok(Part::Failed(error)) => {
                    let origin = Origin { file: Arc::clone(&self.file), line: 0 };
                    batch.fail(
                        origin,
                        format!("cannot read further: {error}; the rest of this archive is lost"),
                    );
                }
                Err(_) => {
                    if let Some(thread) = self.thread.take() {
                        // Its panics are caught inside.
                        let _ = thread.join();
                    }
                    return More::No;
                }
            }
        }
        More::Yes
    }
}

impl Archive {
    /// Starts reading a member.
    fn open(&mut self, member: &str, batch: &mut Batch) {
        let path = std::path::Path::new(member);
        let hidden =
            path.components().any(|part| is_hidden(part.as_os_str())) || member.starts_with("__MACOSX/");
        if hidden {
            return;
        }
        let Some(format) = named_format(path) else {
            self.context.skipped.lock().unwrap_or_else(std::sync::PoisonError::into_inner).add(path);
            return;
        };
        let name: Arc<str> = format!("{}/{member}", self.file).into();
        let bytes = Member { parts: self.parts.clone(), piece: Cursor::default(), ended: false };
        let opened = Stream::new(Arc::clone(&name), Box::new(bytes), None)
            .and_then(|stream| super::open(stream, Some(format), &self.context));
        match opened {
            Ok(source) => self.member = Some(source),
            Err(error) => batch.fail(Origin { file: name, line: 0 }, format!("cannot read: {error}")),
        }
    }
}

/// The bytes of the member that is being unpacked.
struct Member {
    parts: Receiver<Part>,
    piece: Cursor<Vec<u8>>,
    ended: bool,
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.piece.read(buffer)?;
            if read > 0 || self.ended || buffer.is_empty() {
                return Ok(read);
            }
            match self.parts.recv() {
                Ok(Part::Piece(piece)) => self.piece = Cursor::new(piece),
                Ok(Part::Failed(error)) => {
                    self.ended = true;
                    return Err(error);
                }
                Ok(Part::End | Part::Member(_)) | Err(_) => self.ended = true,
            }
        }
    }
}

fn tar(stream: Stream, to: &Sender<Part>) -> Result<io::Result<()>, Gone> {
    let mut archive = tar::Archive::new(stream);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return Ok(Err(error)),
    };
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Ok(Err(error)),
        };
        if entry.header().entry_type().is_file() {
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if let Err(error) = hand_on(&name, &mut entry, to)? {
                return Ok(Err(error));
            }
        }
    }
    Ok(Ok(()))
}

fn zip(mut stream: Stream, to: &Sender<Part>) -> Result<io::Result<()>, Gone> {
    let opened = match &stream.seekable {
        Some(path) => File::open(path).map(|file| Box::new(file) as Box<dyn Seekable>),
        None => {
            // The list of members is at the end.
            let mut bytes = Vec::new();
            match (&mut stream).take(Limits::LONGEST as u64 + 1).read_to_end(&mut bytes) {
                Ok(length) if length > Limits::LONGEST => Err(malformed(file_too_long())),
                outcome => outcome.map(|_| Box::new(Cursor::new(bytes)) as Box<dyn Seekable>),
            }
        }
    };
    let archive = opened.and_then(|input| zip::ZipArchive::new(input).map_err(io::Error::other));
    let mut archive = match archive {
        Ok(archive) => archive,
        Err(error) => return Ok(Err(error)),
    };
    for place in 0..archive.len() {
        let member = archive.by_index(place);
        let mut member = match member {
            Ok(member) => member,
            // Only a member that is encrypted, or compressed in an unknown way, fails, not the archive.
            Err(error) => {
                send(to, Part::Failed(io::Error::other(format!("member {}: {error}", place + 1))))?;
                continue;
            }
        };
        if member.is_file() {
            let name = String::from_utf8_lossy(member.name_raw()).into_owned();
            if let Err(error) = hand_on(&name, &mut member, to)? {
                send(to, Part::Failed(error))?;
            }
        }
    }
    Ok(Ok(()))
}

trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// Sends a member, piece by piece.
fn hand_on(name: &str, bytes: &mut impl Read, to: &Sender<Part>) -> Result<io::Result<()>, Gone> {
    send(to, Part::Member(name.to_owned()))?;
    loop {
        let mut piece = Vec::new();
        match bytes.take(PIECE as u64).read_to_end(&mut piece) {
            Ok(0) => break,
            Ok(_) => send(to, Part::Piece(piece))?,
            Err(error) => {
                if !piece.is_empty() {
                    send(to, Part::Piece(piece))?;
                }
                return Ok(Err(error));
            }
        }
    }
    send(to, Part::End)?;
    Ok(Ok(()))
}

fn send(to: &Sender<Part>, part: Part) -> Result<(), Gone> {
    to.send(part).map_err(|_| Gone)
}
