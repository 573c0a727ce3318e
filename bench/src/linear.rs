//! Checks that the cost per byte of each part does not grow with the length of a document, over adversarial texts.

use anyhow::bail;

use crate::article::Corpus;
use crate::budget::PARTS;
use crate::callgrind::Costs;

/// The function that analyses one document with all stages.
pub const DOCUMENT: &str = "copydesk_engine::run::analyze::Analyzer::analyze";

/// The length of the short documents in bytes.
const SHORT: usize = 4_000;
/// The piece that stands for generated news, and the length of its short document in bytes: costs that depend on a whole document
/// appear only in a long one.
const NEWS: &str = "(news)";
const SHORT_NEWS: usize = 200_000;
/// The length of long documents relative to the short ones.
const FACTOR: usize = 4;
/// A long document may take up to `TOLERANCE` times `FACTOR` as many instructions; a quadratic part would take `FACTOR` times
/// `FACTOR` as many.
const TOLERANCE: f64 = 1.4;
/// Differences below this are ignored, as tables are built on first use.
const NEGLIGIBLE: u64 = 200_000;

/// The pieces that hostile documents are made of.
pub fn pieces() -> anyhow::Result<Vec<String>> {
    let lines = include_str!("../data/hostile.txt").lines().filter(|line| !line.starts_with('#'));
    let mut pieces: Vec<String> = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
    pieces.push(NEWS.to_owned());
    Ok(pieces)
}

/// Lines of JSON: for each piece a short document, then a long one.
pub fn documents(pieces: &[String]) -> String {
    let sizes = |piece: &String| {
        let short = if piece == NEWS { SHORT_NEWS } else { SHORT };
        [short, short * FACTOR].map(|size| {
            let text = if piece == NEWS { news(size) } else { piece.repeat(size / piece.len()) };
            serde_json::json!({"id": piece, "text": text, "entities": []}).to_string() + "\n"
        })
    };
    pieces.iter().flat_map(sizes).collect()
}

/// Consecutive articles as one text.
fn news(size: usize) -> String {
    let articles: Vec<String> = Corpus::new(3).of_size(size).map(|article| article.text).collect();
    articles.join("\n\n")
}

/// A sentence for each problem. `costs` has the instructions for each of the [`documents`].
pub fn faults(pieces: &[String], costs: &[Costs]) -> anyhow::Result<Vec<String>> {
    if costs.len() != 2 * pieces.len() {
        bail!(
            "{DOCUMENT} was called {} times for {} documents: renamed or inlined?",
            costs.len(),
            2 * pieces.len()
        );
    }
    let mut faults = Vec::new();
    for (piece, pair) in pieces.iter().zip(costs.chunks_exact(2)) {
        for (part, function) in PARTS {
            let [short, long] = [0, 1].map(|at| pair[at].get(function).copied().unwrap_or(0));
            let allowed = (short * FACTOR as u64) as f64 * TOLERANCE + NEGLIGIBLE as f64;
            if long as f64 > allowed {
                faults.push(format!(
                    "{part} takes {short} instructions for a document of {piece:?} and {long} for one {FACTOR} times as long, \
                     {:.1} times as much",
                    long as f64 / short.max(1) as f64
                ));
            }
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quadratic_parts_are_reported() {
        let costs = |entity: u64, quote: u64| {
            Costs::from([(PARTS[2].1.to_owned(), entity), (PARTS[5].1.to_owned(), quote)])
        };
        let pieces = ["( ".to_owned()];
        let found =
            faults(&pieces, &[costs(4_000_000, 4_000_000), costs(16_000_000, 64_000_000)]).expect("pairs");
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("quote takes 4000000 instructions") && found[0].contains("\"( \""),
            "{found:?}"
        );
        assert!(faults(&pieces, &[]).is_err());
    }

    #[test]
    fn each_piece_has_a_short_and_a_long_document() {
        let pieces = pieces().expect("strings of JSON");
        assert!(pieces.len() >= 80 && pieces.iter().all(|piece| !piece.is_empty()));
        assert_eq!(documents(&pieces).lines().count(), 2 * pieces.len());
    }
}
