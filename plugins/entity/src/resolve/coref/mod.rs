//! Resolves pronouns and nouns: "she", "the ministry", "I" in a quote.
//!
//! The candidates of a word that may refer to a named entity (`anaphor`) are the entities mentioned before it (`history`); a trained
//! ranker (`ranker`) chooses one of them, or none, by features of both (`features`). Grammar excludes some candidates beforehand
//! (`barred`), and `nouns` gives the candidates of a noun. Words of the first and second person are resolved last, when the speakers
//! are known (`quoted`, `author`).

mod anaphor;
mod author;
mod barred;
mod features;
mod function;
mod history;
mod interview;
mod nouns;
mod quoted;
mod ranker;

use copydesk_core::layers::{EntityKind, MentionForm, PartOfSpeech as Pos};
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Span, Token};

pub use anaphor::Family;
pub use features::{FEATURES, Features};
pub use ranker::{KIND, Ranker, STEP, WEIGHTS};

pub(crate) use features::template;

use crate::recognize::gender::{self, Gender};
use crate::resolve::clusters::Clusters;
use crate::words::Reader;
use crate::words::keys::{person_core, plain};
use anaphor::Anaphor;
use barred::Last;
use features::Around;
use function::Function;
use history::{History, Spoken};
use nouns::Nouns;
use quoted::Quoted;

/// Chooses among candidates: the ranker, or in training the annotation.
pub trait Choose {
    /// The candidate that the word or phrase at `span` refers to, if any. The rows of `features` are those of the candidates, in their
    /// order, and last those of no candidate.
    fn choose(
        &mut self,
        span: Span,
        family: Family,
        candidates: &[usize],
        features: &Features,
    ) -> Option<usize>;

    /// Whether people of the other gender are among the candidates of "he" and "she".
    fn is_blind(&self) -> bool {
        false
    }
}

/// Adds nominal and pronominal mentions to the clusters.
pub(crate) fn resolve(reader: &Reader<'_>, clusters: &mut Clusters, chooser: &mut impl Choose) {
    let mut pass = Pass::new(reader, clusters);
    for (at, token) in reader.doc.tokens().iter().enumerate() {
        pass.token(at, token, clusters, chooser);
    }
    let Pass { mut found, first, quotes, history, .. } = pass;
    let others = found.len();
    author::resolve(reader, clusters, &history, &first, &quotes, &mut found, chooser);
    for (place, (cluster, span, form)) in found.into_iter().enumerate() {
        clusters.all[cluster].mentions.push((span, form));
        clusters.all[cluster].in_person += usize::from(place >= others);
    }
}

/// The maximum length, in tokens, of a phrase before a subject in which a pronoun may refer to that subject.
const LONGEST_OPENING: usize = 40;

/// The maximum number of other names between such a pronoun and the subject.
const NAMES_AHEAD: usize = 3;

/// A mention that was found: its entity, span and form.
type FoundMention = (usize, Span, MentionForm);

/// The pass over a document, from its first token to the last.
struct Pass<'r> {
    reader: &'r Reader<'r>,
    nouns: Nouns,
    history: History,
    /// The number of names before the current token.
    names: usize,
    last: Last,
    found: Vec<FoundMention>,
    /// Words of the first and second person, with the quoted passage that contains each.
    first: Vec<(Anaphor, Option<usize>)>,
    quotes: Vec<Quoted>,
    features: Features,
}

impl<'r> Pass<'r> {
    fn new(reader: &'r Reader<'r>, clusters: &Clusters) -> Self {
        Self {
            reader,
            nouns: Nouns::new(clusters),
            history: History::new(clusters.all.len(), clusters.order.len()),
            names: 0,
            last: None,
            found: Vec::with_capacity(clusters.order.len()),
            first: Vec::new(),
            quotes: Vec::new(),
            features: Features::default(),
        }
    }

    fn token(&mut self, at: usize, token: &Token, clusters: &mut Clusters, chooser: &mut impl Choose) {
        let reader = self.reader;
        while let Some((first, end, cluster)) =
            clusters.order.get(self.names).copied().filter(|name| name.0 <= at)
        {
            // Somebody named next to a description is not referred to by a later pronoun.
            if clusters.all[cluster].kind != EntityKind::Person || !barred::is_in_passing(reader, first) {
                self.named(first..end, cluster, MentionForm::Name, clusters);
            }
            self.names += 1;
        }
        self.history.pass(reader, at);
        if token.has(flag::QUOTE_MARK) {
            if self.within(at).is_none()
                && let Some(next) = Quoted::opening(reader, clusters, at, self.quotes.last())
            {
                self.quotes.push(next);
            }
            return;
        }
        if !anaphor::may_be(token.hash()) {
            return;
        }
        if anaphor::is_article(token.hash()) {
            self.noun(at, clusters, chooser);
        } else if let Some(family) = anaphor::family(token.hash()) {
            let Some(anaphor) = Anaphor::pronoun(reader, at, family, self.within(at).is_some()) else {
                return;
            };
            if matches!(family, Family::First | Family::Second) {
                let quote = self.within(at).map(|_| self.quotes.len() - 1);
                self.first.push((anaphor, quote));
            } else {
                self.pronoun(&anaphor, clusters, chooser);
            }
        }
    }

    /// The quoted passage that contains a token.
    fn within(&self, at: usize) -> Option<&Quoted> {
        self.quotes.last().filter(|quoted| quoted.tokens.end > at)
    }

    /// Records a mention of an entity.
    fn named(
        &mut self,
        tokens: std::ops::Range<usize>,
        cluster: usize,
        form: MentionForm,
        clusters: &Clusters,
    ) {
        let reader = self.reader;
        let spoken = Spoken {
            cluster,
            first: tokens.start,
            end: tokens.end,
            sentence: reader.token(tokens.start).sentence(),
            function: function::of_phrase(reader, &tokens),
            form,
            quoted: self.within(tokens.start).is_some(),
        };
        if clusters.all[cluster].kind == EntityKind::Person {
            self.last = Some((tokens.end, cluster));
        }
        self.history.named(spoken);
    }

    fn pronoun(&mut self, anaphor: &Anaphor, clusters: &mut Clusters, chooser: &mut impl Choose) {
        let reader = self.reader;
        let at = anaphor.tokens.start;
        self.history.look_for_unnamed(reader, anaphor);
        let quoted = self.within(at).cloned();
        let gender = anaphor.gender();
        let near = gender
            .map(|_| barred::near(reader, clusters, self.names, at, self.last, quoted.as_ref()))
            .unwrap_or_default();
        let blind = chooser.is_blind();
        let fits = |cluster: usize| {
            let candidate = &clusters.all[cluster];
            anaphor.family.may_mean(candidate)
                && (blind || !Gender::differ(candidate.gender, gender))
                && !near.barred.contains(&Some(cluster))
        };
        let described = near.about.filter(|about| fits(*about)).or_else(|| {
            let surname = near.surname?;
            let called = |&cluster: &usize| {
                plain(reader, person_core(reader, &clusters.all[cluster].name).end - 1) == surname
            };
            self.history
                .recent(anaphor)
                .map(|spoken| spoken.cluster)
                .filter(|cluster| fits(*cluster))
                .find(called)
        });
        let chosen = described.or_else(|| {
            let mut candidates = self.history.candidates(anaphor, fits);
            let ahead = self.ahead(anaphor, clusters, fits);
            candidates.extend(ahead.filter(|cluster| !candidates.contains(cluster)));
            let around = Around { reader, clusters, history: &self.history, quotes: &self.quotes, ahead };
            self.features.pronoun(&around, anaphor, &candidates);
            chooser.choose(anaphor.span(reader), anaphor.family, &candidates, &self.features)
        });
        let Some(cluster) = chosen else { return };
        self.found.push((cluster, anaphor.span(reader), MentionForm::Pronoun));
        let spoken = Spoken {
            cluster,
            first: at,
            end: at + 1,
            sentence: anaphor.sentence,
            function: anaphor.function,
            form: MentionForm::Pronoun,
            quoted: quoted.is_some(),
        };
        self.history.named(spoken);
        // The gender of a person does not change within a document.
        if let Some(gender) = gender.filter(|_| !blind) {
            clusters.all[cluster].gender.get_or_insert(gender);
        }
        if gender::is_subject(reader.token(at).hash()) {
            self.last = Some((at + 1, cluster));
        }
    }

    /// The subject after an introductory clause or phrase that contains the pronoun: "In his youth, Berg sailed", "When he
    /// was ill, or said so, Berg stayed".
    fn ahead(&self, anaphor: &Anaphor, clusters: &Clusters, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let reader = self.reader;
        let at = anaphor.tokens.start;
        let first = reader.doc.sentences().get(anaphor.sentence)?.tokens().start;
        if at - first > LONGEST_OPENING {
            return None;
        }
        let opens = matches!(
            reader.tag(first),
            Some(
                Pos::Preposition
                    | Pos::To
                    | Pos::VerbGerund
                    | Pos::VerbParticiple
                    | Pos::WhAdverb
                    | Pos::Adverb
            )
        );
        if !opens || (first..at).any(|at| reader.text(at) == ",") {
            return None;
        }
        let next = clusters.order[self.names..].iter().take(NAMES_AHEAD);
        let mut next = next.take_while(|(name, ..)| reader.token(*name).sentence() == anaphor.sentence);
        let subject = next.find(|(name, end, cluster)| {
            fits(*cluster)
                && function::before_phrase(reader, *name).is_some_and(|at| reader.text(at) == ",")
                && function::of_phrase(reader, &(*name..*end)) == Function::Subject
        });
        subject.map(|(.., cluster)| *cluster)
    }

    fn noun(&mut self, at: usize, clusters: &mut Clusters, chooser: &mut impl Choose) {
        let reader = self.reader;
        let sentence = reader.token(at).sentence();
        let within = reader.doc.tokens().get(at + 1).is_some_and(|next| next.sentence() == sentence);
        if !within {
            return;
        }
        let Some(noun) = self.nouns.candidates(reader, clusters, &self.history, self.names, at + 1) else {
            return;
        };
        let anaphor = Anaphor::noun(reader, at..noun.end, self.within(at).is_some());
        let chosen = if noun.class.is_ranked() {
            let around =
                Around { reader, clusters, history: &self.history, quotes: &self.quotes, ahead: None };
            let candidates = self.features.noun(&around, &anaphor, &noun);
            chooser.choose(anaphor.span(reader), Family::Noun, &candidates, &self.features)
        } else {
            noun.suggested
        };
        if let Some(cluster) = chosen {
            self.found.push((cluster, anaphor.span(reader), MentionForm::Nominal));
            self.named(anaphor.tokens, cluster, MentionForm::Nominal, clusters);
        }
    }
}
