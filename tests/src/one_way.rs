//! Reads which module of a crate uses which, for tests that data flow one way.

use std::path::Path;

/// Modules in the order in which they may use each other, by the beginnings of their paths: those of one place may use each other and
/// those of earlier places. What is in no place may use everything, and may not be used.
pub type Order<'o> = &'o [&'o [&'o str]];

/// The imports that go against an order, each as a sentence, and how many imports were read.
pub fn faults(manifest: &str, order: Order<'_>) -> (Vec<String>, usize) {
    let (mut faults, mut seen) = (Vec::new(), 0);
    walk(&Path::new(manifest).join("src"), "", order, &mut faults, &mut seen);
    (faults, seen)
}

/// The place of a module in an order; of the longest path that it begins with, as a module is more than its parts.
fn place(order: Order<'_>, module: &str) -> Option<usize> {
    let is_within =
        |name: &str| module == name || module.strip_prefix(name).is_some_and(|rest| rest.starts_with("::"));
    let all =
        order.iter().enumerate().flat_map(|(place, names)| names.iter().map(move |name| (place, *name)));
    all.filter(|(_, name)| is_within(name)).max_by_key(|(_, name)| name.len()).map(|(place, _)| place)
}

/// The paths that `use crate::…` names.
fn imports(source: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for rest in source.split("use crate::").skip(1) {
        if let Some((tree, _)) = rest.split_once(';') {
            spread(&tree.split_whitespace().collect::<String>(), "", &mut paths);
        }
    }
    paths
}

/// Takes groups apart: `a::{b,c::{d,e}}` are `a::b`, `a::c::d` and `a::c::e`.
fn spread(tree: &str, front: &str, paths: &mut Vec<String>) {
    let Some((path, group)) = tree.split_once('{') else {
        paths.push(format!("{front}{tree}"));
        return;
    };
    let group = group.strip_suffix('}').unwrap_or(group);
    let (mut depth, mut start) = (0, 0);
    for (at, letter) in group.char_indices().chain([(group.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if start < at {
                    spread(&group[start..at], &format!("{front}{path}"), paths);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

fn walk(folder: &Path, module: &str, order: Order<'_>, faults: &mut Vec<String>, seen: &mut usize) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).expect("a folder of sources").flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().expect("a name in UTF-8");
        let inner =
            |stem: &str| if module.is_empty() { stem.to_owned() } else { format!("{module}::{stem}") };
        if entry.path().is_dir() {
            walk(&entry.path(), &inner(&name), order, faults, seen);
            continue;
        }
        let own = match name.trim_end_matches(".rs") {
            "mod" => module.to_owned(),
            "tests" => continue,
            stem => inner(stem),
        };
        let Some(here) = place(order, &own) else { continue };
        let source = std::fs::read_to_string(entry.path()).expect("a source");
        for path in imports(&source) {
            *seen += 1;
            if place(order, &path).is_none_or(|there| there > here) {
                faults.push(format!("{own} uses {path}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_module_is_known_as_one() {
        const ORDER: Order<'_> = &[&["lex"], &["parse::amounts"], &["parse", "join"]];
        assert!(place(ORDER, "lex::number") < place(ORDER, "parse::amounts::count"));
        assert!(place(ORDER, "parse::amounts") < place(ORDER, "parse::dates"));
        assert_eq!(place(ORDER, "parse"), place(ORDER, "join::bounds"));
        assert_eq!((place(ORDER, "emit"), place(ORDER, "lexicon")), (None, None));
    }

    #[test]
    fn groups_are_taken_apart() {
        let source =
            "use crate::lex::{a, b::{self, C},\n    d};\nuse crate::item::Item;\nuse crate::{x, y};\n";
        assert_eq!(
            imports(source),
            ["lex::a", "lex::b::self", "lex::b::C", "lex::d", "item::Item", "x", "y"]
        );
    }
}
