//! "But", "despite" and similar words.

use super::{check, check_targets, score};

#[test]
fn words_after_a_contrast_weigh_more() {
    for (first, second) in [
        ("the idea was good", "the result was a terrible failure"),
        ("the acting was fine", "the script was awful"),
        ("the food was delicious", "the service was horrible"),
        ("the start was strong", "the end was dismal"),
        ("the staff were friendly", "the rooms were filthy"),
        ("the goal was noble", "the method was cruel"),
        ("the view was lovely", "the noise was unbearable"),
    ] {
        let capital = |text: &str| text[..1].to_uppercase() + &text[1..];
        let bad_last = score(&format!("{}, but {second}.", capital(first)));
        let good_last = score(&format!("{}, but {first}.", capital(second)));
        assert!(good_last > bad_last, "{first} / {second}: {good_last} {bad_last}");
    }
}

#[test]
fn whole_sentences_with_a_contrast() {
    check("The idea was good, but the result was a terrible failure.", "negative");
    check("The road was long and hard, but the rescue was a wonderful success.", "positive");
    check("The hotel looked lovely, but the food was awful and the staff were rude.", "negative");
}

#[test]
fn each_side_of_a_contrast_has_its_target() {
    for (text, expect) in [
        (
            "The paper called Marlow a liar and a thug, but praised Freedonia's help.",
            ["Marlow=negative", "Freedonia=positive"],
        ),
        (
            "He called the opposition leader a liar and a thug, but praised Germany's help.",
            ["opposition leader=negative", "Germany=positive"],
        ),
    ] {
        check_targets(text, &expect);
    }
}
