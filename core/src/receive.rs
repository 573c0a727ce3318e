//! The receiving side of an emitter: everything a stage emitted is checked here before it enters the document, whether the
//! stage is linked in or loaded. What follows may rely on it.

use crate::layers::{
    Bound, CueClass, Direction, EntityKind, FigureKind, Label, Layers, MentionForm, NONE, PartOfSpeech,
    PolarityRecord, QuoteKind, Run, Stance, StrRef, figure_flag, layer, quote_flag, value_kind,
};
use crate::{Decimal, Span};

/// Something a stage emitted that cannot be: a fault of the stage, named so that its author finds it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// A layer was filled that the stage does not list in what it provides.
    #[error("emitted {0}, which it does not declare to provide")]
    Undeclared(String),
    /// A custom layer has no name, or that of a typed layer.
    #[error("a custom layer cannot be called {0:?}")]
    LayerName(String),
    /// A span is reversed, outside the text, or cuts a character.
    #[error(
        "{layer} {index}: the span {start}..{end} is no stretch of the text ({length} bytes) on character boundaries"
    )]
    Span {
        /// The array.
        layer: &'static str,
        /// The place in it.
        index: usize,
        /// The first byte.
        start: u32,
        /// One past the last byte.
        end: u32,
        /// The length of the text.
        length: usize,
    },
    /// A byte is none of the words that may stand there.
    #[error("{layer} {index}: {field} is {byte}, which has no meaning")]
    Tag {
        /// The array.
        layer: &'static str,
        /// The place in it.
        index: usize,
        /// The field.
        field: &'static str,
        /// The byte.
        byte: u8,
    },
    /// A reference leads outside what it refers to.
    #[error("{layer} {index}: {field} refers to something that is not there")]
    Dangling {
        /// The array.
        layer: &'static str,
        /// The place in it.
        index: usize,
        /// The field.
        field: &'static str,
    },
    /// A number is not finite, out of its range, or not in lowest terms.
    #[error("{layer} {index}: {field} is out of range")]
    Range {
        /// The array.
        layer: &'static str,
        /// The place in it.
        index: usize,
        /// The field.
        field: &'static str,
    },
    /// Something that must be there is missing: an entity without a mention, a quote without content.
    #[error("{layer} {index}: {field} is missing")]
    Missing {
        /// The array.
        layer: &'static str,
        /// The place in it.
        index: usize,
        /// The field.
        field: &'static str,
    },
    /// The payload of a custom layer is not JSON.
    #[error("custom annotation {index}: the payload is not JSON: {reason}")]
    Payload {
        /// The place among the custom annotations.
        index: usize,
        /// What the JSON reader says.
        reason: String,
    },
    /// The annotations outgrow what `u32` can number.
    #[error("too many annotations for one document")]
    TooMany,
}

/// Which layers a stage filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arrived {
    pub(crate) entities: bool,
    pub(crate) quotes: bool,
    pub(crate) figures: bool,
    pub(crate) sentiment: bool,
    pub(crate) syntax: bool,
}

/// Checks `batch` and appends it to `layers`, sorted. On an error nothing has changed.
pub(crate) fn absorb<S: AsRef<str>>(
    layers: &mut Layers,
    text: &str,
    tokens: usize,
    batch: &Layers,
    provides: &[S],
) -> Result<Arrived, Violation> {
    let arrived = Arrived {
        entities: !batch.entities.is_empty(),
        quotes: !batch.quotes.is_empty(),
        figures: !batch.figures.is_empty(),
        sentiment: !(batch.summaries.is_empty()
            && batch.sentence_polarities.is_empty()
            && batch.targets.is_empty()
            && batch.stances.is_empty()),
        syntax: !batch.tags.is_empty(),
    };
    check_declared(batch, arrived, provides)?;
    let check = Check {
        text,
        tokens,
        batch,
        // A layer has one provider, so ids of a layer that this batch fills are its own; others are the document's.
        entities: if arrived.entities { batch.entities.len() } else { layers.entities.len() },
        quotes: if arrived.quotes { batch.quotes.len() } else { layers.quotes.len() },
    };
    check.all()?;
    if layers.strings.len() + batch.strings.len() > u32::MAX as usize
        || layers.spans.len() + batch.spans.len() > u32::MAX as usize
    {
        return Err(Violation::TooMany);
    }
    append(layers, batch);
    sort(layers, arrived);
    Ok(arrived)
}

fn check_declared<S: AsRef<str>>(batch: &Layers, arrived: Arrived, provides: &[S]) -> Result<(), Violation> {
    let declared = |name: &str| provides.iter().any(|provided| provided.as_ref() == name);
    let filled = [arrived.entities, arrived.quotes, arrived.figures, arrived.sentiment, arrived.syntax];
    for (name, filled) in layer::TYPED.into_iter().zip(filled) {
        if filled && !declared(name) {
            return Err(Violation::Undeclared(name.to_owned()));
        }
    }
    for custom in &batch.customs {
        let name = batch.str(custom.layer);
        if name.is_empty() || layer::TYPED.contains(&name) {
            return Err(Violation::LayerName(name.to_owned()));
        }
        if !declared(name) {
            return Err(Violation::Undeclared(format!("the layer {name:?}")));
        }
    }
    Ok(())
}

struct Check<'a> {
    text: &'a str,
    tokens: usize,
    batch: &'a Layers,
    entities: usize,
    quotes: usize,
}

type Checked = Result<(), Violation>;

impl Check<'_> {
    fn all(&self) -> Checked {
        let batch = self.batch;
        for (index, span) in batch.spans.iter().enumerate() {
            self.span("span", index, *span)?;
        }
        for (index, entity) in batch.entities.iter().enumerate() {
            let at = ("entity", index);
            self.tag(at, "kind", entity.kind, EntityKind::from_byte(entity.kind).is_some())?;
            self.string(at, "name", entity.name)?;
            self.string(at, "rule", entity.rule)?;
            self.run(at, "mentions", entity.mentions, batch.mentions.len())?;
            self.run(at, "links", entity.links, batch.pairs.len())?;
            self.run(at, "attributes", entity.attributes, batch.pairs.len())?;
            self.unit(at, "confidence", entity.confidence)?;
            if entity.salience >= 0.0 || entity.salience.is_nan() {
                self.unit(at, "salience", entity.salience)?;
            }
            if entity.mentions.len == 0 {
                return Err(Violation::Missing { layer: at.0, index, field: "a mention" });
            }
        }
        self.mentions()?;
        for (index, pair) in batch.pairs.iter().enumerate() {
            let at = ("pair", index);
            self.string(at, "key", pair.key)?;
            self.string(at, "value", pair.value)?;
            self.id(at, "entity", pair.entity, self.entities)?;
        }
        self.quotes()?;
        self.figures()?;
        self.sentiment()?;
        self.syntax()?;
        for (index, custom) in batch.customs.iter().enumerate() {
            let at = ("custom annotation", index);
            self.span(at.0, index, custom.span)?;
            self.string(at, "layer", custom.layer)?;
            self.string(at, "payload", custom.payload)?;
            self.string(at, "rule", custom.rule)?;
            self.unit(at, "confidence", custom.confidence)?;
            if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(batch.str(custom.payload)) {
                return Err(Violation::Payload { index, reason: error.to_string() });
            }
        }
        Ok(())
    }

    /// Mentions belong to one entity each: the runs of the entities follow one another and cover all mentions.
    fn mentions(&self) -> Checked {
        let mut next = 0;
        for (index, entity) in self.batch.entities.iter().enumerate() {
            if entity.mentions.start as usize != next {
                return Err(Violation::Dangling { layer: "entity", index, field: "mentions" });
            }
            next += entity.mentions.len as usize;
        }
        for (index, mention) in self.batch.mentions.iter().enumerate() {
            let at = ("mention", index);
            self.span(at.0, index, mention.span)?;
            self.tag(at, "form", mention.form, MentionForm::from_byte(mention.form).is_some())?;
            if index >= next {
                return Err(Violation::Dangling { layer: at.0, index, field: "entity" });
            }
        }
        Ok(())
    }

    fn quotes(&self) -> Checked {
        for (index, quote) in self.batch.quotes.iter().enumerate() {
            let at = ("quote", index);
            for span in [quote.span, quote.cue, quote.speaker] {
                self.span(at.0, index, span)?;
            }
            self.tag(at, "kind", quote.kind, QuoteKind::from_byte(quote.kind).is_some())?;
            self.tag(at, "cue class", quote.cue_class, CueClass::from_byte(quote.cue_class).is_some())?;
            self.tag(at, "cue stance", quote.cue_stance, Stance::from_byte(quote.cue_stance).is_some())?;
            self.tag(at, "flags", quote.flags, quote.flags & !quote_flag::ALL == 0)?;
            self.run(at, "content", quote.content, self.batch.spans.len())?;
            self.string(at, "cue lemma", quote.cue_lemma)?;
            self.string(at, "rule", quote.rule)?;
            self.id(at, "speaker entity", quote.speaker_entity, self.entities)?;
            self.id(at, "parent", quote.parent, self.batch.quotes.len())?;
            self.unit(at, "confidence", quote.confidence)?;
            if quote.content.len == 0 {
                return Err(Violation::Missing { layer: at.0, index, field: "content" });
            }
            if quote.parent as usize == index {
                return Err(Violation::Dangling { layer: at.0, index, field: "parent" });
            }
        }
        Ok(())
    }

    fn figures(&self) -> Checked {
        let figures = self.batch.figures.len();
        for (index, figure) in self.batch.figures.iter().enumerate() {
            let at = ("figure", index);
            self.span(at.0, index, figure.span)?;
            self.span(at.0, index, figure.measure)?;
            self.tag(at, "kind", figure.kind, FigureKind::from_byte(figure.kind).is_some())?;
            self.tag(at, "value kind", figure.value_kind, figure.value_kind <= value_kind::INTERVAL)?;
            self.tag(
                at,
                "bound",
                figure.bound,
                figure.bound == 0 || Bound::from_byte(figure.bound).is_some(),
            )?;
            self.tag(
                at,
                "direction",
                figure.direction,
                figure.direction == 0 || Direction::from_byte(figure.direction).is_some(),
            )?;
            for (field, string) in [
                ("text from", figure.text_from),
                ("text to", figure.text_to),
                ("unit code", figure.unit_code),
                ("unit name", figure.unit_name),
                ("si unit", figure.si_unit),
                ("rule", figure.rule),
            ] {
                self.string(at, field, string)?;
            }
            for (field, number) in [
                ("low", figure.low),
                ("high", figure.high),
                ("baseline value", figure.baseline_value),
                ("change amount", figure.change_amount),
                ("si low", figure.si_low),
                ("si high", figure.si_high),
                ("part", figure.part),
                ("whole", figure.whole),
            ] {
                self.decimal(at, field, number)?;
            }
            self.id(at, "measure entity", figure.measure_entity, self.entities)?;
            self.id(at, "period", figure.period, figures)?;
            self.id(at, "change of", figure.change_of, figures)?;
            self.id(at, "baseline period", figure.baseline_period, figures)?;
            self.unit(at, "confidence", figure.confidence)?;
            let open = figure.flags & (figure_flag::FROM | figure_flag::TO) == 0;
            if open && matches!(figure.value_kind, value_kind::RANGE | value_kind::INTERVAL) {
                return Err(Violation::Missing { layer: at.0, index, field: "an end of its range" });
            }
        }
        Ok(())
    }

    fn sentiment(&self) -> Checked {
        let batch = self.batch;
        for (index, summary) in batch.summaries.iter().enumerate() {
            let at = ("summary", index);
            self.polarity(at, summary.document)?;
            self.polarity(at, summary.narrator)?;
            self.string(at, "rule", summary.rule)?;
            if index > 0 {
                return Err(Violation::TooMany);
            }
        }
        for (index, sentence) in batch.sentence_polarities.iter().enumerate() {
            self.span("sentence polarity", index, sentence.span)?;
            self.polarity(("sentence polarity", index), sentence.polarity)?;
        }
        for (index, target) in batch.targets.iter().enumerate() {
            let at = ("target", index);
            self.span(at.0, index, target.span)?;
            self.polarity(at, target.polarity)?;
            self.run(at, "evidence", target.evidence, batch.spans.len())?;
            self.string(at, "rule", target.rule)?;
            self.id(at, "entity", target.entity, self.entities)?;
        }
        for (index, stance) in batch.stances.iter().enumerate() {
            let at = ("stance", index);
            self.polarity(at, stance.polarity)?;
            self.run(at, "evidence", stance.evidence, batch.spans.len())?;
            self.string(at, "rule", stance.rule)?;
            self.id(at, "quote", stance.quote, self.quotes)?;
            for (field, id) in [("holder", stance.holder), ("target", stance.target)] {
                self.id(at, field, id, self.entities)?;
                if id == NONE {
                    return Err(Violation::Missing { layer: at.0, index, field });
                }
            }
        }
        Ok(())
    }

    fn syntax(&self) -> Checked {
        let tags = &self.batch.tags;
        if !tags.is_empty() && tags.len() != self.tokens {
            return Err(Violation::Missing { layer: "syntax", index: tags.len(), field: "one tag a token" });
        }
        for (index, &byte) in tags.iter().enumerate() {
            self.tag(("syntax", index), "tag", byte, PartOfSpeech::from_byte(byte).is_some())?;
        }
        Ok(())
    }

    fn span(&self, layer: &'static str, index: usize, span: Span) -> Checked {
        if span.is_valid_in(self.text) {
            return Ok(());
        }
        Err(Violation::Span { layer, index, start: span.start(), end: span.end(), length: self.text.len() })
    }

    fn tag(&self, at: (&'static str, usize), field: &'static str, byte: u8, known: bool) -> Checked {
        if known { Ok(()) } else { Err(Violation::Tag { layer: at.0, index: at.1, field, byte }) }
    }

    fn string(&self, at: (&'static str, usize), field: &'static str, string: StrRef) -> Checked {
        let range = string.start as usize..string.start as usize + string.len as usize;
        dangling(self.batch.strings.get(range).is_some(), at, field)
    }

    fn run(&self, at: (&'static str, usize), field: &'static str, run: Run, len: usize) -> Checked {
        dangling(run.range().end <= len, at, field)
    }

    fn id(&self, at: (&'static str, usize), field: &'static str, id: u32, len: usize) -> Checked {
        dangling(id == NONE || (id as usize) < len, at, field)
    }

    fn unit(&self, at: (&'static str, usize), field: &'static str, number: f32) -> Checked {
        in_range((0.0..=1.0).contains(&number), at, field)
    }

    fn decimal(&self, at: (&'static str, usize), field: &'static str, number: Decimal) -> Checked {
        in_range(number.is_canonical(), at, field)
    }

    fn polarity(&self, at: (&'static str, usize), polarity: PolarityRecord) -> Checked {
        in_range((-1.0..=1.0).contains(&polarity.score), at, "polarity")?;
        self.unit(at, "confidence", polarity.confidence)?;
        self.tag(at, "label", polarity.label, Label::from_byte(polarity.label).is_some())
    }
}

fn dangling(holds: bool, (layer, index): (&'static str, usize), field: &'static str) -> Checked {
    if holds { Ok(()) } else { Err(Violation::Dangling { layer, index, field }) }
}

fn in_range(holds: bool, (layer, index): (&'static str, usize), field: &'static str) -> Checked {
    if holds { Ok(()) } else { Err(Violation::Range { layer, index, field }) }
}

/// Appends a checked batch: moves every string, run and id of a layer that the batch fills behind what is there.
///
/// The same code joins batches of a plugin inside one emitter, unchecked; `absorb` checks their sum.
pub(crate) fn append(layers: &mut Layers, batch: &Layers) {
    let strings = layers.strings.len() as u32;
    let (pairs, spans) = (layers.pairs.len() as u32, layers.spans.len() as u32);
    let (entities, mentions) = (layers.entities.len() as u32, layers.mentions.len() as u32);
    let (quotes, figures) = (layers.quotes.len() as u32, layers.figures.len() as u32);
    // Ids of layers that the batch does not fill are the document's already.
    let entities_moved = if batch.entities.is_empty() { 0 } else { entities };
    let quotes_moved = if batch.quotes.is_empty() { 0 } else { quotes };
    let text = |at: StrRef| StrRef { start: at.start.saturating_add(strings), len: at.len };
    let moved = |run: Run, by: u32| Run { start: run.start.saturating_add(by), len: run.len };
    let id = |id: u32, by: u32| if id == NONE { NONE } else { id.saturating_add(by) };

    layers.strings.push_str(&batch.strings);
    layers.spans.extend_from_slice(&batch.spans);
    layers.pairs.extend(batch.pairs.iter().map(|&record| {
        let (key, value) = (text(record.key), text(record.value));
        crate::layers::PairRecord { key, value, entity: id(record.entity, entities_moved) }
    }));
    layers.entities.extend(batch.entities.iter().map(|&record| crate::layers::EntityRecord {
        name: text(record.name),
        rule: text(record.rule),
        mentions: moved(record.mentions, mentions),
        links: moved(record.links, pairs),
        attributes: moved(record.attributes, pairs),
        ..record
    }));
    layers.mentions.extend_from_slice(&batch.mentions);
    layers.quotes.extend(batch.quotes.iter().map(|&record| crate::layers::QuoteRecord {
        content: moved(record.content, spans),
        cue_lemma: text(record.cue_lemma),
        speaker_entity: id(record.speaker_entity, entities_moved),
        parent: id(record.parent, quotes),
        entities: Run::EMPTY,
        figures: Run::EMPTY,
        rule: text(record.rule),
        ..record
    }));
    layers.figures.extend(batch.figures.iter().map(|&record| crate::layers::FigureRecord {
        text_from: text(record.text_from),
        text_to: text(record.text_to),
        unit_code: text(record.unit_code),
        unit_name: text(record.unit_name),
        si_unit: text(record.si_unit),
        measure_entity: id(record.measure_entity, entities_moved),
        period: id(record.period, figures),
        change_of: id(record.change_of, figures),
        baseline_period: id(record.baseline_period, figures),
        quote: NONE,
        rule: text(record.rule),
        ..record
    }));
    layers.summaries.extend(
        batch
            .summaries
            .iter()
            .map(|&record| crate::layers::SummaryRecord { rule: text(record.rule), ..record }),
    );
    layers.sentence_polarities.extend_from_slice(&batch.sentence_polarities);
    layers.targets.extend(batch.targets.iter().map(|&record| crate::layers::TargetRecord {
        evidence: moved(record.evidence, spans),
        entity: id(record.entity, entities_moved),
        rule: text(record.rule),
        ..record
    }));
    layers.stances.extend(batch.stances.iter().map(|&record| crate::layers::StanceRecord {
        holder: id(record.holder, entities_moved),
        target: id(record.target, entities_moved),
        quote: id(record.quote, quotes_moved),
        evidence: moved(record.evidence, spans),
        rule: text(record.rule),
        ..record
    }));
    layers.customs.extend(batch.customs.iter().map(|&record| crate::layers::CustomRecord {
        layer: text(record.layer),
        payload: text(record.payload),
        rule: text(record.rule),
        ..record
    }));
    layers.tags.extend(&batch.tags);
}

/// Puts the layers that arrived into text order and renumbers what refers to them.
fn sort(layers: &mut Layers, arrived: Arrived) {
    if arrived.entities {
        for entity in &layers.entities {
            layers.mentions[entity.mentions.range()].sort_by_key(|mention| mention.span);
        }
        let mentions = &layers.mentions;
        let key = |entity: &crate::layers::EntityRecord| mentions[entity.mentions.start as usize].span;
        let places = sort_stable(&mut layers.entities, key);
        for (index, entity) in layers.entities.iter().enumerate() {
            for mention in &mut layers.mentions[entity.mentions.range()] {
                mention.entity = index as u32;
            }
        }
        layers.mention_order.clear();
        layers.mention_order.extend(0..layers.mentions.len() as u32);
        let mentions = &layers.mentions;
        layers.mention_order.sort_by_key(|&at| mentions[at as usize].span);
        if let Some(places) = places {
            let ids = (layers.pairs.iter_mut().map(|pair| &mut pair.entity))
                .chain(layers.quotes.iter_mut().map(|quote| &mut quote.speaker_entity))
                .chain(layers.figures.iter_mut().map(|figure| &mut figure.measure_entity))
                .chain(layers.targets.iter_mut().map(|target| &mut target.entity))
                .chain(layers.stances.iter_mut().flat_map(|stance| [&mut stance.holder, &mut stance.target]));
            renumber(ids, &places);
        }
    }
    if arrived.quotes
        && let Some(places) = sort_stable(&mut layers.quotes, |quote| quote.span)
    {
        let ids = (layers.quotes.iter_mut().map(|quote| &mut quote.parent))
            .chain(layers.stances.iter_mut().map(|stance| &mut stance.quote));
        renumber(ids, &places);
    }
    if arrived.figures
        && let Some(places) = sort_stable(&mut layers.figures, |figure| figure.span)
    {
        let ids = layers
            .figures
            .iter_mut()
            .flat_map(|figure| [&mut figure.period, &mut figure.change_of, &mut figure.baseline_period]);
        renumber(ids, &places);
    }
    if arrived.sentiment {
        layers.sentence_polarities.sort_by_key(|sentence| sentence.span);
        layers.targets.sort_by_key(|target| target.span);
    }
    let strings = std::mem::take(&mut layers.strings);
    let name = |at: StrRef| strings.get(at.start as usize..at.start as usize + at.len as usize).unwrap_or("");
    layers.customs.sort_by(|a, b| name(a.layer).cmp(name(b.layer)).then(a.span.cmp(&b.span)));
    layers.strings = strings;
}

/// Sorts, and tells where each old place went; `None` where the order was right, as it mostly is.
fn sort_stable<T: Copy, K: Ord>(records: &mut [T], key: impl Fn(&T) -> K) -> Option<Vec<u32>> {
    if records.is_sorted_by_key(&key) {
        return None;
    }
    let mut order: Vec<u32> = (0..records.len() as u32).collect();
    order.sort_by_key(|&at| key(&records[at as usize]));
    let old = records.to_vec();
    let mut places = vec![0; records.len()];
    for (new, &from) in order.iter().enumerate() {
        records[new] = old[from as usize];
        places[from as usize] = new as u32;
    }
    Some(places)
}

fn renumber<'a>(ids: impl Iterator<Item = &'a mut u32>, places: &[u32]) {
    for id in ids {
        if let Some(&place) = places.get(*id as usize) {
            *id = place;
        }
    }
}

#[cfg(test)]
mod tests;
