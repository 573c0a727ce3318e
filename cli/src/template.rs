//! `copydesk plugin new`: creates a stage from a template.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::args::Language;
use crate::message;

/// A file of a template: its name and its text. In both, `@NAME@` is replaced by the name of the stage.
type TemplateFile = (&'static str, &'static str);

const PYTHON: &[TemplateFile] = &[
    ("@NAME@.py", include_str!("../templates/python/stage.py")),
    ("test_@NAME@.py", include_str!("../templates/python/test.py")),
    ("README.md", include_str!("../templates/python/README.md")),
    ("copydesk_stage.py", include_str!("../../core/python/copydesk_stage.py")),
];

const C: &[TemplateFile] = &[
    ("@NAME@.c", include_str!("../templates/c/stage.c")),
    ("Makefile", include_str!("../templates/c/Makefile")),
    ("README.md", include_str!("../templates/c/README.md")),
    ("copydesk.h", include_str!("../../core/include/copydesk.h")),
];

const RUST: &[TemplateFile] = &[
    ("Cargo.toml", include_str!("../templates/rust/Cargo.toml.in")),
    ("src/lib.rs", include_str!("../templates/rust/lib.rs")),
    ("README.md", include_str!("../templates/rust/README.md")),
];

/// Creates a folder with a working stage, its test, and instructions.
pub(crate) fn new(name: &str, language: Language, core: Option<&Path>) -> Result<()> {
    check(name)?;
    let folder = Path::new(name);
    if folder.exists() {
        bail!("{name} exists already: choose another name, or run this in another folder");
    }
    let (files, next) = match language {
        Language::Python => {
            (PYTHON, format!("cd {name} && python3 -m unittest && copydesk stages ./{name}.py"))
        }
        Language::C => (C, format!("cd {name} && make && copydesk plugin inspect ./lib{name}.so")),
        Language::Rust => (RUST, format!("cd {name} && cargo test")),
    };
    let core = match language {
        Language::Rust => find_core(core)?.to_string_lossy().replace('\\', "/"),
        Language::Python | Language::C => String::new(),
    };
    for (file, text) in files {
        let path = folder.join(file.replace("@NAME@", name));
        let text = text.replace("@NAME@", name).replace("@CORE@", &core);
        let written =
            path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text));
        written.with_context(|| format!("cannot write {}", path.display()))?;
    }
    message::line(format_args!("{name}/: a stage that marks a word. Next: {next}"));
    Ok(())
}

/// The name is used for a module, a layer and a symbol, so it must be valid for all of them.
fn check(name: &str) -> Result<()> {
    let begins = name.starts_with(|letter: char| letter.is_ascii_lowercase());
    let rest =
        name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if !begins || !rest {
        bail!("`{name}` cannot be the name of a stage: use lower-case letters, digits and _, as in my_stage");
    }
    if ["entities", "quotes", "figures", "sentiment", "claims", "syntax", "copydesk_stage"].contains(&name) {
        bail!("`{name}` is a built-in layer: choose another name");
    }
    Ok(())
}

/// The folder of the crate that a stage in Rust depends on: the given one, or that of the source code from which this program was
/// built.
fn find_core(given: Option<&Path>) -> Result<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("core");
    let core = given.unwrap_or(&own);
    match core.join("Cargo.toml").is_file() {
        true => Ok(core.canonicalize()?),
        false => bail!(
            "{} does not exist: a stage in Rust depends on the folder `core` of copydesk's source code; give it with --core",
            core.display()
        ),
    }
}
