//! Who speaks: heads, owners, antecedents, passives. A line gives the speaker's entity and the one that an unnamed speaker belongs to.

use copydesk_core::layers::EntityKind;
use copydesk_core::layers::EntityKind::{Group, Location, Organization, Person};

use super::with_entities;
use crate::Options;

#[track_caller]
fn check(text: &str, names: &[(EntityKind, &str)], expected: &str) {
    let found: Vec<String> = with_entities(text, names, Options::default(), |view| {
        let name = |id| view.entity(id).map_or("", |entity| entity.name()).to_owned();
        let speaker =
            |quote: copydesk_core::layers::Quote<'_>| match (quote.speaker_entity(), quote.speaker_of()) {
                (Some(entity), _) => name(entity),
                (None, Some(owner)) => format!("of {}", name(owner)),
                (None, None) => "?".to_owned(),
            };
        view.quotes().map(speaker).collect()
    });
    assert_eq!(found.join(", "), expected, "{text}");
}

macro_rules! speakers {
    ($($name:ident: $text:literal, [$(($kind:expr, $entity:literal)),* $(,)?] => $expected:literal;)+) => {
        $(#[test] fn $name() { check($text, &[$(($kind, $entity)),*], $expected); })+
    };
}

speakers! {
    the_phrase_beside_the_cue: "It was the third time Elm Institute said it had asked for help.",
        [(Organization, "Elm Institute")] => "Elm Institute";
    no_object_of_a_verb_before: "Nora Falk attacked Lund and has pledged that the mill would open.",
        [(Person, "Nora Falk"), (Person, "Lund")] => "Nora Falk";
    a_title_before: "Elm Institute director Nora Falk said the well was dry.",
        [(Organization, "Elm Institute"), (Person, "Nora Falk")] => "Nora Falk";
    a_title_after: "Nora Falk, director of the Elm Institute, said the well was dry.",
        [(Organization, "Elm Institute"), (Person, "Nora Falk")] => "Nora Falk";
    a_possessor: "Norvik's chief executive said the plant would close.", [(Organization, "Norvik")] => "of Norvik";
    a_lawyer_for: "A lawyer for Lund said the charges were false.", [(Person, "Lund")] => "of Lund";
    residents: "Two Oregon residents said the river had risen.", [(Location, "Oregon")] => "of Oregon";
    police_in: "Police in Tallinn said the bridge was closed.", [(Location, "Tallinn")] => "of Tallinn";
    a_party_s_strategist: "A Liberal strategist said the vote would be close.", [(Group, "Liberal")] => "of Liberal";
    a_lawyer_by_name: "Dagny Orre's lawyer, Piet Maas, said his client would appeal.",
        [(Person, "Dagny Orre"), (Person, "Piet Maas")] => "Piet Maas";
    a_title_with_of: "The President of the Republic Ana Falk said the dam would hold.",
        [(Person, "Ana Falk")] => "Ana Falk";
    an_office: "Former Secretary of State Nora Falk said the treaty was dead.", [(Person, "Nora Falk")] => "Nora Falk";
    a_relative_of_an_officer: "A sister of President Nora Falk said the treaty was dead.",
        [(Person, "Nora Falk")] => "of Nora Falk";
    a_name_after_a_phrase: "“Then buy bread,” snapped the man beside her, Lars Moreno.", [(Person, "Lars Moreno")] => "Lars Moreno";
    a_name_after_a_pronoun: "“You could have walked,” teased the sailor next to him, Nora Falk.", [(Person, "Nora Falk")] => "Nora Falk";
    a_hyphenated_office: "“The pact is dead,” said the La Plata secretary-general.", [(Location, "La Plata")] => "of La Plata";
    at_a_suggestion: "Nora Falk bristled at the suggestion that she was responsible for the loss.",
        [(Person, "Nora Falk")] => "?";
    by_within_a_clause: "It was revealed that he had paid for lawsuits by Nora Falk.", [(Person, "Nora Falk")] => "?";
    a_hyphen: "Wheat sales have doubled, according to data-analysis firm Orrin.",
        [(Organization, "Orrin")] => "Orrin";
    based_in: "Oslo-based analyst Nora Falk said the well was dry.",
        [(Location, "Oslo"), (Person, "Nora Falk")] => "Nora Falk";
    an_agency: "The Tarn news agency said the ferry had sunk.", [(Organization, "Tarn")] => "Tarn";
    a_director_of_an_institute: "The director of the Elm Institute, Nora Falk, said the well was dry.",
        [(Organization, "Elm Institute"), (Person, "Nora Falk")] => "Nora Falk";
    directors_of_an_institute: "Directors of the Elm Institute, Nora Falk among them, said the well was dry.",
        [(Organization, "Elm Institute"), (Person, "Nora Falk")] => "of Elm Institute";
    who: "Petra Vos, who said the dam was never checked, resigned.", [(Person, "Petra Vos")] => "Petra Vos";
    which: "Cobalt Airways, which said its jets were safe, cancelled ten flights.",
        [(Organization, "Cobalt Airways")] => "Cobalt Airways";
    told: "The jury was told that the door had been locked.", [] => "?";
    asked: "Lars Moreno was asked whether the ferry had been repaired.", [(Person, "Lars Moreno")] => "?";
    passive_with_agent: "Lars Moreno was accused of lying by Nora Falk.",
        [(Person, "Lars Moreno"), (Person, "Nora Falk")] => "Nora Falk";
    a_name_with_a_particle: "Union leader Pieter de Graaf called the deal fair, but warned that his members would walk out.",
        [(Person, "Pieter de Graaf")] => "Pieter de Graaf";
    a_subject_before: "Nora Falk was less sure. “Ask me in a month.”", [(Person, "Nora Falk")] => "Nora Falk";
    two_persons_before: "Nora Falk met Lars Moreno in the harbour. “Ask me in a month or in a year.”",
        [(Person, "Nora Falk"), (Person, "Lars Moreno")] => "?";
    she_who_spoke_before: "“We sail at noon,” Nora Falk said. “The ship is old,” she added.",
        [(Person, "Nora Falk")] => "Nora Falk, Nora Falk";
    he_of_the_sentence_before: "Lars Moreno stood on the quay. “Go and ask the mayor about it,” he said.",
        [(Person, "Lars Moreno")] => "Lars Moreno";
    she_of_two: "Nora Falk met Petra Vos on the quay. “Go and ask the mayor about it,” she said.",
        [(Person, "Nora Falk"), (Person, "Petra Vos")] => "?";
}
