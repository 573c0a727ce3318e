use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::layers::{EntityId, FigureId};

const COUNTS: AnnotationCounts = AnnotationCounts { entities: 3, quotes: 1, figures: 2, claims: 0 };

/// The error in a value; empty if it is valid.
#[track_caller]
fn wrong(schema: &Value, value: &Value) -> String {
    let schema = ValueSchema::new(schema).expect("a schema");
    schema.check(&value.to_string(), &COUNTS).err().unwrap_or_default()
}

#[test]
fn each_keyword_is_checked() {
    let circle = json!({"$ref": "#/$defs/N", "$defs": {"N": {"properties": {"next": {"$ref": "#/$defs/N"}}, "required": ["at"]}}});
    // The schema, a valid value, an invalid one, and its error.
    let cases = [
        (json!({"type": "string"}), json!("a"), json!(1), "the value must be a string, found a number"),
        (json!({"type": "integer"}), json!(2.0), json!(2.5), "must be an integer, found a number"),
        (
            json!({"type": ["integer", "null"]}),
            json!(null),
            json!(true),
            "must be null or an integer, found a boolean",
        ),
        (json!({"const": 1}), json!(1.0), json!("1"), "must be 1, found \"1\""),
        (
            json!({"enum": ["a", {"b": [1, 2]}]}),
            json!({"b": [1, 2]}),
            json!("c"),
            "must be \"a\" or {\"b\":[1,2]}",
        ),
        (json!({"minimum": 2}), json!(2), json!(1.5), "must be at least 2, found 1.5"),
        (json!({"maximum": 2}), json!("no number"), json!(3), "must be at most 2"),
        (json!({"exclusiveMinimum": 2}), json!(2.1), json!(2), "must be more than 2"),
        (json!({"exclusiveMaximum": 2}), json!(1), json!(2), "must be less than 2"),
        (json!({"multipleOf": 5}), json!(15), json!(16), "must be a multiple of 5"),
        (json!({"minLength": 2}), json!("éé"), json!("é"), "must have at least 2 characters, found 1"),
        (json!({"maxLength": 2}), json!("éé"), json!("ééé"), "must have at most 2 characters"),
        (json!({"minItems": 1}), json!([1]), json!([]), "must have at least 1 items"),
        (json!({"maxItems": 1}), json!([1]), json!([1, 2]), "must have at most 1 items"),
        (json!({"uniqueItems": true}), json!([1, 2]), json!([1, 2, 1.0]), "contains an item twice"),
        (json!({"minProperties": 1}), json!({"a": 1}), json!({}), "must have at least 1 keys"),
        (json!({"required": ["a"]}), json!({"a": 1}), json!({"b": 1}), "the value has no `a`"),
        (
            json!({"properties": {"a/b~": {"type": "null"}}}),
            json!({"c": 1}),
            json!({"a/b~": 1}),
            "`a/b~` must be null",
        ),
        (json!({"additionalProperties": false}), json!({}), json!({"a": 1}), "`a` is not allowed"),
        (
            json!({"properties": {"a": {}}, "additionalProperties": {"type": "null"}}),
            json!({"a": 1}),
            json!({"b": 1}),
            "`b` must be null",
        ),
        (
            json!({"items": {"items": {"type": "null"}}}),
            json!([[null]]),
            json!([[], [null, 1]]),
            "`[1][1]` must be null",
        ),
        (
            json!({"prefixItems": [{"type": "null"}], "items": false}),
            json!([null]),
            json!([null, 1]),
            "`[1]` is not allowed",
        ),
        (json!({"allOf": [{"minimum": 1}, {"maximum": 2}]}), json!(1), json!(3), "must be at most 2"),
        (
            json!({"anyOf": [{"type": "null"}, {"type": "number", "minimum": 1}]}),
            json!(null),
            json!(0),
            "must be at least 1",
        ),
        (
            json!({"oneOf": [{"minimum": 1}, {"maximum": 2}]}),
            json!(3),
            json!(1.5),
            "matches 2 branches of `oneOf`",
        ),
        (json!({"not": {"type": "null"}}), json!(1), json!(null), "must not be null"),
        (
            circle,
            json!({"at": 1, "next": {"at": 2}}),
            json!({"at": 1, "next": {"at": 2, "next": {}}}),
            "`next.next` has no `at`",
        ),
        (
            json!({"format": "entity"}),
            json!("e3"),
            json!("e4"),
            "refers to \"e4\", which does not exist: the document's layer `entities` has 3",
        ),
        (
            json!({"format": "quote"}),
            json!("q1"),
            json!("e1"),
            "must be the id of a document's quote, such as \"q1\", found \"e1\"",
        ),
        (
            json!({"items": {"format": "figure"}}),
            json!(["f1", "f2", 7]),
            json!(["f02"]),
            "`[0]` must be the id of a document's figure",
        ),
        (json!({"format": "claim"}), json!(null), json!("c1"), "refers to \"c1\""),
        (json!({"format": "date"}), json!("not checked"), json!("-"), ""),
        (json!(true), json!(1), json!(1), ""),
        (json!(false), json!(1), json!(1), "is not allowed"),
    ];
    for (schema, fits, not, says) in cases {
        if schema != json!(false) {
            assert_eq!(wrong(&schema, &fits), "", "{schema} {fits}");
        }
        let found = wrong(&schema, &not);
        assert!(found.contains(says) && found.is_empty() == says.is_empty(), "{schema} {not}: {found}");
    }
}

#[test]
fn invalid_and_unsupported_schemas_are_refused() {
    for (schema, says) in [
        (json!(1), "`#` is neither an object nor true or false"),
        (json!({"type": "text"}), "`type` at `#` must be a type of JSON"),
        (json!({"properties": {"a": {"enum": 1}}}), "`enum` at `#/properties/a` must be a list"),
        (json!({"minimum": "1"}), "`minimum` at `#` must be a number"),
        (json!({"required": "a"}), "must be a list of strings"),
        (json!({"properties": []}), "must be an object"),
        (json!({"anyOf": {}}), "must be a list of schemas"),
        (json!({"$ref": "#/$defs/None"}), "`#/$defs/None` does not exist"),
        (json!({"$ref": "https://example.org/a.json"}), "must be a reference within the schema"),
        (
            json!({"items": {"pattern": "^a"}}),
            "`pattern` at `#/items` is not supported by copydesk: remove it",
        ),
    ] {
        let found = ValueSchema::new(&schema).expect_err("it is refused");
        assert!(found.contains(says), "{schema}: {found}");
    }
    assert!(ValueSchema::new(&json!({"$id": "a", "title": "b", "x-own": 1, "pattern-like": 2})).is_ok());
}

#[test]
fn checks_of_recursive_schemas_are_bounded() {
    let itself = json!({"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/A"}}});
    assert!(wrong(&itself, &json!(1)).contains("too many steps"));
    // Each of thirty definitions refers to the next one several times.
    let mut definitions = serde_json::Map::new();
    for place in 0..30 {
        let next = json!({"$ref": format!("#/$defs/d{}", place + 1)});
        definitions
            .insert(format!("d{place}"), json!({"allOf": [next, next], "not": {"anyOf": [next, next]}}));
    }
    definitions.insert("d30".to_owned(), json!({}));
    let much = json!({"$ref": "#/$defs/d0", "$defs": definitions});
    assert!(!wrong(&much, &json!(1)).is_empty());
    let chain: serde_json::Map<String, Value> = (0..20_000)
        .map(|place| (place.to_string(), json!({"$ref": format!("#/$defs/{}", place + 1)})))
        .collect();
    let chain = json!({"$ref": "#/$defs/0", "$defs": chain});
    assert!(ValueSchema::new(&chain).is_err_and(|error| error.contains("more than 10000 parts")));
}

#[derive(Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Alert {
    /// Who.
    who: Option<EntityId>,
    figures: Vec<FigureId>,
    level: u8,
}

#[test]
fn the_schema_of_a_rust_type_has_typed_ids() {
    let schemas = Schemas::new().layer::<Alert>("alerts");
    let schema = &schemas.0["alerts"];
    let alert = Alert { who: Some(EntityId(2)), figures: vec![FigureId(0)], level: 1 };
    let value = serde_json::to_value(&alert).expect("JSON");
    assert_eq!(value, json!({"who": "e3", "figures": ["f1"], "level": 1}));
    assert_eq!(wrong(schema, &value), "");
    assert_eq!(serde_json::from_value::<Alert>(value).expect("read"), alert);
    assert!(serde_json::from_value::<EntityId>(json!("e0")).is_err());
    let none = json!({"who": null, "figures": ["f9"], "level": 1});
    assert!(wrong(schema, &none).contains("`figures[0]` refers to \"f9\""));
    assert!(
        wrong(schema, &json!({"who": null, "figures": [], "level": 300}))
            .contains("`level` must be at most 255")
    );

    let info = |requires: &[&str], provides: &str| StageInfo {
        requires: requires.iter().map(|&layer| layer.to_owned()).collect(),
        provides: vec![provides.to_owned()],
        schemas: schemas.0.clone(),
        ..StageInfo::default()
    };
    assert!(LayerSchemas::of(&info(&["entities", "figures"], "alerts")).is_ok_and(|schemas| schemas.refer()));
    let refused =
        |requires: &[&str], provides: &str| LayerSchemas::of(&info(requires, provides)).expect_err("refused");
    assert!(
        refused(&["entities"], "alerts").contains("refer to the layer `figures`, which the stage neither")
    );
    assert!(refused(&["entities", "figures"], "others").contains("no custom layer with that name"));
}

#[test]
fn strings_that_the_schema_declares_as_ids_are_renamed() {
    let schemas = Schemas::new().layer::<Alert>("alerts");
    let schema = ValueSchema::new(&schemas.0["alerts"]).expect("a schema");
    let rename = |reference: Reference, place: usize| format!("h{}{}", reference.letter(), place + 1);
    let renamed = schema.renamed(r#"{"who":"e1","figures":["f2","f3"],"level":1,"note":"e1"}"#, &rename);
    assert_eq!(renamed.as_deref(), Some(r#"{"who":"he1","figures":["hf2","hf3"],"level":1,"note":"e1"}"#));
    assert_eq!(schema.renamed(r#"{"who":null,"figures":[]}"#, &rename), None);
}
