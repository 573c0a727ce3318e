//! What speaks for a candidate and what for nobody, as numbered features.

use copydesk_core::hash_lowered;
use copydesk_core::layers::{EntityKind, MentionForm, PartOfSpeech as Pos};
use copydesk_core::segment::token_flag as flag;

use super::anaphor::{Anaphor, Family};
use super::author::Person;
use super::history::{History, Spoken};
use super::nouns::{Noun, Relation};
use super::part::Part;
use super::quoted::Quoted;
use crate::clusters::Clusters;
use crate::reader::Reader;
use crate::tables::thing;

/// A feature is a template and one of this many values.
pub(super) const VALUES: usize = 64;
const TEMPLATES: usize = 64;
/// How many features there are.
pub(crate) const FEATURES: usize = TEMPLATES * VALUES;

/// The features of each candidate of an anaphor, and last those of nobody.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    active: Vec<u16>,
    ends: Vec<usize>,
}

/// What features are taken from.
pub(super) struct Around<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) clusters: &'a Clusters,
    pub(super) history: &'a History,
    pub(super) quotes: &'a [Quoted],
    /// The subject of the sentence, behind the pronoun.
    pub(super) ahead: Option<usize>,
}

impl Features {
    /// The features of each candidate, then those of nobody.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u16]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.active[start..*end])
    }

    fn clear(&mut self) {
        self.active.clear();
        self.ends.clear();
    }

    fn add(&mut self, template: usize, value: usize) {
        debug_assert!(template < TEMPLATES && value < VALUES, "template {template}: {value}");
        self.active.push((template * VALUES + value.min(VALUES - 1)) as u16);
    }

    fn end(&mut self) {
        self.ends.push(self.active.len());
    }

    /// Of a pronoun of the third person.
    pub(super) fn pronoun(&mut self, around: &Around<'_>, anaphor: &Anaphor, candidates: &[usize]) {
        self.clear();
        let most =
            candidates.iter().map(|candidate| around.history.known[*candidate].count).max().unwrap_or(0);
        let scene = Scene::before(around.history, anaphor);
        for (rank, &candidate) in candidates.iter().enumerate() {
            self.candidate(around, &scene, anaphor, candidate, rank, candidates, most);
            self.end();
        }
        self.nobody(around, anaphor, candidates);
        self.end();
    }

    #[expect(clippy::too_many_arguments, reason = "each is one number of the candidates taken together")]
    fn candidate(
        &mut self,
        around: &Around<'_>,
        scene: &Scene,
        anaphor: &Anaphor,
        candidate: usize,
        rank: usize,
        candidates: &[usize],
        most: u32,
    ) {
        let history = around.history;
        let of = candidates.len();
        let is_ahead = around.ahead == Some(candidate);
        let form = form(around.reader, anaphor);
        let Some(place) = history.last(candidate) else {
            self.add(23, FORMS + form);
            return;
        };
        if is_ahead {
            self.add(23, form);
        } else if around.ahead.is_some() {
            self.add(23, 2 * FORMS + form);
        }
        let last = history.spoken[place];
        let known = history.known[candidate];
        let apart = anaphor.sentence - last.sentence;
        let far = distance(apart);
        let here = usize::from(apart == 0);
        let near = apart.min(2);
        let part = last.part as usize;
        self.add(0, far * Part::COUNT + part);
        self.add(1, rank.min(7) * 2 + here);
        self.add(2, far * FORMS + form);
        self.add(3, (part * Part::COUNT + anaphor.part as usize) * 2 + here);
        if apart == 0 {
            let verbs = (history.passed.verbs - history.before[place].verbs).min(3) as usize;
            self.add(4, (verbs * FORMS + form) * 2 + usize::from(last.part == Part::Subject));
            self.add(5, gap(anaphor.tokens.start - last.first) * FORMS + form);
        }
        self.add(6, mention(last.form) * DISTANCES + far);
        self.add(7, several(known.count as usize) * 3 + near);
        self.add(8, (usize::from(known.count == most) * DISTANCES + far) * 2 + usize::from(of > 1));
        self.add(10, (usize::from(last.quoted) * 2 + usize::from(anaphor.quoted)) * 3 + near);
        self.add(11, around.speaks(anaphor, candidate) * 3 + near);
        let opens = history.opens(place);
        self.add(12, (usize::from(opens) * DISTANCES + far) * 2 + usize::from(anaphor.part == Part::Subject));
        let subject =
            known.subject.checked_sub(1).map_or(DISTANCES, |sentence| distance(anaphor.sentence - sentence));
        self.add(13, subject * FORMS + form);
        self.add(14, scene.chained(candidate) * 3 + near);
        let leads = initial(around.reader, anaphor);
        self.add(
            16,
            (usize::from(leads) * 2 + usize::from(last.part == Part::Subject)) * 6
                + usize::from(opens) * 3
                + near,
        );
        self.add(17, around.unnamed(anaphor, last.first) * 3 + near);
        self.add(18, usize::from(around.is_joined(&last)) * 3 + near);
        self.add(
            19,
            usize::from(candidate == first_of(history, candidates_kind(around, candidate), around)) * 3
                + near,
        );
        self.add(
            20,
            history.spoken[place.saturating_sub(3)..]
                .iter()
                .filter(|spoken| spoken.cluster == candidate)
                .count()
                .min(4)
                * 3
                + near,
        );
        let total = around.clusters.all[candidate].mentions.len();
        let largest = candidates_total(around, candidates);
        self.add(27, several(total) * 3 + near);
        self.add(28, (usize::from(total == largest) * DISTANCES + far) * 2 + usize::from(of > 1));
        let subjects = scene.subject_rank(candidate);
        self.add(21, (subjects * FORMS + form) * 2 + usize::from(rank == 0));
        self.add(22, scene.leading_subject(candidate) * FORMS + form);
        if anaphor.family != Family::Person {
            let cluster = &around.clusters.all[candidate];
            self.add(24, cluster.kind as usize * 3 + near);
            let passed = history.before[place];
            let between = if anaphor.family == Family::Thing {
                history.passed.nouns - passed.nouns
            } else {
                history.passed.plurals - passed.plurals
            };
            self.add(25, several(between as usize) * Part::COUNT + anaphor.part as usize);
            self.add(26, usize::from(cluster.is_country) * FORMS + form);
        }
    }

    fn nobody(&mut self, around: &Around<'_>, anaphor: &Anaphor, candidates: &[usize]) {
        let history = around.history;
        let reader = around.reader;
        let at = anaphor.tokens.start;
        self.add(32, 0);
        self.add(33, form(reader, anaphor) * 2 + usize::from(anaphor.quoted));
        self.add(34, candidates.len().min(4) * 2 + usize::from(anaphor.quoted));
        let last =
            candidates.first().and_then(|first| history.last(*first)).map(|place| history.spoken[place]);
        let far = last.map_or(DISTANCES, |last| distance(anaphor.sentence - last.sentence));
        self.add(35, far * 2 + usize::from(last.is_some_and(|last| last.part == Part::Subject)));
        self.add(36, around.unnamed(anaphor, 0));
        self.add(37, following(reader, at + 1) * Part::COUNT + anaphor.part as usize);
        self.add(39, usize::from(initial(reader, anaphor)) * 8 + preceding(reader, at));
        if anaphor.family != Family::Person {
            self.add(40, word_form(reader, at));
            self.add(41, usize::from(is_empty_subject(reader, at)));
        }
    }

    /// Of a noun behind an article.
    pub(super) fn noun(&mut self, around: &Around<'_>, anaphor: &Anaphor, noun: &Noun) -> Vec<usize> {
        self.clear();
        let history = around.history;
        let candidates: Vec<usize> = noun.candidates.iter().map(|(cluster, _)| *cluster).collect();
        let most = candidates.iter().map(|candidate| history.known[*candidate].count).max().unwrap_or(0);
        let class = noun.class as usize;
        let named = candidates.iter().copied().filter(|candidate| history.known[*candidate].count > 0);
        let first = named.min_by_key(|candidate| history.known[*candidate].first);
        let related =
            |wanted: Relation| noun.candidates.iter().filter(|(_, relation)| *relation == wanted).count();
        for (rank, &(candidate, relation)) in noun.candidates.iter().enumerate() {
            let relation_rank =
                noun.candidates[..rank].iter().filter(|(_, other)| *other == relation).count();
            let relation = relation as usize;
            let known = history.known[candidate];
            // A country may be meant where only its people were named.
            let last = history.last(candidate).map(|place| history.spoken[place]);
            let apart = last.map_or(3, |last| anaphor.sentence - last.sentence);
            let (far, near) = (distance(apart), apart.min(2));
            self.add(0, far * 4 + rank.min(3));
            self.add(1, far * Relation::COUNT + relation);
            self.add(2, relation * 2 + usize::from(noun.suggested == Some(candidate)));
            self.add(3, relation_rank.min(3) * Relation::COUNT + relation);
            self.add(4, noun.candidates.len().min(5) * Relation::COUNT + relation);
            self.add(5, several(known.count as usize) * Relation::COUNT + relation);
            self.add(6, class * DISTANCES + far);
            if let Some(last) = last {
                self.add(7, last.part as usize * 3 + near);
                self.add(13, mention(last.form) * 3 + near);
            }
            self.add(8, class * 2 + usize::from(known.count == most));
            self.add(9, class * 2 + usize::from(first == Some(candidate)));
            self.add(10, article(around.reader, anaphor) * Relation::COUNT + relation);
            self.add(11, around.speaks(anaphor, candidate) * 3 + near);
            let subject = known
                .subject
                .checked_sub(1)
                .map_or(DISTANCES, |sentence| distance(anaphor.sentence - sentence));
            self.add(12, subject * 2 + usize::from(anaphor.part == Part::Subject));
            self.end();
        }
        let end = anaphor.tokens.end;
        self.add(32, 0);
        self.add(33, class * 3 + article(around.reader, anaphor));
        self.add(34, noun.candidates.len().min(4));
        self.add(35, related(Relation::Own).min(2) * 4 + related(Relation::Kind).min(3));
        self.add(36, class * 3 + related(Relation::Own).min(2));
        self.add(37, following(around.reader, end) * Part::COUNT + anaphor.part as usize);
        self.add(38, (anaphor.tokens.len() - 2).min(3) * 2 + usize::from(anaphor.quoted));
        self.add(39, usize::from(noun.suggested.is_some()));
        self.end();
        candidates
    }

    /// Of a word of the first or second person outside of quotation marks: of each candidate, then of nobody.
    pub(super) fn person(&mut self, around: &Around<'_>, anaphor: &Anaphor, people: &[Person]) {
        self.clear();
        for (rank, person) in people.iter().enumerate() {
            self.add(1, rank.min(7));
            self.add(2, usize::from(person.signs));
            self.add(3, person.addressed);
            self.add(4, several(person.names));
            self.add(5, usize::from(person.first));
            self.add(6, person.before);
            self.add(7, usize::from(person.labels));
            self.add(8, person.share);
            self.add(9, usize::from(person.introduced) * 2 + usize::from(person.signs));
            self.end();
        }
        self.add(32, 0);
        self.add(33, anaphor.part as usize);
        self.add(34, people.len().min(3));
        self.add(35, usize::from(people.iter().any(|person| person.signs)));
        self.add(36, usize::from(people.iter().any(|person| person.labels)));
        self.add(37, people.first().map_or(0, |person| person.share));
        self.add(38, following(around.reader, anaphor.tokens.end));
        self.add(39, people.iter().map(|person| person.before).max().unwrap_or(0));
        self.end();
    }
}

impl Around<'_> {
    /// 1 if the candidate is who speaks in the last quotation marks, 2 in those before, 0 if neither.
    fn speaks(&self, anaphor: &Anaphor, candidate: usize) -> usize {
        let near = |quoted: &&Quoted| {
            let sentence = self.reader.token(quoted.tokens.end - 1).sentence();
            quoted.tokens.end <= anaphor.tokens.start && sentence + 2 > anaphor.sentence
        };
        let mut ended = self.quotes.iter().rev().take(3).filter(near);
        match ended.next() {
            Some(last) if last.speaker == Some(candidate) => 1,
            Some(last) if last.speaker.is_some() => 2,
            _ => 0,
        }
    }

    /// What a person without a name stood behind a token: 0 none, then by part and by whether it may be the pronoun's.
    fn unnamed(&self, anaphor: &Anaphor, after: usize) -> usize {
        let Some(unnamed) = self.history.unnamed.filter(|unnamed| unnamed.at >= after) else { return 0 };
        let apart = (anaphor.sentence - unnamed.sentence).min(2);
        if apart == 2 {
            return 1;
        }
        let fits = match (unnamed.gender, anaphor.gender()) {
            (Some(one), Some(other)) if one != other => 0,
            (Some(_), _) => 2,
            (None, _) => 1,
        };
        2 + (fits * 2 + usize::from(unnamed.part == Part::Subject)) * 2 + apart
    }

    /// "Berg and Lind"
    fn is_joined(&self, spoken: &Spoken) -> bool {
        let and = |at: usize| matches!(self.reader.text(at), "and" | "&");
        spoken.first.checked_sub(1).is_some_and(and) || and(spoken.first + 1) || and(spoken.first + 2)
    }
}

/// What the mentions just before an anaphor show, whichever candidate is looked at.
struct Scene {
    /// The subjects of its sentence and of the one before, the nearest first.
    subjects: [Vec<usize>; 2],
    /// What the last pronoun meant.
    pronoun: Option<usize>,
}

impl Scene {
    fn before(history: &History, anaphor: &Anaphor) -> Self {
        let mut scene = Self { subjects: [Vec::new(), Vec::new()], pronoun: None };
        for spoken in history.spoken.iter().rev().take(RECENT) {
            if spoken.form == MentionForm::Pronoun && scene.pronoun.is_none() {
                scene.pronoun = Some(spoken.cluster);
            }
            let apart = anaphor.sentence - spoken.sentence;
            if apart > 1 {
                break;
            }
            if spoken.part == Part::Subject {
                scene.subjects[apart].push(spoken.cluster);
            }
        }
        scene
    }

    /// Of the subjects that this sentence and the one before have named, which one from behind the candidate is: 0 to 2 in this
    /// sentence, 3 to 5 in the one before, 6 if none of them.
    fn subject_rank(&self, candidate: usize) -> usize {
        for (apart, subjects) in self.subjects.iter().enumerate() {
            if let Some(rank) = subjects.iter().position(|subject| *subject == candidate) {
                return apart * 3 + rank.min(2);
            }
        }
        6
    }

    /// Whether the candidate is the first subject of this sentence (1), of the one before (2), of both (3) or of neither (0).
    fn leading_subject(&self, candidate: usize) -> usize {
        let first = |apart: usize| usize::from(self.subjects[apart].last() == Some(&candidate));
        first(0) + 2 * first(1)
    }

    /// Whether the last pronoun meant the candidate (1) or another (2).
    fn chained(&self, candidate: usize) -> usize {
        self.pronoun.map_or(0, |pronoun| if pronoun == candidate { 1 } else { 2 })
    }
}

/// So many mentions make up a scene.
const RECENT: usize = 24;

/// How often the most named of the candidates is named in the whole text.
fn candidates_total(around: &Around<'_>, candidates: &[usize]) -> usize {
    candidates.iter().map(|candidate| around.clusters.all[*candidate].mentions.len()).max().unwrap_or(0)
}

/// The kinds among which one may be the first that a text names.
fn candidates_kind(around: &Around<'_>, candidate: usize) -> EntityKind {
    around.clusters.all[candidate].kind
}

/// The first entity of a kind that the text names.
fn first_of(history: &History, kind: EntityKind, around: &Around<'_>) -> usize {
    let first =
        history.spoken.iter().take(12).find(|spoken| around.clusters.all[spoken.cluster].kind == kind);
    first.map_or(usize::MAX, |spoken| spoken.cluster)
}

const DISTANCES: usize = 6;

/// A number of sentences, in steps.
fn distance(sentences: usize) -> usize {
    match sentences {
        0..=3 => sentences,
        4..=6 => 4,
        _ => 5,
    }
}

/// A count, in eight steps.
fn several(count: usize) -> usize {
    match count {
        0..=3 => count,
        4..=5 => 4,
        6..=8 => 5,
        9..=14 => 6,
        _ => 7,
    }
}

/// A number of tokens, in steps.
fn gap(tokens: usize) -> usize {
    match tokens {
        0..=2 => 0,
        3 => 1,
        4..=5 => 2,
        6..=8 => 3,
        9..=13 => 4,
        14..=20 => 5,
        _ => 6,
    }
}

const FORMS: usize = 4;

/// Subject, possessive, object, reflexive.
fn form(reader: &Reader<'_>, anaphor: &Anaphor) -> usize {
    if reader.text(anaphor.tokens.start).ends_with("sel")
        || reader.text(anaphor.tokens.start).contains("self")
    {
        return 3;
    }
    match anaphor.part {
        Part::Subject => 0,
        Part::Possessor => 1,
        _ => 2,
    }
}

fn mention(form: MentionForm) -> usize {
    match form {
        MentionForm::Pronoun => 1,
        MentionForm::Nominal => 2,
        _ => 0,
    }
}

/// "The", "this", "that".
fn article(reader: &Reader<'_>, anaphor: &Anaphor) -> usize {
    match reader.text(anaphor.tokens.start) {
        "the" | "The" => 0,
        "this" | "This" => 1,
        _ => 2,
    }
}

/// Whether it is the first word of its sentence, an opening mark left out.
fn initial(reader: &Reader<'_>, anaphor: &Anaphor) -> bool {
    let at = anaphor.tokens.start;
    reader.token(at).has(flag::SENTENCE_START)
        || at > 0 && reader.token(at - 1).has(flag::SENTENCE_START) && !reader.token(at - 1).is_word()
}

/// What sort of word follows.
fn following(reader: &Reader<'_>, at: usize) -> usize {
    const BE: [u64; 6] = [
        hash_lowered("is"),
        hash_lowered("was"),
        hash_lowered("'s"),
        hash_lowered("’s"),
        hash_lowered("were"),
        hash_lowered("are"),
    ];
    let Some(token) = reader.doc.tokens().get(at) else { return 0 };
    if BE.contains(&token.hash()) {
        return 1;
    }
    if reader.tells(at, thing::SAY) || reader.has(at, crate::tables::cue::SPEECH) {
        return 2;
    }
    match reader.tag(at) {
        Some(Pos::Modal) => 3,
        Some(tag) if tag.is_finite() => 4,
        Some(tag) if tag.is_noun() || tag == Pos::Adjective => 5,
        Some(Pos::Preposition | Pos::To) => 6,
        Some(tag) if tag.is_punctuation() => 7,
        _ => 8,
    }
}

/// What sort of word precedes.
fn preceding(reader: &Reader<'_>, at: usize) -> usize {
    match at.checked_sub(1).and_then(|at| reader.tag(at)) {
        None => 0,
        Some(Pos::Preposition | Pos::To) => 1,
        Some(tag) if tag.is_verb() => 2,
        Some(Pos::Conjunction) => 3,
        Some(Pos::Comma) => 4,
        Some(tag) if tag.is_noun() => 5,
        Some(tag) if tag.is_punctuation() => 6,
        _ => 7,
    }
}

/// Which word of its family it is.
fn word_form(reader: &Reader<'_>, at: usize) -> usize {
    match reader.text(at) {
        "it" => 0,
        "It" => 1,
        "its" => 2,
        "Its" => 3,
        "itself" => 4,
        "they" => 5,
        "They" => 6,
        "them" => 7,
        "their" => 8,
        "Their" => 9,
        _ => 10,
    }
}

/// "It is clear that", "it seems that", "it took": the subject means nothing.
fn is_empty_subject(reader: &Reader<'_>, at: usize) -> bool {
    const EMPTY: [u64; 8] = [
        hash_lowered("seems"),
        hash_lowered("seemed"),
        hash_lowered("appears"),
        hash_lowered("appeared"),
        hash_lowered("takes"),
        hash_lowered("took"),
        hash_lowered("turns"),
        hash_lowered("turned"),
    ];
    let reach = (at + 1..at + 10).take_while(|&at| !reader.tag(at).is_some_and(Pos::is_punctuation));
    let verb = reader.doc.tokens().get(at + 1).is_some_and(|next| EMPTY.contains(&next.hash()));
    let be = following(reader, at + 1) == 1 || reader.tag(at + 1) == Some(Pos::Modal);
    verb || be && reach.skip(1).any(|at| matches!(reader.text(at), "that" | "to" | "who" | "when"))
}
