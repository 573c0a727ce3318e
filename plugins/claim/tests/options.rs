//! Options, contradictions and details that are not in the table of sentences.

mod common;

use common::document;
use copydesk_claim::ClaimStage;
use copydesk_core::build;
use copydesk_core::layers::{ClaimKind, Claimant};

fn texts(text: &str, options: &str) -> Vec<String> {
    let document = document(text, options);
    let view = document.view();
    view.claims().map(|claim| view.slice(claim.span()).to_owned()).collect()
}

#[test]
fn forecasts_are_an_option_and_say_so() {
    let text = "The economy will grow 3% next year.";
    assert!(texts(text, "").is_empty());
    let document = document(text, r#"{"forecasts": true}"#);
    let claims: Vec<_> =
        document.view().claims().map(|claim| (claim.is_forecast(), claim.worth() < 0.5)).collect();
    assert_eq!(claims, [(true, true)]);
}

#[test]
fn events_and_claims_of_little_worth_can_be_left_out() {
    let text = "Norland joined the European Union in 1995. Two ships left. Exports rose 12% in July.";
    let all = texts(text, "");
    assert!(all.len() > 1, "{all:?}");
    assert_eq!(texts(text, r#"{"events": false, "min_worth": 0.5}"#), ["Exports rose 12% in July"]);
    let error = build::<ClaimStage>(r#"{"min_worth": 1.5}"#).map(drop).expect_err("not a worth");
    assert!(error.to_string().contains("1.5 is not between 0 and 1"), "{error}");
}

#[test]
fn a_claim_has_its_own_clause_and_its_baseline() {
    let document = document(
        "Exports rose 12% to $4 billion in July while imports fell from $3 billion to $2.9 billion. Consumer prices rose 3.1% in the year to July, down from 3.8% in May.",
        "",
    );
    let view = document.view();
    let claims: Vec<_> = view.claims().collect();
    assert_eq!(view.slice(claims[0].span()), "Exports rose 12% to $4 billion in July");
    assert_eq!(claims[0].kind(), ClaimKind::Change);
    let prices = claims.last().expect("claims");
    let words = |id| view.figure(id).map(|figure| view.slice(figure.span()));
    assert_eq!(prices.figures().map(|id| words(id).unwrap_or("")).collect::<Vec<_>>(), ["3.1%", "3.8%"]);
    assert_eq!(prices.baseline().and_then(words), Some("May"));
    assert_eq!(prices.claimant(), Claimant::Narrator);
}

#[test]
fn two_values_of_one_measure_contradict_each_other() {
    let text = |second: &str| {
        format!(
            "The Labour Ministry said that unemployment stood at 6.3% in July 2022. Berg told reporters that unemployment stood at {second} in July 2022."
        )
    };
    let contradictions = |text: &str| {
        let document = document(text, "");
        let places: Vec<_> =
            document.view().claims().map(|claim| claim.contradicts().map(|other| other.index())).collect();
        places
    };
    assert_eq!(contradictions(&text("7.1%")), [None, Some(0)]);
    assert_eq!(contradictions(&text("6.3%")), [None, None]);
    // A value for another month does not contradict.
    assert_eq!(contradictions(&text("7.1%").replacen("July", "June", 1)), [None, None]);
}

#[test]
fn odd_texts_give_no_claim_and_no_error() {
    for text in ["", "5", "$", "2019 2020 2021", "In", "said said said 5%", "\u{202e}12% ٣٤", "if if 5% if ?"]
    {
        let _ = texts(text, r#"{"forecasts": true}"#);
    }
}
