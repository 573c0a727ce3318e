//! `docs/faults.md` names a test for each fault: all these tests exist, and every test of faults is in the table.

use std::collections::BTreeSet;

use copydesk_tests::root;

fn tests_of(file: &str) -> BTreeSet<String> {
    let path = root().join("tests/tests").join(file).with_extension("rs");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let tests = text.split("#[test]\n").skip(1);
    let name =
        |test: &str| test.split_once("fn ")?.1.split_once('(').map(|(name, _)| format!("{file}::{name}"));
    tests.filter_map(name).collect()
}

#[test]
fn the_table_of_faults_names_tests_that_exist_and_leaves_none_out() {
    let page = std::fs::read_to_string(root().join("docs/faults.md")).expect("the page");
    let named: BTreeSet<String> = page
        .split('`')
        .filter(|word| word.contains("::") && !word.starts_with("FILE"))
        .map(str::to_owned)
        .collect();
    assert!(named.len() > 30, "{named:?}");
    for name in &named {
        let file = name.split_once("::").map_or("", |(file, _)| file);
        assert!(tests_of(file).contains(name), "docs/faults.md names {name}, which is not there");
    }
    for file in ["faults", "bad_files", "places"] {
        let missing: Vec<String> = tests_of(file).difference(&named).cloned().collect();
        assert!(missing.is_empty(), "docs/faults.md does not name {missing:?}");
    }
}
