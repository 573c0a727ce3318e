//! The polarity of sentences towards targets.

use super::check_targets;

/// Sentences with a target, written for the project.
pub(super) const CASES: &[(&str, &str)] = &[
    ("The report accuses Halden of fraud and bribery.", "Halden=negative"),
    ("Critics slammed Orlova as corrupt and incompetent.", "Orlova=negative"),
    ("Everyone praised Tamsin for her brilliant and generous work.", "Tamsin=positive"),
    ("Reviewers hailed Castellan as a hero and an inspiration.", "Castellan=positive"),
    ("Norvale was widely condemned for the brutal attack on civilians.", "Norvale=negative"),
    ("Delegates met Ruskin in the afternoon.", "Ruskin=neutral"),
    ("Ruskin arrived on Tuesday.", "Ruskin=neutral"),
    ("The office of Ruskin is on the second floor.", "Ruskin=neutral"),
    ("Ruskin said the committee would meet on Monday.", "Ruskin=neutral"),
    ("Prosecutors charged Halden with theft and perjury.", "Halden=negative"),
    ("Halden lied to investors and stole their savings.", "Halden=negative"),
    ("Tamsin won the award for her outstanding courage.", "Tamsin=positive"),
    ("The judge called Halden a danger to the public.", "Halden=negative"),
    ("Doctors thanked Tamsin for saving the child.", "Tamsin=positive"),
    ("Orlova was forced to resign over the scandal.", "Orlova=negative"),
    ("Colleagues describe Tamsin as kind, honest and talented.", "Tamsin=positive"),
    ("Orlova insulted the nurses and mocked the sick.", "Orlova=negative"),
    ("Grand Victory Bank opened an office.", "Grand Victory Bank=neutral"),
];

#[test]
fn learned_polarity_towards_targets() {
    for (text, expect) in CASES {
        check_targets(text, &[expect]);
    }
}

#[test]
fn other_sentences_do_not_count() {
    check_targets(
        "Osric won a superb victory. Caspar walked in the afternoon.",
        &["Osric=positive", "Caspar=neutral"],
    );
}
