//! Acronyms that a text introduces itself: "the Harbour Workers' Union (HWU)". The model misses some of them, and those that
//! stand alone later on.

use std::ops::Range;

use copydesk_core::Case;
use copydesk_core::layers::{EntityKind, MentionForm};

use crate::keys::abbreviates;
use crate::names::Name;
use crate::reader::Reader;

/// The fewest and the most letters of an acronym.
const LETTERS: Range<usize> = 2..13;

/// More of them than any article has are not looked for.
const MOST: usize = 64;

/// An acronym in brackets behind the name that it stands for.
struct Introduced {
    hash: u64,
    kind: EntityKind,
    confidence: f32,
}

/// Adds the acronyms in brackets behind names, and where they stand elsewhere, as far as they are in no name yet. `names` is
/// in text order and stays so.
pub(crate) fn add(reader: &Reader<'_>, names: &mut Vec<Name>) {
    let mut introduced: Vec<Introduced> = names.iter().filter_map(|name| introduced(reader, name)).collect();
    introduced.truncate(MOST);
    if introduced.is_empty() {
        return;
    }
    let mut added = Vec::new();
    let mut next = 0;
    for (at, token) in reader.doc.tokens().iter().enumerate() {
        while names.get(next).is_some_and(|name| name.tokens.end <= at) {
            next += 1;
        }
        let inside = names.get(next).is_some_and(|name| name.tokens.start <= at);
        if inside || !matches!(token.case(), Case::Upper | Case::Mixed) {
            continue;
        }
        if let Some(known) = introduced.iter().find(|known| known.hash == token.hash()) {
            added.push(Name {
                form: MentionForm::Alias,
                confidence: known.confidence,
                ..Name::told(at..at + 1, known.kind, "introduced-acronym")
            });
        }
    }
    if !added.is_empty() {
        names.append(&mut added);
        names.sort_by_key(|name| name.tokens.start);
    }
}

/// The acronym behind a name, where its letters are of that name.
fn introduced(reader: &Reader<'_>, name: &Name) -> Option<Introduced> {
    let at = name.tokens.end + 1;
    if name.kind == EntityKind::Person || reader.text(at - 1) != "(" || reader.text(at + 1) != ")" {
        return None;
    }
    let token = reader.doc.tokens().get(at)?;
    let capitals = reader.text(at).chars().filter(|letter| letter.is_uppercase()).count();
    let fits = token.is_word()
        && matches!(token.case(), Case::Upper | Case::Mixed)
        && LETTERS.contains(&capitals)
        && abbreviates(reader, at..at + 1, &name.tokens);
    fits.then_some(Introduced { hash: token.hash(), kind: name.kind, confidence: name.confidence })
}
