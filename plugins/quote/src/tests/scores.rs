//! What is summed once and kept has the sums of all features.

use copydesk_core::{Document, Source};

use super::tag;
use crate::attribution::reach;
use crate::cue_scores::CueSearch;
use crate::elements::{Elements, EndMarks};
use crate::examples::ElementDocument;
use crate::marks;
use crate::memo::Memos;
use crate::model::{Model, role};
use crate::role_scores::RoleScores;
use crate::view::View;

const TEXTS: [&str; 6] = [
    "“We are tired,” Moreno said on Monday. “I stayed at the mill because my brother did.”\n\n“I was nineteen and I had no lawyer.”",
    "The minister, who had visited the harbour, told reporters that the ferry was safe, but that nobody had asked the captain.",
    "According to Ingrid Falk, the “long field” was sold twice; she says she knows that the buyers never paid, and has said so before.",
    "Police: “No one was hurt in the fire”, a spokesman confirmed. He added: “We think that it began in the kitchen.” It had been said that it did not.",
    "Why did he claim, in May, that “Norland” was closed? Said Lars Moreno: Because it was. Mr. MORENO denied, denied and denied that it was open.",
    "JAN. was told. Éva Ács said “ja”. ÉVA ÁCS said “ja” too (she said), and the board, the mayor and the bank announced, confirmed and repeated it.",
];

/// The documents, each twice, and those of the first round again with other words around the same cues.
fn documents() -> Vec<Document> {
    let document = |text: &str| {
        let mut document = Document::new(Source { text, ..Source::default() }).expect("short enough");
        tag(&mut document);
        document
    };
    let joined = TEXTS.map(|text| text.replace("\n\n", " ")).join(" ");
    TEXTS.into_iter().chain(TEXTS).chain([joined.as_str()]).map(document).collect()
}

fn elements(document: &Document) -> Elements {
    let (mut marked, mut elements) = (Vec::new(), Elements::default());
    marks::find(&document.view(), &mut marked);
    elements.read(&document.view(), &marked, &EndMarks::default());
    elements
}

#[test]
fn scores_of_roles_are_the_sums_of_all_features() {
    let model = Model::load(None).expect("the model is part of the program");
    let (mut memos, mut scores, mut view) = (Memos::default(), RoleScores::default(), View::default());
    memos.enter(&model);
    let mut compared = 0;
    for document in documents() {
        let plain = ElementDocument::new(&document);
        let elements = elements(&document);
        for unit in &elements.units {
            view.enter(&elements.all, unit);
            view.classify(|word| memos.classes_of(word, &model));
            scores.enter(unit);
            for cue in unit.own.clone() {
                let range = reach(unit, cue);
                let rows = scores.of(&view, &model, &mut memos, unit, cue, &range);
                for (place, features) in plain.roles(cue, &model.classes).iter().enumerate() {
                    if range.start + place != cue {
                        let sums = model.roles.sum(features).lanes();
                        assert_eq!(rows[place][..role::COUNT], sums[..role::COUNT], "{cue}, {place}");
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared > 5_000, "{compared}");
}

#[test]
fn probabilities_of_cues_are_those_of_all_features() {
    let model = Model::load(None).expect("the model is part of the program");
    let (mut memos, mut view) = (Memos::default(), View::default());
    memos.enter(&model);
    for document in documents() {
        let mut plain = Vec::new();
        ElementDocument::new(&document).cues(&model.heads, &model.classes, |at, features| {
            plain.push((model.cue.probability(features), at));
        });
        let (elements, doc) = (elements(&document), document.view());
        for least in [0.0, 0.05, 0.25, 0.9] {
            let mut found = Vec::new();
            for unit in &elements.units {
                view.enter(&elements.all, unit);
                let (all, into) = (&elements.all, &mut found);
                let search = CueSearch {
                    doc: &doc,
                    all,
                    unit,
                    view: &view,
                    model: &model,
                    memos: &mut memos,
                    least,
                    into,
                };
                search.run();
            }
            let likely: Vec<_> = plain.iter().copied().filter(|(sure, _)| *sure >= least).collect();
            assert_eq!(found, likely);
        }
        assert!(!plain.is_empty());
    }
}

#[test]
fn another_model_has_memos_of_its_own() {
    let [one, other] = [0, 1].map(|_| Model::load(None).expect("the model is part of the program"));
    let mut memos = Memos::default();
    let mut filled = 0;
    for model in [&one, &one, &other, &one] {
        memos.enter(model);
        memos.cues.get(1 << 60, |_| filled += 1);
    }
    assert_eq!(filled, 3);
}
