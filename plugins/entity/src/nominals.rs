//! Mentions that are no names: "the ministry", "the minister", "she".

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Span, hash_lowered};

use crate::antecedents::{antecedent, countries};
use crate::clusters::Clusters;
use crate::gender;
use crate::keys::{person_core, plain};
use crate::people::{Part, People, Pronoun};
use crate::pronouns::{self, Last};
use crate::quoted::Quoted;
use crate::reader::Reader;
use crate::tables::cue;

const THE: u64 = hash_lowered("the");

/// Adds nominal and pronominal mentions to the clusters.
pub(crate) fn add(reader: &Reader<'_>, clusters: &mut Clusters) {
    let tokens = reader.doc.tokens();
    let mut found: Vec<(usize, Span, MentionForm)> = Vec::new();
    // How many names stand before the current token.
    let mut names = 0;
    let mut people = People::default();
    let mut last: Last = None;
    let mut quoted: Option<Quoted> = None;
    let countries = countries(clusters);
    for at in 0..tokens.len() {
        let sentence = tokens[at].sentence();
        while let Some((first, end, cluster)) = clusters.order.get(names).copied().filter(|name| name.0 <= at)
        {
            if clusters.all[cluster].kind == EntityKind::Person {
                people.named(cluster, tokens[first].sentence(), part_of(reader, first, end));
                last = Some((end, cluster));
            }
            names += 1;
        }
        if let Some(gender) = gender::of_pronoun(tokens[at].hash()) {
            let around = quoted.as_ref().filter(|quoted| quoted.tokens.end > at);
            let near = pronouns::near(reader, clusters, names, at, last, around);
            let pronoun = Pronoun { gender, sentence, part: part_of_pronoun(reader, at) };
            let is_called = |cluster: usize, surname: u64| {
                plain(reader, person_core(reader, &clusters.all[cluster].name).end - 1) == surname
            };
            if let Some(cluster) = people.meant(&clusters.all, &pronoun, &near, is_called) {
                found.push((cluster, tokens[at].span(), MentionForm::Pronoun));
                people.named(cluster, sentence, pronoun.part);
                // Who is once "she" stays so.
                if gender::is_subject(tokens[at].hash()) {
                    last = Some((at + 1, cluster));
                    clusters.all[cluster].gender.get_or_insert(gender);
                }
            }
        } else if tokens[at].hash() == THE {
            if tokens.get(at + 1).is_some_and(|next| next.sentence() == sentence)
                && let Some((end, cluster)) = antecedent(reader, clusters, &countries, names, at + 1)
            {
                let cluster_span = tokens[at].span().cover(tokens[end - 1].span());
                found.push((cluster, cluster_span, MentionForm::Nominal));
                if clusters.all[cluster].kind == EntityKind::Person {
                    people.named(cluster, sentence, part_of(reader, at, end));
                    last = Some((end, cluster));
                }
            }
        } else if tokens[at].has(flag::QUOTE_MARK)
            && quoted.as_ref().is_none_or(|quoted| quoted.tokens.end <= at)
            && let Some(next) = Quoted::opening(reader, clusters, at, quoted.as_ref())
        {
            quoted = Some(next);
        }
    }
    for (cluster, span, form) in found {
        clusters.all[cluster].mentions.push((span, form));
    }
}

/// What a person's name or role is in its clause, by the words beside it.
fn part_of(reader: &Reader<'_>, first: usize, end: usize) -> Part {
    if matches!(reader.text(end), "'s" | "’s") {
        return Part::Possessor;
    }
    let tokens = reader.doc.tokens();
    let mut before = first;
    // "with the singer Ann Berg": titles stand between.
    while before > 0
        && !tokens[before].has(flag::SENTENCE_START)
        && (reader.has(before - 1, cue::HONORIFIC | cue::ROLE | cue::ROLE_NOUN | cue::MODIFIER)
            || matches!(reader.text(before - 1), "the" | "his" | "her" | "a" | "an" | "their"))
    {
        before -= 1;
    }
    if before == 0 || tokens[before].has(flag::SENTENCE_START) {
        return Part::Subject;
    }
    match reader.text(before - 1) {
        "of" | "with" | "to" | "by" | "from" | "for" | "at" | "in" | "on" | "against" | "about" | "under"
        | "over" | "like" | "as" | "between" | "alongside" | "opposite" | "beside" | "including" => {
            Part::Oblique
        }
        "and" | "that" | "but" | "when" | "while" | "because" | "where" | "after" | "before" | "if" | ","
        | ";" | ":" | "“" | "\"" | "since" | "until" | "although" | "though" | "which" | "whom" | "or"
        | "”" | "said" => Part::Subject,
        _ => Part::Object,
    }
}

/// What a pronoun is in its clause; "her" in front of a noun is a possessive.
fn part_of_pronoun(reader: &Reader<'_>, at: usize) -> Part {
    let hash = reader.token(at).hash();
    if gender::is_subject(hash) {
        return Part::Subject;
    }
    let next = reader.text(at + 1);
    let noun = reader.doc.tokens().get(at + 1).is_some_and(|next| next.is_word())
        && !matches!(
            next,
            "to" | "and"
                | "in"
                | "that"
                | "as"
                | "for"
                | "on"
                | "at"
                | "with"
                | "from"
                | "when"
                | "the"
                | "a"
                | "by"
                | "of"
                | "off"
                | "out"
                | "up"
        );
    if gender::is_possessive(hash)
        || gender::is_object(hash) && noun && !matches!(reader.text(at), "him" | "Him")
    {
        return Part::Possessor;
    }
    match at.checked_sub(1).map_or("", |at| reader.text(at)) {
        "of" | "with" | "to" | "by" | "from" | "for" | "at" | "on" | "against" | "about" | "like" => {
            Part::Oblique
        }
        _ => Part::Object,
    }
}
