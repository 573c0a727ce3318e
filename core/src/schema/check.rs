//! Validation of values against a schema.

use serde_json::{Number, Value};

use super::ValueSchema;
use super::compile::{Measure, Shape, TYPES};
use super::reference::{AnnotationCounts, Reference};

/// The maximum number of steps for a value, as a short schema can require exponentially many.
const MAX_STEPS: u32 = 1_000_000;
/// The maximum depth of a recursive schema.
const MAX_DEPTH: u32 = 512;

/// An error with the path to it, innermost step first.
struct Wrong {
    path: Vec<String>,
    message: String,
}

impl Wrong {
    fn new(message: impl Into<String>) -> Self {
        Self { path: Vec::new(), message: message.into() }
    }

    fn inside(mut self, step: String) -> Self {
        self.path.push(step);
        self
    }

    fn into_message(self) -> String {
        let path: String = self.path.into_iter().rev().collect();
        let named = if path.is_empty() {
            "the value".to_owned()
        } else {
            format!("`{}`", path.trim_start_matches('.'))
        };
        format!("{named} {}", self.message)
    }
}

struct Checker<'c> {
    shapes: &'c [Shape],
    counts: &'c AnnotationCounts,
    steps: u32,
    depth: u32,
}

impl ValueSchema {
    /// Validates a JSON value and checks that its references exist.
    ///
    /// # Errors
    /// If it does not match the schema: where and why.
    pub fn check(&self, payload: &str, counts: &AnnotationCounts) -> Result<(), String> {
        let value: Value =
            serde_json::from_str(payload).map_err(|error| format!("it is not JSON: {error}"))?;
        let mut checker = Checker { shapes: &self.shapes, counts, steps: 0, depth: 0 };
        checker.check(&value, 0).map_err(Wrong::into_message)
    }

    /// The value with replaced ids; `None` if it has no ids.
    pub(super) fn renamed(
        &self,
        payload: &str,
        rename: &impl Fn(Reference, usize) -> String,
    ) -> Option<String> {
        let mut value: Value = serde_json::from_str(payload).ok()?;
        let mut renamer = Renamer { shapes: &self.shapes, rename, steps: 0, any: false };
        renamer.follow(&mut value, 0, 0);
        renamer.any.then(|| value.to_string())
    }
}

impl Checker<'_> {
    fn check(&mut self, value: &Value, place: usize) -> Result<(), Wrong> {
        self.steps += 1;
        self.depth += 1;
        if self.steps > MAX_STEPS || self.depth > MAX_DEPTH {
            return Err(Wrong::new("needs too many steps to check: the schema refers to itself too often"));
        }
        let shapes = self.shapes;
        let shape = &shapes[place];
        own(value, shape, self.counts)?;
        match value {
            Value::Object(entries) => {
                for name in &shape.required {
                    if !entries.contains_key(name) {
                        return Err(Wrong::new(format!("has no `{name}`, which is required")));
                    }
                }
                for (name, item) in entries {
                    let known =
                        shape.properties.iter().find(|(known, _)| known == name).map(|(_, place)| *place);
                    if let Some(place) = known.or(shape.others) {
                        self.check(item, place).map_err(|wrong| wrong.inside(format!(".{name}")))?;
                    }
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    if let Some(place) = shape.first_items.get(at).copied().or(shape.items) {
                        self.check(item, place).map_err(|wrong| wrong.inside(format!("[{at}]")))?;
                    }
                }
            }
            _ => {}
        }
        for place in &shape.all {
            self.check(value, *place)?;
        }
        self.branches(value, shape)?;
        self.depth -= 1;
        Ok(())
    }

    fn branches(&mut self, value: &Value, shape: &Shape) -> Result<(), Wrong> {
        if let Some(branches) = &shape.any {
            let mut nearest = None;
            let fits = branches.iter().any(|place| {
                let wrong = self.tried(value, *place).err();
                // The error of a branch whose type matches is more useful than others.
                let fits_type = own_type(value, &self.shapes[*place]).is_ok();
                let none = wrong.is_none();
                if nearest.is_none() || fits_type {
                    nearest = wrong;
                }
                none
            });
            if !fits {
                return Err(nearest.unwrap_or_else(|| Wrong::new("matches no branch of `anyOf`")));
            }
        }
        if let Some(branches) = &shape.one {
            let fit = branches.iter().filter(|place| self.tried(value, **place).is_ok()).count();
            if fit != 1 {
                let shown = shown(value);
                return Err(Wrong::new(format!("matches {fit} branches of `oneOf` instead of one: {shown}")));
            }
        }
        match shape.not {
            Some(place) if self.tried(value, place).is_ok() => {
                Err(Wrong::new(format!("must not be {}", shown(value))))
            }
            _ => Ok(()),
        }
    }

    /// A check whose failure is not an error yet.
    fn tried(&mut self, value: &Value, place: usize) -> Result<(), Wrong> {
        let depth = self.depth;
        let checked = self.check(value, place);
        self.depth = depth;
        if self.steps > MAX_STEPS { Err(Wrong::new("needs too many steps to check")) } else { checked }
    }
}

/// Checks the assertions of a shape on a value itself, not on its items or properties.
fn own(value: &Value, shape: &Shape, counts: &AnnotationCounts) -> Result<(), Wrong> {
    if shape.never {
        return Err(Wrong::new("is not allowed"));
    }
    own_type(value, shape)?;
    if let Some(allowed) = &shape.allowed
        && !allowed.iter().any(|one| same(one, value))
    {
        let all: Vec<String> = allowed.iter().map(shown).collect();
        return Err(Wrong::new(format!("must be {}, found {}", all.join(" or "), shown(value))));
    }
    for (bound, limit) in &shape.bounds {
        if let Some(measured) = measure(value, bound.measure)
            && !(bound.holds)(measured, *limit)
        {
            let (words, unit) = (bound.words, bound.unit);
            return Err(Wrong::new(format!("must {words} {limit}{unit}, found {measured}")));
        }
    }
    if let (true, Value::Array(items)) = (shape.unique, value)
        && items.iter().enumerate().any(|(at, item)| items[..at].iter().any(|other| same(other, item)))
    {
        return Err(Wrong::new("contains an item twice"));
    }
    match (shape.refers, value) {
        (Some(reference), Value::String(id)) => refers(reference, id, counts),
        _ => Ok(()),
    }
}

fn refers(reference: Reference, id: &str, counts: &AnnotationCounts) -> Result<(), Wrong> {
    let (kind, count) = (reference.format(), counts.count(reference));
    match reference.place(id) {
        None => {
            let example = format!("{}1", reference.letter());
            Err(Wrong::new(format!(
                "must be the id of a document's {kind}, such as \"{example}\", found \"{id}\""
            )))
        }
        Some(place) if place >= count => {
            let layer = reference.layer();
            Err(Wrong::new(format!(
                "refers to \"{id}\", which does not exist: the document's layer `{layer}` has {count}"
            )))
        }
        Some(_) => Ok(()),
    }
}

fn own_type(value: &Value, shape: &Shape) -> Result<(), Wrong> {
    let Some(types) = &shape.types else { return Ok(()) };
    let fits = TYPES.iter().zip(types).any(|(name, may)| *may && is(value, name));
    if fits {
        return Ok(());
    }
    let wanted = TYPES.iter().zip(types).filter(|(_, may)| **may).map(|(name, _)| article(name));
    let wanted: Vec<String> = wanted.collect();
    Err(Wrong::new(format!("must be {}, found {}", wanted.join(" or "), article(type_of(value)))))
}

fn is(value: &Value, name: &str) -> bool {
    match value {
        Value::Number(number) if name == "integer" => is_whole(number),
        value => type_of(value) == name,
    }
}

fn is_whole(number: &Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn article(name: &str) -> String {
    match name {
        "null" => "null".to_owned(),
        name if name.starts_with(['a', 'i', 'o']) => format!("an {name}"),
        name => format!("a {name}"),
    }
}

fn measure(value: &Value, measure: Measure) -> Option<f64> {
    let count = |count: usize| Some(count as f64);
    match (measure, value) {
        (Measure::Number, Value::Number(number)) => number.as_f64(),
        (Measure::Characters, Value::String(text)) => count(text.chars().count()),
        (Measure::Items, Value::Array(items)) => count(items.len()),
        (Measure::Properties, Value::Object(entries)) => count(entries.len()),
        _ => None,
    }
}

/// Equality as defined by JSON Schema: 1 equals 1.0, and the order of keys is ignored.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        (one, other) => one == other,
    }
}

/// A value for a message.
fn shown(value: &Value) -> String {
    const MAX: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Finds the ids in a value by its schema.
struct Renamer<'r, R> {
    shapes: &'r [Shape],
    rename: &'r R,
    steps: u32,
    any: bool,
}

impl<R: Fn(Reference, usize) -> String> Renamer<'_, R> {
    fn follow(&mut self, value: &mut Value, place: usize, depth: u32) {
        self.steps += 1;
        if self.steps > MAX_STEPS || depth > MAX_DEPTH {
            return;
        }
        let shapes = self.shapes;
        let shape = &shapes[place];
        if let (Some(reference), Value::String(id)) = (shape.refers, &*value) {
            if let Some(place) = reference.place(id) {
                *value = Value::String((self.rename)(reference, place));
                self.any = true;
            }
            return;
        }
        match value {
            Value::Object(entries) => {
                for (name, item) in entries {
                    let known =
                        shape.properties.iter().find(|(known, _)| known == name).map(|(_, place)| *place);
                    if let Some(place) = known.or(shape.others) {
                        self.follow(item, place, depth + 1);
                    }
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter_mut().enumerate() {
                    if let Some(place) = shape.first_items.get(at).copied().or(shape.items) {
                        self.follow(item, place, depth + 1);
                    }
                }
            }
            _ => {}
        }
        let branches = shape.any.iter().chain(&shape.one).flatten();
        for place in shape.all.iter().chain(branches) {
            self.follow(value, *place, depth + 1);
        }
    }
}
