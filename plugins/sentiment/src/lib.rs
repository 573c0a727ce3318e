//! The sentiment stage: the polarity of a text, its narrator and its sentences, towards each target, and stances between entities.
//!
//! `lexicon` (laid out by the build script) and `terms` read the word lists under `data/`, `vocabulary` maps words to rows of the model, `reading` reads a document
//! with all tables in one pass, `hits` finds words with valence and their modifiers (in a sentence: `found`). A small convolutional
//! network (`encoder`, `encoded`, `around`, `model`) encodes each sentence once; its features and those of the rules (`numbers`, `score`,
//! `targets`) score the sentence and each target (`learned`). `stances` finds attitudes between entities: in quotes, and by verbs and nouns of attitude (`attitudes`).

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;

use copydesk_core::layers::{EntityId, EntityKind, Mention, MentionForm, PartOfSpeech, Polarity, QuoteId};
use copydesk_core::{DocumentView, Emitter, RuleId, Span, Stage, StageError, StageType, layer};
use copydesk_learn::memo::new_owner;

mod aggregate;
mod around;
mod attitudes;
mod bearing;
mod domain;
mod encoded;
mod encoder;
mod events;
pub mod examples;
mod found;
mod hits;
mod learned;
mod lexicon;
mod model;
mod numbers;
mod options;
mod outlets;
mod quoted;
mod reading;
mod reference;
mod registry;
mod rulings;
mod score;
mod shape;
mod stances;
mod standing;
mod targets;
mod terms;
#[cfg(test)]
mod tests;
mod turns;
mod vocabulary;
mod word_table;

use aggregate::Aggregate;
use attitudes::{Attitudes, Named};
use bearing::Bearing;
use domain::Finance;
use encoded::EncodedSentence;
use events::Events;
use found::Found;
use hits::Hits;
use learned::Judge;
use model::Model;
use outlets::Outlets;
use quoted::Quoted;
use reading::{Forms, Reading, Tables};
use rulings::{Ruling, Rulings};
use score::{Mean, Score};
use stances::model::StanceModel;
use standing::Standing;
use terms::Terms;
use turns::{Turn, Turns};

pub use options::{Domain, Options, Targets};

/// The sentiment stage.
pub struct SentimentStage {
    /// No other stage of this process has the same.
    number: u64,
    terms: Terms,
    attitudes: Attitudes,
    outlets: Outlets,
    events: Events,
    turns: Turns,
    finance: Finance,
    model: Model,
    stances: StanceModel,
    options: Options,
}

/// The confidence of a rule's decision on a target.
const RULED: f32 = 0.75;

/// The factor on the threshold for targets that the input does not name. Bad news is told of more
/// people than are blamed for it, so what is bad needs more, unless it is what the target does.
const PLAIN: [f32; 2] = [2.6, 2.0];
/// The share of the threshold that a score keeps if no word on its side is about the target.
const APART: f32 = 0.9;

/// How a target was scored.
enum Towards {
    /// The words near it are not about it.
    Spared,
    /// By a rule.
    Ruled,
    /// By the network.
    Scored(f32),
}

/// A span that is scored.
#[derive(Clone, Copy)]
struct Target {
    span: Span,
    /// The entity that it is a mention of.
    entity: Option<EntityId>,
    form: MentionForm,
    /// The input names it, so the sentence probably says something about it.
    given: bool,
}

/// The forms that a thread has looked up, for one stage.
#[derive(Default)]
struct Known {
    stage: u64,
    forms: Forms,
}

thread_local! {
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
}

impl SentimentStage {
    /// What the tables say about the words of a document.
    fn read(&self, doc: &DocumentView<'_>) -> Reading {
        // Taken out, not borrowed: a panic in between costs only the memory.
        let mut known = KNOWN.take().unwrap_or_default();
        if known.stage != self.number {
            known.stage = self.number;
            known.forms.clear();
        }
        let reading = Reading::of(doc, self.tables(), &mut known.forms);
        KNOWN.set(Some(known));
        reading
    }

    fn tables(&self) -> Tables<'_> {
        Tables {
            vocabulary: &self.model.vocabulary,
            terms: &self.terms,
            attitudes: &self.attitudes,
            turns: &self.turns,
            finance: &self.finance,
            events: &self.events,
        }
    }

    fn polarity(&self, score: Score) -> Polarity {
        Polarity::new(
            score.value,
            self.options.threshold as f32,
            score.confidence(self.options.threshold as f32),
        )
    }

    /// The mentions of entities and the spans that the input gives as targets, each span once, in text order.
    fn targets(&self, doc: &DocumentView<'_>) -> Vec<Target> {
        let (entities, given) = match self.options.targets {
            Targets::Entities => (true, false),
            Targets::Given => (false, true),
            Targets::Both => (true, true),
        };
        let scored = |mention: &Mention| entities && !is_bare_pronoun(doc, mention);
        let mentions = doc.mentions().filter(scored);
        let mentions = mentions.map(|mention| Target {
            span: mention.span,
            entity: Some(mention.entity),
            form: mention.form,
            given: false,
        });
        let named = doc.given_targets().iter().filter(|_| given);
        let named =
            named.map(|span| Target { span: *span, entity: None, form: MentionForm::Name, given: true });
        let mut targets: Vec<Target> =
            mentions.chain(named).filter(|target| !target.span.is_empty()).collect();
        // Of two with the same span, the one with an entity is kept (the sort is stable).
        targets.sort_by_key(|target| target.span);
        targets.dedup_by(|next, kept| {
            let same = next.span == kept.span;
            kept.given |= same && next.given;
            same
        });
        targets
    }

    /// Scores a target.
    fn target(
        &self,
        judge: &Judge<'_>,
        (turns, speakers): (&[Turn], &[(Span, QuoteId)]),
        pulls: &mut Vec<[f32; 2]>,
        Target { span, entity, form, given }: Target,
        aggregate: &mut Aggregate,
        out: &mut Emitter,
    ) -> Towards {
        let threshold = self.options.target_threshold as f32;
        let place = targets::place(judge.doc, judge.encoded.tokens(), judge.found, span);
        let ruled = entity.and_then(|entity| {
            let named = Named { tokens: place.target.clone(), span, entity, form };
            Rulings { judge, outlets: &self.outlets, turns, speakers }.of(&named)
        });
        let mut towards = match &ruled {
            Some(ruled) if ruled.spared => Towards::Spared,
            _ => Towards::Ruled,
        };
        let (rule, polarity, evidence) = match ruled {
            Some(Ruling { score, rule, evidence, .. }) => {
                // A rule decides the side; the size is the larger one of rule and network.
                let own = if score == 0.0 { 0.0 } else { judge.score(&place) };
                let score =
                    if own * score > 0.0 { score.signum() * own.abs().max(score.abs()) } else { score };
                (rule, Polarity::new(score, threshold, RULED), evidence)
            }
            None => {
                let verdict = judge.judge(&place, threshold, pulls, |score| {
                    let (mention, within) = (place.target.clone(), place.bounds.clone());
                    let bearing = Bearing { judge, mention, within };
                    // For targets that the input does not name, only clear cases count.
                    let near = score > 0.0 || bearing.is_doer(score);
                    let least = threshold * PLAIN[usize::from(near)];
                    let plain = || score.abs() >= least || bearing.is_addressed();
                    let own = || {
                        entity.is_none_or(|entity| {
                            let named = Named { tokens: place.target.clone(), span, entity, form };
                            Standing::of(judge, &named).is_own()
                        })
                    };
                    given || speaks_of(judge.doc, entity) && plain() && own() && bearing.on(score)
                });
                towards = Towards::Scored(verdict.score);
                // Below the threshold of a label, on the same side.
                let score = if verdict.apart { verdict.score * threshold * APART } else { verdict.score };
                let rule = if verdict.apart { registry::TARGET_APART } else { registry::MODEL };
                (rule, Polarity::new(score, threshold, verdict.confidence), verdict.evidence)
            }
        };
        let mut target = out.target(span, polarity, rule);
        if let Some(entity) = entity {
            aggregate.add(entity, polarity);
            target = target.entity(entity);
        }
        for span in evidence {
            target = target.evidence(span);
        }
        towards
    }
}

impl Stage for SentimentStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let reading = self.read(doc);
        let found = Hits::read(doc, &reading, &self.model.vocabulary);
        let quoted = Quoted::of(doc);
        let domain = domain::domain(&reading, self.options.domain);
        let (model, attitudes, events) = (&self.model, &self.attitudes, &self.events);
        let mut targets = self.targets(doc).into_iter().peekable();
        // The words of changes of this sentence and later ones.
        let mut changes = reading.turns.as_slice();
        let judges = stances::Judges {
            attitudes,
            outlets: &self.outlets,
            model: &self.stances,
            least: self.options.stance_confidence as f32,
            threshold: self.options.target_threshold as f32,
        };
        let mut stances = stances::Stances::new(doc, judges, &quoted);
        let mut encoded = EncodedSentence::default();
        let (mut pulls, mut spared): (Vec<[f32; 2]>, Vec<Span>) = Default::default();
        let (mut tones, mut outside): (Vec<(Span, f32)>, Vec<Range<usize>>) = Default::default();
        let speakers = rulings::speakers(doc);
        let mut aggregate = Aggregate::default();
        let (mut document, mut narrator) = (Mean::default(), Mean::default());
        for (place, sentence) in doc.sentences().iter().enumerate() {
            let tokens = sentence.tokens();
            encoded.read(tokens.clone(), &reading.rows, &self.model);
            pulls.clear();
            let found = found.of(place);
            let numbers = numbers::of_sentence(found, tokens.clone(), |_| true);
            let (turning, later) =
                changes.split_at(changes.iter().take_while(|at| **at < tokens.end).count());
            changes = later;
            let turns = self.turns.find(doc, tokens.clone(), turning);
            let score = encoded.sentence(&self.model, domain, std::slice::from_ref(&tokens), &numbers);
            let score = Score::of(score).turned(&turns);
            out.sentence_polarity(sentence.span(), self.polarity(score));
            document.add(score, tokens.len());
            quoted.outside(doc, tokens.clone(), &mut outside);
            let own = outside.iter().map(Range::len).sum();
            if own == tokens.len() {
                narrator.add(score, own);
            } else if own > 0 {
                let numbers = numbers::of_sentence(found, tokens.clone(), |hit| !quoted.holds(hit.span));
                let score = encoded.sentence(&self.model, domain, &outside, &numbers);
                let score = Score::of(score);
                narrator.add(if quoted.holds_none(doc, &turns) { score.turned(&turns) } else { score }, own);
            }
            let lists = reading.lists.get(place).copied().unwrap_or_default();
            let judge = Judge { doc, found, encoded: &encoded, model, attitudes, events, domain, lists };
            spared.clear();
            tones.clear();
            while let Some(target) = targets.next_if(|target| target.span.start() < sentence.span().end()) {
                match self.target(&judge, (&turns, &speakers), &mut pulls, target, &mut aggregate, out) {
                    Towards::Spared => spared.push(target.span),
                    Towards::Scored(tone) => tones.push((target.span, tone)),
                    Towards::Ruled => {}
                }
            }
            stances.sentence(&judge, &mut pulls, sentence.span(), &spared, &tones);
        }
        // Targets outside every sentence have no context.
        encoded.read(0..0, &reading.rows, &self.model);
        pulls.clear();
        let none = Found::default();
        let judge = Judge { doc, found: none, encoded: &encoded, model, attitudes, events, domain, lists: 0 };
        for target in targets {
            self.target(&judge, (&[], &speakers), &mut pulls, target, &mut aggregate, out);
        }
        stances.emit(out);
        aggregate.emit(self.options.target_threshold as f32, out);
        out.summary(self.polarity(document.score()), self.polarity(narrator.score()), registry::MODEL);
        Ok(())
    }
}

/// Whether a mention is "I", "its" or the like: words near it are about something else.
fn is_bare_pronoun(doc: &DocumentView<'_>, mention: &Mention) -> bool {
    const BARE: [&str; 18] = [
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "we",
        "us",
        "our",
        "ours",
        "you",
        "your",
        "its",
        "his",
        "their",
        "himself",
        "herself",
        "itself",
        "themselves",
    ];
    let own = || doc.parts_of_speech().get(doc.token_at(mention.span.start()));
    mention.form == MentionForm::Pronoun
        && (own() == Some(PartOfSpeech::PronounPossessive)
            || BARE.iter().any(|word| word.eq_ignore_ascii_case(doc.slice(mention.span))))
}

/// Whether words near a mention are often about it. For places and groups that is rare: unless a rule decides, the words are about
/// what happens there, or to them.
fn speaks_of(doc: &DocumentView<'_>, entity: Option<EntityId>) -> bool {
    let kind = entity.and_then(|entity| doc.entity(entity)).map(|entity| entity.kind());
    matches!(
        kind,
        None | Some(EntityKind::Person | EntityKind::Organization | EntityKind::Product | EntityKind::Work)
    )
}

/// Merges spans that may overlap into disjoint ones in text order.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start() <= last.end() => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

impl StageType for SentimentStage {
    const NAME: &'static str = "sentiment";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str =
        "Scores the polarity of document, narrator, sentences and targets, and what speakers hold of whom.";
    const USES: &'static [&'static str] = &[layer::ENTITIES, layer::QUOTES, layer::SYNTAX];
    const PROVIDES: &'static [&'static str] = &[layer::SENTIMENT];
    const RULES: &'static [RuleId] = registry::RULES;
    type Options = Options;

    fn new(options: Options) -> Result<Self, StageError> {
        for (name, threshold) in [
            ("threshold", options.threshold),
            ("target_threshold", options.target_threshold),
            ("stance_confidence", options.stance_confidence),
        ] {
            if !(threshold > 0.0 && threshold <= 1.0) {
                return Err(StageError::option(
                    name,
                    format_args!("{threshold} is not above 0 and at most 1"),
                ));
            }
        }
        let mut terms = Terms::built_in()?;
        for file in &options.lexicons {
            terms.add_file(Path::new(file))?;
        }
        let file = (!options.model.is_empty()).then(|| Path::new(&options.model));
        let model = Model::load(file, &mut terms).map_err(|error| StageError::option("model", error))?;
        let file = (!options.stance_model.is_empty()).then(|| Path::new(&options.stance_model));
        let stances = StanceModel::load(file).map_err(|error| StageError::option("stance_model", error))?;
        Ok(Self {
            number: new_owner(),
            stances,
            outlets: Outlets::built_in()?,
            events: Events::built_in()?,
            turns: Turns::built_in()?,
            finance: Finance::built_in(),
            attitudes: Attitudes::built_in()?,
            terms,
            model,
            options,
        })
    }
}
