//! Each pass of the stage sees those before it, and no later one: data flows one way.

use std::path::Path;

/// The passes and what they share, in order, by the beginnings of their modules' names. What `lib.rs` and `emit` see is theirs.
const ORDER: [&[&str]; 8] = [
    &["registry", "sentence"],
    &["origin", "when"],
    &["item", "duration"],
    &["lex"],
    &["parse::amounts"],
    &["parse::dates", "patterns"],
    &["parse", "join"],
    &["relate"],
];

/// The place of a module in the order; of the longest name that it begins with, as `parse` is more than its parts.
fn pass(module: &str) -> Option<usize> {
    let is_within =
        |name: &str| module == name || module.strip_prefix(name).is_some_and(|rest| rest.starts_with("::"));
    let all = ORDER.iter().enumerate().flat_map(|(pass, names)| names.iter().map(move |name| (pass, *name)));
    all.filter(|(_, name)| is_within(name)).max_by_key(|(_, name)| name.len()).map(|(pass, _)| pass)
}

/// The paths that `use crate::…` names, groups taken apart.
fn imports(source: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for rest in source.split("use crate::").skip(1) {
        let Some((tree, _)) = rest.split_once(';') else { continue };
        let tree: String = tree.split_whitespace().collect();
        match tree.split_once("::{") {
            Some((path, leaves)) => {
                paths.extend(leaves.trim_end_matches('}').split(',').map(|leaf| format!("{path}::{leaf}")));
            }
            None => paths.push(tree),
        }
    }
    paths
}

fn walk(folder: &Path, module: &str, faults: &mut Vec<String>, seen: &mut usize) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).expect("a folder of sources").flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().expect("a name in UTF-8");
        let inner =
            |stem: &str| if module.is_empty() { stem.to_owned() } else { format!("{module}::{stem}") };
        if entry.path().is_dir() {
            walk(&entry.path(), &inner(&name), faults, seen);
            continue;
        }
        let own = match name.trim_end_matches(".rs") {
            "mod" => module.to_owned(),
            "tests" => continue,
            stem => inner(stem),
        };
        let Some(here) = pass(&own) else { continue };
        let source = std::fs::read_to_string(entry.path()).expect("a source");
        for path in imports(&source) {
            *seen += 1;
            if pass(&path).is_none_or(|there| there > here) {
                faults.push(format!("{own} uses {path}"));
            }
        }
    }
}

#[test]
fn no_pass_sees_a_later_one() {
    let (mut faults, mut seen) = (Vec::new(), 0);
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut faults, &mut seen);
    assert!(seen > 300, "{seen} imports were read");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_later_pass_is_known_as_one() {
    assert!(pass("lex::number") < pass("parse::amounts::count"));
    assert!(pass("parse::amounts") < pass("parse::dates::ago"));
    assert!(pass("join::bounds") < pass("relate"));
    assert_eq!(pass("emit"), None);
    assert_eq!(
        imports("use crate::lex::{a, b};\nuse crate::item::Item;"),
        ["lex::a", "lex::b", "item::Item"]
    );
}
