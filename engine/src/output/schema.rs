//! The JSON Schema of a line of output, with the schemas that plugins declare for their layers.

use copydesk_core::schema::escape_pointer;
use serde_json::{Map, Value, json};

use super::parsed::line_schema;
use crate::config::rebase;

/// The schema of a line with these layers, each with the schema of its values if it has one.
pub fn line_schema_with(layers: &[(String, Option<Value>)]) -> Value {
    let mut line = line_schema();
    let mut definitions = Vec::new();
    let mut properties = Map::new();
    for (layer, values) in layers {
        let mut annotation = json!({ "$ref": "#/$defs/Annotation" });
        if let Some(values) = values {
            let definition = format!("layer_{layer}");
            let place = format!("/$defs/{}", escape_pointer(&definition));
            let mut values = values.clone();
            rebase(&mut values, &place);
            definitions.push((definition, values));
            annotation["properties"] = json!({ "value": { "$ref": format!("#{place}") } });
        }
        properties.insert(layer.clone(), json!({ "type": "array", "items": annotation }));
    }
    for place in ["/properties/layers", "/$defs/Layers/properties/layers"] {
        if let (false, Some(layers)) = (properties.is_empty(), line.pointer_mut(place)) {
            layers["properties"] = Value::Object(properties.clone());
        }
    }
    if let Some(all) = line.get_mut("$defs").and_then(Value::as_object_mut) {
        all.extend(definitions);
    }
    line
}
