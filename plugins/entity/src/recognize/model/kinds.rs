//! The kinds that the model distinguishes, and the labels of annotated data.

use copydesk_core::layers::EntityKind;

/// The number of kinds that the model distinguishes.
pub const KINDS: usize = 7;

/// A kind of the model. Rarer kinds (events, works, laws) are distinguished afterwards, by their words.
pub(crate) const PERSON: usize = 0;
pub(crate) const ORGANIZATION: usize = 1;
pub(crate) const LOCATION: usize = 2;
pub(crate) const FACILITY: usize = 3;
pub(crate) const GROUP: usize = 4;
pub(crate) const PRODUCT: usize = 5;
pub(crate) const MISCELLANEOUS: usize = 6;

/// A set of kinds, a bit each.
pub type KindSet = u8;

/// Every kind.
pub(crate) const ALL: KindSet = (1 << KINDS) - 1;

/// None of the other kinds.
pub(crate) const REST: KindSet = set(&[MISCELLANEOUS]);

const fn set(kinds: &[usize]) -> KindSet {
    let mut set = 0;
    let mut at = 0;
    while at < kinds.len() {
        set |= 1 << kinds[at];
        at += 1;
    }
    set
}

/// The kinds that a label of annotated data may mean; none for labels that the stage does not use (dates,
/// amounts). Label sets differ: "LOC" includes facilities if they have no label of their own.
pub(crate) fn of_label(label: &str) -> KindSet {
    match label.to_lowercase().as_str() {
        "person" | "per" | "politician" => set(&[PERSON]),
        "organization" | "organisation" | "org" | "politicalparty" | "corporation" => set(&[ORGANIZATION]),
        "location" | "loc" | "gpe" | "country" | "place" => set(&[LOCATION, FACILITY]),
        "facility" | "fac" => set(&[FACILITY]),
        "group" | "norp" | "nationality" | "religion" => set(&[GROUP]),
        "product" => set(&[PRODUCT]),
        "event" | "election" | "work" | "work_of_art" | "creative-work" | "law" | "language" => {
            set(&[MISCELLANEOUS])
        }
        "misc" | "miscellaneous" | "oth" | "other" => set(&[GROUP, PRODUCT, MISCELLANEOUS]),
        _ => 0,
    }
}

/// The kinds that a set of annotated data marks wherever they occur, if it has this label. Facilities without a label of their own
/// are marked as something else (places, organisations). A label for the rest of names mostly leaves nationalities
/// to chance.
pub(crate) fn marked_by(label: &str) -> KindSet {
    match label.to_lowercase().as_str() {
        "misc" | "miscellaneous" => ALL,
        "oth" | "other" => 0,
        _ => of_label(label) | if of_label(label) & set(&[LOCATION]) != 0 { set(&[FACILITY]) } else { 0 },
    }
}

/// The kind of the output.
pub(crate) fn output(kind: usize) -> EntityKind {
    match kind {
        PERSON => EntityKind::Person,
        ORGANIZATION => EntityKind::Organization,
        LOCATION => EntityKind::Location,
        FACILITY => EntityKind::Facility,
        GROUP => EntityKind::Group,
        PRODUCT => EntityKind::Product,
        _ => EntityKind::Other,
    }
}
