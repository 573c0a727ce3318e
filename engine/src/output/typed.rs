//! Converts a document to a typed line directly: the same as writing its line with standard detail and parsing that.
//!
//! Tables are filled from it. The tests of `run` compare both, so that the lines that are written and the lines that tables are filled
//! from stay identical.

use std::borrow::Cow;
use std::sync::LazyLock;

use copydesk_core::layers::{self, EntityId, Polarity};
use copydesk_core::{DocumentView, Span, layer};

use super::document::HeadlineView;
use super::head::{Head, is_own};
use super::json::{JsonWriter, write_integer};
use super::line::Article;
use super::offsets::{OffsetMap, OffsetUnit};
use super::parsed::{
    Baseline, Change, Claim, Cue, Custom, Entity, EntityTone, Entries, Figure, Json, LineWarning, Measure,
    Mention, ParsedLayers, ParsedLine, Part, Per, Quote, SentenceTone, Sentiment, Si, Speaker, Stance,
    Target, Tone, Unit, Value, Words,
};

/// Converts documents to typed lines.
pub struct LineMaker {
    offsets: OffsetMap,
    unit: OffsetUnit,
    layers: Vec<(String, String)>,
}

impl LineMaker {
    /// For documents processed by these stages: (layer, stage that provides it).
    pub fn new(unit: OffsetUnit, layers: Vec<(String, String)>) -> Self {
        Self { offsets: OffsetMap::new(unit), unit, layers }
    }

    /// The line of a document, without `stages`; a document that was not analysed has no `doc`.
    pub fn line<'l>(
        &mut self,
        head: &Head<'l>,
        doc: Option<&'l DocumentView<'l>>,
        headline: Option<&'l HeadlineView<'l>>,
    ) -> ParsedLine<'l> {
        let warning =
            |code: &'static str, message: &'l str| LineWarning { code: words(code), message: words(message) };
        let field =
            |(name, value): &(Cow<'l, str>, &'l str)| (Words(name.clone()), Json(Cow::Borrowed(*value)));
        let others = head.fields.iter().filter(|(name, _)| !is_own(name)).map(field).collect();
        ParsedLine {
            id: words(head.id),
            title: head.title.map(words),
            date: head.date.map(words),
            language: head.language.map(words),
            text: words(head.text),
            offset_unit: self.unit,
            stages: None,
            duplicate_of: None,
            duplicate_cluster: None,
            warnings: head
                .warnings
                .iter()
                .map(|odd| warning(odd.kind.code(), odd.message.as_str()))
                .collect(),
            input: head.own_fields().map(|json| Json(Cow::Owned(json))),
            layers: doc.map_or_else(ParsedLayers::default, |doc| self.layers(doc, None)),
            headline: doc.zip(headline).map(|(doc, headline)| {
                self.layers(&headline.doc, Some(&Article { doc, same: headline.same }))
            }),
            others,
        }
    }

    fn layers<'l>(&mut self, doc: &'l DocumentView<'l>, article: Option<&Article<'_>>) -> ParsedLayers<'l> {
        self.offsets.load(doc.text());
        let mut found = ParsedLayers::default();
        let mut customs = Vec::new();
        for (name, stage) in &self.layers {
            let maker = Maker { doc, offsets: &self.offsets, article, stage };
            match name.as_str() {
                layer::ENTITIES => found.entities = Some(maker.entities()),
                layer::QUOTES => found.quotes = Some(maker.quotes()),
                layer::FIGURES => found.figures = Some(maker.figures()),
                layer::SENTIMENT => found.sentiment = Some(maker.sentiment()),
                layer::CLAIMS => found.claims = Some(maker.claims()),
                _ => customs.push((Words(Cow::Owned(name.clone())), maker.customs(name))),
            }
        }
        if !customs.is_empty() {
            found.layers = Some(Entries(customs));
        }
        found
    }
}

/// Makes the layers of one text.
struct Maker<'m, 'l> {
    doc: &'l DocumentView<'l>,
    offsets: &'m OffsetMap,
    article: Option<&'m Article<'m>>,
    stage: &'m str,
}

fn words(text: &str) -> Words<'_> {
    Words(Cow::Borrowed(text))
}

/// The first ids of entities, quotes, figures and claims: a line has hundreds, nearly all of which are among these.
static FIRST_IDS: LazyLock<[Vec<String>; 4]> = LazyLock::new(|| {
    ['e', 'q', 'f', 'c'].map(|letter| (1..=200).map(|id| format!("{letter}{id}")).collect())
});

/// The id of an annotation: "e1", "he1".
fn id(prefix: &str, letter: char, index: usize) -> Words<'static> {
    let place = match letter {
        'e' => 0,
        'q' => 1,
        'f' => 2,
        _ => 3,
    };
    if let Some(id) = FIRST_IDS[place].get(index).filter(|id| prefix.is_empty() && id.starts_with(letter)) {
        return words(id);
    }
    let mut bytes = Vec::with_capacity(8);
    bytes.extend_from_slice(prefix.as_bytes());
    bytes.push(letter as u8);
    write_integer(&mut bytes, index as i64 + 1);
    Words(Cow::Owned(String::from_utf8(bytes).unwrap_or_default()))
}

/// A score rounded to four decimals, as it is written.
fn score(score: f32) -> f64 {
    // The quotient of two integers is the double nearest to the decimal.
    let scaled = (f64::from(score) * 10_000.0).round() / 10_000.0;
    if scaled == 0.0 { 0.0 } else { scaled }
}

fn number(decimal: copydesk_core::Decimal) -> f64 {
    // Parsed from its digits: scaling it would round twice.
    decimal.to_string().parse().unwrap_or(f64::NAN)
}

fn object(write: impl FnOnce(&mut JsonWriter<'_>)) -> Json<'static> {
    let mut bytes = Vec::new();
    let mut json = JsonWriter::new(&mut bytes);
    json.open();
    write(&mut json);
    json.close();
    drop(json);
    Json(Cow::Owned(String::from_utf8(bytes).unwrap_or_default()))
}

impl<'l> Maker<'_, 'l> {
    fn slice(&self, span: Span) -> &'l str {
        self.doc.text().get(span.range()).unwrap_or_default()
    }

    fn ends(&self, span: Span) -> (u64, u64) {
        let of = |byte| u64::from(self.offsets.of(byte));
        (of(span.start()), of(span.end()))
    }

    fn parts(&self, spans: &[Span]) -> Vec<Part<'l>> {
        let part = |span: &Span| {
            let (start, end) = self.ends(*span);
            Part { start, end, text: None }
        };
        spans.iter().map(part).collect()
    }

    fn id(&self, letter: char, index: usize) -> Words<'l> {
        id(if self.article.is_some() { "h" } else { "" }, letter, index)
    }

    fn same(&self, index: usize) -> Option<EntityId> {
        self.article?.same.get(index).copied().flatten()
    }

    /// The id of an entity: the one in the article if the entity is there too.
    fn entity_id(&self, entity: EntityId) -> Words<'l> {
        match self.same(entity.index()) {
            Some(same) => id("", 'e', same.index()),
            None => self.id('e', entity.index()),
        }
    }

    fn name(&self, entity: EntityId) -> Option<Words<'l>> {
        let entity = match (self.article, self.same(entity.index())) {
            (Some(article), Some(same)) => article.doc.entity(same),
            _ => self.doc.entity(entity),
        };
        entity.map(|entity| Words(Cow::Owned(entity.name().to_owned())))
    }

    fn rule(&self, rule: &str) -> Option<Words<'l>> {
        Some(Words(Cow::Owned([self.stage, "/", rule].concat())))
    }

    fn entities(&self) -> Vec<Entity<'l>> {
        self.doc.entities().map(|entity| self.entity(entity)).collect()
    }

    fn entity(&self, entity: layers::Entity<'l>) -> Entity<'l> {
        let index = entity.id().index();
        let mention = |mention: layers::Mention| {
            let (start, end) = self.ends(mention.span);
            Mention { start, end, text: None, form: Some(words(mention.form.as_str())) }
        };
        let links = |json: &mut JsonWriter<'_>| {
            for (scheme, id) in entity.links() {
                json.any_key(scheme);
                json.string(id);
            }
        };
        let attributes = |json: &mut JsonWriter<'_>| {
            for (name, value, target) in entity.attributes() {
                json.any_key(name);
                match target {
                    Some(target) => json.string(&self.entity_id(target)),
                    None => json.string(value),
                }
            }
        };
        Entity {
            id: self.id('e', index),
            entity: self.same(index).map(|same| id("", 'e', same.index())),
            kind: words(entity.kind().as_str()),
            name: words(entity.name()),
            links: (entity.links().len() > 0).then(|| object(links)),
            attributes: (entity.attributes().len() > 0).then(|| object(attributes)),
            salience: entity.salience().map(score),
            confidence: Some(score(entity.confidence())),
            rule: self.rule(entity.rule()),
            global_id: None,
            global_evidence: None,
            mentions: entity.mentions().map(mention).collect(),
        }
    }

    fn quotes(&self) -> Vec<Quote<'l>> {
        self.doc.quotes().map(|quote| self.quote(quote)).collect()
    }

    fn quote(&self, quote: layers::Quote<'l>) -> Quote<'l> {
        let (start, end) = self.ends(quote.span());
        let text = match quote.content() {
            [one] => Cow::Borrowed(self.slice(*one)),
            several => {
                let parts: Vec<&str> = several.iter().map(|span| self.slice(*span)).collect();
                Cow::Owned(parts.join(" "))
            }
        };
        Quote {
            id: self.id('q', quote.id().index()),
            kind: words(quote.kind().as_str()),
            start,
            end,
            text: Words(text),
            content: self.parts(quote.content()),
            cue: quote.cue().map(|cue| self.cue(cue)),
            speaker: self.speaker(quote),
            parent: quote.parent().map(|parent| self.id('q', parent.index())),
            entities: quote.entities().map(|entity| self.entity_id(entity)).collect(),
            figures: quote.figures().map(|figure| self.id('f', figure.index())).collect(),
            confidence: Some(score(quote.confidence())),
            rule: self.rule(quote.rule()),
            quotation: None,
            quotation_match: None,
        }
    }

    fn cue(&self, cue: layers::Cue<'l>) -> Cue<'l> {
        let (start, end) = self.ends(cue.span);
        Cue {
            start,
            end,
            text: None,
            lemma: words(cue.lemma),
            class: Some(words(cue.class.as_str())),
            stance: Some(words(cue.stance.as_str())),
            negated: cue.negated,
            modal: cue.modal,
        }
    }

    fn speaker(&self, quote: layers::Quote<'l>) -> Option<Speaker<'l>> {
        let (span, entity) = (quote.speaker(), quote.speaker_entity());
        let ends = span.map(|span| self.ends(span));
        (span.is_some() || entity.is_some()).then(|| Speaker {
            start: ends.map(|ends| ends.0),
            end: ends.map(|ends| ends.1),
            text: span.map(|span| words(self.slice(span))),
            entity: entity.map(|entity| self.entity_id(entity)),
            name: entity.and_then(|entity| self.name(entity)),
            of: quote.speaker_of().map(|owner| self.entity_id(owner)),
            of_name: None,
            anonymous: quote.is_anonymous(),
        })
    }

    fn figures(&self) -> Vec<Figure<'l>> {
        self.doc.figures().map(|figure| self.figure(figure)).collect()
    }

    fn figure(&self, figure: layers::Figure<'l>) -> Figure<'l> {
        let (start, end) = self.ends(figure.span());
        let ratio = figure.part_of_whole();
        Figure {
            id: self.id('f', figure.id().index()),
            kind: words(figure.kind().as_str()),
            start,
            end,
            text: words(self.slice(figure.span())),
            value: figure.value().map(value),
            relative: figure.is_relative(),
            unit: unit(figure),
            si: figure.si().map(si),
            part: ratio.map(|(part, _)| number(part)),
            whole: ratio.map(|(_, whole)| number(whole)),
            bound: figure.bound().map(|bound| words(bound.as_str())),
            measure: figure.measure().map(|span| {
                let (start, end) = self.ends(span);
                let entity = figure.measure_entity().map(|entity| self.entity_id(entity));
                Measure { start, end, text: words(self.slice(span)), entity, name: None }
            }),
            period: figure.period().map(|period| self.id('f', period.index())),
            change: figure.change().map(|change| self.change(change)),
            quote: figure.quote().map(|quote| self.id('q', quote.index())),
            confidence: Some(score(figure.confidence())),
            rule: self.rule(figure.rule()),
        }
    }

    fn change(&self, change: layers::Change) -> Change<'l> {
        let baseline = change.baseline;
        Change {
            direction: change.direction.map(|direction| words(direction.as_str())),
            amount: change.amount.map(number),
            amount_derived: change.amount.is_some() && change.amount_is_derived,
            of: change.of.map(|of| self.id('f', of.index())),
            baseline: (baseline.period.is_some() || baseline.value.is_some()).then(|| Baseline {
                period: baseline.period.map(|period| self.id('f', period.index())),
                value: baseline.value.map(number),
                derived: baseline.value.is_some() && baseline.is_derived,
            }),
            contradicts: change.contradicts,
        }
    }

    fn sentiment(&self) -> Sentiment<'l> {
        let sentiment = self.doc.sentiment();
        let both = sentiment.document().zip(sentiment.narrator());
        let tone = |polarity: Polarity, rule| Tone {
            polarity: score(polarity.score),
            label: words(polarity.label.as_str()),
            confidence: Some(score(polarity.confidence)),
            rule,
        };
        Sentiment {
            document: both.map(|(document, _)| tone(document, self.rule(sentiment.rule()))),
            narrator: both.map(|(_, narrator)| tone(narrator, None)),
            sentences: sentiment.sentences().map(|sentence| self.sentence(sentence)).collect(),
            targets: sentiment.targets().map(|target| self.target(target)).collect(),
            entities: sentiment.entities().map(|towards| self.entity_tone(towards)).collect(),
            stances: sentiment.stances().map(|stance| self.stance(stance)).collect(),
        }
    }

    fn sentence(&self, sentence: layers::SentencePolarity) -> SentenceTone<'l> {
        let (start, end) = self.ends(sentence.span);
        let polarity = sentence.polarity;
        SentenceTone {
            start,
            end,
            text: None,
            polarity: score(polarity.score),
            label: words(polarity.label.as_str()),
        }
    }

    fn target(&self, target: layers::Target<'l>) -> Target<'l> {
        let (start, end) = self.ends(target.span());
        let polarity = target.polarity();
        Target {
            start,
            end,
            text: None,
            entity: target.entity().map(|entity| self.entity_id(entity)),
            name: None,
            polarity: score(polarity.score),
            label: words(polarity.label.as_str()),
            confidence: Some(score(polarity.confidence)),
            evidence: self.parts(target.evidence()),
            rule: self.rule(target.rule()),
        }
    }

    fn entity_tone(&self, towards: layers::EntityPolarity<'l>) -> EntityTone<'l> {
        EntityTone {
            entity: self.entity_id(towards.entity),
            name: None,
            polarity: score(towards.polarity.score),
            label: words(towards.polarity.label.as_str()),
            negative: towards.negative.into(),
            positive: towards.positive.into(),
            mentions: towards.mentions.into(),
        }
    }

    fn stance(&self, stance: layers::EntityStance<'l>) -> Stance<'l> {
        let party =
            |entity: Option<EntityId>| entity.map_or(words("narrator"), |entity| self.entity_id(entity));
        let polarity = stance.polarity();
        Stance {
            holder: party(stance.holder()),
            holder_name: None,
            target: party(stance.target()),
            target_name: None,
            quote: stance.quote().map(|quote| self.id('q', quote.index())),
            polarity: score(polarity.score),
            label: words(polarity.label.as_str()),
            confidence: Some(score(polarity.confidence)),
            evidence: self.parts(stance.evidence()),
            rule: self.rule(stance.rule()),
        }
    }

    fn claims(&self) -> Vec<Claim<'l>> {
        self.doc.claims().map(|claim| self.claim(claim)).collect()
    }

    fn claim(&self, claim: layers::Claim<'l>) -> Claim<'l> {
        let (start, end) = self.ends(claim.span());
        let figure = |figure: Option<layers::FigureId>| figure.map(|id| self.id('f', id.index()));
        Claim {
            id: self.id('c', claim.id().index()),
            kind: words(claim.kind().as_str()),
            start,
            end,
            text: words(self.slice(claim.span())),
            speaker: match claim.claimant() {
                layers::Claimant::Narrator => Some(words("narrator")),
                layers::Claimant::Entity(entity) => Some(self.entity_id(entity)),
                layers::Claimant::Other => None,
            },
            speaker_name: None,
            quote: claim.quote().map(|quote| self.id('q', quote.index())),
            stance: words(claim.stance().as_str()),
            about: claim.about().map(|entity| self.entity_id(entity)).collect(),
            measure: claim.measure().map(|measure| words(self.slice(measure))),
            figures: claim.figures().map(|id| self.id('f', id.index())).collect(),
            change: figure(claim.change()),
            baseline: figure(claim.baseline()),
            period: figure(claim.period()),
            contradicts: claim.contradicts().map(|other| self.id('c', other.index())),
            negated: claim.is_negated(),
            modal: claim.is_modal(),
            forecast: claim.is_forecast(),
            worth: score(claim.worth()),
            confidence: Some(score(claim.confidence())),
            rule: self.rule(claim.rule()),
        }
    }

    fn customs(&self, name: &str) -> Vec<Custom<'l>> {
        let customs = self.doc.customs().filter(|custom| custom.layer() == name);
        customs.map(|custom| self.custom(custom)).collect()
    }

    fn custom(&self, custom: layers::Custom<'l>) -> Custom<'l> {
        let (start, end) = self.ends(custom.span());
        // As in a line: spaces for line breaks, and none around the value.
        let payload = custom.payload().trim();
        let value = match payload.contains(['\n', '\r']) {
            true => Cow::Owned(payload.replace(['\n', '\r'], " ")),
            false => Cow::Borrowed(payload),
        };
        Custom {
            start,
            end,
            text: None,
            value: Json(value),
            confidence: Some(score(custom.confidence())),
            rule: self.rule(custom.rule()),
        }
    }
}

fn value(value: layers::Value<'_>) -> Value<'_> {
    match value {
        layers::Value::Number(decimal) => Value::Number(number(decimal)),
        layers::Value::Range(min, max) => Value::Range(min.map(number), max.map(number)),
        layers::Value::Iso(iso) => Value::Iso(words(iso)),
        layers::Value::Interval(from, to) => Value::Interval(from.map(words), to.map(words)),
    }
}

fn unit<'l>(figure: layers::Figure<'l>) -> Option<Unit<'l>> {
    let non_empty = |text: &'l str| (!text.is_empty()).then(|| words(text));
    let per = figure.per();
    if figure.unit().is_none() && per.is_none() {
        return None;
    }
    let unit = figure.unit().unwrap_or_default();
    let label = per.map(|_| figure.unit_label()).filter(|label| !label.is_empty());
    Some(Unit {
        code: non_empty(unit.code),
        name: match per {
            Some(_) => label.map(|label| Words(Cow::Owned(label))),
            None => non_empty(unit.name),
        },
        per: per.map(|per| Per { code: non_empty(per.code), name: non_empty(per.name) }),
    })
}

fn si(si: layers::SiValue<'_>) -> Si<'_> {
    let low = number(si.low);
    let range = si.high.is_some();
    Si {
        value: (!range).then_some(low),
        min: range.then_some(low),
        max: si.high.map(number),
        unit: words(si.unit),
    }
}
