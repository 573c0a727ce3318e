//! Changes for the better or worse: less of something bad is good, more of it bad, the end of something good bad.

use std::ops::Range;

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::{DocumentView, Lexicon, Span, StageError, hash_lowered};

use crate::lexicon;
use crate::lexicon::rows;
use copydesk_learn::BloomFilter;

const BAD: u16 = 1;
const GOOD: u16 = 1 << 1;
const FEWER: u16 = 1 << 2;
const MORE: u16 = 1 << 3;
const DOWN: u16 = 1 << 4;
const UP: u16 = 1 << 5;
const END: u16 = 1 << 6;
const FAIL: u16 = 1 << 7;
const BEGIN: u16 = 1 << 8;
const SUFFER: u16 = 1 << 9;

/// The maximum distance of a verb after its noun, and of an object after its verb.
const VERB: usize = 9;
const OBJECT: usize = 4;

/// The table of changes.
pub(crate) struct Turns {
    words: Lexicon<u16>,
    known: BloomFilter,
}

/// A change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Turn {
    /// The verb, or the quantity.
    pub(crate) at: usize,
    pub(crate) better: bool,
    /// The thing is the verb's object: its subject caused the change.
    pub(crate) done: bool,
}

impl Turns {
    /// Reads the built-in table.
    pub(crate) fn built_in() -> Result<Self, StageError> {
        let mut words: Lexicon<u16> = Lexicon::default();
        let mut known_words = BloomFilter::default();
        for line in rows(include_str!("../data/turns.tsv")) {
            let wrong = || StageError::failed(format_args!("turns.tsv: `{line}`"));
            let (name, forms) = line.split_once('\t').ok_or_else(wrong)?;
            let role = match name {
                "bad" => BAD,
                "good" => GOOD,
                "fewer" => FEWER,
                "more" => MORE,
                "down" => DOWN,
                "up" => UP,
                "end" => END,
                "fail" => FAIL,
                "begin" => BEGIN,
                "suffer" => SUFFER,
                _ => return Err(wrong()),
            };
            for form in lexicon::words(forms) {
                let hash = copydesk_core::hash_lower(form);
                let known = words.get(hash).copied().unwrap_or_default();
                words.insert(hash, known | role);
                known_words.insert(hash);
            }
        }
        Ok(Self { words, known: known_words })
    }

    fn of(&self, doc: &DocumentView<'_>, at: usize) -> u16 {
        let hash = hash(doc, at);
        if self.known.may_hold(hash) { self.words.get(hash).copied().unwrap_or_default() } else { 0 }
    }

    /// Whether a word is in the table.
    pub(crate) fn knows(&self, hash: u64) -> bool {
        self.known.may_hold(hash) && self.words.contains(hash)
    }

    /// The changes of a sentence; `words` are those of its tokens that are in the table.
    pub(crate) fn find(&self, doc: &DocumentView<'_>, tokens: Range<usize>, words: &[usize]) -> Vec<Turn> {
        let mut found = Vec::new();
        for &at in words {
            found.extend(self.suffering(doc, &tokens, at));
            let thing = self.of(doc, at);
            if thing & (BAD | GOOD) == 0 || is_verb(doc, at) {
                continue;
            }
            let bad = thing & BAD != 0;
            found.extend(self.moved(doc, &tokens, at, bad).or_else(|| self.counted(doc, &tokens, at, bad)));
        }
        found
    }

    /// "Crime fell", "cut its debts": a verb of change after the noun, or before it.
    fn moved(&self, doc: &DocumentView<'_>, tokens: &Range<usize>, noun: usize, bad: bool) -> Option<Turn> {
        let verb = |at: usize| is_verb(doc, at) || self.of(doc, at) & END != 0 && hash(doc, at) == OVER;
        let active = (noun.saturating_sub(OBJECT).max(tokens.start)..noun)
            .rev()
            .take_while(|at| !is_mark(doc, *at))
            .find(|at| is_verb(doc, *at));
        let sides = [
            active,
            (noun + 1..tokens.end.min(noun + 1 + VERB))
                .take_while(|at| !is_mark(doc, *at))
                .find(|at| verb(*at) && self.of(doc, *at) != 0),
        ];
        for (at, done) in sides.into_iter().zip([true, false]) {
            let Some(at) = at else { continue };
            let change = self.of(doc, at);
            let better = match bad {
                true if change & (DOWN | END) != 0 => true,
                true if change & (UP | BEGIN) != 0 => false,
                false if change & (FAIL | DOWN) != 0 => false,
                false if change & UP != 0 => true,
                _ => continue,
            };
            if negated(doc, tokens.start, at) {
                return None;
            }
            return Some(Turn { at, better, done });
        }
        None
    }

    /// "Fewer people died", "more soldiers were wounded"
    fn suffering(&self, doc: &DocumentView<'_>, tokens: &Range<usize>, at: usize) -> Option<Turn> {
        const REACH: usize = 5;
        let quantity = self.of(doc, at) & (FEWER | MORE);
        if quantity == 0 {
            return None;
        }
        let verb = |at: &usize| self.of(doc, *at) & SUFFER != 0 && is_verb(doc, *at);
        (at + 2..tokens.end.min(at + REACH)).find(verb)?;
        Some(Turn { at, better: quantity & FEWER != 0, done: false })
    }

    /// "fewer crimes", "more deaths"
    fn counted(&self, doc: &DocumentView<'_>, tokens: &Range<usize>, noun: usize, bad: bool) -> Option<Turn> {
        let at = noun.checked_sub(1).filter(|at| tokens.contains(at))?;
        let quantity = self.of(doc, at);
        let better = match quantity {
            own if own & FEWER != 0 => bad,
            own if own & MORE != 0 => !bad,
            _ => return None,
        };
        Some(Turn { at, better, done: false })
    }
}

const OVER: u64 = hash_lowered("over");

fn hash(doc: &DocumentView<'_>, at: usize) -> u64 {
    doc.tokens().get(at).map_or(0, |token| token.hash())
}

fn is_mark(doc: &DocumentView<'_>, at: usize) -> bool {
    matches!(hash(doc, at), own if own == hash_lowered(",") || own == hash_lowered(";") || own == hash_lowered("and"))
}

fn is_verb(doc: &DocumentView<'_>, at: usize) -> bool {
    matches!(
        doc.parts_of_speech().get(at),
        Some(
            Pos::Verb
                | Pos::VerbPast
                | Pos::VerbGerund
                | Pos::VerbParticiple
                | Pos::VerbPresent
                | Pos::VerbThird
        )
    )
}

/// A negator or a modal verb before a verb.
fn negated(doc: &DocumentView<'_>, start: usize, verb: usize) -> bool {
    const WORDS: [u64; 12] = [
        hash_lowered("not"),
        hash_lowered("n't"),
        hash_lowered("never"),
        hash_lowered("no"),
        hash_lowered("could"),
        hash_lowered("may"),
        hash_lowered("might"),
        hash_lowered("would"),
        hash_lowered("should"),
        hash_lowered("if"),
        hash_lowered("failed"),
        hash_lowered("fail"),
    ];
    (verb.saturating_sub(4).max(start)..verb).any(|at| WORDS.contains(&hash(doc, at)))
}

/// The words of changes.
pub(crate) fn spans(doc: &DocumentView<'_>, turns: &[Turn]) -> Vec<Span> {
    turns.iter().map(|turn| doc.token_span(turn.at, turn.at + 1)).collect()
}
