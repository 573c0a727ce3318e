//! The complete output for the example articles, through the real binary.
//!
//! After an intended change: `INSTA_UPDATE=always cargo test -p copydesk-tests --test golden`, or `cargo insta review`, and
//! read the difference before you commit it.

use copydesk_tests::schema::assert_line;
use copydesk_tests::{copydesk, root};
use serde_json::Value;

#[test]
fn the_output_of_the_example_articles() {
    let ran = copydesk(&root(), &["run", "examples/articles", "examples/news.jsonl", "--quiet"]).exits(0);
    assert_eq!(ran.out.lines().count(), 6);
    for line in ran.out.lines() {
        let document: Value = serde_json::from_str(line).expect("a line of JSON");
        assert_line(&document);
        assert_eq!(
            serde_json::to_string(&document).expect("JSON"),
            line,
            "the snapshot would tell less than the line"
        );
        let id = document["id"].as_str().expect("an id").replace(['/', '.'], "_");
        insta::assert_snapshot!(id, serde_json::to_string_pretty(&document).expect("JSON"));
    }
}
