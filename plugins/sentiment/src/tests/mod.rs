//! The results of the stage for sentences written for the project.

mod aggregate;
mod attitudes;
mod bearing;
mod contrast;
mod evidence;
mod modality;
mod negation;
mod reading;
mod rulings;
mod signed;
mod stances;
mod targets;
mod voice;

use copydesk_core::layers::{EntityId, EntityKind, MentionForm, QuoteKind};
use copydesk_core::{Document, Emitter, Source, Span, Stage, StageError, build};

use copydesk_syntax::SyntaxStage;

use crate::SentimentStage;

copydesk_core::rules! {
    /// The rule of the annotations that the tests set up.
    TEST = Finds "test" { what: "Sets up.", why: "A test.", example: "[a]", counterexample: "[b]" }
}

/// A document with an entity for each of `names`, and a quote (content, speaker) for each of `quotes`.
fn document(text: &str, names: &[&str], quotes: &[(&str, &str)]) -> Document {
    let mut document =
        Document::new(Source { id: "test", text, ..Source::default() }).expect("a text that fits");
    let span_of = |words: &str| {
        let start = text.find(words).unwrap_or_else(|| panic!("`{words}` is not in the text"));
        Span::checked(text, start, start + words.len()).unwrap_or_default()
    };
    let mut entities = Emitter::new();
    for name in names {
        entities.entity(EntityKind::Person, name, TEST).mention(span_of(name), MentionForm::Name);
    }
    assert!(document.absorb(&entities, &["entities"]).is_ok());
    let mut found = Emitter::new();
    for (content, speaker) in quotes {
        let content = span_of(content);
        found.quote(QuoteKind::Direct, content, TEST).content(content).speaker(span_of(speaker));
    }
    assert!(document.absorb(&found, &["quotes"]).is_ok());
    document
}

fn analyzed(mut document: Document) -> Document {
    static TAGGER: std::sync::LazyLock<SyntaxStage> =
        std::sync::LazyLock::new(|| build::<SyntaxStage>("").expect("the defaults are valid"));
    let mut tags = Emitter::new();
    assert_eq!(TAGGER.analyze(&document.view(), &mut tags), Ok(()));
    assert!(document.absorb(&tags, &["syntax"]).is_ok());
    let mut found = Emitter::new();
    let stage = build::<SentimentStage>("").expect("the defaults are valid");
    assert_eq!(stage.analyze(&document.view(), &mut found), Ok(()));
    assert!(document.absorb(&found, &["sentiment"]).is_ok());
    document
}

/// Checks the label of the whole text.
#[track_caller]
fn check(text: &str, expect: &str) {
    let document = analyzed(document(text, &[], &[]));
    let polarity = document.view().sentiment().document();
    assert_eq!(polarity.map(|polarity| polarity.label.as_str()), Some(expect), "{text}: {polarity:?}");
}

/// The score of the whole text.
fn score(text: &str) -> f32 {
    let document = analyzed(document(text, &[], &[]));
    document.view().sentiment().document().map_or(0.0, |polarity| polarity.score)
}

/// Stances as `holder -> target: label`.
fn stances_of(document: &Document) -> Vec<String> {
    let view = document.view();
    let name = |party: Option<EntityId>| {
        party.map_or("narrator", |id| view.entity(id).map_or("", |entity| entity.name())).to_owned()
    };
    let shown = |stance: copydesk_core::layers::EntityStance<'_>| {
        format!("{} -> {}: {}", name(stance.holder()), name(stance.target()), stance.polarity().label)
    };
    view.sentiment().stances().map(shown).collect()
}

/// The people, firms and countries of these tests.
const NAMES: [&str; 5] = ["Alma Reyes", "Viktor Dahl", "Orbis", "Freedonia", "Sylvania"];

/// Checks the stances of a text without quotes.
#[track_caller]
fn check_stances(text: &str, expect: &[&str]) {
    let mut found = stances_of(&analyzed(named(text)));
    let mut expect: Vec<String> = expect.iter().map(|line| (*line).to_owned()).collect();
    found.sort_unstable();
    expect.sort_unstable();
    assert_eq!(found, expect, "{text}");
}

/// A text with its mentions of [`NAMES`].
fn named(text: &str) -> Document {
    let mut document =
        Document::new(Source { id: "test", text, ..Source::default() }).expect("a text that fits");
    let mut entities = Emitter::new();
    for name in NAMES.iter().filter(|name| text.contains(**name)) {
        let mut entity = entities.entity(EntityKind::Person, name, TEST);
        for (start, found) in text.match_indices(name) {
            let span = Span::checked(text, start, start + found.len()).unwrap_or_default();
            entity = entity.mention(span, MentionForm::Name);
        }
    }
    assert!(document.absorb(&entities, &["entities"]).is_ok());
    document
}

/// Checks the label of each target, `name=label`, in text order.
#[track_caller]
fn check_targets(text: &str, expect: &[&str]) {
    let names: Vec<&str> =
        expect.iter().filter_map(|line| line.split_once('=')).map(|(name, _)| name).collect();
    let document = analyzed(document(text, &names, &[]));
    let view = document.view();
    let found: Vec<String> = view
        .sentiment()
        .targets()
        .map(|target| format!("{}={}", view.slice(target.span()), target.polarity().label))
        .collect();
    assert_eq!(found, expect, "{text}");
}

#[test]
fn whole_texts() {
    check("The mayor praised the excellent work of the nurses.", "positive");
    check("The attack killed nine people and wounded dozens.", "negative");
    check("The council meets on the second floor.", "neutral");
    check("The plan was not a success.", "negative");
    check("The idea was good, but the result was a terrible failure.", "negative");
    check("The result was a failure, but the idea was wonderful and brilliant.", "positive");
    check("", "neutral");
}

#[test]
fn strength_and_length() {
    assert!(score("The film was very good.") > score("The film was good."));
    assert!(score("The film was slightly bad.") > score("The film was bad."));
    // A long text of mildly good sentences sounds mildly good.
    let (one, many) = (score("The film was good."), score(&"The film was good. ".repeat(50)));
    assert!((one - many).abs() < 0.05, "{one} {many}");
}

#[test]
fn evidence_and_given_targets() {
    let text = "Critics say the harbour project is a costly disaster.";
    let given = Span::checked(text, 16, 31);
    let targets: Vec<Span> = given.into_iter().collect();
    let document = Document::new(Source { id: "test", text, targets: &targets, ..Source::default() })
        .unwrap_or_default();
    let document = analyzed(document);
    let view = document.view();
    let target = view.sentiment().targets().next();
    assert_eq!(target.map(|target| view.slice(target.span())), Some("harbour project"));
    let evidence: Vec<&str> =
        target.map_or(&[][..], |target| target.evidence()).iter().map(|span| view.slice(*span)).collect();
    assert!(evidence.contains(&"disaster"), "{evidence:?}");
}

#[test]
fn narrator_and_stances() {
    let document = analyzed(document(
        "Ines Varga opened the fair. \"Pavel Droz is a corrupt and dangerous man,\" Ines Varga said.",
        &["Ines Varga", "Pavel Droz"],
        &[("Pavel Droz is a corrupt and dangerous man,", "Ines Varga")],
    ));
    let view = document.view();
    let sentiment = view.sentiment();
    assert_eq!(sentiment.document().map(|polarity| polarity.label.as_str()), Some("negative"));
    assert!(sentiment.narrator().is_some_and(|polarity| polarity.score >= 0.0));
    let stances: Vec<String> = sentiment
        .stances()
        .map(|stance| {
            let name = |party: Option<EntityId>| {
                party.map_or("narrator", |id| view.entity(id).map_or("", |entity| entity.name()))
            };
            format!("{} -> {}: {}", name(stance.holder()), name(stance.target()), stance.polarity().label)
        })
        .collect();
    assert_eq!(stances, ["Ines Varga -> Pavel Droz: negative"]);
}

#[test]
fn options_are_checked() {
    for options in [r#"{"threshold": 0}"#, r#"{"target_threshold": 1.5}"#, r#"{"treshold": 0.2}"#] {
        assert!(matches!(build::<SentimentStage>(options), Err(StageError::Option { .. })), "{options}");
    }
    assert!(build::<SentimentStage>(r#"{"threshold": 0.5}"#).is_ok());
}

#[test]
fn long_runs_of_one_thing_with_thousands_of_targets_are_read() {
    for piece in ["not ", "good ", "but ", "\" ", "good, ", "very "] {
        let text = piece.repeat(400_000 / piece.len());
        let targets: Vec<Span> =
            (0..4_000).filter_map(|at| Span::checked(&text, at * 20, at * 20 + 3)).collect();
        let document =
            Document::new(Source { id: "test", text: &text, targets: &targets, ..Source::default() });
        analyzed(document.expect("a text that fits"));
    }
}

#[test]
fn domains_targets_and_lexicons_are_chosen() {
    let run = |text: &str, options: &str| {
        let given: Vec<Span> = Span::checked(text, 0, 6).into_iter().collect();
        let source = Source { id: "test", text, targets: &given, ..Source::default() };
        let mut document = Document::new(source).expect("a text that fits");
        let mut entities = Emitter::new();
        let end = text.len() - 1;
        let name = Span::checked(text, end - 6, end).unwrap_or_default();
        entities.entity(EntityKind::Person, "test", TEST).mention(name, MentionForm::Name);
        assert!(document.absorb(&entities, &["entities"]).is_ok());
        let mut found = Emitter::new();
        let stage = build::<SentimentStage>(options).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(stage.analyze(&document.view(), &mut found), Ok(()));
        assert!(document.absorb(&found, &["sentiment"]).is_ok());
        let view = document.view();
        let targets: Vec<_> =
            view.sentiment().targets().map(|target| (target.span(), target.polarity().score)).collect();
        (targets, view.sentiment().document().map_or(0.0, |polarity| polarity.score))
    };
    let text = "Halden profit soars as sales jump at Norval.";
    let count = |options: &str| run(text, options).0.len();
    assert_eq!(count(r#"{"targets": "both"}"#), 2);
    assert_eq!(count(r#"{"targets": "given"}"#), 1);
    assert_eq!(run(text, r#"{"targets": "entities"}"#).0[0].0.start(), 37);
    let of = |text: &str, domain: &str| run(text, &format!(r#"{{"domain": "{domain}"}}"#)).0[0].1;
    let (general, finance) = (of(text, "general"), of(text, "finance"));
    assert!(finance > 0.3 && finance != general, "{general} {finance}");
    // By default the words of the document decide.
    assert_eq!(run(text, "").0[0].1, finance);
    assert_eq!(of(text, "auto"), finance);
    let plain = "Halden met the mayor and the head of the school in the town hall of Norval.";
    assert_eq!(run(plain, "").0[0].1, of(plain, "general"));
    let one_word =
        "Halden met the mayor and the head of the bank in the old town hall near the port of Norval.";
    assert_eq!(run(one_word, "").0[0].1, of(one_word, "general"));

    let file = std::env::temp_dir().join(format!("copydesk-terms-{}.tsv", std::process::id()));
    assert!(std::fs::write(&file, "# mine\nflimsy\t-3.5\nwonderful\t0\n").is_ok());
    let options = serde_json::json!({ "lexicons": [file] }).to_string();
    assert!(run("Halden saw a flimsy thing near Norval.", &options).1 < -0.2);
    assert!(run("Halden saw a wonderful thing near Norval.", "").1 > 0.2);
    assert!(run("Halden saw a wonderful thing near Norval.", &options).1 < 0.1);
    // Terms of several words; the longest match counts.
    assert!(std::fs::write(&file, "paper tiger\t-3.5\npaper tiger award\t3.5\n").is_ok());
    let plain = run("Halden saw the paper tiger near Norval.", "").1;
    assert!(run("Halden saw the paper tiger near Norval.", &options).1 < plain - 0.2);
    assert!(run("Halden saw the paper tiger award near Norval.", &options).1 > plain + 0.2);
    assert!(std::fs::write(&file, "a b c d e f g h i\t1\n").is_ok());
    assert!(matches!(build::<SentimentStage>(&options), Err(StageError::Option { .. })));
    assert!(std::fs::remove_file(&file).is_ok());
    assert!(matches!(build::<SentimentStage>(&options), Err(StageError::Option { .. })));
}
