//! A text with its annotations.

use copydesk_core::layers::Label;
use copydesk_core::{Source, Span};
use serde_json::Value;

use crate::offsets::Offsets;
use crate::{GoldAttribution, GoldCluster, GoldMention, GoldOpinion, LetterCase};

/// A text with its annotations, offsets in bytes.
#[derive(Clone, Debug, Default)]
pub struct GoldDocument {
    /// The id.
    pub id: String,
    /// The text.
    pub text: String,
    /// The headline.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
    /// The target whose polarity is annotated.
    pub target: Vec<Span>,
    /// The annotations as they were read.
    line: Value,
    offsets: Offsets,
}

impl GoldDocument {
    /// The document of an object with the fields described at the crate's root; `None` if it has no `text`.
    pub fn new(line: Value) -> Option<Self> {
        let string = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let text = string(line.get("text"))?;
        let offsets = Offsets::of(&text);
        let reference = line.pointer("/context/ReferenceDateTime");
        let mut document = Self {
            id: string(line.get("id")).unwrap_or_default(),
            title: string(line.get("title")),
            date: string(line.get("date")).or_else(|| string(reference)).or_else(|| scripted(&line)),
            text,
            target: Vec::new(),
            offsets,
            line: Value::Null,
        };
        document.target.extend(line.get("target").and_then(|target| document.span(target)));
        document.line = line;
        Some(document)
    }

    /// The names of entities that are annotated, each with its label.
    pub fn names(&self) -> impl Iterator<Item = (Span, &str)> {
        self.list("entities")
            .iter()
            .filter_map(|entity| Some((self.span(entity)?, entity.get("label").and_then(Value::as_str)?)))
    }

    /// The text with its title, date and targets, for `Document::new`.
    pub fn source(&self) -> Source<'_> {
        Source {
            id: &self.id,
            text: &self.text,
            title: self.title.as_deref(),
            date: self.date.as_deref(),
            targets: self.target.as_slice(),
        }
    }

    /// The same document in another letter case. Offsets remain valid.
    #[must_use]
    pub fn written(mut self, case: LetterCase) -> Self {
        for text in [Some(&mut self.text), self.title.as_mut()].into_iter().flatten() {
            let plain = std::mem::take(text);
            case.write(&plain, text);
        }
        self
    }

    /// The annotated polarity: towards the target, or of the whole.
    pub fn label(&self) -> Option<Label> {
        Label::from_word(&self.line.get("label")?.as_str()?.to_lowercase())
    }

    /// The annotated polarity of the whole as a number, on whatever scale.
    pub fn score(&self) -> Option<f64> {
        self.line.get("score")?.as_f64()
    }

    /// The annotated attributions.
    pub fn attributions(&self) -> impl Iterator<Item = GoldAttribution> + '_ {
        self.list("quotes").iter().map(|quote| GoldAttribution {
            source: self.spans(quote.get("source")),
            cue: self.spans(quote.get("cue")),
            content: self.spans(quote.get("content")),
        })
    }

    /// The annotated pronoun and the candidate that it refers to.
    pub fn choice(&self) -> Option<(Span, Span)> {
        let right = |candidate: &&Value| candidate.get("same").and_then(Value::as_bool) == Some(true);
        let pronoun = self.span(self.line.get("pronoun")?)?;
        Some((pronoun, self.span(self.list("candidates").iter().find(right)?)?))
    }

    /// Two marked mentions, and the opinion that one holds of the other.
    pub fn opinion(&self) -> Option<([Span; 2], GoldOpinion)> {
        let spans = [self.span(self.line.get("p")?)?, self.span(self.line.get("q")?)?];
        let label = self.label().filter(|label| *label != Label::Neutral);
        let opinion = match (self.line.get("direction")?.as_str()?, label) {
            ("pq", Some(label)) => GoldOpinion::OfSecond(label),
            ("qp", Some(label)) => GoldOpinion::OfFirst(label),
            _ => GoldOpinion::None,
        };
        Some((spans, opinion))
    }

    /// Whether clusters of mentions are annotated, even if there are none in this text.
    pub fn has_clusters(&self) -> bool {
        self.line.get("clusters").is_some()
    }

    /// The annotated clusters of mentions.
    pub fn clusters(&self) -> impl Iterator<Item = GoldCluster> + '_ {
        let mention = |value: &Value| {
            let span = self.span(value)?;
            let head = value.get("head").and_then(|head| self.span(head)).unwrap_or(span);
            Some(GoldMention { span, head, form: value.get("form")?.as_str()?.to_owned() })
        };
        let mentions =
            |cluster: &Value| cluster.get("mentions").and_then(Value::as_array).cloned().unwrap_or_default();
        self.list("clusters").iter().map(move |cluster| GoldCluster {
            mentions: mentions(cluster).iter().filter_map(mention).collect(),
        })
    }

    /// A field of the annotations, for what has no method of its own.
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.line.get(name)
    }

    /// The elements of a field that is a list; empty if the field is absent or is not a list.
    pub fn list(&self, name: &str) -> &[Value] {
        self.line.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// A `{"start", "end"}` or `[start, end]` of the annotations, in code points, as a span of the text; none where it is not
    /// within the text.
    pub fn span(&self, value: &Value) -> Option<Span> {
        let (start, end) = match value {
            Value::Array(pair) => (pair.first()?, pair.get(1)?),
            value => (value.get("start")?, value.get("end")?),
        };
        let byte = |offset: &Value| self.offsets.to_byte(&self.text, offset.as_u64()?);
        Span::checked(&self.text, byte(start)?, byte(end)?)
    }

    /// A list of such spans. Those that are not within the text are left out.
    pub fn spans(&self, value: Option<&Value>) -> Vec<Span> {
        let list = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|span| self.span(span)).collect()
    }
}

/// The day of a reference written as a script's arguments, months from zero: "2020, 7 - 1, 6".
fn scripted(line: &Value) -> Option<String> {
    let mut parts = line.pointer("/context/ref_js")?.as_str()?.split(',').map(|part| {
        let mut terms = part.split('-').map(|term| term.trim().parse::<i32>().ok());
        let first = terms.next()??;
        terms.try_fold(first, |sum, term| Some(sum - term?))
    });
    let (year, month, day) = (parts.next()??, parts.next()?? + 1, parts.next()??);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}
