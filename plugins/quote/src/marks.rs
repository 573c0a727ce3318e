//! Finds stretches between quotation marks. An unbalanced mark affects its own quote only.

use std::ops::Range;

use copydesk_core::segment::token_flag as flag;
use copydesk_core::{DocumentView, Token};

/// A stretch between quotation marks, marks included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// Its tokens, from the opening mark through the closing one.
    pub(crate) tokens: Range<usize>,
    /// It has a closing mark; without one it continues in the next paragraph, which opens with a mark again.
    pub(crate) closed: bool,
    /// Stretches in other marks inside it.
    pub(crate) inner: Vec<Range<usize>>,
}

impl Marked {
    /// The tokens between the marks.
    pub(crate) fn content(&self) -> Range<usize> {
        let end = self.tokens.end - usize::from(self.closed);
        self.tokens.start + 1..end.max(self.tokens.start + 1)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Guillemet,
}

/// The stretches in marks of all paragraphs, in text order; they do not overlap.
pub(crate) fn find(doc: &DocumentView<'_>, into: &mut Vec<Marked>) {
    into.clear();
    let paragraphs = doc.paragraphs();
    let mut end = 0;
    for (place, paragraph) in paragraphs.iter().enumerate() {
        let own = tokens_of(doc, paragraph.sentences());
        let next = paragraphs.get(place + 1).map(|next| tokens_of(doc, next.sentences()).start);
        let reopens = next.is_some_and(|next| {
            mark(doc, next).is_some_and(|(family, _)| family != Family::Single)
                && role(doc, next) != Role::Close
        });
        Paragraph { doc, own: own.clone(), reopens }.find(into);
        end = end.max(own.end);
    }
}

fn tokens_of(doc: &DocumentView<'_>, sentences: Range<usize>) -> Range<usize> {
    let all = doc.sentences();
    match (all.get(sentences.start), sentences.end.checked_sub(1).and_then(|last| all.get(last))) {
        (Some(first), Some(last)) => first.tokens().start..last.tokens().end,
        _ => 0..0,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    Open,
    Close,
    Either,
}

/// The family of a quotation mark.
fn mark<'d>(doc: &DocumentView<'d>, at: usize) -> Option<(Family, &'d Token)> {
    let token = doc.tokens().get(at)?;
    if !token.has(flag::QUOTE_MARK) {
        return None;
    }
    let family = match doc.slice(token.span()) {
        "'" | "\u{2019}" | "\u{2018}" | "\u{201a}" | "\u{201b}" | "`" => Family::Single,
        "«" | "»" | "‹" | "›" | "「" | "」" | "『" | "』" => Family::Guillemet,
        _ => Family::Double,
    };
    Some((family, token))
}

/// The function of a mark, by its form or by the spaces around it.
fn role(doc: &DocumentView<'_>, at: usize) -> Role {
    let tokens = doc.tokens();
    let Some(token) = tokens.get(at) else { return Role::Either };
    // »This way round« as well as «that».
    let by_form = !matches!(doc.slice(token.span()), "«" | "»" | "‹" | "›");
    if by_form && token.has(flag::OPENING) {
        return Role::Open;
    }
    if by_form && token.has(flag::CLOSING) {
        return Role::Close;
    }
    let touches_next = tokens.get(at + 1).is_some_and(|next| next.has(flag::GLUED));
    let last = at.checked_sub(1).and_then(|before| tokens.get(before));
    let touches_last = token.has(flag::GLUED);
    match (touches_last, touches_next) {
        (false, true) => Role::Open,
        (true, false) => Role::Close,
        (false, false) => Role::Either,
        (true, true) => {
            let before = last.map_or("", |token| doc.slice(token.span()));
            let after = tokens.get(at + 1).map_or("", |token| doc.slice(token.span()));
            if matches!(before, "(" | "[" | "—" | "–" | "-" | "--" | "/" | "\"" | "'" | "“" | "‘") {
                Role::Open
            } else if after
                .starts_with(|c: char| c.is_ascii_punctuation() || matches!(c, '—' | '–' | '”' | '’'))
            {
                Role::Close
            } else {
                Role::Either
            }
        }
    }
}

struct Paragraph<'d> {
    doc: &'d DocumentView<'d>,
    own: Range<usize>,
    /// The next paragraph begins with an opening mark.
    reopens: bool,
}

impl Paragraph<'_> {
    fn find(&self, into: &mut Vec<Marked>) {
        // The open mark, and the marks that were opened and closed inside it.
        let mut open: Option<(usize, Family)> = None;
        let mut inner: Vec<Range<usize>> = Vec::new();
        let mut inner_open: Option<usize> = None;
        let tokens = self.doc.tokens()[self.own.clone()].iter().zip(self.own.clone());
        for at in tokens.filter(|(token, _)| token.has(flag::QUOTE_MARK)).map(|(_, at)| at) {
            let Some((family, _)) = mark(self.doc, at) else { continue };
            let role = match open {
                Some((first, _)) if self.low(first) && self.closes_low(at) => Role::Close,
                _ => role(self.doc, at),
            };
            match open {
                None => {
                    let opens = role != Role::Close && (family != Family::Single || self.single_opens(at));
                    if opens {
                        open = Some((at, family));
                    }
                }
                Some((first, held)) if held == family => match role {
                    // A second opening mark: if two close later it is nested, else the first one was never closed.
                    Role::Open if family == Family::Double && self.closes_after(at, family) >= 2 => {
                        inner_open = Some(at);
                    }
                    Role::Open if family != Family::Single => {
                        (open, inner_open) = (Some((at, family)), None);
                        inner.clear();
                    }
                    _ if family == Family::Single && !self.single_closes(at) => {}
                    _ => match inner_open
                        .take_if(|&mut start| mark(self.doc, start).is_some_and(|m| m.0 == family))
                    {
                        Some(start) => inner.push(start..at + 1),
                        None => {
                            let inner = std::mem::take(&mut inner);
                            into.push(Marked { tokens: first..at + 1, closed: true, inner });
                            (open, inner_open) = (None, None);
                        }
                    },
                },
                // Marks of another family inside.
                Some(_) => match inner_open {
                    Some(start)
                        if role != Role::Open && (family != Family::Single || self.single_closes(at)) =>
                    {
                        inner.push(start..at + 1);
                        inner_open = None;
                    }
                    None if role != Role::Close && (family != Family::Single || self.single_opens(at)) => {
                        inner_open = Some(at);
                    }
                    _ => {}
                },
            }
        }
        // A mark that is never closed runs to the paragraph's end if the next paragraph opens with a mark, or if the paragraph already
        // contains a quote: "“No one was told,” said Berg. “We heard it on the radio." Elsewhere it is a typing error.
        let quoted_before = || {
            let last = into.last().filter(|last| last.closed && last.tokens.start >= self.own.start);
            let opens = |first: usize| role(self.doc, first) == Role::Open;
            last.is_some() && open.is_some_and(|(first, _)| opens(first))
        };
        if let Some((first, family)) = open
            && (self.reopens || quoted_before())
            && family != Family::Single
            && first + 1 < self.own.end
        {
            into.push(Marked { tokens: first..self.own.end, closed: false, inner });
        }
    }

    /// „This“ and ‚this‘ close with marks that open elsewhere.
    fn low(&self, at: usize) -> bool {
        self.doc.tokens().get(at).is_some_and(|token| matches!(self.doc.slice(token.span()), "„" | "‚"))
    }

    fn closes_low(&self, at: usize) -> bool {
        self.doc
            .tokens()
            .get(at)
            .is_some_and(|token| matches!(self.doc.slice(token.span()), "“" | "‘") && token.has(flag::GLUED))
    }

    /// The number of marks that close between `at` and the next one that opens.
    fn closes_after(&self, at: usize, family: Family) -> usize {
        let later =
            (at + 1..self.own.end).filter(|&later| mark(self.doc, later).is_some_and(|m| m.0 == family));
        later.take_while(|&later| role(self.doc, later) == Role::Close).take(2).count()
    }

    /// A single mark that opens: before a word, not an apostrophe, and closed later in the paragraph.
    fn single_opens(&self, at: usize) -> bool {
        role(self.doc, at) == Role::Open
            && self
                .doc
                .tokens()
                .get(at + 1)
                .is_some_and(|next| next.has(flag::GLUED) && !next.has(flag::DIGIT))
            && (at + 2..self.own.end.min(at + 400)).any(|later| {
                mark(self.doc, later).is_some_and(|m| m.0 == Family::Single) && self.single_closes(later)
            })
    }

    /// A single mark that closes: after punctuation, or after a word that does not end like the genitive of a plural.
    fn single_closes(&self, at: usize) -> bool {
        let tokens = self.doc.tokens();
        let Some(last) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return false };
        let word = self.doc.slice(last.span());
        let plural = last.is_word() && word.ends_with(['s', 'S']);
        let next_is_word = tokens.get(at + 1).is_some_and(|next| next.is_word() && at + 1 < self.own.end);
        role(self.doc, at) == Role::Close && !(plural && next_is_word)
    }
}
