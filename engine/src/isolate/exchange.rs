//! Sends a group of documents through the process of a stage.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::Allowance;
use super::frame::{Kind, put};
use super::process::{Broken, Process};

/// Documents for a stage, by index.
pub(crate) trait Batch {
    /// The number of documents.
    fn len(&self) -> usize;
    /// The length of a document's text in bytes.
    fn bytes(&self, place: usize) -> usize;
    /// Called before a document is sent.
    fn begin(&mut self, place: usize);
    /// Appends a document in packed form.
    fn pack(&self, place: usize, out: &mut Vec<u8>);
    /// Receives the packed annotations of a document, or why there are none.
    fn answered(&mut self, place: usize, outcome: Result<&[u8], Lost>);
}

/// Why a document has no annotations.
#[derive(Debug)]
pub(crate) struct Lost {
    /// stage, panic, crash or time.
    pub(crate) class: &'static str,
    pub(crate) reason: String,
}

/// The number of bytes packed ahead of writing, so that memory is bounded and the process need not wait.
const AHEAD: usize = 1 << 18;

/// Sends these documents, and receives the answers, one by one if they are `Single`. `done` counts the answers.
pub(super) fn exchange(
    process: &mut Process,
    batch: &mut dyn Batch,
    places: Range<usize>,
    kind: Kind,
    allowance: &Allowance,
    done: &mut usize,
) -> Result<(), Broken> {
    let (mut requests, mut sent) = (Vec::new(), 0);
    let mut packed = places.start;
    let first = process.number;
    let mut since = Instant::now();
    let nonsense = |reason: &str| Broken::Ended(reason.to_owned());
    if !places.is_empty() {
        batch.begin(places.start);
    }
    while *done < places.len() {
        if sent == requests.len() {
            requests.clear();
            sent = 0;
        }
        while packed < places.end && requests.len() - sent < AHEAD {
            process.number = process.number.wrapping_add(1);
            put(&mut requests, kind, process.number, |out| batch.pack(packed, out));
            packed += 1;
        }
        let place = places.start + *done;
        let patience = allowance.patience_for(batch.bytes(place));
        process.step(&requests, &mut sent, patience.saturating_sub(since.elapsed())).map_err(|broken| {
            match broken {
                Broken::Slow(_) => Broken::Slow(patience),
                ended => ended,
            }
        })?;
        let mut answered = false;
        while let Some((header, body)) = process.take().map_err(nonsense)? {
            let place = places.start + *done;
            if place >= packed || header.number != first.wrapping_add(*done as u32 + 1) {
                return Err(nonsense("its process sent an answer with a wrong number"));
            }
            let lost = |class| Lost { class, reason: String::from_utf8_lossy(body).into_owned() };
            let outcome = match header.kind {
                Kind::Annotations => Ok(body),
                Kind::Failed => Err(lost("stage")),
                Kind::Panicked => Err(lost("panic")),
                _ => return Err(nonsense("its process sent an unknown kind of answer")),
            };
            batch.answered(place, outcome);
            *done += 1;
            answered = true;
            if *done < places.len() {
                batch.begin(places.start + *done);
            }
        }
        if answered {
            since = Instant::now();
        }
    }
    Ok(())
}

impl Broken {
    /// The error of a document that is lost.
    pub(super) fn lost(self) -> Lost {
        let seconds = |patience: Duration| patience.as_secs_f64();
        match self {
            Self::Ended(reason) => Lost { class: "crash", reason },
            Self::Slow(patience) => Lost {
                class: "time",
                reason: format!(
                    "not done after {} s, the limit that `seconds` sets; its process was killed",
                    seconds(patience)
                ),
            },
        }
    }
}
