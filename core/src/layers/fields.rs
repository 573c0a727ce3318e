//! Functions common to the records of all layers: each record lists its fields once; checking, relocation and renumbering use
//! that list.

use super::{Run, StrRef};
use crate::{Decimal, Span};

/// A record of one of the flat arrays, as stored and as sent over the plugin boundary.
///
/// Records are plain data: any bytes make a valid one, and [`Record::fields`] describes which values are meaningful.
pub(crate) trait Record: Copy + 'static {
    /// The name of a record in messages: "entity", "mention".
    const NAME: &'static str;
    /// The size in the first version of the ABI. Records from an older side lack the fields that were appended later.
    const FIRST_SIZE: usize;
    /// An empty record: the values of fields that the sender does not know.
    const ABSENT: Self;
    /// Whether stages emit such records. Others are made by the host and ignored if a stage sends them.
    const EMITTED: bool = true;

    /// Passes every field of the record to `fields`. Records that stages do not emit pass none.
    fn fields<F: Fields>(&mut self, _fields: &mut F) {}
}

/// The arrays that a [`Run`] of a record can refer to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum List {
    Pairs,
    Spans,
    Mentions,
    ClaimEntities,
    ClaimFigures,
}

/// The layers whose annotations an id can refer to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum IdOf {
    Entities,
    Quotes,
    Figures,
    Claims,
}

/// A pass over the fields of a record. It overrides the methods for the fields that it needs; the default ignores a field.
pub(crate) trait Fields {
    /// A span of the text.
    fn span(&mut self, _field: &'static str, _span: Span) {}
    /// A string of the pool.
    fn string(&mut self, _field: &'static str, _string: &mut StrRef) {}
    /// A list in another array.
    fn list(&mut self, _field: &'static str, _run: &mut Run, _of: List) {}
    /// The id of an annotation, or none.
    fn id(&mut self, _field: &'static str, _id: &mut u32, _of: IdOf) {}
    /// An id that the host sets.
    fn host_id(&mut self, _id: &mut u32) {}
    /// A list that the host sets.
    fn host_list(&mut self, _run: &mut Run) {}
    /// A number in 0..1.
    fn unit(&mut self, _field: &'static str, _number: f32) {}
    /// A number in -1..1.
    fn signed_unit(&mut self, _field: &'static str, _number: f32) {}
    /// An exact number.
    fn decimal(&mut self, _field: &'static str, _number: Decimal) {}
    /// A byte or a set of flags, which has a meaning only if `known`.
    fn tag(&mut self, _field: &'static str, _value: u32, _known: bool) {}
    /// A part that every record needs.
    fn required(&mut self, _field: &'static str, _present: bool) {}
    /// Bytes that a later version may use; they must be zero.
    fn reserved(&mut self, _bytes: &[u8]) {}
}

/// A record that is only an index, made by the host: the sorted order of mentions, the annotations inside a quote.
macro_rules! index_record {
    ($(#[$meta:meta])* $name:ident $word:literal) => {
        $(#[$meta])*
        #[repr(transparent)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub(crate) u32);

        impl $crate::layers::fields::Record for $name {
            const NAME: &'static str = $word;
            const FIRST_SIZE: usize = 4;
            const ABSENT: Self = Self($crate::layers::NONE);
            const EMITTED: bool = false;
        }
    };
}
pub(crate) use index_record;

impl Record for Span {
    const NAME: &'static str = "span";
    const FIRST_SIZE: usize = 8;
    const ABSENT: Self = Self::raw(0, 0);

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.span("span", *self);
    }
}
