//! The JSON Schema of pipeline files, for editors and for the checker.

use serde_json::{Value, json};

use super::pipeline::Pipeline;
use crate::registry::Registry;

/// The schema of the pipeline itself; options of stages are not restricted.
pub(super) fn pipeline_schema_alone() -> Value {
    schemars::schema_for!(Pipeline).to_value()
}

/// The schema including the options of each built-in stage: editors complete them once `use` is written.
pub fn pipeline_schema(registry: &Registry) -> Value {
    let mut schema = pipeline_schema_alone();
    let mut conditions = Vec::new();
    let mut definitions = Vec::new();
    for factory in registry.linked() {
        let info = factory.info();
        let place = format!("options_{}", info.name);
        let mut options = info.options_schema.clone();
        hoist(&mut options, &place, &mut definitions);
        definitions.push((place.clone(), options));
        conditions.push(json!({
            "if": { "properties": { "use": { "const": info.name } }, "required": ["use"] },
            "then": { "properties": { "options": { "$ref": format!("#/$defs/{place}") } } },
        }));
    }
    if let Some(all) = schema.pointer_mut("/$defs").and_then(Value::as_object_mut) {
        if let Some(stage) = all.get_mut("StageEntry").and_then(Value::as_object_mut) {
            stage.insert("allOf".to_owned(), Value::Array(conditions));
        }
        all.extend(definitions);
    }
    schema
}

/// Moves the definitions of a stage's schema into the root, under unique names, and adapts its references.
fn hoist(schema: &mut Value, prefix: &str, into: &mut Vec<(String, Value)>) {
    if let Some(object) = schema.as_object_mut() {
        object.remove("$schema");
        if let Some(Value::Object(own)) = object.remove("$defs") {
            for (name, mut definition) in own {
                rename(&mut definition, prefix);
                into.push((format!("{prefix}_{name}"), definition));
            }
        }
    }
    rename(schema, prefix);
}

fn rename(schema: &mut Value, prefix: &str) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(reference) if key == "$ref" => {
                        *reference = reference.replace("#/$defs/", &format!("#/$defs/{prefix}_"));
                    }
                    value => rename(value, prefix),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, prefix)),
        _ => {}
    }
}
