//! Plugins of other versions: one of 1.0 runs in every later host, one of a later version is rejected.

use super::super::*;
use super::compile;
use crate::{Document, Emitter, Source, StageFactory, layer};
use std::path::Path;

/// Builds a frozen plugin and reads its header like a host.
fn loaded(name: &str) -> Result<Loaded, HeaderError> {
    let folder = tempfile::tempdir().expect("a folder for the plugin");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("frozen").join(name);
    let library = compile(&source, folder.path(), "frozen", &["-shared", "-fPIC"]);
    // SAFETY: our own library, which stays loaded for ever.
    let library = Box::leak(Box::new(unsafe { libloading::Library::new(&library) }.expect("a library")));
    // SAFETY: the type of the symbol is defined by the ABI.
    let header = unsafe { library.get::<*const Plugin>(SYMBOL.as_bytes()) }.expect("the symbol");
    // SAFETY: the header of a library that stays loaded.
    unsafe { load(*header) }
}

#[test]
#[cfg_attr(miri, ignore = "loads a library")]
fn a_plugin_of_the_first_version_still_runs() {
    let plugin = loaded("plugin-1.0.c").expect("a plugin of an earlier version");
    assert_eq!(plugin.version, (1, 0));
    let [names, reader] = plugin.stages.as_slice() else { panic!("two stages") };
    assert_eq!(names.info().rules[0].code, "title-case");
    let mut document = Document::new(Source { text: "Émile met Anna in Paris.", ..Source::default() })
        .expect("short enough");
    for (factory, layer) in [(names, layer::ENTITIES), (reader, "read")] {
        let stage = factory.build("{}").expect("a stage");
        let mut emitter = Emitter::new();
        emitter.reset(&document.view());
        stage.analyze(&document.view(), &mut emitter).expect("no error");
        document.absorb(&emitter, &[layer]).expect("right annotations");
    }
    let view = document.view();
    let entities: Vec<_> = view.entities().map(|entity| (entity.name(), entity.confidence())).collect();
    assert_eq!(entities, [("Émile", 0.5), ("Anna", 0.5), ("Paris", 0.5)]);
    // Fields that the plugin does not know count as not given.
    #[cfg(feature = "abi-next")]
    assert!(view.layers.entities.iter().all(|entity| entity.next == crate::layers::NONE));
    let read = view.customs().next().expect("what the second stage read");
    assert_eq!(read.payload(), "\"Émile@0 Anna@11 Paris@19 \"");
}

#[test]
#[cfg_attr(miri, ignore = "loads a library")]
fn plugins_of_later_versions_are_rejected() {
    let error = loaded("plugin-1.9.c").err().expect("it is refused");
    let expected = format!(
        "built for plugin ABI 1.9, this copydesk speaks 1.{ABI_MINOR}; use a newer copydesk, or build the plugin against \
         this one's core"
    );
    assert_eq!(error.to_string(), expected);
}
