//! Tables do not depend on documents, finding names does not depend on entities: data flow one way.

use copydesk_tests::one_way::{Order, faults};

/// The layers, and what `lib.rs`, `emit` and `examples` may use.
const ORDER: Order<'_> =
    &[&["registry", "Options"], &["tables"], &["words"], &["recognize::model"], &["recognize"], &["resolve"]];

#[test]
fn no_layer_sees_a_later_one() {
    let (faults, seen) = faults(env!("CARGO_MANIFEST_DIR"), ORDER);
    assert!(seen > 100, "{seen} imports were read");
    assert!(faults.is_empty(), "{faults:#?}");
}
