//! An article as text: each paragraph with its quotes and figures below it; at the end the
//! entities and the sentiment.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use copydesk_core::layers::{
    Claim, Claimant, Custom, EntityId, EntityKind, Figure, FigureId, Label, Polarity, Quote, Stance, Value,
};
use copydesk_core::{DocumentView, Span, layer};

use super::paint::{Layer, paint};
use crate::message::visible;

/// The article as text, coloured or plain, with the wanted layers (`None`: all). A separate title is printed above it.
pub(super) fn render(
    doc: &DocumentView<'_>,
    title: Option<&DocumentView<'_>>,
    wanted: Option<&[String]>,
    colour: bool,
) -> String {
    let mut out = String::new();
    if let Some(title) = title {
        let mut page = Page { doc: title, wanted, colour, out };
        page.article();
        out = page.out;
    }
    let mut page = Page { doc, wanted, colour, out };
    page.article();
    page.entities();
    page.tone();
    page.legend();
    page.out
}

/// The legend: a word for each colour.
const LEGEND: [(&str, &str, Layer); 7] = [
    ("person", layer::ENTITIES, Layer::Entity(EntityKind::Person)),
    ("organization", layer::ENTITIES, Layer::Entity(EntityKind::Organization)),
    ("place", layer::ENTITIES, Layer::Entity(EntityKind::Location)),
    ("group", layer::ENTITIES, Layer::Entity(EntityKind::Group)),
    ("quote", layer::QUOTES, Layer::Quote),
    ("cue", layer::QUOTES, Layer::Cue),
    ("figure", layer::FIGURES, Layer::Figure),
];

struct Page<'d> {
    doc: &'d DocumentView<'d>,
    /// The layers that are shown; `None` for all.
    wanted: Option<&'d [String]>,
    colour: bool,
    out: String,
}

impl Page<'_> {
    fn article(&mut self) {
        let doc = self.doc;
        let layers = self.layers();
        for paragraph in doc.paragraphs() {
            let span = paragraph.span();
            if self.colour {
                paint(doc.text(), span, &layers, &mut self.out);
            } else {
                self.out.push_str(&visible(doc.slice(span)));
            }
            self.out.push('\n');
            if self.shows(layer::QUOTES) {
                doc.quotes()
                    .filter(|quote| starts_in(quote.span(), span))
                    .for_each(|quote| self.quote(quote));
            }
            if self.shows(layer::FIGURES) {
                doc.figures()
                    .filter(|figure| starts_in(figure.span(), span))
                    .for_each(|figure| self.figure(figure));
            }
            if self.shows(layer::CLAIMS) {
                doc.claims()
                    .filter(|claim| starts_in(claim.span(), span))
                    .for_each(|claim| self.claim(claim));
            }
            for custom in doc.customs().filter(|custom| starts_in(custom.span(), span)) {
                self.custom(custom);
            }
            self.out.push('\n');
        }
    }

    /// Whether a layer is shown.
    fn shows(&self, name: &str) -> bool {
        self.wanted.is_none_or(|wanted| wanted.iter().any(|wanted| wanted == name))
    }

    /// All styled spans; those on top are last.
    fn layers(&self) -> Vec<(Span, Layer)> {
        let doc = self.doc;
        let mut layers: Vec<(Span, Layer)> = Vec::new();
        if self.shows(layer::QUOTES) {
            layers.extend(doc.quotes().map(|quote| (quote.span(), Layer::Quote)));
        }
        if self.shows(layer::ENTITIES) {
            layers.extend(doc.mentions().filter_map(|mention| {
                doc.entity(mention.entity).map(|entity| (mention.span, Layer::Entity(entity.kind())))
            }));
        }
        if self.shows(layer::FIGURES) {
            layers.extend(doc.figures().map(|figure| (figure.span(), Layer::Figure)));
        }
        if self.shows(layer::QUOTES) {
            layers.extend(doc.quotes().filter_map(|quote| quote.cue()).map(|cue| (cue.span, Layer::Cue)));
        }
        layers
    }

    /// An annotation of a custom layer: its words and its value.
    fn custom(&mut self, custom: Custom<'_>) {
        const MAX_LENGTH: usize = 60;
        if !self.shows(custom.layer()) {
            return;
        }
        let words = self.doc.slice(custom.span());
        let mut shown: String = words.chars().take(MAX_LENGTH).collect();
        if shown.len() < words.len() {
            shown.push('…');
        }
        let value = match custom.payload() {
            "null" | "true" => String::new(),
            payload => format!(": {payload}"),
        };
        self.note(custom.layer(), AnsiColor::Cyan, &format!("{shown}{value}"));
    }

    fn quote(&mut self, quote: Quote<'_>) {
        let doc = self.doc;
        let named = quote.speaker_entity().and_then(|id| doc.entity(id)).map(|entity| entity.name());
        let written = quote.speaker().map(|span| doc.slice(span));
        let speaker = match (written, named) {
            (Some(written), Some(name)) if written != name => format!("{written} = {name}"),
            (Some(one), _) | (None, Some(one)) => one.to_owned(),
            (None, None) => "unnamed speaker".to_owned(),
        };
        let cue = quote.cue().map(|cue| format!(" ({})", cue.lemma)).unwrap_or_default();
        let content: Vec<&str> = quote.content().iter().map(|span| doc.slice(*span)).collect();
        self.note(
            "quote",
            AnsiColor::Magenta,
            &format!("{speaker}{cue}, {}: {}", quote.kind(), content.join(" … ")),
        );
    }

    fn figure(&mut self, figure: Figure<'_>) {
        let doc = self.doc;
        let mut text = format!("{} = {}", doc.slice(figure.span()), value(figure));
        if let Some(bound) = figure.bound() {
            let _ = write!(text, " ({})", bound.as_str().replace('_', " "));
        }
        if let Some(measure) = figure.measure() {
            let _ = write!(text, ", of: {}", doc.slice(measure));
        }
        if let Some(period) = figure.period().and_then(|id| doc.figure(id)) {
            let _ = write!(text, ", in: {}", doc.slice(period.span()));
        }
        if let Some(change) = figure.change() {
            let direction = change.direction.map_or("changed", |direction| direction.as_str());
            let _ = write!(text, ", {direction}");
            if let Some(baseline) = change.baseline.period.and_then(|id| doc.figure(id)) {
                let _ = write!(text, " from {}", doc.slice(baseline.span()));
            }
            if let Some(baseline) = change.baseline.value {
                let _ = write!(text, " (then {baseline})");
            }
            if change.contradicts {
                text.push_str(", but the figures contradict each other");
            }
        }
        self.note("figure", AnsiColor::Yellow, &text);
    }

    fn claim(&mut self, claim: Claim<'_>) {
        let doc = self.doc;
        let name = |id: EntityId| doc.entity(id).map_or("", |entity| entity.name());
        let quote = claim.quote().and_then(|id| doc.quote(id));
        let written = quote.and_then(|quote| quote.speaker()).map(|span| doc.slice(span));
        let mut text = match claim.claimant() {
            Claimant::Narrator => "narrator".to_owned(),
            Claimant::Entity(entity) => name(entity).to_owned(),
            Claimant::Other => written.unwrap_or("unnamed speaker").to_owned(),
        };
        if claim.stance() != Stance::Neutral {
            let _ = write!(text, " ({})", claim.stance());
        }
        let _ = write!(text, ", worth {:.2}: ", claim.worth());
        let words =
            |id: Option<FigureId>| id.and_then(|id| doc.figure(id)).map(|figure| doc.slice(figure.span()));
        match claim.measure() {
            Some(measure) => text.push_str(doc.slice(measure)),
            None => text.push_str(doc.slice(claim.span())),
        }
        let figures: Vec<&str> = claim.figures().filter_map(|id| words(Some(id))).collect();
        if !figures.is_empty() {
            let _ = write!(text, " = {}", figures.join(", "));
        }
        let parts = [("change", claim.change()), ("from", claim.baseline()), ("in", claim.period())];
        for (label, figure) in parts {
            if let Some(figure) = words(figure) {
                let _ = write!(text, ", {label}: {figure}");
            }
        }
        let about: Vec<&str> = claim.about().map(name).collect();
        if !about.is_empty() {
            let _ = write!(text, ", about: {}", about.join(", "));
        }
        for (word, set) in
            [("negated", claim.is_negated()), ("modal", claim.is_modal()), ("forecast", claim.is_forecast())]
        {
            if set {
                let _ = write!(text, ", {word}");
            }
        }
        if let Some(other) = claim.contradicts() {
            let _ = write!(text, ", contradicts claim {}", other.index() + 1);
        }
        self.note("claim", AnsiColor::Green, &text);
    }

    /// A line under a paragraph.
    fn note(&mut self, label: &str, colour: AnsiColor, text: &str) {
        // A note is one line even if the quoted text has several.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let style = if self.colour { Style::new().fg_color(Some(colour.into())) } else { Style::new() };
        let _ = writeln!(self.out, "  {style}{label:7}{style:#} {}", visible(&text));
    }

    fn entities(&mut self) {
        let doc = self.doc;
        if !self.shows(layer::ENTITIES) {
            return;
        }
        if doc.entities().len() > 0 {
            self.out.push_str("Entities\n");
        }
        let tones: Vec<(EntityId, Polarity)> = doc
            .sentiment()
            .entities()
            .filter(|tone| self.shows(layer::SENTIMENT) && tone.polarity.label != Label::Neutral)
            .map(|tone| (tone.entity, tone.polarity))
            .collect();
        for entity in doc.entities() {
            let links: Vec<String> = entity.links().map(|(scheme, id)| format!("{scheme}:{id}")).collect();
            let count = entity.mentions().len();
            let tone = tones.iter().find(|(id, _)| *id == entity.id());
            let tone = tone.map_or_else(String::new, |(_, polarity)| format!(", {}", shown(*polarity)));
            let text = format!(
                "{} ({}) {count} {}{tone} {}",
                entity.name(),
                entity.kind(),
                if count == 1 { "mention" } else { "mentions" },
                links.join(" ")
            );
            let style =
                if self.colour { Layer::Entity(entity.kind()).style(Style::new()) } else { Style::new() };
            let _ = writeln!(self.out, "  {style}{}{style:#}", visible(text.trim_end()));
        }
    }

    /// The meaning of the colours, if any are used.
    fn legend(&mut self) {
        if !self.colour {
            return;
        }
        let shown = LEGEND.iter().filter(|(_, layer, _)| self.shows(layer));
        let words = shown.map(|(word, _, layer)| {
            let style = layer.style(Style::new());
            format!("{style}{word}{style:#}")
        });
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            let _ = writeln!(self.out, "\nColours: {}", words.join(", "));
        }
    }

    fn tone(&mut self) {
        if !self.shows(layer::SENTIMENT) {
            return;
        }
        let doc = self.doc;
        let sentiment = doc.sentiment();
        if let (Some(document), Some(narrator)) = (sentiment.document(), sentiment.narrator()) {
            let _ = writeln!(self.out, "Tone: {}; narrator: {}", shown(document), shown(narrator));
        }
        for stance in sentiment.stances() {
            let name = |party: Option<EntityId>| {
                party.map_or("narrator", |id| doc.entity(id).map_or("", |entity| entity.name()))
            };
            let (holder, target) = (name(stance.holder()), name(stance.target()));
            let stance = format!("{holder} -> {target}: {}", shown(stance.polarity()));
            let _ = writeln!(self.out, "  {}", visible(&stance));
        }
    }
}

fn starts_in(span: Span, paragraph: Span) -> bool {
    paragraph.start() <= span.start() && span.start() < paragraph.end()
}

fn shown(polarity: Polarity) -> String {
    format!("{} {:+.2}", polarity.label, polarity.score)
}

fn value(figure: Figure<'_>) -> String {
    let number = match figure.value() {
        None => "?".to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Iso(iso)) => iso.to_owned(),
        Some(Value::Range(low, high)) => {
            let end =
                |end: Option<copydesk_core::Decimal>| end.map(|end| end.to_string()).unwrap_or_default();
            format!("{}..{}", end(low), end(high))
        }
        Some(Value::Interval(from, to)) => format!("{}..{}", from.unwrap_or(""), to.unwrap_or("")),
    };
    let unit = figure.unit_label();
    let relative = if figure.is_relative() { " (relative: set the article's date with --date)" } else { "" };
    format!("{number} {unit}").trim_end().to_owned() + relative
}
