//! Tests of both sides of the ABI: an exported stage called like a host does, and invalid data.
#![expect(unsafe_code, reason = "acts as the host")]

use std::ffi::c_void;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;
use crate::layers::*;
use crate::{Document, DocumentView, Emitter, NoOptions, RuleId, Source, Stage, StageError, layer};

mod frozen;
mod layout;

/// Compiles a C file against the headers of a folder of this crate.
fn compile(source: &Path, into: &Path, headers: &str, arguments: &[&str]) -> PathBuf {
    let output = into.join(source.file_stem().expect("a file"));
    let compiled = Command::new("cc")
        .args(["-Wall", "-Wextra", "-Werror", "-I"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(headers))
        .args(arguments)
        .arg("-o")
        .args([&output, source])
        .status()
        .expect("a C compiler; Rust links with it too");
    assert!(compiled.success(), "{}", source.display());
    output
}

crate::rules! {
    /// The rule of the test's stage.
    CAPITAL = Finds "capital" {
        what: "Marks a capitalised word.",
        why: "The tests need a rule.",
        example: "[Anna] sleeps.",
        counterexample: "Anna [sleeps].",
    }
}

/// Marks every capitalised word, or fails as the title of the document says.
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
            out.entity(EntityKind::Other, name, CAPITAL)
                .mention(token.span(), MentionForm::Name)
                .links([("length", name.len().to_string().as_str())])
                .confidence(0.5);
        }
        Ok(())
    }
}

impl crate::StageType for Capitals {
    const NAME: &'static str = "capitals";
    const VERSION: &'static str = "1.2.3";
    const SUMMARY: &'static str = "Marks capitals.";
    const PROVIDES: &'static [&'static str] = &[layer::ENTITIES];
    const RULES: &'static [RuleId] = RULES;
    type Options = NoOptions;
    fn new(_: NoOptions) -> Result<Self, StageError> {
        Ok(Self)
    }
}

/// The data that the callbacks received.
#[derive(Default)]
struct Received {
    emitter: Emitter,
    text: String,
}

unsafe extern "C" fn emit(context: *mut c_void, layers: *const RawLayers) -> i32 {
    // SAFETY: the tests pass a `Received` and the plugin side lends its layers.
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
        emit: Some(emit),
        text: Some(text),
        #[cfg(feature = "abi-next")]
        next: None,
    };
    let status = function(&raw const host);
    (status, received)
}

fn document(title: Option<&str>) -> Document {
    Document::new(Source { text: "Anna met Émile in Paris.", title, ..Source::default() }).unwrap_or_default()
}

#[test]
fn exported_and_linked_stages_give_the_same_results() {
    let entry = stage_type::<Capitals>();
    // SAFETY: calls of exported functions according to the ABI, here and below.
    let (status, received) = call(|host| unsafe { (entry.describe.expect("set"))(host) });
    assert_eq!(status, OK);
    assert!(
        received.text.contains("\"name\":\"capitals\"") && received.text.contains("1.2.3"),
        "{}",
        received.text
    );

    let mut handle = std::ptr::null_mut();
    // SAFETY: see above.
    let (status, _) =
        call(|host| unsafe { (entry.create.expect("set"))(Bytes::of("{}"), host, &raw mut handle) });
    assert_eq!(status, OK);

    let analyse = |title| {
        let document = document(title);
        let view = document.view();
        let layers = document_layers(&view);
        let raw = raw_document(&view, &layers);
        // SAFETY: see above.
        call(|host| unsafe { (entry.analyze.expect("set"))(handle, &raw const raw, host) })
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
    // SAFETY: the handle is destroyed once.
    unsafe { (entry.destroy.expect("set"))(handle) };
}

#[test]
fn invalid_options_are_reported() {
    let entry = stage_type::<Capitals>();
    for (options, expected) in [("{\"x\": 1}", "unknown field `x`"), ("[", "option"), ("\u{0}", "option")] {
        let mut handle = std::ptr::null_mut();
        // SAFETY: a call according to the ABI.
        let (status, received) =
            call(|host| unsafe { (entry.create.expect("set"))(Bytes::of(options), host, &raw mut handle) });
        assert_eq!(status, FAILED);
        assert!(handle.is_null() && received.text.contains(expected), "{}", received.text);
    }
}

#[test]
fn null_pointers_and_invalid_data_are_rejected() {
    let entry = stage_type::<Capitals>();
    // SAFETY: these functions must accept null where the ABI requires a pointer.
    unsafe {
        assert_eq!((entry.describe.expect("set"))(std::ptr::null()), FAILED);
        assert_eq!(
            call(|host| (entry.create.expect("set"))(Bytes::of("{}"), host, std::ptr::null_mut())).0,
            FAILED
        );
        assert_eq!(
            call(|host| (entry.analyze.expect("set"))(std::ptr::null_mut(), std::ptr::null(), host)).0,
            FAILED
        );
        (entry.destroy.expect("set"))(std::ptr::null_mut());
        let mut emitter = Emitter::new();
        assert_eq!(append_received(&mut emitter, std::ptr::null()), Err(AbiError::Null("layers")));
        let layers = send::raw_layers(&LayersView::default());
        let short = RawLayers { struct_size: 8, ..layers };
        assert!(matches!(
            append_received(&mut emitter, &raw const short),
            Err(AbiError::Size("layers", 8, _))
        ));
        let lie = RawLayers { struct_size: 4096, ..layers };
        // A newer sender has more fields; the known ones are read.
        assert_eq!(append_received(&mut emitter, &raw const lie), Ok(()));
        let reserved = RawLayers { reserved: 1, ..layers };
        assert_eq!(append_received(&mut emitter, &raw const reserved), Err(AbiError::Reserved("layers")));
        let raw = |data, len, stride| RawSlice { data, len, stride };
        let null = RawLayers { customs: raw(std::ptr::null(), 3, 36), ..layers };
        assert_eq!(append_received(&mut emitter, &raw const null), Err(AbiError::Null("customs")));
        let odd = RawLayers {
            spans: RawSlice { data: std::ptr::without_provenance(3), len: 1, stride: 8 },
            ..layers
        };
        assert_eq!(append_received(&mut emitter, &raw const odd), Err(AbiError::Misaligned("spans")));
        let long =
            RawLayers { spans: RawSlice { data: std::ptr::dangling(), len: u32::MAX, stride: 8 }, ..layers };
        assert!(matches!(append_received(&mut emitter, &raw const long), Err(AbiError::TooLong("spans", _))));
        for stride in [0, 4, 35, 38, 1 << 31] {
            let narrow = RawLayers { customs: raw(std::ptr::dangling(), 1, stride), ..layers };
            let error = append_received(&mut emitter, &raw const narrow);
            assert!(
                matches!(error, Err(AbiError::Stride("customs", given, 36, 4)) if given == stride),
                "{error:?}"
            );
        }
        let latin = RawLayers { strings: Bytes { data: [0xe9u8].as_ptr(), len: 1 }, ..layers };
        assert_eq!(append_received(&mut emitter, &raw const latin), Err(AbiError::Encoding("strings")));
        assert!(emitter.layers.is_empty());
    }
}

/// Records of a different size, from a host or plugin of another version, are truncated or padded.
#[test]
fn records_of_any_size_are_read() {
    use crate::Span;
    let mut text = String::from("capital");
    let strings = Bytes::of(&text);
    // Two spans of three words each, of which the first two are known.
    let wide: [u32; 6] = [1, 2, 9, 3, 4, 9];
    let layers = send::raw_layers(&LayersView::default());
    let spans = RawSlice { data: wide.as_ptr().cast::<Span>(), len: 2, stride: 12 };
    let sent = RawLayers { strings, spans, ..layers };
    let mut emitter = Emitter::new();
    // SAFETY: the arrays have the stated lengths.
    unsafe { append_received(&mut emitter, &raw const sent) }.expect("wide records");
    text.clear();
    assert_eq!(emitter.layers.spans, [Span::raw(1, 2), Span::raw(3, 4)]);
    assert_eq!(emitter.layers.strings, "capital");
}

#[test]
fn null_functions_are_rejected_at_load() {
    let entry = stage_type::<Capitals>();
    let header = |entries: &[StageType]| Plugin {
        magic: MAGIC,
        struct_size: size_of::<Plugin>() as u32,
        abi_major: ABI_MAJOR,
        abi_minor: ABI_MINOR,
        stages: entries.as_ptr(),
        stage_count: entries.len(),
        #[cfg(feature = "abi-next")]
        next: 0,
    };
    let refused = |entry: StageType| {
        let entries = [entry];
        let plugin = header(&entries);
        // SAFETY: a header that lives long enough.
        unsafe { load(&raw const plugin) }.map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(refused(entry), Ok(()));
    for (broken, function) in [
        (StageType { describe: None, ..entry }, "describe"),
        (StageType { create: None, ..entry }, "create"),
        (StageType { analyze: None, ..entry }, "analyze"),
        (StageType { destroy: None, ..entry }, "destroy"),
    ] {
        assert_eq!(refused(broken), Err(format!("stage 1: its function `{function}` is null")));
    }
    let reserved = StageType { reserved: 1, ..entry };
    assert_eq!(refused(reserved), Err("stage 1: the reserved bytes of stage are not zero".to_owned()));
    let entries = [entry, entry];
    // SAFETY: as above.
    let loaded = unsafe { load(&raw const *Box::leak(Box::new(header(&entries)))) }.expect("two stages");
    assert_eq!(loaded.stages.len(), 2);
}
