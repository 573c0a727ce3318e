//! The features of the cue model.

use copydesk_learn::Classes;

use crate::elements::Unit;
use crate::features::{feature, feature2};
use crate::view::{UNQUOTED, View, bucket};

/// The number of features.
pub(crate) const COUNT: usize = 31;

impl View {
    /// The features that decide whether the element at `at`, a word with these letters, is a cue.
    pub(crate) fn cue(&self, unit: &Unit, at: usize, letters: &[u8], classes: &Classes) -> [u64; COUNT] {
        let [w2l, w1l, word, w1r, w2r] = self.window(at).map(|spot| spot.word);
        let [_, t1l, tag, t1r, _] = self.window(at).map(|spot| spot.tag());
        let [_, middle, fine, finest] = classes.of(word).map(u64::from);
        let fold = |bytes: &[u8]| bytes.iter().fold(0u64, |all, byte| all << 8 | u64::from(byte | 0x20));
        let prefix = fold(&letters[..letters.len().min(5)]);
        let suffix = fold(&letters[letters.len().saturating_sub(3)..]);
        let [left, right] = self.quoted_beside(at);
        let kind = (left != UNQUOTED) as u64 | ((right != UNQUOTED) as u64) << 1;
        let near = (left & 15).min(7) << 3 | (right & 15).min(7);
        let place = bucket(at - unit.own.start) << 4 | bucket(unit.own.end - at);
        let [subject_word, subject_class, subject_tag] = self.subject(at, classes);
        let that = self.that_after(at, unit.wide.end);
        [
            feature(1, word),
            feature2(2, word, tag),
            feature(3, tag),
            feature(4, finest),
            feature(5, fine),
            feature(6, middle),
            feature(7, prefix),
            feature2(8, prefix, tag),
            feature(9, suffix),
            feature(10, w1l),
            feature(11, w1r),
            feature2(12, t1l, tag),
            feature2(13, tag, t1r),
            feature2(16, word, t1r),
            feature2(17, word, t1l),
            feature2(18, word, w1r),
            feature2(19, word, w1l),
            feature2(23, fine, t1l),
            feature2(24, word, kind),
            feature2(25, middle, kind << 8 | near),
            feature2(26, tag, near << 16 | (left & 0xfff0) | kind),
            feature2(27, tag, right << 16 | kind),
            feature2(28, word, that),
            feature2(29, fine, that),
            feature2(30, tag, place),
            feature2(31, subject_word, tag),
            feature2(32, subject_class, fine),
            feature2(33, subject_word, word),
            feature2(34, subject_tag, tag),
            feature(35, w2r),
            feature(36, w2l),
        ]
    }
}
