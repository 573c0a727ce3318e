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
        rebase(&mut options, &format!("/$defs/{place}"));
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

/// Adapts the references of a schema that is inserted into another one at `place`, a JSON pointer, with its own definitions.
pub(crate) fn rebase(schema: &mut Value, place: &str) {
    if let Some(object) = schema.as_object_mut() {
        object.remove("$schema");
        object.remove("$id");
    }
    move_references(schema, place);
}

fn move_references(schema: &mut Value, place: &str) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(reference) if key == "$ref" => {
                        if let Some(pointer) = reference.strip_prefix('#') {
                            *reference = format!("#{place}{pointer}");
                        }
                    }
                    value => move_references(value, place),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_references(item, place)),
        _ => {}
    }
}
