//! From runs to names: where one ends and the next begins, and what each is.

use std::ops::Range;

use copydesk_core::Case;
use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::segment::token_flag as flag;

use crate::runs::Reader;
use crate::tables::{Listed, NOWHERE, cue};

/// A name found in the text.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: EntityKind,
    pub(crate) form: MentionForm,
    /// The country that it is, or lies in, or [`NOWHERE`].
    pub(crate) country: u16,
    /// The words of the role in front of a person.
    pub(crate) role: Option<Range<usize>>,
    pub(crate) confidence: f32,
    pub(crate) rule: &'static str,
}

impl Name {
    fn new(tokens: Range<usize>, kind: EntityKind, confidence: f32, rule: &'static str) -> Self {
        Self { tokens, kind, form: MentionForm::Name, country: NOWHERE, role: None, confidence, rule }
    }
}

/// All names, in text order.
pub(crate) fn find(reader: &Reader<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    for sentence in reader.doc.sentences() {
        let tokens = sentence.tokens();
        let mut at = tokens.start;
        while at < tokens.end {
            match reader.run(at, tokens.end) {
                Some(run) => {
                    at = run.end;
                    reader.split(run, &mut names);
                }
                None => at += 1,
            }
        }
    }
    names
}

impl Reader<'_> {
    /// Cuts a run into names.
    fn split(&self, run: Range<usize>, into: &mut Vec<Name>) {
        let Range { mut start, end } = run;
        let mut role = None;
        while start < end {
            // Small words and marks that a cut left in front.
            if !self.nameable(start) && !self.has(start, cue::CALENDAR) {
                start += 1;
                continue;
            }
            if self.has(start, cue::HONORIFIC) && start + 1 < end && !self.ends_name(end - 1) {
                into.extend(self.person(start + 1..end, role));
                return;
            }
            if let Some((next, listed)) = self.listed(start, end) {
                if let Some(name) = self.with_listed(start, next, end, listed) {
                    start = name.tokens.end;
                    into.push(name);
                    continue;
                }
            } else if self.has(start, cue::GROUP) && !self.ends_name(end - 1) {
                into.extend(self.classify(start..start + 1));
                start += 1;
                continue;
            } else if let Some(title) = self.title(start, end) {
                if title.start > start {
                    into.extend(self.classify(start..title.start));
                }
                start = title.end;
                role = Some(title);
                continue;
            }
            if role.is_some() && !self.ends_name(end - 1) {
                into.extend(self.person(start..end, role));
            } else {
                into.extend(self.classify(start..end));
            }
            return;
        }
    }

    /// Whether the word at `at` closes the name of something other than a person.
    fn ends_name(&self, at: usize) -> bool {
        self.has(at, cue::NAME_END) && !self.has(at, cue::GIVEN)
    }

    /// A listed place or demonym `start..next` at the head of a run: as a name of its own, or with what follows it.
    fn with_listed(&self, start: usize, next: usize, end: usize, listed: Listed) -> Option<Name> {
        let rest = next..end;
        let title = self.title(next, end);
        // "Iran Air", "Qatar Charity"
        let common = || rest.clone().all(|at| self.has(at, cue::COMMON) && !self.has(at, cue::GROUP));
        let place = !matches!(listed, Listed::Demonym(_));
        let whole = !rest.is_empty() && title.is_none() && (self.ends_name(end - 1) || place && common());
        if whole {
            let (kind, rule) = self.ending(end - 1).unwrap_or((EntityKind::Organization, "place-and-cue"));
            let mut name = Name::new(start..end, kind, 0.8, rule);
            name.country = country_of(listed);
            return Some(name);
        }
        let (kind, form, rule) = match listed {
            Listed::Demonym(_) => (EntityKind::Group, MentionForm::Demonym, "demonym"),
            Listed::Country(_) => (EntityKind::Location, MentionForm::Name, "country"),
            Listed::Place(_) => (EntityKind::Location, MentionForm::Name, "gazetteer"),
        };
        // "Paris Hilton", "Lagos Rangers": a city and an unknown word are one name of something else.
        if let Listed::Place(_) = listed
            && !rest.is_empty()
            && title.is_none()
            && self.listed(next, end).is_none()
            && !self.has(next, cue::COMMON)
        {
            return None;
        }
        // "Jordan said", "Mr Chad": a person called like a place.
        if matches!(listed, Listed::Place(_))
            && rest.is_empty()
            && next == start + 1
            && self.person_stands(start, next)
        {
            return None;
        }
        let mut name = Name::new(start..next, kind, 0.95, rule);
        name.form = form;
        name.country = country_of(listed);
        if form == MentionForm::Name && self.token(start).case() == Case::Upper && next == start + 1 {
            name.form = MentionForm::Alias;
        }
        Some(name)
    }

    /// Words of a role at or behind `start`: "Foreign Minister", "National Security Advisor", "Secretary of State".
    fn title(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let mut at = start;
        while at < end {
            // "Court of Justice", "Ministry of Foreign Affairs": behind "of" stands no role.
            let behind = at > start && matches!(self.text(at - 1), "of" | "for" | "and" | "the");
            if self.has(at, cue::ROLE | cue::MODIFIER) && self.token(at).is_capitalized() && !behind {
                let first = at;
                let mut role = false;
                while at < end {
                    if self.has(at, cue::ROLE) {
                        role = true;
                    } else if !self.has(at, cue::MODIFIER) && !self.joins_title(at, end, role) {
                        break;
                    }
                    at += 1;
                }
                if role {
                    // A name that merely begins like a role: "General Motors", "Chief Executive Group".
                    let name_follows = at < end && self.ends_name(end - 1);
                    return (!name_follows).then_some(first..at);
                }
                continue;
            }
            at += 1;
        }
        None
    }

    /// "Secretary *of* State", "Vice*-*President", "Advisor *to*".
    fn joins_title(&self, at: usize, end: usize, after_role: bool) -> bool {
        let next = |cues: u64| at + 1 < end && self.has(at + 1, cues);
        match self.text(at) {
            "of" | "for" => after_role && next(cue::MODIFIER),
            "-" => next(cue::ROLE | cue::MODIFIER),
            "and" => next(cue::ROLE | cue::MODIFIER),
            _ => false,
        }
    }

    /// A person, whatever the words.
    fn person(&self, tokens: Range<usize>, role: Option<Range<usize>>) -> Option<Name> {
        let tokens = self.trim(tokens);
        if tokens.is_empty() || self.has(tokens.start, cue::ROLE | cue::MODIFIER) && tokens.len() == 1 {
            return None;
        }
        let mut name = Name::new(tokens, EntityKind::Person, 0.93, "title-and-name");
        name.role = role;
        Some(name)
    }

    /// Takes away what cannot stand at the edges of a name.
    fn trim(&self, tokens: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = tokens;
        let whole = start;
        let edge = |at: usize| {
            let token = self.token(at);
            // The small end of "Jae-in" belongs to the name.
            let joined = at >= whole + 2 && token.is_word() && self.text(at - 1) == "-";
            !token.is_word() || token.case() == Case::Lower && !joined
        };
        while start < end && edge(start) {
            start += 1;
        }
        while start < end && edge(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// What the last word of a name makes it.
    fn ending(&self, at: usize) -> Option<(EntityKind, &'static str)> {
        let cues = self.cues(at);
        let is = |bit: u64| cues & bit != 0;
        if is(cue::ORG_END) {
            Some((EntityKind::Organization, "organization-cue"))
        } else if is(cue::FACILITY_END) {
            Some((EntityKind::Facility, "facility-cue"))
        } else if is(cue::PLACE_END) {
            Some((EntityKind::Location, "place-cue"))
        } else if is(cue::EVENT_END) {
            Some((EntityKind::Event, "event-cue"))
        } else if is(cue::LAW_END) {
            Some((EntityKind::Law, "law-cue"))
        } else {
            None
        }
    }

    /// A name without listed places and roles in front.
    fn classify(&self, tokens: Range<usize>) -> Option<Name> {
        let tokens = self.trim(tokens);
        if tokens.is_empty() {
            return None;
        }
        let (first, last) = (tokens.start, tokens.end - 1);
        if tokens.len() == 1 {
            return self.classify_one(first);
        }
        let name = |kind, confidence, rule| Some(Name::new(tokens.clone(), kind, confidence, rule));
        let any = |cues: u64| tokens.clone().any(|at| self.has(at, cues));
        let connected = tokens.clone().find(|&at| matches!(self.text(at), "of" | "for"));
        if self.has(last, cue::GROUP)
            || matches!(self.listed(last, tokens.end), Some((_, Listed::Demonym(_))))
        {
            return name(EntityKind::Group, 0.8, "group");
        }
        if self.has(first, cue::EVENT_HEAD) && !self.ends_name(last) {
            return name(EntityKind::Event, 0.8, "event-cue");
        }
        if let Some(connected) = connected {
            let head = connected - 1;
            // "Joint Comprehensive Plan of Action", "Gulf of Aden", "Battle of the Bulge", "Ministry of Health"
            if let Some((kind, rule)) =
                self.ending(head).filter(|_| head > first || !self.has(head, cue::ORG_HEAD))
            {
                return name(kind, 0.85, rule);
            }
            if self.has(head, cue::PLACE_HEAD) && !self.has(head, cue::ORG_HEAD) {
                return name(EntityKind::Location, 0.8, "place-cue");
            }
            return name(EntityKind::Organization, 0.85, "organization-of");
        }
        let given = self.has(first, cue::GIVEN);
        if let Some((kind, rule)) = self.ending(last)
            && !(given && tokens.len() == 2 && self.has(last, cue::SURNAME))
        {
            return name(kind, 0.85, rule);
        }
        if any(cue::ORG_END) && !given || tokens.clone().any(|at| self.text(at) == "&") {
            return name(EntityKind::Organization, 0.7, "organization-cue");
        }
        if self.has(first, cue::PLACE_HEAD)
            && !self.has(first, cue::GIVEN | cue::SURNAME)
            && tokens.len() <= 3
        {
            return name(EntityKind::Location, 0.75, "place-cue");
        }
        let common = tokens.clone().filter(|&at| self.has(at, cue::COMMON)).count();
        if given && (common < tokens.len() || self.has(last, cue::SURNAME)) {
            return name(EntityKind::Person, 0.92, "given-name");
        }
        if self.has(last, cue::SURNAME) && common == 0 {
            return name(EntityKind::Person, 0.85, "surname");
        }
        let capitals =
            tokens.clone().any(|at| self.token(at).case() == Case::Upper && self.token(at).span().len() > 2);
        let plain_edges = !self.has(first, cue::COMMON) && !self.has(last, cue::COMMON) && common <= 1;
        if self.org_noun_before(first) {
            return name(EntityKind::Organization, 0.75, "organization-context");
        }
        if (common == 0 || plain_edges) && !capitals && tokens.len() <= 4 {
            return name(EntityKind::Person, 0.65, "unknown-words");
        }
        if self.person_stands(first, tokens.end) && !capitals {
            return name(EntityKind::Person, 0.6, "person-context");
        }
        // Works, slogans, programmes, parties: without a cue nothing tells which.
        name(EntityKind::Other, 0.4, "common-words")
    }

    /// A name of one word.
    fn classify_one(&self, at: usize) -> Option<Name> {
        let token = self.token(at);
        if token.span().len() == 1 || self.has(at, cue::PLAIN) {
            return None;
        }
        let one = |kind, confidence, rule| Some(Name::new(at..at + 1, kind, confidence, rule));
        let upper = token.case() == Case::Upper;
        if self.has(at, cue::ORG) {
            let mut name = one(EntityKind::Organization, 0.9, "known-organization");
            if let Some(name) = name.as_mut().filter(|_| upper) {
                name.form = MentionForm::Alias;
            }
            return name;
        }
        if self.has(at, cue::GROUP) {
            return one(EntityKind::Group, 0.85, "group");
        }
        if self.has(at, cue::PRODUCT_END) {
            return one(EntityKind::Product, 0.8, "product-cue");
        }
        if upper && !token.has(flag::ABBREVIATION) {
            let mut name = one(EntityKind::Organization, 0.65, "acronym");
            if let Some(name) = name.as_mut() {
                name.form = MentionForm::Alias;
            }
            return name;
        }
        if self.has(at, cue::COMMON | cue::ROLE | cue::MODIFIER | cue::NAME_END | cue::HONORIFIC)
            && !self.has(at, cue::GIVEN)
        {
            return None;
        }
        if self.org_noun_before(at) {
            return one(EntityKind::Organization, 0.75, "organization-context");
        }
        if self.has(at + 1, cue::PRODUCT_CONTEXT) && self.token_is_small(at + 1) {
            return one(EntityKind::Product, 0.6, "product-context");
        }
        if self.person_stands(at, at + 1) {
            return one(EntityKind::Person, 0.75, "person-context");
        }
        if self.has(at + 1, cue::COMPANY_CONTEXT) || token.case() == Case::Mixed {
            return one(EntityKind::Organization, 0.6, "company-context");
        }
        let in_place = at > 0 && self.has(at - 1, cue::PLACE_PREPOSITION);
        if self.has(at, cue::GIVEN | cue::SURNAME) && !in_place {
            return one(EntityKind::Person, 0.7, "personal-name");
        }
        if in_place {
            return one(EntityKind::Location, 0.6, "place-context");
        }
        one(EntityKind::Other, 0.4, "unknown-word")
    }

    /// Whether the words beside `first..end` speak of a person.
    fn person_stands(&self, first: usize, end: usize) -> bool {
        let before = first > 0 && self.has(first - 1, cue::ROLE_NOUN | cue::HONORIFIC);
        let said_before =
            first > 0 && self.has(first - 1, cue::SPEECH) && !self.has(first - 1, cue::PLACE_PREPOSITION);
        let after = self.has(end, cue::SPEECH) && self.token_is_small(end);
        before && self.token_is_small(first - 1) || said_before && self.token_is_small(first - 1) || after
    }

    /// "data company Kpler"
    fn org_noun_before(&self, first: usize) -> bool {
        first > 0 && self.has(first - 1, cue::ORG_NOUN) && self.token_is_small(first - 1)
    }

    fn token_is_small(&self, at: usize) -> bool {
        self.doc.tokens().get(at).is_some_and(|token| token.case() == Case::Lower)
    }
}

fn country_of(listed: Listed) -> u16 {
    match listed {
        Listed::Country(code) | Listed::Demonym(code) | Listed::Place(code) => code,
    }
}
