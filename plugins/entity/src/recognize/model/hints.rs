//! The second look: the labels that the first look gave all occurrences of a word.

use copydesk_core::{Case, Token};
use copydesk_learn::bilou;

use super::evidence::{Evidence, WEIGHED, steps};
use super::kinds::KINDS;

/// The features of a word for the second look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hint {
    /// The most frequent label of its occurrences, their number, and its position in the longest name; 0 for none.
    pub(crate) votes: u16,
    /// For each kind with evidence, three bits for the mean and three for the strongest.
    pub(crate) evidence: u32,
}

/// What is stored for a word.
#[derive(Clone, Copy, Debug, Default)]
struct Memory {
    hash: u64,
    /// How often it was outside of names, or in one of each kind.
    counts: [u8; KINDS + 1],
    /// The longest name that contains it: length, kind and the word's position in it.
    longest: u8,
    longest_label: u8,
    /// The sum of the evidence of all occurrences, and the strongest.
    sums: [i16; WEIGHED],
    most: Evidence,
}

/// Words that begin with a capital, with their labels in the first look.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hints {
    /// The index of a word's entry, from 1, by its hash; 0 if there is none.
    slots: Vec<u32>,
    memories: Vec<Memory>,
    /// The features of each of these words, once the first look is complete.
    settled: Vec<Hint>,
    mask: usize,
}

impl Hints {
    /// Clears everything, and reserves space for a document of this many tokens.
    pub(crate) fn clear(&mut self, tokens: usize) {
        // At most half of the slots are taken, except in documents of millions of words, whose last ones are not stored.
        let slots = (tokens * 2).next_power_of_two().clamp(64, 1 << 22);
        self.slots.clear();
        self.slots.resize(slots, 0);
        self.memories.clear();
        self.settled.clear();
        self.mask = slots - 1;
    }

    /// The slot of a word: its own, a free one, or none.
    fn slot(&self, hash: u64) -> Option<usize> {
        let mut at = (hash >> 16) as usize & self.mask;
        for _ in 0..64 {
            let held = self.slots[at];
            if held == 0 || self.memories[held as usize - 1].hash == hash {
                return Some(at);
            }
            at = (at + 1) & self.mask;
        }
        None
    }

    /// Whether a token is stored.
    pub(crate) fn concerns(token: &Token) -> bool {
        token.is_word() && !matches!(token.case(), Case::Lower | Case::None)
    }

    /// Stores the labels of neighbouring tokens and the evidence of their scores. Calls `known` with the position of each word and its
    /// number, for [`Hints::settled`].
    #[inline(always)]
    pub(crate) fn remember(
        &mut self,
        tokens: &[Token],
        labels: &[u8],
        evidence: impl Fn(usize) -> Evidence,
        mut known: impl FnMut(usize, u32),
    ) {
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
            for word in (at..at + length).filter(|word| Self::concerns(&tokens[*word])) {
                known(word, self.remember_word(&tokens[word], labels[word], length, evidence(word)));
            }
            at += length;
        }
    }

    /// Stores an occurrence of a word and returns its number, from 1; 0 if there is no space for it.
    fn remember_word(&mut self, token: &Token, label: u8, length: usize, evidence: Evidence) -> u32 {
        let Some(slot) = self.slot(token.hash()) else { return 0 };
        if self.slots[slot] == 0 {
            self.memories.push(Memory { hash: token.hash(), most: evidence, ..Memory::default() });
            self.slots[slot] = self.memories.len() as u32;
        }
        let number = self.slots[slot];
        let memory = &mut self.memories[number as usize - 1];
        for ((sum, most), own) in memory.sums.iter_mut().zip(&mut memory.most).zip(evidence) {
            *sum = sum.saturating_add(i16::from(own));
            *most = own.max(*most);
        }
        let kind = bilou::read(label).map_or(KINDS, |(kind, _)| kind);
        memory.counts[kind] = memory.counts[kind].saturating_add(1);
        let length = length.min(255) as u8;
        if kind != KINDS && length > memory.longest {
            (memory.longest, memory.longest_label) = (length, label);
        }
        number
    }

    /// The features of a token for the second look.
    pub(crate) fn of(&self, token: &Token) -> Hint {
        if !Self::concerns(token) {
            return Hint::default();
        }
        let held = self.slot(token.hash()).map_or(0, |slot| self.slots[slot]);
        (held as usize).checked_sub(1).map_or_else(Hint::default, |at| self.memories[at].hint())
    }

    /// Computes the features of all words, at the end of the first look.
    pub(crate) fn settle(&mut self) {
        self.settled.clear();
        self.settled.extend(self.memories.iter().map(Memory::hint));
    }

    /// [`Hints::of`] a word by its number, after [`Hints::settle`].
    #[inline]
    pub(crate) fn settled(&self, number: u32) -> Option<Hint> {
        self.settled.get((number as usize).checked_sub(1)?).copied()
    }
}

impl Memory {
    /// The features of the word for the second look.
    fn hint(&self) -> Hint {
        let total: u32 = self.counts.iter().map(|count| u32::from(*count)).sum();
        let mut best = 0;
        for (kind, count) in self.counts.iter().enumerate() {
            if *count > self.counts[best] {
                best = kind;
            }
        }
        let most = u32::from(self.counts[best]);
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
        let longer = match (self.longest, bilou::read(self.longest_label)) {
            (2.., Some((kind, place))) => 1 + kind as u16 * 3 + (place as u16).min(2),
            _ => 0,
        };
        // Sums saturate after some three hundred occurrences.
        let occurrences = total.clamp(1, 300) as i16;
        let evidence = steps(&self.sums.map(|sum| sum / occurrences), &self.most);
        Hint { votes: 1 << 15 | longer << 8 | often << 6 | share << 4 | best as u16, evidence }
    }
}

#[cfg(test)]
mod tests {
    use copydesk_core::{Document, Source};

    use super::super::evidence::evidence;
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
        let evidence = |at: usize| [if at == 0 { 50 } else { -10 }; WEIGHED];
        hints.remember(&tokens, &labels, evidence, |_, _| {});
        assert_eq!(hints.of(&tokens[1]), hints.of(&tokens[4]));
        assert_ne!(hints.of(&tokens[0]), hints.of(&tokens[1]));
        assert_eq!(hints.of(&tokens[2]), Hint::default());
        assert_ne!(hints.of(&tokens[7]), Hint::default());
        let unknown = Document::new(Source { text: "Elsewhere", ..Source::default() }).expect("short enough");
        assert_eq!(hints.of(&unknown.view().tokens()[0]), Hint::default());
    }

    #[test]
    fn evidence_is_weighed_together_and_at_its_strongest() {
        let document = Document::new(Source { text: "Ruvo met Ruvo and Ruvo.", ..Source::default() });
        let document = document.expect("short enough");
        let tokens = document.view().tokens().to_vec();
        let labels = vec![bilou::OUTSIDE; tokens.len()];
        let mut scores = vec![0i16; bilou::labels(KINDS)];
        scores[usize::from(bilou::label(1, bilou::Place::Unit))] = 12;
        let (strong, weak) = (evidence(&scores, 0.5), evidence(&scores, 0.0));
        assert_eq!((strong[0], strong[1], weak), (0, 48, [0; WEIGHED]));
        let (mut hints, mut numbers) = (Hints::default(), Vec::new());
        hints.clear(tokens.len());
        let by_place = |at: usize| if at == 0 { strong } else { weak };
        hints.remember(&tokens, &labels, by_place, |word, number| numbers.push((word, number)));
        hints.settle();
        for (word, number) in numbers {
            assert_eq!(hints.settled(number), Some(hints.of(&tokens[word])));
        }
        assert_eq!(hints.settled(0), None);
        let told = |kind: usize| hints.of(&tokens[0]).evidence >> (6 * kind) & 63;
        // A mean of 16 and a maximum of 48; nothing for the others.
        assert_eq!((told(0), told(1)), (3 | 3 << 3, 5 | 7 << 3));
    }
}
