//! What one pass over a document finds, with what is kept of each form, is what plain look-ups of each token find.

use copydesk_core::segment::token_flag;
use copydesk_core::{Document, DocumentView, Source, StageType, Token, TokenKind};

use crate::lexicon::role;
use crate::reading::{Forms, Reading, Tables};
use crate::vocabulary::special;
use crate::{Options, SentimentStage};

const TEXTS: [&str; 6] = [
    "Bridge Closed After Storm\n\nThe bridge was beyond repair, Anna Berg said; the mayor was at fault. Was it a breath of fresh air?",
    "“We are not happy,” the bank said: “bond losses rose, but crime fell 3.5% in 2019 – fewer deaths, more debt.”",
    "NOT very good NEWS FROM THE BANK: BONDS FALL",
    "at fault At Fault at odds at fault behind bars; ahead of schedule, ahead of the schedule, back to square one, back to square",
    "It was bad faith on the part of Norland, the letter of the mayor said to Lars Moreno, and it was more than the people of the \
     town of Velden would have to live with for the next ten years, as Ingrid Falk, the head of the bank, had told the board of \
     Halden in the spring, when the price of the bonds fell by a third and the loss of the year, of which nobody in the office of \
     Tom Dale could say a word, was behind bars of silence.",
    "The case of the bridge of Norland was in the hands of Anna Berg, of Halden, and of nobody else, as the office said in May.",
];

fn word_row(token: &Token, tables: Tables<'_>, place: usize, title: bool) -> u32 {
    let row = tables.vocabulary.row(token.hash());
    match token.kind() {
        TokenKind::Number | TokenKind::Mixed => special::NUMBER,
        _ if token.has(token_flag::QUOTE_MARK) => special::QUOTE_MARK,
        _ if place > 0
            && !title
            && token.is_capitalized()
            && token.span().len() > 1
            && tables.vocabulary.word(row).roles == 0 =>
        {
            special::NAME
        }
        _ => row,
    }
}

/// The rows, and whether each sentence is a title.
fn plain_rows(doc: &DocumentView<'_>, tables: Tables<'_>) -> (Vec<u32>, Vec<bool>) {
    let (mut rows, mut titles) = (Vec::new(), Vec::new());
    for sentence in doc.sentences() {
        let tokens = &doc.tokens()[sentence.tokens()];
        let words: Vec<&Token> = tokens.iter().filter(|token| token.is_word()).take(64).collect();
        let title = 2 * words.iter().filter(|token| token.is_capitalized()).count() > words.len();
        titles.push(title);
        rows.extend(tokens.iter().enumerate().map(|(at, token)| word_row(token, tables, at, title)));
        let every: Vec<usize> = (0..tokens.len()).collect();
        tables.terms.find(tokens, sentence.tokens().start, &every, &mut rows);
    }
    (rows, titles)
}

#[test]
fn one_pass_finds_what_plain_look_ups_find() {
    let stage = SentimentStage::new(Options::default()).expect("the built-in tables");
    let tables = stage.tables();
    let mut forms = Forms::default();
    let (mut terms, mut names) = (0, 0);
    for text in TEXTS.into_iter().chain(TEXTS) {
        let document = Document::new(Source { id: "test", text, ..Source::default() }).expect("a short text");
        let doc = document.view();
        let reading = Reading::of(&doc, tables, &mut forms);
        let (rows, titles) = plain_rows(&doc, tables);
        assert_eq!((&reading.rows, &reading.titles), (&rows, &titles), "{text}");
        let words = || doc.tokens().iter().filter(|token| token.is_word());
        assert_eq!(reading.words, words().count());
        assert_eq!(reading.financial, words().filter(|token| tables.finance.knows(token.hash())).count());
        let all = || doc.tokens().iter().enumerate();
        let turns: Vec<usize> =
            all().filter(|(_, token)| tables.turns.knows(token.hash())).map(|(at, _)| at).collect();
        assert_eq!(reading.turns, turns);
        let concerns = |(at, token): &(usize, &Token)| {
            if token.is_word() {
                let roles = tables.vocabulary.word(rows[*at]).roles & !role::FUNCTION;
                roles != 0 || tables.attitudes.knows(token.hash())
            } else {
                token.has(token_flag::QUOTE_MARK) || crate::hits::is_mark(token.hash())
            }
        };
        let noted: Vec<(usize, bool)> =
            all().filter(concerns).map(|(at, token)| (at, tables.attitudes.knows(token.hash()))).collect();
        let found: Vec<(usize, bool)> =
            reading.noted.iter().map(|noted| (noted.token as usize, noted.attitude)).collect();
        assert_eq!(found, noted, "{text}");
        terms += rows.iter().filter(|row| tables.vocabulary.word(**row).before > 0).count();
        names += rows.iter().filter(|row| **row == special::NAME).count();
    }
    assert!(terms > 10 && names > 20, "{terms} terms, {names} names");
}
