//! Articles from lines of results.

use std::path::PathBuf;

use copydesk_engine::output::ParsedLine;
use copydesk_engine::output::parsed::{self, Value, Words};
use copydesk_engine::{ReadError, each_result};

use crate::model::{
    Article, Claim, Entity, Figure, Mention, NARRATOR, Own, Place, Quote, Stance, Tone, place, said, shown,
};

/// The articles and failures of files of results.
#[derive(Debug, Default)]
pub struct Lines {
    /// The articles, at most as many as requested.
    pub articles: Vec<Article>,
    /// The number of articles in the files.
    pub total: u64,
    /// The place and reason of the first few lines that are not results.
    pub failures: Vec<String>,
    /// The number of lines that are not results.
    pub failed: u64,
}

/// Reads files of lines that copydesk has written, plain or compressed, up to `most` articles.
///
/// # Errors
/// If a file cannot be read. Lines that are not results are listed in `failures`.
pub fn read_lines(files: &[PathBuf], most: usize) -> Result<Lines, ReadError> {
    const SHOWN: usize = 5;
    let mut lines = Lines::default();
    each_result(files, article, |result| {
        match result {
            Ok(article) => {
                lines.total += 1;
                if lines.articles.len() < most {
                    lines.articles.push(article);
                }
            }
            Err(failure) => {
                lines.failed += 1;
                if lines.failures.len() < SHOWN {
                    lines.failures.push(failure);
                }
            }
        }
        Ok(())
    })?;
    Ok(lines)
}

/// Whether a line was written by copydesk.
pub fn is_line(line: &[u8]) -> bool {
    serde_json::from_slice::<ParsedLine<'_>>(line).is_ok()
}

fn owned(words: Option<&Words<'_>>) -> Option<String> {
    words.map(|words| words.to_string())
}

/// The article of a line of results.
pub fn article(line: &ParsedLine<'_>) -> Article {
    let layers = &line.layers;
    let entities = layers.entities.as_deref().unwrap_or_default();
    let figures = layers.figures.as_deref().unwrap_or_default();
    let quotes = layers.quotes.as_deref().unwrap_or_default();
    let claims = layers.claims.as_deref().unwrap_or_default();
    let ids = Ids { entities: entities.len(), figures: figures.len(), claims: claims.len() };
    let sentiment = layers.sentiment.as_ref();
    let towards = |id: &str| sentiment.and_then(|all| all.entities.iter().find(|tone| &*tone.entity == id));
    let field = |name: &str| {
        let found = line.others.iter().find(|(key, _)| &**key == name)?;
        serde_json::from_str::<String>(&found.1.0).ok()
    };
    let mut article = Article {
        id: line.id.to_string(),
        title: owned(line.title.as_ref()),
        date: owned(line.date.as_ref()),
        language: owned(line.language.as_ref()),
        outlet: ["outlet", "source", "publisher"].iter().find_map(|name| field(name)),
        tone: sentiment.and_then(|all| Some(all.document.as_ref()?.label.to_string())),
        text: line.text.to_string(),
        warnings: line.warnings.iter().map(|warning| warning.message.to_string()).collect(),
        entities: entities.iter().map(|one| entity(one, towards(&one.id))).collect(),
        mentions: entities
            .iter()
            .enumerate()
            .flat_map(|(i, entity)| {
                entity.mentions.iter().map(move |mention| Mention { s: mention.start, e: mention.end, i })
            })
            .collect(),
        quotes: quotes.iter().map(|one| quote(one, &ids)).collect(),
        figures: figures.iter().map(|one| figure(one, figures, &ids)).collect(),
        claims: claims.iter().map(|one| claim(one, quotes, &ids)).collect(),
        tones: sentiment.map_or_else(Vec::new, |all| {
            let tone =
                |one: &parsed::SentenceTone<'_>| Tone { s: one.start, e: one.end, l: one.label.to_string() };
            all.sentences.iter().filter(|one| &*one.label != "neutral").map(tone).collect()
        }),
        stances: sentiment.map_or_else(Vec::new, |all| {
            let stance = |one: &parsed::Stance<'_>| {
                Some(Stance { h: ids.entity(&one.holder)?, t: ids.entity(&one.target)?, p: one.polarity })
            };
            all.stances.iter().filter_map(stance).collect()
        }),
        own: layers
            .layers
            .iter()
            .flat_map(|own| &own.0)
            .flat_map(|(layer, items)| items.iter().map(|one| own_of(layer, one)))
            .collect(),
    };
    article.count_in_utf16(line.offset_unit);
    article
}

/// The numbers of annotations; an id beyond them is ignored.
struct Ids {
    entities: usize,
    figures: usize,
    claims: usize,
}

impl Ids {
    fn entity(&self, id: &str) -> Place {
        place(id, 'e', self.entities)
    }

    fn figure(&self, id: Option<&Words<'_>>) -> Place {
        place(id?, 'f', self.figures)
    }
}

fn entity(entity: &parsed::Entity<'_>, tone: Option<&parsed::EntityTone<'_>>) -> Entity {
    let links = |json: &parsed::Json<'_>| {
        let links: std::collections::BTreeMap<String, String> = serde_json::from_str(&json.0).ok()?;
        let links: Vec<String> = links.into_iter().map(|(scheme, id)| format!("{scheme}:{id}")).collect();
        Some(links.join(" "))
    };
    Entity {
        n: entity.name.to_string(),
        k: entity.kind.to_string(),
        g: owned(entity.global_id.as_ref()),
        l: entity.links.as_ref().and_then(links),
        p: tone.map(|tone| tone.polarity),
        t: tone.map(|tone| tone.label.to_string()),
        c: entity.confidence.unwrap_or(1.0),
    }
}

fn speaker_words(quote: &parsed::Quote<'_>) -> Option<String> {
    let speaker = quote.speaker.as_ref()?;
    owned(speaker.name.as_ref().or(speaker.text.as_ref()))
}

fn quote(quote: &parsed::Quote<'_>, ids: &Ids) -> Quote {
    let cue = quote.cue.as_ref();
    Quote {
        s: quote.start,
        e: quote.end,
        k: quote.kind.to_string(),
        t: quote.text.to_string(),
        w: speaker_words(quote),
        i: quote.speaker.as_ref().and_then(|speaker| ids.entity(speaker.entity.as_ref()?)),
        u: cue.map(|cue| cue.lemma.to_string()),
        x: cue.and_then(|cue| owned(cue.stance.as_ref())),
        b: quote.entities.iter().filter_map(|id| ids.entity(id)).collect(),
        c: quote.confidence.unwrap_or(1.0),
    }
}

fn figure(figure: &parsed::Figure<'_>, all: &[parsed::Figure<'_>], ids: &Ids) -> Figure {
    let (value, number) = value(figure);
    let period = ids.figure(figure.period.as_ref()).and_then(|place| all.get(place));
    let change = figure.change.as_ref();
    Figure {
        s: figure.start,
        e: figure.end,
        k: figure.kind.to_string(),
        v: value,
        n: number,
        u: figure.unit.as_ref().and_then(|unit| owned(unit.name.as_ref().or(unit.code.as_ref()))),
        q: owned(figure.bound.as_ref()),
        m: figure.measure.as_ref().map(|measure| measure.text.to_string()),
        mi: figure.measure.as_ref().and_then(|measure| ids.entity(measure.entity.as_ref()?)),
        p: period.map_or_else(|| when(figure), when),
        d: change.and_then(|change| owned(change.direction.as_ref())),
        of: change.and_then(|change| ids.figure(change.of.as_ref())),
        b: change.and_then(|change| change.baseline.as_ref()?.value),
        c: figure.confidence.unwrap_or(1.0),
    }
}

/// Start and end of a date or period.
fn when(figure: &parsed::Figure<'_>) -> Option<[Option<String>; 2]> {
    if figure.relative || !matches!(&*figure.kind, "date" | "period") {
        return None;
    }
    match figure.value.as_ref()? {
        Value::Iso(iso) => Some([Some(iso.to_string()), Some(iso.to_string())]),
        Value::Interval(from, to) => Some([owned(from.as_ref()), owned(to.as_ref())]),
        _ => None,
    }
}

/// The value as text, and as a number if it is one.
fn value(figure: &parsed::Figure<'_>) -> (String, Option<f64>) {
    let end = |end: Option<f64>| end.map_or_else(String::new, shown);
    match figure.value.as_ref() {
        None => (String::new(), None),
        Some(Value::Number(number)) => (shown(*number), Some(*number)),
        Some(Value::Iso(iso)) => (iso.to_string(), None),
        Some(Value::Range(min, max)) => (format!("{} – {}", end(*min), end(*max)), None),
        Some(Value::Interval(from, to)) => {
            let end = |end: &Option<Words<'_>>| owned(end.as_ref()).unwrap_or_else(|| "…".to_owned());
            (format!("{} – {}", end(from), end(to)), None)
        }
    }
}

fn own_of(layer: &str, one: &parsed::Custom<'_>) -> Own {
    Own {
        s: one.start,
        e: one.end,
        n: layer.to_owned(),
        v: said(&one.value.0),
        c: one.confidence.unwrap_or(1.0),
    }
}

fn claim(claim: &parsed::Claim<'_>, quotes: &[parsed::Quote<'_>], ids: &Ids) -> Claim {
    let quote = claim.quote.as_ref().and_then(|id| quotes.get(place(id, 'q', quotes.len())?));
    let speaker = claim.speaker.as_deref();
    let entity = speaker.and_then(|id| ids.entity(id)).and_then(|place| i64::try_from(place).ok());
    Claim {
        s: claim.start,
        e: claim.end,
        w: claim.worth,
        i: if speaker == Some("narrator") { Some(NARRATOR) } else { entity },
        sp: quote.and_then(speaker_words),
        x: claim.stance.to_string(),
        ng: claim.negated,
        md: claim.modal,
        fc: claim.forecast,
        a: claim.about.iter().filter_map(|id| ids.entity(id)).collect(),
        m: owned(claim.measure.as_ref()),
        f: claim.figures.iter().filter_map(|id| ids.figure(Some(id))).collect(),
        ch: ids.figure(claim.change.as_ref()),
        ba: ids.figure(claim.baseline.as_ref()),
        p: ids.figure(claim.period.as_ref()),
        o: claim.contradicts.as_ref().and_then(|id| place(id, 'c', ids.claims)),
        c: claim.confidence.unwrap_or(1.0),
    }
}
