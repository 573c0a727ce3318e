//! Starts processes from one thread that lives as long as this process.
//!
//! Linux ends a process with its parent-death signal when the *thread* that started it ends, and the threads of workers end with each run.

use std::io;
use std::process::{Child, Command};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};

type Request = (Command, Sender<io::Result<Child>>);

/// The thread, and the id of its process: a forked copy of the process does not have the thread.
static SPAWNER: Mutex<Option<(u32, Sender<Request>)>> = Mutex::new(None);

/// Starts a process.
pub(crate) fn spawn(command: Command) -> io::Result<Child> {
    let (reply, answer) = channel();
    let mut spawner = SPAWNER.lock().unwrap_or_else(PoisonError::into_inner);
    let own = std::process::id();
    let known = spawner.as_ref().filter(|(process, _)| *process == own).map(|(_, requests)| requests.clone());
    let requests = match known {
        Some(requests) => requests,
        None => {
            let (requests, waiting) = channel::<Request>();
            std::thread::Builder::new().name("spawner".to_owned()).spawn(move || {
                for (mut command, reply) in waiting {
                    // The requester may be gone; the process then ends when its input is closed.
                    let _ = reply.send(command.spawn());
                }
            })?;
            *spawner = Some((own, requests.clone()));
            requests
        }
    };
    drop(spawner);
    let gone = || io::Error::other("the thread that starts processes has ended");
    requests.send((command, reply)).map_err(|_| gone())?;
    answer.recv().map_err(|_| gone())?
}
