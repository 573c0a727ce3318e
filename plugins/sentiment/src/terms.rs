//! Terms of one or more words that users add, and the built-in terms of several words.

use std::path::Path;

use copydesk_core::{Document, Lexicon, Source, StageError, Token};

use crate::lexicon::{Word, role, rows};
use crate::vocabulary::{Vocabulary, special};

/// The longest term, in words.
const LONGEST: usize = 8;

struct Term {
    /// The hashes of its words.
    words: Vec<u64>,
    word: Word,
    row: u32,
}

/// Terms, found by their first word.
#[derive(Default)]
pub(crate) struct Terms {
    /// The terms by their first word.
    firsts: Lexicon<Vec<u32>>,
    terms: Vec<Term>,
}

impl Terms {
    /// The built-in terms of several words.
    pub(crate) fn built_in() -> Result<Self, StageError> {
        let mut terms = Self::default();
        let table = include_str!("../data/phrases.tsv");
        terms.add(table).map_err(|line| StageError::failed(format_args!("phrases.tsv: `{line}`")))?;
        Ok(terms)
    }

    /// Adds terms from a user's file.
    pub(crate) fn add_file(&mut self, path: &Path) -> Result<(), StageError> {
        let wrong = |what: &dyn std::fmt::Display| {
            StageError::option("lexicons", format_args!("{}: {what}", path.display()))
        };
        let table = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
        self.add(&table).map_err(|line| {
            wrong(&format_args!(
                "expected a term of up to {LONGEST} words, a tab and a number from -4 to 4: `{line}`"
            ))
        })
    }

    /// Adds the terms of a table. The error is the line that could not be read.
    fn add<'t>(&mut self, table: &'t str) -> Result<(), &'t str> {
        for line in rows(table) {
            let (words, valence) = line
                .split_once('\t')
                .and_then(|(term, valence)| {
                    Some((words_of(term.trim()), valence.trim().parse::<f32>().ok()?))
                })
                .filter(|(words, valence)| {
                    (1..=LONGEST).contains(&words.len()) && (-4.0..=4.0).contains(valence)
                })
                .ok_or(line)?;
            let roles = if valence == 0.0 { 0 } else { role::VALENCE };
            let word = Word { valence, roles, before: words.len() as u8 - 1 };
            // A later entry replaces an earlier one.
            if let Some(known) = self.terms.iter_mut().find(|term| term.words == words) {
                known.word = word;
                continue;
            }
            let mut same =
                words.first().and_then(|first| self.firsts.get(*first)).cloned().unwrap_or_default();
            same.push(self.terms.len() as u32);
            if let Some(first) = words.first() {
                self.firsts.insert(*first, same);
            }
            self.terms.push(Term { words, word, row: special::UNKNOWN });
        }
        Ok(())
    }

    /// Assigns each term a row.
    pub(crate) fn give_rows(&mut self, vocabulary: &mut Vocabulary) {
        for term in &mut self.terms {
            term.row = vocabulary.add_term(term.word);
        }
    }

    /// Whether a term begins with a word.
    pub(crate) fn begins(&self, hash: u64) -> bool {
        self.firsts.contains(hash)
    }

    /// Replaces the rows of the words of terms: the last word gets the term's row, the others none. `starts` are the tokens that
    /// may begin a term. Returns whether there is one.
    pub(crate) fn find(&self, tokens: &[Token], start: usize, starts: &[usize], rows: &mut [u32]) -> bool {
        // The end of the last term that was found.
        let mut end = 0;
        for &at in starts {
            let Some(own) = tokens.get(at).and_then(|token| self.firsts.get(token.hash())) else { continue };
            if at < end {
                continue;
            }
            let fits = |term: &&Term| {
                let there = tokens.get(at..at + term.words.len());
                there.is_some_and(|there| {
                    there.iter().zip(&term.words).all(|(token, hash)| token.hash() == *hash)
                })
            };
            let terms = own.iter().filter_map(|number| self.terms.get(*number as usize));
            // The longest term wins.
            let Some(term) = terms.filter(fits).max_by_key(|term| term.words.len()) else { continue };
            end = at + term.words.len();
            if let Some(own) = rows.get_mut(start + at..start + end) {
                own.fill(special::UNKNOWN);
                if let Some(row) = own.last_mut() {
                    *row = term.row;
                }
            }
        }
        end > 0
    }
}

/// The words of a term, tokenised as texts are.
fn words_of(term: &str) -> Vec<u64> {
    let document = Document::new(Source { id: "", text: term, ..Source::default() });
    document.map(|document| document.view().tokens().iter().map(Token::hash).collect()).unwrap_or_default()
}
