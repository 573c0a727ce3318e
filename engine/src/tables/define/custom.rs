//! The tables of layers of other stages: one per layer, all with the same columns, and if the stage declares a schema, a column for each
//! property with a plain value.

use std::borrow::Cow;

use copydesk_core::schema::Reference;
use serde_json::{Map, Value};

use crate::output::parsed::Custom;
use crate::tables::context::Context;
use crate::tables::rows::{Cell, Row};
use crate::tables::{Column, Kind, Table};

mod shape {
    use super::super::table;
    use super::{Context, Custom, Row, Table, number, text};

    table! {
        /// An annotation of a stage's own layer.
        layer(item: (&Custom<'_>, u64), cx: &Context<'_>) key ["annotation"] {
            /// Its number in the document, from 1.
            annotation: integer = item.1,
            /// The text that offsets refer to: text or title.
            place: text = cx.place.as_str(),
            /// The start offset.
            start: integer = item.0.start,
            /// The end offset.
            end: integer = item.0.end,
            /// Its text.
            text: text null = cx.words(item.0.start, item.0.end),
            /// The stage's value if it is a number.
            value: real null = number(item.0),
            /// The stage's value if it is a string.
            text_value: text null = text(item.0),
            /// The stage's value, as JSON.
            json: json = &*item.0.value.0,
            /// The confidence of the stage, 0 to 1.
            confidence: real = item.0.confidence.unwrap_or(1.0),
            /// The rule that found it.
            rule: text null = &item.0.rule,
        }
    }

    pub(super) fn columns() -> Table {
        table()
    }

    pub(super) fn filled(item: (&Custom<'_>, u64), cx: &Context<'_>, row: &mut Row<'_>) {
        fill(item, cx, row);
    }
}

/// Adds the row of an annotation.
pub(super) fn fill(item: (&Custom<'_>, u64), cx: &Context<'_>, table: &Table, row: &mut Row<'_>) {
    shape::filled(item, cx, row);
    let mut keys =
        table.columns.iter().filter_map(|column| Some((column, column.key.as_deref()?))).peekable();
    if keys.peek().is_none() {
        return;
    }
    let value: Map<String, Value> = serde_json::from_str(&item.0.value.0).unwrap_or_default();
    for (column, key) in keys {
        row.put(value.get(key).map_or(Cell::Null, |value| cell(value, column.kind)));
    }
}

/// A value as a cell of a column; empty where it is of another kind.
fn cell(value: &Value, kind: Kind) -> Cell<'_> {
    match (kind, value) {
        (Kind::Integer, Value::Number(number)) => {
            // 2.0 is a whole number, too.
            let whole = number.as_f64().filter(|number| number.fract() == 0.0).map(|number| number as i64);
            number.as_i64().or(whole).map_or(Cell::Null, Cell::Integer)
        }
        (Kind::Real, Value::Number(number)) => number.as_f64().map_or(Cell::Null, Cell::Real),
        (Kind::Boolean, Value::Bool(flag)) => Cell::Boolean(*flag),
        (Kind::Text, Value::String(text)) => Cell::Text(text),
        _ => Cell::Null,
    }
}

/// The table of a layer whose values have a schema.
pub fn table_of_schema(layer: &str, schema: &Value) -> Table {
    let mut table = table(layer);
    let root = inside(schema, schema);
    let properties = root.get("properties").and_then(Value::as_object);
    let required = root.get("required").and_then(Value::as_array);
    for (key, property) in properties.into_iter().flatten() {
        let Some(plain) = Plain::of(property, schema) else { continue };
        let name = table.free_name(key);
        let always = required.is_some_and(|all| all.iter().any(|name| name == key));
        let about =
            property.get("description").and_then(Value::as_str).unwrap_or("What the stage says about it.");
        table.columns.push(Column {
            name: Cow::Owned(name),
            kind: plain.kind,
            nullable: plain.nullable || !always,
            refers: plain.refers.map(Reference::layer),
            about: Cow::Owned(about.replace('\n', " ")),
            key: Some(key.as_str().into()),
        });
    }
    table
}

impl Table {
    /// A name for the column of a key that no other column has, in any case of its letters.
    fn free_name(&self, key: &str) -> String {
        let taken = |name: &str| self.all_columns().any(|column| column.name.eq_ignore_ascii_case(name));
        let mut name = key.to_owned();
        while name.is_empty() || taken(&name) {
            name.insert_str(0, "value_");
        }
        name
    }
}

/// What a schema says that fits into a cell.
struct Plain {
    kind: Kind,
    nullable: bool,
    refers: Option<Reference>,
}

impl Plain {
    /// `None` where values may be lists, objects, or of several types.
    fn of(schema: &Value, root: &Value) -> Option<Self> {
        let schema = inside(schema, root);
        if let Some(branches) = ["anyOf", "oneOf"].iter().find_map(|word| schema.get(*word)?.as_array()) {
            return Self::of_branches(branches, root);
        }
        if let Some(words) =
            schema.get("enum").and_then(Value::as_array).filter(|_| schema.get("type").is_none())
        {
            return words.iter().all(Value::is_string).then_some(Self {
                kind: Kind::Text,
                nullable: false,
                refers: None,
            });
        }
        let types: Vec<&str> = match schema.get("type") {
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            Some(one) => one.as_str().into_iter().collect(),
            None => {
                schema.get("const").filter(|only| only.is_string()).map(|_| "string").into_iter().collect()
            }
        };
        let nullable = types.contains(&"null");
        let mut others = types.into_iter().filter(|name| *name != "null");
        let kind = match (others.next()?, others.next()) {
            ("string", None) => Kind::Text,
            ("integer", None) => Kind::Integer,
            ("number", None) => Kind::Real,
            ("boolean", None) => Kind::Boolean,
            _ => return None,
        };
        let format = schema.get("format").and_then(Value::as_str);
        let refers = format.filter(|_| kind == Kind::Text).and_then(Reference::of_format);
        Some(Self { kind, nullable, refers })
    }

    /// Branches of one kind, beside null.
    fn of_branches(branches: &[Value], root: &Value) -> Option<Self> {
        let is_null = |branch: &&Value| branch.get("type").is_some_and(|name| name == "null");
        let nullable = branches.iter().any(|branch| is_null(&branch));
        let mut found: Option<Self> = None;
        for branch in branches.iter().filter(|branch| !is_null(branch)) {
            let plain = Self::of(branch, root)?;
            match &found {
                Some(first) if first.kind != plain.kind || first.refers != plain.refers => return None,
                Some(_) => {}
                None => found = Some(plain),
            }
        }
        found.map(|plain| Self { nullable: nullable || plain.nullable, ..plain })
    }
}

/// Follows `$ref`, a few times.
fn inside<'s>(mut schema: &'s Value, root: &'s Value) -> &'s Value {
    const MAX_DEPTH: usize = 16;
    for _ in 0..MAX_DEPTH {
        let reference = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
        match reference.and_then(|pointer| root.pointer(pointer)) {
            Some(target) => schema = target,
            None => break,
        }
    }
    schema
}

/// The table of a layer of another stage. It has the name of the layer, with the prefix `layer_` if a built-in table has that name.
pub fn table(layer: &str) -> Table {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let name: String = layer.chars().map(plain).collect();
    let taken = super::TABLES.iter().any(|table| table.name.eq_ignore_ascii_case(&name));
    let name = if taken || name.is_empty() { format!("layer_{name}") } else { name };
    Table { name: name.into(), layer: Some(layer.to_owned().into()), ..shape::columns() }
}

/// The annotations of a layer.
pub(super) fn items<'c>(cx: &'c Context<'c>, layer: &str) -> impl Iterator<Item = &'c Custom<'c>> {
    let layers = cx.layers.layers.iter().flat_map(|layers| &layers.0);
    layers.filter(move |(name, _)| **name == *layer).flat_map(|(_, items)| items)
}

fn number(item: &Custom<'_>) -> Option<f64> {
    serde_json::from_str(&item.value.0).ok()
}

fn text(item: &Custom<'_>) -> Option<String> {
    serde_json::from_str(&item.value.0).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn plain_values_of_a_schema_are_columns() {
        let schema = json!({
            "type": "object",
            "required": ["who", "level", "start"],
            "properties": {
                "who": {"type": "string", "format": "entity", "description": "Who\nit is."},
                "level": {"type": ["integer", "null"]},
                "start": {"type": "number"},
                "Rule": {"$ref": "#/$defs/Word"},
                "also": {"anyOf": [{"$ref": "#/$defs/Word"}, {"type": "null"}]},
                "sure": {"type": "boolean"},
                "list": {"type": "array", "items": {"type": "string"}},
                "either": {"type": ["string", "number"]},
                "any": {},
            },
            "$defs": {"Word": {"oneOf": [{"const": "a", "type": "string"}, {"const": "b"}]}},
        });
        let table = table_of_schema("alerts", &schema);
        let columns: Vec<(&str, &str, bool, Option<&str>)> = table
            .columns
            .iter()
            .filter(|column| column.key.is_some())
            .map(|column| (&*column.name, column.kind.as_str(), column.nullable, column.refers))
            .collect();
        assert_eq!(
            columns,
            [
                ("who", "text", false, Some("entities")),
                ("level", "integer", true, None),
                ("value_start", "real", false, None),
                ("value_Rule", "text", true, None),
                ("also", "text", true, None),
                ("sure", "boolean", true, None),
            ]
        );
        assert!(table.columns.iter().any(|column| column.about == "Who it is."));
        assert_eq!(cell(&json!(2.0), Kind::Integer), Cell::Integer(2));
        assert_eq!(cell(&json!("2"), Kind::Integer), Cell::Null);
    }
}
