//! The referents of "I" and "you": the speaker of a quoted passage, or the author or speaker of the text.

use copydesk_core::layers::{EntityKind, MentionForm};

use super::anaphor::{Anaphor, Family};
use super::features::{Around, Features};
use super::function::Function;
use super::history::History;
use super::interview::Interview;
use super::quoted::Quoted;
use super::{Choose, FoundMention};
use crate::resolve::clusters::Clusters;
use crate::words::Reader;

/// A subject is searched for among this many mentions before its verb.
const MAX_MENTIONS: usize = 32;
/// The maximum number of candidates.
const MAX_PEOPLE: usize = 6;

/// A person who may be the referent of "I" or "you".
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Person {
    pub(super) cluster: usize,
    /// The number of their names.
    pub(super) names: usize,
    /// Their share of all names of people: 0 under a quarter to 3 over three quarters.
    pub(super) share: usize,
    /// Their name stands alone in the last lines.
    pub(super) signs: bool,
    /// Their name stands alone in a line, or at the start of one with a colon.
    pub(super) labels: bool,
    /// 1 after "Dear", 2 named after "Mr" and the like before a comma, 0 otherwise.
    pub(super) addressed: usize,
    /// The first person named.
    pub(super) first: bool,
    /// Named in "My name is Ann Berg", "I am Ann Berg".
    pub(super) introduced: bool,
    /// 1 if the last such word referred to this person, 2 if to another, 0 if there was none.
    pub(super) before: usize,
}

impl Person {
    /// Whether the text itself shows that this person writes, speaks or is addressed. A column about somebody names that person most,
    /// but its "I" is somebody else.
    fn is_shown(&self) -> bool {
        self.signs || self.labels || self.introduced || self.addressed > 0
    }
}

/// Resolves words of the first and second person, after everything else.
pub(super) fn resolve(
    reader: &Reader<'_>,
    clusters: &Clusters,
    history: &History,
    words: &[(Anaphor, Option<usize>)],
    quotes: &[Quoted],
    found: &mut Vec<FoundMention>,
    chooser: &mut impl Choose,
) {
    if words.is_empty() {
        return;
    }
    let interview = Interview::of(reader, clusters);
    let mut people = people(reader, clusters);
    let candidates: Vec<usize> = people.iter().map(|person| person.cluster).collect();
    let quotes: Vec<Quoted> =
        quotes.iter().map(|quoted| with_speaker(reader, history, quoted, found)).collect();
    let around = Around { reader, clusters, history, quotes: &quotes, ahead: None };
    let mut features = Features::default();
    // The last referents of "I" and "you" outside of quotation marks.
    let mut last: [Option<usize>; 2] = [None; 2];
    for (anaphor, quote) in words {
        let quoted = quote.and_then(|place| quotes.get(place));
        let second = usize::from(anaphor.family == Family::Second);
        let chosen = if let Some(quoted) = quoted {
            // "You" in somebody's words stays open.
            let first = anaphor.family == Family::First;
            quoted.speaker.filter(|&speaker| first && clusters.all[speaker].kind == EntityKind::Person)
        } else if let Some(interview) = &interview {
            interview.means(reader, anaphor)
        } else {
            for person in &mut people {
                person.before = last[second].map_or(0, |before| if before == person.cluster { 1 } else { 2 });
            }
            features.person(&around, anaphor, &people);
            let chosen = chooser.choose(anaphor.span(reader), anaphor.family, &candidates, &features);
            chosen
                .filter(|&cluster| people.iter().any(|person| person.cluster == cluster && person.is_shown()))
        };
        if let Some(cluster) = chosen {
            found.push((cluster, anaphor.span(reader), MentionForm::Pronoun));
            if quoted.is_none() {
                last[second] = Some(cluster);
            }
        }
    }
}

/// Fills in the speaker whom a pronoun next to the quotation marks refers to, or who is the subject of the verb before them.
fn with_speaker(reader: &Reader<'_>, history: &History, quoted: &Quoted, found: &[FoundMention]) -> Quoted {
    let mut quoted = quoted.clone();
    if quoted.speaker.is_none() {
        let pronoun = quoted.speaking_pronoun(reader).and_then(|at| {
            let span = reader.token(at).span();
            // In text order, as pronouns were found.
            let place = found.partition_point(|(_, own, _)| own.start() < span.start());
            found.get(place).filter(|(_, own, _)| *own == span).map(|(cluster, ..)| *cluster)
        });
        quoted.speaker = pronoun.or_else(|| subject_of(reader, history, quoted.verb_before(reader)?));
    }
    quoted
}

/// The last subject of a sentence before its verb: "Berg, at a meeting on Monday, said".
fn subject_of(reader: &Reader<'_>, history: &History, verb: usize) -> Option<usize> {
    let next = history.spoken.partition_point(|spoken| spoken.first < verb);
    let before = history.spoken[..next].iter().rev();
    let sentence = reader.token(verb).sentence();
    let subject = before
        .take(MAX_MENTIONS)
        .take_while(|spoken| spoken.sentence == sentence)
        .find(|spoken| spoken.function == Function::Subject);
    subject.map(|spoken| spoken.cluster)
}

/// The people who may be author or addressee: those named most.
fn people(reader: &Reader<'_>, clusters: &Clusters) -> Vec<Person> {
    let tokens = reader.doc.tokens();
    let mut people: Vec<Person> = Vec::new();
    // The index of each cluster among the people, plus one.
    let mut places = vec![0; clusters.all.len()];
    let mut all = 0;
    let last_lines = last_lines(reader);
    for &(first, end, cluster) in &clusters.order {
        if clusters.all[cluster].kind != EntityKind::Person {
            continue;
        }
        all += 1;
        if places[cluster] == 0 {
            people.push(Person { cluster, first: people.is_empty(), ..Person::default() });
            places[cluster] = people.len();
        }
        let place = places[cluster] - 1;
        let person = &mut people[place];
        person.names += 1;
        let starts = tokens[first].has(copydesk_core::segment::token_flag::LINE_START) || first == 0;
        let ends =
            tokens.get(end).is_none_or(|next| next.has(copydesk_core::segment::token_flag::LINE_START));
        person.signs |= (starts || closes(reader, first)) && ends && first >= last_lines;
        person.labels |= starts && (ends || reader.text(end) == ":");
        let before = first.checked_sub(1).map_or("", |at| reader.text(at));
        if matches!(before, "Dear" | "dear") {
            person.addressed = 1;
        } else if person.addressed == 0
            && matches!(reader.text(end), "," | "?")
            && matches!(before, "," | "you" | "Thank")
        {
            person.addressed = 2;
        }
        person.introduced |= first >= 3
            && (reader.text(first - 1) == "is" && reader.text(first - 2) == "name"
                || matches!(reader.text(first - 1), "am" | "'m" | "’m"));
    }
    // "I'm Ann Berg." "And I'm Olaf Lind.": the text does not show who says what.
    if people.iter().filter(|person| person.introduced).count() > 1 {
        people.iter_mut().for_each(|person| person.introduced = false);
    }
    people.sort_by_key(|person| {
        (std::cmp::Reverse((person.signs || person.introduced, person.names)), person.cluster)
    });
    people.truncate(MAX_PEOPLE);
    for person in &mut people {
        person.share = (4 * person.names / all.max(1)).min(3);
    }
    people
}

/// Whether a complimentary close stands before a name: "Sincerely, Ann Berg", "Yours truly, Ann Berg".
fn closes(reader: &Reader<'_>, name: usize) -> bool {
    let word = name.checked_sub(2).filter(|&at| reader.text(at + 1) == ",");
    word.is_some_and(|at| {
        matches!(
            reader.text(at),
            "Respectfully"
                | "Sincerely"
                | "sincerely"
                | "truly"
                | "faithfully"
                | "Faithfully"
                | "Cordially"
                | "Yours"
                | "regards"
                | "Regards"
                | "wishes"
                | "Love"
        )
    })
}

/// The start of the last five lines.
fn last_lines(reader: &Reader<'_>) -> usize {
    let starts = reader.doc.tokens().iter().enumerate().rev();
    let lines = starts.filter(|(_, token)| token.has(copydesk_core::segment::token_flag::LINE_START));
    lines.take(5).last().map_or(0, |(at, _)| at)
}
