//! Attitudes between entities, by verbs, nouns and naming.

use super::check_stances;

#[test]
fn verbs_of_attitude() {
    for (text, expect) in [
        ("Alma Reyes condemned Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes praised Viktor Dahl.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Alma Reyes has repeatedly criticised Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes publicly accused Viktor Dahl of fraud.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes blamed Viktor Dahl for the delay.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes endorsed Viktor Dahl on Monday.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Alma Reyes thanked Viktor Dahl for his help.", "Alma Reyes -> Viktor Dahl: positive"),
        ("On Monday Alma Reyes denounced the plans of Orbis.", "Alma Reyes -> Orbis: negative"),
        ("Alma Reyes slammed what Orbis had done.", "Alma Reyes -> Orbis: negative"),
        ("Alma Reyes applauded the work of Orbis.", "Alma Reyes -> Orbis: positive"),
        ("Alma Reyes is mocking Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes admires Viktor Dahl.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Alma Reyes, a judge, defended Viktor Dahl.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Alma Reyes of Orbis rebuked Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes congratulated Viktor Dahl.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Alma Reyes ridiculed Viktor Dahl in a speech.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes vowed to boycott Orbis.", "Alma Reyes -> Orbis: negative"),
        ("Alma Reyes opposes the policies of Orbis.", "Alma Reyes -> Orbis: negative"),
    ] {
        check_stances(text, &[expect]);
    }
}

#[test]
fn the_passive_voice_turns_the_roles_around() {
    for (text, expect) in [
        ("Viktor Dahl was condemned by Alma Reyes.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Viktor Dahl was widely praised by Alma Reyes.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Viktor Dahl has been accused of fraud by Alma Reyes.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Orbis is backed by Alma Reyes.", "Alma Reyes -> Orbis: positive"),
        ("Orbis was sued by Alma Reyes.", "Alma Reyes -> Orbis: negative"),
        ("Viktor Dahl was being mocked by Alma Reyes.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Viktor Dahl is admired by Alma Reyes.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Orbis was defended by Alma Reyes on Monday.", "Alma Reyes -> Orbis: positive"),
    ] {
        check_stances(text, &[expect]);
    }
}

#[test]
fn without_an_agent_there_is_no_holder() {
    check_stances("Viktor Dahl was condemned on Monday. Alma Reyes left.", &[]);
    check_stances("Alma Reyes met Viktor Dahl.", &[]);
    check_stances("Alma Reyes left, and critics condemned the law. Viktor Dahl stayed.", &[]);
}

#[test]
fn negators_and_refusals_turn_attitudes() {
    for (text, expect) in [
        ("Alma Reyes did not support Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes refused to endorse Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes declined to back Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes never trusted Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes does not respect Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
    ] {
        check_stances(text, &[expect]);
    }
}

#[test]
fn nouns_of_attitude() {
    for (text, expect) in [
        ("Alma Reyes's support for Viktor Dahl is known.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Alma Reyes voiced contempt for Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes is hostile to Viktor Dahl.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes repeated her criticism of Orbis.", "Alma Reyes -> Orbis: negative"),
        ("Alma Reyes expressed confidence in Viktor Dahl.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Alma Reyes, a critic of Viktor Dahl, resigned.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes is a loyal ally of Viktor Dahl.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Alma Reyes was full of praise for Viktor Dahl.", "Alma Reyes -> Viktor Dahl: positive"),
    ] {
        check_stances(text, &[expect]);
    }
}

#[test]
fn naming_someone_something() {
    for (text, expect) in [
        ("Alma Reyes called Viktor Dahl a liar.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes called Viktor Dahl a hero and an inspiration.", "Alma Reyes -> Viktor Dahl: positive"),
        ("Alma Reyes described Orbis as a corrupt firm.", "Alma Reyes -> Orbis: negative"),
        ("Alma Reyes labelled Viktor Dahl a thug.", "Alma Reyes -> Viktor Dahl: negative"),
        ("Alma Reyes described Viktor Dahl as brilliant.", "Alma Reyes -> Viktor Dahl: positive"),
    ] {
        check_stances(text, &[expect]);
    }
    // Words without feeling show nothing.
    check_stances("Alma Reyes called Viktor Dahl on the telephone.", &[]);
}

#[test]
fn several_objects_and_several_attitudes() {
    check_stances(
        "Alma Reyes condemned Viktor Dahl and Orbis.",
        &["Alma Reyes -> Viktor Dahl: negative", "Alma Reyes -> Orbis: negative"],
    );
    check_stances(
        "Alma Reyes praised Viktor Dahl. Viktor Dahl attacked Orbis.",
        &["Alma Reyes -> Viktor Dahl: positive", "Viktor Dahl -> Orbis: negative"],
    );
}

#[test]
fn mutual_attitudes() {
    let both =
        |label: &str| [format!("Freedonia -> Sylvania: {label}"), format!("Sylvania -> Freedonia: {label}")];
    for (text, label) in [
        ("Freedonia and Sylvania have been deepening their relations.", "positive"),
        ("The friendship between Freedonia and Sylvania is old.", "positive"),
        ("Tensions between Freedonia and Sylvania grew.", "negative"),
        ("Cooperation between Freedonia and Sylvania will go on.", "positive"),
        ("Freedonia and Sylvania clashed at the border.", "negative"),
    ] {
        let both = both(label);
        check_stances(text, &[&both[0], &both[1]]);
    }
}
