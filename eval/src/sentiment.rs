//! Sentiment: the label towards a target, or the polarity of a whole text.

use copydesk_core::DocumentView;
use copydesk_core::layers::Label;
use copydesk_gold::GoldDocument;

use crate::Scorer;
use crate::measure::{Row, Score};

#[derive(Default)]
pub(crate) struct Sentiments {
    /// (gold, found) labels; `None` where no answer was given.
    targets: Vec<(Label, Option<Label>)>,
    texts: Vec<(Label, Label)>,
    /// (gold, found) scores.
    scores: Vec<(f64, f64)>,
}

impl Scorer for Sentiments {
    fn score(&mut self, gold: &GoldDocument, found: &DocumentView<'_>) -> Vec<String> {
        let sentiment = found.sentiment();
        let wanted = gold.label();
        if let (Some(target), Some(wanted)) = (gold.target.first(), wanted) {
            let got = sentiment.targets().find(|found| found.span() == *target);
            let got = got.map(|target| target.polarity().label);
            self.targets.push((wanted, got));
            if got == Some(wanted) {
                return Vec::new();
            }
            let got = got.map_or("no answer", Label::as_str);
            return vec![format!(
                "{}: {got}, not {wanted}: {:?} in: {}",
                gold.id,
                found.slice(*target),
                gold.text
            )];
        }
        let document = sentiment.document();
        let got = document.map_or(Label::Neutral, |document| document.label);
        let wanted = match gold.score() {
            Some(score) => {
                self.scores.push((score, document.map_or(0.0, |document| f64::from(document.score))));
                // Scales of -4..4 and of percents occur.
                let threshold = if score.abs() > 4.0 { 20.0 } else { 0.5 };
                if score >= threshold {
                    Label::Positive
                } else if score <= -threshold {
                    Label::Negative
                } else {
                    Label::Neutral
                }
            }
            None => match wanted {
                Some(wanted) => wanted,
                None => return Vec::new(),
            },
        };
        self.texts.push((wanted, got));
        if wanted == got {
            Vec::new()
        } else {
            vec![format!("{}: {got}, not {wanted}: {}", gold.id, gold.text)]
        }
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        if !self.targets.is_empty() {
            rows.extend(by_label("target", &self.targets));
            let silent = self.targets.iter().filter(|(_, found)| found.is_none()).count();
            rows.push(Row::share("target without an answer", silent, self.targets.len()));
        }
        if !self.texts.is_empty() {
            if !self.scores.is_empty() {
                rows.push(Row::Correlation(
                    "text Pearson r".to_owned(),
                    pearson(&self.scores),
                    self.scores.len(),
                ));
            }
            let texts: Vec<_> = self.texts.iter().map(|(gold, found)| (*gold, Some(*found))).collect();
            rows.extend(by_label("text", &texts));
        }
        rows
    }
}

/// A row a label, and their mean.
fn by_label(what: &str, pairs: &[(Label, Option<Label>)]) -> Vec<Row> {
    let score = |label: Label| {
        let mut score = Score::default();
        for (gold, found) in pairs {
            score.right += usize::from(*gold == label && *found == Some(label));
            score.found += usize::from(*found == Some(label));
            score.gold += usize::from(*gold == label);
        }
        score
    };
    let scores: Vec<Score> = Label::ALL.iter().map(|label| score(*label)).collect();
    let mean = scores.iter().map(|score| score.f1()).sum::<f64>() / scores.len() as f64;
    let rows = Label::ALL.iter().zip(scores).map(|(label, score)| Row::Prf(format!("{what} {label}"), score));
    rows.chain([Row::Share(format!("{what} macro-F1"), mean, pairs.len())]).collect()
}

fn pearson(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let (mean_x, mean_y) = (
        pairs.iter().map(|pair| pair.0).sum::<f64>() / count,
        pairs.iter().map(|pair| pair.1).sum::<f64>() / count,
    );
    let (mut covariance, mut square_x, mut square_y) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        covariance += (x - mean_x) * (y - mean_y);
        square_x += (x - mean_x).powi(2);
        square_y += (y - mean_y).powi(2);
    }
    let scale = (square_x * square_y).sqrt();
    if scale == 0.0 { 0.0 } else { covariance / scale }
}
