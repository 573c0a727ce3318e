//! The scores of the elements around a cue for each role: the sums of the weights of their features.
//!
//! Few features depend on both the element and the cue. Each group of them (`role_features`) is summed only if what it depends on is
//! new: the sums are kept for a unit, while the path from the cue stays the same, or in memos of the thread for all documents.

use std::ops::Range;

use copydesk_learn::rows::FewSums;
use copydesk_learn::{Memo, Rows, Work, with_vectors};

use crate::elements::Unit;
use crate::memo::Memos;
use crate::model::{Model, role};
use crate::path::Path;
use crate::role_features::{Around, CueContext, Keyed, Lane, of_length, of_word};
use crate::view::{BUCKETS, Spot, View};
use crate::viterbi::Emissions;

/// The scores, and what was summed for them.
#[derive(Default)]
pub(crate) struct RoleScores {
    /// One row for each element of the last range that was scored.
    rows: Vec<Emissions>,
    /// The sums of each element of the unit on the left and on the right of a cue.
    beside: Vec<[Beside; 2]>,
    /// The sums of a tag on the last way that passed it; each tag has a place of its own.
    tags: Memo<FewSums, TAGS>,
    /// The number of ways so far, of all cues.
    ways: u64,
}

/// The number of bytes that can be a tag.
const TAGS: usize = 256;

/// The sums of an element on one side of a cue, and the marks next to the cue for which they hold.
#[derive(Clone, Copy, Default)]
struct Beside {
    quoted: Option<u64>,
    sums: FewSums,
}

impl RoleScores {
    /// Prepares for the cues of a unit.
    pub(crate) fn enter(&mut self, unit: &Unit) {
        self.beside.clear();
        self.beside.resize(unit.wide.len(), Default::default());
    }

    /// The scores of each element in `range` around a cue for each role. The cue itself has none.
    pub(crate) fn of(
        &mut self,
        view: &View,
        model: &Model,
        memos: &mut Memos,
        unit: &Unit,
        cue: usize,
        range: &Range<usize>,
    ) -> &mut [Emissions] {
        self.rows.clear();
        self.rows.resize(range.len(), Emissions::default());
        let context = CueContext::of(view, cue, unit.wide.end);
        let start = unit.wide.start;
        with_vectors(Scoring { scores: self, view, model, memos, start, context, cue, range });
        let cue_row = &mut self.rows[cue - range.start];
        *cue_row = [i16::MIN / 2; 8];
        cue_row[usize::from(role::OTHER)] = 0;
        &mut self.rows
    }

    /// The scores that were computed last.
    pub(crate) fn last(&self) -> &[Emissions] {
        &self.rows
    }
}

/// The work on one cue, from the cue outwards.
struct Scoring<'a> {
    scores: &'a mut RoleScores,
    view: &'a View,
    model: &'a Model,
    memos: &'a mut Memos,
    /// The first element of the unit.
    start: usize,
    context: CueContext,
    cue: usize,
    range: &'a Range<usize>,
}

/// What the path to an element adds to its scores.
struct Way {
    /// No other lane of a cue has the same number.
    number: u64,
    lane: Lane,
    lane_sums: FewSums,
    sums: FewSums,
}

impl Work for Scoring<'_> {
    type Output = ();

    #[inline(always)]
    fn run(mut self) {
        // Compiled for each side: half of what features are made of is the side.
        self.side(false);
        self.side(true);
    }
}

impl Scoring<'_> {
    /// Scores the elements on one side of the cue.
    #[inline(always)]
    fn side(&mut self, right: bool) {
        let mut path = Path::new(right);
        let mut way = self.way(&path);
        let mut at = self.cue;
        loop {
            at = if right { at + 1 } else { at.wrapping_sub(1) };
            if !self.range.contains(&at) {
                break;
            }
            let around = Around::of(self.view, at);
            let sums = self.element(at, &around, &path, &way);
            self.scores.rows[at - self.range.start] = sums.lanes();
            let before = path.lane();
            if path.pass(around.own) {
                if path.lane() == before {
                    way.sums = self.with_mark(&path, way.lane_sums);
                } else {
                    way = self.way(&path);
                }
            }
        }
    }

    #[inline(always)]
    fn way(&mut self, path: &Path) -> Way {
        let mut lane_sums = FewSums::default();
        let group = self.context.of_lane(path.lane());
        lane_sums.add(known(&mut self.memos.lanes, &self.model.roles, group));
        self.scores.ways += 1;
        Way {
            number: self.scores.ways,
            lane: self.context.lane(path.lane()),
            lane_sums,
            sums: self.with_mark(path, lane_sums),
        }
    }

    #[inline(always)]
    fn with_mark(&self, path: &Path, mut sums: FewSums) -> FewSums {
        self.model.roles.add_few(&[self.context.of_mark(path)], &mut sums);
        sums
    }

    #[inline(always)]
    fn element(&mut self, at: usize, around: &Around<'_>, path: &Path, way: &Way) -> FewSums {
        let right = path.is_right();
        let mut sums = way.sums;
        sums.add(self.model.lengths.of(path));
        let place = at - self.start;
        let beside = self.scores.beside.get(place).map(|both| &both[usize::from(right)]);
        match beside.filter(|known| known.quoted == Some(self.context.quoted)) {
            Some(known) => sums.add(&known.sums),
            None => sums.add(&self.beside(place, around, right)),
        }
        sums.add(self.tag(around.own.tag(), way));
        let Memos { classes_on, written_on, .. } = &mut *self.memos;
        sums.add(known(classes_on, &self.model.roles, way.lane.of_class(around)));
        sums.add(known(written_on, &self.model.roles, way.lane.of_written(around)));
        self.model.roles.add_few(&way.lane.of_pair(around), &mut sums);
        sums
    }

    /// The sums that depend on the element, its side of the cue and the marks next to the cue.
    #[inline(always)]
    fn beside(&mut self, place: usize, around: &Around<'_>, right: bool) -> FewSums {
        let quoted = self.context.quoted;
        let mut sums = self.model.roles.sum(&around.of_bigrams(right));
        sums.add(known(&mut self.memos.tags, &self.model.roles, around.of_tags(right, quoted)));
        sums.add(&self.word(around.own, right)[0]);
        sums.add(&self.word(around.before, right)[1]);
        sums.add(&self.word(around.after, right)[2]);
        if let Some(both) = self.scores.beside.get_mut(place) {
            both[usize::from(right)] = Beside { quoted: Some(quoted), sums };
        }
        sums
    }

    /// The sums that depend on the cue, the path and the element's tag. Within a clause, tags come back.
    #[inline(always)]
    fn tag(&mut self, tag: u64, way: &Way) -> &FewSums {
        let key = tag << (u64::BITS - TAGS.trailing_zeros()) | way.number;
        let (sums, known) = self.scores.tags.place(key);
        if !known {
            *sums = self.model.roles.sum(&way.lane.of_tag(tag));
        }
        sums
    }

    #[inline(always)]
    fn word(&mut self, spot: &Spot, right: bool) -> &[FewSums; 3] {
        let own = of_word(spot.word, right);
        let (sums, known) = self.memos.words.place(own.key);
        if !known {
            for (sums, feature) in sums.iter_mut().zip(own.features) {
                *sums = self.model.roles.sum(&[feature]);
            }
        }
        sums
    }
}

/// The sums of a group of features, from a memo.
#[inline(always)]
fn known<'m, const N: usize, const PLACES: usize>(
    memo: &'m mut Memo<FewSums, PLACES>,
    roles: &Rows,
    group: Keyed<N>,
) -> &'m FewSums {
    let (sums, known) = memo.place(group.key);
    if !known {
        *sums = roles.sum(&group.features);
    }
    sums
}

/// The sums of the length of a path, which depend on the model alone.
pub(crate) struct Lengths([[FewSums; BUCKETS]; 2]);

impl Lengths {
    pub(crate) fn new(roles: &Rows) -> Self {
        let sums = |right: bool, distance: usize| roles.sum(&[of_length(right, distance as u64)]);
        Self([false, true].map(|right| std::array::from_fn(|distance| sums(right, distance))))
    }

    #[inline(always)]
    fn of(&self, path: &Path) -> &FewSums {
        &self.0[usize::from(path.is_right())][(path.distance() as usize).min(BUCKETS - 1)]
    }
}
