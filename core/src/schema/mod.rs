//! JSON Schemas of the values of custom layers, which stages declare and against which each annotation is validated.
//!
//! A stage declares the schema of a layer with [`Schemas`]; in Rust it is derived from the type of its values. The host compiles
//! it to a [`ValueSchema`] and validates every value. All assertions of JSON Schema 2020-12 are supported except the keywords in
//! [`UNCHECKED`]: a schema with one of these is rejected, as it would not be checked completely.
//!
//! A string with the `format` `entity`, `quote`, `figure` or `claim` is the id of an annotation of the document, as in output
//! lines: [`EntityId`](crate::layers::EntityId) and the like are serialised and declared in this way.

mod check;
mod compile;
mod reference;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

use crate::{Document, DocumentView, StageInfo, layer};

pub use compile::{UNCHECKED, escape_pointer};
pub use reference::{AnnotationCounts, Reference};

/// The JSON Schemas of layers, by name, as a stage declares them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schemas(pub(crate) BTreeMap<String, Value>);

impl Schemas {
    /// No schemas.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the schema of a layer whose values have the type `T`.
    pub fn layer<T: JsonSchema>(mut self, name: &str) -> Self {
        self.0.insert(name.to_owned(), schemars::schema_for!(T).to_value());
        self
    }
}

/// A compiled JSON Schema.
#[derive(Clone, Debug)]
pub struct ValueSchema {
    /// The schema itself and its subschemas.
    shapes: Vec<compile::Shape>,
}

impl ValueSchema {
    /// Compiles a schema.
    ///
    /// # Errors
    /// If it is not a valid schema, or has keywords that are not checked.
    pub fn new(schema: &Value) -> Result<Self, String> {
        compile::compile(schema).map(|shapes| Self { shapes })
    }

    /// The kinds of annotations that its values refer to.
    pub fn references(&self) -> impl Iterator<Item = Reference> {
        self.shapes.iter().filter_map(|shape| shape.refers)
    }
}

/// The schemas of the layers of a stage.
#[derive(Clone, Debug, Default)]
pub struct LayerSchemas(Vec<(String, ValueSchema)>);

impl LayerSchemas {
    /// Compiles the schemas that a stage declares.
    ///
    /// # Errors
    /// If a schema cannot be checked, is for a layer that the stage does not provide, or refers to a layer that the stage does
    /// not read.
    pub fn of(info: &StageInfo) -> Result<Self, String> {
        let read = |(name, schema): (&String, &Value)| {
            let wrong = |reason: String| format!("the schema of its layer `{name}`: {reason}");
            if !info.provides.contains(name) || layer::TYPED.contains(&name.as_str()) {
                return Err(wrong("the stage provides no custom layer with that name".to_owned()));
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

    /// Validates the values of these layers in a document.
    ///
    /// # Errors
    /// The first annotation whose value does not match its schema, and the reason.
    pub fn check(&self, doc: &DocumentView<'_>) -> Result<(), String> {
        if self.0.is_empty() {
            return Ok(());
        }
        let counts = AnnotationCounts::in_document(doc);
        for custom in doc.customs() {
            let Some((name, schema)) = self.0.iter().find(|(name, _)| name == custom.layer()) else {
                continue;
            };
            schema.check(custom.payload(), &counts).map_err(|wrong| {
                let span = custom.span();
                format!(
                    "`{name}` at {}..{} does not match the layer's schema: {wrong}",
                    span.start(),
                    span.end()
                )
            })?;
        }
        Ok(())
    }

    /// Whether any values refer to annotations.
    pub fn refer(&self) -> bool {
        self.0.iter().any(|(_, schema)| schema.references().next().is_some())
    }

    /// Replaces the ids in the values of these layers.
    pub fn rename(&self, document: &mut Document, rename: impl Fn(Reference, usize) -> String) {
        document.change_values(|layer, payload| {
            let (_, schema) = self.0.iter().find(|(name, _)| name == layer)?;
            schema.renamed(payload, &rename)
        });
    }
}

#[cfg(test)]
mod tests;
