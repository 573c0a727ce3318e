//! The words of a document that carry valence, including negation, intensity and contrast.

use copydesk_core::segment::token_flag;
use copydesk_core::{DocumentView, Span, TokenKind, hash_lowered};

use crate::found::{Found, between};
use crate::lexicon::role;
use crate::reading::{Noted, Reading};
use crate::vocabulary::Vocabulary;

/// A word that carries valence in its context.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// Its token.
    pub(crate) token: usize,
    pub(crate) span: Span,
    /// About -4 to 4, including negation and intensity, without contrast.
    pub(crate) valence: f32,
    /// The number of its clause in the document.
    pub(crate) clause: u32,
    /// Hypothetical or in a question rather than asserted: "could become a disaster", "Is he a liar?".
    pub(crate) unreal: bool,
}

/// A clause boundary, and how strongly it separates.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    /// The first token of the next clause.
    pub(crate) token: usize,
    /// A contrast, a quotation mark or a sentence's end; else a comma or a subordinate clause.
    pub(crate) hard: bool,
    /// "but".
    pub(crate) contrast: bool,
}

/// Everything that scoring needs from a document, in text order.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    hits: Vec<Hit>,
    edges: Vec<Edge>,
    /// The tokens that are quotation marks.
    marks: Vec<usize>,
    /// The tokens that may express an attitude.
    attitudes: Vec<usize>,
    /// For each sentence, where its hits, edges, marks and attitudes begin.
    starts: Vec<[usize; 4]>,
}

/// How far back a negator or an intensifier reaches, in tokens.
const REACH: usize = 4;
/// How far a modal or conditional word ("could", "if") reaches.
const MODAL_REACH: usize = 10;
/// The factor that a negator applies to a valence.
const NEGATED: f32 = -0.5;
/// The factor that a shifter ("prevented") applies to a negative valence.
const SHIFTED: f32 = -0.3;
/// The factor that an intensifier adds.
const STRONGER: f32 = 0.293;

/// Marks between parts of a sentence.
const SOFT: [u64; 4] = [hash_lowered(","), hash_lowered("—"), hash_lowered("–"), hash_lowered("--")];
const HARD: [u64; 2] = [hash_lowered(";"), hash_lowered(":")];
const QUESTION: u64 = hash_lowered("?");

/// Whether a mark other than a quotation mark matters to [`Hits::read`].
pub(crate) fn is_mark(hash: u64) -> bool {
    SOFT.contains(&hash) || HARD.contains(&hash) || hash == QUESTION
}

impl Hits {
    /// Reads a document.
    pub(crate) fn read(doc: &DocumentView<'_>, reading: &Reading, words: &Vocabulary) -> Self {
        let mut found = Self::default();
        let mut noted = reading.noted.iter().peekable();
        let mut mentions = doc.mentions().map(|mention| mention.span).peekable();
        for (sentence, mostly_capitals) in doc.sentences().iter().zip(&reading.titles) {
            let tokens = sentence.tokens();
            found.begin(tokens.start);
            found.edges.push(Edge { token: tokens.start, hard: true, contrast: false });
            let first_hit = found.hits.len();
            let mut thought_of = tokens.start;
            while let Some(Noted { token: at, attitude }) =
                noted.next_if(|noted| (noted.token as usize) < tokens.end)
            {
                let at = *at as usize;
                let (Some(token), Some(row)) = (doc.tokens().get(at), reading.rows.get(at)) else { break };
                if token.kind() != TokenKind::Word {
                    if found.mark(at, token.hash(), token.has(token_flag::QUOTE_MARK)) {
                        thought_of = tokens.start;
                    } else if token.hash() == QUESTION {
                        found.ask(first_hit);
                    }
                    continue;
                }
                if *attitude {
                    found.attitudes.push(at);
                }
                let word = words.word(*row);
                if word.roles == 0 {
                    continue;
                }
                if word.is(role::MODAL) && (!token.is_capitalized() || at == tokens.start) {
                    thought_of = at + MODAL_REACH;
                }
                if word.is(role::CONTRAST) {
                    thought_of = tokens.start;
                    found.edges.push(Edge { token: at, hard: true, contrast: true });
                } else if word.is(role::BOUNDARY) {
                    found.edges.push(Edge { token: at, hard: false, contrast: false });
                }
                if !word.is(role::VALENCE) {
                    continue;
                }
                while mentions.peek().is_some_and(|mention| mention.end() <= token.span().start()) {
                    mentions.next();
                }
                let named = mentions
                    .peek()
                    .is_some_and(|mention| mention.start() <= token.span().start() && !mention.is_empty())
                    || token.is_capitalized() && at > tokens.start && !*mostly_capitals && in_name(doc, at);
                if named {
                    continue;
                }
                // A term of several words has its row at the last word; modifiers stand before the first.
                let first = at.saturating_sub(usize::from(word.before)).max(tokens.start);
                let valence = modified(doc, reading, words, tokens.start, first, word.valence);
                let clause = found.edges.len() as u32;
                found.hits.push(Hit {
                    token: at,
                    span: doc.token_span(first, at + 1),
                    valence,
                    clause,
                    unreal: at < thought_of,
                });
            }
        }
        found
    }

    /// Marks everything since the last hard boundary as a question.
    fn ask(&mut self, first_hit: usize) {
        let since =
            self.edges.iter().rev().find(|edge| edge.hard && !edge.contrast).map_or(0, |edge| edge.token);
        let asked = self.hits.get_mut(first_hit..).unwrap_or_default();
        asked.iter_mut().rev().take_while(|hit| hit.token >= since).for_each(|hit| hit.unreal = true);
    }

    /// Records a boundary at a punctuation mark; returns whether it is a hard one.
    fn mark(&mut self, at: usize, hash: u64, quote: bool) -> bool {
        if quote {
            self.marks.push(at);
        }
        let hard = quote || HARD.contains(&hash);
        if hard || SOFT.contains(&hash) {
            self.edges.push(Edge { token: at + 1, hard, contrast: false });
        }
        hard
    }

    /// Records where what is found in a sentence begins.
    fn begin(&mut self, first: usize) {
        // A mark at the end of the sentence before is an edge of this one.
        let before = self.edges.iter().rev().take_while(|edge| edge.token >= first).count();
        let edges = self.edges.len() - before;
        self.starts.push([self.hits.len(), edges, self.marks.len(), self.attitudes.len()]);
    }

    /// What was found in the sentence with this index.
    pub(crate) fn of(&self, sentence: usize) -> Found<'_> {
        let all = [self.hits.len(), self.edges.len(), self.marks.len(), self.attitudes.len()];
        let [from, to] = [sentence, sentence + 1].map(|at| self.starts.get(at).copied().unwrap_or(all));
        Found {
            hits: &self.hits[from[0]..to[0]],
            edges: &self.edges[from[1]..to[1]],
            edges_before: from[1],
            marks: &self.marks[from[2]..to[2]],
            attitudes: &self.attitudes[from[3]..to[3]],
        }
    }

    /// What was found in a range of tokens.
    pub(crate) fn of_sentence(&self, tokens: std::ops::Range<usize>) -> Found<'_> {
        Found {
            hits: between(&self.hits, |hit| hit.token, tokens.clone()),
            edges: between(&self.edges, |edge| edge.token, tokens.clone()),
            edges_before: self.edges.partition_point(|edge| edge.token < tokens.start),
            marks: between(&self.marks, |mark| *mark, tokens.clone()),
            attitudes: between(&self.attitudes, |at| *at, tokens),
        }
    }
}

/// The valence of a word after its modifiers.
fn modified(
    doc: &DocumentView<'_>,
    reading: &Reading,
    words: &Vocabulary,
    start: usize,
    at: usize,
    valence: f32,
) -> f32 {
    let (mut strength, mut negated, mut shifted) = (0.0, false, false);
    let mut fading = 1.0;
    for before in (at.saturating_sub(REACH).max(start)..at).rev() {
        let (Some(token), Some(row)) = (doc.tokens().get(before), reading.rows.get(before)) else { break };
        if token.kind() != TokenKind::Word {
            // No modifier reaches across the end of a clause; a hyphen does not end one.
            if token.kind() == TokenKind::Punctuation && token.hash() != hash_lowered("-") {
                break;
            }
            continue;
        }
        let word = words.word(*row);
        if word.is(role::CONTRAST | role::BOUNDARY) {
            break;
        }
        if word.is(role::NEGATOR) {
            negated = !negated;
        } else if word.is(role::SHIFTER) {
            shifted = true;
        } else if word.is(role::INTENSIFIER) {
            strength += STRONGER * fading;
        } else if word.is(role::DAMPENER) {
            strength -= STRONGER * fading;
        }
        fading *= 0.9;
    }
    let mut valence = valence + strength * valence.signum();
    if negated {
        valence *= NEGATED;
    } else if shifted && valence < 0.0 {
        valence *= SHIFTED;
    }
    valence
}

/// Whether a capitalised word is next to another one, as in a name: "Justice Department", "Best Buy".
fn in_name(doc: &DocumentView<'_>, at: usize) -> bool {
    let capitalized = |at: usize| doc.tokens().get(at).is_some_and(|token| token.is_capitalized());
    capitalized(at + 1) || at.checked_sub(1).is_some_and(capitalized)
}
