//! Web pages, one per file. The workers extract the article: see `input::article`.

use super::text::Whole;
use super::{Format, InputFormat, begin, begins_with};
use crate::input::batch::Form;

pub(super) const FORMAT: Format = Format {
    format: InputFormat::Html,
    extensions: &["html", "htm", "xhtml"],
    sniff: |head| {
        let head = begin(head);
        begins_with(head, b"<!doctype html") || begins_with(head, b"<html")
    },
    open: |stream, context| Ok(Whole::open(stream, context, Form::Page(None))),
};
