//! Quotes: content compared by its letters and digits, since marks and spaces at the edges belong to no convention.

use std::collections::{BTreeMap, BTreeSet};

use copydesk_core::{DocumentView, Span};
use copydesk_gold::GoldDocument;
use serde_json::Value;

use crate::Scorer;
use crate::entity::context;
use crate::measure::Row;

/// Jaccard overlap at which a quote counts as found.
const FOUND: f64 = 0.3;
/// Overlap at which it counts as well cut.
const CLOSE: f64 = 0.8;

#[derive(Clone, Copy, Default)]
struct Counts {
    gold: usize,
    found: usize,
    close: usize,
    exact: usize,
    with_speaker: usize,
    speaker_right: usize,
}

#[derive(Default)]
pub(crate) struct Quotes {
    kinds: BTreeMap<String, Counts>,
    all: Counts,
    predicted: usize,
    letters: [usize; 3],
}

type Letters = BTreeSet<usize>;

/// The places of the letters and digits under the spans.
fn letters(text: &str, spans: &[Span]) -> Letters {
    let places = |span: &Span| {
        let start = span.start() as usize;
        let words = text.get(span.range()).unwrap_or("").char_indices();
        words.filter(|(_, c)| c.is_alphanumeric()).map(move |(at, _)| start + at).collect::<Vec<_>>()
    };
    spans.iter().flat_map(places).collect()
}

fn overlap(a: &Letters, b: &Letters) -> f64 {
    let both = a.intersection(b).count();
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

impl Scorer for Quotes {
    fn score(&mut self, gold: &GoldDocument, found: &DocumentView<'_>) -> Vec<String> {
        let text = found.text();
        let got: Vec<(Letters, Letters)> = found
            .quotes()
            .map(|quote| {
                let speaker: Vec<Span> = quote.speaker().into_iter().collect();
                (letters(text, quote.content()), letters(text, &speaker))
            })
            .collect();
        self.predicted += got.len();
        let mut used = vec![false; got.len()];
        let mut errors = Vec::new();
        let mut wanted_letters = Letters::new();
        for quote in gold.list("quotes") {
            let spans = gold.spans(quote.get("content"));
            let content = letters(text, &spans);
            let source = letters(text, &gold.spans(quote.get("source")));
            wanted_letters.extend(&content);
            let free = (0..got.len()).filter(|&place| !used[place]);
            let best = free.map(|place| (overlap(&content, &got[place].0), place)).fold(
                (0.0, None),
                |best, (overlap, place)| if overlap > best.0 { (overlap, Some(place)) } else { best },
            );
            let mut count = Counts { gold: 1, ..Counts::default() };
            if let (overlap_found, Some(place)) = best
                && overlap_found >= FOUND
            {
                used[place] = true;
                count.found = 1;
                count.close = usize::from(overlap_found >= CLOSE);
                count.exact = usize::from(overlap_found == 1.0);
                count.with_speaker = usize::from(!source.is_empty());
                count.speaker_right = usize::from(overlap(&source, &got[place].1) > 0.0);
            } else if let Some(first) = spans.first() {
                errors.push(format!("{}: missed: {}", gold.id, context(found, *first)));
            }
            let kind = quote.get("kind").and_then(Value::as_str).unwrap_or("all");
            self.kinds.entry(kind.to_owned()).or_default().add(count);
            self.all.add(count);
        }
        let got_letters: Letters = got.iter().flat_map(|(content, _)| content).copied().collect();
        self.letters[0] += got_letters.intersection(&wanted_letters).count();
        self.letters[1] += got_letters.len();
        self.letters[2] += wanted_letters.len();
        errors
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (kind, counts) in self.kinds.iter().filter(|(kind, _)| *kind != "all") {
            rows.push(Row::share(format!("quote {kind} recall at overlap .3"), counts.found, counts.gold));
            rows.push(Row::share(format!("quote {kind} recall at overlap .8"), counts.close, counts.gold));
            rows.push(Row::share(
                format!("quote {kind} speaker right"),
                counts.speaker_right,
                counts.with_speaker,
            ));
        }
        let all = self.all;
        rows.push(Row::prf("quote overlap >= .3", all.found, self.predicted, all.gold));
        rows.push(Row::prf("quote overlap >= .8", all.close, self.predicted, all.gold));
        rows.push(Row::prf("quote content exact", all.exact, self.predicted, all.gold));
        rows.push(Row::prf("quote content characters", self.letters[0], self.letters[1], self.letters[2]));
        rows.push(Row::share("quote speaker right", all.speaker_right, all.with_speaker));
        rows
    }
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.close += other.close;
        self.exact += other.exact;
        self.with_speaker += other.with_speaker;
        self.speaker_right += other.speaker_right;
    }
}
