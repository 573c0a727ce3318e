//! The word classes that features use.

use copydesk_learn::{Artefact, ArtefactError, Classes, classes};

/// Two clusterings of the words, which rarely make the same errors.
#[derive(Clone, Debug)]
pub(crate) struct Clusterings {
    /// The one that stages share.
    pub(crate) shared: Classes,
    /// The one of this stage, which separates frequent and rare words. It is used only for features of a single form.
    pub(crate) own: Classes,
}

impl Clusterings {
    /// The built-in ones.
    pub(crate) fn built_in() -> Result<Self, ArtefactError> {
        let own = Artefact::from_static(classes::KIND, include_bytes!("../../../data/classes.bin"))?;
        Ok(Self { shared: Classes::built_in()?, own: Classes::read(&own)? })
    }
}
