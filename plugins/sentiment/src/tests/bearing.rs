//! Which words near a target are about it. The answers were decided before the first run.

use super::{check_stances, check_targets};

#[test]
fn words_that_are_about_the_target() {
    for (text, expect) in [
        ("Alma Reyes ran a disastrous campaign.", "Alma Reyes=negative"),
        ("Alma Reyes, a notorious crook, spoke first.", "Alma Reyes=negative"),
        ("The failures of Alma Reyes filled the front pages.", "Alma Reyes=negative"),
        ("Alma Reyes's disastrous policies ruined the port.", "Alma Reyes=negative"),
        ("Prosecutors charged Alma Reyes with theft and fraud.", "Alma Reyes=negative"),
        ("The jury awarded Alma Reyes a prize for her brilliant novel.", "Alma Reyes=positive"),
        ("Alma Reyes, everybody agrees, is a liar and a cheat.", "Alma Reyes=negative"),
    ] {
        check_targets(text, &[expect]);
    }
}

#[test]
fn words_that_are_about_something_else() {
    for text in [
        "Critics of the disastrous budget gathered in the office of Alma Reyes.",
        "Alma Reyes discussed the terrible famine with reporters.",
        "Alma Reyes is glad that the brutal war is over.",
        "Alma Reyes, who lives in a street of burned houses, works at the port.",
        "The horrible crimes were reported a year after Alma Reyes left.",
        "Alma Reyes arrived as the corrupt mayor fled.",
        "Alma Reyes's fear of the brutal gang grew.",
        "The team needs the running back Alma Reyes.",
        "It is the catastrophe that Alma Reyes filed a lawsuit over.",
    ] {
        check_targets(text, &["Alma Reyes=neutral"]);
    }
}

#[test]
fn nouns_and_future_events_are_neutral() {
    for text in [
        "Alma Reyes turned her back on Viktor Dahl.",
        "Alma Reyes's support rose by two points in the Viktor Dahl poll.",
        "Alma Reyes may endorse Viktor Dahl in May.",
        "Alma Reyes has never criticised Viktor Dahl.",
        "Alma Reyes called for Viktor Dahl to be banned.",
        "Alma Reyes defended the town against attacks from Viktor Dahl.",
        "With the support of Alma Reyes the town built Viktor Dahl a bridge.",
    ] {
        check_stances(text, &[]);
    }
}
