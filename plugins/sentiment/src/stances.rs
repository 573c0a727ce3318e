//! Stances: of a speaker towards those that the quote mentions, and of the subject of an attitude towards its object.

use copydesk_core::layers::{EntityId, Label, Polarity, QuoteId};
use copydesk_core::{DocumentView, Emitter, RuleId, Span};

use crate::attitudes::{Attitudes, Named};
use crate::learned::Judge;
use crate::registry;
use crate::targets;

/// In a quote with more mentions than this, no stance is taken from the network.
const MOST: usize = 64;

/// One holder's attitude to one target, from one quote or from none.
struct Held {
    holder: EntityId,
    target: EntityId,
    quote: Option<QuoteId>,
    rule: RuleId,
    sum: f32,
    confidence: f32,
    count: f32,
    evidence: Vec<Span>,
}

/// Collects stances sentence after sentence.
pub(crate) struct Stances<'a> {
    doc: &'a DocumentView<'a>,
    attitudes: &'a Attitudes,
    threshold: f32,
    /// The contents of quotes with a speaker, in text order, of sentences to come …
    contents: std::vec::IntoIter<(Span, QuoteId, EntityId)>,
    /// … and those that this sentence has a part in, or that an earlier one had.
    open: Vec<(Span, QuoteId, EntityId)>,
    mentions: Vec<Named>,
    held: Vec<Held>,
    /// The last two entities with a bond between them.
    bond: Option<[EntityId; 2]>,
}

impl<'a> Stances<'a> {
    pub(crate) fn new(doc: &'a DocumentView<'a>, attitudes: &'a Attitudes, threshold: f32) -> Self {
        let mut contents: Vec<(Span, QuoteId, EntityId)> = Vec::new();
        for quote in doc.quotes() {
            let Some(holder) = quote.speaker_entity() else { continue };
            contents.extend(quote.content().iter().map(|content| (*content, quote.id(), holder)));
        }
        contents.sort_unstable_by_key(|(span, ..)| *span);
        let contents = contents.into_iter();
        let (mentions, held, open) = (Vec::new(), Vec::new(), Vec::new());
        Self { doc, attitudes, threshold, contents, open, mentions, held, bond: None }
    }

    /// Collects the stances of an encoded sentence.
    pub(crate) fn sentence(&mut self, judge: &Judge<'_>, pulls: &mut Vec<[f32; 2]>, sentence: Span) {
        self.mentions.clear();
        let named = self.doc.mentions_in(sentence).filter(|mention| !mention.span.is_empty());
        self.mentions.extend(named.map(|mention| {
            let (first, end) = targets::tokens(self.doc, mention.span);
            Named { tokens: first..end, span: mention.span, entity: mention.entity }
        }));
        if self.mentions.is_empty() {
            return;
        }
        self.quoted(judge, pulls, sentence);
        let mut bond = self.bond;
        let held = &mut self.held;
        self.attitudes.find(judge, &self.mentions, &mut bond, |found| {
            add(
                held,
                Held {
                    holder: found.holder,
                    target: found.target,
                    quote: None,
                    rule: found.rule,
                    sum: found.score,
                    confidence: 0.6,
                    count: 1.0,
                    evidence: vec![found.evidence],
                },
            );
        });
        self.bond = bond;
    }

    /// What speakers say in this sentence.
    fn quoted(&mut self, judge: &Judge<'_>, pulls: &mut Vec<[f32; 2]>, sentence: Span) {
        while let Some((content, ..)) = self.contents.as_slice().first()
            && content.start() < sentence.end()
        {
            self.open.extend(self.contents.next());
        }
        self.open.retain(|(content, ..)| content.end() > sentence.start());
        for &(content, quote, holder) in &self.open {
            let said = self.doc.tokens_in(content);
            for mention in self.mentions.iter().filter(|mention| mention.entity != holder) {
                if mention.span.start() < content.start() || mention.span.end() > content.end() {
                    continue;
                }
                let mut place = targets::place(self.doc, judge.encoded.tokens(), judge.found, mention.span);
                place.bounds = said.start.max(place.bounds.start)..said.end.min(place.bounds.end);
                place.clause = said.start.max(place.clause.start)..said.end.min(place.clause.end);
                let verdict = judge.judge(&place, self.threshold, pulls);
                add(
                    &mut self.held,
                    Held {
                        holder,
                        target: mention.entity,
                        quote: Some(quote),
                        rule: registry::QUOTE,
                        sum: verdict.score,
                        confidence: verdict.confidence,
                        count: 1.0,
                        evidence: verdict.evidence,
                    },
                );
            }
        }
    }

    /// Emits the stances that are not neutral.
    pub(crate) fn emit(self, out: &mut Emitter) {
        for held in self.held {
            let polarity = Polarity::new(
                held.sum / held.count,
                self.threshold,
                (held.confidence / held.count).clamp(0.0, 1.0),
            );
            if polarity.label == Label::Neutral {
                continue;
            }
            let mut stance =
                out.stance(Some(held.holder.into()), Some(held.target.into()), polarity, held.rule);
            if let Some(quote) = held.quote {
                stance = stance.quote(quote);
            }
            for span in crate::merged(held.evidence) {
                stance = stance.evidence(span);
            }
        }
    }
}

/// Adds to what is known of the same holder, target and quote.
fn add(all: &mut Vec<Held>, found: Held) {
    let same = |held: &&mut Held| {
        held.holder == found.holder
            && held.target == found.target
            && held.quote == found.quote
            // A positive and a negative rule make two stances, not a neutral one.
            && (held.quote.is_some() || held.sum.signum() == found.sum.signum())
    };
    // Only the most recent ones can belong to the same quote.
    let recent = all.len().saturating_sub(MOST);
    match all[recent..].iter_mut().find(same) {
        Some(held) => {
            held.sum += found.sum;
            held.count += found.count;
            held.confidence += found.confidence;
            held.evidence.extend(found.evidence);
        }
        None => all.push(found),
    }
}
