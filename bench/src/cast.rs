//! The people, organisations and places of an article, which recur in it under shorter names.

use crate::grammar::{Draw, Grammar};
use crate::random::Random;

/// The people, organisations and places of an article.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    /// The text of each slot, by name.
    slots: Vec<(String, String)>,
}

impl Cast {
    pub(crate) fn draw(grammar: &'static Grammar, random: &mut Random) -> Self {
        let mut cast = Self::default();
        for number in 1..=2 {
            let town = compound(grammar, random, "syllable_place");
            cast.add(&format!("t{number}"), town);
        }
        cast.add("place_name", compound(grammar, random, "syllable_place"));
        let nation = Self::word(grammar, random, "country");
        cast.add("nation", nation);
        let people = Self::word(grammar, random, "demonym");
        cast.add("people", people);
        let subject = Self::word(grammar, random, "subject");
        cast.add("subject", subject);
        for number in 1..=3 {
            cast.add_person(grammar, random, number);
        }
        for number in 1..=2 {
            cast.add_organisation(grammar, random, number);
        }
        cast
    }

    fn add(&mut self, slot: &str, text: String) {
        self.slots.push((slot.to_owned(), text));
    }

    fn word(grammar: &'static Grammar, random: &mut Random, list: &str) -> String {
        grammar.text(list, &mut Draw::new(&Self::default(), random))
    }

    fn add_person(&mut self, grammar: &'static Grammar, random: &mut Random, number: usize) {
        let she = random.within(0, 1) == 0;
        let first = Self::word(grammar, random, if she { "given_she" } else { "given_he" });
        // Half of the surnames are not in any list of names, as in the news.
        let last = if random.within(0, 1) == 0 {
            Self::word(grammar, random, "surname")
        } else {
            compound(grammar, random, "syllable_surname")
        };
        let role = Self::word(grammar, random, "role");
        let (he, his) = if she { ("she", "her") } else { ("he", "his") };
        self.add(&format!("p{number}"), format!("{first} {last}"));
        for (part, text) in
            [("first", first.as_str()), ("last", &last), ("role", &role), ("he", he), ("his", his)]
        {
            self.add(&format!("p{number}.{part}"), text.to_owned());
        }
    }

    fn add_organisation(&mut self, grammar: &'static Grammar, random: &mut Random, number: usize) {
        let (full, short) = if random.within(0, 1) == 0 {
            let full = grammar.text("public_body", &mut Draw::new(self, random));
            let initials = full.split(' ').filter(|word| word.starts_with(char::is_uppercase));
            let short = initials.filter_map(|word| word.chars().next()).collect::<String>();
            (format!("the {full}"), format!("the {short}"))
        } else {
            let name = compound(grammar, random, "syllable_surname");
            let kind = Self::word(grammar, random, "org_kind");
            let suffix = Self::word(grammar, random, "org_suffix");
            (format!("{name} {kind} {suffix}"), format!("{name} {kind}"))
        };
        self.add(&format!("o{number}"), full);
        self.add(&format!("o{number}.short"), short);
    }

    /// Appends the text of a slot; returns false if the cast has no such slot.
    pub(crate) fn write(&self, slot: &str, out: &mut String) -> bool {
        let found = self.slots.iter().find(|(name, _)| name == slot);
        if let Some((_, text)) = found {
            out.push_str(text);
        }
        found.is_some()
    }
}

/// A name made of syllables, with one of the endings in `ending`.
fn compound(grammar: &'static Grammar, random: &mut Random, ending: &str) -> String {
    let mut name = Cast::word(grammar, random, "syllable_first");
    if random.within(0, 1) == 0 {
        name += &Cast::word(grammar, random, "syllable_middle");
    }
    name + &Cast::word(grammar, random, ending)
}
