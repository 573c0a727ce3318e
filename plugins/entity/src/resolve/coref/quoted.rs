//! Quoted passages and the speaker next to them. A speaker is not "she" in her own
//! words; the quotes themselves are found by a later stage.

use std::ops::Range;

use copydesk_core::layers::EntityKind;
use copydesk_core::segment::token_flag as flag;

use crate::recognize::gender;
use crate::resolve::clusters::Clusters;
use crate::tables::{cue, thing};
use crate::words::Reader;

/// A quoted passage.
#[derive(Clone, Debug)]
pub(crate) struct Quoted {
    /// Its tokens, including the marks.
    pub(crate) tokens: Range<usize>,
    /// The speaker's entity.
    pub(crate) speaker: Option<usize>,
    /// The entity that it is about: "…," Berg said of Leal.
    pub(crate) about: Option<usize>,
}

/// Longer passages are not quotes, or their marks are unbalanced.
const LONGEST: usize = 400;

/// The maximum number of tokens between speaker and verb, and between verb and marks.
const NEAR: usize = 8;

/// The maximum number of tokens between two parts of a quote.
const BETWEEN: usize = 14;

impl Quoted {
    /// The passage that opens at a token, if any. `before` is the one before it.
    pub(crate) fn opening(
        reader: &Reader<'_>,
        clusters: &Clusters,
        at: usize,
        before: Option<&Quoted>,
    ) -> Option<Self> {
        let tokens = reader.doc.tokens();
        let (close, closed) = closing(reader, at)?;
        let mut quoted = Self { tokens: at..close, speaker: None, about: None };
        if !closed {
            // A quote that continues in the next paragraph.
            return Some(quoted);
        }
        (quoted.speaker, quoted.about) = speaker_after(reader, clusters, close);
        if quoted.speaker.is_none() {
            quoted.speaker = speaker_before(reader, clusters, at);
        }
        let goes_on = |before: &&Quoted| {
            at - before.tokens.end <= BETWEEN
                && tokens[at].sentence() <= tokens[before.tokens.end - 1].sentence() + 1
        };
        if quoted.speaker.is_none() {
            quoted.speaker = before.filter(goes_on).and_then(|before| before.speaker);
        }
        Some(quoted)
    }

    /// The verb before the opening mark: "She said: "…"", "Berg told reporters, "…"".
    pub(crate) fn verb_before(&self, reader: &Reader<'_>) -> Option<usize> {
        let mark = self.tokens.start.checked_sub(1).filter(|&at| matches!(reader.text(at), "," | ":"))?;
        (mark.saturating_sub(NEAR)..mark).rev().find(|&at| says(reader, at))
    }

    /// The pronoun next to the marks that is the speaker: "…," she said, "…," said he, She said: "…".
    pub(crate) fn speaking_pronoun(&self, reader: &Reader<'_>) -> Option<usize> {
        let pronoun =
            |at: usize| reader.doc.tokens().get(at).is_some_and(|token| gender::is_subject(token.hash()));
        let close = self.tokens.end;
        let close = close + usize::from(reader.text(close) == ",");
        if pronoun(close) && says(reader, close + 1) {
            return Some(close);
        }
        if says(reader, close) && pronoun(close + 1) {
            return Some(close + 1);
        }
        let verb = self.verb_before(reader)?;
        verb.checked_sub(1).filter(|&at| pronoun(at))
    }
}

/// The end of the passage whose mark is at a token, and whether another mark closes it there.
fn closing(reader: &Reader<'_>, at: usize) -> Option<(usize, bool)> {
    let tokens = reader.doc.tokens();
    let glued = |at: usize| tokens.get(at).is_some_and(|token| token.has(flag::GLUED));
    let mark = reader.text(at);
    let opens = match mark {
        "“" | "«" | "„" | "‘" | "``" => true,
        // With a space before and none after.
        "\"" => !glued(at) && glued(at + 1),
        _ => false,
    };
    if !opens {
        return None;
    }
    let paragraph = |at: usize| Some(reader.doc.sentences().get(tokens.get(at)?.sentence())?.paragraph());
    let own = paragraph(at);
    let ended = |at: usize| matches!(reader.text(at), "," | "." | "!" | "?" | "…" | "...");
    for (end, token) in tokens.iter().enumerate().skip(at + 1).take(LONGEST) {
        if token.has(flag::LINE_START) && paragraph(end) != own {
            // "‘em"
            return (mark != "‘").then_some((end, false));
        }
        if !token.has(flag::QUOTE_MARK) {
            continue;
        }
        match (mark, reader.text(end)) {
            ("“" | "„", "”") | ("«", "»") | ("``", "''") | ("„", "“") => {
                return Some((end + 1, true));
            }
            ("\"", "\"") if glued(end) => return Some((end + 1, true)),
            // Elsewhere it is an apostrophe.
            ("‘", "’") if ended(end - 1) => return Some((end + 1, true)),
            // The mark before was not closed.
            ("“", "“") | ("‘", "‘") => return Some((end, false)),
            _ => {}
        }
    }
    None
}

fn says(reader: &Reader<'_>, at: usize) -> bool {
    reader.has(at, cue::SPEECH) || reader.has_flag(at, thing::SAY)
}

/// The name that begins at a token or after small words and titles: (end, entity).
fn name_from(reader: &Reader<'_>, clusters: &Clusters, from: usize) -> Option<(usize, usize)> {
    let next = clusters.order.partition_point(|(first, ..)| *first < from);
    let (first, end, cluster) = *clusters.order.get(next)?;
    let between = from..first;
    let open =
        between.len() <= NEAR && between.clone().all(|at| reader.token(at).is_word() && !says(reader, at));
    open.then_some((end, cluster))
}

/// The speaker after the closing mark and the entity that it is about: "said the baker Ann Berg of Leal", "Berg said of Leal".
fn speaker_after(reader: &Reader<'_>, clusters: &Clusters, from: usize) -> (Option<usize>, Option<usize>) {
    let from = from + usize::from(reader.text(from) == ",");
    let of = |at: usize| {
        let about = (reader.text(at) == "of").then(|| name_from(reader, clusters, at + 1)).flatten();
        // "Said Ann Berg of the union": an affiliation.
        about.map(|(_, about)| about).filter(|about| clusters.all[*about].kind == EntityKind::Person)
    };
    if says(reader, from) {
        let Some((end, speaker)) = name_from(reader, clusters, from + 1) else { return (None, None) };
        return (Some(speaker), of(end));
    }
    let Some((mut end, speaker)) = name_from(reader, clusters, from) else {
        // "She said of Berg"
        let pronoun = says(reader, from + 1);
        return (None, of(from + 2).filter(|_| pronoun));
    };
    // "Ann Berg, a baker from Oslo, said"
    if reader.text(end) == "," {
        end = (end + 1..end + 2 * NEAR).find(|&at| reader.text(at) == ",").map_or(end, |comma| comma + 1);
    }
    if says(reader, end) { (Some(speaker), of(end + 1)) } else { (None, of(end + 1)) }
}

/// The speaker before the opening mark: "Berg said:", "Berg told reporters,".
fn speaker_before(reader: &Reader<'_>, clusters: &Clusters, open: usize) -> Option<usize> {
    let quoted = Quoted { tokens: open..open, speaker: None, about: None };
    let verb = quoted.verb_before(reader)?;
    let place = clusters.order.partition_point(|(first, ..)| *first < verb).checked_sub(1)?;
    let (_, end, cluster) = clusters.order[place];
    (end == verb).then_some(cluster)
}
