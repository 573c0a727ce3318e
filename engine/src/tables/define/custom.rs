//! The tables of layers of other stages: one per layer, all with the same columns.

use crate::output::parsed::Custom;
use crate::tables::Table;
use crate::tables::context::Context;
use crate::tables::rows::Row;

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

    pub(in super::super) fn filled(item: (&Custom<'_>, u64), cx: &Context<'_>, row: &mut Row<'_>) {
        fill(item, cx, row);
    }
}

pub(super) use shape::filled as fill;

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
