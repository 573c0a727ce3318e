//! Identifies people across documents, from the corpus itself or from a list of people.
//!
//! A person is identified only if there is evidence. A full name is evidence if it is unlikely that two people have it: the expected
//! number of bearers by chance is estimated from the number of surnames that occur with its given name and the number of given names
//! that occur with its surname. A surname alone is evidence together with a role, or with others who are named together with that
//! person elsewhere.

mod name;
mod registry;

use std::collections::{HashMap, HashSet};

pub use registry::{Registry, RegistryError};

pub(super) use name::Name;

/// A person in a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) name: Name,
    /// The person's role, in lower case.
    pub(super) role: Option<String>,
}

/// The people in a document, and hashes of all other names in it except places.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    pub(super) people: Vec<Seen>,
    pub(super) others: Vec<(u32, String)>,
}

/// The identity that a name refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) id: String,
    pub(super) evidence: String,
}

/// The data about a full name.
#[derive(Debug, Default)]
struct Bearer {
    documents: u32,
    /// The number of documents with each sequence of middle initials.
    middles: Vec<(String, u32)>,
    /// The number of documents with each role.
    roles: HashMap<String, u32>,
    /// Names that occur together with it in some document.
    beside: Vec<u32>,
}

/// The people of a corpus.
#[derive(Debug, Default)]
pub(super) struct People {
    bearers: HashMap<String, Bearer>,
    /// The full names with each surname.
    surnames: HashMap<String, Vec<String>>,
    /// The surnames with each given name.
    given: HashMap<String, HashSet<u64>>,
    /// The last words of roles: "executive". A name that begins with one is not a full name.
    role_words: HashSet<String>,
    /// The number of documents with each other name.
    frequency: HashMap<u32, u32>,
    documents: u32,
}

/// The maximum number of co-occurring names kept for a person.
const BESIDE: usize = 32;
/// A name identifies one person if it has fewer expected bearers than this.
const BEARERS: f64 = 0.1;
/// The number of co-occurring names that a surname must share with a full name.
const SHARED: usize = 2;
/// A name in more than one of this many documents is too common to be evidence.
const COMMON: u32 = 50;

impl Bearer {
    fn note_middle(&mut self, middle: &str) {
        if middle.is_empty() {
            return;
        }
        match self.middles.iter_mut().find(|(known, _)| known == middle) {
            Some((_, count)) => *count += 1,
            None => self.middles.push((middle.to_owned(), 1)),
        }
    }

    /// The id of a full name with these middle initials. Two people may differ only in these; such a name without
    /// initials is ambiguous.
    fn key(&self, key: &str, middle: &str) -> Option<String> {
        let most = self.middles.iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        let Some((main, _)) = most else { return Some(key.to_owned()) };
        // One document in fifty may have an error.
        let is_other =
            |(other, count): &&(String, u32)| other != main && *count >= 2 && count * 50 >= self.documents;
        match (middle, self.middles.iter().find(is_other)) {
            ("", None) => Some(key.to_owned()),
            ("", Some(_)) => None,
            (middle, None) if middle == main => Some(key.to_owned()),
            (middle, _) => Some(key.replacen(' ', &format!(" {middle} "), 1)),
        }
    }
}

impl People {
    /// Adds the names of the next document.
    pub(super) fn add(&mut self, scene: &Scene) {
        self.documents += 1;
        for (other, _) in &scene.others {
            *self.frequency.entry(*other).or_default() += 1;
        }
        let roles = scene.people.iter().filter_map(|person| person.role.as_deref());
        for word in roles.filter_map(|role| role.rsplit(' ').next()) {
            if !self.role_words.contains(word) {
                self.role_words.insert(word.to_owned());
            }
        }
        for person in scene.people.iter().filter(|person| person.name.is_full()) {
            let (key, surname) = (person.name.key(), person.name.surname());
            let bearer = self.bearers.entry(key.clone()).or_default();
            if bearer.documents == 0 {
                self.surnames.entry(surname.to_owned()).or_default().push(key);
                let given = self.given.entry(person.name.given().to_owned()).or_default();
                given.insert(copydesk_core::hash_lower(surname));
            }
            bearer.documents += 1;
            bearer.note_middle(person.name.middle());
            if let Some(role) = &person.role {
                *bearer.roles.entry(role.clone()).or_default() += 1;
            }
            let own = hash(&person.name);
            for (other, _) in scene.others.iter().filter(|(other, _)| *other != own) {
                if bearer.beside.len() < BESIDE && !bearer.beside.contains(other) {
                    bearer.beside.push(*other);
                }
            }
        }
    }

    /// Identifies a person, if there is enough evidence.
    pub(super) fn identify(&self, person: &Seen, scene: &Scene) -> Option<Identity> {
        if person.name.is_full() { self.of_full_name(person) } else { self.of_surname(person, scene) }
    }

    fn of_full_name(&self, person: &Seen) -> Option<Identity> {
        let key = person.name.key();
        let bearer = self.bearers.get(&key).filter(|_| self.is_name(&key))?;
        let key = bearer.key(&key, person.name.middle())?;
        if self.expected_bearers(&person.name) < BEARERS {
            return Some(identity(&key, "full name"));
        }
        // A name that several people may have identifies only the person with its most frequent role.
        let role = person.role.as_ref()?;
        let (most, count) =
            bearer.roles.iter().max_by_key(|(role, count)| (**count, std::cmp::Reverse(*role)))?;
        let others: u32 = bearer.roles.values().sum::<u32>() - count;
        (most == role && *count >= 2 && others * 4 <= *count)
            .then(|| identity(&key, &format!("full name, {role}")))
    }

    /// The expected number of people with a name if given names and surnames were combined by chance.
    fn expected_bearers(&self, name: &Name) -> f64 {
        let surname = self.surnames.get(name.surname()).map_or(0, Vec::len);
        let given = self.given.get(name.given()).map_or(0, HashSet::len);
        let by_chance = surname as f64 * given as f64 / self.bearers.len().max(1) as f64;
        // The name itself contributes one to each count.
        if surname <= 1 || given <= 1 { 0.0 } else { by_chance }
    }

    /// Whether a full name begins with a name rather than with a role.
    fn is_name(&self, key: &str) -> bool {
        key.split(' ').next().is_none_or(|first| !self.role_words.contains(first))
    }

    fn of_surname(&self, person: &Seen, scene: &Scene) -> Option<Identity> {
        let candidates: Vec<&String> =
            self.surnames.get(person.name.surname())?.iter().filter(|key| self.is_name(key)).collect();
        if let Some(role) = &person.role {
            let mut same = candidates.iter().filter(|key| self.bearers[**key].roles.contains_key(role));
            if let (Some(key), None) = (same.next(), same.next()) {
                return Some(identity(key, &format!("surname, {role}")));
            }
        }
        let known = |bearer: &Bearer| -> Vec<&str> {
            let others = scene.others.iter().filter(|(other, _)| {
                let frequency = self.frequency.get(other).copied().unwrap_or(0);
                bearer.beside.contains(other) && frequency <= (self.documents / COMMON).max(5)
            });
            others.map(|(_, name)| name.as_str()).collect()
        };
        let mut shared: Vec<(Vec<&str>, &String)> =
            candidates.iter().map(|key| (known(&self.bearers[*key]), *key)).collect();
        shared.sort_by_key(|(names, key)| (std::cmp::Reverse(names.len()), *key));
        let (names, key) = shared.first()?;
        let second = shared.get(1).map_or(0, |(names, _)| names.len());
        (names.len() >= SHARED && second == 0)
            .then(|| identity(key, &format!("surname, beside {}", names[..names.len().min(3)].join(", "))))
    }
}

fn identity(key: &str, evidence: &str) -> Identity {
    Identity { id: key.replace(' ', "-"), evidence: evidence.to_owned() }
}

/// The hash of another name.
pub(super) fn other(name: &str) -> (u32, String) {
    (hash(&Name::of(name)), name.to_owned())
}

fn hash(name: &Name) -> u32 {
    copydesk_core::hash_lower(&name.key()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(people: &[(&str, Option<&str>)], others: &[&str]) -> Scene {
        let people = people
            .iter()
            .map(|(name, role)| Seen { name: Name::of(name), role: role.map(str::to_owned) })
            .collect();
        Scene { people, others: others.iter().map(|name| other(name)).collect() }
    }

    fn who(people: &People, scene: &Scene) -> Option<(String, String)> {
        people.identify(&scene.people[0], scene).map(|found| (found.id, found.evidence))
    }

    fn some(id: &str, evidence: &str) -> Option<(String, String)> {
        Some((id.to_owned(), evidence.to_owned()))
    }

    #[test]
    fn a_surname_needs_a_role_or_company() {
        let mut people = People::default();
        people.add(&scene(&[("Marta Kowalska", Some("mayor"))], &["Ostrava Steel", "Jan Hus Trust"]));
        people.add(&scene(&[("Piotr Kowalska", Some("coach"))], &["FC Brno"]));
        assert_eq!(
            who(&people, &scene(&[("Kowalska", Some("mayor"))], &[])),
            some("marta-kowalska", "surname, mayor")
        );
        assert_eq!(
            who(&people, &scene(&[("Kowalska", None)], &["Jan Hus Trust", "Ostrava Steel"])),
            some("marta-kowalska", "surname, beside Jan Hus Trust, Ostrava Steel")
        );
        assert_eq!(who(&people, &scene(&[("Kowalska", None)], &["Ostrava Steel"])), None);
        assert_eq!(
            who(&people, &scene(&[("Kowalska", None)], &["Jan Hus Trust", "Ostrava Steel", "FC Brno"])),
            None,
            "two are beside it"
        );
        assert_eq!(who(&people, &scene(&[("Novak", Some("mayor"))], &[])), None);
    }

    #[test]
    fn middle_initials_distinguish_a_father_and_a_son() {
        let mut people = People::default();
        for name in
            ["George W. Bush", "George W. Bush", "George H.W. Bush", "George H. W. Bush", "George Bush"]
        {
            people.add(&scene(&[(name, None)], &[]));
        }
        people.add(&scene(&[("John F. Kerry", None)], &[]));
        let id = |name| who(&people, &scene(&[(name, None)], &[])).map(|(id, _)| id);
        assert_eq!(id("George W. Bush").as_deref(), Some("george-w-bush"));
        assert_eq!(id("George H. W. Bush").as_deref(), Some("george-hw-bush"));
        assert_eq!(id("George Bush"), None);
        assert_eq!(id("John Kerry").as_deref(), Some("john-kerry"));
        assert_eq!(id("John F. Kerry").as_deref(), Some("john-kerry"));
    }

    #[test]
    fn a_name_that_many_may_bear_needs_a_role() {
        let mut people = People::default();
        let surnames = ["Smith", "Jones", "Brown", "Green", "White"];
        for given in ["John", "Mary", "Peter", "Anna", "Paul"] {
            for surname in surnames {
                people.add(&scene(&[(&format!("{given} {surname}"), None)], &[]));
            }
        }
        for _ in 0..3 {
            people.add(&scene(&[("John Smith", Some("judge"))], &[]));
        }
        assert_eq!(who(&people, &scene(&[("John Smith", None)], &[])), None);
        assert_eq!(
            who(&people, &scene(&[("John Smith", Some("judge"))], &[])),
            some("john-smith", "full name, judge")
        );
        assert_eq!(who(&people, &scene(&[("John Smith", Some("plumber"))], &[])), None);
        people.add(&scene(&[("Zuzanna Łęcka-Ondraszek", None)], &[]));
        assert_eq!(
            who(&people, &scene(&[("Zuzanna Lecka-Ondraszek", None)], &[])),
            some("zuzanna-lecka-ondraszek", "full name")
        );
    }
}
