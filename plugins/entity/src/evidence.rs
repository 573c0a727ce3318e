//! What the document itself tells of its words: is a word also written small, is it capitalised where it need not be.

use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, DocumentView, Token};

use crate::tables::Tables;

const SMALL: u8 = 1;
const CAPITAL_INSIDE: u8 = 2;

/// Facts of every word of a document. Small, and reset for each.
pub(crate) struct Evidence {
    /// A byte of facts for each hash, by its low bits: two words of one document rarely share one, and then one of them is
    /// judged with the other's facts, no worse.
    facts: Vec<u8>,
    mask: usize,
    /// The cues of each token.
    pub(crate) cues: Vec<u64>,
    /// For each sentence whether its capitals tell nothing: a headline in title case, a line in capitals.
    pub(crate) shouting: Vec<bool>,
}

impl Evidence {
    pub(crate) fn gather(doc: &DocumentView<'_>, tables: &Tables) -> Self {
        let tokens = doc.tokens();
        let slots = (tokens.len() * 16).next_power_of_two().clamp(1 << 10, 1 << 20);
        let mut evidence = Self {
            facts: vec![0; slots],
            mask: slots - 1,
            cues: Vec::with_capacity(tokens.len()),
            shouting: Vec::with_capacity(doc.sentences().len()),
        };
        for sentence in doc.sentences() {
            let own = &tokens[sentence.tokens()];
            let shouting = is_shouting(own);
            evidence.shouting.push(shouting);
            let mut may_be_small = false;
            for token in own {
                if !token.is_word() {
                    evidence.cues.push(0);
                    // Behind an opening mark or a colon a new sentence begins.
                    may_be_small &= !opens(token, doc);
                    continue;
                }
                evidence.cues.push(tables.word(token.hash()));
                let slot = token.hash() as usize & evidence.mask;
                match token.case() {
                    Case::Lower => evidence.facts[slot] |= SMALL,
                    Case::Title if may_be_small && !shouting => evidence.facts[slot] |= CAPITAL_INSIDE,
                    _ => {}
                }
                may_be_small = true;
            }
        }
        evidence
    }

    /// The word is written small elsewhere in the document.
    pub(crate) fn seen_small(&self, token: &Token) -> bool {
        self.facts[token.hash() as usize & self.mask] & SMALL != 0
    }

    /// The word is capitalised inside a sentence somewhere in the document.
    pub(crate) fn capital_inside(&self, token: &Token) -> bool {
        self.facts[token.hash() as usize & self.mask] & CAPITAL_INSIDE != 0
    }
}

/// Whether a mark opens something that may begin with a capital.
pub(crate) fn opens(token: &Token, doc: &DocumentView<'_>) -> bool {
    token.has(flag::QUOTE_MARK) && !token.has(flag::CLOSING)
        || matches!(doc.slice(token.span()), ":" | "(" | "[" | "•" | "*" | "-" | "–" | "—" | "...")
            && !token.has(flag::GLUED)
        || doc.slice(token.span()) == ":"
}

/// Nearly all of the longer words are capitalised, and few short ones are small.
fn is_shouting(tokens: &[Token]) -> bool {
    let (mut capital, mut small, mut short) = (0, 0, 0);
    for token in tokens.iter().filter(|token| token.is_word()) {
        let long = token.span().len() > 3;
        match token.case() {
            Case::Lower if long => small += 1,
            Case::Lower => short += 1,
            Case::Title | Case::Upper if long => capital += 1,
            _ => {}
        }
    }
    capital >= 4 && small * 10 <= capital && short * 2 <= capital
}
