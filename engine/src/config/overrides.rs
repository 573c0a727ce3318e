//! `--set KEY=VALUE`: changes one value of a pipeline from the command line.

use toml::de::DeValue;

use super::diagnostic::Diagnostic;
use super::nearest;
use super::tree::{Key, Kind, Node, Origin, Tree, node};
use crate::registry::is_library;

/// Applies `stage.quote.options.kinds=["direct"]`. A stage is named by its `use` or by its index, `stage.*` means every
/// library, and `stage.+` adds a stage; a value that is not TOML is taken as a string.
pub(super) fn apply(tree: &mut Tree<'_>, set: &str) -> Result<(), Vec<Diagnostic>> {
    let number = tree.sets.len();
    tree.sets.push(set.to_owned());
    let origin = Origin::Set(number);
    let fail = |tree: &Tree<'_>, message: String, remedy: &str| {
        vec![tree.diagnostic(message, Some(&Origin::Set(number))).remedy(remedy)]
    };
    let example = "write --set output.offsets=bytes or --set stage.quote.options.kinds='[\"direct\"]'";
    let Some((path, value)) = set.split_once('=') else {
        return Err(fail(tree, format!("`{set}` sets nothing: it has no `=`"), example));
    };
    let keys: Vec<&str> = path.trim().split('.').map(str::trim).collect();
    if keys.iter().any(|key| key.is_empty()) {
        return Err(fail(tree, format!("`{path}` is not a key"), example));
    }
    let value = parse_value(value.trim(), number, &origin)?;
    let mut at = &mut tree.root;
    let mut keys = keys.as_slice();
    if let ["stage", "+", rest @ ..] = keys {
        let missing = at.get("stage").is_none();
        if let (true, Kind::Table(entries)) = (missing, &mut at.kind) {
            let key = Key { name: "stage".to_owned(), place: origin.clone() };
            entries.push((key, Node { place: origin.clone(), kind: Kind::Array(Vec::new()) }));
        }
        let Some(Kind::Array(stages)) = at.entry("stage", &origin).map(|stages| &mut stages.kind) else {
            return Ok(());
        };
        stages.push(Node { place: origin.clone(), kind: Kind::Table(Vec::new()) });
        let last = stages.len() - 1;
        at = &mut stages[last];
        keys = rest;
    } else if let ["stage", "*", rest @ ..] = keys {
        let names = stage_names(at);
        let libraries: Vec<usize> = (0..names.len()).filter(|place| is_library(&names[*place])).collect();
        if libraries.is_empty() {
            let message = "the pipeline has no stage that is a plugin library".to_owned();
            return Err(fail(
                tree,
                message,
                "add one with --stage ./libname.so, or name a stage: stage.quote.…",
            ));
        }
        let Some(Kind::Array(stages)) = at.entry("stage", &origin).map(|stages| &mut stages.kind) else {
            return Ok(());
        };
        if libraries.iter().all(|place| stages[*place].put(rest, &value, &origin)) {
            return Ok(());
        }
        return Err(fail(tree, format!("`{path}` leads into a value that is not a table"), example));
    } else if let ["stage", stage, rest @ ..] = keys {
        let names = stage_names(at);
        let Some(place) = stage
            .parse()
            .ok()
            .filter(|place| *place < names.len())
            .or_else(|| names.iter().position(|name| name == stage))
        else {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let message = format!("the pipeline has no stage `{stage}`");
            let problem = tree.diagnostic(message, Some(&origin));
            return Err(vec![nearest::suggest(problem, stage, &names, "its stages")]);
        };
        match at.entry("stage", &origin).map(|stages| &mut stages.kind) {
            Some(Kind::Array(stages)) => at = &mut stages[place],
            _ => return Ok(()),
        }
        keys = rest;
    }
    if at.put(keys, &value, &origin) {
        return Ok(());
    }
    Err(fail(tree, format!("`{path}` leads into a value that is not a table"), example))
}

/// The value as TOML; if it is not TOML, as a string.
fn parse_value(value: &str, number: usize, origin: &Origin) -> Result<Node, Vec<Diagnostic>> {
    match DeValue::parse(value) {
        Ok(parsed) => node(parsed, Some(number)),
        Err(_) => Ok(Node { place: origin.clone(), kind: Kind::String(value.to_owned()) }),
    }
}

/// The `use` of each stage: its name, or its library.
fn stage_names(root: &Node) -> Vec<String> {
    let Some((_, Node { kind: Kind::Array(stages), .. })) = root.get("stage") else { return Vec::new() };
    let name = |stage: &Node| match stage.get("use") {
        Some((_, Node { kind: Kind::String(name), .. })) => name.clone(),
        _ => String::new(),
    };
    stages.iter().map(name).collect()
}

impl Node {
    /// Sets the value at this path of keys; false if the path leads through a value that is not a table.
    fn put(&mut self, keys: &[&str], value: &Self, origin: &Origin) -> bool {
        let mut at = self;
        for key in keys {
            match at.entry(key, origin) {
                Some(next) => at = next,
                None => return false,
            }
        }
        *at = value.clone();
        true
    }

    /// The entry of a table, created if missing; `None` if this is not a table.
    fn entry(&mut self, name: &str, origin: &Origin) -> Option<&mut Self> {
        let Kind::Table(entries) = &mut self.kind else { return None };
        let place = match entries.iter().position(|(key, _)| key.name == name) {
            Some(place) => place,
            None => {
                let key = Key { name: name.to_owned(), place: origin.clone() };
                entries.push((key, Self { place: origin.clone(), kind: Kind::Table(Vec::new()) }));
                entries.len() - 1
            }
        };
        entries.get_mut(place).map(|(_, node)| node)
    }
}
