//! Documents and annotations as bytes, for a stage in a separate process.
//!
//! Both processes run the same build (compared by [`layout`]), so records are copied in their in-memory form. The host does not
//! trust the answers: lengths and encoding are checked here, the content of records when the document absorbs them.
#![expect(unsafe_code, reason = "records are copied as bytes")]

use super::receive::AbiError;
use crate::layers::fields::Record;
use crate::layers::{Layers, LayersView, layer_arrays};
use crate::segment::{Paragraph, Sentence, Token, Zone};
use crate::{DocumentView, Emitter, Span};

/// Every section begins at a multiple of this number of bytes, the alignment of all records.
const ALIGNMENT: usize = 8;
const EXPLAINED: u64 = 1;
const TITLED: u64 = 2;
const DATED: u64 = 4;
const LAYERED: u64 = 8;

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u64).to_ne_bytes());
    out.extend_from_slice(bytes);
    out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
}

fn put_records<T: Record>(out: &mut Vec<u8>, records: &[T]) {
    const { assert!(align_of::<T>() <= ALIGNMENT) };
    // SAFETY: records are plain numbers without padding, as the layout test checks, so all their bytes are initialised.
    let bytes =
        unsafe { std::slice::from_raw_parts(records.as_ptr().cast::<u8>(), std::mem::size_of_val(records)) };
    put_bytes(out, bytes);
}

/// Reads consecutive sections.
struct Sections<'a> {
    bytes: &'a [u8],
}

impl<'a> Sections<'a> {
    fn number(&mut self, what: &'static str) -> Result<u64, AbiError> {
        let (number, rest) = self.bytes.split_first_chunk().ok_or(AbiError::CutOff(what))?;
        self.bytes = rest;
        Ok(u64::from_ne_bytes(*number))
    }

    fn bytes(&mut self, what: &'static str) -> Result<&'a [u8], AbiError> {
        let length = usize::try_from(self.number(what)?).map_err(|_| AbiError::CutOff(what))?;
        let (bytes, rest) = self.bytes.split_at_checked(length).ok_or(AbiError::CutOff(what))?;
        let padding = length.next_multiple_of(ALIGNMENT) - length;
        self.bytes = rest.get(padding..).ok_or(AbiError::CutOff(what))?;
        Ok(bytes)
    }

    fn text(&mut self, what: &'static str) -> Result<&'a str, AbiError> {
        std::str::from_utf8(self.bytes(what)?).map_err(|_| AbiError::Encoding(what))
    }

    /// Records in place.
    fn records<T: Record>(&mut self, what: &'static str) -> Result<&'a [T], AbiError> {
        let bytes = self.bytes(what)?;
        if !bytes.len().is_multiple_of(size_of::<T>()) {
            return Err(AbiError::CutOff(what));
        }
        let records = bytes.as_ptr().cast::<T>();
        if !records.is_aligned() {
            return Err(AbiError::Misaligned(what));
        }
        // SAFETY: aligned, all bytes are valid for `'a`, and any bytes make a valid record.
        Ok(unsafe { std::slice::from_raw_parts(records, bytes.len() / size_of::<T>()) })
    }

    /// Appends copies of the records to `into`; more than `most` are an error.
    fn copy_records<T: Record>(
        &mut self,
        into: &mut Vec<T>,
        what: &'static str,
        most: usize,
    ) -> Result<(), AbiError> {
        let bytes = self.bytes(what)?;
        if !bytes.len().is_multiple_of(size_of::<T>()) {
            return Err(AbiError::CutOff(what));
        }
        let count = bytes.len() / size_of::<T>();
        if count > most {
            return Err(AbiError::TooLong(what, count));
        }
        into.reserve(count);
        // SAFETY: there is capacity for `count` records after the last one, and any bytes make a valid record.
        unsafe {
            into.as_mut_ptr()
                .add(into.len())
                .cast::<u8>()
                .copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            into.set_len(into.len() + count);
        }
        Ok(())
    }
}

/// Appends a document; the length is then a multiple of eight. Annotations are included only if `layers` is set.
pub fn pack_document(view: &DocumentView<'_>, layers: bool, out: &mut Vec<u8>) {
    let flag = |set: bool, flag: u64| if set { flag } else { 0 };
    let flags = flag(view.explained, EXPLAINED)
        | flag(view.title.is_some(), TITLED)
        | flag(view.date.is_some(), DATED)
        | flag(layers, LAYERED);
    out.extend_from_slice(&flags.to_ne_bytes());
    put_bytes(out, view.id.as_bytes());
    put_bytes(out, view.text.as_bytes());
    put_bytes(out, view.title.unwrap_or_default().as_bytes());
    put_bytes(out, view.date.unwrap_or_default().as_bytes());
    put_records(out, view.targets);
    put_records(out, view.tokens);
    put_records(out, view.sentences);
    put_records(out, view.paragraphs);
    put_records(out, view.zones);
    if layers {
        pack_layers(&view.layers, out);
    }
}

/// Reads a document written by [`pack_document`], in place.
///
/// # Errors
/// If bytes are missing or text is not UTF-8.
pub fn unpack_document(words: &[u64]) -> Result<DocumentView<'_>, AbiError> {
    // SAFETY: all bytes of the words are initialised.
    let bytes =
        unsafe { std::slice::from_raw_parts(words.as_ptr().cast::<u8>(), std::mem::size_of_val(words)) };
    let mut sections = Sections { bytes };
    let flags = sections.number("flags")?;
    let (id, text) = (sections.text("id")?, sections.text("text")?);
    let (title, date) = (sections.text("title")?, sections.text("date")?);
    Ok(DocumentView {
        id,
        text,
        title: (flags & TITLED != 0).then_some(title),
        date: (flags & DATED != 0).then_some(date),
        targets: sections.records::<Span>("targets")?,
        tokens: sections.records::<Token>("tokens")?,
        sentences: sections.records::<Sentence>("sentences")?,
        paragraphs: sections.records::<Paragraph>("paragraphs")?,
        zones: sections.records::<Zone>("zones")?,
        layers: if flags & LAYERED != 0 { unpack_layers(&mut sections)? } else { LayersView::default() },
        explained: flags & EXPLAINED != 0,
    })
}

/// The bytes of words: the buffer for the input of [`unpack_document`], as records must be aligned.
pub fn words_as_bytes(words: &mut [u64]) -> &mut [u8] {
    // SAFETY: all bytes of the words are initialised, and any bytes make valid words.
    unsafe { std::slice::from_raw_parts_mut(words.as_mut_ptr().cast::<u8>(), std::mem::size_of_val(words)) }
}

/// Appends the annotations that a stage emitted.
pub fn pack_emitted(emitter: &Emitter, out: &mut Vec<u8>) {
    pack_emitted_layers(&emitter.layers, out);
}

/// Reads the output of [`pack_emitted`] into an emitter that has been reset. Ids, spans and strings are checked when the document
/// absorbs them.
///
/// # Errors
/// If there are too few or too many bytes, text is not UTF-8, or there are more records than a document can have.
pub fn unpack_emitted(emitter: &mut Emitter, bytes: &[u8]) -> Result<(), AbiError> {
    let most = emitter.max_records;
    let mut sections = Sections { bytes };
    emitter.layers.clear();
    unpack_emitted_layers(&mut emitter.layers, &mut sections, most)?;
    if sections.bytes.is_empty() { Ok(()) } else { Err(AbiError::CutOff("annotations")) }
}

macro_rules! packed_layers {
    ($($(#[$doc:meta])* $([$cfg:meta])? $field:ident: $record:ty,)+) => {
        fn pack_layers(layers: &LayersView<'_>, out: &mut Vec<u8>) {
            put_bytes(out, layers.strings.as_bytes());
            $($(#[cfg($cfg)])? put_records(out, layers.$field);)+
        }

        fn unpack_layers<'a>(sections: &mut Sections<'a>) -> Result<LayersView<'a>, AbiError> {
            Ok(LayersView {
                strings: sections.text("strings")?,
                $($(#[cfg($cfg)])? $field: sections.records::<$record>(stringify!($field))?,)+
            })
        }

        fn pack_emitted_layers(layers: &Layers, out: &mut Vec<u8>) {
            put_bytes(out, layers.strings.as_bytes());
            $($(#[cfg($cfg)])? if <$record as Record>::EMITTED { put_records(out, &layers.$field); })+
        }

        fn unpack_emitted_layers(
            layers: &mut Layers,
            sections: &mut Sections<'_>,
            most: usize,
        ) -> Result<(), AbiError> {
            layers.strings.push_str(sections.text("strings")?);
            $($(#[cfg($cfg)])? if <$record as Record>::EMITTED {
                sections.copy_records(&mut layers.$field, stringify!($field), most)?;
            })+
            Ok(())
        }

        /// A number that differs between builds with different records.
        pub fn layout() -> u64 {
            let sizes = [
                size_of::<Token>(), size_of::<Sentence>(), size_of::<Paragraph>(), size_of::<Zone>(),
                $($(#[cfg($cfg)])? size_of::<$record>(),)+
            ];
            let names = [$($(#[cfg($cfg)])? stringify!($field),)+];
            sizes.iter().fold(crate::hash_lower(&names.join(" ")), |hash, size| {
                hash.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ *size as u64
            })
        }
    };
}
layer_arrays!(packed_layers);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::{EntityKind, MentionForm, layer};
    use crate::{Document, Source};

    crate::rules! {
        /// The rule of these tests.
        WATCHED = Finds "watched" {
            what: "Marks a word.",
            why: "It is watched.",
            example: "An [elk].",
            counterexample: "A cow.",
        }
    }

    fn document() -> Document {
        let targets = [Span::raw(0, 5)];
        let source = Source {
            id: "é",
            text: "Clara met Béla. They spoke.",
            title: Some("A title"),
            date: None,
            targets: &targets,
        };
        Document::new(source).expect("short")
    }

    fn emitted(document: &Document) -> Emitter {
        let mut emitter = Emitter::new();
        emitter.reset(&document.view());
        emitter.entity(EntityKind::Person, "Clara", WATCHED).mention(Span::raw(0, 5), MentionForm::Name);
        emitter.custom("own", Span::raw(6, 9), &[1, 2], WATCHED).expect("JSON");
        emitter
    }

    fn words(bytes: &[u8]) -> Vec<u64> {
        assert!(bytes.len().is_multiple_of(8));
        bytes.chunks(8).map(|word| u64::from_ne_bytes(word.try_into().expect("eight"))).collect()
    }

    #[test]
    fn documents_survive_packing() {
        let mut document = document();
        let emitter = emitted(&document);
        document.absorb(&emitter, &[layer::ENTITIES, "own"]).expect("right");
        document.explain(true);
        let mut packed = Vec::new();
        pack_document(&document.view(), true, &mut packed);
        let packed = words(&packed);
        let view = unpack_document(&packed).expect("whole");
        assert_eq!(format!("{view:?}"), format!("{:?}", document.view()));
        let mut bare = Vec::new();
        pack_document(&document.view(), false, &mut bare);
        let bare = words(&bare);
        let view = unpack_document(&bare).expect("whole");
        assert_eq!((view.text(), view.title(), view.date()), (document.view().text(), Some("A title"), None));
        assert_eq!(view.customs().len(), 0);
        for length in 0..packed.len() {
            assert!(unpack_document(&packed[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn annotations_survive_packing_and_corrupt_bytes_are_harmless() {
        let mut document = document();
        let emitter = emitted(&document);
        let mut packed = Vec::new();
        pack_emitted(&emitter, &mut packed);
        let mut back = Emitter::new();
        back.reset(&document.view());
        unpack_emitted(&mut back, &packed).expect("whole");
        assert_eq!(format!("{:?}", back.layers), format!("{:?}", emitter.layers));
        for length in 0..packed.len() {
            assert!(unpack_emitted(&mut back, &packed[..length]).is_err(), "{length}");
        }
        // A changed byte gives an error, a violation, or a different annotation.
        for place in 0..packed.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut broken = packed.clone();
                broken[place] = value;
                back.reset(&document.view());
                if unpack_emitted(&mut back, &broken).is_ok() {
                    let _ = document.clone().absorb(&back, &[layer::ENTITIES, "own"]);
                }
            }
        }
        document.absorb(&emitter, &[layer::ENTITIES, "own"]).expect("right");
    }

    #[test]
    fn too_many_records_are_rejected() {
        let document = document();
        let mut emitter = emitted(&document);
        let spans = vec![Span::raw(0, 1); 1_000_000];
        emitter.layers.spans = spans;
        let mut packed = Vec::new();
        pack_emitted(&emitter, &mut packed);
        let mut back = Emitter::new();
        back.reset(&document.view());
        assert_eq!(unpack_emitted(&mut back, &packed), Err(AbiError::TooLong("spans", 1_000_000)));
    }
}
