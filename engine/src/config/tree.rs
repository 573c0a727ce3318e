//! A parsed pipeline file that keeps the location of each key and value for later errors.

use std::ops::Range;

use serde_json::{Map, Number, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, Place};

/// The location of a key or value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// In the file.
    File(Range<usize>),
    /// In the `--set` argument with this index.
    Set(usize),
}

/// A value with its location.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) place: Origin,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Bool(bool),
    Integer(i64),
    Float(f64),
    String(String),
    /// A TOML date; no key of a pipeline accepts one.
    Date(String),
    Array(Vec<Node>),
    Table(Vec<(Key, Node)>),
}

/// A key with its location.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) place: Origin,
}

/// A pipeline file.
pub(super) struct Tree<'s> {
    pub(super) source: &'s str,
    pub(super) file: &'s str,
    /// The `--set` arguments that were applied.
    pub(super) sets: Vec<String>,
    pub(super) root: Node,
}

impl<'s> Tree<'s> {
    pub(super) fn parse(source: &'s str, file: &'s str) -> Result<Self, Vec<Diagnostic>> {
        let (table, errors) = DeTable::parse_recoverable(source);
        if !errors.is_empty() {
            let diagnostic = |error: &toml::de::Error| Diagnostic {
                place: error.span().map(|span| Box::new(Place::of(file, source, span))),
                ..Diagnostic::new(error.message())
            };
            return Err(errors.iter().map(diagnostic).collect());
        }
        let root = Node { place: Origin::File(table.span()), kind: table_kind(table.into_inner(), None)? };
        Ok(Self { source, file, sets: Vec::new(), root })
    }

    /// An error at a location in this file or in an argument.
    pub(super) fn diagnostic(&self, message: impl Into<String>, at: Option<&Origin>) -> Diagnostic {
        let place = at.map(|at| match at {
            Origin::File(range) => Place::of(self.file, self.source, range.clone()),
            Origin::Set(number) => {
                let argument = self.sets.get(*number).map_or("", String::as_str);
                Place::of("--set", argument, 0..argument.len())
            }
        });
        let place = place.map(Box::new);
        Diagnostic { place, ..Diagnostic::new(message) }
    }

    /// For each input path, a diagnostic with its location and without a message.
    pub(super) fn input_places(&self) -> Vec<Diagnostic> {
        let path = self.root.get("input").and_then(|(_, input)| input.get("path"));
        let nodes = match path {
            Some((_, Node { kind: Kind::Array(items), .. })) => items.as_slice(),
            Some((_, node)) => std::slice::from_ref(node),
            None => &[],
        };
        nodes.iter().map(|node| self.diagnostic("", Some(&node.place))).collect()
    }

    /// The value of a key of the n-th output.
    pub(super) fn output_value(&self, output: usize, key: &str) -> Option<&Node> {
        let outputs = &self.root.get("output")?.1;
        let output = match &outputs.kind {
            Kind::Array(outputs) => outputs.get(output)?,
            _ => outputs,
        };
        output.get(key).map(|(_, node)| node)
    }

    /// The value of a key of the n-th stage.
    pub(super) fn stage_value(&self, stage: usize, key: &str) -> Option<&Node> {
        match &self.root.get("stage")?.1.kind {
            Kind::Array(stages) => stages.get(stage)?.get(key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The location of a key's value in the n-th stage.
    pub(super) fn stage_key(&self, stage: usize, key: &str) -> Option<&Origin> {
        self.stage_value(stage, key).map(|node| &node.place)
    }

    /// The location of a stage.
    pub(super) fn stage(&self, stage: usize) -> Option<&Origin> {
        match &self.root.get("stage")?.1.kind {
            Kind::Array(stages) => stages.get(stage).map(|node| &node.place),
            _ => None,
        }
    }
}

impl Node {
    /// An entry of a table.
    pub(super) fn get(&self, name: &str) -> Option<(&Key, &Node)> {
        match &self.kind {
            Kind::Table(entries) => {
                entries.iter().find(|(key, _)| key.name == name).map(|(key, node)| (key, node))
            }
            _ => None,
        }
    }

    /// The name of the type.
    pub(super) fn type_name(&self) -> &'static str {
        match &self.kind {
            Kind::Bool(_) => "boolean",
            Kind::Integer(_) => "integer",
            Kind::Float(_) => "number",
            Kind::String(_) => "string",
            Kind::Date(_) => "date",
            Kind::Array(_) => "array",
            Kind::Table(_) => "object",
        }
    }

    /// The same as JSON.
    pub(super) fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Bool(flag) => Value::Bool(*flag),
            Kind::Integer(number) => Value::Number((*number).into()),
            Kind::Float(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
            Kind::String(text) | Kind::Date(text) => Value::String(text.clone()),
            Kind::Array(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Kind::Table(entries) => {
                let entry = |(key, node): &(Key, Self)| (key.name.clone(), node.to_json());
                Value::Object(entries.iter().map(entry).collect::<Map<_, _>>())
            }
        }
    }
}

/// Converts a parsed TOML value to a node; `set` is the index of the `--set` argument that it comes from.
pub(super) fn node(value: Spanned<DeValue<'_>>, set: Option<usize>) -> Result<Node, Vec<Diagnostic>> {
    let place = place(value.span(), set);
    let kind = match value.into_inner() {
        DeValue::String(text) => Kind::String(text.into_owned()),
        DeValue::Boolean(flag) => Kind::Bool(flag),
        DeValue::Integer(number) => {
            let digits = number.as_str();
            match i64::from_str_radix(digits, number.radix()) {
                Ok(number) => Kind::Integer(number),
                Err(_) => return Err(vec![Diagnostic::new(format!("the number {digits} is too large"))]),
            }
        }
        DeValue::Float(number) => Kind::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Datetime(date) => Kind::Date(date.to_string()),
        DeValue::Array(items) => {
            Kind::Array(items.into_iter().map(|item| node(item, set)).collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => table_kind(table, set)?,
    };
    Ok(Node { place, kind })
}

fn table_kind(table: DeTable<'_>, set: Option<usize>) -> Result<Kind, Vec<Diagnostic>> {
    let mut entries = Vec::new();
    for (key, value) in table {
        let place = place(key.span(), set);
        entries.push((Key { name: key.into_inner().into_owned(), place }, node(value, set)?));
    }
    Ok(Kind::Table(entries))
}

fn place(span: Range<usize>, set: Option<usize>) -> Origin {
    set.map_or(Origin::File(span), Origin::Set)
}
