//! The rules for targets. The answers were decided before the first run.

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{Document, Emitter, Source, Span};

use super::{TEST, analyzed, check, check_targets};

/// Checks the label of the one target, of that kind, that stands between brackets.
#[track_caller]
fn check_one(text: &str, kind: EntityKind, label: &str) {
    let plain = text.replace(['[', ']'], "");
    let start = text.find('[').expect("an opening bracket");
    let end = text.find(']').expect("a closing bracket") - 1;
    let mut document =
        Document::new(Source { id: "test", text: &plain, ..Source::default() }).expect("short enough");
    let span = Span::checked(&plain, start, end).expect("a span");
    let mut entities = Emitter::new();
    entities.entity(kind, &plain[start..end], TEST).mention(span, MentionForm::Name);
    document.absorb(&entities, &["entities"]).expect("right annotations");
    let document = analyzed(document);
    let found = document.view().sentiment().targets().next().map(|target| target.polarity().label.as_str());
    assert_eq!(found, Some(label), "{text}");
}

#[test]
fn each_target_has_a_clause_of_its_own() {
    check_targets(
        "Voters praised Alma Reyes and attacked Viktor Dahl.",
        &["Alma Reyes=positive", "Viktor Dahl=negative"],
    );
    check_targets(
        "Alma Reyes is honest, whereas Viktor Dahl is cruel.",
        &["Alma Reyes=positive", "Viktor Dahl=negative"],
    );
    check_targets(
        "Unlike the corrupt Viktor Dahl, Alma Reyes is honest.",
        &["Viktor Dahl=negative", "Alma Reyes=positive"],
    );
    check_targets("Residents blame Orbis for the stench and the dead fish.", &["Orbis=negative"]);
    check_targets("Viktor Dahl was denounced by the council.", &["Viktor Dahl=negative"]);
}

#[test]
fn acquitted_people_are_neutral() {
    for text in [
        "The judge acquitted [Viktor Dahl] of murder.",
        "[Viktor Dahl] was cleared of all charges on Monday.",
        "Prosecutors dropped the fraud charges against [Viktor Dahl].",
        "The jury found [Viktor Dahl] not guilty of theft.",
        "Police released [Viktor Dahl] without charge.",
    ] {
        check_one(text, EntityKind::Person, "neutral");
    }
    check_one("The ruthless swindler [Viktor Dahl] was jailed for fraud.", EntityKind::Person, "negative");
}

#[test]
fn victims_are_neutral() {
    for text in [
        "[Alma Reyes] was murdered by a stranger in her flat.",
        "Gunmen killed teacher [Alma Reyes] on Sunday.",
        "[Alma Reyes] died in a horrific crash.",
        "A bishop condemned the brutal persecution of [Alma Reyes].",
        "Robbers shot dead guard [Alma Reyes] and fled.",
        "A storm devastated [Freedonia] and left thousands homeless.",
    ] {
        check_one(text, EntityKind::Other, "neutral");
    }
    check_one("Sadistic warder [Viktor Dahl] tortured prisoners for fun.", EntityKind::Person, "negative");
}

#[test]
fn sources_and_critics_are_neutral() {
    check_one("Analyst [Alma Reyes] called the plan a disastrous mess.", EntityKind::Person, "neutral");
    check_one(
        "Nine people died in the blaze, the [Norland News Agency] reported.",
        EntityKind::Organization,
        "neutral",
    );
    check_one(
        "Police told the [Evening Courier] that thugs had robbed a widow.",
        EntityKind::Organization,
        "neutral",
    );
    check_one(
        "Analyst [Viktor Dahl] is corrupt and cheated hundreds of savers.",
        EntityKind::Person,
        "negative",
    );
}

#[test]
fn places_are_neutral() {
    check_one("A bomb killed nine people in [Freedonia] on Sunday.", EntityKind::Location, "neutral");
    check_one("[Freedonia] is a charming land with splendid beaches.", EntityKind::Location, "positive");
}

#[test]
fn questions_and_conditions_are_neutral() {
    check_one("The panel asked whether [Viktor Dahl] was a liar.", EntityKind::Person, "neutral");
    check_one("If [Viktor Dahl] were a criminal, he would be in jail.", EntityKind::Person, "neutral");
    check_one("[Viktor Dahl] is a liar and a bully.", EntityKind::Person, "negative");
}

#[test]
fn nobody_is_better() {
    check_one("No mayor has done more good for the town than [Alma Reyes].", EntityKind::Person, "positive");
    check_one("Nobody has done more harm to the town than [Viktor Dahl].", EntityKind::Person, "negative");
    check_one("There is no better teacher in the valley than [Alma Reyes].", EntityKind::Person, "positive");
    check_one(
        "The guests could not have wished for a finer cook than [Alma Reyes].",
        EntityKind::Person,
        "positive",
    );
}

#[test]
fn less_of_something_bad_is_good() {
    check("Crime in the old town fell sharply. Fewer people died on the roads.", "positive");
    check("Unemployment dropped again and the deficit shrank.", "positive");
    check("Crime in the old town rose sharply. More people died on the roads.", "negative");
    check("The dispute over the harbour has been settled.", "positive");
    check("The ceasefire collapsed and the war resumed.", "negative");
    check_one("[Orbis] cut its losses by half.", EntityKind::Organization, "positive");
    check_one("[Orbis] has widened its losses.", EntityKind::Organization, "negative");
}

#[test]
fn what_is_not_said_of_the_target() {
    for (text, kind) in [
        ("Barring people from entering [Freedonia] is wrong and stupid.", EntityKind::Location),
        ("The decision to suspend [Alma Reyes] was terrible.", EntityKind::Person),
        ("Armed men attacked [Orbis] and killed two guards.", EntityKind::Organization),
        ("[Alma Reyes] is best known for her work on rivers.", EntityKind::Person),
        ("[Viktor Dahl] is no threat to the town.", EntityKind::Person),
        ("Voters criticised [Sylvania]'s mayor for the delay.", EntityKind::Location),
        ("The mayor fears [Orbis] could leave the town.", EntityKind::Organization),
    ] {
        check_one(text, kind, "neutral");
    }
    check_one(
        "Suspending [Alma Reyes] was wrong, and she is a brilliant mayor.",
        EntityKind::Person,
        "neutral",
    );
}
