//! The child process of an isolated stage.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use copydesk_core::{Emitter, Stage, StageFactory, abi, catch_panic};

use super::answers::Answers;
use super::frame::{HEADER, Header, Kind, put};
use super::limits;
use super::terms::{Code, Ready, Terms, build};
use crate::plugin::crash;
use crate::registry::Registry;

/// Serves documents as the process of a stage until its input ends. `parent` is the id of the process that started it.
///
/// # Errors
/// If the pipes break; the error cannot be reported then.
pub fn serve(registry: &Registry, parent: u32) -> io::Result<()> {
    limits::end_with(parent);
    let (input, output) = take_pipes()?;
    crash::in_child();
    let _running = crash::running();
    let mut input = Input::new(input);
    let Some((Header { kind: Kind::Terms, length, .. }, words)) = input.next()? else { return Ok(()) };
    let terms = abi::words_as_bytes(words).get(..length as usize).unwrap_or_default();
    // Before any other thread exists, since that would not be confined.
    let terms = enter(terms);
    std::thread::scope(|scope| {
        // Elsewhere stages run on the threads of workers, so here they get as much stack.
        let server = std::thread::Builder::new()
            .name("worker".to_owned())
            .spawn_scoped(scope, || serve_documents(registry, terms, input, output))?;
        server.join().unwrap_or_else(|_| Err(io::Error::other("panicked")))
    })
}

/// Takes standard input and output away from stages: what they print goes to standard error.
fn take_pipes() -> io::Result<(File, File)> {
    let input = File::from(rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdin(), 3)?);
    let output = File::from(rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdout(), 3)?);
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
    Ok((input, output))
}

/// The terms, and a description of those that the system cannot enforce.
type Entered = (Terms, Option<String>);

/// Applies the limits and the sandbox of the terms.
fn enter(terms: &[u8]) -> Result<Entered, String> {
    let terms: Terms = serde_json::from_slice(terms).map_err(|error| error.to_string())?;
    let own = build();
    if terms.build != own {
        return Err(format!("it is of another version ({own}, and {} is needed)", terms.build));
    }
    limits::memory(terms.memory).map_err(|error| format!("its memory cannot be limited: {error}"))?;
    #[cfg(target_os = "linux")]
    let warning = super::sandbox::enter(&terms.permissions, &terms.files);
    #[cfg(not(target_os = "linux"))]
    let warning = (!terms.permissions.all)
        .then(|| "this system cannot keep it from files, the network and other processes".to_owned());
    Ok((terms, warning))
}

fn serve_documents(
    registry: &Registry,
    terms: Result<Entered, String>,
    mut input: Input,
    output: File,
) -> io::Result<()> {
    let answers = Answers::new(output)?;
    let send =
        |kind, body: &[u8]| answers.put(true, |out| put(out, kind, 0, |out| out.extend_from_slice(body)));
    let stage = match terms.and_then(|entered| prepare(registry, entered)) {
        Ok((ready, stage)) => {
            send(Kind::Ready, &ready)?;
            stage
        }
        Err(reason) => {
            send(Kind::Refused, reason.as_bytes())?;
            None
        }
    };
    let Some((name, stage)) = stage else { return Ok(()) };
    let mut emitter = Emitter::new();
    while let Some((header, packed)) = input.next()? {
        let outcome = analyze(&*stage, &name, packed, &mut emitter);
        // A worker that waits for nothing else gets the answer at once.
        let now = header.kind == Kind::Single || !input.has_more();
        answers.put(now, |out| match outcome {
            Ok(()) => put(out, Kind::Annotations, header.number, |out| abi::pack_emitted(&emitter, out)),
            Err((kind, reason)) => {
                put(out, kind, header.number, |out| out.extend_from_slice(reason.as_bytes()))
            }
        })?;
    }
    let _inside = crash::inside(&name, "(none: while it was ended)");
    drop(stage);
    Ok(())
}

/// Buffered input, in words, since documents are read in place.
struct Input {
    file: File,
    words: Vec<u64>,
    /// The range of bytes that were received and not consumed yet.
    start: usize,
    end: usize,
}

/// The maximum number of bytes per read.
const READ: usize = 1 << 18;

impl Input {
    fn new(file: File) -> Self {
        Self { file, words: vec![0; READ / 8], start: 0, end: 0 }
    }

    /// The next frame and the words of its body; `None` at the end.
    fn next(&mut self) -> io::Result<Option<(Header, &mut [u64])>> {
        if !self.fill(HEADER)? {
            return Ok(None);
        }
        let bytes = abi::words_as_bytes(&mut self.words);
        let header = bytes.get(self.start..self.end).and_then(|bytes| bytes.first_chunk::<HEADER>());
        let header = header.and_then(|bytes| Header::read(*bytes)).ok_or(io::ErrorKind::InvalidData)?;
        let length = usize::try_from(header.length).map_err(|_| io::ErrorKind::OutOfMemory)?;
        let whole = (HEADER + length).next_multiple_of(8);
        if !self.fill(whole)? {
            return Ok(None);
        }
        let body = (self.start + HEADER) / 8..(self.start + whole) / 8;
        self.start += whole;
        Ok(Some((header, self.words.get_mut(body).unwrap_or_default())))
    }

    /// Whether part of the next frame has arrived; the rest will follow.
    fn has_more(&self) -> bool {
        self.end > self.start
    }

    /// Reads until this many bytes are available; false if the input ends before.
    fn fill(&mut self, needed: usize) -> io::Result<bool> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        }
        if self.end - self.start < needed && self.start + needed > self.words.len() * 8 {
            abi::words_as_bytes(&mut self.words).copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
            let most = self.words.len().max(needed.div_ceil(8));
            self.words.resize(most, 0);
        }
        while self.end - self.start < needed {
            let free = abi::words_as_bytes(&mut self.words).get_mut(self.end..).unwrap_or_default();
            match self.file.read(free) {
                Ok(0) => return Ok(false),
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }
}

type Named = (String, Box<dyn Stage>);

/// Creates the stage of the terms; returns the message that the process is ready, and the stage.
fn prepare(registry: &Registry, (terms, warning): Entered) -> Result<(Vec<u8>, Option<Named>), String> {
    let stages = factories(registry, &terms.code)?;
    let ready = Ready { stages: stages.iter().map(|factory| factory.info().clone()).collect(), warning };
    let ready = serde_json::to_vec(&ready).map_err(|error| error.to_string())?;
    let Some((name, options)) = terms.stage else { return Ok((ready, None)) };
    let factory = stages.into_iter().find(|factory| factory.info().name == name);
    let factory = factory.ok_or_else(|| format!("there is no stage `{name}`"))?;
    let inside = crash::inside(&name, "(none yet: while it was made)");
    let stage = catch_panic(|| factory.build(&options));
    drop(inside);
    let stage = stage?.map_err(|error| error.to_string())?;
    Ok((ready, Some((name, stage))))
}

fn factories(registry: &Registry, code: &Code) -> Result<Vec<Arc<dyn StageFactory>>, String> {
    match code {
        Code::Linked => Ok(registry.linked().to_vec()),
        Code::Library(path) => {
            catch_panic(|| registry.load(Path::new(path)))?.map_err(|error| error.to_string())
        }
    }
}

/// Analyses a document. An error is the kind of answer, and the reason.
fn analyze(
    stage: &dyn Stage,
    name: &str,
    packed: &[u64],
    emitter: &mut Emitter,
) -> Result<(), (Kind, String)> {
    let doc = abi::unpack_document(packed).map_err(|error| (Kind::Panicked, error.to_string()))?;
    emitter.reset(&doc);
    // Outside the guard, which ends the process on a foreign exception.
    let inside = crash::inside(name, doc.id());
    let outcome = catch_panic(|| stage.analyze(&doc, emitter));
    drop(inside);
    outcome.map_err(|panic| (Kind::Panicked, panic))?.map_err(|failed| (Kind::Failed, failed.to_string()))
}
