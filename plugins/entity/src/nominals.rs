//! Mentions that are no names: "the ministry", "the minister", "she".

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{Span, hash_lowered};

use crate::antecedents::{antecedent, countries};
use crate::clusters::Clusters;
use crate::gender;
use crate::people::People;
use crate::reader::Reader;

const THE: u64 = hash_lowered("the");

/// Adds nominal and pronominal mentions to the clusters.
pub(crate) fn add(reader: &Reader<'_>, clusters: &mut Clusters) {
    let tokens = reader.doc.tokens();
    let mut found: Vec<(usize, Span, MentionForm)> = Vec::new();
    // How many names stand before the current token.
    let mut names = 0;
    let mut people = People::default();
    let countries = countries(clusters);
    for at in 0..tokens.len() {
        let sentence = tokens[at].sentence();
        while let Some((first, _, cluster)) = clusters.order.get(names).copied().filter(|name| name.0 <= at) {
            if clusters.all[cluster].kind == EntityKind::Person {
                people.named(cluster, tokens[first].sentence(), true);
            }
            names += 1;
        }
        if let Some(gender) = gender::of_pronoun(tokens[at].hash()) {
            let barred = people.last().filter(|_| is_another(reader, clusters, names, at));
            if let Some(cluster) = people.meant(&clusters.all, gender, sentence, barred) {
                found.push((cluster, tokens[at].span(), MentionForm::Pronoun));
                people.named(cluster, sentence, gender::is_subject(tokens[at].hash()));
                // Who is once "she" stays so.
                if gender::is_subject(tokens[at].hash()) {
                    clusters.all[cluster].gender.get_or_insert(gender);
                }
            }
        } else if tokens[at].hash() == THE
            && at + 1 < tokens.len()
            && tokens[at + 1].sentence() == sentence
            && let Some((end, cluster)) = antecedent(reader, clusters, &countries, names, at + 1)
        {
            let cluster_span = tokens[at].span().cover(tokens[end - 1].span());
            found.push((cluster, cluster_span, MentionForm::Nominal));
            if clusters.all[cluster].kind == EntityKind::Person {
                people.named(cluster, sentence, true);
            }
        }
    }
    for (cluster, span, form) in found {
        clusters.all[cluster].mentions.push((span, form));
    }
}

/// Whether a pronoun means another than the person named just before: "Ana Leal, his sister", "Leal accused him of".
fn is_another(reader: &Reader<'_>, clusters: &Clusters, names: usize, at: usize) -> bool {
    let Some((_, end, _)) = names.checked_sub(1).map(|last| clusters.order[last]) else { return false };
    let beside = end + 1 == at && reader.text(end) == ",";
    let sentence = reader.token(at).sentence();
    // Her husband or the husband: "her" is no object in front of a noun.
    let object = gender::is_object(reader.token(at).hash())
        && (reader.text(at) == "him"
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
            ));
    let clause = end < at
        && at - end <= 3
        && reader.token(end).sentence() == sentence
        && (end..at).all(|at| reader.token(at).is_word());
    beside || object && clause
}
