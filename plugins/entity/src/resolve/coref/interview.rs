//! Interviews printed as questions and answers: the interviewee, and which paragraphs are questions. "You" in a question and "I" in an
//! answer refer to the interviewee.

use std::ops::Range;

use copydesk_core::layers::{EntityKind, PartOfSpeech as Pos};

use super::anaphor::{Anaphor, Family};
use crate::resolve::clusters::Clusters;
use crate::words::Reader;

/// The interviewee is named within this many tokens from the start.
const OPENING: usize = 160;

/// The maximum distance of a name from the word for the interview, in tokens.
const NEAR: usize = 12;

/// A text with fewer questions is not an interview.
const LEAST_QUESTIONS: usize = 3;

/// A longer paragraph is not a question, though it may end with one.
const LONGEST_QUESTION: usize = 90;

/// An interview with one person.
pub(super) struct Interview {
    /// The entity of the interviewee.
    interviewed: usize,
    /// The paragraphs that are questions, in text order.
    questions: Vec<usize>,
}

impl Interview {
    /// The interview, if the document is one.
    pub(super) fn of(reader: &Reader<'_>, clusters: &Clusters) -> Option<Self> {
        let interviewed = interviewed(reader, clusters)?;
        let sentences = reader.doc.sentences();
        let mut questions = Vec::new();
        for (place, sentence) in sentences.iter().enumerate() {
            let paragraph = sentence.paragraph();
            let last = sentences.get(place + 1).is_none_or(|next| next.paragraph() != paragraph);
            if !last || reader.text(sentence.tokens().end - 1) != "?" {
                continue;
            }
            let first = sentences[..place].partition_point(|other| other.paragraph() < paragraph);
            if sentence.tokens().end - sentences[first].tokens().start <= LONGEST_QUESTION {
                questions.push(paragraph);
            }
        }
        (questions.len() >= LEAST_QUESTIONS).then_some(Self { interviewed, questions })
    }

    /// The referent of a word of the first or second person outside of quotation marks.
    pub(super) fn means(&self, reader: &Reader<'_>, anaphor: &Anaphor) -> Option<usize> {
        let paragraph = reader.doc.sentences().get(anaphor.sentence)?.paragraph();
        let asked = self.questions.binary_search(&paragraph).is_ok();
        let answered = !asked && self.questions.first().is_some_and(|first| *first < paragraph);
        match anaphor.family {
            Family::Second => asked,
            Family::First => answered,
            _ => false,
        }
        .then_some(self.interviewed)
    }
}

/// The only interviewee: "an interview with Ann Berg", "The Post spoke to Ann Berg", "Ann Berg tells".
fn interviewed(reader: &Reader<'_>, clusters: &Clusters) -> Option<usize> {
    let mut found = None;
    for (place, &(first, end, cluster)) in clusters.order.iter().enumerate() {
        if first > OPENING {
            break;
        }
        if clusters.all[cluster].kind != EntityKind::Person || !is_interviewed(reader, first..end) {
            continue;
        }
        // "An interview with Ann Berg and Olaf Lind" has two.
        let joined = matches!(reader.text(end), "and" | "&")
            && clusters
                .order
                .get(place + 1)
                .is_some_and(|next| next.0 <= end + 3 && clusters.all[next.2].kind == EntityKind::Person);
        if joined || found.is_some_and(|other| other != cluster) {
            return None;
        }
        found = Some(cluster);
    }
    found
}

/// Whether words before or after a name say that this is an interview with that person.
fn is_interviewed(reader: &Reader<'_>, name: Range<usize>) -> bool {
    let sentence = reader.token(name.start).sentence();
    let with = |at: usize| (at + 1..at + 4).any(|at| matches!(reader.text(at), "with" | "to"));
    for at in (name.start.saturating_sub(NEAR)..name.start).rev() {
        let text = reader.text(at);
        if reader.token(at).sentence() != sentence || matches!(text, "about" | "on" | "by" | "whether") {
            return false;
        }
        let interviewed = match text {
            "interviews" | "interviewed" | "Interviewed" => true,
            "Interview" | "interview" | "Interviewing" => true,
            "spoke" | "speaks" | "talked" | "talks" | "sat" => with(at),
            _ => false,
        };
        if interviewed {
            return true;
        }
        if reader.tag(at).is_some_and(Pos::is_finite) {
            return false;
        }
    }
    // "Ann Berg, the mayor, interviewed by the Post"
    (name.end..name.end + NEAR)
        .take_while(|&at| reader.doc.tokens().get(at).is_some_and(|token| token.sentence() == sentence))
        .any(|at| reader.text(at) == "interviewed" && reader.text(at + 1) == "by")
}
