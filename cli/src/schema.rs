//! `copydesk schema`

use std::io::Write;

use anyhow::{Result, anyhow};
use copydesk_core::layer;
use copydesk_core::schema::LayerSchemas;
use copydesk_engine::Registry;
use copydesk_engine::config::pipeline_schema;
use copydesk_engine::output::line_schema_with;
use copydesk_engine::tables::{TABLES, Table, custom, custom_of_schema, reference};
use serde_json::{Value, json};

use crate::args::{SchemaArguments, SchemaOf};
use crate::{SUCCESS, options, stages};

/// Prints a schema.
pub(crate) fn schema(arguments: &SchemaArguments) -> Result<u8> {
    let layers = layers(&arguments.stages)?;
    let mut out = std::io::stdout().lock();
    if arguments.of == SchemaOf::Tables && arguments.markdown {
        out.write_all(reference().as_bytes())?;
        return Ok(SUCCESS);
    }
    let schema = match arguments.of {
        SchemaOf::Options => {
            out.write_all(options::page().as_bytes())?;
            return Ok(SUCCESS);
        }
        SchemaOf::Pipeline => pipeline_schema(&Registry::built_in()),
        SchemaOf::Output => line_schema_with(&layers),
        SchemaOf::Run => copydesk_engine::manifest::schema(),
        SchemaOf::Tables => {
            let own = layers.iter().map(|(layer, schema)| match schema {
                Some(schema) => custom_of_schema(layer, schema),
                None => custom(layer),
            });
            TABLES.iter().map(|table| described(table)).chain(own.map(|table| described(&table))).collect()
        }
    };
    writeln!(out, "{}", serde_json::to_string_pretty(&schema)?)?;
    Ok(SUCCESS)
}

/// The custom layers of plugins, each with the schema of its values if the plugin declares one.
pub(crate) fn layers(plugins: &[String]) -> Result<Vec<(String, Option<Value>)>> {
    let mut layers = Vec::new();
    for plugin in plugins {
        for factory in stages::named(Some(plugin))? {
            let info = factory.info();
            LayerSchemas::of(info).map_err(|reason| anyhow!("{plugin}: {reason}"))?;
            let own = info.provides.iter().filter(|layer| !layer::TYPED.contains(&layer.as_str()));
            layers.extend(own.map(|layer| (layer.clone(), info.schemas.get(layer).cloned())));
        }
    }
    Ok(layers)
}

/// The description of a table as JSON.
fn described(table: &Table) -> Value {
    let column = |column: &copydesk_engine::tables::Column| {
        json!({ "name": column.name, "type": column.kind.as_str(), "nullable": column.nullable,
            "refers": column.refers, "about": column.about })
    };
    let columns: Vec<Value> = table.all_columns().map(column).collect();
    json!({ "name": table.name, "layer": table.layer, "about": table.about, "key": table.key, "columns": columns })
}
