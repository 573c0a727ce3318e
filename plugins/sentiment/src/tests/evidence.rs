//! Evidence: words without which the score is less extreme.

use copydesk_core::Span;

use super::targets::CASES;
use super::{analyzed, document};

/// The score of the one target, its evidence, and whether a rule decides.
fn target(text: &str, name: &str) -> (f32, Vec<Span>, bool) {
    let document = analyzed(document(text, &[name], &[]));
    let view = document.view();
    let sentiment = view.sentiment();
    let target = sentiment.targets().next().expect("a target");
    (target.polarity().score, target.evidence().to_vec(), target.rule() != "model")
}

/// Sentences made of a frame, a name and words of feeling: more than anyone would write by hand.
fn sentences() -> Vec<(String, &'static str)> {
    let mut sentences: Vec<(String, &'static str)> = CASES
        .iter()
        .filter_map(|(text, expect)| Some(((*text).to_owned(), expect.split_once('=')?.0)))
        .collect();
    let words = ["corrupt", "brilliant", "reckless", "generous", "dangerous", "honest", "cruel", "admirable"];
    let frames = [
        "Critics called Halden AAA and BBB in a letter on Monday.",
        "Halden, AAA and BBB to the last, left the office of the mayor.",
        "The AAA plan of Halden was described as BBB by the board.",
        "In the end the voters found Halden AAA, while others thought the whole town BBB.",
        "\"Halden is AAA,\" one member of the BBB committee said.",
        "Halden was praised by the AAA crowd and attacked by the BBB press.",
    ];
    for frame in frames {
        for (first, second) in words.iter().flat_map(|first| words.iter().map(move |second| (first, second)))
        {
            sentences.push((frame.replace("AAA", first).replace("BBB", second), "Halden"));
        }
    }
    sentences
}

#[test]
fn without_its_evidence_a_score_is_nearer_to_the_other_end() {
    let (mut words, mut taken_out) = (0, 0);
    for (text, name) in sentences() {
        let (score, evidence, ruled) = target(&text, name);
        if score.abs() >= 0.25 {
            assert!(!evidence.is_empty(), "{text}: {score}");
        } else {
            assert!(evidence.is_empty(), "{text}: {score}");
        }
        // Without its evidence a rule does not apply, and the network's score may be more extreme than the rule's.
        if ruled {
            continue;
        }
        for span in &evidence {
            let (start, end) = (span.start() as usize, span.end() as usize);
            let (before, word, after) = (&text[..start], &text[start..end], &text[end..]);
            // An unknown word replaces it.
            let (less, _, ruled) = target(&format!("{before}qvxzj{after}"), name);
            if ruled {
                continue;
            }
            assert!((score - less) * score.signum() > 0.0, "{text}: {word}: {score} {less}");
            let gone = target(&format!("{before}{}", after.trim_start()), name).0;
            taken_out += usize::from((score - gone) * score.signum() > 0.0);
            words += 1;
        }
    }
    assert!(words >= 100, "{words}");
    // If a word is removed instead, its neighbours become adjacent and may mean something else.
    assert!(taken_out * 100 >= words * 90, "{taken_out} of {words}");
}
