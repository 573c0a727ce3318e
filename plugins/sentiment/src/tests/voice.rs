//! The voices of narrator and speakers.

use super::{analyzed, check_stances, document, stances_of};

/// Text, quote, speaker, target, the label of the speaker's stance.
const QUOTES: &[(&str, &str, &str, &str, &str)] = &[
    (
        "\"Pavel Droz is a corrupt and dangerous man,\" Ines Varga said.",
        "Pavel Droz is a corrupt and dangerous man,",
        "Ines Varga",
        "Pavel Droz",
        "negative",
    ),
    (
        "\"Pavel Droz is a brilliant and honest leader,\" Ines Varga said.",
        "Pavel Droz is a brilliant and honest leader,",
        "Ines Varga",
        "Pavel Droz",
        "positive",
    ),
    (
        "Ines Varga said: \"I am deeply disappointed in Pavel Droz.\"",
        "I am deeply disappointed in Pavel Droz.",
        "Ines Varga",
        "Pavel Droz",
        "negative",
    ),
    (
        "Ines Varga said Pavel Droz had lied to voters and betrayed the party.",
        "Pavel Droz had lied to voters and betrayed the party",
        "Ines Varga",
        "Pavel Droz",
        "negative",
    ),
    (
        "\"We are proud of what Pavel Droz has achieved,\" said Ines Varga.",
        "We are proud of what Pavel Droz has achieved,",
        "Ines Varga",
        "Pavel Droz",
        "positive",
    ),
    (
        "\"Pavel Droz has failed the people of this country,\" said Ines Varga.",
        "Pavel Droz has failed the people of this country,",
        "Ines Varga",
        "Pavel Droz",
        "negative",
    ),
    (
        "\"I have great respect for Pavel Droz,\" Ines Varga said.",
        "I have great respect for Pavel Droz,",
        "Ines Varga",
        "Pavel Droz",
        "positive",
    ),
    (
        "\"Pavel Droz is a disgrace,\" Ines Varga told reporters.",
        "Pavel Droz is a disgrace,",
        "Ines Varga",
        "Pavel Droz",
        "negative",
    ),
];

#[test]
fn speakers_hold_their_stated_opinions() {
    for (text, content, speaker, target, label) in QUOTES {
        let document = analyzed(document(text, &[speaker, target], &[(content, speaker)]));
        let expect = format!("{speaker} -> {target}: {label}");
        assert!(stances_of(&document).contains(&expect), "{text}: {:?}", stances_of(&document));
        let view = document.view();
        let stance = view.sentiment().stances().find(|stance| stance.quote().is_some());
        assert!(stance.is_some_and(|stance| !stance.evidence().is_empty()), "{text}");
    }
}

#[test]
fn the_narrator_has_no_part_in_quotes() {
    for (text, content, speaker, target, label) in QUOTES {
        let text = format!("The council met in the town hall. {text}");
        let document = analyzed(document(&text, &[speaker, target], &[(content, speaker)]));
        let view = document.view();
        let (whole, narrator) = (view.sentiment().document(), view.sentiment().narrator());
        let (whole, narrator) = (whole.expect("a document").score, narrator.expect("a narrator").score);
        if *label == "negative" {
            assert!(narrator > whole, "{text}: {narrator} {whole}");
        } else {
            assert!(narrator < whole, "{text}: {narrator} {whole}");
        }
    }
}

#[test]
fn descriptions_by_the_narrator() {
    for (text, expect) in [
        ("Viktor Dahl is a disgrace to his office.", &["narrator -> Viktor Dahl: negative"][..]),
        ("Alma Reyes is a brilliant minister.", &["narrator -> Alma Reyes: positive"]),
        ("Viktor Dahl's latest plan is a disgrace.", &["narrator -> Viktor Dahl: negative"]),
        ("Viktor Dahl's handling of the crisis was superb.", &["narrator -> Viktor Dahl: positive"]),
        ("Alma Reyes likes nothing better than a walk.", &[]),
        ("Critics say that Viktor Dahl is a disgrace.", &[]),
        ("Is Viktor Dahl a liar?", &[]),
        ("Viktor Dahl is not a liar.", &[]),
        ("Viktor Dahl's mother is a hero.", &[]),
        ("If Viktor Dahl is a coward, so are we all.", &[]),
        ("Viktor Dahl was dead before the ambulance arrived.", &[]),
        ("Viktor Dahl is a renowned surgeon.", &[]),
        ("The town that Viktor Dahl is from is awful.", &[]),
        ("Viktor Dahl's plan was rejected as ridiculous by the council.", &[]),
        ("Orbis is in a terrible state.", &[]),
    ] {
        check_stances(text, expect);
    }
}
