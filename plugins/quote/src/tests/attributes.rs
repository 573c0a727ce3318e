//! Attributes of a quote beside its words: stance, class, negation, modality, anonymity, options, parents.

use copydesk_core::layers::{CueClass, Stance};

use super::with_quotes;
use crate::{Class, Kind, Options};

#[track_caller]
fn cue(text: &str, class: CueClass, stance: Stance, negated: bool, modal: bool) {
    let options = Options { attitudes: true, ..Options::default() };
    let found = with_quotes(text, options, |view| {
        view.quotes().find_map(|quote| quote.cue().map(|cue| (cue.class, cue.stance, cue.negated, cue.modal)))
    });
    assert_eq!(found, Some((class, stance, negated, modal)), "{text}");
}

#[track_caller]
fn anonymous(text: &str, expected: bool) {
    let found =
        with_quotes(text, Options::default(), |view| view.quotes().map(|quote| quote.is_anonymous()).next());
    assert_eq!(found, Some(expected), "{text}");
}

#[track_caller]
fn count(text: &str, options: Options, expected: usize) {
    assert_eq!(with_quotes(text, options, |view| view.quotes().len()), expected, "{text}");
}

macro_rules! cues {
    ($($name:ident: $text:literal, $class:ident, $stance:ident, $negated:literal, $modal:literal;)+) => {
        $(#[test] fn $name() { cue($text, CueClass::$class, Stance::$stance, $negated, $modal); })+
    };
}

cues! {
    neutral: "Moreno said that the road was open.", Speech, Neutral, false, false;
    endorsing: "Moreno pointed out that the road was open.", Speech, Endorse, false, false;
    distancing: "Moreno claimed that the road was open.", Speech, Distance, false, false;
    denying: "Moreno denied that the road was open.", Speech, Deny, false, false;
    negated: "Moreno did not say that the road was open.", Speech, Neutral, true, false;
    contracted: "The ministry didn't say that the road was open.", Speech, Neutral, true, false;
    never: "Moreno has never said that the road was open.", Speech, Neutral, true, false;
    modal: "The ministry may announce on Friday that the road is open.", Speech, Neutral, false, true;
    believing: "Moreno believes that the road is open.", Belief, Neutral, false, false;
    intending: "Moreno promised that the road would open.", Speech, Neutral, false, false;
    writing: "Moreno wrote that the road was open.", Writing, Neutral, false, false;
    finding: "The study found that the road was open.", Perception, Endorse, false, false;
}

#[test]
fn officials_are_anonymous() {
    anonymous("Officials said that the road was open.", true);
}

#[test]
fn a_source_is_anonymous() {
    anonymous("A source close to the talks said that the road was open.", true);
}

#[test]
fn people_familiar_are_anonymous() {
    anonymous("Two people familiar with the matter said that the road was open.", true);
}

#[test]
fn a_name_is_not_anonymous() {
    anonymous("Anna Moreno said that the road was open.", false);
}

#[test]
fn a_named_official_is_not_anonymous() {
    anonymous("City official Anna Moreno said that the road was open.", false);
}

const BOTH: &str = "“It is open,” Moreno said. Visser believes that the bridge will stay closed.";

#[test]
fn kinds_can_be_chosen() {
    let all = Options { attitudes: true, ..Options::default() };
    count(BOTH, Options { kinds: vec![Kind::Direct], ..all.clone() }, 1);
    count(BOTH, Options { kinds: vec![Kind::Indirect], ..all.clone() }, 1);
    count(BOTH, all, 2);
    count(BOTH, Options::default(), 1);
}

#[test]
fn classes_can_be_chosen() {
    let all = Options { attitudes: true, ..Options::default() };
    count(BOTH, Options { classes: vec![Class::Belief], ..all.clone() }, 1);
    count(BOTH, Options { classes: vec![Class::Writing], ..all }, 0);
}

#[test]
fn only_sure_ones_can_be_asked_for() {
    count(BOTH, Options { min_confidence: 1.0, ..Options::default() }, 0);
}

#[test]
fn an_invalid_model_is_refused() {
    use copydesk_core::StageType;
    let options = Options { model: Some("Cargo.toml".into()), ..Options::default() };
    let error = crate::QuoteStage::new(options).err().map(|error| error.to_string());
    assert!(error.is_some_and(|error| error.contains("not a copydesk model")));
}

#[test]
fn a_quote_inside_a_quote_has_a_parent() {
    let text = "“The road is open,” Moreno said. Visser said that Moreno had promised that the road would open in May.";
    with_quotes(text, Options::default(), |view| {
        for quote in view.quotes() {
            let parent = quote.parent().and_then(|parent| view.quote(parent));
            assert!(
                parent.is_none_or(|parent| parent.content().iter().any(|part| part.contains(quote.span())))
            );
        }
    });
}
