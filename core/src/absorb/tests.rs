//! Tests of which annotations are accepted and which are rejected.

use proptest::prelude::*;

use super::*;
use crate::layers::{
    Bound, Change, ClaimEntity, ClaimFigure, ClaimKind, ClaimRecord, Claimant, CueClass, CustomRecord,
    EntityKind, EntityPolarityRecord, EntityRecord, FigureKind, FigureRecord, HeldBackRecord, MentionForm,
    MentionRecord, PairRecord, PolarityRecord, QuoteKind, QuoteRecord, SentencePolarityRecord, Stance,
    StanceRecord, SummaryRecord, TagRecord, TargetRecord, Value,
};
use crate::{Document, DocumentView, Emitter, Source};

crate::rules! {
    /// The rule of these tests.
    R = Finds "r" { what: "Finds.", why: "A test.", example: "[a]", counterexample: "[b]" }
}

/// Whether a document has no annotations.
fn is_bare(view: &DocumentView<'_>) -> bool {
    view.layers.entities.is_empty()
        && view.layers.quotes.is_empty()
        && view.layers.figures.is_empty()
        && view.layers.summaries.is_empty()
        && view.layers.customs.is_empty()
        && view.layers.claims.is_empty()
}

const TEXT: &str = "Anna says “five é” to Ben.";
const ALL: [&str; 6] =
    [layer::ENTITIES, layer::QUOTES, layer::FIGURES, layer::SENTIMENT, layer::CLAIMS, "own"];

fn document() -> Document {
    Document::new(Source { text: TEXT, ..Source::default() }).unwrap_or_default()
}

fn span(start: usize, end: usize) -> Span {
    Span::checked(TEXT, start, end).unwrap_or_default()
}

#[track_caller]
fn rejected(fill: impl FnOnce(&mut Emitter), expected: &str) {
    let mut emitter = Emitter::new();
    fill(&mut emitter);
    let mut document = document();
    let message =
        document.absorb(&emitter, &ALL).map_or_else(|violation| violation.to_string(), |()| String::new());
    assert!(message.contains(expected), "{message:?} does not contain {expected:?}");
    assert!(is_bare(&document.view()), "a rejected batch adds nothing");
}

#[test]
fn invalid_annotations_are_rejected_and_described() {
    let person = EntityKind::Person;
    rejected(|out| _ = out.entity(person, "Anna", R).id(), "entity 0: a mention is missing");
    rejected(|out| _ = out.quote(QuoteKind::Direct, span(0, 4), R).id(), "quote 0: content is missing");
    rejected(
        |out| _ = out.entity(person, "x", R).mention(Span::raw(4, 999), MentionForm::Name).id(),
        "mention 0: the span 4..999 is not a range of the text",
    );
    let inside = TEXT.find('é').unwrap_or(0) as u32 + 1;
    rejected(
        |out| _ = out.quote(QuoteKind::Direct, Span::raw(0, inside), R).content(span(0, 4)).id(),
        "on character boundaries",
    );
    rejected(
        |out| _ = out.entity(person, "x", R).mention(span(0, 4), MentionForm::Name).confidence(f32::NAN).id(),
        "entity 0: confidence is out of range",
    );
    let custom = |layer: &'static str| move |out: &mut Emitter| _ = out.custom(layer, span(0, 4), &1, R);
    rejected(custom("quotes"), "cannot be called \"quotes\"");
    rejected(custom("other"), "not among the layers that it provides");
    rejected(
        |out| {
            custom("own")(out);
            out.layers.strings.push('{');
            out.layers.customs[0].payload = StrRef { start: out.layers.strings.len() as u32 - 1, len: 1 };
        },
        "the payload is not JSON",
    );
    rejected(
        |out| {
            custom("own")(out);
            out.layers.customs[0].rule = StrRef::EMPTY;
        },
        "custom annotation 0: rule is missing",
    );
    rejected(
        |out| {
            let _ = out.entity(person, "x", R).mention(span(0, 4), MentionForm::Name).id();
            out.layers.mentions[0].reserved = [0, 1, 0];
        },
        "mention 0: its reserved bytes are not zero",
    );
    rejected(
        |out| {
            let _ = out.figure(FigureKind::Count, span(0, 4), R).value(Value::Number(5.into())).id();
            out.layers.figures[0].flags |= 1 << 30;
        },
        "figure 0: flags is 1073741824, which is not a known value",
    );
    rejected(
        |out| {
            let figure = out.figure(FigureKind::Count, span(0, 4), R);
            figure.value(Value::Range(None, None)).id();
        },
        "an end of its range is missing",
    );
}

#[test]
fn undeclared_layers_are_rejected() {
    let mut emitter = Emitter::new();
    emitter.figure(FigureKind::Count, span(0, 4), R).value(Value::Number(5.into()));
    let result = document().absorb(&emitter, &[layer::ENTITIES]);
    assert_eq!(result, Err(Violation::Undeclared("figures".to_owned())));
}

#[test]
fn annotations_are_sorted_and_their_ids_follow() {
    let mut emitter = Emitter::new();
    let ben = emitter.entity(EntityKind::Person, "Ben", R).mention(span(25, 28), MentionForm::Name).id();
    emitter.entity(EntityKind::Person, "Anna", R).mention(span(0, 4), MentionForm::Name).attributes([(
        "friend",
        "",
        Some(ben),
    )]);
    let late = emitter.figure(FigureKind::Count, span(13, 17), R).value(Value::Number(5.into())).id();
    emitter
        .figure(FigureKind::Date, span(0, 4), R)
        .value(Value::Iso("2020"))
        .period(late)
        .bound(Bound::About)
        .change(Change { of: Some(late), ..Change::default() });
    emitter
        .quote(QuoteKind::Direct, span(10, 23), R)
        .content(span(13, 20))
        .cue(span(5, 9), "say", CueClass::Speech, Stance::Neutral)
        .speaker(span(0, 4));
    let mut document = document();
    document.absorb(&emitter, &ALL).expect("right annotations");
    let view = document.view();
    let names: Vec<_> = view.entities().map(|entity| entity.name()).collect();
    assert_eq!(names, ["Anna", "Ben"]);
    let friend = view.entities().next().and_then(|anna| anna.attributes().next()).and_then(|friend| friend.2);
    assert_eq!(friend.and_then(|id| view.entity(id)).map(|entity| entity.name()), Some("Ben"));
    let date = view.figures().next().expect("two figures");
    assert_eq!(date.period().map(crate::layers::FigureId::index), Some(1));
    assert_eq!(date.change().and_then(|change| change.of).map(crate::layers::FigureId::index), Some(1));
    // The host links: the speaker is Anna, the figure is inside the quote.
    let quote = view.quotes().next().expect("a quote");
    assert_eq!(quote.speaker_entity().map(crate::layers::EntityId::index), Some(0));
    assert_eq!(quote.figures().map(crate::layers::FigureId::index).collect::<Vec<_>>(), [1]);
    assert_eq!(
        view.figures().nth(1).and_then(|figure| figure.quote()).map(crate::layers::QuoteId::index),
        Some(0)
    );
}

/// Claims refer to the document's entities, quotes and figures, or to those of the same emitter; the host sorts them.
#[test]
fn references_of_claims_are_checked_and_updated_by_sorting() {
    let mut before = Emitter::new();
    before.entity(EntityKind::Person, "Anna", R).mention(span(0, 4), MentionForm::Name);
    before.figure(FigureKind::Count, span(13, 17), R).value(Value::Number(5.into()));
    before.quote(QuoteKind::Direct, span(10, 23), R).content(span(13, 20)).speaker(span(0, 4));
    let mut document = document();
    document.absorb(&before, &ALL).expect("right annotations");
    let (anna, five, quote) = {
        let view = document.view();
        let first = (view.entities().next(), view.figures().next(), view.quotes().next());
        let (Some(entity), Some(figure), Some(quote)) = first else { panic!("three annotations") };
        (entity.id(), figure.id(), quote.id())
    };
    let mut out = Emitter::new();
    let late = out
        .claim(ClaimKind::Figure, span(13, 20), [anna], [five], R)
        .speaker(anna)
        .quote(quote, Stance::Distance)
        .measure(span(0, 4))
        .negated(true)
        .worth(0.75)
        .id();
    out.claim(ClaimKind::Event, span(0, 4), [anna; 0], [five; 0], R).period(five).contradicts(late);
    document.absorb(&out, &[layer::CLAIMS]).expect("right claims");
    let view = document.view();
    let [event, figure] = view.claims().collect::<Vec<_>>()[..] else { panic!("two claims") };
    assert_eq!(event.contradicts(), Some(figure.id()));
    assert_eq!((event.claimant(), event.period()), (Claimant::Narrator, Some(five)));
    assert_eq!((event.about().len(), event.figures().len(), event.measure()), (0, 0, None));
    assert_eq!(figure.claimant(), Claimant::Entity(anna));
    assert_eq!(
        (figure.about().collect::<Vec<_>>(), figure.figures().collect::<Vec<_>>()),
        (vec![anna], vec![five])
    );
    assert_eq!((figure.quote(), figure.stance()), (Some(quote), Stance::Distance));
    assert!(figure.is_negated() && !figure.is_modal() && !figure.is_forecast());
    assert_eq!((figure.measure(), figure.worth()), (Some(span(0, 4)), 0.75));

    // Without the annotations that they refer to, the same claims are rejected.
    for (fill, expected) in [
        (
            &(|out: &mut Emitter| _ = out.claim(ClaimKind::Figure, span(0, 4), [anna], [five; 0], R).id())
                as &dyn Fn(&mut Emitter),
            "entity of a claim 0: entity refers",
        ),
        (
            &|out| _ = out.claim(ClaimKind::Figure, span(0, 4), [anna; 0], [five], R).id(),
            "figure of a claim 0: figure refers",
        ),
        (
            &|out| _ = out.claim(ClaimKind::Figure, span(0, 4), [anna; 0], [five; 0], R).period(five).id(),
            "claim 0: period refers",
        ),
        (
            &|out| _ = out.claim(ClaimKind::Figure, span(0, 4), [anna; 0], [five; 0], R).worth(1.5).id(),
            "claim 0: worth is out of range",
        ),
        (
            &|out| {
                let claim = out.claim(ClaimKind::Figure, span(0, 4), [anna; 0], [five; 0], R).id();
                out.layers.claims[0].contradicts = 0;
                let _ = claim;
            },
            "claim 0: contradicted claim refers",
        ),
        (
            &|out| {
                out.claim(ClaimKind::Figure, span(0, 4), [anna; 0], [five; 0], R);
                out.layers.claims[0].flags = 64;
            },
            "claim 0: flags is 64",
        ),
    ] {
        rejected(fill, expected);
    }
}

/// Mostly small numbers, so that some records are valid and most are nearly valid; sometimes large ones.
fn number() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0u32..6, 4 => 0u32..40, 1 => any::<u32>(), 1 => Just(NONE)]
}

prop_compose! {
    /// Layers as a faulty or hostile plugin could send them.
    fn any_layers()(n in prop::collection::vec(number(), 120), f in prop::collection::vec(prop_oneof![4 => 0f32..1.0, 1 => any::<f32>()], 8), counts in prop::collection::vec(0usize..3, 10)) -> Layers {
        let mut at = n.into_iter().cycle();
        let mut next = move || at.next().unwrap_or(0);
        let mut floats = f.into_iter().cycle();
        let mut float = move || floats.next().unwrap_or(0.0);
        let mut layers = Layers { strings: "own1quoteé".to_owned(), ..Layers::default() };
        macro_rules! n { () => { next() } }
        macro_rules! span { () => { Span::raw(n!(), n!()) } }
        macro_rules! text { () => { StrRef { start: n!(), len: n!() } } }
        macro_rules! run { () => { Run { start: n!(), len: n!() } } }
        macro_rules! byte { () => { (n!() % 8) as u8 } }
        macro_rules! polarity { () => { PolarityRecord { score: float(), confidence: float(), label: byte!(), reserved: [0; 3] } } }
        for _ in 0..counts[0] * 3 { layers.spans.push(span!()); }
        for _ in 0..counts[1] { layers.pairs.push(PairRecord { key: text!(), value: text!(), entity: n!() }); }
        for _ in 0..counts[2] {
            let mentions = Run { start: layers.mentions.len() as u32, len: n!() % 3 };
            layers.entities.push(EntityRecord { name: text!(), rule: text!(), mentions, links: run!(), attributes: run!(), confidence: float(), salience: float(), kind: byte!(), ..EntityRecord::ABSENT });
            for _ in 0..mentions.len { layers.mentions.push(MentionRecord { span: span!(), entity: n!(), form: byte!(), reserved: [0; 3] }); }
        }
        for _ in 0..counts[3] {
            layers.quotes.push(QuoteRecord { span: span!(), content: run!(), cue: span!(), cue_lemma: text!(), speaker: span!(), speaker_entity: n!(), speaker_of: n!(), parent: n!(), entities: run!(), figures: run!(), rule: text!(), confidence: float(), kind: byte!(), cue_class: byte!(), cue_stance: byte!(), flags: n!(), reserved: 0 });
        }
        for _ in 0..counts[4] {
            let low = Decimal::from(n!() as i32);
            layers.figures.push(FigureRecord { low, high: low, baseline_value: low, change_amount: low, si_low: low, si_high: low, part: low, whole: low, span: span!(), text_from: text!(), text_to: text!(), unit_code: text!(), unit_name: text!(), per_code: text!(), per_name: text!(), si_unit: text!(), measure: span!(), measure_entity: n!(), period: n!(), change_of: n!(), baseline_period: n!(), quote: n!(), confidence: float(), rule: text!(), kind: byte!(), value_kind: byte!(), bound: byte!(), direction: byte!(), flags: n!() });
        }
        for _ in 0..counts[5] { layers.summaries.push(SummaryRecord { document: polarity!(), narrator: polarity!(), rule: text!() }); }
        for _ in 0..counts[6] { layers.sentence_polarities.push(SentencePolarityRecord { span: span!(), polarity: polarity!() }); }
        for _ in 0..counts[7] {
            layers.targets.push(TargetRecord { span: span!(), evidence: run!(), polarity: polarity!(), entity: n!(), rule: text!() });
            layers.stances.push(StanceRecord { holder: n!(), target: n!(), quote: n!(), evidence: run!(), polarity: polarity!(), rule: text!() });
        }
        for _ in 0..counts[7] { layers.entity_polarities.push(EntityPolarityRecord { entity: n!(), polarity: polarity!(), negative: n!(), positive: n!(), mentions: n!(), rule: text!() }); }
        for _ in 0..counts[8] { layers.held_back.push(HeldBackRecord { span: span!(), candidate: text!(), rule: text!(), confidence: float() }); }
        for _ in 0..counts[8] { layers.customs.push(CustomRecord { layer: StrRef { start: 0, len: 3 }, span: span!(), payload: StrRef { start: 3, len: 1 }, rule: text!(), confidence: float() }); }
        for _ in 0..counts[8] { layers.claim_entities.push(ClaimEntity(n!())); layers.claim_figures.push(ClaimFigure(n!())); }
        for _ in 0..counts[7] { layers.claims.push(ClaimRecord { span: span!(), measure: span!(), about: run!(), figures: run!(), speaker: n!(), quote: n!(), change: n!(), baseline: n!(), period: n!(), contradicts: n!(), rule: text!(), worth: float(), confidence: float(), flags: n!(), kind: byte!(), stance: byte!(), reserved: [0; 2] }); }
        for _ in 0..counts[9] { layers.tags.push(TagRecord(byte!() * 8)); }
        layers
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]
    /// Any layers are either rejected, or every span and id of the document is valid.
    #[test]
    fn any_layers_leave_the_document_valid(layers in any_layers(), more in any_layers()) {
        let mut emitter = Emitter::new();
        emitter.layers = layers;
        append(&mut emitter.layers, &more);
        let mut document = document();
        if document.absorb(&emitter, &ALL).is_err() {
            prop_assert!(is_bare(&document.view()));
            return Ok(());
        }
        let view = document.view();
        let right = |span: Span| span.is_valid_in(TEXT);
        for mention in view.mentions() {
            prop_assert!(right(mention.span) && view.entity(mention.entity).is_some());
        }
        for entity in view.entities() {
            prop_assert!(entity.mentions().len() > 0 && entity.mentions().all(|mention| mention.entity == entity.id()));
            prop_assert!(entity.attributes().all(|(_, _, id)| id.is_none_or(|id| view.entity(id).is_some())));
        }
        for quote in view.quotes() {
            prop_assert!(right(quote.span()) && quote.content().iter().all(|part| right(*part)));
            prop_assert!(quote.speaker_entity().is_none_or(|id| view.entity(id).is_some()));
            prop_assert!(quote.entities().all(|id| view.entity(id).is_some()) && quote.figures().all(|id| view.figure(id).is_some()));
            prop_assert!(quote.parent().is_none_or(|id| view.quote(id).is_some()));
            prop_assert!(quote.speaker_of().is_none_or(|id| view.entity(id).is_some()));
        }
        for figure in view.figures() {
            prop_assert!(right(figure.span()) && figure.period().is_none_or(|id| view.figure(id).is_some()));
            prop_assert!(figure.quote().is_none_or(|id| view.quote(id).is_some()));
            let _ = (figure.value(), figure.unit_code(), figure.change());
        }
        for target in view.sentiment().targets() {
            prop_assert!(right(target.span()) && target.evidence().iter().all(|span| right(*span)));
        }
        for stance in view.sentiment().stances() {
            for party in [stance.holder(), stance.target()].into_iter().flatten() {
                prop_assert!(view.entity(party).is_some());
            }
        }
        for towards in view.sentiment().entities() {
            prop_assert!(view.entity(towards.entity).is_some());
        }
        for claim in view.claims() {
            prop_assert!(right(claim.span()) && claim.measure().is_none_or(right));
            prop_assert!(claim.about().all(|id| view.entity(id).is_some()) && claim.figures().all(|id| view.figure(id).is_some()));
            let figures = [claim.change(), claim.baseline(), claim.period()];
            prop_assert!(figures.into_iter().flatten().all(|id| view.figure(id).is_some()));
            prop_assert!(claim.quote().is_none_or(|id| view.quote(id).is_some()));
            prop_assert!(claim.contradicts().is_none_or(|id| view.claim(id).is_some()));
            if let Claimant::Entity(id) = claim.claimant() {
                prop_assert!(view.entity(id).is_some());
            }
        }
        for held in view.held_back() {
            prop_assert!(right(held.span()) && !held.rule().is_empty());
        }
    }
}
