//! The parent's side of the process of an isolated stage.

use std::io::{self, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group};

use super::frame::{HEADER, Header, Kind, put};
use super::terms::{Ready, Terms};
use super::{SUBCOMMAND, program, spawner};
use crate::plugin::crash;
use crate::printed::Printed;

/// Why the process of a stage is not available.
#[derive(Debug, thiserror::Error)]
pub enum IsolateError {
    /// It cannot be started.
    #[error(
        "`isolate` needs the command copydesk, and `{program}` cannot be started: {source}; install it, or set COPYDESK to its path"
    )]
    Start {
        /// The command.
        program: String,
        /// The system's reason.
        source: io::Error,
    },
    /// The program is not this version of copydesk.
    #[error(
        "`isolate` needs the command copydesk of this version, and `{program}` is none: {reason}; set COPYDESK to its path"
    )]
    Other {
        /// The command.
        program: String,
        /// How this was detected.
        reason: String,
    },
    /// It could not create the stage.
    #[error("{0}")]
    Refused(String),
    /// It ended, or exceeded its time limit, while creating the stage.
    #[error("while the stage was made, {0}")]
    Lost(String),
}

/// Why a process cannot be used any more.
#[derive(Debug)]
pub(super) enum Broken {
    /// It ended, or sent an invalid answer.
    Ended(String),
    /// It exceeded its time limit.
    Slow(Duration),
}

/// How many bytes of its standard error are kept.
const KEPT: usize = 4096;
/// The size of a pipe in bytes: the maximum without privileges.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;
/// The maximum number of bytes per read.
const READ: usize = 1 << 17;

/// A process that serves documents.
pub(super) struct Process {
    /// The id of the process that started it and owns it: `fork` copies this record.
    owner: u32,
    child: Child,
    input: Option<ChildStdin>,
    output: ChildStdout,
    errors: Option<ChildStderr>,
    /// Its exit status, once it has been waited for.
    status: Option<ExitStatus>,
    buffer: Box<[u8]>,
    /// Bytes of answers; those before `taken` have been consumed.
    received: Vec<u8>,
    taken: usize,
    /// The end of its standard error.
    stderr: Vec<u8>,
    printed: Printed,
    /// The number of the last document sent to it.
    pub(super) number: u32,
}

impl Process {
    /// Starts a process and waits until it is ready.
    pub(super) fn start(terms: &Terms, patience: Duration) -> Result<(Self, Ready), IsolateError> {
        let program = program();
        let shown = || match program.starts_with("/proc") {
            true => "copydesk".to_owned(),
            false => program.display().to_string(),
        };
        let mut command = Command::new(&program);
        command.arg(SUBCOMMAND).arg(std::process::id().to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // By default the allocator would reserve a gigabyte of addresses, which counts as memory.
        command.env("MIMALLOC_ARENA_RESERVE", "16MiB").env("MIMALLOC_ARENA_EAGER_COMMIT", "0");
        {
            // In its own process group: Ctrl-C is for the run, which ends its processes when the last document is done.
            use std::os::unix::process::CommandExt;
            command.process_group(0).arg0("copydesk");
        }
        let failed = |source| IsolateError::Start { program: shown(), source };
        let mut child = spawner::spawn(command).map_err(failed)?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(input), Some(output), Some(errors)) = pipes else {
            return Err(failed(io::ErrorKind::BrokenPipe.into()));
        };
        let mut process = Self {
            owner: std::process::id(),
            child,
            input: Some(input),
            output,
            errors: Some(errors),
            status: None,
            buffer: vec![0; READ].into(),
            received: Vec::new(),
            taken: 0,
            stderr: Vec::new(),
            printed: Printed::by(terms.called()),
            number: 0,
        };
        process.prepare_pipes().map_err(failed)?;
        let ready = process.handshake(terms, patience, shown)?;
        Ok((process, ready))
    }

    fn handshake(
        &mut self,
        terms: &Terms,
        patience: Duration,
        shown: impl Fn() -> String,
    ) -> Result<Ready, IsolateError> {
        let other = |reason| IsolateError::Other { program: shown(), reason };
        let terms = serde_json::to_vec(terms).map_err(|error| other(error.to_string()))?;
        let mut message = Vec::new();
        put(&mut message, Kind::Terms, 0, |out| out.extend_from_slice(&terms));
        let mut sent = 0;
        let since = Instant::now();
        loop {
            if let Some((header, body)) = self.take().map_err(|reason| other(reason.to_owned()))? {
                return match header.kind {
                    Kind::Ready => serde_json::from_slice(body).map_err(|error| other(error.to_string())),
                    Kind::Refused => Err(IsolateError::Refused(String::from_utf8_lossy(body).into_owned())),
                    kind => Err(other(format!("it said {kind:?} first"))),
                };
            }
            match self.step(&message, &mut sent, patience.saturating_sub(since.elapsed())) {
                Ok(()) => {}
                // A program that is not this version of copydesk does not know the subcommand.
                Err(Broken::Ended(_)) if self.lacks_subcommand() => {
                    return Err(other("it does not know what a stage's process is".to_owned()));
                }
                Err(Broken::Ended(reason)) => return Err(IsolateError::Lost(reason)),
                Err(Broken::Slow(_)) => {
                    let seconds = patience.as_secs_f64();
                    return Err(IsolateError::Lost(format!("its process was not done after {seconds} s")));
                }
            }
        }
    }

    fn lacks_subcommand(&self) -> bool {
        String::from_utf8_lossy(&self.stderr).contains("unrecognized subcommand")
    }

    fn prepare_pipes(&self) -> io::Result<()> {
        use rustix::io::ioctl_fionbio;
        if let Some(input) = &self.input {
            ioctl_fionbio(input, true)?;
        }
        ioctl_fionbio(&self.output, true)?;
        if let Some(errors) = &self.errors {
            ioctl_fionbio(errors, true)?;
        }
        #[cfg(target_os = "linux")]
        {
            use rustix::pipe::fcntl_setpipe_size;
            // Wider pipes save context switches; if the system refuses, narrow ones work too.
            let _ = self.input.as_ref().map(|input| fcntl_setpipe_size(input, PIPE));
            let _ = fcntl_setpipe_size(&self.output, PIPE);
        }
        Ok(())
    }

    /// Waits at most this long, writes as much of `requests` from `sent` on as fits, and reads available answers.
    pub(super) fn step(
        &mut self,
        requests: &[u8],
        sent: &mut usize,
        patience: Duration,
    ) -> Result<(), Broken> {
        let writes = *sent < requests.len() && self.input.is_some();
        let ready = self.wait(writes, patience).map_err(|error| Broken::Ended(error.to_string()))?;
        let [can_write, can_read, has_stderr] = ready;
        if has_stderr {
            self.listen();
        }
        let mut ended = false;
        if can_write && let Some(input) = &mut self.input {
            match input.write(&requests[*sent..]) {
                Ok(written) => *sent += written,
                Err(error) if is_for_later(&error) => {}
                // Answers sent before it ended are read first.
                Err(_) => self.input = None,
            }
        }
        if can_read {
            ended = self.read();
        }
        if ended {
            return Err(Broken::Ended(self.last_words()));
        }
        match ready {
            [false, false, _] if patience.is_zero() => Err(Broken::Slow(patience)),
            _ => Ok(()),
        }
    }

    /// Waits until the process can be written to, can be read from, or has printed.
    fn wait(&self, writes: bool, patience: Duration) -> io::Result<[bool; 3]> {
        // A pipe that is not waited for is replaced by the first one.
        let output = PollFd::new(&self.output, PollFlags::IN);
        let input = self.input.as_ref().filter(|_| writes);
        let mut pipes = [
            output.clone(),
            self.errors.as_ref().map_or(output.clone(), |errors| PollFd::new(errors, PollFlags::IN)),
            input.map_or(output, |input| PollFd::new(input, PollFlags::OUT)),
        ];
        let timeout = Timespec {
            tv_sec: i64::try_from(patience.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(patience.subsec_nanos()),
        };
        match poll(&mut pipes, Some(&timeout)) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return Ok([false, false, true]),
            Err(error) => return Err(error.into()),
        }
        let [output, errors, input] = pipes.map(|pipe| !pipe.revents().is_empty());
        Ok([input && writes, output, errors && self.errors.is_some()])
    }

    /// Reads answers; returns whether they have ended.
    fn read(&mut self) -> bool {
        if self.taken == self.received.len() {
            self.received.clear();
            self.taken = 0;
        }
        match self.output.read(&mut self.buffer) {
            Ok(count) => {
                self.received.extend_from_slice(&self.buffer[..count]);
                count == 0
            }
            Err(error) => !is_for_later(&error),
        }
    }

    /// The next complete answer, if there is one.
    pub(super) fn take(&mut self) -> Result<Option<(Header, &[u8])>, &'static str> {
        let rest = &self.received[self.taken..];
        let Some(header) = rest.first_chunk::<HEADER>() else { return Ok(None) };
        let header = Header::read(*header).ok_or("its process sent data that is not an answer")?;
        if header.length > LONGEST_ANSWER {
            return Err("its process answered with more than 1 GB");
        }
        let start = self.taken + HEADER;
        let end = start + header.length as usize;
        let whole = end.next_multiple_of(8) - start;
        if self.received.len() < start + whole {
            return Ok(None);
        }
        self.taken = start + whole;
        Ok(Some((header, &self.received[start..end])))
    }

    /// Keeps the end of its standard error.
    fn listen(&mut self) {
        let mut bytes = [0; KEPT];
        // A process that only prints must not keep the worker here.
        for _ in 0..16 {
            let Some(errors) = &mut self.errors else { return };
            match errors.read(&mut bytes) {
                Ok(0) => {
                    self.errors = None;
                    self.printed.end();
                }
                Err(_) => return,
                Ok(count) => {
                    self.stderr.extend_from_slice(&bytes[..count]);
                    self.printed.take(&bytes[..count]);
                }
            }
            let over = self.stderr.len().saturating_sub(KEPT);
            self.stderr.drain(..over);
        }
    }

    /// Why it ended, as far as known.
    fn last_words(&mut self) -> String {
        let status = self.wait_for_end(Duration::from_millis(500));
        self.listen();
        let stderr = String::from_utf8_lossy(&self.stderr);
        let lines = || stderr.lines().map(str::trim).filter(|line| !line.is_empty());
        let report = lines().rev().find_map(|line| line.strip_prefix(crash::REPORT_PREFIX));
        let other = lines().rev().find(|line| !line.starts_with(crash::REPORT_PREFIX));
        let what = match (report, status) {
            (Some(report), _) => format!("its process ended: {report}"),
            (None, Some(status)) => format!("its process ended ({status})"),
            (None, None) => "its process closed its output".to_owned(),
        };
        match other {
            Some(line) => format!("{what}; it said last: {line}"),
            None => what,
        }
    }

    /// Waits at most this long for it to end; all processes of its group end with it.
    fn wait_for_end(&mut self, patience: Duration) -> Option<ExitStatus> {
        let until = Instant::now() + patience;
        while self.status.is_none() && !self.has_ended() {
            if Instant::now() > until {
                return None;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        self.kill();
        self.status
    }

    /// Whether it has ended. Its id, which is that of its group, stays valid until it is waited for.
    fn has_ended(&self) -> bool {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        match self.id() {
            Some(id) => !matches!(waitid(WaitId::Pid(id), options), Ok(None)),
            None => true,
        }
    }

    fn id(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }

    /// Whether it belongs to this process, rather than to one of which this is a forked copy.
    pub(super) fn is_own(&self) -> bool {
        self.owner == std::process::id()
    }

    /// Asks it to end by closing its input.
    pub(super) fn close(&mut self) {
        self.input = None;
    }

    fn kill(&mut self) {
        if self.status.is_some() {
            return;
        }
        // Processes that the stage has started are in the same group. Either may have ended already.
        if let Some(group) = self.id() {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.kill();
        self.status = self.child.wait().ok();
    }
}

/// The maximum length of an answer in bytes.
const LONGEST_ANSWER: u64 = 1 << 30;

fn is_for_later(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.is_own() {
            return;
        }
        // A process that was asked to end, and has no other work, ends by itself.
        if self.input.is_none() {
            self.wait_for_end(Duration::from_millis(100));
        }
        self.kill();
    }
}
