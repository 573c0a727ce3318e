//! Starts processes from one thread that lives as long as this process.
//!
//! Linux ends a process that asked for it with the *thread* that started it, and threads of workers end with each run.

use std::io;
use std::process::{Child, Command};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};

type Request = (Command, Sender<io::Result<Child>>);

/// The thread, and the process that it is in: a copy that `fork` made of that has none.
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
                    // Whoever asked may have gone; the process is then ended by its closed input.
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
