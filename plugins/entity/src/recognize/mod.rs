//! Finds names.
//!
//! The trained model (`model`) finds most of them; `mend` and `corrected` repair its errors. `names` adds the exact kind (`exact_kind`, by
//! the words of the name, and `beside`, by the words next to it), the country, and the role of people (`roles`, `gender`). Further names
//! are found by neighbouring words (`neighbours`), by acronyms introduced in brackets (`acronyms`) and by pronouns (`called`); `senses`
//! disambiguates the names of countries. The user's own lists (`gazetteer`) and `patterns` take precedence over all of these.

pub(crate) mod acronyms;
pub(crate) mod beside;
pub(crate) mod called;
pub(crate) mod corrected;
pub(crate) mod exact_kind;
pub(crate) mod gazetteer;
pub(crate) mod gender;
pub(crate) mod mend;
pub(crate) mod model;
pub(crate) mod names;
pub(crate) mod neighbours;
pub(crate) mod patterns;
pub(crate) mod roles;
pub(crate) mod senses;

use copydesk_core::{DocumentView, StageError};

use crate::tables::Tables;
use crate::words::{Entry, Reader};
use crate::{Options, registry};
use gazetteer::Gazetteer;
use model::{FoundName, KIND, Recognizer};
use names::Name;
use patterns::Pattern;

/// Finds the names of documents.
pub(crate) struct NameFinder {
    recognizer: Recognizer,
    gazetteer: Gazetteer,
    patterns: Vec<Pattern>,
}

impl NameFinder {
    pub(crate) fn new(options: &Options) -> Result<Self, StageError> {
        let built_in = include_bytes!("../../data/entity.bin");
        let recognizer =
            copydesk_learn::model::load(KIND, options.model.as_deref(), built_in, Recognizer::read)
                .map_err(|error| StageError::option("model", error))?;
        let patterns = options.rules.iter().enumerate().map(|(place, rule)| {
            let wrong = |what| StageError::option(format!("rules[{place}].pattern"), what);
            Pattern::read(rule.kind.kind(), &rule.pattern).map_err(wrong)
        });
        let patterns = patterns.collect::<Result<Vec<Pattern>, StageError>>()?;
        Ok(Self { recognizer, gazetteer: Gazetteer::read(&options.gazetteers)?, patterns })
    }

    /// The user's lists.
    pub(crate) fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The names that the model finds, in text order, and the table entries of all tokens.
    pub(crate) fn recognize(&self, doc: &DocumentView<'_>, tables: &Tables) -> (Vec<FoundName>, Vec<Entry>) {
        let mut found = Vec::new();
        let entries = self.recognizer.find(doc, tables, &mut found);
        (found, entries)
    }

    /// The names of a document, of which the model found these, in text order.
    pub(crate) fn complete(&self, reader: &Reader<'_>, found: &[FoundName]) -> Vec<Name> {
        let capitals = names::capitals(reader);
        let mut names = names::names(reader, found, &capitals);
        neighbours::add(reader, &mut names, &capitals);
        acronyms::add(reader, &mut names, &capitals);
        senses::settle(reader, &mut names);
        called::add(reader, &mut names);
        self.insert_user_names(reader.doc, &mut names);
        names
    }

    /// Replaces names by those that the user's lists and patterns find at the same place.
    fn insert_user_names(&self, doc: &DocumentView<'_>, names: &mut Vec<Name>) {
        let mut user_names: Vec<Name> = Vec::new();
        self.gazetteer.find(doc, |tokens, number| {
            if let Some(listing) = self.gazetteer.listing(number) {
                user_names.push(Name {
                    listing: Some(number),
                    ..Name::by_rule(tokens, listing.kind, registry::GAZETTEER_OPTION)
                });
            }
        });
        if !self.patterns.is_empty() {
            let mut at = 0;
            while at < doc.tokens().len() {
                let matched = self.patterns.iter().find_map(|pattern| {
                    let name = pattern.matches(&doc.tokens()[at..])?;
                    Some((at + name.start..at + name.end, pattern.kind))
                });
                at = match matched {
                    Some((tokens, kind)) => {
                        let end = tokens.end;
                        user_names.push(Name::by_rule(tokens, kind, registry::RULE_OPTION));
                        end.max(at + 1)
                    }
                    None => at + 1,
                };
            }
        }
        if user_names.is_empty() {
            return;
        }
        user_names.sort_by_key(|name| (name.tokens.start, std::cmp::Reverse(name.tokens.end)));
        user_names.dedup_by(|later, before| later.tokens.start < before.tokens.end);
        // Both are in text order, so each of the model's names is compared with the first of the user's that ends after its start.
        names.retain(|name| {
            let next = user_names.partition_point(|user_names| user_names.tokens.end <= name.tokens.start);
            user_names.get(next).is_none_or(|user_names| user_names.tokens.start >= name.tokens.end)
        });
        names::insert(names, user_names);
    }
}
