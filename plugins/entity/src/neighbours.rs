//! Names that neighbouring words make sure.

use copydesk_core::layers::EntityKind;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, hash_lowered};

use crate::names::{Name, insert, outside};
use crate::reader::Reader;
use crate::registry;
use crate::tables::cue;

/// Adds what the model rarely finds and neighbouring words make sure: products by the noun behind ("the Tonka app"), and
/// the West. `names` is in text order and stays so.
pub(crate) fn add(reader: &Reader<'_>, names: &mut Vec<Name>) {
    let tokens = reader.doc.tokens();
    let mut added = Vec::new();
    for at in outside(names, 1..tokens.len().saturating_sub(1)) {
        let small = |at: usize| tokens.get(at).is_some_and(|token| token.case() == Case::Lower);
        if !tokens[at].is_capitalized() || tokens[at].has(flag::SENTENCE_START) || !small(at + 1) {
            continue;
        }
        if is_the_west(reader, at) {
            added.push(Name {
                confidence: 0.7,
                ..Name::told(at..at + 1, EntityKind::Location, registry::THE_WEST)
            });
        } else if (reader.has(at + 1, cue::PRODUCT_CONTEXT)
            || small(at + 2) && reader.has(at + 2, cue::PRODUCT_CONTEXT))
            && !reader.has(at, cue::COMMON | cue::STOP | cue::CALENDAR | cue::ROLE | cue::GAZETTEER)
            && tokens[at].span().len() > 1
        {
            let name = Name::told(at..at + 1, EntityKind::Product, registry::PRODUCT_CONTEXT);
            added.push(Name { confidence: 0.6, ..name });
        }
    }
    added.extend(names.windows(2).filter_map(|pair| named_again(reader, &pair[0], pair[1].tokens.start)));
    added.extend(names.last().and_then(|last| named_again(reader, last, tokens.len())));
    insert(names, added);
}

/// The firm's short name behind the stop of its long one, which ends the sentence too: "… Velden Foods Ltd. Velden owns".
fn named_again(reader: &Reader<'_>, name: &Name, free: usize) -> Option<Name> {
    let at = name.tokens.end;
    let last = reader.token(at - 1);
    let again = name.kind == EntityKind::Organization
        && name.tokens.len() > 1
        && at < free
        && last.has(flag::ABBREVIATION)
        && reader.is_capitalized(at)
        && reader.token(at).hash() == reader.token(name.tokens.start).hash();
    let told = || Name::told(at..at + 1, EntityKind::Organization, registry::NAMED_AGAIN);
    again.then(|| Name { confidence: name.confidence, ..told() })
}

/// Whether the word at a place is the West, and not the west of something.
pub(crate) fn is_the_west(reader: &Reader<'_>, at: usize) -> bool {
    const WEST: u64 = hash_lowered("west");
    const THE: u64 = hash_lowered("the");
    let token = reader.token(at);
    let article = at.checked_sub(1).is_some_and(|before| reader.token(before).hash() == THE);
    token.hash() == WEST && token.is_capitalized() && article && reader.text(at + 1) != "of"
}
