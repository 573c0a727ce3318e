//! Hypothetical words and questions.

use copydesk_core::{Document, Source};

use super::score;
use crate::attitudes::Attitudes;
use crate::domain::Finance;
use crate::events::Events;
use crate::hits::Hits;
use crate::lexicon::lexicon;
use crate::reading::{Forms, Reading, Tables};
use crate::terms::Terms;
use crate::turns::Turns;
use crate::vocabulary::Vocabulary;
use copydesk_learn::Classes;

/// The words with valence that are hypothetical or in a question.
fn unreal(text: &str) -> Vec<String> {
    let document = Document::new(Source { id: "test", text, ..Source::default() }).expect("a text that fits");
    let forms = crate::lexicon::forms().expect("its forms");
    let vocabulary = Vocabulary::new(forms, lexicon(), Classes::built_in().expect("the classes"));
    let (terms, attitudes) = (Terms::default(), Attitudes::built_in().expect("the attitudes"));
    let view = document.view();
    let (turns, finance) = (Turns::built_in().expect("the table"), Finance::built_in());
    let events = Events::built_in().expect("the events");
    let tables = Tables {
        vocabulary: &vocabulary,
        terms: &terms,
        attitudes: &attitudes,
        turns: &turns,
        finance: &finance,
        events: &events,
    };
    let hits = Hits::read(&view, &Reading::of(&view, tables, &mut Forms::default()), &vocabulary);
    let found = hits.of_sentence(0..view.tokens().len());
    found.hits.iter().filter(|hit| hit.unreal).map(|hit| view.slice(hit.span).to_owned()).collect()
}

/// Sentences, and their words with valence that are not asserted.
const CASES: &[(&str, &[&str])] = &[
    ("The dam could become a disaster.", &["disaster"]),
    ("The dam became a disaster.", &[]),
    ("The trip would have been great.", &["great"]),
    ("The trip was great.", &[]),
    ("Is Halden a liar?", &["liar"]),
    ("Halden is a liar.", &[]),
    ("If the bridge collapses, the town will mourn.", &["collapses", "mourn"]),
    ("The minister might resign in disgrace.", &["resign", "disgrace"]),
    ("Perhaps the deal was a mistake.", &["mistake"]),
    ("Unless it rains, the harvest will be a failure.", &["failure"]),
    ("Orlova asked whether the plan was honest.", &["honest"]),
    ("In May the team was brilliant.", &[]),
    ("The plan could work, but the result was a disaster.", &[]),
    ("The harvest was good; it could be a disaster next year.", &["disaster"]),
    ("The crowd was angry: was the vote a fraud?", &["fraud"]),
    ("He should be honest.", &["honest"]),
];

#[test]
fn hypothetical_words_are_distinguished_from_asserted_ones() {
    for (text, expect) in CASES {
        assert_eq!(unreal(text), *expect, "{text}");
    }
}

/// Of two sentences the first is farther from neutral.
const STRONGER: &[(&str, &str)] = &[
    ("The merger was a disaster.", "Was the merger a disaster?"),
    ("The merger was a disaster.", "The merger could be a disaster."),
    ("The merger was a success.", "Was the merger a success?"),
    ("The merger was a success.", "The merger could be a success."),
    ("The film was great.", "The film might be great."),
    ("The film was terrible.", "The film might be terrible."),
    ("The mayor is corrupt.", "Is the mayor corrupt?"),
    ("The mayor is brilliant.", "Is the mayor brilliant?"),
];

#[test]
fn hypothetical_words_weigh_less() {
    for (strong, weak) in STRONGER {
        let (high, low) = (score(strong), score(weak));
        assert!(high.abs() > low.abs(), "{strong} {high} / {weak} {low}");
    }
}
