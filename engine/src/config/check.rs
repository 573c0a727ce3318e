//! Checks a tree against a JSON Schema, the same one that editors use, for the pipeline and for each stage's options.
//!
//! It supports the part of JSON Schema that option schemas need: `$ref`, `type`, `enum`, `const`, `properties`,
//! `additionalProperties`, `required`, `items`, `anyOf`/`oneOf`, `minimum`, `maximum`. The stage itself checks everything else
//! when it is created.

use serde_json::Value;

use super::diagnostic::Diagnostic;
use super::nearest;
use super::tree::{Key, Kind, Node, Tree};

/// All problems of `node`; `what` names it in messages, empty for the file itself.
pub(super) fn check(tree: &Tree<'_>, node: &Node, schema: &Value, what: &str) -> Vec<Diagnostic> {
    let mut checker = Checker { tree, root: schema, problems: Vec::new() };
    checker.check(node, schema, what, 0);
    checker.problems
}

/// The maximum depth of recursion, for schemas that refer to themselves.
const MAX_DEPTH: usize = 64;

struct Checker<'c> {
    tree: &'c Tree<'c>,
    root: &'c Value,
    problems: Vec<Diagnostic>,
}

impl<'c> Checker<'c> {
    fn check(&mut self, node: &Node, schema: &'c Value, what: &str, depth: usize) {
        let Some(schema) = self.resolve(schema) else { return };
        if depth > MAX_DEPTH {
            return;
        }
        if let Some(branches) = branches(schema) {
            return self.check_branches(node, branches, what, depth);
        }
        let allowed = words(schema);
        if !allowed.is_empty() {
            return self.check_word(node, &allowed, what);
        }
        if let Some(expected) = wrong_type(node, schema) {
            let message = format!("{} must be {expected}, found {}", named(what), article(node.type_name()));
            return self.report(node, message);
        }
        match &node.kind {
            Kind::Table(entries) => self.check_table(node, entries, schema, what, depth),
            Kind::Array(items) => {
                if let Some(item_schema) = schema.get("items") {
                    for item in items {
                        self.check(item, item_schema, &format!("each item of {what}"), depth + 1);
                    }
                }
            }
            Kind::Integer(number) => self.check_range(node, *number as f64, schema, what),
            Kind::Float(number) => self.check_range(node, *number, schema, what),
            _ => {}
        }
    }

    fn check_table(
        &mut self,
        node: &Node,
        entries: &[(Key, Node)],
        schema: &'c Value,
        what: &str,
        depth: usize,
    ) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let known: Vec<&str> =
            properties.map(|all| all.keys().map(String::as_str).collect()).unwrap_or_default();
        let additional = schema.get("additionalProperties");
        for (key, value) in entries {
            let name =
                if what.is_empty() { format!("`{}`", key.name) } else { format!("`{}` of {what}", key.name) };
            match properties.and_then(|all| all.get(&key.name)) {
                Some(property) => self.check(value, property, &name, depth + 1),
                None if additional == Some(&Value::Bool(false)) => {
                    let place = if what.is_empty() { String::new() } else { format!(" in {what}") };
                    let message = format!("unknown key `{}`{place}", key.name);
                    let problem = self.tree.diagnostic(message, Some(&key.place));
                    self.problems.push(nearest::suggest(problem, &key.name, &known, "known keys"));
                }
                None => {
                    if let Some(other) = additional.filter(|other| other.is_object()) {
                        self.check(value, other, &name, depth + 1);
                    }
                }
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str) {
            if !entries.iter().any(|(key, _)| key.name == name) {
                self.report(node, format!("the key `{name}` is missing{}", within(what)));
            }
        }
    }

    fn check_word(&mut self, node: &Node, allowed: &[&str], what: &str) {
        let written = match &node.kind {
            Kind::String(text) => text.as_str(),
            _ => {
                let message =
                    format!("{} must be a string, found {}", named(what), article(node.type_name()));
                let problem = self.tree.diagnostic(message, Some(&node.place));
                self.problems.push(problem.remedy(format!("one of: {}", allowed.join(", "))));
                return;
            }
        };
        if !allowed.contains(&written) {
            let message = format!("{} cannot be \"{written}\"", named(what));
            let problem = self.tree.diagnostic(message, Some(&node.place));
            self.problems.push(nearest::suggest(problem, written, allowed, "one of"));
        }
    }

    /// Succeeds if one branch does; otherwise reports the problems of the branch with the right type.
    fn check_branches(&mut self, node: &Node, branches: &'c [Value], what: &str, depth: usize) {
        let mut best: Option<Vec<Diagnostic>> = None;
        for branch in branches {
            let before = std::mem::take(&mut self.problems);
            self.check(node, branch, what, depth + 1);
            let found = std::mem::replace(&mut self.problems, before);
            if found.is_empty() {
                return;
            }
            let fits = self.resolve(branch).is_some_and(|branch| wrong_type(node, branch).is_none());
            if best.is_none() || fits {
                best = Some(found);
            }
        }
        self.problems.extend(best.unwrap_or_default());
    }

    fn check_range(&mut self, node: &Node, number: f64, schema: &Value, what: &str) {
        let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
        if !number.is_finite() {
            self.report(node, format!("{} must be a finite number", named(what)));
        } else if let Some(minimum) = limit("minimum").filter(|minimum| number < *minimum) {
            self.report(node, format!("{} must be at least {minimum}", named(what)));
        } else if let Some(maximum) = limit("maximum").filter(|maximum| number > *maximum) {
            self.report(node, format!("{} must be at most {maximum}", named(what)));
        }
    }

    /// Resolves `$ref` within the schema's own definitions.
    fn resolve(&self, schema: &'c Value) -> Option<&'c Value> {
        let mut schema = schema;
        for _ in 0..MAX_DEPTH {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { return Some(schema) };
            schema = self.root.pointer(reference.strip_prefix('#')?)?;
        }
        None
    }

    fn report(&mut self, node: &Node, message: String) {
        self.problems.push(self.tree.diagnostic(message, Some(&node.place)));
    }
}

/// The branches of `anyOf` or `oneOf`, unless they are the words of an enum.
fn branches(schema: &Value) -> Option<&[Value]> {
    if !words(schema).is_empty() {
        return None;
    }
    ["anyOf", "oneOf"].into_iter().find_map(|key| schema.get(key)?.as_array()).map(Vec::as_slice)
}

/// The allowed strings, given as `enum`, `const`, or `oneOf` of constants.
fn words(schema: &Value) -> Vec<&str> {
    if let Some(word) = schema.get("const").and_then(Value::as_str) {
        return vec![word];
    }
    if let Some(all) = schema.get("enum").and_then(Value::as_array) {
        return all.iter().filter_map(Value::as_str).collect();
    }
    let Some(all) = schema.get("oneOf").and_then(Value::as_array) else { return Vec::new() };
    let words: Vec<Vec<&str>> = all.iter().map(words).collect();
    if words.iter().any(Vec::is_empty) { Vec::new() } else { words.concat() }
}

/// The type that the schema expects; `None` if the node has it.
fn wrong_type(node: &Node, schema: &Value) -> Option<String> {
    let wanted: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let is = node.type_name();
    let fits = wanted.iter().any(|wanted| *wanted == is || (*wanted == "number" && is == "integer"));
    let nullless = wanted.iter().filter(|wanted| **wanted != "null");
    (!fits).then(|| nullless.map(|wanted| article(wanted)).collect::<Vec<_>>().join(" or "))
}

fn article(noun: &str) -> String {
    let noun = if noun == "object" { "table" } else { noun };
    let article = if noun.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

fn named(what: &str) -> &str {
    if what.is_empty() { "the file" } else { what }
}

fn within(what: &str) -> String {
    if what.is_empty() { String::new() } else { format!(" in {what}") }
}
