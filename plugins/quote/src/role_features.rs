//! The features of the role model.
//!
//! They are summed in three groups, by how often each has to be computed again: those of the element and its side of the cue
//! (once per unit), those of the cue and the path to the element (when the path changes), and those of both.

use copydesk_learn::feature::mix;

use crate::elements::Element;
use crate::features::{feature, feature2};
use crate::path::Path;
use crate::view::{UNQUOTED, View};

/// What is the same for all elements around one cue.
pub(crate) struct CueContext {
    word: u64,
    class: u64,
    tag: u64,
    /// The construction of the cue: passive, infinitive, with an addressee before its content, after or before a comma.
    frame: u64,
    quoted: u64,
    that: u64,
}

/// What is the same for all elements whose path passes the same things.
pub(crate) struct Lane {
    lane: u64,
    word: u64,
    class: u64,
    frame: u64,
    quoted: u64,
    quoted_side: u64,
    tag: u64,
    that: u64,
}

impl CueContext {
    /// The context of the cue at `at`. The view is classified.
    pub(crate) fn of(view: &View, at: usize, end: usize) -> Self {
        let [_, _, word, _, _] = *view.words(at);
        let [_, before, tag, after, _] = *view.tags(at);
        let [left, right] = view.quoted_beside(at);
        let quoted = (left != UNQUOTED) as u64 | ((right != UNQUOTED) as u64) << 1;
        let that = u64::from(view.that_after(at, end) > 0);
        Self {
            word,
            class: view.classes_at(at)[1],
            tag,
            frame: before << 24 | tag << 16 | after << 8 | quoted << 2 | that,
            quoted: quoted << 16 | (left & 15) << 8 | (right & 15),
            that,
        }
    }

    /// What the elements at the end of a path have in common.
    pub(crate) fn lane(&self, path: &Path) -> Lane {
        let (lane, side) = (path.lane(), u64::from(path.is_right()));
        Lane {
            lane,
            word: mix(self.word, lane),
            class: mix(self.class, lane),
            frame: mix(self.frame, lane),
            quoted: mix(self.quoted, lane),
            quoted_side: mix(self.quoted, side),
            tag: mix(self.tag, lane),
            that: mix(self.that, lane),
        }
    }

    /// The features of the path without its length.
    pub(crate) fn path(&self, path: &Path) -> [u64; 3] {
        let lane = path.lane();
        [feature(103, lane), feature2(117, self.word, lane), feature2(129, path.last_mark, lane)]
    }
}

/// The features of the length of a path.
pub(crate) fn length(path: &Path) -> [u64; 1] {
    [feature(101, u64::from(path.is_right()) << 8 | path.distance())]
}

impl View {
    /// The features of the element at `at` that depend only on its side of the cue.
    pub(crate) fn beside(&self, at: usize, right: bool) -> [u64; 6] {
        let [_, w1l, word, w1r, _] = *self.words(at);
        let [_, t1l, tag, t1r, _] = *self.tags(at);
        let side = u64::from(right);
        let trigram = t1l << 16 | tag << 8 | t1r;
        [
            feature2(107, side, trigram),
            feature2(110, side, word),
            feature2(111, side, w1l),
            feature2(112, side, w1r),
            feature2(113, side, mix(w1l, word)),
            feature2(114, side, mix(word, w1r)),
        ]
    }

    /// The features of the element at `at` for one cue and the path to it.
    #[inline]
    pub(crate) fn role(&self, at: usize, element: &Element, lane: &Lane) -> [u64; 9] {
        let [_, t1l, tag, t1r, _] = *self.tags(at);
        let trigram = t1l << 16 | tag << 8 | t1r;
        [
            feature2(116, lane.lane, self.classes_at(at)[0]),
            feature2(119, lane.word, tag),
            feature2(120, lane.class, tag),
            feature2(122, lane.frame, tag),
            feature2(124, lane.quoted, tag),
            feature2(125, lane.quoted_side, trigram),
            feature2(126, lane.tag, trigram),
            feature2(128, lane.lane, u64::from(element.case) << 8 | tag),
            feature2(133, lane.that, element.word),
        ]
    }
}
