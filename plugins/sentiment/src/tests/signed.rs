//! What a careful reader would sign, and what not: whose opinion it is, of whom, and who is praised or blamed. The answers were
//! decided before the first run.

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{Document, Emitter, Source, Span};

use super::{TEST, analyzed, check_stances, check_targets, stances_of};

const BLAMES: &str = "Alma Reyes -> Viktor Dahl: negative";
const PRAISES: &str = "Alma Reyes -> Viktor Dahl: positive";

/// A text as part of an article: in a text of one sentence, the model alone may show a stance.
fn in_article(text: &str) -> String {
    format!("{text} The council met on Monday. The hall was full.")
}

#[test]
fn a_sentence_alone_is_judged_by_the_model() {
    check_stances("Alma Reyes handed out leaflets attacking Viktor Dahl.", &[BLAMES]);
    check_stances("Alma Reyes's brother criticised Viktor Dahl on Monday.", &[]);
    check_stances("Supporters of Alma Reyes attacked Viktor Dahl at the rally.", &[]);
    check_stances("A third of Orbis backed Viktor Dahl.", &[]);
    check_stances("Alma Reyes has not once praised Viktor Dahl.", &[]);
}

#[test]
fn whoever_belongs_to_somebody_is_somebody_else() {
    for text in [
        "Alma Reyes's brother criticised Viktor Dahl on Monday.",
        "Supporters of Alma Reyes attacked Viktor Dahl at the rally.",
        "The Alma Reyes fan club praised Viktor Dahl.",
        "A third of Orbis backed Viktor Dahl.",
        "Alma Reyes denounced Viktor Dahl's supporters.",
        "Alma Reyes praised the pro-Viktor Dahl camp.",
        "Alma Reyes met a farmer who had criticised Viktor Dahl.",
        "In Sylvania a farmer slammed Viktor Dahl.",
        "Alma Reyes handed out leaflets attacking Viktor Dahl.",
        "The chairman of Orbis condemned Viktor Dahl.",
    ] {
        check_stances(&in_article(text), &[]);
    }
}

#[test]
fn what_somebody_does_is_his_own() {
    for (text, expect) in [
        ("Alma Reyes criticised Viktor Dahl's handling of the flood.", BLAMES),
        ("Alma Reyes's campaign accused Viktor Dahl of lying.", BLAMES),
        ("Alma Reyes expressed appreciation for Viktor Dahl.", PRAISES),
        ("Alma Reyes called out Viktor Dahl over the floods.", BLAMES),
        ("Alma Reyes called on Viktor Dahl to resign.", BLAMES),
        ("Alma Reyes fought back, accusing Viktor Dahl of theft.", BLAMES),
        ("Alma Reyes called Viktor Dahl a brilliant doctor on Monday.", PRAISES),
        ("Alma Reyes refused to endorse Viktor Dahl.", BLAMES),
    ] {
        check_stances(&in_article(text), &[expect]);
    }
}

#[test]
fn words_that_call_nobody_anything() {
    for text in [
        "Alma Reyes called Viktor Dahl earlier this month to discuss the terrible storm.",
        "Alma Reyes called the idea that Viktor Dahl had won ridiculous.",
        "Alma Reyes has not endorsed Viktor Dahl.",
        "Alma Reyes opposes the merger with Orbis.",
        "Alma Reyes refrained from criticism of Viktor Dahl.",
        "A guard slammed Viktor Dahl to the ground as Alma Reyes watched.",
        "Alma Reyes prefers tea as opposed to Orbis coffee.",
        "Alma Reyes hopes that support for Viktor Dahl among farmers will grow.",
        "Alma Reyes felt betrayed by Viktor Dahl.",
        "Any semblance of a friendship between Alma Reyes and Viktor Dahl came to an end.",
        "Alma Reyes and Viktor Dahl are fighting the gangs.",
    ] {
        check_stances(&in_article(text), &[]);
    }
}

/// The stances of a text in which the mention between `[` and `]` is a pronoun for the first of the names.
fn meant(text: &str, names: &[&str]) -> Vec<String> {
    let plain = in_article(&text.replace(['[', ']'], ""));
    let start = text.find('[').expect("an opening bracket");
    let end = text.find(']').expect("a closing bracket") - 1;
    let mut document =
        Document::new(Source { id: "test", text: &plain, ..Source::default() }).expect("short enough");
    let mut entities = Emitter::new();
    for (at, name) in names.iter().enumerate() {
        let first = plain.find(name).expect("the name");
        let span = Span::checked(&plain, first, first + name.len()).expect("a span");
        let entity = entities.entity(EntityKind::Person, name, TEST).mention(span, MentionForm::Name);
        if at == 0 {
            let pronoun = Span::checked(&plain, start, end).expect("a span");
            entity.mention(pronoun, MentionForm::Pronoun);
        }
    }
    document.absorb(&entities, &["entities"]).expect("right annotations");
    stances_of(&analyzed(document))
}

#[test]
fn pronouns_that_may_mean_somebody_else() {
    let names = ["Alma Reyes", "Viktor Dahl"];
    assert_eq!(meant("Alma Reyes spoke in Brevik. [She] criticised Viktor Dahl.", &names), [BLAMES]);
    assert_eq!(meant("Alma Reyes spoke first, and [she] criticised Viktor Dahl.", &names), [BLAMES]);
    let three = ["Alma Reyes", "Viktor Dahl", "Ines Varga"];
    // The subject of the sentence before, or of this one, is somebody else.
    assert_eq!(
        meant("Alma Reyes came late. Ines Varga spoke in Brevik. [She] criticised Viktor Dahl.", &three),
        [""; 0]
    );
    assert_eq!(
        meant("Ines Varga, a friend of Alma Reyes, spoke first as [she] criticised Viktor Dahl.", &three),
        [""; 0]
    );
}

#[test]
fn who_is_praised_or_blamed() {
    for (text, expect) in [
        ("Alma Reyes failed to pay her taxes.", "Alma Reyes=negative"),
        ("Alma Reyes's poor showing surprised nobody.", "Alma Reyes=negative"),
        ("Alma Reyes wrote a superb novel about the sea.", "Alma Reyes=positive"),
        ("Alma Reyes won a gold medal in the final.", "Alma Reyes=positive"),
        ("Alma Reyes was denounced by the council.", "Alma Reyes=negative"),
        ("The gifted actor Alma Reyes opened the fair.", "Alma Reyes=positive"),
        ("Alma Reyes lied to her voters for years.", "Alma Reyes=negative"),
    ] {
        check_targets(text, &[expect]);
    }
}

#[test]
fn who_is_neither() {
    for text in [
        "Alma Reyes inherited a corrupt and bankrupt ministry.",
        "Alma Reyes lost her son in the horrible fire.",
        "Alma Reyes lamented the terrible state of the roads.",
        "Alma Reyes complained that the food was awful.",
        "Protesters disrupted an Alma Reyes event with crude insults.",
        "A painful drop in support for Alma Reyes worried her team.",
        "Alma Reyes promised a great and glorious future.",
        "It was the best chance Alma Reyes had.",
        "Alma Reyes defeated a corrupt and cruel opponent.",
        "The bank is not “ready” to endorse Alma Reyes.",
        "She is a country where chess is the best game, Alma Reyes joked.",
        "Alma Reyes is less successful than most.",
    ] {
        check_targets(text, &["Alma Reyes=neutral"]);
    }
}
