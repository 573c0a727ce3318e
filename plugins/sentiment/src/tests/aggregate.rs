//! Mentions of an entity taken together.

use super::{analyzed, document};
use crate::aggregate::LAYER;

/// The layer's payloads for a text, with the words that each annotation marks.
fn aggregated(text: &str, names: &[&str]) -> Vec<(String, serde_json::Value)> {
    let document = analyzed(document(text, names, &[]));
    let view = document.view();
    let layer = view.customs().filter(|custom| custom.layer() == LAYER);
    layer
        .map(|custom| {
            let payload = serde_json::from_str(custom.payload()).unwrap_or_default();
            (view.slice(custom.span()).to_owned(), payload)
        })
        .collect()
}

#[test]
fn entities_with_a_tone_are_told_at_their_first_mention() {
    let text = "Critics slammed Orlova as corrupt and incompetent. Ruskin arrived on Tuesday. \
                Everyone praised Tamsin for her brilliant and generous work.";
    let found = aggregated(text, &["Orlova", "Ruskin", "Tamsin"]);
    let told: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|(words, value)| {
            let word = |key: &str| value[key].as_str().unwrap_or("");
            (words.as_str(), word("entity"), word("label"))
        })
        .collect();
    assert_eq!(told, [("Orlova", "e1", "negative"), ("Tamsin", "e3", "positive")]);
    assert_eq!(found[0].1["mentions"], 1);
    assert_eq!(found[0].1["negative"], 1);
    assert!(found[0].1["polarity"].as_f64().is_some_and(|polarity| (-1.0..-0.2).contains(&polarity)));
}

#[test]
fn a_plain_text_tells_of_nobody() {
    assert_eq!(aggregated("Delegates met Ruskin in the afternoon.", &["Ruskin"]), []);
}
