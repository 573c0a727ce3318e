//! What the models look at: to tell a cue, and to tell the source and the content of a cue.
//!
//! Training and analysis share this code. What depends on an element alone is worked out once a document ([`Context`]).

use copydesk_core::DocumentView;
use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_learn::feature::mix;
use copydesk_learn::{Classes, WordClasses};

use crate::elements::{Element, Elements, QUOTED, Unit};

/// The hash of a template's answer: one multiplication.
#[inline]
pub(crate) const fn feature(template: u64, value: u64) -> u64 {
    mix(value, template.wrapping_mul(TEMPLATE))
}

/// The hash of a template that has two answers.
#[inline]
pub(crate) const fn feature2(template: u64, first: u64, second: u64) -> u64 {
    mix(first.wrapping_add(template.wrapping_mul(TEMPLATE)), second.wrapping_mul(SECOND))
}

const TEMPLATE: u64 = 0x9e37_79b9_7f4a_7c15;
const SECOND: u64 = 0xd6e8_feb8_6659_fd93;

/// Neighbours outside the unit.
const EDGE: u64 = 0x5eed;
const EDGE_TAG: u64 = 127;

/// A list of features, used again for each decision.
#[derive(Default)]
pub(crate) struct Features(Vec<u64>);

impl Features {
    pub(crate) fn as_slice(&self) -> &[u64] {
        &self.0
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    #[inline]
    pub(crate) fn extend(&mut self, hashes: impl IntoIterator<Item = u64>) {
        self.0.extend(hashes);
    }
}

/// The elements of a document with what the models ask of each.
#[derive(Default)]
pub(crate) struct Context {
    pub(crate) elements: Elements,
    classes: Vec<WordClasses>,
    /// How each word begins and ends, and its case.
    shapes: Vec<Shape>,
}

#[derive(Clone, Copy, Default)]
struct Shape {
    prefix: u64,
    suffix: u64,
    case: u8,
}

impl Context {
    /// Works out what the elements tell of themselves. The elements are read already.
    pub(crate) fn prepare(&mut self, doc: &DocumentView<'_>, classes: &Classes) {
        self.classes.clear();
        self.shapes.clear();
        for element in &self.elements.all {
            if element.is_quoted() {
                self.classes.push(WordClasses::default());
                self.shapes.push(Shape::default());
                continue;
            }
            let token = &doc.tokens()[element.first as usize];
            self.classes.push(classes.of(token.hash()));
            let word = doc.slice(token.span()).as_bytes();
            let fold = |bytes: &[u8]| bytes.iter().fold(0u64, |all, byte| all << 8 | u64::from(byte | 0x20));
            let case = token.case() as u8;
            self.shapes.push(Shape {
                prefix: fold(&word[..word.len().min(5)]),
                suffix: fold(&word[word.len().saturating_sub(3)..]),
                case,
            });
        }
    }

    /// The class of an element's word, of a middle grain.
    pub(crate) fn class_of(&self, at: usize) -> u64 {
        u64::from(self.classes[at][2])
    }

    fn element(&self, unit: &Unit, at: usize) -> Option<&Element> {
        unit.wide.contains(&at).then(|| &self.elements.all[at])
    }

    fn word(&self, unit: &Unit, at: usize) -> u64 {
        self.element(unit, at).map_or(EDGE, |element| element.word)
    }

    fn tag(&self, unit: &Unit, at: usize) -> u64 {
        self.element(unit, at).map_or(EDGE_TAG, |element| u64::from(element.tag))
    }

    fn class(&self, unit: &Unit, at: usize, grain: usize) -> u64 {
        if unit.wide.contains(&at) { u64::from(self.classes[at][grain]) } else { 0xfff }
    }

    /// The shape of the quoted stretch nearest to `at` on each side, and how near it is.
    fn quoted_beside(&self, unit: &Unit, at: usize) -> [u64; 2] {
        const REACH: usize = 12;
        let seen = |distance: usize, element: &Element| {
            element.is_quoted().then(|| u64::from(element.tag - QUOTED) << 4 | bucket(distance))
        };
        let left = (unit.wide.start..at).rev().take(REACH).enumerate();
        let right = (at + 1..unit.wide.end).take(REACH).enumerate();
        [
            left.map(|(distance, at)| seen(distance, &self.elements.all[at])).find_map(|found| found),
            right.map(|(distance, at)| seen(distance, &self.elements.all[at])).find_map(|found| found),
        ]
        .map(|found| found.map_or(0xffff, |shape| shape))
    }

    /// The features by which the element at `at` is a cue or none.
    pub(crate) fn cue(&self, unit: &Unit, at: usize, into: &mut Features) {
        into.clear();
        let (word, tag) = (self.word(unit, at), self.tag(unit, at));
        let w = |offset: isize| self.word(unit, at.wrapping_add_signed(offset));
        let t = |offset: isize| self.tag(unit, at.wrapping_add_signed(offset));
        let c = |offset: isize, grain: usize| self.class(unit, at.wrapping_add_signed(offset), grain);
        let shape = self.shapes[at];
        let [left, right] = self.quoted_beside(unit, at);
        let kind = (left != 0xffff) as u64 | ((right != 0xffff) as u64) << 1;
        let near = (left & 15).min(7) << 3 | (right & 15).min(7);
        let place = bucket(at - unit.own.start) << 4 | bucket(unit.own.end - at);
        let subject = self.subject(unit, at);
        let that = (1..4).find(|&ahead| w(ahead) == THAT).unwrap_or(0) as u64;
        into.extend([
            feature(1, word),
            feature2(2, word, tag),
            feature(3, tag),
            feature(4, c(0, 3)),
            feature(5, c(0, 2)),
            feature(6, c(0, 1)),
            feature(7, shape.prefix),
            feature2(8, shape.prefix, tag),
            feature(9, shape.suffix),
            feature(10, w(-1)),
            feature(11, w(1)),
            feature2(12, t(-1), tag),
            feature2(13, tag, t(1)),
            feature2(16, word, t(1)),
            feature2(17, word, t(-1)),
            feature2(18, word, w(1)),
            feature2(19, word, w(-1)),
            feature2(23, c(0, 2), t(-1)),
            feature2(24, word, kind),
            feature2(25, c(0, 1), kind << 8 | near),
            feature2(26, tag, near << 16 | (left & 0xfff0) | kind),
            feature2(27, tag, right << 16 | kind),
            feature2(28, word, that),
            feature2(29, c(0, 2), that),
            feature2(30, tag, place),
            feature2(31, subject.0, tag),
            feature2(32, subject.1, c(0, 2)),
            feature2(33, subject.0, word),
            feature2(34, subject.2, tag),
            feature(35, w(2)),
            feature(36, w(-2)),
        ]);
    }

    /// What may be the subject: the word, class and tag of the nearest noun or pronoun in front.
    fn subject(&self, unit: &Unit, at: usize) -> (u64, u64, u64) {
        let found = (unit.wide.start..at).rev().take(8).enumerate().find(|(_, at)| {
            let tag = self.elements.all[*at].part_of_speech();
            tag.is_some_and(|tag| {
                tag.is_noun() || matches!(tag, Pos::Pronoun | Pos::WhPronoun | Pos::WhDeterminer)
            })
        });
        found.map_or((0, 0, 0), |(distance, at)| {
            let element = &self.elements.all[at];
            let name = element.part_of_speech().is_some_and(|tag| tag.is_noun());
            let word = if name { u64::from(element.tag) } else { element.word };
            (word, u64::from(self.classes[at][1]), u64::from(element.tag) << 4 | bucket(distance))
        })
    }

    /// What the decisions about the elements around a cue have in common.
    pub(crate) fn cue_context(&self, unit: &Unit, cue: usize) -> CueContext {
        let w = |offset: isize| self.word(unit, cue.wrapping_add_signed(offset));
        let t = |offset: isize| self.tag(unit, cue.wrapping_add_signed(offset));
        let [left, right] = self.quoted_beside(unit, cue);
        let quoted = (left != 0xffff) as u64 | ((right != 0xffff) as u64) << 1;
        let that = u64::from((1..4).any(|ahead| w(ahead) == THAT));
        // How the cue is built: passive, infinitive, with a reader in front of its content, behind or before a comma.
        let frame = t(-1) << 24 | t(0) << 16 | t(1) << 8 | quoted << 2 | that;
        CueContext {
            word: w(0),
            class: u64::from(self.classes[cue][2]),
            tag: t(0),
            frame,
            quoted: quoted << 16 | (left & 15) << 8 | (right & 15),
            that,
        }
    }

    /// The features of the element at `at` that depend on nothing of the cue but the side on which it stands.
    pub(crate) fn role_beside(&self, unit: &Unit, at: usize, right: bool, into: &mut Features) {
        into.clear();
        let w = |offset: isize| self.word(unit, at.wrapping_add_signed(offset));
        let t = |offset: isize| self.tag(unit, at.wrapping_add_signed(offset));
        let side = u64::from(right);
        let trigram = t(-1) << 16 | t(0) << 8 | t(1);
        into.extend([
            feature2(107, side, trigram),
            feature2(108, side, t(-2) << 24 | trigram),
            feature2(109, side, t(2) << 24 | trigram),
            feature2(110, side, w(0)),
            feature2(111, side, w(-1)),
            feature2(112, side, w(1)),
            feature2(113, side, mix(w(-1), w(0))),
            feature2(114, side, mix(w(0), w(1))),
            feature2(115, side, self.class(unit, at, 2)),
        ]);
    }

    /// The features of the element at `at` for one cue; `path` tells what lies between.
    pub(crate) fn role(&self, unit: &Unit, at: usize, cue: &CueContext, path: &Path, into: &mut Features) {
        let t = |offset: isize| self.tag(unit, at.wrapping_add_signed(offset));
        let side = u64::from(path.right);
        let near = side << 8 | path.distance;
        let lane = path.lane();
        let trigram = t(-1) << 16 | t(0) << 8 | t(1);
        let case = u64::from(self.shapes[at].case);
        into.extend([
            feature(101, near),
            feature(103, lane),
            feature2(104, lane, t(0)),
            feature2(116, lane, self.class(unit, at, 1)),
            feature2(117, cue.word, lane),
            feature2(119, mix(cue.word, lane), t(0)),
            feature2(120, mix(cue.class, lane), t(0)),
            feature2(122, mix(cue.frame, lane), t(0)),
            feature2(124, mix(cue.quoted, lane), t(0)),
            feature2(125, mix(cue.quoted, side), trigram),
            feature2(126, mix(cue.tag, lane), trigram),
            feature2(128, lane, case << 8 | t(0)),
            feature2(129, path.last_mark, lane),
            feature2(131, path.clause << 8 | side, t(0)),
            feature2(133, mix(cue.that, lane), self.word(unit, at)),
        ]);
    }
}

const THAT: u64 = copydesk_core::hash_lowered("that");

/// What is the same for all elements around one cue.
pub(crate) struct CueContext {
    word: u64,
    class: u64,
    tag: u64,
    frame: u64,
    quoted: u64,
    that: u64,
}

/// What lies between the cue and an element. Walked outward from the cue, it costs the same for each element.
#[derive(Clone)]
pub(crate) struct Path {
    right: bool,
    distance: u64,
    steps: usize,
    commas: u64,
    verbs: u64,
    quoted: u64,
    opens: u64,
    /// The last mark or joining word that was passed.
    last_mark: u64,
    /// The last words that begin a clause.
    clause: u64,
}

impl Path {
    /// The path that begins beside the cue, on its right or left.
    pub(crate) const fn new(right: bool) -> Self {
        Self {
            right,
            distance: 0,
            steps: 0,
            commas: 0,
            verbs: 0,
            quoted: 0,
            opens: 0,
            last_mark: 0,
            clause: 0,
        }
    }

    /// On which side of the cue it leads.
    pub(crate) const fn is_right(&self) -> bool {
        self.right
    }

    /// What was passed, in few bits.
    fn lane(&self) -> u64 {
        u64::from(self.right) | self.commas << 1 | self.verbs << 3 | self.quoted << 5 | self.opens << 6
    }

    /// Steps over an element.
    pub(crate) fn pass(&mut self, element: &Element) {
        self.steps += 1;
        self.distance = bucket(self.steps);
        if element.is_quoted() {
            self.quoted = 1;
            self.last_mark = u64::from(element.tag);
            return;
        }
        match element.part_of_speech() {
            Some(Pos::Comma) => {
                self.commas = (self.commas + 1).min(3);
                self.last_mark = u64::from(element.tag);
            }
            Some(Pos::Mark | Pos::Bracket | Pos::Conjunction | Pos::Stop) => {
                self.last_mark = element.word;
            }
            Some(tag) if tag.is_finite() => self.verbs = (self.verbs + 1).min(3),
            Some(Pos::WhDeterminer | Pos::WhPronoun | Pos::WhAdverb) => {
                self.opens = 1;
                self.clause = u64::from(element.tag);
            }
            Some(Pos::Preposition) if element.word == THAT => {
                self.opens = 2;
                self.clause = 99;
            }
            Some(Pos::To) => self.clause = u64::from(element.tag),
            _ => {}
        }
    }
}

/// A distance, coarser the farther.
fn bucket(distance: usize) -> u64 {
    match distance {
        0..=5 => distance as u64,
        6..=7 => 6,
        8..=10 => 7,
        11..=15 => 8,
        16..=24 => 9,
        _ => 10,
    }
}
