//! The mean over the mentions of an entity.

use copydesk_core::layers::{EntityId, Label};

use super::{analyzed, document};

/// For each entity with a tone its place, label and score, and the counts of negative, positive and all mentions.
fn aggregated(text: &str, names: &[&str]) -> Vec<(usize, Label, f32, [u32; 3])> {
    let document = analyzed(document(text, names, &[]));
    let view = document.view();
    let entities = view.sentiment().entities().map(|towards| {
        let counts = [towards.negative, towards.positive, towards.mentions];
        (EntityId::index(towards.entity), towards.polarity.label, towards.polarity.score, counts)
    });
    entities.collect()
}

#[test]
fn entities_with_a_tone_are_emitted() {
    let text = "Critics slammed Orlova as corrupt and incompetent. Ruskin arrived on Tuesday. \
                Everyone praised Tamsin for her brilliant and generous work.";
    let found = aggregated(text, &["Orlova", "Ruskin", "Tamsin"]);
    let [orlova, tamsin] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((orlova.0, orlova.1, orlova.3), (0, Label::Negative, [1, 0, 1]));
    assert!((-1.0..-0.2).contains(&orlova.2), "{orlova:?}");
    assert_eq!((tamsin.0, tamsin.1, tamsin.3), (2, Label::Positive, [0, 1, 1]));
}

#[test]
fn a_factual_text_has_no_tone() {
    assert_eq!(aggregated("Delegates met Ruskin in the afternoon.", &["Ruskin"]), []);
}
