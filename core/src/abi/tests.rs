//! The ABI from both ends: the C header against the Rust structs, and an exported stage called as a host calls it.
#![expect(unsafe_code, reason = "plays the host")]

use std::ffi::c_void;
use std::fmt::Write;
use std::mem::offset_of;
use std::process::Command;

use super::*;
use crate::layers::*;
use crate::{Document, DocumentView, Emitter, NoOptions, Source, Stage, StageError, layer};

/// Lines "type.field offset" and "type size", for the Rust structs and, as a C program, for the header.
macro_rules! layouts {
    ($($rust:ty = $c:literal { $($field:ident $(as $c_field:literal)?),+ $(,)? })+) => {{
        let (mut rust, mut c) = (String::new(), String::new());
        $(
            let _ = writeln!(rust, "{} {}", $c, size_of::<$rust>());
            let _ = writeln!(c, "P(\"{0} %zu\\n\", sizeof({0}));", $c);
            $(
                let name = [$($c_field,)? stringify!($field)][0];
                let _ = writeln!(rust, "{}.{name} {}", $c, offset_of!($rust, $field));
                let _ = writeln!(c, "P(\"{0}.{name} %zu\\n\", offsetof({0}, {name}));", $c);
            )+
        )+
        (rust, c)
    }};
}

#[test]
#[cfg_attr(miri, ignore = "compiles C")]
fn the_header_is_the_rust_side_in_c() {
    use crate::segment::{Paragraph, Sentence, Token, Zone};
    let (rust, c) = layouts! {
        Bytes = "cd_bytes" { data, len }
        StrRef = "cd_str" { start, len }
        Run = "cd_run" { start, len }
        Token = "cd_token" { hash, span, sentence, kind, case as "letter_case", flags }
        Sentence = "cd_sentence" { span, first_token, end_token, paragraph }
        Paragraph = "cd_paragraph" { span, first_sentence, end_sentence }
        Zone = "cd_zone" { span, kind, reserved }
        EntityRecord = "cd_entity" { name, rule, mentions, links, attributes, confidence, salience, kind, reserved }
        MentionRecord = "cd_mention" { span, entity, form, reserved }
        PairRecord = "cd_pair" { key, value, entity }
        QuoteRecord = "cd_quote" {
            span, content, cue, cue_lemma, speaker, speaker_entity, parent, entities, figures, rule, confidence, kind,
            cue_class, cue_stance, flags,
        }
        FigureRecord = "cd_figure" {
            low, high, baseline_value, change_amount, si_low, si_high, part, whole, span, text_from, text_to, unit_code,
            unit_name, si_unit, measure, measure_entity, period,
            change_of, baseline_period, quote, confidence, rule, kind, value_kind, bound, direction, flags, reserved,
        }
        PolarityRecord = "cd_polarity" { score, confidence, label, reserved }
        SummaryRecord = "cd_summary" { document, narrator, rule }
        SentencePolarityRecord = "cd_sentence_polarity" { span, polarity }
        TargetRecord = "cd_target" { span, evidence, polarity, entity, rule }
        StanceRecord = "cd_stance" { holder, target, quote, evidence, polarity, rule }
        CustomRecord = "cd_custom" { layer, span, payload, rule, confidence }
        RawLayers = "cd_layers" {
            struct_size, reserved, strings, pairs, spans, refs, entities, mentions, mention_order, quotes, figures,
            summaries, sentence_polarities, targets, stances, customs, tags,
        }
        RawDocument = "cd_document" {
            struct_size, reserved, id, text, title, date, targets, tokens, sentences, paragraphs, zones, layers,
        }
        Host = "cd_host" { struct_size, abi_minor, context, emit, text }
        StageType = "cd_stage_type" { struct_size, reserved, describe, create, analyze, destroy }
        Plugin = "cd_plugin" { magic, struct_size, abi_major, abi_minor, stages, stage_count }
    };
    let rust = rust
        + &format!("cd_span {}\ncd_decimal {}\n", size_of::<crate::Span>(), size_of::<crate::Decimal>())
        + &format!("abi {ABI_MAJOR} {ABI_MINOR} {MAGIC:x}\n")
        + &format!("tags {} {}\n", EntityKind::Other as u8, FigureKind::Other as u8);
    let program = format!(
        "#include <stdio.h>\n#include \"copydesk.h\"\n#define P printf\nint main(void) {{\n{c}\
         P(\"cd_span %zu\\ncd_decimal %zu\\n\", sizeof(cd_span), sizeof(cd_decimal));\n\
         P(\"abi %d %d %llx\\n\", CD_ABI_MAJOR, CD_ABI_MINOR, (unsigned long long)CD_MAGIC);\n\
         P(\"tags %d %d\\n\", CD_ENTITY_OTHER, CD_FIGURE_OTHER);\nreturn 0; }}\n"
    );
    let folder = std::env::temp_dir().join(format!("copydesk-header-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the C program");
    let (source, binary) = (folder.join("layout.c"), folder.join("layout"));
    std::fs::write(&source, program).expect("the C program");
    let include = concat!(env!("CARGO_MANIFEST_DIR"), "/include");
    let compiled = Command::new("cc")
        .args(["-Wall", "-Werror", "-I", include, "-o"])
        .args([&binary, &source])
        .status()
        .expect("a C compiler; Rust links with it too");
    assert!(compiled.success());
    let printed = Command::new(&binary).output().expect("the C program runs").stdout;
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    assert_eq!(String::from_utf8_lossy(&printed), rust);
}

/// Marks every capitalised word, or fails as its document says.
struct Capitals;

impl Stage for Capitals {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        match doc.title() {
            Some("panic") => panic!("told to"),
            Some("error") => return Err(StageError::failed("told to")),
            _ => {}
        }
        for token in doc.tokens().iter().filter(|token| token.is_capitalized()) {
            let name = doc.slice(token.span());
            out.entity(EntityKind::Other, name)
                .mention(token.span(), MentionForm::Name)
                .links([("length", name.len().to_string().as_str())])
                .confidence(0.5)
                .rule("capital");
        }
        Ok(())
    }
}

impl crate::StageType for Capitals {
    const NAME: &'static str = "capitals";
    const VERSION: &'static str = "1.2.3";
    const SUMMARY: &'static str = "Marks capitals.";
    const PROVIDES: &'static [&'static str] = &[layer::ENTITIES];
    type Options = NoOptions;
    fn new(_: NoOptions) -> Result<Self, StageError> {
        Ok(Self)
    }
}

/// What the callbacks received.
#[derive(Default)]
struct Received {
    emitter: Emitter,
    text: String,
}

unsafe extern "C" fn emit(context: *mut c_void, layers: *const RawLayers) -> i32 {
    // SAFETY: the tests hand over a `Received` and the plugin side lends its layers.
    let received = unsafe { &mut *context.cast::<Received>() };
    // SAFETY: as above.
    i32::from(unsafe { append_received(&mut received.emitter, layers) }.is_err())
}

unsafe extern "C" fn text(context: *mut c_void, text: Bytes) {
    // SAFETY: as in `emit`.
    let received = unsafe { &mut *context.cast::<Received>() };
    // SAFETY: as in `emit`.
    received.text = unsafe { bytes_as_str(text, "text") }.unwrap_or("?").to_owned();
}

/// Calls an exported function with callbacks that fill a `Received`.
fn call(function: impl FnOnce(*const Host) -> i32) -> (i32, Received) {
    let mut received = Received::default();
    let host = Host {
        struct_size: size_of::<Host>() as u32,
        abi_minor: 0,
        context: (&raw mut received).cast(),
        emit,
        text,
    };
    let status = function(&raw const host);
    (status, received)
}

fn document(title: Option<&str>) -> Document {
    Document::new(Source { text: "Anna met Émile in Paris.", title, ..Source::default() }).unwrap_or_default()
}

#[test]
fn an_exported_stage_gives_what_the_linked_one_gives() {
    let entry = stage_type::<Capitals>();
    // SAFETY: calls of exported functions as the ABI says, here and below.
    let (status, received) = call(|host| unsafe { (entry.describe)(host) });
    assert_eq!(status, OK);
    assert!(
        received.text.contains("\"name\":\"capitals\"") && received.text.contains("1.2.3"),
        "{}",
        received.text
    );

    let mut handle = std::ptr::null_mut();
    // SAFETY: see above.
    let (status, _) = call(|host| unsafe { (entry.create)(Bytes::of("{}"), host, &raw mut handle) });
    assert_eq!(status, OK);

    let analyse = |title| {
        let document = document(title);
        let raw = raw_document(&document.view());
        // SAFETY: see above.
        call(|host| unsafe { (entry.analyze)(handle, &raw const raw, host) })
    };
    let (status, received) = analyse(None);
    assert_eq!(status, OK);
    let (mut loaded, mut linked) = (document(None), document(None));
    loaded.absorb(&received.emitter, &[layer::ENTITIES]).expect("right annotations");
    let mut emitter = Emitter::new();
    Capitals.analyze(&linked.view(), &mut emitter).expect("no error");
    linked.absorb(&emitter, &[layer::ENTITIES]).expect("right annotations");
    let shown = |document: &Document| {
        let view = document.view();
        let entities = view.entities().map(|entity| {
            let mentions: Vec<_> = entity.mentions().collect();
            (
                entity.name().to_owned(),
                entity.rule().to_owned(),
                entity.links().map(|link| link.1.to_owned()).collect::<Vec<_>>(),
                mentions,
            )
        });
        entities.collect::<Vec<_>>()
    };
    assert_eq!(shown(&loaded), shown(&linked));
    assert_eq!(shown(&loaded).len(), 3);

    let (status, received) = analyse(Some("error"));
    assert_eq!((status, received.text.as_str()), (FAILED, "told to"));
    let (status, received) = analyse(Some("panic"));
    assert_eq!(status, FAILED);
    assert!(received.text.starts_with("panicked: told to at "), "{}", received.text);
    // SAFETY: the handle is ended once.
    unsafe { (entry.destroy)(handle) };
}

#[test]
fn bad_options_are_told() {
    let entry = stage_type::<Capitals>();
    for (options, expected) in [("{\"x\": 1}", "unknown field `x`"), ("[", "option"), ("\u{0}", "option")] {
        let mut handle = std::ptr::null_mut();
        // SAFETY: a call as the ABI says.
        let (status, received) =
            call(|host| unsafe { (entry.create)(Bytes::of(options), host, &raw mut handle) });
        assert_eq!(status, FAILED);
        assert!(handle.is_null() && received.text.contains(expected), "{}", received.text);
    }
}

#[test]
fn null_and_nonsense_are_refused() {
    let entry = stage_type::<Capitals>();
    // SAFETY: null where the ABI wants a pointer is what these functions must withstand.
    unsafe {
        assert_eq!((entry.describe)(std::ptr::null()), FAILED);
        assert_eq!(call(|host| (entry.create)(Bytes::of("{}"), host, std::ptr::null_mut())).0, FAILED);
        assert_eq!(call(|host| (entry.analyze)(std::ptr::null_mut(), std::ptr::null(), host)).0, FAILED);
        (entry.destroy)(std::ptr::null_mut());
        let mut emitter = Emitter::new();
        assert_eq!(append_received(&mut emitter, std::ptr::null()), Err(AbiError::Null("layers")));
        let layers = send::raw_layers(&LayersView::default());
        let short = RawLayers { struct_size: 8, ..layers };
        assert!(matches!(
            append_received(&mut emitter, &raw const short),
            Err(AbiError::Size("layers", 8, _))
        ));
        let null = RawLayers { customs: RawSlice { data: std::ptr::null(), len: 3 }, ..layers };
        assert_eq!(append_received(&mut emitter, &raw const null), Err(AbiError::Null("customs")));
        let odd = RawLayers { refs: RawSlice { data: std::ptr::without_provenance(3), len: 1 }, ..layers };
        assert_eq!(append_received(&mut emitter, &raw const odd), Err(AbiError::Misaligned("refs")));
        let long = RawLayers { refs: RawSlice { data: std::ptr::dangling(), len: usize::MAX }, ..layers };
        assert!(matches!(append_received(&mut emitter, &raw const long), Err(AbiError::TooLong("refs", _))));
        let latin = RawLayers { strings: Bytes { data: [0xe9u8].as_ptr(), len: 1 }, ..layers };
        assert_eq!(append_received(&mut emitter, &raw const latin), Err(AbiError::Encoding("strings")));
        assert!(emitter.layers().is_empty());
    }
}
