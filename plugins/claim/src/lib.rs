//! The claim stage: checkable statements, each a row with its speaker, its subject, and its figures.
//!
//! It detects nothing itself: figures, quotes, entities and parts of speech come from other stages. `figures` combines the
//! figures of a sentence into claims (a value, its change, its baseline), `events` takes dates whose clause says that something
//! happened, `clause` delimits the clause and determines its attitude to the figure (negated, possible, planned, asked), `region`
//! finds the speaker, `attribution` the source of a statement without a quote, `worth` scores how worthwhile it is to check, and
//! `contradictions` finds claims that cannot both be true. The word lists are in `data/words.tsv`.

mod attribution;
mod clause;
mod contradictions;
mod events;
mod figures;
mod region;
mod registry;
mod words;
mod worth;

use copydesk_core::layers::{ClaimKind, EntityId, Figure, FigureId, FigureKind, Quote, Stance};
use copydesk_core::{DocumentView, Emitter, RuleId, Span, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use clause::{Attitude, Page};
use region::Regions;
use words::{Words, role};

/// Options of the claim stage.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Include dated events, not only figures.
    pub events: bool,
    /// Include forecasts, plans and promises; they are marked `forecast`.
    pub forecasts: bool,
    /// Leave out claims that are less worthwhile to check than this, 0 to 1.
    #[schemars(range(min = 0, max = 1))]
    pub min_worth: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { events: true, forecasts: false, min_worth: 0.0 }
    }
}

/// The claim stage.
pub struct ClaimStage {
    words: Words,
    options: Options,
}

/// A claim before it is emitted.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: ClaimKind,
    pub(crate) rule: RuleId,
    pub(crate) span: Span,
    pub(crate) figures: Vec<FigureId>,
    pub(crate) measure: Option<Span>,
    pub(crate) change: Option<FigureId>,
    pub(crate) baseline: Option<FigureId>,
    pub(crate) period: Option<FigureId>,
    pub(crate) about: Vec<EntityId>,
    pub(crate) speaker: Option<EntityId>,
    pub(crate) quote: Option<copydesk_core::layers::QuoteId>,
    pub(crate) stance: Stance,
    pub(crate) attitude: Attitude,
    pub(crate) confidence: f32,
    pub(crate) worth: f32,
}

impl ClaimStage {
    /// Why a statement is not a claim: it is asked, planned, demanded, or nobody says it.
    fn held_back(&self, attitude: Attitude, quote: Option<Quote<'_>>) -> Option<RuleId> {
        let cue = quote.and_then(|quote| quote.cue());
        let lemma =
            |roles| cue.is_some_and(|cue| self.words.has(copydesk_core::hash_lower(cue.lemma), roles));
        if cue.is_some_and(|cue| cue.negated) {
            return Some(registry::UNSAID);
        }
        if attitude.question || lemma(role::ASKING) {
            return Some(registry::QUESTION);
        }
        if attitude.condition {
            return Some(registry::CONDITION);
        }
        if attitude.demand {
            return Some(registry::DEMAND);
        }
        (self.is_forecast(attitude, quote) && !self.options.forecasts).then_some(registry::FORECAST)
    }

    /// Whether a statement is about the future.
    fn is_forecast(&self, attitude: Attitude, quote: Option<Quote<'_>>) -> bool {
        let Some(cue) = quote.and_then(|quote| quote.cue()) else { return attitude.forecast };
        let planned = cue.class == copydesk_core::layers::CueClass::Intention
            || self.words.has(copydesk_core::hash_lower(cue.lemma), role::PLANNING);
        attitude.forecast || planned || cue.modal
    }

    /// The claims of a sentence, from the figures in it.
    fn sentence(
        &self,
        page: &Page<'_>,
        regions: &Regions<'_>,
        sentence: std::ops::Range<usize>,
        figures: &[Figure<'_>],
        drafts: &mut Vec<Draft>,
        out: &mut Emitter,
    ) {
        let first = drafts.len();
        self.figures(page, regions, &sentence, figures, drafts, out);
        if self.options.events {
            self.events(page, regions, &sentence, figures, first, drafts, out);
        }
    }
}

/// A sentence with more figures than this is a table or a list, whose cells have no clause.
const MAX_FIGURES: usize = 32;

/// Whether a figure is a point in time or a period.
pub(crate) fn is_time(kind: FigureKind) -> bool {
    matches!(kind, FigureKind::Date | FigureKind::Period | FigureKind::Time)
}

impl Stage for ClaimStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        if doc.figures().len() == 0 {
            return Ok(());
        }
        let page = Page::new(doc, &self.words);
        let regions = Regions::of(doc);
        let figures: Vec<Figure<'_>> =
            doc.figures().filter(|figure| !regions.is_heading(figure.span())).collect();
        let mut drafts = Vec::new();
        let mut from = 0;
        for sentence in doc.sentences() {
            let end = from
                + figures[from..]
                    .iter()
                    .take_while(|figure| figure.span().start() < sentence.span().end())
                    .count();
            if from < end {
                let some = &figures[from..end.min(from + MAX_FIGURES)];
                self.sentence(&page, &regions, sentence.tokens(), some, &mut drafts, out);
                from = end;
            }
        }
        drafts.retain(|draft| f64::from(draft.worth) >= self.options.min_worth);
        drafts.sort_by_key(|draft| (draft.span.start(), draft.span.end()));
        let contradicted = contradictions::find(doc, &drafts);
        emit(&drafts, &contradicted, out);
        Ok(())
    }
}

fn emit(drafts: &[Draft], contradicted: &[Option<usize>], out: &mut Emitter) {
    let mut ids = Vec::with_capacity(drafts.len());
    for (draft, contradicted) in drafts.iter().zip(contradicted) {
        let about = draft.about.iter().copied();
        let figures = draft.figures.iter().copied();
        let mut claim = out
            .claim(draft.kind, draft.span, about, figures, draft.rule)
            .negated(draft.attitude.negated)
            .modal(draft.attitude.modal)
            .forecast(draft.attitude.forecast)
            .worth(draft.worth)
            .confidence(draft.confidence);
        if let Some(speaker) = draft.speaker {
            claim = claim.speaker(speaker);
        }
        if let Some(quote) = draft.quote {
            claim = claim.quote(quote, draft.stance);
        }
        if let Some(measure) = draft.measure {
            claim = claim.measure(measure);
        }
        if let Some(change) = draft.change {
            claim = claim.change(change);
        }
        if let Some(baseline) = draft.baseline {
            claim = claim.baseline(baseline);
        }
        if let Some(period) = draft.period {
            claim = claim.period(period);
        }
        if let Some(other) = contradicted.and_then(|other| ids.get(other)) {
            claim = claim.contradicts(*other);
        }
        ids.push(claim.id());
    }
}

impl StageType for ClaimStage {
    const NAME: &'static str = "claim";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str = "Combines figures, quotes and entities into checkable claims, scored by how worthwhile each is to check.";
    const REQUIRES: &'static [&'static str] = &[layer::FIGURES];
    const USES: &'static [&'static str] = &[layer::ENTITIES, layer::QUOTES, layer::SYNTAX];
    const PROVIDES: &'static [&'static str] = &[layer::CLAIMS];
    const RULES: &'static [RuleId] = registry::RULES;
    type Options = Options;

    fn new(options: Options) -> Result<Self, StageError> {
        if !(0.0..=1.0).contains(&options.min_worth) {
            return Err(StageError::option(
                "min_worth",
                format_args!("{} is not between 0 and 1", options.min_worth),
            ));
        }
        let words = Words::load().map_err(|error| StageError::failed(format_args!("words.tsv: {error}")))?;
        Ok(Self { words, options })
    }
}
