//! The words around a pronoun: entities that it cannot refer to, and the surname of the one that it refers to.

use copydesk_core::segment::token_flag as flag;

use super::quoted::Quoted;
use crate::recognize::gender;
use crate::resolve::clusters::Clusters;
use crate::tables::thing;
use crate::words::Reader;
use crate::words::keys::{person_core, plain};

/// The person mentioned just before a token: the end of the mention, and the entity.
pub(crate) type Last = Option<(usize, usize)>;

/// What the words around a pronoun say about its referent.
#[derive(Default)]
pub(crate) struct Near {
    /// The entity that it does not refer to.
    pub(crate) barred: [Option<usize>; 2],
    /// The entity about which the quote containing it is said.
    pub(crate) about: Option<usize>,
    /// The last word of the name of its referent, if that one is mentioned.
    pub(crate) surname: Option<u64>,
}

/// What the words around a pronoun say. `names` come before it, `quoted` is the quoted passage around it.
pub(crate) fn near(
    reader: &Reader<'_>,
    clusters: &Clusters,
    names: usize,
    at: usize,
    last: Last,
    quoted: Option<&Quoted>,
) -> Near {
    let beside = last.filter(|(end, _)| end + 1 == at && reader.text(*end) == ",");
    let another = beside.or(last.filter(|(end, _)| is_object_of(reader, *end, at)));
    let kin = reader.has_flag(at + 1, thing::KIN);
    Near {
        barred: [another.map(|(_, cluster)| cluster), quoted.and_then(|quoted| quoted.speaker)],
        about: quoted.and_then(|quoted| quoted.about),
        surname: kin.then(|| surname(reader, clusters, names, at, beside)).flatten(),
    }
}

/// Whether a name only describes what kind of thing something is, "a Holm caricature", or signs the quote before it, "…" — Anna Holm.
pub(crate) fn is_in_passing(reader: &Reader<'_>, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    let modifier = matches!(reader.text(before), "a" | "an" | "A" | "An");
    let dash = matches!(reader.text(before), "-" | "--" | "–" | "—" | "―");
    let closed = before.checked_sub(1).is_some_and(|at| reader.token(at).has(flag::QUOTE_MARK));
    modifier || dash && closed
}

/// Whether a pronoun is the object of the clause whose subject ends at `end`: "Leal accused him of".
fn is_object_of(reader: &Reader<'_>, end: usize, at: usize) -> bool {
    if end >= at || at - end > 3 || !gender::is_object(reader.token(at).hash()) {
        return false;
    }
    // Her husband or the husband: "her" is not an object before a noun.
    let object = reader.text(at) == "him"
        || reader.doc.tokens().get(at + 1).is_none_or(|next| !next.is_word())
        || matches!(
            reader.text(at + 1),
            "of" | "for"
                | "to"
                | "in"
                | "on"
                | "with"
                | "that"
                | "as"
                | "and"
                | "at"
                | "by"
                | "from"
                | "when"
        );
    let sentence = reader.token(at).sentence();
    object && reader.token(end).sentence() == sentence && (end..at).all(|at| reader.token(at).is_word())
}

/// The surname of the relative: "Ann Berg, his mother", "his son, Olaf Berg".
fn surname(reader: &Reader<'_>, clusters: &Clusters, names: usize, at: usize, beside: Last) -> Option<u64> {
    let last_word = |place: usize| {
        let (first, end, _) = clusters.order[place];
        let core = person_core(reader, &(first..end));
        (core.len() > 1).then(|| plain(reader, core.end - 1))
    };
    if beside.is_some() {
        return names.checked_sub(1).and_then(last_word);
    }
    let from = at + 2 + usize::from(reader.text(at + 2) == ",");
    (clusters.order.get(names)?.0 == from).then(|| last_word(names)).flatten()
}
