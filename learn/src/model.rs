//! Loads the model of a stage.

use std::io;
use std::path::{Path, PathBuf};

use crate::artefact::{Artefact, ArtefactError};

/// Why a stage's model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file cannot be read.
    #[error("cannot read the model {0}: {1}")]
    Read(PathBuf, io::Error),
    /// The file is not a model of this kind.
    #[error("the model {0}: {1}")]
    Artefact(String, ArtefactError),
}

/// Loads the model of a stage from the file that an option names, or else the built-in one. `read` makes it from
/// the sections.
pub fn load<M>(
    kind: &str,
    file: Option<&Path>,
    built_in: &'static [u8],
    read: impl FnOnce(&Artefact) -> Result<M, ArtefactError>,
) -> Result<M, ModelError> {
    let artefact = match file {
        None => Artefact::from_static(kind, built_in),
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|error| ModelError::Read(path.to_owned(), error))?;
            Artefact::from_vec(kind, bytes)
        }
    };
    let shown = file.map_or("that is built in".into(), Path::to_string_lossy);
    artefact
        .and_then(|artefact| read(&artefact))
        .map_err(|error| ModelError::Artefact(shown.into_owned(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_file() {
        let load = |file: Option<&str>| {
            load("test", file.map(Path::new), b"none", |_| Ok(())).map_err(|error| error.to_string())
        };
        assert_eq!(load(None), Err("the model that is built in: this is not a copydesk model".to_owned()));
        assert!(
            load(Some("no/such.model"))
                .is_err_and(|error| error.starts_with("cannot read the model no/such"))
        );
        assert!(
            load(Some("Cargo.toml"))
                .is_err_and(|error| error.contains("Cargo.toml: this is not a copydesk model"))
        );
    }
}
