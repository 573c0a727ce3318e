//! A small JSON Schema checker: it supports what the schema of output lines uses, and panics on any other keyword.

use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::{copydesk, root};

/// The schema that `copydesk schema output` prints.
pub fn output_schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let ran = copydesk(&root(), &["schema", "output"]).exits(0);
        serde_json::from_str(&ran.out).expect("a JSON Schema")
    })
}

/// Asserts that a value is a line of output.
#[track_caller]
pub fn assert_line(line: &Value) {
    let problems = problems(output_schema(), line);
    assert!(problems.is_empty(), "not as `copydesk schema output` says:\n{}\n{line}", problems.join("\n"));
}

/// The violations of a schema by a value, each with its location.
pub fn problems(schema: &Value, value: &Value) -> Vec<String> {
    let mut checker = Checker { root: schema, problems: Vec::new() };
    checker.check(schema, value, "");
    checker.problems
}

struct Checker<'s> {
    root: &'s Value,
    problems: Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, schema: &Value, value: &Value, place: &str) {
        let Value::Object(keywords) = schema else {
            assert_eq!(schema, &Value::Bool(true), "a schema is an object or true");
            return;
        };
        for (keyword, argument) in keywords {
            if let Some(problem) = self.keyword(keyword, argument, keywords, value, place) {
                self.problems.push(format!("{place}: {problem}"));
            }
        }
    }

    fn keyword(
        &mut self,
        keyword: &str,
        argument: &Value,
        schema: &Map<String, Value>,
        value: &Value,
        place: &str,
    ) -> Option<String> {
        let number = value.as_f64().zip(argument.as_f64());
        let wrong = match keyword {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => false,
            "$ref" => {
                let target = argument.as_str().and_then(|path| self.root.pointer(path.strip_prefix('#')?));
                let target = target.expect("a reference into the schema").clone();
                self.check(&target, value, place);
                false
            }
            "type" => !types(argument).any(|name| is(name, value)),
            "enum" => !argument.as_array().expect("a list").contains(value),
            "const" => argument != value,
            "minimum" => number.is_some_and(|(number, least)| number < least),
            "maximum" => number.is_some_and(|(number, most)| number > most),
            "minProperties" => value
                .as_object()
                .is_some_and(|object| (object.len() as u64) < argument.as_u64().expect("a number")),
            "required" => {
                let names = argument.as_array().expect("a list").iter().filter_map(Value::as_str);
                value.is_object() && names.into_iter().any(|name| value.get(name).is_none())
            }
            "anyOf" | "oneOf" => {
                let branches = argument.as_array().expect("a list");
                !branches.iter().any(|branch| {
                    let mut inner = Checker { root: self.root, problems: Vec::new() };
                    inner.check(branch, value, place);
                    inner.problems.is_empty()
                })
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.check(argument, item, &format!("{place}/{index}"));
                }
                false
            }
            "properties" => {
                for (name, property) in argument.as_object().expect("an object") {
                    if let Some(item) = value.get(name) {
                        self.check(property, item, &format!("{place}/{name}"));
                    }
                }
                false
            }
            "additionalProperties" => {
                let known = schema.get("properties");
                let known = |name: &str| known.is_some_and(|known| known.get(name).is_some());
                let others: Vec<(&String, &Value)> =
                    value.as_object().into_iter().flatten().filter(|(name, _)| !known(name)).collect();
                if argument == &Value::Bool(false) {
                    !others.is_empty()
                } else {
                    for (name, item) in others {
                        self.check(argument, item, &format!("{place}/{name}"));
                    }
                    false
                }
            }
            unknown => panic!("the checker does not know the keyword {unknown}"),
        };
        wrong.then(|| format!("`{keyword}` of {argument} does not hold for {}", shortened(value)))
    }
}

fn types(argument: &Value) -> impl Iterator<Item = &str> {
    let several = argument.as_array().into_iter().flatten();
    several.chain(argument.is_string().then_some(argument)).filter_map(Value::as_str)
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        unknown => panic!("no type of JSON: {unknown}"),
    }
}

fn shortened(value: &Value) -> String {
    value.to_string().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_wrong_is_found() {
        let schema = json!({
            "type": "object",
            "properties": { "a": { "$ref": "#/$defs/a" }, "b": { "type": ["string", "null"] } },
            "required": ["a"],
            "additionalProperties": false,
            "$defs": { "a": { "type": "array", "items": { "type": "number", "minimum": 0 } } }
        });
        for (value, places) in [
            (json!({"a": [1, 2], "b": null}), vec![]),
            (json!({"a": [1, -2]}), vec!["/a/1"]),
            (json!({"a": "x", "b": 3}), vec!["/a", "/b"]),
            (json!({"b": "x"}), vec![""]),
            (json!({"a": [], "c": 1}), vec![""]),
        ] {
            let found = problems(&schema, &value);
            let found: Vec<&str> = found.iter().filter_map(|problem| problem.split(':').next()).collect();
            assert_eq!(found, places, "{value}");
        }
    }
}
