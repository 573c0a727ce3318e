//! The user's own units: `options.units = ["my_units.toml"]`.

use copydesk_core::StageError;
use serde::Deserialize;

use crate::sentence::table::Table;
use crate::sentence::unit_forms::{Forms, measures, parse_si};

/// A file of units.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    unit: Vec<OwnUnit>,
}

/// One unit, with the columns of `data/units.tsv`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnUnit {
    #[serde(default)]
    code: String,
    name: String,
    /// The forms in texts: `+` for an optional plural s, `=` before a symbol whose capitals matter.
    forms: Vec<String>,
    /// "1.7018 m": the factor and the SI unit.
    #[serde(default)]
    si: String,
    #[serde(default)]
    kind: Kind,
    /// Whether SI prefixes may precede it.
    #[serde(default)]
    prefixes: bool,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Kind {
    #[default]
    Quantity,
    Money,
    Percent,
}

/// The built-in units and those of the files, which take precedence if both list a form.
pub(crate) fn with_files(paths: &[String]) -> Result<Option<Table>, StageError> {
    if paths.is_empty() {
        return Ok(None);
    }
    let mut forms = Forms::of_units();
    forms.overwrite = true;
    for path in paths {
        let wrong =
            |reason: &dyn std::fmt::Display| StageError::option("units", format_args!("{path}: {reason}"));
        let text = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
        let file: File = toml::from_str(&text).map_err(|error| wrong(&error))?;
        for unit in file.unit {
            if unit.forms.is_empty() {
                return Err(wrong(&format!("the unit {} has no forms", unit.name)));
            }
            let kind = match unit.kind {
                Kind::Quantity => "quantity",
                Kind::Money => "money",
                Kind::Percent => "percent",
            };
            let prefixes = if unit.prefixes { "all" } else { "" };
            // A table is made once and lives as long as the process.
            let keep = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
            let si = keep(unit.si);
            if !si.is_empty() && parse_si(si).is_none() {
                return Err(wrong(&format!("{si:?} is not a number with an SI unit, such as \"1.7018 m\"")));
            }
            forms.add(
                measures(kind),
                keep(unit.code),
                keep(unit.name),
                keep(unit.forms.join(";")),
                si,
                prefixes,
            );
        }
    }
    forms.currencies();
    // As above.
    Ok(Table::read(forms.laid_out().leak()))
}
