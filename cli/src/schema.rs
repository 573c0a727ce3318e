//! `copydesk schema`

use std::io::Write;

use anyhow::Result;
use copydesk_engine::Registry;
use copydesk_engine::config::pipeline_schema;
use copydesk_engine::output::parsed::line_schema;
use copydesk_engine::tables::{TABLES, Table, reference};
use serde_json::{Value, json};

use crate::args::{SchemaArguments, SchemaOf};
use crate::{SUCCESS, options};

/// Prints a schema.
pub(crate) fn schema(arguments: &SchemaArguments) -> Result<u8> {
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
        SchemaOf::Output => line_schema(),
        SchemaOf::Run => copydesk_engine::manifest::schema(),
        SchemaOf::Tables => TABLES.iter().map(|table| described(table)).collect(),
    };
    writeln!(out, "{}", serde_json::to_string_pretty(&schema)?)?;
    Ok(SUCCESS)
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
