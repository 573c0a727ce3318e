//! Whether a document is financial news, by its share of words of markets and companies.

use copydesk_core::{DocumentView, Lexicon};

use crate::bloom::BloomFilter;
use crate::lexicon::rows;
use crate::options::Domain;

/// The minimum share of such words in a financial text. On texts that the list was not made from, 81 % of financial headlines reach
/// it, 0.3 % of news articles and of sentences of political news, and 2 % of sentences of opinion pieces.
const LEAST: f32 = 0.08;
/// Their minimum number.
const COUNT: usize = 3;
/// In a headline of at most this many words one is enough.
const SHORT: usize = 14;

/// The words of financial news.
pub(crate) struct Finance {
    words: Lexicon<()>,
    known: BloomFilter,
}

impl Finance {
    /// Reads the built-in list.
    pub(crate) fn built_in() -> Self {
        let (mut words, mut known): (Lexicon<()>, BloomFilter) = Default::default();
        for word in rows(include_str!("../data/finance.tsv")).flat_map(|line| line.split(' ')) {
            let hash = copydesk_core::hash_lower(word);
            words.insert(hash, ());
            known.insert(hash);
        }
        Self { words, known }
    }

    /// The domain of a document: the one chosen, or found.
    pub(crate) fn domain(&self, doc: &DocumentView<'_>, chosen: Domain) -> usize {
        match chosen {
            Domain::General => 0,
            Domain::Finance => 1,
            Domain::Auto => usize::from(self.is_financial(doc)),
        }
    }

    fn is_financial(&self, doc: &DocumentView<'_>) -> bool {
        let words = || doc.tokens().iter().filter(|token| token.is_word());
        let known = |hash: u64| self.known.may_hold(hash) && self.words.contains(hash);
        let (all, own) = (words().count(), words().filter(|token| known(token.hash())).count());
        own as f32 >= LEAST * all as f32 && (own >= COUNT || own > 0 && all <= SHORT)
    }
}
