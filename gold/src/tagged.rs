//! Texts with parts of speech, from CoNLL-U files or from plain text in which each word carries its tag (`word_TAG`).

use std::path::Path;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{DocumentView, TokenKind};

use crate::GoldError;

/// A tagged word, by its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedWord {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Its tag.
    pub tag: PartOfSpeech,
}

/// A text with its tags.
#[derive(Clone, Debug, Default)]
pub struct TaggedText {
    /// The text.
    pub text: String,
    /// The words, in text order.
    pub words: Vec<TaggedWord>,
}

/// Reads a tagged file: CoNLL-U if its name ends in `.conllu`, else `word_TAG` with one sentence per line.
pub fn read_tagged(path: &Path) -> Result<Vec<TaggedText>, GoldError> {
    let text = std::fs::read_to_string(path).map_err(|error| GoldError::Read(path.to_owned(), error))?;
    let conllu = path.extension().is_some_and(|extension| extension == "conllu");
    let read = if conllu { conll_u(&text) } else { word_tags(&text) };
    read.map_err(|(line, reason)| GoldError::Line(path.to_owned(), line, reason))
}

/// The tag of the document model for one of the treebanks.
fn part_of_speech(tag: &str) -> Option<PartOfSpeech> {
    PartOfSpeech::from_word(tag).or(match tag {
        ":" | "HYPH" | "..." | "NFP" => Some(PartOfSpeech::Mark),
        "``" | "\"" | "'" => Some(PartOfSpeech::QuoteMark),
        "(" | ")" | "-RRB-" | "-LSB-" | "-RSB-" => Some(PartOfSpeech::Bracket),
        "$" | "#" | "LS" => Some(PartOfSpeech::Symbol),
        "AFX" => Some(PartOfSpeech::Adjective),
        "ADD" | "GW" => Some(PartOfSpeech::ProperNoun),
        "?" | "!" => Some(PartOfSpeech::Stop),
        _ => None,
    })
}

/// "n't", "'s" and their like: written without a space, whatever the treebank says.
fn is_clitic(form: &str) -> bool {
    const CLITICS: [&str; 8] = ["'s", "n't", "'m", "'re", "'ve", "'ll", "'d", "'"];
    let straight = form.replace('\u{2019}', "'");
    CLITICS.contains(&straight.to_ascii_lowercase().as_str())
}

type Line<T> = Result<T, (usize, String)>;

fn conll_u(text: &str) -> Line<Vec<TaggedText>> {
    let mut texts = vec![TaggedText::default()];
    let mut space = false;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("# newdoc") {
            texts.push(TaggedText::default());
        } else if line.starts_with("# newpar") {
            if let Some(text) = texts.last_mut().filter(|text| !text.text.is_empty()) {
                text.text.push_str("\n\n");
                space = false;
            }
        } else if !line.starts_with('#') && !line.is_empty() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, _, _, tag, .., misc] = columns.as_slice() else {
                return Err((number + 1, "a line has fewer than ten columns".to_owned()));
            };
            // Words of several tokens and empty nodes have no tag of their own.
            if id.contains(['-', '.']) {
                continue;
            }
            if let Some(text) = texts.last_mut() {
                text.push(form, part_of_speech(tag), space && !is_clitic(form));
            }
            space = !misc.contains("SpaceAfter=No");
        }
    }
    texts.retain(|text| !text.words.is_empty());
    Ok(texts)
}

fn word_tags(text: &str) -> Line<Vec<TaggedText>> {
    /// Joins sentences to texts: the files do not say where a text ends.
    const SENTENCES: usize = 40;
    let mut texts = vec![TaggedText::default()];
    let mut sentences = 0;
    for line in text.lines() {
        let mut space = false;
        let mut quoted = false;
        for word in line.split_whitespace() {
            // A long address may have lost its tag.
            let (form, tag) = match word.rsplit_once('_') {
                Some((form, tag)) if !form.is_empty() => (form, part_of_speech(tag)),
                _ => (word, None),
            };
            let opens = matches!(form, "(" | "[" | "$" | "``") || form == "\"" && !quoted;
            let clings = matches!(form, "." | "," | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "''")
                || is_clitic(form)
                || form == "\"" && quoted;
            quoted ^= form == "\"";
            if let Some(text) = texts.last_mut() {
                // A word that is glued to the one before has no space, as in print.
                text.push(form, tag, space && !clings);
            }
            space = !opens;
        }
        sentences += 1;
        if sentences % SENTENCES == 0 {
            texts.push(TaggedText::default());
        } else if let Some(text) = texts.last_mut().filter(|text| !text.text.is_empty()) {
            text.text.push_str("\n\n");
        }
    }
    texts.retain(|text| !text.words.is_empty());
    if texts.is_empty() { Err((1, "no word carries a tag, as in `word_NN`".to_owned())) } else { Ok(texts) }
}

impl TaggedText {
    /// The right tag of each token of the segmented text; `None` if the annotation does not fit the token.
    pub fn tags(&self, doc: &DocumentView<'_>) -> Vec<Option<PartOfSpeech>> {
        let mut words = self.words.iter().peekable();
        let right = doc.tokens().iter().map(|token| {
            let span = token.span().range();
            while words.peek().is_some_and(|word| word.end <= span.start) {
                words.next();
            }
            let mark = !matches!(token.kind(), TokenKind::Word | TokenKind::Mixed);
            // A token that is a word or part of one. A token of several words has no tag, nor has a hyphen
            // inside a word, nor a symbol that is tagged as the word it replaces.
            let whole = |word: &TaggedWord| word.start == span.start && word.end == span.end;
            let fits = |word: &TaggedWord| {
                word.start <= span.start && span.end <= word.end && (whole(word) || !mark)
            };
            let plausible = |tag: PartOfSpeech| !mark || tag.is_punctuation() || tag == PartOfSpeech::Number;
            words.peek().filter(|word| fits(word)).map(|word| word.tag).filter(|tag| plausible(*tag))
        });
        right.collect()
    }

    /// Appends a word, after a space unless it begins a line.
    fn push(&mut self, form: &str, tag: Option<PartOfSpeech>, space: bool) {
        if space && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(form);
        // Treebanks disagree on whether "to" is a preposition.
        let tag = if form.eq_ignore_ascii_case("to") { Some(PartOfSpeech::To) } else { tag };
        if let Some(tag) = tag {
            self.words.push(TaggedWord { start, end: self.text.len(), tag });
        }
    }
}

#[cfg(test)]
mod tests {
    use copydesk_core::{Document, Source};

    use super::*;

    fn shown(text: &TaggedText) -> String {
        let words =
            text.words.iter().map(|word| format!("{}/{}", &text.text[word.start..word.end], word.tag));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_with_tags_become_text() {
        let read =
            word_tags("She_PRP did_VBD n't_RB pay_VB the_DT editor_NN 's_POS bill_NN ._.\n").expect("tagged");
        assert_eq!(read[0].text, "She didn't pay the editor's bill.\n\n");
        assert_eq!(shown(&read[0]), "She/PRP did/VBD n't/RB pay/VB the/DT editor/NN 's/POS bill/NN ./.");
        assert_eq!(word_tags("a b").err().map(|error| error.0), Some(1));
    }

    #[test]
    fn tokens_get_the_tags_that_fit() {
        let read =
            word_tags("It_PRP costs_VBZ $_$ 5_CD in_IN New_NNP York-based_JJ shops_NNS ._.").expect("tagged");
        let source = Source { text: &read[0].text, ..Source::default() };
        let document = Document::new(source).expect("short enough");
        let doc = document.view();
        let tags = read[0].tags(&doc);
        assert_eq!(tags.len(), doc.tokens().len());
        let of = |word: &str| {
            let at = doc.tokens().iter().position(|token| doc.slice(token.span()) == word);
            tags[at.expect("the token")]
        };
        assert_eq!((of("costs"), of("5")), (Some(PartOfSpeech::VerbThird), Some(PartOfSpeech::Number)));
        // The hyphen is a token of a word that is tagged as a whole.
        assert_eq!((of("York"), of("-")), (Some(PartOfSpeech::Adjective), None));
        // For a mark only the tag of a mark is accepted.
        let mut odd = read[0].clone();
        odd.words.iter_mut().for_each(|word| word.tag = PartOfSpeech::Verb);
        let marks = doc.tokens().iter().zip(odd.tags(&doc)).filter(|(token, _)| !token.is_word());
        assert!(marks.into_iter().all(|(_, tag)| tag.is_none()));
    }

    #[test]
    fn conll_u_keeps_its_spaces() {
        let row = |id: &str, form: &str, tag: &str, misc: &str| {
            format!("{id}\t{form}\t_\tX\t{tag}\t_\t0\troot\t_\t{misc}\n")
        };
        let text = [
            "# newdoc id = a\n".to_owned(),
            row("1-2", "Don't", "_", "_"),
            row("1", "Do", "VBP", "SpaceAfter=No"),
            row("2", "n't", "RB", "_"),
            row("3", "panic", "VB", "SpaceAfter=No"),
            row("4", "!", ".", "_"),
        ];
        let read = conll_u(&text.concat()).expect("CoNLL-U");
        assert_eq!(read[0].text, "Don't panic!");
        assert_eq!(shown(&read[0]), "Do/VBP n't/RB panic/VB !/.");
        assert!(conll_u("1\tone").is_err());
    }
}
