//! Negation and its scope, intensity, modality and questions.

use super::{check, check_targets, score};

#[test]
fn negation_reverses_the_words_after_it() {
    for (text, expect) in [
        ("The plan was not a success.", "negative"),
        ("The talks were not successful.", "negative"),
        ("Nobody was happy with the result.", "negative"),
        ("The clinic has never been safe.", "negative"),
        ("The engineers failed to secure the dam.", "negative"),
        ("There is no hope for the miners.", "negative"),
        ("The minister cannot be trusted.", "negative"),
        ("The reform brought no benefits.", "negative"),
        ("The town lacks good schools.", "negative"),
        ("The new bridge is not safe.", "negative"),
        ("Voters do not trust the council.", "negative"),
    ] {
        check(text, expect);
    }
}

/// Of two sentences the first has the higher score.
const BETTER: &[(&str, &str)] = &[
    ("The plan was a success.", "The plan was not a success."),
    ("The result was not bad.", "The result was bad."),
    ("It was not a disaster.", "It was a disaster."),
    ("The dam is not dangerous.", "The dam is dangerous."),
    ("The patient is not in pain.", "The patient is in pain."),
    ("The treaty prevented a war.", "The treaty caused a war."),
    ("The police stopped the violence.", "The police began the violence."),
    ("The fund reduced poverty.", "The fund deepened poverty."),
    ("The truce ended the fighting.", "The raid renewed the fighting."),
    ("The film was very good.", "The film was good."),
    ("The film was good.", "The film was bad."),
    ("The film was slightly bad.", "The film was very bad."),
    ("The team was extremely happy.", "The team was barely happy."),
    ("The food was quite good.", "The food was not good."),
    ("The mayor is honest.", "The mayor is not honest."),
    ("The mayor is honest.", "The mayor is hardly honest."),
    ("The court cleared the nurse.", "The court convicted the nurse."),
    ("They love the new library.", "They do not love the new library."),
    ("The harvest was good.", "Was the harvest good?"),
    ("The committee honoured the doctor.", "The committee never honoured the doctor."),
    ("The school is safe.", "The school is no longer safe."),
    ("The vaccine is effective.", "The vaccine is not effective."),
    ("Nothing terrible happened.", "Something terrible happened."),
    ("The report praised the staff.", "The report did not praise the staff."),
];

#[test]
fn negators_shifters_and_strength_move_the_score() {
    for (better, worse) in BETTER {
        let (high, low) = (score(better), score(worse));
        assert!(high > low, "{better} {high} / {worse} {low}");
    }
}

#[test]
fn negation_bears_on_targets() {
    for (text, expect) in [
        ("Critics say Brandt is not fit to govern.", ["Brandt=negative"]),
        ("Tollen is not an honest man.", ["Tollen=negative"]),
    ] {
        check_targets(text, &expect);
    }
}
