//! A list of people, read from a file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Identity, Name, Scene, Seen};

/// People from a file.
#[derive(Debug, Default)]
pub struct Registry {
    people: Vec<Listed>,
    /// The people with each full name.
    full: HashMap<String, Vec<usize>>,
    /// The people with each surname.
    surnames: HashMap<String, Vec<usize>>,
}

/// A row of the file.
#[derive(Debug)]
struct Listed {
    id: String,
    /// Words that distinguish this person from others: roles, organisations, places, in lower case.
    context: Vec<String>,
}

/// Why a list of people cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: csv::Error,
    },
    /// A column is missing.
    #[error(
        "{}: no column `{column}`; a list of people is tab-separated, with the columns id, name, and optionally aliases and context \
         (several values separated by `|`)", path.display()
    )]
    Column {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// A row is invalid.
    #[error("{}:{line}: {reason}", path.display())]
    Row {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

impl Registry {
    /// Reads a list: tab-separated columns `id`, `name`, and optionally `aliases` and `context`, in any order.
    pub fn read(path: &Path) -> Result<Self, RegistryError> {
        let failed = |source| RegistryError::Read { path: path.to_owned(), source };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b'\t')
            .quoting(false)
            .flexible(true)
            .from_path(path)
            .map_err(failed)?;
        let header = reader.headers().map_err(failed)?.clone();
        let place = |name: &str| {
            header
                .iter()
                .position(|column| column.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name))
        };
        let needed = |column| place(column).ok_or(RegistryError::Column { path: path.to_owned(), column });
        let (id, name) = (needed("id")?, needed("name")?);
        let (aliases, context) = (place("aliases"), place("context"));
        let mut registry = Self::default();
        let mut ids: HashMap<String, u64> = HashMap::new();
        for record in reader.records() {
            let record = record.map_err(failed)?;
            let line = record.position().map_or(0, csv::Position::line);
            let bad = |reason| RegistryError::Row { path: path.to_owned(), line, reason };
            let cell = |place: Option<usize>| place.and_then(|place| record.get(place)).unwrap_or("").trim();
            let several = |place| cell(place).split('|').map(str::trim).filter(|part| !part.is_empty());
            if cell(Some(id)).is_empty() || Name::of(cell(Some(name))).surname().is_empty() {
                return Err(bad("a person needs an id and a name".to_owned()));
            }
            if let Some(first) = ids.insert(cell(Some(id)).to_owned(), line) {
                return Err(bad(format!("the id `{}` is also used in line {first}", cell(Some(id)))));
            }
            let context = several(context).map(str::to_lowercase).collect();
            registry.add(cell(Some(id)), std::iter::once(cell(Some(name))).chain(several(aliases)), context);
        }
        Ok(registry)
    }

    fn add<'n>(&mut self, id: &str, names: impl Iterator<Item = &'n str>, context: Vec<String>) {
        let person = self.people.len();
        self.people.push(Listed { id: id.to_owned(), context });
        let note = |known: &mut HashMap<String, Vec<usize>>, key: String| {
            let people = known.entry(key).or_default();
            if people.last() != Some(&person) {
                people.push(person);
            }
        };
        for name in names.map(Name::of) {
            if name.is_full() {
                note(&mut self.full, name.key());
            }
            note(&mut self.surnames, name.surname().to_owned());
        }
    }

    /// The number of people.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Identifies a person of a document, if there is enough evidence.
    pub(in super::super) fn identify(&self, person: &Seen, scene: &Scene) -> Option<Identity> {
        let found = |listed: &Listed, evidence: String| Some(Identity { id: listed.id.clone(), evidence });
        let (candidates, what) = if person.name.is_full() {
            (self.full.get(&person.name.key())?, "listed name")
        } else {
            (self.surnames.get(person.name.surname())?, "listed surname")
        };
        if let ([only], true) = (candidates.as_slice(), person.name.is_full()) {
            return found(&self.people[*only], what.to_owned());
        }
        let mut matched = candidates.iter().filter_map(|place| {
            let listed = &self.people[*place];
            Some((listed, listed.matched(person, scene)?))
        });
        let (first, context) = matched.next()?;
        matched.next().is_none().then(|| found(first, format!("{what}, {context}")))?
    }
}

impl Listed {
    /// The context of this person that occurs in the document.
    fn matched(&self, person: &Seen, scene: &Scene) -> Option<&str> {
        let has = |context: &&String| {
            person.role.as_ref() == Some(*context)
                || scene.others.iter().any(|(_, name)| name.to_lowercase() == **context)
        };
        self.context.iter().find(has).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::super::other;
    use super::*;

    fn list(text: &str) -> Result<Registry, String> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("written");
        Registry::read(file.path()).map_err(|error| error.to_string())
    }

    fn who(registry: &Registry, name: &str, role: Option<&str>, others: &[&str]) -> Option<String> {
        let person = Seen { name: Name::of(name), role: role.map(str::to_owned) };
        let scene = Scene { people: Vec::new(), others: others.iter().map(|name| other(name)).collect() };
        registry.identify(&person, &scene).map(|found| format!("{}: {}", found.id, found.evidence))
    }

    #[test]
    fn a_list_identifies_people() {
        let registry = list(
            "name\tid\taliases\tcontext\n\
             Marta Kowalska\tQ1\tM. Kowalska-Nowak|Marta Nowak\tmayor|Ostrava Steel\n\
             John Smith\tQ2\t\tjudge\nJohn Smith\tQ3\t\tcoach|FC Brno\n",
        )
        .expect("a list");
        assert_eq!(registry.len(), 3);
        assert_eq!(who(&registry, "Marta Kowalska", None, &[]).as_deref(), Some("Q1: listed name"));
        assert_eq!(who(&registry, "Marta Nowak", None, &[]).as_deref(), Some("Q1: listed name"));
        assert_eq!(who(&registry, "Kowalska", None, &[]), None);
        assert_eq!(
            who(&registry, "Kowalska", Some("mayor"), &[]).as_deref(),
            Some("Q1: listed surname, mayor")
        );
        assert_eq!(who(&registry, "John Smith", None, &[]), None);
        assert_eq!(
            who(&registry, "John Smith", None, &["FC Brno"]).as_deref(),
            Some("Q3: listed name, fc brno")
        );
    }

    #[test]
    fn a_bad_list_is_named_by_line() {
        assert!(list("id\tnom\n").is_err_and(|error| error.contains("no column `name`")));
        let error = list("id\tname\nQ1\tA B\n\tC D\n").expect_err("no id");
        assert!(error.contains(":3: a person needs an id and a name"), "{error}");
        let error = list("id\tname\nQ1\tA B\nQ1\tC D\n").expect_err("twice");
        assert!(error.contains(":3: the id `Q1` is also used in line 2"), "{error}");
    }
}
