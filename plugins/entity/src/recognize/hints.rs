//! The second look: what the first look at a document took each word for, all its occurrences together.

use copydesk_core::{Case, Token};
use copydesk_learn::bilou;

use super::kinds::KINDS;

/// What is remembered of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Memory {
    hash: u64,
    /// How often it was outside of names, or in one of each kind.
    counts: [u8; KINDS + 1],
    /// The longest name that holds it: length, kind and the word's place in it.
    longest: u8,
    longest_label: u8,
}

/// Words that begin with a capital, with what a first look took them for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hints {
    slots: Vec<Memory>,
    mask: usize,
}

impl Hints {
    /// Forgets, and makes room for a document of so many tokens.
    pub(crate) fn clear(&mut self, tokens: usize) {
        // At most half of the slots are taken, but for documents of millions of words, where the last ones find no room.
        let slots = (tokens * 2).next_power_of_two().clamp(64, 1 << 22);
        self.slots.clear();
        self.slots.resize(slots, Memory::default());
        self.mask = slots - 1;
    }

    /// The slot of a word: its own, a free one, or none.
    fn slot(&self, hash: u64) -> Option<usize> {
        let mut at = (hash >> 16) as usize & self.mask;
        for _ in 0..64 {
            let held = self.slots[at].hash;
            if held == hash || held == 0 {
                return Some(at);
            }
            at = (at + 1) & self.mask;
        }
        None
    }

    /// Whether a token has something to remember.
    pub(crate) fn concerns(token: &Token) -> bool {
        token.is_word() && !matches!(token.case(), Case::Lower | Case::None)
    }

    /// Remembers the labels of neighbouring tokens.
    pub(crate) fn remember(&mut self, tokens: &[Token], labels: &[u8]) {
        let mut at = 0;
        while at < tokens.len() {
            let length = match bilou::read(labels[at]) {
                Some((_, bilou::Place::Begin)) => {
                    let more = labels[at + 1..].iter().take_while(|label| {
                        matches!(bilou::read(**label), Some((_, bilou::Place::Inside | bilou::Place::Last)))
                    });
                    1 + more.count()
                }
                _ => 1,
            };
            for word in at..at + length {
                self.remember_word(&tokens[word], labels[word], length);
            }
            at += length;
        }
    }

    fn remember_word(&mut self, token: &Token, label: u8, length: usize) {
        if !Self::concerns(token) {
            return;
        }
        let Some(slot) = self.slot(token.hash()) else { return };
        let memory = &mut self.slots[slot];
        memory.hash = token.hash();
        let kind = bilou::read(label).map_or(KINDS, |(kind, _)| kind);
        memory.counts[kind] = memory.counts[kind].saturating_add(1);
        let length = length.min(255) as u8;
        if kind != KINDS && length > memory.longest {
            (memory.longest, memory.longest_label) = (length, label);
        }
    }

    /// What to keep in mind about a token at the second look, as one number; 0 for nothing.
    pub(crate) fn of(&self, token: &Token) -> u16 {
        if !Self::concerns(token) {
            return 0;
        }
        let Some(memory) =
            self.slot(token.hash()).map(|slot| &self.slots[slot]).filter(|memory| memory.hash != 0)
        else {
            return 0;
        };
        let total: u32 = memory.counts.iter().map(|count| u32::from(*count)).sum();
        let mut best = 0;
        for (kind, count) in memory.counts.iter().enumerate() {
            if *count > memory.counts[best] {
                best = kind;
            }
        }
        let most = u32::from(memory.counts[best]);
        // All, most, half or fewer of the occurrences; one, two, up to five, more.
        let share = if most == total {
            0
        } else if most * 4 >= total * 3 {
            1
        } else if most * 2 >= total {
            2
        } else {
            3u16
        };
        let often = match total {
            0..=1 => 0,
            2 => 1,
            3..=5 => 2,
            _ => 3u16,
        };
        let longer = match (memory.longest, bilou::read(memory.longest_label)) {
            (2.., Some((kind, place))) => 1 + kind as u16 * 3 + (place as u16).min(2),
            _ => 0,
        };
        1 << 15 | longer << 8 | often << 6 | share << 4 | best as u16
    }
}

#[cfg(test)]
mod tests {
    use copydesk_core::{Document, Source};

    use super::*;

    #[test]
    fn occurrences_are_put_together() {
        let text = "Marit Hoekstra left. Hoekstra spoke. Paris";
        let document = Document::new(Source { text, ..Source::default() }).expect("short enough");
        let tokens = document.view().tokens().to_vec();
        let mut hints = Hints::default();
        hints.clear(tokens.len());
        let person: Vec<u8> = bilou::span_labels(0, 2).collect();
        let mut labels = vec![bilou::OUTSIDE; tokens.len()];
        labels[..2].copy_from_slice(&person);
        labels[4] = bilou::label(2, bilou::Place::Unit);
        hints.remember(&tokens, &labels);
        assert_eq!(hints.of(&tokens[1]), hints.of(&tokens[4]));
        assert_ne!(hints.of(&tokens[0]), hints.of(&tokens[1]));
        assert_eq!(hints.of(&tokens[2]), 0);
        assert_ne!(hints.of(&tokens[7]), 0);
        let unknown = Document::new(Source { text: "Elsewhere", ..Source::default() }).expect("short enough");
        assert_eq!(hints.of(&unknown.view().tokens()[0]), 0);
    }
}
