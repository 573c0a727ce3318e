//! Which words of a unit may be the main word of a cue, and how likely each is.

use copydesk_core::DocumentView;
use copydesk_learn::{Work, with_vectors};

use crate::attribution::is_candidate;
use crate::cue_features::{Candidate, CueClasses};
use crate::elements::{Element, Unit};
use crate::memo::Memos;
use crate::model::Model;
use crate::role_features::Keyed;
use crate::view::View;

/// The sum of a group of features.
#[derive(Clone, Copy, Default)]
pub(crate) struct CueSum {
    sum: i32,
    /// The fine class of the word, where the group is that of a word.
    fine: u16,
}

/// The work on one unit.
pub(crate) struct CueSearch<'a, 'd> {
    pub(crate) doc: &'a DocumentView<'d>,
    pub(crate) all: &'a [Element],
    pub(crate) unit: &'a Unit,
    pub(crate) view: &'a View,
    pub(crate) model: &'a Model,
    pub(crate) memos: &'a mut Memos,
    /// The least probability of a cue.
    pub(crate) least: f32,
    /// The probability of each cue, and its element.
    pub(crate) into: &'a mut Vec<(f32, usize)>,
}

impl CueSearch<'_, '_> {
    /// Appends the cues in the order of their elements.
    pub(crate) fn run(self) {
        with_vectors(self);
    }

    /// The score of a candidate, in units of the model.
    #[inline(always)]
    fn sum(&mut self, candidate: &Candidate) -> i32 {
        let Self { model, memos, .. } = self;
        let (own, is_known) = memos.cues.place(candidate.word_key());
        if !is_known {
            let classes = cue_classes(model, candidate.word());
            *own = CueSum { sum: model.cue.sum(&candidate.of_word(classes)), fine: classes[1] };
        }
        let own = *own;
        let fine = u64::from(own.fine);
        let subject = candidate.subject().map_or(0, |word| memos.classes_of(word, model)[0]);
        let mut sum = own.sum;
        sum += known(memos, model, candidate.of_tag_before(fine));
        sum += known(memos, model, candidate.of_tag_after());
        sum += known(memos, model, candidate.of_place());
        sum += known(memos, model, candidate.of_subject());
        sum + model.cue.sum(&candidate.of_words(u64::from(subject), fine))
    }
}

impl Work for CueSearch<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(mut self) {
        let lowest = self.model.cue.floor(self.least);
        for at in self.unit.own.clone() {
            let element = &self.all[at];
            if !is_candidate(element, &self.model.heads) {
                continue;
            }
            let candidate = Candidate::of(self.view, self.unit, at, element.letters(self.doc));
            let sum = self.sum(&candidate);
            // A logarithm for each candidate would cost more than its features.
            if sum < lowest {
                continue;
            }
            let sure = self.model.cue.probability_of(sum);
            if sure >= self.least {
                self.into.push((sure, at));
            }
        }
    }
}

/// The middle, the fine and the finest class of a word.
pub(crate) fn cue_classes(model: &Model, word: u64) -> CueClasses {
    let [_, middle, fine, finest] = model.classes.of(word);
    [middle, fine, finest]
}

#[inline(always)]
fn known<const N: usize>(memos: &mut Memos, model: &Model, group: Keyed<N>) -> i32 {
    let (own, is_known) = memos.cues.place(group.key);
    if !is_known {
        own.sum = model.cue.sum(&group.features);
    }
    own.sum
}
