//! Evidence for each candidate and for no candidate, as numbered features.

use copydesk_core::hash_lowered;
use copydesk_core::layers::{EntityKind, MentionForm, PartOfSpeech as Pos};
use copydesk_core::segment::token_flag as flag;

use super::anaphor::{Anaphor, Family};
use super::author::Person;
use super::function::{self, Clause, Function};
use super::history::{History, Known, Spoken};
use super::nouns::{Noun, Relation};
use super::quoted::Quoted;
use crate::recognize::gender::Gender;
use crate::resolve::clusters::Clusters;
use crate::tables::{cue, thing};
use crate::words::Reader;
use crate::words::keys::person_core;

/// A feature is a template and one of this many values.
const VALUES: usize = 192;
const TEMPLATES: usize = 64;
/// The number of features.
pub const FEATURES: usize = TEMPLATES * VALUES;

/// The template of a feature.
pub(crate) fn template(feature: u16) -> usize {
    usize::from(feature) / VALUES
}

/// The features of each candidate of an anaphor, and last those of no candidate.
#[derive(Clone, Debug, Default)]
pub struct Features {
    active: Vec<u16>,
    ends: Vec<usize>,
    /// Vectors for [`Scene::subjects`], which keep their memory.
    subjects: [Vec<usize>; 2],
}

/// The inputs of the features.
pub(super) struct Around<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) clusters: &'a Clusters,
    pub(super) history: &'a History,
    pub(super) quotes: &'a [Quoted],
    /// The subject of the sentence, after the pronoun.
    pub(super) ahead: Option<usize>,
}

impl Features {
    /// The features of each candidate, then those of no candidate.
    pub fn rows(&self) -> impl Iterator<Item = &[u16]> {
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

    /// The features of a pronoun of the third person.
    pub(super) fn pronoun(&mut self, around: &Around<'_>, anaphor: &Anaphor, candidates: &[usize]) {
        self.clear();
        let scene = Scene::before(around, anaphor, candidates, std::mem::take(&mut self.subjects));
        for (rank, &candidate) in candidates.iter().enumerate() {
            self.candidate(around, &scene, anaphor, candidate, rank);
            self.end();
        }
        self.nobody(around, &scene, anaphor, candidates);
        self.end();
        self.subjects = scene.subjects;
    }

    fn candidate(
        &mut self,
        around: &Around<'_>,
        scene: &Scene,
        anaphor: &Anaphor,
        candidate: usize,
        rank: usize,
    ) {
        let is_ahead = around.ahead == Some(candidate);
        let place = around.history.last(candidate);
        if is_ahead || place.is_none() {
            self.add(23, if place.is_some() { scene.form } else { FORMS + scene.form });
            self.add(55, opening(around.reader, anaphor) * FORMS + scene.form);
        } else if around.ahead.is_some() {
            self.add(23, 2 * FORMS + scene.form);
        }
        let Some(place) = place else { return };
        let last = around.history.spoken[place];
        let apart = anaphor.sentence - last.sentence;
        let look = Look {
            candidate,
            rank,
            place,
            last,
            known: around.history.known[candidate],
            far: distance(apart),
            near: apart.min(2),
        };
        self.distance(around, scene, anaphor, &look);
        self.grammar(around, scene, anaphor, &look);
        self.beside(around, scene, anaphor, &look);
        self.standing(around, scene, anaphor, &look);
        if anaphor.family != Family::Person {
            self.thing(around, scene, anaphor, &look);
        }
    }

    /// The distance of the last mention, and its function in its clause.
    fn distance(&mut self, around: &Around<'_>, scene: &Scene, anaphor: &Anaphor, look: &Look) {
        let Look { rank, far, near, last, .. } = *look;
        let (function, form, here) = (last.function as usize, scene.form, usize::from(near == 0));
        self.add(0, far * Function::COUNT + function);
        self.add(1, rank.min(7) * 2 + here);
        self.add(2, far * FORMS + form);
        self.add(3, (function * Function::COUNT + anaphor.function as usize) * 3 + near);
        if near == 0 {
            let history = around.history;
            let verbs = (history.passed.verbs - history.before[look.place].verbs).min(3) as usize;
            self.add(4, (verbs * FORMS + form) * 2 + usize::from(last.function == Function::Subject));
            self.add(5, gap(anaphor.tokens.start - last.first) * FORMS + form);
        }
        self.add(6, mention(last.form) * DISTANCES + far);
        self.add(42, (rank.min(7) * Function::COUNT + function) * 2 + here);
        self.add(43, (rank.min(3) * DISTANCES + far) * FORMS + form);
    }

    /// The functions of the candidate in the sentences up to the pronoun.
    fn grammar(&mut self, around: &Around<'_>, scene: &Scene, anaphor: &Anaphor, look: &Look) {
        let Look { candidate, rank, far, near, last, known, .. } = *look;
        let form = scene.form;
        let opens = usize::from(around.history.opens(look.place));
        self.add(12, (opens * DISTANCES + far) * 2 + usize::from(anaphor.function == Function::Subject));
        let subject =
            known.subject.checked_sub(1).map_or(DISTANCES, |sentence| distance(anaphor.sentence - sentence));
        self.add(13, subject * FORMS + form);
        let leads = usize::from(scene.initial) * 2 + usize::from(last.function == Function::Subject);
        self.add(16, leads * 6 + opens * 3 + near);
        let subjects = scene.subject_rank(candidate);
        self.add(21, (subjects * FORMS + form) * 2 + usize::from(rank == 0));
        self.add(22, scene.leading_subject(candidate) * FORMS + form);
    }

    /// The words next to the last mention, and those between it and the pronoun.
    fn beside(&mut self, around: &Around<'_>, scene: &Scene, anaphor: &Anaphor, look: &Look) {
        let Look { near, last, .. } = *look;
        self.add(18, usize::from(around.is_joined(&last)) * 3 + near);
        self.add(46, (after(around.reader, last.end) * 3 + near) * FORMS + scene.form);
        let governor = governor(around.reader, last.first);
        self.add(47, (governor * 3 + near) * 2 + usize::from(anaphor.function == Function::Subject));
        if near == 0 {
            let path = path(around.reader, last.end..anaphor.tokens.start);
            self.add(48, path * FORMS + scene.form);
            self.add(49, path * 2 + usize::from(last.function == Function::Subject));
        }
        self.add(10, (usize::from(last.quoted) * 2 + usize::from(anaphor.quoted)) * 3 + near);
        self.add(11, around.speaks(anaphor, look.candidate) * 3 + near);
        self.add(17, around.unnamed(anaphor, last.first) * 3 + near);
    }

    /// How central the candidate is, and whom its name may refer to.
    fn standing(&mut self, around: &Around<'_>, scene: &Scene, anaphor: &Anaphor, look: &Look) {
        let Look { candidate, rank, far, near, last, known, place } = *look;
        let history = around.history;
        self.add(7, several(known.count as usize) * 3 + near);
        let most = usize::from(known.count == scene.most);
        self.add(8, (most * DISTANCES + far) * 2 + usize::from(scene.several));
        self.add(14, scene.chained(candidate) * 3 + near);
        let kind = around.clusters.all[candidate].kind;
        self.add(19, usize::from(candidate == first_of(history, kind, around)) * 3 + near);
        let lately = history.spoken[place.saturating_sub(3)..].iter();
        self.add(20, lately.filter(|spoken| spoken.cluster == candidate).count().min(4) * 3 + near);
        let total = around.clusters.all[candidate].mentions.len();
        self.add(27, several(total) * 3 + near);
        let largest = usize::from(total == scene.largest);
        self.add(28, (largest * DISTANCES + far) * 2 + usize::from(scene.several));
        self.add(45, (called(&last) * DISTANCES + far) * 2 + usize::from(known.count == 1));
        let sex = around.sex(anaphor, candidate);
        if sex > 1 {
            self.add(53, sex * 3 + near);
        }
        let at_first = usize::from(history.spoken[known.first].sentence == 0);
        self.add(54, (at_first * 3 + near) * 2 + usize::from(rank == 0));
    }

    /// Features of "it" and "they" alone.
    fn thing(&mut self, around: &Around<'_>, scene: &Scene, anaphor: &Anaphor, look: &Look) {
        let cluster = &around.clusters.all[look.candidate];
        self.add(24, cluster.kind as usize * 3 + look.near);
        let (passed, before) = (around.history.passed, around.history.before[look.place]);
        let between = if anaphor.family == Family::Thing {
            passed.nouns - before.nouns
        } else {
            passed.plurals - before.plurals
        };
        self.add(25, several(between as usize) * Function::COUNT + anaphor.function as usize);
        self.add(26, usize::from(cluster.is_country) * FORMS + scene.form);
    }

    fn nobody(&mut self, around: &Around<'_>, scene: &Scene, anaphor: &Anaphor, candidates: &[usize]) {
        let history = around.history;
        let reader = around.reader;
        let at = anaphor.tokens.start;
        self.add(32, 0);
        self.add(33, scene.form * 2 + usize::from(anaphor.quoted));
        self.add(34, candidates.len().min(4) * 2 + usize::from(anaphor.quoted));
        let last =
            candidates.first().and_then(|first| history.last(*first)).map(|place| history.spoken[place]);
        let far = last.map_or(DISTANCES, |last| distance(anaphor.sentence - last.sentence));
        self.add(35, far * 2 + usize::from(last.is_some_and(|last| last.function == Function::Subject)));
        self.add(36, around.unnamed(anaphor, 0));
        self.add(37, following(reader, at + 1) * Function::COUNT + anaphor.function as usize);
        self.add(39, usize::from(scene.initial) * 8 + preceding(reader, at));
        if anaphor.family != Family::Person {
            self.add(40, word_form(reader, at));
            self.add(41, usize::from(is_empty_subject(reader, at)));
        }
    }

    /// The features of a noun after an article.
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
            // A country may be the referent if only its people were named.
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
                self.add(7, last.function as usize * 3 + near);
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
            self.add(12, subject * 2 + usize::from(anaphor.function == Function::Subject));
            self.end();
        }
        let end = anaphor.tokens.end;
        self.add(32, 0);
        self.add(33, class * 3 + article(around.reader, anaphor));
        self.add(34, noun.candidates.len().min(4));
        self.add(35, related(Relation::Own).min(2) * 4 + related(Relation::Kind).min(3));
        self.add(36, class * 3 + related(Relation::Own).min(2));
        self.add(37, following(around.reader, end) * Function::COUNT + anaphor.function as usize);
        self.add(38, (anaphor.tokens.len() - 2).min(3) * 2 + usize::from(anaphor.quoted));
        self.add(39, usize::from(noun.suggested.is_some()));
        self.end();
        candidates
    }

    /// The features of a word of the first or second person outside of quotation marks: of each candidate, then of no candidate.
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
        self.add(33, anaphor.function as usize);
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
    /// 1 if the candidate is the speaker of the last quotation marks, 2 of those before, 0 if neither.
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

    /// The last person without a name at or after a token: 0 for none, else by function, distance and whether it may be the referent.
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
        2 + (fits * 2 + usize::from(unnamed.function == Function::Subject)) * 2 + apart
    }

    /// The evidence that a candidate has the pronoun's gender: known gender (0), none (1), or a given name that stands
    /// alone and may be a surname: of that gender (2, 3 if it is not a surname), of the other (4, 5).
    fn sex(&self, anaphor: &Anaphor, candidate: usize) -> usize {
        let cluster = &self.clusters.all[candidate];
        if cluster.gender.is_some() {
            return 0;
        }
        let core = person_core(self.reader, &cluster.name);
        let Some(gender) = Gender::of_given(self.reader, core.start).filter(|_| core.len() == 1) else {
            return 1;
        };
        let only_given = usize::from(!self.reader.has(core.start, cue::SURNAME));
        (if Some(gender) == anaphor.gender() { 2 } else { 4 }) + only_given
    }

    /// "Berg and Lind"
    fn is_joined(&self, spoken: &Spoken) -> bool {
        let and = |at: usize| matches!(self.reader.text(at), "and" | "&");
        spoken.first.checked_sub(1).is_some_and(and) || and(spoken.first + 1) || and(spoken.first + 2)
    }
}

/// A candidate and its last mention.
struct Look {
    candidate: usize,
    /// Its index among the candidates, the one mentioned last first.
    rank: usize,
    /// The index of the last mention.
    place: usize,
    last: Spoken,
    known: Known,
    /// The distance in sentences, in steps, and at most two.
    far: usize,
    near: usize,
}

/// What is the same for all candidates of an anaphor.
struct Scene {
    /// The subjects of its sentence and of the one before, the nearest first.
    subjects: [Vec<usize>; 2],
    /// The referent of the last pronoun that was resolved, and the number of mentions since.
    pronoun: Option<(usize, usize)>,
    /// Subject, possessive, object, reflexive.
    form: usize,
    /// It opens its sentence.
    initial: bool,
    /// There are several candidates.
    several: bool,
    /// How often the most frequent candidate is named, up to here and in the whole text.
    most: u32,
    largest: usize,
}

impl Scene {
    fn before(
        around: &Around<'_>,
        anaphor: &Anaphor,
        candidates: &[usize],
        mut subjects: [Vec<usize>; 2],
    ) -> Self {
        subjects.iter_mut().for_each(Vec::clear);
        let history = around.history;
        let named = candidates.iter().map(|candidate| history.known[*candidate].count);
        let all = candidates.iter().map(|candidate| around.clusters.all[*candidate].mentions.len());
        let mut scene = Self {
            subjects,
            pronoun: None,
            form: form(around.reader, anaphor),
            initial: initial(around.reader, anaphor),
            several: candidates.len() > 1,
            most: named.max().unwrap_or(0),
            largest: all.max().unwrap_or(0),
        };
        let mut since = 0;
        for spoken in history.spoken.iter().rev().take(RECENT) {
            if spoken.form != MentionForm::Pronoun {
                since += 1;
            } else if scene.pronoun.is_none() && candidates.contains(&spoken.cluster) {
                scene.pronoun = Some((spoken.cluster, since));
            }
            let apart = anaphor.sentence - spoken.sentence;
            if apart > 1 {
                break;
            }
            if spoken.function == Function::Subject {
                scene.subjects[apart].push(spoken.cluster);
            }
        }
        scene
    }

    /// The rank of the candidate among the subjects of this sentence and the one before, the nearest first: 0 to 2 in this
    /// sentence, 3 to 5 in the one before, 6 if it is none of them.
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

    /// Whether the last pronoun referred to the candidate (1 to 3, by the number of names since), another (4 to 6), or there was none (0).
    fn chained(&self, candidate: usize) -> usize {
        self.pronoun.map_or(0, |(meant, since)| since.min(2) + if meant == candidate { 1 } else { 4 })
    }
}

/// The number of recent mentions that are searched for subjects and pronouns.
const RECENT: usize = 24;

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
    match anaphor.function {
        Function::Subject => 0,
        Function::Possessor => 1,
        _ => 2,
    }
}

/// The kind of word that opens the sentence of a pronoun.
fn opening(reader: &Reader<'_>, anaphor: &Anaphor) -> usize {
    let first = reader.doc.sentences().get(anaphor.sentence).map_or(0, |sentence| sentence.tokens().start);
    let next = usize::from(anaphor.tokens.start <= first + 1) * 5;
    next + match reader.tag(first) {
        Some(Pos::Preposition) => usize::from(matches!(
            reader.text(first),
            "As" | "While" | "After" | "Before" | "Although" | "Though" | "If" | "Because" | "Since"
        )),
        Some(Pos::WhAdverb) => 2,
        Some(tag) if tag.is_verb() => 3,
        _ => 4,
    }
}

/// The word that governs a name.
fn governor(reader: &Reader<'_>, first: usize) -> usize {
    let Some(before) = function::before_phrase(reader, first) else { return 0 };
    match reader.text(before) {
        "by" => 1,
        "of" => 2,
        "with" => 3,
        "to" => 4,
        "for" => 5,
        "from" | "in" | "on" | "at" => 6,
        "and" | "or" => 8,
        "," => 9,
        "as" | "like" => 10,
        _ if reader.tag(before).is_some_and(Pos::is_verb) => 7,
        _ if reader.tag(before) == Some(Pos::Preposition) => 11,
        _ => 12,
    }
}

/// The word after a name.
fn after(reader: &Reader<'_>, end: usize) -> usize {
    match reader.text(end) {
        "," => 9,
        "and" | "or" | "&" => 10,
        "(" => 11,
        "who" | "whose" | "whom" => 12,
        "'s" | "’s" | "'" | "’" => 13,
        _ => following(reader, end),
    }
}

/// The form of a mention: a pronoun, a noun, a name of one word or of several.
fn called(spoken: &Spoken) -> usize {
    match spoken.form {
        MentionForm::Pronoun => 0,
        MentionForm::Nominal => 1,
        _ => 2 + usize::from(spoken.end > spoken.first + 1),
    }
}

/// The words between a mention and a pronoun of its sentence, a bit each: a relative pronoun, "that", a word that opens a clause, a
/// comma and the like, a conjunction.
fn path(reader: &Reader<'_>, between: std::ops::Range<usize>) -> usize {
    let kind = |at: usize| match reader.tag(at) {
        Some(Pos::WhPronoun | Pos::WhDeterminer | Pos::WhPossessive) => 1,
        Some(Pos::WhAdverb) => 4,
        Some(Pos::Comma | Pos::Mark) => 8,
        Some(Pos::Conjunction) => 16,
        Some(Pos::Preposition) => match function::clause_at(reader, at) {
            Clause::No => 0,
            _ if reader.text(at) == "that" => 2,
            _ => 4,
        },
        _ => 0,
    };
    between.rev().take(LONGEST_PATH).map(kind).fold(0, |all, one| all | one)
}

/// The maximum number of tokens of a path.
const LONGEST_PATH: usize = 30;

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

/// Whether it is the first word of its sentence, apart from an opening mark.
fn initial(reader: &Reader<'_>, anaphor: &Anaphor) -> bool {
    let at = anaphor.tokens.start;
    reader.token(at).has(flag::SENTENCE_START)
        || at > 0 && reader.token(at - 1).has(flag::SENTENCE_START) && !reader.token(at - 1).is_word()
}

/// The kind of the word after.
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
    if reader.has_flag(at, thing::SAY) || reader.has(at, cue::SPEECH) {
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

/// The kind of the word before.
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

/// The index of the word in its family.
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

/// "It is clear that", "it seems that", "it took": the subject refers to nothing.
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
