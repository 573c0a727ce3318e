//! The quote stage: who said what.
//!
//! A first version by rules: words between quotation marks (`marks`) with a reporting verb beside them (`cues`) and the noun
//! phrase next to that verb (`speaker`).

mod cues;
mod marks;
mod speaker;
#[cfg(test)]
mod tests;

use std::ops::Range;

use copydesk_core::layers::QuoteKind;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{DocumentView, Emitter, Lexicon, Span, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use cues::Verb;

/// A kind of quote, as a pipeline file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Whole sentences in quotation marks.
    Direct,
    /// Some words in quotation marks inside a reported sentence.
    Mixed,
}

/// Options of the quote stage.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Which kinds of quotes to give.
    pub kinds: Vec<Kind>,
}

impl Default for Options {
    fn default() -> Self {
        Self { kinds: vec![Kind::Direct, Kind::Mixed] }
    }
}

/// The quote stage.
pub struct QuoteStage {
    options: Options,
    verbs: Lexicon<Verb>,
    nobodies: Lexicon<()>,
}

/// A verb is looked for at most this far from the marks.
const REACH: usize = 18;
/// Fewer words than this without a cue are a title, a nickname or scare quotes.
const FEWEST_ALONE: usize = 5;

/// A cue and its speaker beside a quote.
#[derive(Clone)]
struct Attribution {
    cue: usize,
    speaker: Option<Range<usize>>,
}

impl Stage for QuoteStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let pairs = marks::pairs(doc);
        // The last attribution of the paragraph serves the sentences quoted after it.
        let mut last: Option<(usize, Attribution)> = None;
        let mut at = 0;
        while at < pairs.len() {
            let inside = pairs[at].clone();
            let paragraph = doc.sentences()[doc.tokens()[inside.start].sentence()].paragraph();
            let floor = at.checked_sub(1).map_or(0, |before| pairs[before].end + 1);
            let ceiling = pairs.get(at + 1).map_or(doc.tokens().len(), |next| next.start - 1);
            let found = self.attribution(doc, &inside, floor, ceiling);
            let mut parts = vec![inside.clone()];
            // "A," he said, "b": the second part goes on with a small letter or behind a comma.
            if let (Some(attribution), Some(next)) = (&found, pairs.get(at + 1))
                && attribution.cue >= inside.end
                && next.start <= inside.end + REACH
                && doc.slice(doc.tokens()[next.start - 2].span()) == ","
            {
                parts.push(next.clone());
            }
            let inherited =
                last.as_ref().filter(|(held, _)| *held == paragraph).map(|(_, held)| held.clone());
            let own = found.is_some();
            let attribution = found.or(inherited);
            let kind = kind(doc, &inside);
            if own || inside.len() >= FEWEST_ALONE {
                self.emit(
                    doc,
                    kind,
                    &parts,
                    attribution.as_ref().filter(|_| own || kind == Kind::Direct),
                    own,
                    out,
                );
            }
            if let Some(attribution) = attribution {
                last = Some((paragraph, attribution));
            }
            at += parts.len();
        }
        Ok(())
    }
}

/// A quote that begins like a sentence is direct; some words inside another sentence are mixed.
fn kind(doc: &DocumentView<'_>, inside: &Range<usize>) -> Kind {
    let first = &doc.tokens()[inside.start];
    if first.is_capitalized() && inside.len() >= 3 { Kind::Direct } else { Kind::Mixed }
}

impl QuoteStage {
    /// The reporting verb nearest to the quote, behind it or in front, in the same paragraph and between its neighbours.
    fn attribution(
        &self,
        doc: &DocumentView<'_>,
        inside: &Range<usize>,
        floor: usize,
        ceiling: usize,
    ) -> Option<Attribution> {
        let tokens = doc.tokens();
        let paragraph = |at: usize| doc.sentences()[tokens[at].sentence()].paragraph();
        let home = paragraph(inside.start);
        let behind = inside.end + 1..ceiling.min(inside.end + 1 + REACH).min(tokens.len());
        let ends = |at: usize| tokens[at].has(flag::SENTENCE_START) && at > inside.end + 1;
        let verb = |at: usize| tokens[at].is_word() && self.verbs.contains(tokens[at].hash());
        // Behind the closing mark the verb must stand in what is left of the sentence.
        let after = behind
            .clone()
            .take_while(|&at| {
                paragraph(at) == home
                    && !ends(at)
                    && tokens[at].sentence() <= tokens[inside.end - 1].sentence() + 1
            })
            .find(|&at| verb(at));
        let quoted_sentence_ends = matches!(doc.slice(tokens[inside.end - 1].span()), "." | ";");
        if let Some(cue) = after.filter(|_| !quoted_sentence_ends) {
            let sentence_end = doc.sentences()[tokens[cue].sentence()].tokens().end;
            let front = speaker::before(doc, inside.end + 1, cue);
            let speaker = front.or_else(|| speaker::behind(doc, cue, ceiling.min(sentence_end)));
            return Some(Attribution { cue, speaker });
        }
        let from = floor.max(inside.start.saturating_sub(REACH + 1));
        let sentence = tokens[inside.start.saturating_sub(1)].sentence();
        let front = (from..inside.start.saturating_sub(1))
            .rev()
            .take_while(|&at| paragraph(at) == home && tokens[at].sentence() + 1 >= sentence)
            .find(|&at| verb(at))?;
        let start = doc.sentences()[tokens[front].sentence()].tokens().start.max(floor);
        Some(Attribution { cue: front, speaker: speaker::before(doc, start, front) })
    }

    fn emit(
        &self,
        doc: &DocumentView<'_>,
        kind: Kind,
        parts: &[Range<usize>],
        attribution: Option<&Attribution>,
        own: bool,
        out: &mut Emitter,
    ) {
        if !self.options.kinds.contains(&kind) {
            return;
        }
        let span_of = |words: &Range<usize>| doc.token_span(words.start, words.end);
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let closed = (last.end + 1).min(doc.tokens().len());
        let whole: Span = doc.token_span(first.start - 1, closed);
        let (kind, rule) = match kind {
            Kind::Direct if own => (QuoteKind::Direct, "marks-and-cue"),
            Kind::Direct => (QuoteKind::Direct, "marks"),
            Kind::Mixed => (QuoteKind::Mixed, "words-in-marks"),
        };
        let mut quote = out.quote(kind, whole).rule(rule).confidence(if own { 0.9 } else { 0.6 });
        for part in parts {
            quote = quote.content(span_of(part));
        }
        let Some(attribution) = attribution else { return };
        let token = &doc.tokens()[attribution.cue];
        if own && let Some(verb) = self.verbs.get(token.hash()) {
            quote = quote.cue(token.span(), verb.lemma, verb.class, verb.stance);
        }
        if let Some(words) = &attribution.speaker {
            let anonymous = speaker::is_anonymous(doc, words, &self.nobodies);
            quote.speaker(span_of(words)).anonymous(anonymous);
        }
    }
}

impl StageType for QuoteStage {
    const NAME: &'static str = "quote";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str =
        "Finds what stands in quotation marks, with its reporting verb and its speaker.";
    const USES: &'static [&'static str] = &[layer::ENTITIES];
    const PROVIDES: &'static [&'static str] = &[layer::QUOTES];
    type Options = Options;

    fn new(options: Options) -> Result<Self, StageError> {
        let nobodies = [
            "officials",
            "official",
            "source",
            "sources",
            "people",
            "person",
            "aide",
            "aides",
            "witnesses",
            "insiders",
        ];
        let nobodies = Lexicon::from_forms(nobodies.map(|word| (word, ())));
        Ok(Self { options, verbs: cues::load(), nobodies })
    }
}
