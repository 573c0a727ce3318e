//! JSON Schemas of the values of a stage's own layers: what a stage declares of them, and what each annotation is checked against.
//!
//! A stage declares the schema of a layer with [`Schemas`]; in Rust that is the type of its values. The host makes a [`ValueSchema`]
//! of it and checks every value. It knows all of JSON Schema 2020-12 that says what a value may be, but for the keywords of
//! [`UNCHECKED`]: a schema that has one of these is refused, since what it says would not be checked.
//!
//! A string with the `format` `entity`, `quote`, `figure` or `claim` is the id of an annotation of the document, as lines of output
//! have it: [`EntityId`](crate::layers::EntityId) and its like are written and declared so.

mod check;
mod compile;
mod reference;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

use crate::{Document, DocumentView, StageInfo, layer};

pub use compile::UNCHECKED;
pub use reference::{Reference, There};

/// The JSON Schemas of layers, by name, as a stage declares them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schemas(pub(crate) BTreeMap<String, Value>);

impl Schemas {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds that of a layer whose values are written from the type `T`.
    pub fn layer<T: JsonSchema>(mut self, name: &str) -> Self {
        self.0.insert(name.to_owned(), schemars::schema_for!(T).to_value());
        self
    }
}

/// A JSON Schema, ready to check values.
#[derive(Clone, Debug)]
pub struct ValueSchema {
    /// The schema itself, and those inside it.
    shapes: Vec<compile::Shape>,
}

impl ValueSchema {
    /// Reads a schema.
    ///
    /// # Errors
    /// What of it is no schema, or says something that is not checked.
    pub fn new(schema: &Value) -> Result<Self, String> {
        compile::compile(schema).map(|shapes| Self { shapes })
    }

    /// What annotations its values refer to.
    pub fn references(&self) -> impl Iterator<Item = Reference> {
        self.shapes.iter().filter_map(|shape| shape.refers)
    }
}

/// The schemas of the layers of a stage.
#[derive(Clone, Debug, Default)]
pub struct LayerSchemas(Vec<(String, ValueSchema)>);

impl LayerSchemas {
    /// Reads the schemas that a stage declares.
    ///
    /// # Errors
    /// A schema that cannot be checked, of a layer that the stage does not fill, or whose values refer to a layer that it does not read.
    pub fn of(info: &StageInfo) -> Result<Self, String> {
        let read = |(name, schema): (&String, &Value)| {
            let wrong = |reason: String| format!("the schema of its layer `{name}`: {reason}");
            if !info.provides.contains(name) || layer::TYPED.contains(&name.as_str()) {
                return Err(wrong("the stage provides no layer of its own with that name".to_owned()));
            }
            let schema = ValueSchema::new(schema).map_err(wrong)?;
            let reads = |layer: &str| info.requires.iter().chain(&info.uses).any(|read| read == layer);
            let unread = schema.references().find(|reference| !reads(reference.layer()));
            match unread {
                Some(reference) => Err(wrong(format!(
                    "its values refer to the layer `{}`, which the stage neither requires nor uses",
                    reference.layer()
                ))),
                None => Ok((name.clone(), schema)),
            }
        };
        info.schemas.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Checks the values of these layers in a document.
    ///
    /// # Errors
    /// The first annotation whose value is something else than its schema says, and how.
    pub fn check(&self, doc: &DocumentView<'_>) -> Result<(), String> {
        if self.0.is_empty() {
            return Ok(());
        }
        let there = There::in_document(doc);
        for custom in doc.customs() {
            let Some((name, schema)) = self.0.iter().find(|(name, _)| name == custom.layer()) else {
                continue;
            };
            schema.check(custom.payload(), &there).map_err(|wrong| {
                let span = custom.span();
                format!("`{name}` at {}..{}, against the layer's schema: {wrong}", span.start(), span.end())
            })?;
        }
        Ok(())
    }

    /// Whether values refer to annotations.
    pub fn refer(&self) -> bool {
        self.0.iter().any(|(_, schema)| schema.references().next().is_some())
    }

    /// Changes the ids in the values of these layers.
    pub fn rename(&self, document: &mut Document, rename: impl Fn(Reference, usize) -> String) {
        document.change_values(|layer, payload| {
            let (_, schema) = self.0.iter().find(|(name, _)| name == layer)?;
            schema.renamed(payload, &rename)
        });
    }
}

#[cfg(test)]
mod tests;
