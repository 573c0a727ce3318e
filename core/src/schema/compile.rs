//! Compiles a JSON Schema: each subschema becomes a [`Shape`], which refers to others by index.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::reference::Reference;

/// Keywords that are not checked. A schema with one of these is rejected; keywords that are only annotations are accepted.
pub const UNCHECKED: [&str; 18] = [
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "$id",
    "$recursiveRef",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "pattern",
    "patternProperties",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "additionalItems",
];

/// The types of JSON, in the order of [`Shape::types`].
pub(super) const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

/// The assertions of a schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// It is the schema `false`.
    pub(super) never: bool,
    /// For each of the [`TYPES`], whether it is allowed; `None` if all are.
    pub(super) types: Option<[bool; TYPES.len()]>,
    /// The allowed values, if limited.
    pub(super) allowed: Option<Vec<Value>>,
    pub(super) bounds: Vec<(&'static Bound, f64)>,
    pub(super) properties: Vec<(String, usize)>,
    pub(super) required: Vec<String>,
    /// The shape of additional properties.
    pub(super) others: Option<usize>,
    pub(super) first_items: Vec<usize>,
    /// The shape of the remaining items.
    pub(super) items: Option<usize>,
    pub(super) unique: bool,
    pub(super) all: Vec<usize>,
    pub(super) any: Option<Vec<usize>>,
    pub(super) one: Option<Vec<usize>>,
    pub(super) not: Option<usize>,
    /// The kind of annotation that a string is the id of.
    pub(super) refers: Option<Reference>,
}

/// The quantity that a bound applies to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Measure {
    Number,
    Characters,
    Items,
    Properties,
}

/// A keyword that bounds a number.
#[derive(Debug)]
pub(super) struct Bound {
    keyword: &'static str,
    pub(super) measure: Measure,
    pub(super) holds: fn(f64, f64) -> bool,
    /// The requirement in messages, before the limit.
    pub(super) words: &'static str,
    /// The unit in messages, after the limit.
    pub(super) unit: &'static str,
}

const fn bound(
    keyword: &'static str,
    measure: Measure,
    holds: fn(f64, f64) -> bool,
    words: &'static str,
    unit: &'static str,
) -> Bound {
    Bound { keyword, measure, holds, words, unit }
}

fn at_least(number: f64, limit: f64) -> bool {
    number >= limit
}

fn at_most(number: f64, limit: f64) -> bool {
    number <= limit
}

static BOUNDS: [Bound; 11] = [
    bound("minimum", Measure::Number, at_least, "be at least", ""),
    bound("maximum", Measure::Number, at_most, "be at most", ""),
    bound("exclusiveMinimum", Measure::Number, |number, limit| number > limit, "be more than", ""),
    bound("exclusiveMaximum", Measure::Number, |number, limit| number < limit, "be less than", ""),
    bound("multipleOf", Measure::Number, |number, limit| number % limit == 0.0, "be a multiple of", ""),
    bound("minLength", Measure::Characters, at_least, "have at least", " characters"),
    bound("maxLength", Measure::Characters, at_most, "have at most", " characters"),
    bound("minItems", Measure::Items, at_least, "have at least", " items"),
    bound("maxItems", Measure::Items, at_most, "have at most", " items"),
    bound("minProperties", Measure::Properties, at_least, "have at least", " keys"),
    bound("maxProperties", Measure::Properties, at_most, "have at most", " keys"),
];

/// Compiles a schema; the first shape is that of the schema itself.
pub(super) fn compile(schema: &Value) -> Result<Vec<Shape>, String> {
    /// The maximum number of subschemas.
    const MAX: usize = 10_000;
    let mut compiler = Compiler { places: HashMap::new(), pending: Vec::new() };
    compiler.place("");
    let mut shapes = Vec::new();
    // Referenced schemas are queued, so that neither depth nor cycles are a problem.
    while let Some(pointer) = compiler.pending.get(shapes.len()).cloned() {
        let found =
            schema.pointer(&pointer).ok_or_else(|| format!("`#{pointer}` does not exist in the schema"))?;
        shapes.push(compiler.shape(found, &pointer)?);
        if compiler.pending.len() > MAX {
            return Err(format!("it has more than {MAX} parts"));
        }
    }
    Ok(shapes)
}

struct Compiler {
    /// The index of the shape for each pointer.
    places: HashMap<String, usize>,
    /// The pointers of all shapes, including those not compiled yet.
    pending: Vec<String>,
}

impl Compiler {
    fn place(&mut self, pointer: &str) -> usize {
        if let Some(place) = self.places.get(pointer) {
            return *place;
        }
        self.places.insert(pointer.to_owned(), self.pending.len());
        self.pending.push(pointer.to_owned());
        self.pending.len() - 1
    }

    fn shape(&mut self, schema: &Value, at: &str) -> Result<Shape, String> {
        let keywords = match schema {
            Value::Bool(allowed) => return Ok(Shape { never: !allowed, ..Shape::default() }),
            Value::Object(keywords) => keywords,
            _ => return Err(format!("`#{at}` is neither an object nor true or false")),
        };
        // `$id` of the whole schema has no effect.
        let is_unchecked = |word: &str| keywords.contains_key(word) && !(at.is_empty() && word == "$id");
        if let Some(word) = UNCHECKED.iter().find(|word| is_unchecked(word)) {
            return Err(format!("`{word}` at `#{at}` is not supported by copydesk: remove it"));
        }
        let wrong = |word: &str, wanted: &str| format!("`{word}` at `#{at}` must be {wanted}");
        let mut shape = Shape {
            types: types(keywords).ok_or_else(|| wrong("type", "a type of JSON, or a list of them"))?,
            allowed: allowed(keywords).ok_or_else(|| wrong("enum", "a list"))?,
            required: strings(keywords, "required").ok_or_else(|| wrong("required", "a list of strings"))?,
            unique: keywords.get("uniqueItems") == Some(&Value::Bool(true)),
            refers: keywords.get("format").and_then(Value::as_str).and_then(Reference::of_format),
            ..Shape::default()
        };
        for bound in &BOUNDS {
            if let Some(limit) = keywords.get(bound.keyword) {
                let limit = limit.as_f64().ok_or_else(|| wrong(bound.keyword, "a number"))?;
                shape.bounds.push((bound, limit));
            }
        }
        if let Some(properties) = keywords.get("properties") {
            let properties = properties.as_object().ok_or_else(|| wrong("properties", "an object"))?;
            shape.properties = properties
                .keys()
                .map(|name| (name.clone(), self.place(&format!("{at}/properties/{}", escape_pointer(name)))))
                .collect();
        }
        let mut inside =
            |word: &str| keywords.contains_key(word).then(|| self.place(&format!("{at}/{word}")));
        shape.others = inside("additionalProperties");
        shape.items = inside("items");
        shape.not = inside("not");
        let mut list = |word: &str| match keywords.get(word) {
            None => Ok(None),
            Some(Value::Array(branches)) => Ok(Some(
                (0..branches.len()).map(|branch| self.place(&format!("{at}/{word}/{branch}"))).collect(),
            )),
            Some(_) => Err(wrong(word, "a list of schemas")),
        };
        let (all, first_items): (Option<Vec<usize>>, Option<Vec<usize>>) =
            (list("allOf")?, list("prefixItems")?);
        (shape.any, shape.one) = (list("anyOf")?, list("oneOf")?);
        (shape.all, shape.first_items) = (all.unwrap_or_default(), first_items.unwrap_or_default());
        if let Some(reference) = keywords.get("$ref") {
            let pointer = reference.as_str().and_then(|reference| reference.strip_prefix('#'));
            let pointer = pointer
                .ok_or_else(|| wrong("$ref", "a reference within the schema, such as `#/$defs/Name`"))?;
            shape.all.push(self.place(pointer));
        }
        Ok(shape)
    }
}

/// Escapes a name for a JSON pointer.
pub fn escape_pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[expect(clippy::option_option, reason = "what is wrong, what is absent, and what is there")]
fn types(keywords: &Map<String, Value>) -> Option<Option<[bool; TYPES.len()]>> {
    let Some(wanted) = keywords.get("type") else { return Some(None) };
    let wanted = match wanted {
        Value::Array(several) => several.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?,
        one => vec![one.as_str()?],
    };
    let mut types = [false; TYPES.len()];
    for name in wanted {
        types[TYPES.iter().position(|of| *of == name)?] = true;
    }
    Some(Some(types))
}

#[expect(clippy::option_option, reason = "what is wrong, what is absent, and what is there")]
fn allowed(keywords: &Map<String, Value>) -> Option<Option<Vec<Value>>> {
    match (keywords.get("const"), keywords.get("enum")) {
        (Some(only), None) => Some(Some(vec![only.clone()])),
        (None, None) => Some(None),
        (None, Some(all)) => all.as_array().cloned().map(Some),
        // Both together are rare; `const` is the narrower one.
        (Some(only), Some(all)) => {
            Some(Some(all.as_array()?.iter().filter(|value| *value == only).cloned().collect()))
        }
    }
}

fn strings(keywords: &Map<String, Value>, word: &str) -> Option<Vec<String>> {
    let Some(list) = keywords.get(word) else { return Some(Vec::new()) };
    list.as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect()
}
