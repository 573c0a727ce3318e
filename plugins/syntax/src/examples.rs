//! What training needs from the stage: the features of words, and the format of the model file.
//!
//! A trainer tags a document from left to right: tokens that are not words by [`known`], words with only one tag by the table that it
//! builds (with [`word_key`] as key), and all other words by their [`features`].

use std::ops::Range;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{DocumentView, Token};
use copydesk_learn::Classes;

use crate::features::{Form, history};
use crate::tagger::{before, certain};

pub use crate::model::{KIND, WEIGHTS, WORDS};

/// The key of a word in the table of words with one tag: "May" and "may" differ.
pub fn word_key(token: &Token) -> u64 {
    crate::model::word_key(token)
}

/// The tag of punctuation, symbols and plain numbers; `None` for words.
pub fn known(doc: &DocumentView<'_>, token: &Token) -> Option<PartOfSpeech> {
    certain(doc, token)
}

/// Replaces `into` by the features of the token at `at`, whose sentence has these tokens. `tags` are the tags of all tokens of
/// the document before it.
pub fn features(
    doc: &DocumentView<'_>,
    sentence: &Range<usize>,
    at: usize,
    tags: &[PartOfSpeech],
    classes: &Classes,
    into: &mut Vec<u64>,
) {
    let form = |at: usize| {
        let token = &doc.tokens()[at];
        Form::of(token, doc.slice(token.span()).as_bytes(), at == sentence.start, classes)
    };
    let before = before(tags, at - sentence.start);
    into.clear();
    into.extend(form(at).own());
    into.extend(if at + 1 < sentence.end { form(at + 1) } else { Form::EDGE }.after());
    into.extend(if at > sentence.start { form(at - 1) } else { Form::EDGE }.before());
    into.extend(history(before));
    into.push(Form::with_tag_before(Form::word_of(&doc.tokens()[at]), before[1]));
}
