//! The word classes that features use.

use copydesk_learn::{Artefact, ArtefactError, Classes, classes};

/// Two ways to group the words: where one puts a word beside strangers, the other mostly does not.
#[derive(Clone, Debug)]
pub(crate) struct Clusterings {
    /// Those that stages share.
    pub(crate) shared: Classes,
    /// Those of this stage, which keep frequent and rare words apart. They count for the form of a word alone.
    pub(crate) own: Classes,
}

impl Clusterings {
    /// Those that are part of the program.
    pub(crate) fn built_in() -> Result<Self, ArtefactError> {
        let own = Artefact::from_static(classes::KIND, include_bytes!("../../../data/classes.bin"))?;
        Ok(Self { shared: Classes::built_in()?, own: Classes::read(&own)? })
    }
}
