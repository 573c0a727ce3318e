//! Mentions that are no names: "the ministry", "the minister", "she".

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{Span, hash_lowered};

use crate::clusters::Clusters;
use crate::reader::Reader;
use crate::tables::cue;

/// An antecedent is looked for among this many names before.
const LOOK_BACK: usize = 24;

/// Adds nominal and pronominal mentions to the clusters.
pub(crate) fn add(reader: &Reader<'_>, clusters: &mut Clusters) {
    let tokens = reader.doc.tokens();
    let mut found: Vec<(usize, Span, MentionForm)> = Vec::new();
    // How many names stand before the current token.
    let mut names = 0;
    let mut person: Option<(usize, usize)> = None;
    for at in 0..tokens.len() {
        while clusters.order.get(names).is_some_and(|(first, ..)| *first <= at) {
            let (first, _, cluster) = clusters.order[names];
            if clusters.all[cluster].kind == EntityKind::Person {
                person = Some((cluster, tokens[first].sentence()));
            }
            names += 1;
        }
        if is_pronoun(tokens[at].hash()) {
            // In the same sentence or the next one; a chain of pronouns goes on.
            if let Some((cluster, sentence)) = person
                && tokens[at].sentence() <= sentence + 1
            {
                found.push((cluster, tokens[at].span(), MentionForm::Pronoun));
                person = Some((cluster, tokens[at].sentence()));
            }
        } else if tokens[at].hash() == THE
            && at + 1 < tokens.len()
            && tokens[at + 1].sentence() == tokens[at].sentence()
            && let Some((end, cluster)) = antecedent(reader, clusters, names, at + 1)
        {
            let cluster_span = tokens[at].span().cover(tokens[end - 1].span());
            found.push((cluster, cluster_span, MentionForm::Nominal));
            if clusters.all[cluster].kind == EntityKind::Person {
                person = Some((cluster, tokens[at].sentence()));
            }
        }
    }
    for (cluster, span, form) in found {
        clusters.all[cluster].mentions.push((span, form));
    }
}

const THE: u64 = hash_lowered("the");

fn is_pronoun(hash: u64) -> bool {
    const PRONOUNS: [u64; 7] = [
        hash_lowered("he"),
        hash_lowered("she"),
        hash_lowered("him"),
        hash_lowered("his"),
        hash_lowered("her"),
        hash_lowered("himself"),
        hash_lowered("herself"),
    ];
    PRONOUNS.contains(&hash)
}

/// The end of the noun phrase whose head begins at `at`, behind "the", and its antecedent among the names before.
fn antecedent(reader: &Reader<'_>, clusters: &Clusters, names: usize, at: usize) -> Option<(usize, usize)> {
    let role = reader.has(at, cue::ROLE_NOUN | cue::ROLE | cue::MODIFIER);
    let nominal = reader.has(at, cue::NOMINAL);
    if !(role || nominal) || reader.is_capitalized(at) {
        return None;
    }
    // "the prime minister": all words of the role.
    let mut end = at + 1;
    while role && reader.has(at, cue::MODIFIER) && reader.has(end, cue::ROLE | cue::ROLE_NOUN) && end < at + 3
    {
        end += 1;
    }
    // "the bank accounts", "the party leader", "the ministry of …": the noun is not the head, or names something else.
    let heads_more = reader.has(end, cue::ROLE_NOUN | cue::NOMINAL) || matches!(reader.text(end), "of" | "-");
    if heads_more || reader.is_capitalized(end) {
        return None;
    }
    let head = reader.token(end - 1).hash();
    let before = clusters.order[names.saturating_sub(LOOK_BACK)..names].iter().rev();
    let mut candidates = before.map(|(.., cluster)| *cluster);
    let holds =
        |tokens: &std::ops::Range<usize>| tokens.clone().any(|word| reader.token(word).hash() == head);
    let found = if nominal {
        let kind = |cluster: usize| clusters.all[cluster].kind;
        let is = |words: &[&str]| words.contains(&reader.text(end - 1));
        candidates
            .clone()
            .find(|&cluster| kind(cluster) != EntityKind::Person && holds(&clusters.all[cluster].name))
            .or_else(|| {
                if is(&[
                    "company",
                    "firm",
                    "group",
                    "organisation",
                    "organization",
                    "agency",
                    "newspaper",
                    "club",
                ]) {
                    candidates.clone().find(|&cluster| kind(cluster) == EntityKind::Organization)
                } else if is(&["country"]) {
                    candidates.clone().find(|&cluster| {
                        clusters.all[cluster].is_country && kind(cluster) == EntityKind::Location
                    })
                } else if is(&["city"]) {
                    candidates.clone().find(|&cluster| {
                        kind(cluster) == EntityKind::Location && !clusters.all[cluster].is_country
                    })
                } else {
                    None
                }
            })
    } else {
        candidates.find(|&cluster| clusters.all[cluster].role.as_ref().is_some_and(holds))
    };
    found.map(|cluster| (end, cluster))
}
