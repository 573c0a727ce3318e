//! A running program.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child as Process, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};

use super::Program;
use crate::isolate;
use crate::printed::Printed;

/// Why a program did not answer.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// It could not be started.
    #[error("`{command}` cannot be started: {source}")]
    Start {
        /// The program.
        command: String,
        /// The system's reason.
        source: io::Error,
    },
    /// It has ended.
    #[error("`{command}` ended ({status}){last_line}")]
    Ended {
        /// The program.
        command: String,
        /// The exit status.
        status: String,
        /// Its last lines on standard error.
        last_line: String,
    },
    /// It did not answer in time.
    #[error("`{command}` gave no answer for {seconds} s and was killed{last_line}")]
    Slow {
        /// The program.
        command: String,
        /// The time limit.
        seconds: f64,
        /// Its last lines on standard error.
        last_line: String,
    },
    /// An answer exceeds the maximum length.
    #[error("`{command}` answered with more than {} MB", LONGEST >> 20)]
    Long {
        /// The program.
        command: String,
    },
}

/// The maximum length of an answer in bytes.
const LONGEST: u64 = 256 << 20;

/// A program that serves documents. Threads read and write its pipes, so that neither a full pipe nor a silent program blocks
/// the run.
pub(super) struct Child {
    command: String,
    process: Process,
    requests: Option<Sender<Vec<u8>>>,
    answers: Receiver<io::Result<Vec<u8>>>,
    recent: Arc<Mutex<VecDeque<String>>>,
}

impl Child {
    /// Starts it.
    pub(super) fn start(program: &Program) -> Result<Self, ChildError> {
        let command = program.command.join(" ");
        let failed = |source| ChildError::Start { command: command.clone(), source };
        let Some((name, arguments)) = program.command.split_first() else {
            return Err(failed(io::ErrorKind::InvalidInput.into()));
        };
        let mut start = match &program.isolated {
            Some(allowance) => {
                isolate::confined(&program.command, allowance, program.readable()).map_err(failed)?
            }
            None => {
                let mut start = Command::new(name);
                start.args(arguments);
                start
            }
        };
        start.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Python's answers are UTF-8 whatever the locale.
        start.env("PYTHONIOENCODING", "utf-8").env("PYTHONUTF8", "1");
        if !program.folder.as_os_str().is_empty() {
            start.current_dir(&program.folder);
        }
        #[cfg(unix)]
        {
            // In its own process group: Ctrl-C is handled by copydesk, which ends its programs when the last document is done.
            use std::os::unix::process::CommandExt;
            start.process_group(0);
        }
        // A confined program ends with the thread that started it.
        let started = if program.isolated.is_some() { isolate::spawn(start) } else { start.spawn() };
        let mut process = started.map_err(failed)?;
        let pipes = (process.stdin.take(), process.stdout.take(), process.stderr.take());
        let (Some(mut input), Some(output), Some(errors)) = pipes else {
            return Err(failed(io::ErrorKind::BrokenPipe.into()));
        };
        let (requests, to_write) = unbounded::<Vec<u8>>();
        std::thread::spawn(move || {
            for request in to_write {
                if input.write_all(&request).and_then(|()| input.flush()).is_err() {
                    break;
                }
            }
        });
        let (read, answers) = bounded(1);
        std::thread::spawn(move || read_answers(BufReader::new(output), &read));
        let recent = Arc::new(Mutex::new(VecDeque::new()));
        let keep = Arc::clone(&recent);
        let printed = Printed::by(program.called());
        std::thread::spawn(move || listen(BufReader::new(errors), &keep, printed));
        Ok(Self { command, process, requests: Some(requests), answers, recent })
    }

    /// Sends a line.
    pub(super) fn send(&self, line: Vec<u8>) {
        if let Some(requests) = &self.requests {
            // If the program has ended, waiting for its answer reports it.
            let _ = requests.send(line);
        }
    }

    /// Waits for a line.
    pub(super) fn receive(&mut self, patience: Duration) -> Result<Vec<u8>, ChildError> {
        match self.answers.recv_timeout(patience) {
            Ok(Ok(answer)) if answer.len() as u64 > LONGEST => {
                Err(ChildError::Long { command: self.command.clone() })
            }
            Ok(Ok(answer)) => Ok(answer),
            Err(RecvTimeoutError::Timeout) => {
                let (command, last_line) = (self.command.clone(), self.last_words());
                Err(ChildError::Slow { command, seconds: patience.as_secs_f64(), last_line })
            }
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                let status = self
                    .wait()
                    .map_or_else(|| "its output was closed".to_owned(), |status| status.to_string());
                Err(ChildError::Ended { command: self.command.clone(), status, last_line: self.last_words() })
            }
        }
    }

    /// Its last lines on standard error, which usually give the reason.
    fn last_words(&self) -> String {
        // The thread that reads them may lag slightly.
        std::thread::sleep(Duration::from_millis(20));
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.back().map_or_else(String::new, |line| format!(": {line}"))
    }

    /// Waits a short time for it to end.
    fn wait(&mut self) -> Option<ExitStatus> {
        const PATIENCE: Duration = Duration::from_millis(500);
        let until = Instant::now() + PATIENCE;
        loop {
            match self.process.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(5)),
                _ => return None,
            }
        }
    }
}

impl Drop for Child {
    /// Closes its input, which should end the program, and kills it if it does not.
    fn drop(&mut self) {
        self.requests = None;
        if self.wait().is_none() {
            // Killing fails if it has ended in between.
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
    }
}

fn read_answers(mut output: impl BufRead, to: &Sender<io::Result<Vec<u8>>>) {
    loop {
        let mut line = Vec::new();
        let read = output.by_ref().take(LONGEST + 1).read_until(b'\n', &mut line);
        let line = match read {
            Ok(0) => return,
            Ok(_) => Ok(line),
            Err(error) => Err(error),
        };
        let (failed, long) = (line.is_err(), line.as_ref().is_ok_and(|line| line.len() as u64 > LONGEST));
        if to.send(line).is_err() || failed || long {
            return;
        }
    }
}

/// Keeps the last lines of standard error, and hands all of them to a callback.
fn listen(mut errors: impl BufRead, into: &Mutex<VecDeque<String>>, mut printed: Printed) {
    const KEPT: usize = 20;
    const LONGEST_LINE: u64 = 4096;
    loop {
        let mut line = Vec::new();
        match errors.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return printed.end(),
            Ok(_) => {}
        }
        printed.take(&line);
        let line = String::from_utf8_lossy(&line).trim().to_owned();
        if !line.is_empty() {
            let mut recent = into.lock().unwrap_or_else(PoisonError::into_inner);
            if recent.len() == KEPT {
                recent.pop_front();
            }
            recent.push_back(line);
        }
    }
}
