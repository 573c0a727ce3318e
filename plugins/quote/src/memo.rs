//! What a thread has computed before, for all documents.

use copydesk_learn::Memo;
use copydesk_learn::rows::FewSums;

use crate::cue_scores::CueSum;
use crate::model::Model;

/// What a thread knows of one model.
#[derive(Default)]
pub(crate) struct Memos {
    /// The number of the model; 0 for none.
    model: u64,
    /// The middle and the fine class of a word.
    classes: Memo<[u16; 2], 4096>,
    /// Groups of features of the cue model.
    pub(crate) cues: Memo<CueSum, 8192>,
    /// The features of the role model that depend on a word and on the side of the cue: of the word as the element, as the one
    /// before and as the one after.
    pub(crate) words: Memo<[FewSums; 3], 4096>,
    /// The features of the role model that depend on a lane and the cue's word.
    pub(crate) lanes: Memo<FewSums, 4096>,
    /// Those that depend on tags and on the side of the cue.
    pub(crate) tags: Memo<FewSums, 8192>,
    /// Those that depend on a lane and a class.
    pub(crate) classes_on: Memo<FewSums, 8192>,
    /// Those that depend on a lane, the marks next to the cue, a tag and a letter case.
    pub(crate) written_on: Memo<FewSums, 8192>,
}

impl Memos {
    /// Forgets what holds for another model. It must be called before anything else.
    pub(crate) fn enter(&mut self, model: &Model) {
        if self.model != model.number {
            self.model = model.number;
            self.classes.clear();
            self.cues.clear();
            self.words.clear();
            self.lanes.clear();
            self.tags.clear();
            self.classes_on.clear();
            self.written_on.clear();
        }
    }

    /// The middle and the fine class of a word.
    #[inline(always)]
    pub(crate) fn classes_of(&mut self, word: u64, model: &Model) -> [u16; 2] {
        *self.classes.get(word, |classes| {
            let [_, middle, fine, _] = model.classes.of(word);
            *classes = [middle, fine];
        })
    }
}
