//! Whose measure it is: Valeant in "Valeant's stock price", Turkey in "inflation in Turkey".

use crate::Span;
use crate::layers::{EntityKind, Layers, MentionForm, NONE};

/// The entity that the words of a measure name: the measure itself, its possessor, the organisation before its noun, or the name after
/// its only "of", "in", "at" or "from". `NONE` if they do not show it.
pub(super) fn owner(layers: &Layers, text: &str, measure: Span) -> u32 {
    let words = text.get(measure.range()).unwrap_or_default();
    let relative = |at: u32| (at - measure.start()) as usize;
    let mentions = super::mentions_within(layers, measure).map(|(span, entity, form)| Mention {
        words: words.get(relative(span.start())..relative(span.end())).unwrap_or_default(),
        before: words.get(..relative(span.start())).unwrap_or_default(),
        after: words.get(relative(span.end())..).unwrap_or_default(),
        kind: layers.entities[entity as usize].kind,
        form,
        entity,
    });
    chosen(&mentions.collect::<Vec<_>>()).unwrap_or(NONE)
}

/// The entity of the last mention to which the first rule that fits any applies.
fn chosen(mentions: &[Mention<'_>]) -> Option<u32> {
    let last = |rule: fn(&Mention<'_>) -> bool| mentions.iter().rev().find(|mention| rule(mention));
    let found = last(|mention| mention.is_all())
        .or_else(|| last(|mention| mention.possesses()))
        .or_else(|| last(|mention| mention.is_first()))
        .or_else(|| last(|mention| mention.is_last()));
    found.map(|mention| mention.entity)
}

/// A mention and the words of the measure around it.
struct Mention<'m> {
    words: &'m str,
    before: &'m str,
    after: &'m str,
    form: u8,
    kind: u8,
    entity: u32,
}

impl Mention<'_> {
    fn is_pronoun(&self) -> bool {
        self.form == MentionForm::Pronoun as u8
    }

    /// The mention is the whole measure, apart from an article or the title of a person: "the Bank of Norland", "Justice Berg".
    fn is_all(&self) -> bool {
        let mut words = self.before.split_whitespace();
        let title =
            |word: &str| self.kind == EntityKind::Person as u8 && word.starts_with(char::is_uppercase);
        self.after.is_empty()
            && (self.before.len() <= ARTICLE
                || words.by_ref().take(MAX_TITLE).all(title) && words.next().is_none())
    }

    /// "Valeant's stock price", "its power"; in "his union's workers" it is the union, which is not a mention.
    fn possesses(&self) -> bool {
        if self.is_pronoun() {
            return self.before.is_empty()
                && POSSESSIVES.iter().any(|word| word.eq_ignore_ascii_case(self.words))
                && !has_possessive(self.after);
        }
        let after = self.after.strip_prefix(['\'', '’']);
        let own = after.map(|after| after.strip_prefix('s').unwrap_or(after));
        own.is_some_and(|rest| {
            rest.starts_with(' ') && !has_possessive(rest) && !self.before.contains(" of ")
        })
    }

    /// "Twitter shares", "the GOP primary voters": an organisation before its noun.
    fn is_first(&self) -> bool {
        let article = matches!(self.before, "" | "the " | "The ");
        article
            && self.kind == EntityKind::Organization as u8
            && self.form != MentionForm::Nominal as u8
            && !self.is_pronoun()
            && self.after.starts_with(' ')
            && self.after[1..]
                .split(' ')
                .all(|word| word.starts_with(char::is_lowercase) && !JOINING.contains(&word))
    }

    /// "inflation in Turkey", "shares of Brevik": the name after the only preposition.
    fn is_last(&self) -> bool {
        let before = self.before.strip_suffix("the ").unwrap_or(self.before).trim_end();
        let mut words = before.rsplit(' ');
        self.after.is_empty()
            && !self.is_pronoun()
            && words.next().is_some_and(|word| OWNING.contains(&word))
            && words.clone().next().is_some_and(|word| !word.is_empty())
            && words
                .all(|word| !OWNING.contains(&word) && !JOINING.contains(&word) && !ends_as_possessor(word))
    }
}

/// The bytes of the longest article with its blank.
const ARTICLE: usize = 4;
/// The maximum number of words of a title before a name.
const MAX_TITLE: usize = 2;
const POSSESSIVES: [&str; 8] = ["its", "his", "her", "their", "my", "our", "your", "whose"];
/// Words before the owner of a measure.
const OWNING: [&str; 4] = ["of", "in", "at", "from"];
/// Words that join a measure with something else: "Holm and Lind", "voters who back Holm".
const JOINING: [&str; 12] =
    ["and", "or", "for", "by", "with", "to", "on", "that", "who", "which", "than", "between"];

fn ends_as_possessor(word: &str) -> bool {
    let word = word.trim_end_matches('s');
    word.ends_with(['\'', '’'])
}

fn has_possessive(words: &str) -> bool {
    words.split(' ').any(ends_as_possessor)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of the mention that is chosen in a measure such as "{Valeant|o}'s price": o, p and l for organisations, people and
    /// places, P for pronouns.
    fn owner_in(marked: &str) -> Option<String> {
        let plain = |marked: &str| {
            let parts = marked.split('{').enumerate().map(|(place, part)| match part.split_once('}') {
                Some((mark, rest)) if place > 0 => {
                    mark.split('|').next().unwrap_or_default().to_owned() + rest
                }
                _ => part.to_owned(),
            });
            parts.collect::<String>()
        };
        let (mut texts, mut words) = (Vec::new(), Vec::new());
        for (open, _) in marked.match_indices('{') {
            let (mark, rest) = marked[open + 1..].split_once('}').expect("a closed mark");
            let (word, kind) = mark.split_once('|').expect("a kind");
            texts.push((plain(&marked[..open]), plain(rest), kind));
            words.push(word.to_owned());
        }
        let mentions: Vec<Mention<'_>> = texts
            .iter()
            .enumerate()
            .map(|(entity, (before, after, kind))| Mention {
                words: &words[entity],
                before,
                after,
                form: if *kind == "P" { MentionForm::Pronoun } else { MentionForm::Name } as u8,
                kind: match *kind {
                    "p" => EntityKind::Person,
                    "l" => EntityKind::Location,
                    _ => EntityKind::Organization,
                } as u8,
                entity: entity as u32,
            })
            .collect();
        chosen(&mentions).map(|entity| words[entity as usize].clone())
    }

    #[test]
    fn the_words_around_a_measure_show_its_owner() {
        for (measure, owner) in [
            ("{Tamm|o}", Some("Tamm")),
            ("the {Bank of Norland|o}", Some("Bank of Norland")),
            ("Justice {Berg|p}", Some("Berg")),
            ("{Tamm|o}'s stock price", Some("Tamm")),
            ("{Tamm|o}’s sales in {Norland|l}", Some("Tamm")),
            ("{Siemens|o}' revenue", Some("Siemens")),
            ("Mr. {Berg|p}'s audience", Some("Berg")),
            ("{its|P} net profit", Some("its")),
            ("{He|P} pointed to the protesters", None),
            ("{Tamm|o} shares", Some("Tamm")),
            ("the {NRP|o} primary voters", Some("NRP")),
            ("inflation in {Norland|l}", Some("Norland")),
            ("wheat exports from the {Tamm Valley|l}", Some("Tamm Valley")),
            ("{his|P} union's members", None),
            ("{Tamm|o} and {Brevik|o}", None),
            ("a smaller {Tamm|o} jet", None),
            ("{Brevik|l} property dealer", None),
            ("spending in the {Supreme Court|o} campaign", None),
            ("voters who live in {Norland|l}", None),
            ("the share of women in the parliament of {Norland|l}", None),
            ("{Tamm|o} needs new delegates for Brevik", None),
            ("youth unemployment", None),
        ] {
            assert_eq!(owner_in(measure).as_deref(), owner, "{measure}");
        }
    }
}
