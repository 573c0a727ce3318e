//! Links the layers: which annotations are inside a quote, which entity a speaker is, what a figure measures.
//!
//! Linking is the host's task, not a stage's, so the result does not depend on the order of stages or on whether they are linked
//! in.

mod owner;

use crate::Span;
use crate::absorb::FilledLayers;
use crate::layers::figure::flag as figure_flag;
use crate::layers::quote::flag as quote_flag;
use crate::layers::{ContentIndex, Layers, MentionForm, NONE, Run};

/// Links the new annotations with those of the document.
pub(crate) fn link(layers: &mut Layers, text: &str, filled_layers: FilledLayers) {
    if filled_layers.quotes || (filled_layers.entities && !layers.quotes.is_empty()) {
        speakers(layers);
    }
    if filled_layers.figures || (filled_layers.entities && !layers.figures.is_empty()) {
        measures(layers, text);
    }
    if !layers.quotes.is_empty() && (filled_layers.quotes || filled_layers.entities || filled_layers.figures)
    {
        contents(layers);
    }
    if filled_layers.sentiment || (filled_layers.entities && !layers.targets.is_empty()) {
        targets(layers);
    }
}

/// A speaker's entity, if the stage did not set it: that of the mention that covers the whole speaker span. Which of several
/// names is the speaker depends on grammar, which is the quote stage's task.
fn speakers(layers: &mut Layers) {
    let mut quotes = std::mem::take(&mut layers.quotes);
    for quote in quotes.iter_mut().filter(|quote| quote.flags & quote_flag::SPEAKER != 0) {
        if quote.speaker_entity == NONE {
            quote.speaker_entity = exact_entity(layers, quote.speaker);
        }
    }
    layers.quotes = quotes;
}

/// The entity that a figure's measure names, if the stage did not set it.
fn measures(layers: &mut Layers, text: &str) {
    let mut figures = std::mem::take(&mut layers.figures);
    for figure in figures.iter_mut().filter(|figure| figure.flags & figure_flag::MEASURE != 0) {
        if figure.measure_entity == NONE {
            figure.measure_entity = owner::owner(layers, text, figure.measure);
        }
    }
    layers.figures = figures;
}

fn targets(layers: &mut Layers) {
    let mut targets = std::mem::take(&mut layers.targets);
    for target in targets.iter_mut().filter(|target| target.entity == NONE) {
        target.entity = head_entity(layers, target.span);
    }
    layers.targets = targets;
}

/// The entities and figures inside each quote's content, and for each figure the innermost quote that contains it.
fn contents(layers: &mut Layers) {
    layers.contents.clear();
    // For each entity, the index of the last quote that listed it, plus one: shows whether it is listed already.
    let mut listed = vec![0u32; layers.entities.len()];
    for figure in &mut layers.figures {
        figure.quote = NONE;
    }
    for index in 0..layers.quotes.len() {
        let content = layers.quotes[index].content;
        let speaker = layers.quotes[index].speaker_entity;
        let first_entity = layers.contents.len() as u32;
        for part in content.range() {
            let part = layers.spans[part];
            let from = layers
                .mention_order
                .partition_point(|at| layers.mentions[at.0 as usize].span.start() < part.start());
            for &at in &layers.mention_order[from..] {
                let mention = layers.mentions[at.0 as usize];
                if mention.span.start() >= part.end() {
                    break;
                }
                // The speaker's own "I" does not make the quote one about the speaker.
                if mention.entity == speaker && mention.form == MentionForm::Pronoun as u8 {
                    continue;
                }
                let last = &mut listed[mention.entity as usize];
                if part.contains(mention.span) && *last != index as u32 + 1 {
                    *last = index as u32 + 1;
                    layers.contents.push(ContentIndex(mention.entity));
                }
            }
        }
        let first_figure = layers.contents.len() as u32;
        for part in content.range() {
            let part = layers.spans[part];
            let from = layers.figures.partition_point(|figure| figure.span.start() < part.start());
            for id in from..layers.figures.len() {
                let span = layers.figures[id].span;
                if span.start() >= part.end() {
                    break;
                }
                if part.contains(span) {
                    layers.contents.push(ContentIndex(id as u32));
                    // Quotes are sorted by start, so a later one that contains the figure is the inner one.
                    layers.figures[id].quote = index as u32;
                }
            }
        }
        let quote = &mut layers.quotes[index];
        quote.entities = Run { start: first_entity, len: first_figure - first_entity };
        quote.figures = Run { start: first_figure, len: layers.contents.len() as u32 - first_figure };
    }
}

/// The entity whose mention is the whole span, apart from a leading article. The antecedent of a pronoun beside a quote cannot be
/// found from spans alone.
fn exact_entity(layers: &Layers, span: Span) -> u32 {
    mentions_within(layers, span)
        .filter(|&(_, _, form)| form != MentionForm::Pronoun as u8)
        .filter(|&(mention, ..)| {
            mention.end() == span.end() && mention.start() <= span.start().saturating_add(4)
        })
        .map(|(_, entity, _)| entity)
        .next()
        .unwrap_or(NONE)
}

/// The entity of the longest mention inside the span; of mentions of equal length the last.
fn head_entity(layers: &Layers, span: Span) -> u32 {
    mentions_within(layers, span)
        .max_by_key(|(mention, ..)| mention.len())
        .map_or(NONE, |(_, entity, _)| entity)
}

fn mentions_within(layers: &Layers, span: Span) -> impl Iterator<Item = (Span, u32, u8)> + '_ {
    let from =
        layers.mention_order.partition_point(|at| layers.mentions[at.0 as usize].span.start() < span.start());
    layers.mention_order[from..]
        .iter()
        .map(|at| layers.mentions[at.0 as usize])
        .map(|mention| (mention.span, mention.entity, mention.form))
        .take_while(move |(mention, ..)| mention.start() < span.end())
        .filter(move |(mention, ..)| span.contains(*mention))
}
