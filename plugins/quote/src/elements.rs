//! A document as the attribution model reads it: words, and whole stretches in quotation marks as single elements, in units
//! of a sentence.
//!
//! A quote of three sentences and its "he said" are thus neighbours, and the words inside the marks cannot be taken for
//! the narrator's.

use std::ops::Range;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, DocumentView, Lexicon};

use crate::marks::Marked;

/// A word, mark, or stretch in quotation marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    /// Its first token.
    pub(crate) first: u32,
    /// One past its last token.
    pub(crate) end: u32,
    /// The hash of the word; for a quoted stretch its shape.
    pub(crate) word: u64,
    /// A part of speech, or for a quoted stretch its shape, counted from [`QUOTED`].
    pub(crate) tag: u8,
    /// How the word is written, as [`copydesk_core::Case`] counts.
    pub(crate) case: u8,
    /// Index of the marked stretch, plus one.
    pub(crate) marked: u32,
}

/// Tags from here on are shapes of quoted stretches.
pub(crate) const QUOTED: u8 = 48;

/// The bits of a shape that describe how the stretch ends.
const ENDING: u8 = 3;

impl Element {
    fn shape(&mut self, shape: u8) {
        self.word = u64::from(shape) + 1;
        self.tag = QUOTED + shape;
    }

    pub(crate) const fn is_quoted(&self) -> bool {
        self.marked != 0
    }

    /// The letters of the word.
    pub(crate) fn letters<'d>(&self, doc: &DocumentView<'d>) -> &'d [u8] {
        let span = doc.tokens()[self.first as usize].span();
        doc.text().as_bytes().get(span.range()).unwrap_or_default()
    }

    /// Whether it is a word, not a number or a sign.
    pub(crate) fn has_letters(&self) -> bool {
        self.case != Case::None as u8
    }

    pub(crate) fn part_of_speech(&self) -> Option<PartOfSpeech> {
        PartOfSpeech::from_byte(self.tag)
    }
}

/// The elements of a document and their units.
#[derive(Default)]
pub(crate) struct Elements {
    pub(crate) all: Vec<Element>,
    /// Sentences as ranges of elements: marks that hold several sentences join them.
    pub(crate) units: Vec<Unit>,
}

/// A sentence, and quoted sentences directly next to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The sentence's own elements.
    pub(crate) own: Range<usize>,
    /// The same with a quoted stretch before and after that stands alone as a sentence.
    pub(crate) wide: Range<usize>,
    pub(crate) paragraph: u32,
}

impl Elements {
    /// Reads a document with its marked stretches.
    pub(crate) fn read(&mut self, doc: &DocumentView<'_>, marked: &[Marked], words: &EndMarks) {
        self.all.clear();
        self.units.clear();
        let tokens = doc.tokens();
        let mut stretches = marked.iter().enumerate().peekable();
        let (mut at, mut start) = (0, 0);
        while at < tokens.len() {
            let end = match stretches.next_if(|(_, stretch)| stretch.tokens.start == at) {
                Some((place, stretch)) => self.read_quoted(doc, stretch, place as u32 + 1, words),
                None => {
                    let next = stretches.peek().map_or(tokens.len(), |(_, stretch)| stretch.tokens.start);
                    let sentence = doc.sentences()[tokens[at].sentence()].tokens();
                    let end = if next > at { next.min(sentence.end) } else { sentence.end }.max(at + 1);
                    self.read_words(doc, at..end);
                    end
                }
            };
            let ends = end >= tokens.len() || tokens[end].sentence() != tokens[end - 1].sentence();
            if ends {
                let paragraph = doc.sentences()[tokens[end - 1].sentence()].paragraph() as u32;
                let own = start..self.all.len();
                self.units.push(Unit { wide: own.clone(), own, paragraph });
                start = self.all.len();
            }
            at = end;
        }
        self.widen(words);
    }

    /// Adds words of one sentence.
    fn read_words(&mut self, doc: &DocumentView<'_>, words: Range<usize>) {
        let tags = doc.parts_of_speech();
        let tokens = doc.tokens()[words.clone()].iter().zip(words);
        self.all.extend(tokens.map(|(token, at)| Element {
            first: at as u32,
            end: at as u32 + 1,
            word: token.hash(),
            tag: tags.get(at).unwrap_or(PartOfSpeech::Symbol) as u8,
            case: token.case() as u8,
            marked: 0,
        }));
    }

    /// Adds a stretch in quotation marks as one element. Returns the end of its tokens.
    fn read_quoted(
        &mut self,
        doc: &DocumentView<'_>,
        stretch: &Marked,
        number: u32,
        words: &EndMarks,
    ) -> usize {
        let mut element = quoted(doc, stretch, number, words);
        // Some put the comma or full stop after the mark, others before it: both are treated alike.
        let after = doc.tokens().get(element.end as usize);
        if let Some(mark) = after.filter(|mark| mark.has(flag::GLUED) && words.closes(mark.hash())) {
            if element.tag & ENDING == 0 {
                let ending = u8::from(mark.hash() == words.stop) + 1;
                element.shape((element.tag - QUOTED) | ending);
            }
            element.end += 1;
        }
        self.all.push(element);
        element.end as usize
    }

    /// Extends each unit by the quoted stretches that stand alone next to it: in its paragraph, or after its colon.
    fn widen(&mut self, words: &EndMarks) {
        let alone = |unit: &Unit, all: &[Element]| unit.own.len() == 1 && all[unit.own.start].is_quoted();
        for place in 0..self.units.len() {
            let unit = &self.units[place];
            if alone(unit, &self.all) {
                continue;
            }
            let mut wide = unit.own.clone();
            let paragraph = unit.paragraph;
            let colon = self.all[wide.clone()].last().is_some_and(|last| last.word == words.colon);
            if let Some(before) = place.checked_sub(1).map(|before| &self.units[before])
                && before.paragraph == paragraph
                && alone(before, &self.all)
            {
                wide.start = before.own.start;
            }
            for after in self.units.iter().skip(place + 1).take(3) {
                let reached = after.paragraph == paragraph || colon && after.paragraph == paragraph + 1;
                if !(reached && alone(after, &self.all)) {
                    break;
                }
                wide.end = after.own.end;
            }
            self.units[place].wide = wide;
        }
    }
}

/// The shape of a quoted stretch: its length, its start, its end.
fn quoted(doc: &DocumentView<'_>, stretch: &Marked, number: u32, words: &EndMarks) -> Element {
    let content = stretch.content();
    let tokens = doc.tokens();
    let length = content.len();
    let first = tokens.get(content.start).filter(|_| length > 0);
    let last = content.end.checked_sub(1).and_then(|last| tokens.get(last)).map_or(0, |token| token.hash());
    let long = u8::from(length > 3) + u8::from(length > 8);
    let capital = u8::from(first.is_some_and(|token| token.is_capitalized()));
    let ending = if last == words.comma {
        1
    } else if last == words.stop {
        2
    } else if words.ends.contains(last) {
        3
    } else {
        0
    };
    let (first, end) = (stretch.tokens.start as u32, stretch.tokens.end as u32);
    let mut element = Element { first, end, word: 0, tag: 0, case: 0, marked: number };
    element.shape(long << 3 | capital << 2 | ending);
    element
}

/// Marks that describe how a stretch ends.
pub(crate) struct EndMarks {
    pub(crate) comma: u64,
    pub(crate) stop: u64,
    pub(crate) colon: u64,
    ends: Lexicon<()>,
}

impl EndMarks {
    fn closes(&self, word: u64) -> bool {
        word == self.comma || word == self.stop
    }
}

impl Default for EndMarks {
    fn default() -> Self {
        Self {
            comma: copydesk_core::hash_lowered(","),
            stop: copydesk_core::hash_lowered("."),
            colon: copydesk_core::hash_lowered(":"),
            ends: Lexicon::from_forms(["?", "!", "...", "…", "-", "--", "—", "–"].map(|mark| (mark, ()))),
        }
    }
}
