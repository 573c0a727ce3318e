//! The words of a sentence as features of pairs need them.

use std::cell::RefCell;
use std::ops::Range;

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{DocumentView, Token, hash_lowered};
use copydesk_learn::Memo;
use copydesk_learn::feature::bytes;

use crate::learned::Judge;
use crate::lexicon::role;

/// The category of a token, as far as the features distinguish categories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Sort {
    #[default]
    Other,
    Noun,
    Name,
    Adjective,
    Adverb,
    Verb,
    Gerund,
    Participle,
    /// "be", "have", "do", modal verbs.
    Helping,
    Preposition,
    To,
    Determiner,
    Pronoun,
    Wh,
    Conjunction,
    Possessive,
    Comma,
    Mark,
    Stop,
    Number,
}

/// A word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SentenceWord {
    /// The lower-cased form.
    pub(crate) form: u64,
    /// The form without a regular ending.
    pub(crate) stem: u64,
    /// Word classes, coarse and fine.
    pub(crate) classes: [u16; 2],
    pub(crate) sort: Sort,
    /// Lexicon roles.
    pub(crate) roles: u16,
    /// Lexicon valence, from -2 to 2.
    pub(crate) valence: i8,
}

impl SentenceWord {
    /// Outside the sentence.
    const NONE: Self = Self { form: 0, stem: 0, classes: [0; 2], sort: Sort::Other, roles: 0, valence: 0 };

    pub(crate) fn is_verb(&self) -> bool {
        matches!(self.sort, Sort::Verb | Sort::Gerund | Sort::Participle)
    }
}

/// The words of one sentence.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) first: usize,
    words: Vec<SentenceWord>,
}

impl Words {
    /// Reads a sentence.
    pub(crate) fn read(&mut self, judge: &Judge<'_>) {
        let tokens = judge.encoded.tokens();
        self.first = tokens.start;
        self.words.clear();
        KNOWN.with_borrow_mut(|forms| {
            self.words.extend(tokens.map(|at| {
                let token = judge.doc.tokens().get(at);
                token.map(|token| word(judge, at, token, forms)).unwrap_or_default()
            }));
        });
    }

    pub(crate) fn tokens(&self) -> Range<usize> {
        self.first..self.first + self.words.len()
    }

    /// The word of a token; an empty one outside the sentence.
    #[inline(always)]
    pub(crate) fn of(&self, at: usize) -> &SentenceWord {
        self.words.get(at.wrapping_sub(self.first)).unwrap_or(&SentenceWord::NONE)
    }
}

/// What depends on a word's form alone.
#[derive(Clone, Copy, Default)]
struct Form {
    stem: u64,
    classes: [u16; 2],
}

/// The forms that a thread knows, by their hashes. Word classes are those that are built in, so all stages can share them.
type Forms = Memo<Form, 2048>;

thread_local! {
    static KNOWN: RefCell<Forms> = RefCell::default();
}

fn form(judge: &Judge<'_>, token: &Token, text: &str, forms: &mut Forms) -> Form {
    let read = || {
        let classes = judge.model.vocabulary.classes_of(token.hash());
        let stem = if token.is_word() { stem(text) } else { token.hash() };
        Form { stem, classes: [classes[1], classes[2]] }
    };
    // Other words with the same hash have the same letters, except for those that only Unicode lowers, and full stops.
    if token.is_word() && !token.has(flag::NON_ASCII | flag::ABBREVIATION) {
        *forms.get(token.hash(), |form| *form = read())
    } else {
        read()
    }
}

fn word(judge: &Judge<'_>, at: usize, token: &Token, forms: &mut Forms) -> SentenceWord {
    let text = judge.doc.slice(token.span());
    let lexical = judge.model.vocabulary.word(judge.encoded.row_of(at));
    let sort = sort(judge.doc, at, token, text);
    let Form { stem, classes } = form(judge, token, text, forms);
    let valence = if lexical.is(role::VALENCE) { steps(lexical.valence) } else { 0 };
    SentenceWord { form: token.hash(), stem, classes, sort, roles: lexical.roles, valence }
}

/// A valence as an integer. Few words have one, so that the call of the function for rounding is kept out of the way of others.
#[inline(never)]
fn steps(valence: f32) -> i8 {
    (valence * 0.7).round().clamp(-2.0, 2.0) as i8
}

fn sort(doc: &DocumentView<'_>, at: usize, token: &Token, text: &str) -> Sort {
    if token.has(flag::QUOTE_MARK) {
        return Sort::Mark;
    }
    if text == "," {
        return Sort::Comma;
    }
    let Some(tag) = doc.parts_of_speech().get(at) else { return Sort::Other };
    match tag {
        Pos::Noun | Pos::NounPlural => Sort::Noun,
        Pos::ProperNoun | Pos::ProperNounPlural => Sort::Name,
        Pos::Adjective | Pos::AdjectiveComparative | Pos::AdjectiveSuperlative => Sort::Adjective,
        Pos::Adverb | Pos::AdverbComparative | Pos::AdverbSuperlative | Pos::Particle => Sort::Adverb,
        Pos::Modal => Sort::Helping,
        Pos::Verb
        | Pos::VerbPast
        | Pos::VerbPresent
        | Pos::VerbThird
        | Pos::VerbGerund
        | Pos::VerbParticiple => {
            if makes_passive(token.hash()) || HELPING.contains(&token.hash()) {
                Sort::Helping
            } else if tag == Pos::VerbGerund {
                Sort::Gerund
            } else if tag == Pos::VerbParticiple {
                Sort::Participle
            } else {
                Sort::Verb
            }
        }
        Pos::Preposition => Sort::Preposition,
        Pos::To => Sort::To,
        Pos::Determiner => Sort::Determiner,
        Pos::Pronoun | Pos::PronounPossessive => Sort::Pronoun,
        Pos::WhDeterminer | Pos::WhPronoun | Pos::WhPossessive | Pos::WhAdverb => Sort::Wh,
        Pos::Conjunction => Sort::Conjunction,
        Pos::Possessive => Sort::Possessive,
        Pos::Number => Sort::Number,
        _ if matches!(text, "." | "?" | "!" | ";" | ":") => Sort::Stop,
        _ => Sort::Other,
    }
}

/// The hash of a word without its regular ending; words that differ only in it mostly mean the same.
pub(crate) fn stem(text: &str) -> u64 {
    let mut letters = [0u8; 24];
    let text = text.as_bytes();
    let length = text.len().min(letters.len());
    for (letter, byte) in letters.iter_mut().zip(text) {
        *letter = byte.to_ascii_lowercase();
    }
    let word = letters.get(..length).unwrap_or_default();
    let cut = |ending: &[u8], least: usize| word.strip_suffix(ending).filter(|rest| rest.len() >= least);
    let rest = cut(b"ing", 3).or_else(|| cut(b"ed", 3)).or_else(|| cut(b"es", 3));
    let mut rest = rest.or_else(|| cut(b"s", 3).filter(|rest| rest.last() != Some(&b's'))).unwrap_or(word);
    // "slammed", "slam"
    if let [.., last_but_one, last] = rest
        && last_but_one == last
        && rest.len() < word.len()
        && !matches!(last, b's' | b'l')
    {
        rest = &rest[..rest.len() - 1];
    }
    if rest.len() > 3 {
        rest = rest.strip_suffix(b"e").unwrap_or(rest);
    }
    bytes(rest)
}

/// Other auxiliary verbs.
const HELPING: [u64; 9] = [
    hash_lowered("am"),
    hash_lowered("have"),
    hash_lowered("has"),
    hash_lowered("had"),
    hash_lowered("having"),
    hash_lowered("'ve"),
    hash_lowered("do"),
    hash_lowered("does"),
    hash_lowered("did"),
];

/// Whether a word makes the participle after it passive.
pub(crate) fn makes_passive(form: u64) -> bool {
    const FORMS: [u64; 13] = [
        hash_lowered("be"),
        hash_lowered("been"),
        hash_lowered("being"),
        hash_lowered("is"),
        hash_lowered("are"),
        hash_lowered("was"),
        hash_lowered("were"),
        hash_lowered("'s"),
        hash_lowered("'re"),
        hash_lowered("got"),
        hash_lowered("get"),
        hash_lowered("gets"),
        hash_lowered("getting"),
    ];
    FORMS.contains(&form)
}
