//! What the records of all layers share: each tells its fields once, and checking, moving and renumbering follow from that.

use super::{Run, StrRef};
use crate::{Decimal, Span};

/// A record of one of the flat arrays, as stored and as sent over the plugin boundary.
///
/// Records are plain data: any bytes make a valid one, and [`Record::fields`] tells what its bytes may say.
pub(crate) trait Record: Copy + 'static {
    /// What messages call a record: "entity", "mention".
    const NAME: &'static str;
    /// The size in the first version of the ABI. Fields that were appended since are missing in what an older side sends.
    const FIRST_SIZE: usize;
    /// A record that says nothing: what fields hold that the sender does not know.
    const ABSENT: Self;
    /// Whether stages emit such records. The others are made by the host, and ignored where a stage sends them.
    const EMITTED: bool = true;

    /// Shows every field of the record to `fields`. What stages do not emit has nothing to show.
    fn fields<F: Fields>(&mut self, _fields: &mut F) {}
}

/// The arrays that a [`Run`] of a record can lead into.
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

/// What is done with the fields of a record. A pass overrides what it looks at; the rest it passes over.
pub(crate) trait Fields {
    /// A stretch of the text.
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
    /// A number of 0..1.
    fn unit(&mut self, _field: &'static str, _number: f32) {}
    /// A number of -1..1.
    fn signed_unit(&mut self, _field: &'static str, _number: f32) {}
    /// An exact number.
    fn decimal(&mut self, _field: &'static str, _number: Decimal) {}
    /// A byte or a set of flags that stands for something only where `known`.
    fn tag(&mut self, _field: &'static str, _value: u32, _known: bool) {}
    /// Something without which the record means nothing.
    fn required(&mut self, _field: &'static str, _present: bool) {}
    /// Bytes that a later version will give a meaning; until then they are zero.
    fn reserved(&mut self, _bytes: &[u8]) {}
}

/// A record that is a bare index, made by the host: the sorted order of mentions, the annotations inside a quote.
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
