//! The available stages: linked ones by name, those of libraries by path.

use std::path::Path;
use std::sync::Arc;

use copydesk_core::{Linked, StageFactory};

use crate::plugin::{self, Library, LoadError};
use crate::process::Program;

/// The stages that a pipeline can name.
pub struct Registry {
    linked: Vec<Arc<dyn StageFactory>>,
}

impl Default for Registry {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Registry {
    /// The stages that ship with copydesk, in the order in which they run by default.
    pub fn built_in() -> Self {
        Self {
            linked: vec![
                Arc::new(Linked::<copydesk_entity::EntityStage>::default()),
                Arc::new(Linked::<copydesk_figure::FigureStage>::default()),
                Arc::new(Linked::<copydesk_syntax::SyntaxStage>::default()),
                Arc::new(Linked::<copydesk_quote::QuoteStage>::default()),
                Arc::new(Linked::<copydesk_sentiment::SentimentStage>::default()),
                Arc::new(Linked::<copydesk_claim::ClaimStage>::default()),
            ],
        }
    }

    /// Adds a stage by its type; a program that embeds the engine adds its own stages this way.
    #[must_use]
    pub fn with<S: copydesk_core::StageType>(mut self) -> Self {
        self.linked.push(Arc::new(Linked::<S>::default()));
        self
    }

    /// Adds a stage by its factory.
    #[must_use]
    pub fn with_factory(mut self, factory: Arc<dyn StageFactory>) -> Self {
        self.linked.push(factory);
        self
    }

    /// The linked stages.
    pub fn linked(&self) -> &[Arc<dyn StageFactory>] {
        &self.linked
    }

    /// The linked stage of this name.
    pub fn named(&self, name: &str) -> Option<Arc<dyn StageFactory>> {
        self.linked.iter().find(|factory| factory.info().name == name).cloned()
    }

    /// The stages of a library, or the stage that a script implements.
    pub fn load(&self, path: &Path) -> Result<Vec<Arc<dyn StageFactory>>, LoadError> {
        match Program::of(None, &path.to_string_lossy(), Path::new(""), None) {
            Some(program) => Ok(vec![plugin::start(program)?]),
            None => Library::open(path).map(Library::stages),
        }
    }
}

/// Whether the value of `use` in a pipeline is a library rather than a name.
pub fn is_library(used: &str) -> bool {
    let path = used.split_once('#').map_or(used, |(path, _)| path);
    let path = if crate::process::is_script(path) { return false } else { path };
    path.contains(['/', '\\']) || plugin::ENDINGS.iter().any(|ending| path.ends_with(ending))
}
