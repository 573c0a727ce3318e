//! Each pass of the stage sees those before it, and no later one: data flow one way.

use copydesk_tests::one_way::{Order, faults};

/// The passes and what they share. What `lib.rs` and `emit` see is theirs.
const ORDER: Order<'_> = &[
    &["registry", "sentence"],
    &["origin", "when"],
    &["item", "duration"],
    &["lex"],
    &["parse::amounts"],
    &["parse::dates", "patterns"],
    &["parse", "join"],
    &["relate"],
];

#[test]
fn no_pass_sees_a_later_one() {
    let (faults, seen) = faults(env!("CARGO_MANIFEST_DIR"), ORDER);
    assert!(seen > 300, "{seen} imports were read");
    assert!(faults.is_empty(), "{faults:#?}");
}
