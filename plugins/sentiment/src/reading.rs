//! What the tables say about the words of a document, found in one pass.
//!
//! All that depends on a word's form alone (its row, its roles, the lists that hold it) is looked up once a form and kept by the
//! thread; the passes after this one visit only the tokens that concern them.

use copydesk_core::segment::token_flag;
use copydesk_core::{DocumentView, Token, TokenKind};
use copydesk_learn::Memo;

use crate::attitudes::Attitudes;
use crate::domain::Finance;
use crate::events::Events;
use crate::hits;
use crate::lexicon::role;
use crate::rulings;
use crate::stances::evaluated::THAN;
use crate::terms::Terms;
use crate::turns::Turns;
use crate::vocabulary::{Vocabulary, special};

/// The forms that a thread knows.
pub(crate) type Forms = Memo<Form, 4096>;

/// What the tables say about a form.
#[derive(Clone, Copy, Default)]
pub(crate) struct Form {
    row: u32,
    /// The lexicon's roles of the row.
    roles: u16,
    /// Bits of [`list`].
    lists: u8,
}

/// Bits of the lists that hold a form.
pub(crate) mod list {
    /// The first word of a term.
    pub(crate) const TERM: u8 = 1;
    pub(crate) const ATTITUDE: u8 = 1 << 1;
    pub(crate) const TURN: u8 = 1 << 2;
    pub(crate) const FINANCE: u8 = 1 << 3;
    /// A mark that ends a clause or asks.
    pub(crate) const MARK: u8 = 1 << 4;
    /// The words without which nobody in a sentence is a victim.
    pub(crate) const HARM: u8 = 1 << 5;
    /// The words without which nobody is cleared.
    pub(crate) const CLEAR: u8 = 1 << 6;
    /// "than"
    pub(crate) const THAN: u8 = 1 << 7;
}

/// The tables.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) terms: &'a Terms,
    pub(crate) attitudes: &'a Attitudes,
    pub(crate) turns: &'a Turns,
    pub(crate) finance: &'a Finance,
    pub(crate) events: &'a Events,
}

impl Tables<'_> {
    fn form(&self, hash: u64) -> Form {
        let events = self.events.of(hash);
        let lists = [
            (list::TERM, self.terms.begins(hash)),
            (list::ATTITUDE, self.attitudes.knows(hash)),
            (list::TURN, self.turns.knows(hash)),
            (list::FINANCE, self.finance.knows(hash)),
            (list::MARK, hits::is_mark(hash)),
            (list::HARM, rulings::may_harm(events)),
            (list::CLEAR, rulings::may_clear(events, hash)),
            (list::THAN, hash == THAN),
        ];
        let lists = lists.into_iter().filter(|(_, holds)| *holds).fold(0, |all, (bit, _)| all | bit);
        let row = self.vocabulary.row(hash);
        Form { row, roles: self.vocabulary.word(row).roles, lists }
    }
}

/// The number of words by which a sentence is known for a title.
const TITLE: usize = 64;

/// A document's tokens as the tables know them.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) rows: Vec<u32>,
    /// Whether each sentence is written as a title.
    pub(crate) titles: Vec<bool>,
    /// The lists that hold words of each sentence, as bits of [`list`].
    pub(crate) lists: Vec<u8>,
    /// The tokens that have a role, are marks between clauses, or may express an attitude, in text order.
    pub(crate) noted: Vec<Noted>,
    /// The tokens that are words of changes, in text order.
    pub(crate) turns: Vec<usize>,
    /// The number of words, and of words of financial news.
    pub(crate) words: usize,
    pub(crate) financial: usize,
    /// The tokens of this sentence that may begin a term.
    terms: Vec<usize>,
}

/// A token that concerns [`crate::hits`].
#[derive(Clone, Copy)]
pub(crate) struct Noted {
    pub(crate) token: u32,
    /// It may express an attitude.
    pub(crate) attitude: bool,
}

impl Reading {
    /// Reads a document.
    pub(crate) fn of(doc: &DocumentView<'_>, tables: Tables<'_>, forms: &mut Forms) -> Self {
        let mut reading = Self::default();
        reading.rows.reserve(doc.tokens().len());
        reading.titles.reserve(doc.sentences().len());
        reading.lists.reserve(doc.sentences().len());
        for sentence in doc.sentences() {
            let first = sentence.tokens().start;
            let tokens = doc.tokens().get(sentence.tokens()).unwrap_or_default();
            reading.sentence(tokens, first, tables, forms);
        }
        reading
    }

    fn sentence(&mut self, tokens: &[Token], first: usize, tables: Tables<'_>, forms: &mut Forms) {
        // Titles are rare, so a sentence is first read as if it were none.
        let long = tokens.len() > TITLE;
        let (rows, noted, turns) = (self.rows.len(), self.noted.len(), self.turns.len());
        let known = [self.words, self.financial];
        let mut title = long && is_title(tokens);
        let Passed { capitals, lists } = self.read(tokens, first, title, tables, forms);
        if !long && capitals * 2 > self.words - known[0] {
            title = true;
            self.rows.truncate(rows);
            self.noted.truncate(noted);
            self.turns.truncate(turns);
            [self.words, self.financial] = known;
            self.read(tokens, first, title, tables, forms);
        }
        self.titles.push(title);
        self.lists.push(lists);
        if !self.terms.is_empty() && tables.terms.find(tokens, first, &self.terms, &mut self.rows) {
            // The rows of terms have other roles than those of their words.
            self.noted.truncate(noted);
            for (at, token) in (first..).zip(tokens) {
                let lists = forms.get(token.hash(), |form| *form = tables.form(token.hash())).lists;
                let row = self.rows.get(at).copied().unwrap_or(special::UNKNOWN);
                note(&mut self.noted, token, at, lists, tables.vocabulary.word(row).roles);
            }
        }
    }

    /// Reads the tokens of a sentence without its terms.
    fn read(
        &mut self,
        tokens: &[Token],
        first: usize,
        title: bool,
        tables: Tables<'_>,
        forms: &mut Forms,
    ) -> Passed {
        self.terms.clear();
        let (mut words, mut capitals, mut financial, mut lists) = (0, 0, 0, 0);
        let start = self.rows.len();
        self.rows.resize(start + tokens.len(), special::UNKNOWN);
        for (place, (token, row)) in tokens.iter().zip(&mut self.rows[start..]).enumerate() {
            let form = *forms.get(token.hash(), |form| *form = tables.form(token.hash()));
            let (is_word, is_capitalized) = (token.is_word(), token.is_capitalized());
            words += usize::from(is_word);
            capitals += usize::from(is_capitalized);
            lists |= form.lists;
            if form.lists & (list::TERM | list::TURN | list::FINANCE) != 0 {
                financial += usize::from(is_word && form.lists & list::FINANCE != 0);
                if form.lists & list::TURN != 0 {
                    self.turns.push(first + place);
                }
                if form.lists & list::TERM != 0 {
                    self.terms.push(place);
                }
            }
            *row = if !is_word || token.has(token_flag::QUOTE_MARK) {
                row_of_sign(token, form.row)
            } else if is_capitalized && form.roles == 0 && place > 0 && !title && token.span().len() > 1 {
                special::NAME
            } else {
                form.row
            };
            let roles = if *row == form.row { form.roles } else { 0 };
            note(&mut self.noted, token, first + place, form.lists, roles);
        }
        self.words += words;
        self.financial += financial;
        Passed { capitals, lists }
    }
}

/// What a pass over the tokens of a sentence counts.
struct Passed {
    /// The number of capitalised words.
    capitals: usize,
    /// The lists that hold words of the sentence.
    lists: u8,
}

/// Notes a token if it concerns [`crate::hits`].
#[inline(always)]
fn note(noted: &mut Vec<Noted>, token: &Token, at: usize, lists: u8, roles: u16) {
    let attitude = lists & list::ATTITUDE != 0;
    let concerns = if token.is_word() {
        // Other function words have no part in valence.
        attitude || roles & !role::FUNCTION != 0
    } else {
        lists & list::MARK != 0 || token.has(token_flag::QUOTE_MARK)
    };
    if concerns {
        noted.push(Noted { token: at as u32, attitude });
    }
}

/// The row of a token that is no word, given that of its form.
fn row_of_sign(token: &Token, form: u32) -> u32 {
    match token.kind() {
        TokenKind::Number | TokenKind::Mixed => special::NUMBER,
        _ if token.has(token_flag::QUOTE_MARK) => special::QUOTE_MARK,
        _ => form,
    }
}

/// Whether most of the first words of a sentence are capitalised, as in a headline, so that capitals do not indicate names.
fn is_title(tokens: &[Token]) -> bool {
    let words = tokens.iter().filter(|token| token.is_word()).take(TITLE);
    let (capitals, all) = words
        .fold((0, 0), |(capitals, all), token| (capitals + usize::from(token.is_capitalized()), all + 1));
    capitals * 2 > all
}
