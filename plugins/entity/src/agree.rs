//! A second look at names of one word, with what the document's other names tell: "Hoekstra" alone is the person whom
//! another sentence calls "Marit Hoekstra".

use std::collections::HashMap;

use copydesk_core::layers::EntityKind;

use crate::names::Name;
use crate::runs::Reader;
use crate::tables::{NOWHERE, cue};

/// Kinds that came from lists or from the name's own cue words are not put in doubt.
const SURE: f32 = 0.9;

pub(crate) fn settle(reader: &Reader<'_>, names: &mut Vec<Name>) {
    let hash = |at: usize| reader.token(at).hash();
    let mut people: HashMap<u64, f32> = HashMap::new();
    let mut organisations: HashMap<u64, f32> = HashMap::new();
    for name in names.iter().filter(|name| name.tokens.len() > 1) {
        let best = |map: &mut HashMap<u64, f32>, at: usize| {
            let held = map.entry(hash(at)).or_insert(0.0);
            *held = held.max(name.confidence);
        };
        match name.kind {
            EntityKind::Person => {
                best(&mut people, name.tokens.end - 1);
                best(&mut people, name.tokens.start);
            }
            // "Hartwell & Sons" is "Hartwell" later; "National Bank" is not "National".
            EntityKind::Organization if !reader.has(name.tokens.start, cue::COMMON) => {
                best(&mut organisations, name.tokens.start);
            }
            _ => {}
        }
    }
    // What most occurrences of the same word were taken for, each with its confidence.
    let mut votes: HashMap<u64, [(f32, u32); 3]> = HashMap::new();
    let slot = |kind: EntityKind| match kind {
        EntityKind::Person => Some(0),
        EntityKind::Organization => Some(1),
        EntityKind::Location => Some(2),
        _ => None,
    };
    for name in names.iter().filter(|name| name.tokens.len() == 1) {
        if let Some(slot) = slot(name.kind) {
            let vote = &mut votes.entry(hash(name.tokens.start)).or_default()[slot];
            *vote = (vote.0 + name.confidence, vote.1 + 1);
        }
    }
    for name in names.iter_mut().filter(|name| name.tokens.len() == 1 && name.confidence < SURE) {
        let word = hash(name.tokens.start);
        let listed = name.country != NOWHERE;
        if let Some(confidence) = people.get(&word).filter(|_| !listed) {
            (name.kind, name.confidence, name.rule) = (EntityKind::Person, confidence * 0.95, "short-form");
        } else if let Some(confidence) = organisations.get(&word).filter(|_| !listed) {
            (name.kind, name.confidence, name.rule) =
                (EntityKind::Organization, confidence * 0.9, "short-form");
        } else if let Some(votes) = votes.get(&word) {
            const KINDS: [EntityKind; 3] =
                [EntityKind::Person, EntityKind::Organization, EntityKind::Location];
            let best = (0..3).max_by(|a, b| votes[*a].0.total_cmp(&votes[*b].0)).unwrap_or(0);
            if votes[best].1 > 1 && KINDS[best] != name.kind && votes[best].0 > 2.0 * name.confidence {
                (name.kind, name.rule) = (KINDS[best], "other-occurrences");
            }
        }
    }
    // A lone word that nothing speaks for, at the start of a sentence or in a headline, is mostly no name.
    names.retain(|name| {
        let at = name.tokens.start;
        let unknown = name.tokens.len() == 1 && name.rule == "unknown-word";
        !(unknown
            && (reader.starts_sentence(at) || reader.shouting(at))
            && !reader.evidence.capital_inside(reader.token(at)))
    });
}
