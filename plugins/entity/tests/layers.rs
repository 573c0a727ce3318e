//! Tables know no document, finding names knows no entities: data flow one way.

use copydesk_tests::one_way::{Order, faults};

/// The layers. What `lib.rs`, `emit` and `examples` see is theirs.
const ORDER: Order<'_> =
    &[&["registry", "Options"], &["tables"], &["words"], &["recognize::model"], &["recognize"], &["resolve"]];

#[test]
fn no_layer_sees_a_later_one() {
    let (faults, seen) = faults(env!("CARGO_MANIFEST_DIR"), ORDER);
    assert!(seen > 100, "{seen} imports were read");
    assert!(faults.is_empty(), "{faults:#?}");
}
