//! What counts as a quote by default, and what is held back.

use super::{show, with_quotes};
use crate::Options;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> =
        with_quotes(text, Options::default(), |view| view.quotes().map(|quote| show(view, quote)).collect());
    assert_eq!(found, expected, "{text}");
}

/// Nothing is emitted, and the rule that holds it back is reported.
#[track_caller]
fn held_back(text: &str, rule: &str) {
    let rules = with_quotes(text, Options::default(), |view| {
        assert_eq!(view.quotes().len(), 0, "{text}");
        view.held_back().map(|held| held.rule().to_owned()).collect::<Vec<_>>()
    });
    assert_eq!(rules, [rule], "{text}");
}

macro_rules! held {
    ($($name:ident: $text:literal, $rule:literal;)+) => {
        $(#[test] fn $name() { held_back($text, $rule); })+
    };
}

held! {
    a_belief: "The mayor believes that the bridge will stay closed until spring.", "attitude";
    a_hope: "The team hopes to finish the work by June.", "attitude";
    a_discovery: "The mayor found that his car was gone.", "attitude";
    a_noun_phrase: "The mayor rejected sharp criticism of the bridge.", "no-clause";
    a_noun_phrase_with_a_relative: "The senator blasted reforms that help only the banks.", "no-clause";
    a_plan_that_is_judged: "The union criticised a plan that would close the yard.", "relative";
    a_guideline: "The fee was raised twice, according to the guidelines of the health office.", "norm";
    the_narrators_note: "It is worth noting that the bridge was closed for three years.", "impersonal";
    the_narrators_reminder: "It is recalled that the ministry has closed the bridge for three years.", "impersonal";
    failed_to_mention: "The bank failed to mention that it had lost the money.", "refusal";
    a_question: "But has the minister said that taxes will fall?", "question";
    a_nickname: "Known widely as “Rollo,” Ingrid Falk ran the harbour for years.", "title-in-marks";
    a_short_answer: "Yet when the mayor tried to win a third term at the poll in 2016, 51% said no.", "short-answer";
    a_title_with_a_comma: "“The Long Winter,” starring Ingrid Falk, opens on Friday.", "title-in-marks";
}

macro_rules! given {
    ($($name:ident: $text:literal => [$($quote:literal),* $(,)?];)+) => {
        $(#[test] fn $name() { check($text, &[$($quote),*]); })+
    };
}

given! {
    a_correction: "CORRECTION: The first version of this article named the wrong street." => [];
    a_relative_and_a_verb: "The mayor said rules that help only the banks would be dropped." =>
        ["The mayor (say) indirect: rules that help only the banks would be dropped"];
    a_report: "The fee was raised twice, according to the report of the health office." =>
        ["the report of the health office (according) indirect: The fee was raised twice"];
    speech: "The mayor said that the bridge would stay closed." =>
        ["The mayor (say) indirect: that the bridge would stay closed"];
    accusing: "The union accused the company of hiding the risks." =>
        ["The union (accuse) indirect: the company of hiding the risks"];
    promising: "The minister promised that taxes would fall." =>
        ["The minister (promise) indirect: that taxes would fall"];
    according_to: "Payments more than doubled for one in five families, according to a study." =>
        ["a study (according) indirect: Payments more than doubled for one in five families"];
    a_clause_that_ends_with_a_relative: "The port reopened on Monday after a strike that cost exporters €310 million, the ministry said." =>
        ["the ministry (say) indirect: The port reopened on Monday after a strike that cost exporters €310 million"];
    a_finding: "The study shows that children sleep less than they did." =>
        ["The study (show) indirect: that children sleep less than they did"];
    an_unknown_verb_after: "“Then we shall walk home,” grumbled Ingrid Falk." =>
        ["Ingrid Falk (grumble) direct: Then we shall walk home,"];
    an_unknown_verb_before: "Lars Moreno thundered: “Nobody leaves this room tonight.”" =>
        ["Lars Moreno (thunder) direct: Nobody leaves this room tonight."];
    the_next_paragraph: "“The road was dark,” said Ingrid Falk.\n\n“Nobody had a lamp that night.”" => [
        "Ingrid Falk (say) direct: The road was dark,",
        "Ingrid Falk (?) direct: Nobody had a lamp that night.",
    ];
    a_signature_with_a_role: "“We never saw the river so high.” — Ingrid Falk, ferryman" =>
        ["Ingrid Falk (—) direct: We never saw the river so high."];
}

/// A user's table takes precedence over the built-in one, and a line that is not a cue is reported with its line number.
#[test]
fn cues_of_ones_own() {
    use copydesk_core::StageType;
    let folder = std::env::temp_dir().join(format!("copydesk-cues-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (own, broken) = (folder.join("own.tsv"), folder.join("broken.tsv"));
    std::fs::write(&own, "# mine\nbelieve\tspeech\tdistance\tbelieve believes believed\n").expect("a table");
    std::fs::write(&broken, "believe\tspeech\n").expect("a table");
    let text = "The mayor believes that the bridge will stay closed until spring.";
    let options = Options { cues: vec![own], ..Options::default() };
    let stances = with_quotes(text, options, |view| {
        view.quotes().filter_map(|quote| quote.cue().map(|cue| cue.stance)).collect::<Vec<_>>()
    });
    assert_eq!(stances, [copydesk_core::layers::Stance::Distance]);
    let error = crate::QuoteStage::new(Options { cues: vec![broken], ..Options::default() }).err();
    let message = error.map(|error| error.to_string()).unwrap_or_default();
    assert!(message.contains("broken.tsv:1") && message.contains("four columns"), "{message}");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}
