//! Opinions between entities, and sentences without any. The answers were decided before the first run.

use copydesk_core::layers::{CueClass, EntityKind, MentionForm, QuoteKind, Stance};
use copydesk_core::{Document, Emitter, Source, Span};

use super::{TEST, analyzed, check_stances, named, stances_of};

#[test]
fn nouns_that_their_object_earns() {
    for (text, expect) in [
        ("Viktor Dahl drew praise from Alma Reyes.", &["Alma Reyes -> Viktor Dahl: positive"][..]),
        ("Orbis faced sharp criticism from Alma Reyes.", &["Alma Reyes -> Orbis: negative"]),
        ("Viktor Dahl won the backing of the town.", &[]),
    ] {
        check_stances(text, expect);
    }
}

#[test]
fn participles_and_relative_clauses() {
    for (text, expect) in [
        ("Orbis, backed by Alma Reyes, won the vote.", &["Alma Reyes -> Orbis: positive"][..]),
        (
            "Viktor Dahl was praised by Alma Reyes and opposed by Orbis.",
            &["Alma Reyes -> Viktor Dahl: positive", "Orbis -> Viktor Dahl: negative"],
        ),
        (
            "Viktor Dahl, whom Alma Reyes has called a coward, spoke first.",
            &["Alma Reyes -> Viktor Dahl: negative"],
        ),
    ] {
        check_stances(text, expect);
    }
}

#[test]
fn an_object_is_not_the_subject_of_the_next_verb() {
    check_stances(
        "Alma Reyes praised Viktor Dahl and attacked Orbis.",
        &["Alma Reyes -> Viktor Dahl: positive", "Alma Reyes -> Orbis: negative"],
    );
    check_stances("Voters praised Viktor Dahl and attacked Orbis.", &[]);
    check_stances("The rumour that Viktor Dahl had cheated was mocked by Alma Reyes.", &[]);
}

#[test]
fn a_mere_mention_is_neutral() {
    for text in [
        "Alma Reyes flew to Sylvania with Viktor Dahl on Monday.",
        "Alma Reyes succeeded Viktor Dahl as head of Orbis.",
        "Alma Reyes, who is from Freedonia, lives near Viktor Dahl.",
        "Alma Reyes asked whether Viktor Dahl was a thief.",
        "Did Alma Reyes meet Viktor Dahl in Sylvania?",
    ] {
        check_stances(text, &[]);
    }
}

/// A sentence in which the words between `[` and `]` are said, with `cue`, by the first of the two names.
fn said(text: &str, names: [&str; 2], stance: Stance) -> Document {
    let plain = text.replace(['[', ']'], "");
    let start = text.find('[').expect("an opening bracket");
    let end = text.find(']').expect("a closing bracket") - 1;
    let mut document =
        Document::new(Source { id: "test", text: &plain, ..Source::default() }).expect("short enough");
    let span = |start: usize, end: usize| Span::checked(&plain, start, end).expect("a span");
    let of = |words: &str| {
        let at = plain.find(words).unwrap_or_else(|| panic!("`{words}` is not in the text"));
        span(at, at + words.len())
    };
    let mut entities = Emitter::new();
    for name in names {
        entities.entity(EntityKind::Organization, name, TEST).mention(of(name), MentionForm::Name);
    }
    document.absorb(&entities, &["entities"]).expect("right annotations");
    let mut quotes = Emitter::new();
    let content = span(start, end);
    quotes
        .quote(QuoteKind::Indirect, content, TEST)
        .content(content)
        .cue(of("said"), "say", CueClass::Speech, stance)
        .speaker(of(names[0]));
    document.absorb(&quotes, &["quotes"]).expect("right annotations");
    analyzed(document)
}

#[test]
fn a_clause_evaluates_its_subject() {
    let of = |text: &str| stances_of(&said(text, ["Alma Reyes", "Viktor Dahl"], Stance::Neutral));
    assert_eq!(of("Alma Reyes said [Viktor Dahl was a crook]."), ["Alma Reyes -> Viktor Dahl: negative"]);
    assert_eq!(
        of("Alma Reyes said [Viktor Dahl has always been brilliant]."),
        ["Alma Reyes -> Viktor Dahl: positive"]
    );
    assert_eq!(
        of("Alma Reyes said [I am grateful to Viktor Dahl]."),
        ["Alma Reyes -> Viktor Dahl: positive"]
    );
    // What happens to somebody is not an opinion.
    assert_eq!(of("Alma Reyes said [Viktor Dahl was murdered in May]."), [""; 0]);
    assert_eq!(of("Alma Reyes said [prejudice had led to the persecution of Viktor Dahl]."), [""; 0]);
    assert_eq!(of("Alma Reyes said [Viktor Dahl was in town]."), [""; 0]);
}

#[test]
fn denied_opinions_are_not_held() {
    let text = "Alma Reyes said [Viktor Dahl was a crook].";
    assert_eq!(stances_of(&said(text, ["Alma Reyes", "Viktor Dahl"], Stance::Deny)), [""; 0]);
}

#[test]
fn an_agency_reports() {
    let text = "Norland News Agency said [rebels had burned the farms of Orbis].";
    assert_eq!(stances_of(&said(text, ["Norland News Agency", "Orbis"], Stance::Neutral)), [""; 0]);
    let text = "Norland News Agency said [Orbis attacked the brutal rebels in a horrible raid].";
    assert_eq!(stances_of(&said(text, ["Norland News Agency", "Orbis"], Stance::Neutral)), [""; 0]);
}

#[test]
fn the_model_is_asked_wherever_it_matters() {
    // For an explanation it is asked about every pair.
    let text = "Viktor Dahl, who chairs the council, praised Alma Reyes for her work. Alma Reyes dismissed Viktor Dahl as a liar. \
        Alma Reyes hates the disgraceful Orbis. Viktor Dahl, a fan of Sylvania, was mocked by Freedonia. Police in Sylvania \
        arrested Viktor Dahl in Freedonia. Orbis may condemn Alma Reyes, a Viktor Dahl supporter. Orbis fears Sylvania.";
    let mut explained = named(text);
    explained.explain(true);
    let found = stances_of(&analyzed(named(text)));
    assert!(found.len() > 2, "{found:?}");
    assert_eq!(found, stances_of(&analyzed(explained)));
}

#[test]
fn a_text_of_one_sentence_lets_the_model_decide_alone() {
    for (text, expect) in [
        (
            "Viktor Dahl, who chairs the council, praised Alma Reyes for her work on the harbour.",
            &["Viktor Dahl -> Alma Reyes: positive"][..],
        ),
        ("Police in Sylvania arrested Viktor Dahl after a tip from Alma Reyes.", &[]),
        ("Alma Reyes told Orbis that Viktor Dahl would arrive in Sylvania by train on Monday.", &[]),
        ("Alma Reyes dismissed Viktor Dahl as a liar and a fool.", &["Alma Reyes -> Viktor Dahl: negative"]),
        ("Orbis dismissed Viktor Dahl in May.", &[]),
    ] {
        check_stances(text, expect);
    }
}
