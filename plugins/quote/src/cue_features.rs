//! The features of the cue model, in groups by what they depend on.
//!
//! As those of the roles (`role_features`), each group is summed only when what it depends on is new (`cue_scores`).

use copydesk_learn::feature::mix;

use crate::elements::Unit;
use crate::features::{feature, feature2};
use crate::role_features::Keyed;
use crate::view::{Subject, UNQUOTED, View, bucket};

/// The middle, the fine and the finest class of a word.
pub(crate) type CueClasses = [u16; 3];

/// A word that may be a cue, and its surroundings.
pub(crate) struct Candidate {
    word: u64,
    tag: u64,
    prefix: u64,
    suffix: u64,
    /// Two words on either side.
    words: [u64; 4],
    /// The tags on either side.
    tags: [u64; 2],
    /// The stretches in quotation marks on either side.
    marks: [u64; 2],
    that: u64,
    place: u64,
    subject: Option<Subject>,
}

impl Candidate {
    /// The element at `at`, a word with these letters.
    #[inline(always)]
    pub(crate) fn of(view: &View, unit: &Unit, at: usize, letters: &[u8]) -> Self {
        let [w2l, w1l, word, w1r, w2r] = view.window(at).map(|spot| spot.word);
        let [_, t1l, tag, t1r, _] = view.window(at).map(|spot| spot.tag());
        Self {
            word,
            tag,
            prefix: letters.first_chunk::<5>().map_or_else(|| folded(letters), |first| folded(first)),
            suffix: letters.last_chunk::<3>().map_or_else(|| folded(letters), |last| folded(last)),
            words: [w2l, w1l, w1r, w2r],
            tags: [t1l, t1r],
            marks: view.quoted_beside(at),
            that: view.that_after(at, unit.wide.end),
            place: bucket(at - unit.own.start) << 4 | bucket(unit.own.end - at),
            subject: view.subject(at),
        }
    }

    #[inline(always)]
    pub(crate) fn word(&self) -> u64 {
        self.word
    }

    /// The word of the likely subject, of which [`Candidate::of_words`] takes the middle class.
    #[inline(always)]
    pub(crate) fn subject(&self) -> Option<u64> {
        self.subject.map(|subject| subject.word)
    }

    /// What [`Candidate::of_word`] depends on.
    #[inline(always)]
    pub(crate) fn word_key(&self) -> u64 {
        let [left, right] = self.marks;
        let form = mix(self.word, self.prefix << 24 | self.suffix);
        mix(form, left << 32 | right << 16 | self.that << 8 | self.tag)
    }

    /// By template: 1 to 9, 24 to 29.
    pub(crate) fn of_word(&self, [middle, fine, finest]: CueClasses) -> [u64; 15] {
        let Self { word, tag, prefix, suffix, that, marks: [left, right], .. } = *self;
        let [middle, fine, finest] = [middle, fine, finest].map(u64::from);
        let kind = (left != UNQUOTED) as u64 | ((right != UNQUOTED) as u64) << 1;
        let near = (left & 15).min(7) << 3 | (right & 15).min(7);
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
            feature2(24, word, kind),
            feature2(25, middle, kind << 8 | near),
            feature2(26, tag, near << 16 | (left & 0xfff0) | kind),
            feature2(27, tag, right << 16 | kind),
            feature2(28, word, that),
            feature2(29, fine, that),
        ]
    }

    /// By template: 12, 17, 23.
    #[inline(always)]
    pub(crate) fn of_tag_before(&self, fine: u64) -> Keyed<3> {
        let [before, _] = self.tags;
        let own = feature2(17, self.word, before);
        Keyed {
            key: mix(own, self.tag),
            features: [feature2(12, before, self.tag), own, feature2(23, fine, before)],
        }
    }

    /// By template: 13, 16.
    #[inline(always)]
    pub(crate) fn of_tag_after(&self) -> Keyed<2> {
        let [_, after] = self.tags;
        let own = feature2(16, self.word, after);
        Keyed { key: mix(own, self.tag), features: [feature2(13, self.tag, after), own] }
    }

    /// By template: 30.
    #[inline(always)]
    pub(crate) fn of_place(&self) -> Keyed<1> {
        let own = feature2(30, self.tag, self.place);
        Keyed { key: own, features: [own] }
    }

    /// By template: 31, 33, 34.
    #[inline(always)]
    pub(crate) fn of_subject(&self) -> Keyed<3> {
        let [form, tag] = self.subject.map_or([0; 2], |subject| [subject.form, subject.tag]);
        let own = feature2(33, form, self.word);
        Keyed {
            key: mix(own, tag << 8 | self.tag),
            features: [feature2(31, form, self.tag), own, feature2(34, tag, self.tag)],
        }
    }

    /// By template: 10, 11, 18, 19, 32, 35, 36.
    #[inline(always)]
    pub(crate) fn of_words(&self, subject_class: u64, fine: u64) -> [u64; 7] {
        let [w2l, w1l, w1r, w2r] = self.words;
        [
            feature(10, w1l),
            feature(11, w1r),
            feature2(18, self.word, w1r),
            feature2(19, self.word, w1l),
            feature2(32, subject_class, fine),
            feature(35, w2r),
            feature(36, w2l),
        ]
    }

    /// All features in the order of their templates.
    pub(crate) fn features(&self, classes: CueClasses, subject_class: u64) -> Vec<u64> {
        let fine = u64::from(classes[1]);
        let own = self.of_word(classes);
        let [tag_before, word_tag, class_tag] = self.of_tag_before(fine).features;
        let [tag_after, tag_word] = self.of_tag_after().features;
        let [place] = self.of_place().features;
        let [subject_tag, subject_word, subject] = self.of_subject().features;
        let [before, after, word_after, before_word, subject_class, second_after, second_before] =
            self.of_words(subject_class, fine);
        let mut all = own[..9].to_vec();
        all.extend([before, after, tag_before, tag_after, tag_word, word_tag, word_after, before_word]);
        all.push(class_tag);
        all.extend(&own[9..]);
        all.extend([place, subject_tag, subject_class, subject_word, subject, second_after, second_before]);
        all
    }
}

/// Bytes as one number, ASCII letters in lower case.
#[inline(always)]
fn folded(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |all, byte| all << 8 | u64::from(byte | 0x20))
}
