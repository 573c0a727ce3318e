//! Features of a token in its context: its neighbours, the run of capitals around it, its occurrences elsewhere in the document.

use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Token, ZoneKind};
use copydesk_learn::feature::mix;

use super::facts::{Mode, WordFacts};
use super::form::{FormFacts, HERE, WINDOW};
use super::hints::Hint;
use crate::tables::cue;

/// A sentence with everything that features need; the slices are as long as the sentence.
pub(crate) struct Context<'c> {
    pub(crate) tokens: &'c [Token],
    pub(crate) forms: &'c [FormFacts],
    /// What the document shows about its words.
    pub(crate) words: &'c WordFacts,
    /// The position of each token in a listed name.
    pub(crate) listed: &'c [u8],
    /// The run of capitals that contains each token: its first token and its end; empty for tokens outside.
    pub(crate) runs: &'c [(u16, u16)],
    pub(crate) mode: Mode,
    pub(crate) zone: ZoneKind,
    /// Whether the document is about sport, where towns mean their clubs.
    pub(crate) sport: bool,
}

/// Before a sentence's start and after its end.
const EDGE: FormFacts = FormFacts { word: 1, classes: [0; 4], cues: 0, things: 0, shape: 15, signs: 0 };

/// What features of neighbouring tokens need of a form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Near {
    /// Its classes at the two middle grains.
    classes: [u16; 2],
    shape: u8,
}

impl Near {
    /// Of the form at `at` of a sentence, or of what is before its start or after its end.
    #[inline(always)]
    pub(crate) fn of(form: Option<&FormFacts>) -> Self {
        let form = form.unwrap_or(&EDGE);
        Self { classes: [form.classes[1], form.classes[2]], shape: form.shape }
    }
}

/// Calls `push` with the features, template and value, of the token at `at` that depend on more than one form.
pub(crate) fn features(context: &Context<'_>, at: usize, mut push: impl FnMut(u64, u64)) {
    let near = |place: usize| Near::of((at + place).checked_sub(HERE).and_then(|at| context.forms.get(at)));
    let window: [Near; WINDOW] = std::array::from_fn(near);
    class_features(&window, &mut push);
    shape_features(shapes(&window), &mut push);
    look_features(look(context, at), &mut push);
    name_features(context, at, &mut push);
}

/// Pairs and triples of classes. Pairs of words add nothing.
#[inline(always)]
pub(crate) fn class_features(window: &[Near; WINDOW], mut push: impl FnMut(u64, u64)) {
    let [before2, before, here, after, after2] = window;
    let shape = u64::from(here.shape);
    let class = |form: &Near, grain: usize| u64::from(form.classes[grain - 1]);

    push(110, class(before, 2) << 16 | class(here, 2));
    push(111, class(here, 2) << 16 | class(after, 2));
    push(112, class(before, 1) << 32 | class(here, 1) << 16 | class(after, 1));
    push(113, mix(class(before2, 1) << 16 | class(before, 1), shape));
    push(114, mix(class(after, 1) << 16 | class(after2, 1), shape));
}

/// The shapes of the window, four bits each, as a number other than 0.
#[inline(always)]
pub(crate) fn shapes(window: &[Near; WINDOW]) -> u64 {
    window.iter().fold(SHAPES, |code, form| code << 4 | u64::from(form.shape & 15))
}

/// Distinguishes the keys of [`shapes`] from those of [`look`] and [`vote_look`].
const SHAPES: u64 = 1;
const LOOK: u64 = 1 << 40;
const VOTES: u64 = 1 << 41;

/// Calls `push` with the features of a key of [`shapes`].
#[inline]
pub(crate) fn shape_features(shapes: u64, push: &mut (impl FnMut(u64, u64) + ?Sized)) {
    push(120, shapes >> 4 & 0xfff);
    push(121, shapes & 0xf_ffff);
}

/// The form of a token, its position, and what the document shows about it, as a number other than 0.
#[inline]
pub(crate) fn look(context: &Context<'_>, at: usize) -> u64 {
    let token = &context.tokens[at];
    let starts = u64::from(at == 0 || (at == 1 && !context.tokens[0].is_word()));
    let place = starts << 3 | u64::from(token.has(flag::GLUED)) << 2 | context.mode as u64;
    let seen = if token.is_word() { context.words.of(token) } else { 0 };
    LOOK | u64::from(seen) << 24
        | (context.zone as u64 & 0xff) << 16
        | place << 8
        | u64::from(context.forms[at].shape)
}

/// Calls `push` with the features of a key of [`look`].
#[inline]
pub(crate) fn look_features(look: u64, push: &mut (impl FnMut(u64, u64) + ?Sized)) {
    let (shape, zone, seen) = (look & 0xff, look >> 16 & 0xff, look >> 24 & 0xffff);
    let (mode, glued, starts) = (look >> 8 & 3, look >> 10 & 1, look >> 11 & 1);
    push(130, starts << 16 | mode << 8 | shape);
    push(131, zone << 8 | shape);
    push(132, glued << 8 | shape);
    push(133, mix((seen & 3) << 16 | starts << 8 | shape, mode));
    if shape != 1 {
        for bit in 2..10 {
            if seen >> bit & 1 != 0 {
                push(134, bit << 8 | shape);
            }
        }
        push(135, mix(seen, 7));
    }
}

/// Listed names and the run of capitals around the token.
#[inline]
pub(crate) fn name_features(context: &Context<'_>, at: usize, mut push: impl FnMut(u64, u64)) {
    let listed = |offset: isize| {
        at.checked_add_signed(offset).and_then(|at| context.listed.get(at)).copied().map_or(0, u64::from)
    };
    let places = listed(-1) << 16 | listed(0) << 8 | listed(1);
    if places != 0 {
        let class = |at: Option<usize>| {
            u64::from(at.and_then(|at| context.forms.get(at)).unwrap_or(&EDGE).classes[1])
        };
        push(140, places);
        push(141, mix(listed(0), class(at.checked_add(1))));
        push(142, mix(listed(0), class(at.checked_sub(1))));
    }
    let (first, end) = (usize::from(context.runs[at].0), usize::from(context.runs[at].1));
    if end > first {
        if context.sport {
            let form = &context.forms[at];
            push(136, mix(listed(0), u64::from(form.shape)));
            push(137, u64::from(form.classes[1]));
            push(138, mix((end - first).min(4) as u64, u64::from(at == first)));
        }
        run_features(context, at, first, end, &mut push);
    }
}

/// The labels of the word at `at` in the first look, and its position, as a number other than 0.
#[inline]
pub(crate) fn vote_look(context: &Context<'_>, at: usize, hint: Hint) -> u64 {
    let before = at.checked_sub(1).map_or(EDGE.shape, |at| context.forms[at].shape);
    let after = context.forms.get(at + 1).map_or(EDGE.shape, |form| form.shape);
    let beside = u64::from(before == 2) << 1 | u64::from(after == 2);
    VOTES | beside << 24 | u64::from(at == 0) << 20 | (context.mode as u64) << 16 | u64::from(hint.votes)
}

/// Calls `push` with the features of a key of [`vote_look`].
#[inline]
pub(crate) fn vote_features(look: u64, push: &mut (impl FnMut(u64, u64) + ?Sized)) {
    let (longer, votes) = (look >> 8 & 31, look & 0xff);
    let (mode, starts, beside) = (look >> 16 & 3, look >> 20 & 1, look >> 24 & 3);
    push(160, votes);
    push(161, longer << 8 | beside);
    push(162, mix(votes & 15, longer << 8 | starts << 2 | beside));
    push(163, mix(votes & 0x3f, mode << 8 | starts));
}

/// Features of the run of capitals `first..end` that contains the token.
fn run_features(context: &Context<'_>, at: usize, first: usize, end: usize, push: &mut impl FnMut(u64, u64)) {
    let forms = &context.forms[first..end];
    let length = (end - first).min(6) as u64;
    let place = match (at == first, at + 1 == end) {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => 2,
        (false, false) => 3u64,
    };
    let (head, last) = (&forms[0], &forms[forms.len() - 1]);
    let edge = |at: Option<usize>| at.and_then(|at| context.forms.get(at)).unwrap_or(&EDGE);
    let (outside_before, outside_after) = (edge(first.checked_sub(1)), edge(Some(end)));
    push(150, place << 8 | length);
    if forms.len() > 1 {
        push(151, mix(last.word, place));
        push(152, mix(head.word, place));
        push(153, mix(u64::from(last.classes[2]), place));
        push(154, mix(u64::from(head.classes[2]), place));
        let ends = last.cues & (cue::NAME_END | cue::SURNAME | cue::COMMON | cue::ROLE);
        let starts = head.cues
            & (cue::GIVEN | cue::ORG_HEAD | cue::PLACE_HEAD | cue::COMMON | cue::ROLE | cue::HONORIFIC);
        push(155, mix(ends, mix(starts, place)));
        let any = forms.iter().fold(0, |cues, form| cues | form.cues);
        let telling = cue::NAME_END | cue::GIVEN | cue::SURNAME | cue::ORG | cue::ROLE | cue::CONNECTOR;
        push(156, mix(any & telling, place << 8 | length));
    }
    if end - first > 1 {
        push(157, mix(outside_before.word, place));
        push(158, mix(outside_after.word, place));
        push(
            159,
            mix(u64::from(outside_after.classes[1]) << 16 | u64::from(outside_before.classes[1]), place),
        );
    }
}
