//! The receiving side of an emitter: everything that a stage emits, linked in or loaded, is checked here before it enters the
//! document. Later code relies on these checks.

use crate::layers::fields::{Fields, IdOf, List, Record};
use crate::layers::{
    Layers, NONE, Run, StrRef, claim, custom, entity, figure, layer, layer_arrays, quote, sentiment, syntax,
};
use crate::{Decimal, Span};

/// An invalid annotation: a bug of the stage that emitted it, described so that its author can find it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Violation {
    /// The stage filled a layer that it does not list in `PROVIDES`.
    #[error("emitted {0}, which is not among the layers that it provides")]
    Undeclared(String),
    /// A custom layer has an empty name or that of a typed layer.
    #[error("a custom layer cannot be called {0:?}")]
    LayerName(String),
    /// A span is reversed, outside the text, or splits a character.
    #[error(
        "{layer} {index}: the span {start}..{end} is not a range of the text ({length} bytes) on character boundaries"
    )]
    Span {
        /// The kind of record.
        layer: &'static str,
        /// The index of the record.
        index: usize,
        /// The first byte.
        start: u32,
        /// One past the last byte.
        end: u32,
        /// The length of the text.
        length: usize,
    },
    /// A number is not a valid value of the field, or has unknown flags.
    #[error("{layer} {index}: {field} is {value}, which is not a known value")]
    Tag {
        /// The kind of record.
        layer: &'static str,
        /// The index of the record.
        index: usize,
        /// The field.
        field: &'static str,
        /// The number.
        value: u32,
    },
    /// Reserved bytes are not zero.
    #[error("{layer} {index}: its reserved bytes are not zero")]
    Reserved {
        /// The kind of record.
        layer: &'static str,
        /// The index of the record.
        index: usize,
    },
    /// A reference points outside its array.
    #[error("{layer} {index}: {field} refers to something that does not exist")]
    Dangling {
        /// The kind of record.
        layer: &'static str,
        /// The index of the record.
        index: usize,
        /// The field.
        field: &'static str,
    },
    /// A number is not finite, out of range, or not in lowest terms.
    #[error("{layer} {index}: {field} is out of range")]
    Range {
        /// The kind of record.
        layer: &'static str,
        /// The index of the record.
        index: usize,
        /// The field.
        field: &'static str,
    },
    /// Something required is missing: an entity has no mention, a quote no content, an annotation no rule.
    #[error("{layer} {index}: {field} is missing")]
    Missing {
        /// The kind of record.
        layer: &'static str,
        /// The index of the record.
        index: usize,
        /// The field.
        field: &'static str,
    },
    /// The payload of a custom layer is not JSON.
    #[error("custom annotation {index}: the payload is not JSON: {reason}")]
    Payload {
        /// The index among the custom annotations.
        index: usize,
        /// The message of the JSON parser.
        reason: String,
    },
    /// The document has more annotations than `u32` can number.
    #[error("too many annotations for one document")]
    TooMany,
}

/// The result of a check.
pub(crate) type Checked = Result<(), Violation>;

/// Which layers a stage filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FilledLayers {
    pub(crate) entities: bool,
    pub(crate) quotes: bool,
    pub(crate) figures: bool,
    pub(crate) sentiment: bool,
    pub(crate) syntax: bool,
    pub(crate) claims: bool,
}

impl FilledLayers {
    fn with(batch: &Layers) -> Self {
        Self {
            entities: !batch.entities.is_empty(),
            quotes: !batch.quotes.is_empty(),
            figures: !batch.figures.is_empty(),
            sentiment: !(batch.summaries.is_empty()
                && batch.sentence_polarities.is_empty()
                && batch.targets.is_empty()
                && batch.entity_polarities.is_empty()
                && batch.stances.is_empty()),
            syntax: !batch.tags.is_empty(),
            claims: !(batch.claims.is_empty()
                && batch.claim_entities.is_empty()
                && batch.claim_figures.is_empty()),
        }
    }
}

/// Checks `batch`, appends it to `layers` and sorts. On an error nothing has changed.
pub(crate) fn absorb<S: AsRef<str>>(
    layers: &mut Layers,
    text: &str,
    tokens: usize,
    batch: &Layers,
    provides: &[S],
) -> Result<FilledLayers, Violation> {
    let filled_layers = FilledLayers::with(batch);
    check_declared(batch, filled_layers, provides)?;
    let mut check = Check {
        text,
        batch,
        // A layer has one provider, so ids of a layer that this batch fills refer to the batch, all others to the document.
        entities: if filled_layers.entities { batch.entities.len() } else { layers.entities.len() },
        quotes: if filled_layers.quotes { batch.quotes.len() } else { layers.quotes.len() },
        figures: if filled_layers.figures { batch.figures.len() } else { layers.figures.len() },
        at: ("", 0),
        found: Ok(()),
    };
    check_records(batch, &mut check)?;
    entity::check_whole(batch)?;
    quote::check_whole(batch)?;
    sentiment::check_whole(batch)?;
    syntax::check_whole(batch, tokens)?;
    custom::check_whole(batch)?;
    claim::check_whole(batch)?;
    if layers.strings.len() + batch.strings.len() > u32::MAX as usize
        || layers.spans.len() + batch.spans.len() > u32::MAX as usize
    {
        return Err(Violation::TooMany);
    }
    append(layers, batch);
    if filled_layers.entities {
        entity::sort(layers);
    }
    if filled_layers.quotes {
        quote::sort(layers);
    }
    if filled_layers.figures {
        figure::sort(layers);
    }
    if filled_layers.sentiment {
        sentiment::sort(layers);
    }
    if filled_layers.claims {
        claim::sort(layers);
    }
    if !batch.customs.is_empty() {
        custom::sort(layers);
    }
    Ok(filled_layers)
}

fn check_declared<S: AsRef<str>>(batch: &Layers, filled_layers: FilledLayers, provides: &[S]) -> Checked {
    let declared = |name: &str| provides.iter().any(|provided| provided.as_ref() == name);
    let filled = [
        filled_layers.entities,
        filled_layers.quotes,
        filled_layers.figures,
        filled_layers.sentiment,
        filled_layers.claims,
        filled_layers.syntax,
    ];
    for (name, filled) in layer::TYPED.into_iter().zip(filled) {
        if filled && !declared(name) {
            return Err(Violation::Undeclared(name.to_owned()));
        }
    }
    for record in &batch.customs {
        let name = batch.str(record.layer);
        if name.is_empty() || layer::TYPED.contains(&name) {
            return Err(Violation::LayerName(name.to_owned()));
        }
        if !declared(name) {
            return Err(Violation::Undeclared(format!("the layer {name:?}")));
        }
    }
    Ok(())
}

/// Checks the fields of records.
struct Check<'a> {
    text: &'a str,
    batch: &'a Layers,
    entities: usize,
    quotes: usize,
    figures: usize,
    /// The record that is being checked.
    at: (&'static str, usize),
    /// The first violation.
    found: Checked,
}

impl Check<'_> {
    fn ensure(&mut self, holds: bool, violation: impl FnOnce(&'static str, usize) -> Violation) {
        if !holds && self.found.is_ok() {
            self.found = Err(violation(self.at.0, self.at.1));
        }
    }

    fn refers(&mut self, holds: bool, field: &'static str) {
        self.ensure(holds, |layer, index| Violation::Dangling { layer, index, field });
    }

    fn in_range(&mut self, holds: bool, field: &'static str) {
        self.ensure(holds, |layer, index| Violation::Range { layer, index, field });
    }
}

impl Fields for Check<'_> {
    fn span(&mut self, _field: &'static str, span: Span) {
        let length = self.text.len();
        self.ensure(span.is_valid_in(self.text), |layer, index| Violation::Span {
            layer,
            index,
            start: span.start(),
            end: span.end(),
            length,
        });
    }

    fn string(&mut self, field: &'static str, string: &mut StrRef) {
        let range = string.start as usize..string.start as usize + string.len as usize;
        self.refers(self.batch.strings.get(range).is_some(), field);
    }

    fn list(&mut self, field: &'static str, run: &mut Run, of: List) {
        let len = match of {
            List::Pairs => self.batch.pairs.len(),
            List::Spans => self.batch.spans.len(),
            List::Mentions => self.batch.mentions.len(),
            List::ClaimEntities => self.batch.claim_entities.len(),
            List::ClaimFigures => self.batch.claim_figures.len(),
        };
        self.refers(run.range().end <= len, field);
    }

    fn id(&mut self, field: &'static str, id: &mut u32, of: IdOf) {
        let len = match of {
            IdOf::Entities => self.entities,
            IdOf::Quotes => self.quotes,
            IdOf::Figures => self.figures,
            IdOf::Claims => self.batch.claims.len(),
        };
        self.refers(*id == NONE || (*id as usize) < len, field);
    }

    fn unit(&mut self, field: &'static str, number: f32) {
        self.in_range((0.0..=1.0).contains(&number), field);
    }

    fn signed_unit(&mut self, field: &'static str, number: f32) {
        self.in_range((-1.0..=1.0).contains(&number), field);
    }

    fn decimal(&mut self, field: &'static str, number: Decimal) {
        self.in_range(number.is_canonical(), field);
    }

    fn tag(&mut self, field: &'static str, value: u32, known: bool) {
        self.ensure(known, |layer, index| Violation::Tag { layer, index, field, value });
    }

    fn required(&mut self, field: &'static str, present: bool) {
        self.ensure(present, |layer, index| Violation::Missing { layer, index, field });
    }

    fn reserved(&mut self, bytes: &[u8]) {
        self.ensure(bytes.iter().all(|byte| *byte == 0), |layer, index| Violation::Reserved { layer, index });
    }
}

fn check_array<R: Record>(records: &[R], check: &mut Check<'_>) -> Checked {
    if !R::EMITTED {
        return Ok(());
    }
    for (index, record) in records.iter().enumerate() {
        check.at = (R::NAME, index);
        // `fields` takes a mutable record; this is a copy.
        let mut record = *record;
        record.fields(check);
        if check.found.is_err() {
            return std::mem::replace(&mut check.found, Ok(()));
        }
    }
    Ok(())
}

/// Shifts references, as the arrays of a batch are appended to those of the document.
struct Relocate {
    strings: u32,
    pairs: u32,
    spans: u32,
    mentions: u32,
    claim_entities: u32,
    claim_figures: u32,
    entities: u32,
    quotes: u32,
    figures: u32,
    claims: u32,
}

impl Fields for Relocate {
    fn string(&mut self, _field: &'static str, string: &mut StrRef) {
        string.start = string.start.saturating_add(self.strings);
    }

    fn list(&mut self, _field: &'static str, run: &mut Run, of: List) {
        let by = match of {
            List::Pairs => self.pairs,
            List::Spans => self.spans,
            List::Mentions => self.mentions,
            List::ClaimEntities => self.claim_entities,
            List::ClaimFigures => self.claim_figures,
        };
        run.start = run.start.saturating_add(by);
    }

    fn id(&mut self, _field: &'static str, id: &mut u32, of: IdOf) {
        let by = match of {
            IdOf::Entities => self.entities,
            IdOf::Quotes => self.quotes,
            IdOf::Figures => self.figures,
            IdOf::Claims => self.claims,
        };
        if *id != NONE {
            *id = id.saturating_add(by);
        }
    }

    fn host_id(&mut self, id: &mut u32) {
        *id = NONE;
    }

    fn host_list(&mut self, run: &mut Run) {
        *run = Run::EMPTY;
    }
}

fn append_array<R: Record>(array: &mut Vec<R>, batch: &[R], relocate: &mut Relocate) {
    if R::EMITTED {
        array.extend(batch.iter().map(|record| {
            let mut record = *record;
            record.fields(relocate);
            record
        }));
    }
}

/// Replaces ids of one layer by the new positions of its annotations.
struct Renumber<'p> {
    of: IdOf,
    places: &'p [u32],
}

impl Fields for Renumber<'_> {
    fn id(&mut self, _field: &'static str, id: &mut u32, of: IdOf) {
        if of == self.of
            && let Some(&place) = self.places.get(*id as usize)
        {
            *id = place;
        }
    }
}

macro_rules! every_array {
    ($($(#[$doc:meta])* $([$cfg:meta])? $field:ident: $record:ty,)+) => {
        fn check_records(batch: &Layers, check: &mut Check<'_>) -> Checked {
            $($(#[cfg($cfg)])? check_array(&batch.$field, check)?;)+
            Ok(())
        }

        /// Appends a checked batch: shifts every string, list and id of a layer that the batch fills.
        ///
        /// The same code joins unchecked batches of a plugin inside one emitter; [`absorb`] checks the whole.
        pub(crate) fn append(layers: &mut Layers, batch: &Layers) {
            // Ids of layers that the batch does not fill already refer to the document.
            let moved = |filled: bool, by: usize| if filled { by as u32 } else { 0 };
            let mut relocate = Relocate {
                strings: layers.strings.len() as u32,
                pairs: layers.pairs.len() as u32,
                spans: layers.spans.len() as u32,
                mentions: layers.mentions.len() as u32,
                claim_entities: layers.claim_entities.len() as u32,
                claim_figures: layers.claim_figures.len() as u32,
                entities: moved(!batch.entities.is_empty(), layers.entities.len()),
                quotes: moved(!batch.quotes.is_empty(), layers.quotes.len()),
                figures: moved(!batch.figures.is_empty(), layers.figures.len()),
                claims: layers.claims.len() as u32,
            };
            layers.strings.push_str(&batch.strings);
            $($(#[cfg($cfg)])? append_array(&mut layers.$field, &batch.$field, &mut relocate);)+
        }

        /// Updates every id that refers to a layer whose annotations moved: `places` maps old positions to new ones.
        pub(crate) fn renumber(layers: &mut Layers, of: IdOf, places: &[u32]) {
            let mut renumber = Renumber { of, places };
            $($(#[cfg($cfg)])? for record in &mut layers.$field {
                record.fields(&mut renumber);
            })+
        }
    };
}
layer_arrays!(every_array);

/// Sorts the records and returns the new position of each old one; `None` if they were already sorted, which is the usual case.
pub(crate) fn reorder<T: Copy, K: Ord>(records: &mut [T], key: impl Fn(&T) -> K) -> Option<Vec<u32>> {
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

#[cfg(test)]
mod tests;
