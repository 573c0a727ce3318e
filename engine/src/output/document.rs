//! A document and its annotations as one line of JSON: the output contract.

use copydesk_core::layers::{Change, Entity, Figure, Polarity, Quote, Value};
use copydesk_core::{DocumentView, Span, layer};

use super::json::JsonWriter;
use super::offsets::{OffsetMap, OffsetUnit};

/// Fields of the input that the output repeats: name and raw JSON.
pub type Passthrough<'a> = [(std::borrow::Cow<'a, str>, &'a str)];

/// The fields that the output writes itself. An input field of such a name goes into the object `input`, so nothing is lost.
const OWN_FIELDS: [&str; 12] = [
    "id",
    "title",
    "date",
    "text",
    "offset_unit",
    "stages",
    "entities",
    "quotes",
    "figures",
    "sentiment",
    "layers",
    "input",
];

/// Writes documents as lines of JSON.
pub struct DocumentWriter {
    offsets: OffsetMap,
    unit: OffsetUnit,
    layers: Vec<(String, String)>,
    /// `"stages":{…}`, the same in every line.
    stages: String,
}

impl DocumentWriter {
    /// A writer for documents that went through these stages: (layer, stage that provides it), and (stage, version).
    pub fn new(unit: OffsetUnit, layers: Vec<(String, String)>, stages: &[(String, String)]) -> Self {
        let mut object = Vec::new();
        let mut json = JsonWriter::new(&mut object);
        json.open();
        for (name, version) in stages {
            json.any_key(name);
            json.string(version);
        }
        json.close();
        let stages = String::from_utf8(object).unwrap_or_default();
        Self { offsets: OffsetMap::new(unit), unit, layers, stages }
    }

    /// Appends the line of one document to `out`.
    pub fn write(&mut self, doc: &DocumentView<'_>, fields: &Passthrough<'_>, out: &mut Vec<u8>) {
        self.offsets.load(doc.text());
        let mut json = JsonWriter::new(out);
        json.open();
        json.key("id");
        json.string(doc.id());
        for (key, value) in [("title", doc.title()), ("date", doc.date())] {
            if let Some(value) = value {
                json.key(key);
                json.string(value);
            }
        }
        json.key("text");
        json.string(doc.text());
        json.key("offset_unit");
        json.string(self.unit.as_str());
        json.key("stages");
        json.raw(&self.stages);
        write_fields(&mut json, fields);
        let mut line = Line { json, text: doc.text(), offsets: &self.offsets, doc, stage: "" };
        let mut custom = Vec::new();
        for (name, stage) in &self.layers {
            line.stage = stage;
            match name.as_str() {
                layer::ENTITIES => line.entities(),
                layer::QUOTES => line.quotes(),
                layer::FIGURES => line.figures(),
                layer::SENTIMENT => line.sentiment(),
                _ => custom.push((name, stage)),
            }
        }
        if !custom.is_empty() {
            line.json.key("layers");
            line.json.open();
            for (name, stage) in custom {
                line.stage = stage;
                line.custom(name);
            }
            line.json.close();
        }
        line.json.close();
        line.json.end_line();
    }
}

fn write_fields(json: &mut JsonWriter<'_>, fields: &Passthrough<'_>) {
    let own = |name: &str| OWN_FIELDS.contains(&name);
    for (name, value) in fields.iter().filter(|(name, _)| !own(name)) {
        json.any_key(name);
        json.raw(value);
    }
    if fields.iter().any(|(name, _)| own(name)) {
        json.key("input");
        json.open();
        for (name, value) in fields.iter().filter(|(name, _)| own(name)) {
            json.any_key(name);
            json.raw(value);
        }
        json.close();
    }
}

struct Line<'l, 'b> {
    json: JsonWriter<'b>,
    text: &'l str,
    offsets: &'l OffsetMap,
    doc: &'l DocumentView<'l>,
    stage: &'l str,
}

impl Line<'_, '_> {
    fn span(&mut self, span: Span) {
        self.json.key("start");
        self.json.number(u64::from(self.offsets.of(self.text, span.start())));
        self.json.key("end");
        self.json.number(u64::from(self.offsets.of(self.text, span.end())));
    }

    fn spans(&mut self, key: &str, spans: &[Span]) {
        self.json.key(key);
        self.json.open_array();
        for span in spans {
            self.json.next();
            self.json.open();
            self.span(*span);
            self.json.close();
        }
        self.json.close_array();
    }

    fn id(&mut self, key: &str, letter: u8, index: usize) {
        self.json.key(key);
        self.json.id(letter, index);
    }

    fn text(&mut self, key: &str, text: &str) {
        self.json.key(key);
        self.json.string(text);
    }

    fn confidence(&mut self, confidence: f32) {
        self.json.key("confidence");
        self.json.score(confidence);
    }

    fn provenance(&mut self, rule: &str) {
        self.json.key("provenance");
        self.json.open();
        self.json.key("stage");
        self.json.string(self.stage);
        if !rule.is_empty() {
            self.text("rule", rule);
        }
        self.json.close();
    }

    fn entities(&mut self) {
        self.json.key("entities");
        self.json.open_array();
        for entity in self.doc.entities() {
            self.json.next();
            self.entity(entity);
        }
        self.json.close_array();
    }

    fn entity(&mut self, entity: Entity<'_>) {
        self.json.open();
        self.id("id", b'e', entity.id().index());
        self.text("kind", entity.kind().as_str());
        self.text("name", entity.name());
        if entity.links().len() > 0 {
            self.json.key("links");
            self.json.open();
            for (scheme, id) in entity.links() {
                self.json.any_key(scheme);
                self.json.string(id);
            }
            self.json.close();
        }
        if entity.attributes().len() > 0 {
            self.json.key("attributes");
            self.json.open();
            for (name, value, target) in entity.attributes() {
                self.json.any_key(name);
                match target {
                    Some(target) => self.json.id(b'e', target.index()),
                    None => self.json.string(value),
                }
            }
            self.json.close();
        }
        if let Some(salience) = entity.salience() {
            self.json.key("salience");
            self.json.score(salience);
        }
        self.confidence(entity.confidence());
        self.provenance(entity.rule());
        self.json.key("mentions");
        self.json.open_array();
        for mention in entity.mentions() {
            self.json.next();
            self.json.open();
            self.span(mention.span);
            self.text("form", mention.form.as_str());
            self.json.close();
        }
        self.json.close_array();
        self.json.close();
    }

    fn quotes(&mut self) {
        self.json.key("quotes");
        self.json.open_array();
        for quote in self.doc.quotes() {
            self.json.next();
            self.quote(quote);
        }
        self.json.close_array();
    }

    fn quote(&mut self, quote: Quote<'_>) {
        self.json.open();
        self.id("id", b'q', quote.id().index());
        self.text("kind", quote.kind().as_str());
        self.span(quote.span());
        self.spans("content", quote.content());
        if let Some(cue) = quote.cue() {
            self.json.key("cue");
            self.json.open();
            self.span(cue.span);
            self.text("lemma", cue.lemma);
            self.text("class", cue.class.as_str());
            self.text("stance", cue.stance.as_str());
            for (key, set) in [("negated", cue.negated), ("modal", cue.modal)] {
                if set {
                    self.json.key(key);
                    self.json.raw("true");
                }
            }
            self.json.close();
        }
        if quote.speaker().is_some() || quote.speaker_entity().is_some() {
            self.json.key("speaker");
            self.json.open();
            if let Some(speaker) = quote.speaker() {
                self.span(speaker);
            }
            if let Some(entity) = quote.speaker_entity() {
                self.id("entity", b'e', entity.index());
            }
            if quote.is_anonymous() {
                self.json.key("anonymous");
                self.json.raw("true");
            }
            self.json.close();
        }
        if let Some(parent) = quote.parent() {
            self.id("parent", b'q', parent.index());
        }
        self.ids("entities", b'e', quote.entities().map(|id| id.index()));
        self.ids("figures", b'f', quote.figures().map(|id| id.index()));
        self.confidence(quote.confidence());
        self.provenance(quote.rule());
        self.json.close();
    }

    fn ids(&mut self, key: &str, letter: u8, ids: impl Iterator<Item = usize>) {
        self.json.key(key);
        self.json.open_array();
        for id in ids {
            self.json.next();
            self.json.id(letter, id);
        }
        self.json.close_array();
    }

    fn figures(&mut self) {
        self.json.key("figures");
        self.json.open_array();
        for figure in self.doc.figures() {
            self.json.next();
            self.figure(figure);
        }
        self.json.close_array();
    }

    fn figure(&mut self, figure: Figure<'_>) {
        self.json.open();
        self.id("id", b'f', figure.id().index());
        self.text("kind", figure.kind().as_str());
        self.span(figure.span());
        if let Some(value) = figure.value() {
            self.json.key("value");
            self.value(value);
        }
        if figure.is_relative() {
            self.json.key("relative");
            self.json.raw("true");
        }
        let (code, name) = (figure.unit_code(), figure.unit_name());
        if !(code.is_empty() && name.is_empty()) {
            self.json.key("unit");
            self.json.open();
            for (key, value) in [("code", code), ("name", name)] {
                if !value.is_empty() {
                    self.text(key, value);
                }
            }
            self.json.close();
        }
        if let Some(si) = figure.si() {
            self.json.key("si");
            self.json.open();
            for (key, end) in match si.high {
                Some(high) => [("min", Some(si.low)), ("max", Some(high))],
                None => [("value", Some(si.low)), ("", None)],
            } {
                if let Some(end) = end {
                    self.json.key(key);
                    self.json.display(end);
                }
            }
            self.text("unit", si.unit);
            self.json.close();
        }
        if let Some((part, whole)) = figure.part_of_whole() {
            for (key, number) in [("part", part), ("whole", whole)] {
                self.json.key(key);
                self.json.display(number);
            }
        }
        if let Some(bound) = figure.bound() {
            self.text("bound", bound.as_str());
        }
        if let Some(measure) = figure.measure() {
            self.json.key("measure");
            self.json.open();
            self.span(measure);
            if let Some(entity) = figure.measure_entity() {
                self.id("entity", b'e', entity.index());
            }
            self.json.close();
        }
        if let Some(period) = figure.period() {
            self.id("period", b'f', period.index());
        }
        if let Some(change) = figure.change() {
            self.change(change);
        }
        if let Some(quote) = figure.quote() {
            self.id("quote", b'q', quote.index());
        }
        self.confidence(figure.confidence());
        self.provenance(figure.rule());
        self.json.close();
    }

    fn value(&mut self, value: Value<'_>) {
        match value {
            Value::Number(number) => self.json.display(number),
            Value::Iso(iso) => self.json.string(iso),
            Value::Range(min, max) => {
                self.json.open();
                for (key, end) in [("min", min), ("max", max)] {
                    if let Some(end) = end {
                        self.json.key(key);
                        self.json.display(end);
                    }
                }
                self.json.close();
            }
            Value::Interval(from, to) => {
                self.json.open();
                for (key, end) in [("from", from), ("to", to)] {
                    if let Some(end) = end {
                        self.text(key, end);
                    }
                }
                self.json.close();
            }
        }
    }

    fn change(&mut self, change: Change) {
        self.json.key("change");
        self.json.open();
        if let Some(direction) = change.direction {
            self.text("direction", direction.as_str());
        }
        if let Some(amount) = change.amount {
            self.json.key("amount");
            self.json.display(amount);
        }
        if let Some(of) = change.of {
            self.id("of", b'f', of.index());
        }
        if change.baseline_period.is_some() || change.baseline_value.is_some() {
            self.json.key("baseline");
            self.json.open();
            if let Some(period) = change.baseline_period {
                self.id("period", b'f', period.index());
            }
            if let Some(value) = change.baseline_value {
                self.json.key("value");
                self.json.display(value);
            }
            self.json.close();
        }
        if change.contradicts {
            self.json.key("contradicts");
            self.json.raw("true");
        }
        self.json.close();
    }

    fn polarity(&mut self, polarity: Polarity) {
        self.json.key("polarity");
        self.json.score(polarity.score);
        self.text("label", polarity.label.as_str());
    }

    fn sentiment(&mut self) {
        let sentiment = self.doc.sentiment();
        self.json.key("sentiment");
        self.json.open();
        if let (Some(document), Some(narrator)) = (sentiment.document(), sentiment.narrator()) {
            for (key, polarity) in [("document", document), ("narrator", narrator)] {
                self.json.key(key);
                self.json.open();
                self.polarity(polarity);
                self.confidence(polarity.confidence);
                if key == "document" {
                    self.provenance(sentiment.rule());
                }
                self.json.close();
            }
        }
        self.json.key("sentences");
        self.json.open_array();
        for sentence in sentiment.sentences() {
            self.json.next();
            self.json.open();
            self.span(sentence.span);
            self.polarity(sentence.polarity);
            self.json.close();
        }
        self.json.close_array();
        self.json.key("targets");
        self.json.open_array();
        for target in sentiment.targets() {
            self.json.next();
            self.json.open();
            self.span(target.span());
            if let Some(entity) = target.entity() {
                self.id("entity", b'e', entity.index());
            }
            self.polarity(target.polarity());
            self.confidence(target.polarity().confidence);
            self.spans("evidence", target.evidence());
            self.provenance(target.rule());
            self.json.close();
        }
        self.json.close_array();
        self.json.key("stances");
        self.json.open_array();
        for stance in sentiment.stances() {
            self.json.next();
            self.json.open();
            self.id("holder", b'e', stance.holder().index());
            self.id("target", b'e', stance.target().index());
            if let Some(quote) = stance.quote() {
                self.id("quote", b'q', quote.index());
            }
            self.polarity(stance.polarity());
            self.confidence(stance.polarity().confidence);
            self.spans("evidence", stance.evidence());
            self.provenance(stance.rule());
            self.json.close();
        }
        self.json.close_array();
        self.json.close();
    }

    fn custom(&mut self, name: &str) {
        self.json.any_key(name);
        self.json.open_array();
        for custom in self.doc.customs().filter(|custom| custom.layer() == name) {
            self.json.next();
            self.json.open();
            self.span(custom.span());
            self.json.key("value");
            self.json.raw(custom.payload());
            self.confidence(custom.confidence());
            self.provenance(custom.rule());
            self.json.close();
        }
        self.json.close_array();
    }
}
