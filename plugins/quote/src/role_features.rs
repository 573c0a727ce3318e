//! The features of the role model, in groups by what they depend on.
//!
//! Their weights are added as integers, so sums of groups are exact in any order, and a group is summed only when what it depends on
//! is new (`role_scores`):
//!
//! | group | depends on | summed |
//! |---|---|---|
//! | [`of_word`] | a word and the side of the cue | once a word |
//! | [`of_length`] | the distance in classes and the side of the cue | with the model |
//! | [`Around::of_tags`] | three tags, the side of the cue and the marks next to it | once each combination |
//! | [`Around::of_bigrams`] | two words and the side of the cue | once an element and side of a unit |
//! | [`CueContext::of_lane`] | the cue's word and what lies between it and the element | once each combination |
//! | [`CueContext::of_mark`] | the last mark between them | when the path changes |
//! | [`Lane::of_class`] | the path and the element's class | once each combination |
//! | [`Lane::of_written`] | the path, the marks next to the cue, and the element's tag and letter case | once each combination |
//! | [`Lane::of_tag`] | the cue, the path and the element's tag | once a tag while the path stays the same |
//! | [`Lane::of_pair`] | the cue, the path and the element | for each pair of cue and element |
//!
//! What is summed once is kept in a memo, by a hash of what it depends on ([`Keyed`]). It is worth keeping only if it comes back often:
//! in news four of five combinations of the groups of a lane, and two of three of those of tags.

use copydesk_learn::feature::mix;

use crate::features::{Half, Second, feature, feature2};
use crate::path::Path;
use crate::view::{Spot, UNQUOTED, View};

/// What is the same for all elements around one cue.
pub(crate) struct CueContext {
    word: u64,
    class: u64,
    tag: u64,
    /// The construction of the cue: passive, infinitive, with an addressee before its content, after or before a comma.
    frame: u64,
    /// The stretches in quotation marks next to the cue.
    pub(crate) quoted: u64,
    that: u64,
}

/// What is the same for all elements whose path passes the same things.
#[derive(Default)]
pub(crate) struct Lane {
    number: u64,
    marked: u64,
    class: Half,
    cue_word: Half,
    cue_class: Half,
    frame: Half,
    quoted: Half,
    cue_tag: Half,
    written: Half,
    that: Half,
}

/// Features, and a hash of what they depend on; no other group of the same memo has the same.
pub(crate) struct Keyed<const N: usize> {
    pub(crate) key: u64,
    pub(crate) features: [u64; N],
}

/// A key of what fits in one number: one for each number, the upper bits spread.
#[inline(always)]
const fn key_of(number: u64) -> u64 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl CueContext {
    /// The context of the cue at `at`. The view is classified.
    pub(crate) fn of(view: &View, at: usize, end: usize) -> Self {
        let [_, before, tag, after, _] = view.window(at).map(|spot| spot.tag());
        let spot = view.spot(at);
        let [left, right] = view.quoted_beside(at);
        let quoted = (left != UNQUOTED) as u64 | ((right != UNQUOTED) as u64) << 1;
        let that = u64::from(view.that_after(at, end) > 0);
        Self {
            word: spot.word,
            class: u64::from(spot.classes[1]),
            tag,
            frame: before << 24 | tag << 16 | after << 8 | quoted << 2 | that,
            quoted: quoted << 16 | (left & 15) << 8 | (right & 15),
            that,
        }
    }

    /// What the elements at the end of a path have in common.
    #[inline(always)]
    pub(crate) fn lane(&self, lane: u64) -> Lane {
        let [word, quoted] = [self.word, self.quoted].map(|value| mix(value, lane));
        Lane {
            number: lane,
            marked: self.quoted << 8 | lane,
            class: Half::of(116, lane),
            cue_word: Half::of(119, word),
            cue_class: Half::of(120, mix(self.class, lane)),
            frame: Half::of(122, mix(self.frame, lane)),
            quoted: Half::of(124, quoted),
            cue_tag: Half::of(126, mix(self.tag, lane)),
            written: Half::of(128, lane),
            that: Half::of(133, mix(self.that, lane)),
        }
    }

    /// By template: 103, 117.
    #[inline(always)]
    pub(crate) fn of_lane(&self, lane: u64) -> Keyed<2> {
        let own = feature2(117, self.word, lane);
        Keyed { key: own, features: [feature(103, lane), own] }
    }

    /// By template: 129.
    #[inline(always)]
    pub(crate) fn of_mark(&self, path: &Path) -> u64 {
        feature2(129, path.last_mark, path.lane())
    }
}

/// By template: 101.
pub(crate) fn of_length(right: bool, distance: u64) -> u64 {
    feature(101, u64::from(right) << 8 | distance)
}

/// The features of a word as an element (template 110), as the one before (111), and as the one after (112).
#[inline(always)]
pub(crate) fn of_word(word: u64, right: bool) -> Keyed<3> {
    let (side, key) = (u64::from(right), key_of(word ^ u64::from(right) << 63));
    let word = Second::of(word);
    let features = [110, 111, 112].map(|template| Half::of(template, side).with(word));
    Keyed { key, features }
}

impl Lane {
    /// By template: 119, 120, 122.
    #[inline(always)]
    pub(crate) fn of_tag(&self, tag: u64) -> [u64; 3] {
        let tag = Second::of(tag);
        [self.cue_word, self.cue_class, self.frame].map(|half| half.with(tag))
    }

    /// By template: 116.
    #[inline(always)]
    pub(crate) fn of_class(&self, around: &Around) -> Keyed<1> {
        let class = u64::from(around.own.classes[0]);
        Keyed { key: key_of(class << 8 | self.number), features: [self.class.with(Second::of(class))] }
    }

    /// By template: 124, 128.
    #[inline(always)]
    pub(crate) fn of_written(&self, around: &Around) -> Keyed<2> {
        let tag = around.own.tag();
        let written = u64::from(around.own.case) << 8 | tag;
        Keyed {
            key: key_of(self.marked << 16 | written),
            features: [self.quoted.with(Second::of(tag)), self.written.with(Second::of(written))],
        }
    }

    /// By template: 126, 133.
    #[inline(always)]
    pub(crate) fn of_pair(&self, around: &Around) -> [u64; 2] {
        [self.cue_tag.with(Second::of(around.trigram())), self.that.with(Second::of(around.own.word))]
    }
}

/// An element between its neighbours.
pub(crate) struct Around<'v> {
    pub(crate) before: &'v Spot,
    pub(crate) own: &'v Spot,
    pub(crate) after: &'v Spot,
}

impl<'v> Around<'v> {
    /// Around the element at `at`.
    #[inline(always)]
    pub(crate) fn of(view: &'v View, at: usize) -> Self {
        let [_, before, own, after, _] = view.window(at);
        Self { before, own, after }
    }

    /// By template: 107, 125.
    #[inline(always)]
    pub(crate) fn of_tags(&self, right: bool, quoted: u64) -> Keyed<2> {
        let (side, tags) = (u64::from(right), self.trigram());
        let halves = [Half::of(107, side), Half::of(125, mix(quoted, side))];
        Keyed {
            key: key_of(quoted << 32 | tags << 1 | side),
            features: halves.map(|half| half.with(Second::of(tags))),
        }
    }

    /// By template: 113, 114.
    #[inline(always)]
    pub(crate) fn of_bigrams(&self, right: bool) -> [u64; 2] {
        let side = u64::from(right);
        [
            feature2(113, side, mix(self.before.word, self.own.word)),
            feature2(114, side, mix(self.own.word, self.after.word)),
        ]
    }

    /// The tags of the three as one number.
    #[inline(always)]
    fn trigram(&self) -> u64 {
        self.before.tag() << 16 | self.own.tag() << 8 | self.after.tag()
    }
}
