//! Sentence boundaries.

use super::abbreviation::{Abbreviation, abbreviation, opens_sentence};
use super::types::{Case, Sentence, Token, TokenKind, token_flag as flag};
use crate::hash::hash_lowered;

/// The longest run of end marks and closing marks at the end of a sentence. The limit keeps the time linear: without it a long
/// run would be scanned again from each of its marks.
const MAX_MARKS: usize = 32;

/// Splits the tokens from `first` on, one paragraph, into sentences.
pub(crate) fn split(
    text: &str,
    tokens: &mut [Token],
    first: usize,
    paragraph: u32,
    into: &mut Vec<Sentence>,
) {
    let end = tokens.len();
    let mut start = first;
    let mut at = first;
    while at < end {
        let ends = if may_end(&tokens[at]) { boundary(text, tokens, at) } else { None };
        let Some(last) = ends.or_else(|| too_long(at + 1 - start).then_some(at)) else {
            at += 1;
            continue;
        };
        close(tokens, start, last + 1, paragraph, into);
        start = last + 1;
        at = start;
    }
    if start < end {
        close(tokens, start, end, paragraph, into);
    }
}

/// A "sentence" of this length is a table, a list or not prose. It is split, as the cost of some stages grows with the square of
/// the sentence length.
fn too_long(tokens: usize) -> bool {
    const MAX_TOKENS: usize = 1000;
    tokens >= MAX_TOKENS
}

fn close(tokens: &mut [Token], start: usize, end: usize, paragraph: u32, into: &mut Vec<Sentence>) {
    let sentence = into.len() as u32;
    for token in &mut tokens[start..end] {
        token.sentence = sentence;
    }
    tokens[start].flags |= flag::SENTENCE_START;
    into.push(Sentence {
        span: tokens[start].span.cover(tokens[end - 1].span),
        first_token: start as u32,
        end_token: end as u32,
        paragraph,
    });
}

/// Whether a sentence may end at a token: not at most of them.
const fn may_end(token: &Token) -> bool {
    token.has(flag::ABBREVIATION) || token.kind == TokenKind::Punctuation as u8
}

/// The last token of the sentence that ends at token `at` (including closing marks), or `None` if no sentence ends there.
fn boundary(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let token = &tokens[at];
    let abbreviated = token.has(flag::ABBREVIATION);
    if !abbreviated && !is_end_mark(text, token) {
        return None;
    }
    // A run of end marks and the closing marks after them.
    let mut last = at;
    let mut quoted = false;
    while let Some(next) = tokens.get(last + 1).filter(|_| last - at < MAX_MARKS) {
        let closes = next.has(flag::GLUED) && (is_closer(text, next) || is_end_mark(text, next));
        if !closes {
            break;
        }
        quoted |= next.has(flag::QUOTE_MARK);
        last += 1;
    }
    let Some(next) = tokens.get(last + 1) else { return Some(last) };
    // "www.x.com/a.b", "3.5", "end.Next": only the last of these is a boundary, and only before a capital. "In May.The firm": after a
    // capitalised word only before a word that often begins a sentence.
    if next.has(flag::GLUED) {
        // Scripts without spaces.
        if matches!(word(text, token), "。" | "！" | "？") {
            return Some(last);
        }
        let missing_space = !abbreviated && last == at && next.is_capitalized() && at > 0 && {
            let before = &tokens[at - 1];
            let ends = before.case() == Case::Lower || opens_sentence(word(text, next));
            before.is_word() && before.span().len() > 1 && ends
        };
        return missing_space.then_some(last);
    }
    let opener = opener_after(text, tokens, last + 1);
    if abbreviated && last == at {
        return ends_at_abbreviation(text, token, opener).then_some(last);
    }
    let strong = text.as_bytes()[token.span().start() as usize] != b'.';
    match opener.kind() {
        TokenKind::Word if opener.case() == Case::Lower => {
            // “Why?” he asked. A lower-case word continues the sentence, unless it contains a digit.
            let brand = opener.has(flag::DIGIT);
            brand.then_some(last)
        }
        TokenKind::Word if quoted && strong && speech_follows(tokens, last + 1) => None,
        TokenKind::Punctuation if is_dash(text, opener) => (strong && !quoted).then_some(last),
        TokenKind::Punctuation if is_comma(text, opener) => None,
        _ => Some(last),
    }
}

/// The first token after opening marks.
fn opener_after<'t>(text: &str, tokens: &'t [Token], mut at: usize) -> &'t Token {
    let furthest = (at + 3).min(tokens.len() - 1);
    while at < furthest && is_opener(text, &tokens[at]) {
        at += 1;
    }
    &tokens[at]
}

fn ends_at_abbreviation(text: &str, token: &Token, next: &Token) -> bool {
    let form = word(text, token);
    let stem = &form[..form.len() - 1];
    let capital = next.is_capitalized() || next.case() == Case::Mixed && next.is_word();
    let opens = next.is_word() && opens_sentence(word(text, next));
    if stem.len() == 1 {
        return false;
    }
    match abbreviation(stem) {
        Some(Abbreviation::Title | Abbreviation::BeforeNumber | Abbreviation::Inner) => false,
        // "Acme Inc. The firm …" ends, "Acme Inc. Chairman" does not.
        Some(Abbreviation::Closing) => capital && opens,
        // U.S., p.m.
        None => capital && opens,
    }
}

/// After “Really?”: whether a name and a verb of saying follow, which belong to the same sentence.
fn speech_follows(tokens: &[Token], from: usize) -> bool {
    const VERBS: [u64; 22] = [
        hash_lowered("said"),
        hash_lowered("says"),
        hash_lowered("asked"),
        hash_lowered("asks"),
        hash_lowered("added"),
        hash_lowered("told"),
        hash_lowered("wrote"),
        hash_lowered("tweeted"),
        hash_lowered("shouted"),
        hash_lowered("cried"),
        hash_lowered("replied"),
        hash_lowered("wondered"),
        hash_lowered("exclaimed"),
        hash_lowered("yelled"),
        hash_lowered("declared"),
        hash_lowered("joked"),
        hash_lowered("quipped"),
        hash_lowered("chanted"),
        hash_lowered("posted"),
        hash_lowered("demanded"),
        hash_lowered("recalled"),
        hash_lowered("continued"),
    ];
    for (distance, token) in tokens[from..].iter().take(5).enumerate() {
        if !token.is_word() && !token.has(flag::ABBREVIATION) {
            return false;
        }
        if distance > 0 && token.case() == Case::Lower {
            return VERBS.contains(&token.hash());
        }
        if distance == 0 && !token.is_capitalized() {
            return false;
        }
    }
    false
}

fn word<'t>(text: &'t str, token: &Token) -> &'t str {
    text.get(token.span().range()).unwrap_or("")
}

fn first_byte(text: &str, token: &Token) -> u8 {
    text.as_bytes()[token.span().start() as usize]
}

fn is_end_mark(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Punctuation as u8
        && match first_byte(text, token) {
            b'.' | b'?' | b'!' => true,
            byte if byte < 0x80 => false,
            _ => matches!(
                word(text, token),
                "…" | "。" | "！" | "？" | "।" | "؟" | "۔" | "‼" | "⁇" | "⁈" | "⁉"
            ),
        }
}

fn is_closer(text: &str, token: &Token) -> bool {
    token.has(flag::CLOSING)
        || token.has(flag::QUOTE_MARK) && !token.has(flag::OPENING)
        || matches!(first_byte(text, token), b')' | b']' | b'}')
}

fn is_opener(text: &str, token: &Token) -> bool {
    token.has(flag::OPENING)
        || token.has(flag::QUOTE_MARK) && !token.has(flag::CLOSING)
        || matches!(first_byte(text, token), b'(' | b'[' | b'{')
}

fn is_dash(text: &str, token: &Token) -> bool {
    matches!(word(text, token), "-" | "--" | "---" | "–" | "—")
}

fn is_comma(text: &str, token: &Token) -> bool {
    matches!(word(text, token), "," | ";" | ":")
}
