//! Relative paths in a pipeline file are relative to that file's folder, those on the command line to the working folder.
//!
//! The schema marks values that are paths with `"format": "path"`, on a string or on a list of strings, also in the
//! options of stages.

use std::path::Path;

use serde_json::Value;

use super::tree::{Kind, Node, Origin};
use crate::input::is_glob;

/// Resolves the relative paths of `node` against `folder` if they were written in the file. `root` is the schema with the
/// definitions of references.
pub(super) fn resolve(node: &mut Node, schema: &Value, root: &Value, folder: &Path) {
    each(node, schema, root, &mut |path, place| {
        if matches!(place, Origin::File(_)) {
            *path = beside(path, folder);
        }
    });
}

/// Calls `take` with each path of `node` and the location where it was written.
pub(super) fn each(
    node: &mut Node,
    schema: &Value,
    root: &Value,
    take: &mut impl FnMut(&mut String, &Origin),
) {
    if schema.get("format").and_then(Value::as_str) == Some("path") {
        return each_string(node, take);
    }
    let referred = schema.get("$ref").and_then(Value::as_str);
    let target = referred.and_then(|reference| root.pointer(reference.strip_prefix('#')?));
    let schema = target.unwrap_or(schema);
    if let Some(branches) = schema.get("anyOf").and_then(Value::as_array) {
        // A branch of another type matches nothing here.
        branches.iter().for_each(|branch| each(node, branch, root, take));
        return;
    }
    match &mut node.kind {
        Kind::Table(entries) => {
            for (key, value) in entries {
                if let Some(property) = schema.get("properties").and_then(|all| all.get(&key.name)) {
                    each(value, property, root, take);
                }
            }
        }
        Kind::Array(items) => {
            if let Some(item_schema) = schema.get("items") {
                items.iter_mut().for_each(|item| each(item, item_schema, root, take));
            }
        }
        _ => {}
    }
}

fn each_string(node: &mut Node, take: &mut impl FnMut(&mut String, &Origin)) {
    match &mut node.kind {
        Kind::String(path) => take(path, &node.place),
        Kind::Array(items) => items.iter_mut().for_each(|item| each_string(item, take)),
        _ => {}
    }
}

/// A path relative to the working folder. "-" is standard input or output.
pub(super) fn beside(path: &str, folder: &Path) -> String {
    let relative = path.strip_prefix("./").unwrap_or(path);
    if path == "-" || relative.is_empty() || folder.as_os_str().is_empty() || Path::new(path).is_absolute() {
        return path.to_owned();
    }
    let joined = folder.join(relative);
    if is_glob(relative) && !joined.exists() {
        // Wildcards in the folder's own name are escaped.
        let folder = globset::escape(&folder.to_string_lossy());
        return format!("{folder}/{relative}");
    }
    joined.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_begin_at_the_folder() {
        for (path, expected) in [
            ("a.txt", "in/a.txt"),
            ("./a.txt", "in/a.txt"),
            ("../a.txt", "in/../a.txt"),
            ("out/", "in/out/"),
            ("*.txt", "in/*.txt"),
            ("/data/a.txt", "/data/a.txt"),
            ("-", "-"),
        ] {
            assert_eq!(beside(path, Path::new("in")), expected);
        }
        assert_eq!(beside("*.txt", Path::new("in [old]")), "in [[]old[]]/*.txt");
        assert_eq!(beside("a.txt", Path::new("")), "a.txt");
    }
}
