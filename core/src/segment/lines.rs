//! Where paragraphs end: at a blank line always, at a single line break unless the text is hard-wrapped.

use crate::Span;

/// Lines of up to this many bytes may have been wrapped by an editor.
const MAX_WRAPPED_LENGTH: usize = 100;

struct Line {
    start: usize,
    end: usize,
}

/// The parts of `text` between paragraph breaks, including surrounding white space.
pub(crate) fn paragraph_spans(text: &str, into: &mut Vec<Span>) {
    into.clear();
    let wrapped = wrap_column(text);
    let mut start = 0;
    let mut previous: Option<Line> = None;
    for line in lines(text) {
        let words = text[line.start..line.end].trim();
        if words.is_empty() {
            push(into, start, line.start);
            start = line.end;
            previous = None;
            continue;
        }
        if let Some(previous) = &previous {
            let before = text[previous.start..previous.end].trim();
            if !wrapped.is_some_and(|column| continues_wrapped(before, column)) && !continues(before, words) {
                push(into, start, line.start);
                start = line.start;
            }
        }
        previous = Some(line);
    }
    push(into, start, text.len());
}

fn push(into: &mut Vec<Span>, start: usize, end: usize) {
    if start < end {
        into.push(Span::raw(start as u32, end as u32));
    }
}

/// Lines without their terminators. The line and paragraph separators of Unicode (U+2028, U+2029) do not end a line: they are
/// white space.
fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let start = at;
        let rest = &text.as_bytes()[start..];
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        at = start + len + if rest[len..].starts_with(b"\r\n") { 2 } else { 1 };
        Some(Line { start, end: start + len })
    })
}

/// Whether a sentence continues on the next line: no end mark before, a lower-case letter after.
fn continues(before: &str, after: &str) -> bool {
    !ends_sentence(before) && after.chars().next().is_some_and(char::is_lowercase)
}

/// In hard-wrapped text a paragraph continues after a line unless the line is clearly shorter than the wrap and ends a sentence.
fn continues_wrapped(before: &str, column: usize) -> bool {
    !(ends_sentence(before) && before.len() < column * 2 / 3)
}

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']);
    line.ends_with(['.', '?', '!', ':', '…'])
}

/// The length of the longest line, if an editor wrapped the lines: all are short, and many end inside a sentence.
fn wrap_column(text: &str) -> Option<usize> {
    let (mut breaks, mut inside, mut lower, mut longest) = (0u32, 0u32, 0u32, 0);
    let mut previous = "";
    for line in lines(text) {
        let words = text[line.start..line.end].trim();
        if words.len() > MAX_WRAPPED_LENGTH {
            return None;
        }
        longest = longest.max(words.len());
        if !words.is_empty() && !previous.is_empty() {
            breaks += 1;
            inside += u32::from(!ends_sentence(previous));
            lower += u32::from(words.chars().next().is_some_and(char::is_lowercase));
        }
        previous = words;
    }
    (breaks >= 3 && inside * 2 >= breaks && lower * 4 >= breaks).then_some(longest)
}
