//! Combines the figures of a sentence into claims: a value, its change and its baseline are one claim.

use std::ops::Range;

use copydesk_core::layers::{
    Change, ClaimKind, Entity, EntityKind, Figure, FigureId, FigureKind, PartOfSpeech, Quote, Stance, Value,
};
use copydesk_core::{Emitter, Span};

use crate::clause::{Attitude, Page};
use crate::region::Regions;
use crate::words::role;
use crate::{ClaimStage, Draft, is_time, registry};

impl ClaimStage {
    pub(crate) fn figures(
        &self,
        page: &Page<'_>,
        regions: &Regions<'_>,
        sentence: &Range<usize>,
        figures: &[Figure<'_>],
        drafts: &mut Vec<Draft>,
        out: &mut Emitter,
    ) {
        for figure in figures.iter().filter(|figure| can_be_claimed(page, figure, figures)) {
            self.figure(page, regions, sentence, (figure, figures), drafts, out);
        }
    }

    fn figure(
        &self,
        page: &Page<'_>,
        regions: &Regions<'_>,
        sentence: &Range<usize>,
        (figure, figures): (&Figure<'_>, &[Figure<'_>]),
        drafts: &mut Vec<Draft>,
        out: &mut Emitter,
    ) {
        let at = page.tokens(figure.span());
        let changing = figures.iter().find(|other| of(other, figures) == Some(figure.id()));
        let change = changing.or_else(|| figure.change().is_some().then_some(figure));
        let counted = if is_counted(figure) { counted(page, &at, sentence.end) } else { None };
        let measure =
            counted.or_else(|| figure.measure()).filter(|span| change.is_some() || !is_name(page, *span));
        let rule = match (change, counted) {
            (Some(_), _) => registry::CHANGE,
            (None, Some(_)) => registry::COUNT,
            (None, None) => registry::FIGURE,
        };
        // "Paid 5 million euros" is a statement even without a measure; "72%" alone is not.
        let age = figure.unit_code() == "a";
        let sum = matches!(figure.kind(), FigureKind::Money | FigureKind::Quantity) && !age;
        if measure.is_none() && change.is_none() && !sum {
            return;
        }
        if change.is_none() && is_given(page, figure, &at) {
            out.held_back(figure.span(), Some(rule), registry::GIVEN, figure.confidence());
            return;
        }
        if is_part_of_word(page, figure, &at) {
            return;
        }
        let quote = figure.quote().and_then(|id| page.doc.quote(id));
        let voice = regions.voice(page, sentence, figure.span(), figure.quote());
        let clause = page.clause(voice, at.start);
        let (clause, attribution) = page.attribution(regions, clause, &at, quote.is_some());
        let period = change.and_then(|change| change.period()).or_else(|| figure.period());
        let attribute = |id: &FigureId| {
            page.doc.figure(*id).is_some_and(|date| page.is_attribute(&page.tokens(date.span())))
        };
        let period = period.filter(|id| !attribute(id));
        let period = period.or_else(|| date_beside(page, &clause, figure, figures));
        let mut attitude = page.attitude(&clause, &at, sentence);
        attitude.forecast |= period.is_some_and(|id| is_to_come(page, id)) || is_chance(page, measure);
        if let Some(held) = self.held_back(attitude, quote) {
            out.held_back(figure.span(), Some(rule), held, figure.confidence());
            return;
        }
        attitude.forecast = self.is_forecast(attitude, quote);
        let details = change.and_then(|change| change.change());
        let before = details.and_then(|details| value_before(details, figure, figures));
        let span = page.trimmed(&clause).cover(figure.span());
        let mut draft = Draft {
            kind: if change.is_some() { ClaimKind::Change } else { ClaimKind::Figure },
            rule,
            span,
            figures: [Some(figure.id()), before].into_iter().flatten().collect(),
            measure,
            change: change.map(|change| change.id()),
            baseline: details.and_then(|details| details.baseline.period),
            period,
            about: Vec::new(),
            speaker: quote.and_then(|quote| quote.speaker_entity()).or(attribution.speaker()),
            quote: figure.quote(),
            stance: stance(quote),
            attitude,
            confidence: figure.confidence() * quote.map_or(1.0, |quote| quote.confidence()),
            worth: 0.0,
        };
        draft.about = about(regions, figure, measure, span, draft.speaker);
        draft.weigh_figure(page, *figure, quote, attribution);
        drafts.push(draft);
    }
}

/// The figure of the sentence whose change another one gives: 4 billion in "rose 12% to $4 billion".
fn of(figure: &Figure<'_>, figures: &[Figure<'_>]) -> Option<FigureId> {
    let change = figure.change()?;
    let same = |other: &&Figure<'_>| {
        other.kind() != FigureKind::Percent
            && other.measure() == figure.measure()
            && other.change().is_some_and(|its| its.direction == change.direction && its.of.is_none())
    };
    let share = figure.kind() == FigureKind::Percent && figure.measure().is_some();
    change.of.or_else(|| figures.iter().filter(|_| share).find(same).map(|other| other.id()))
}

/// "A 50% chance of rain": the probability of something that has not happened.
fn is_chance(page: &Page<'_>, measure: Option<Span>) -> bool {
    let head = measure.and_then(|measure| page.tokens(measure).next_back());
    head.is_some_and(|head| page.is(head, role::CHANCE))
}

/// Whether a figure can be the value of a claim, rather than the change or the baseline of another one.
fn can_be_claimed(page: &Page<'_>, figure: &Figure<'_>, figures: &[Figure<'_>]) -> bool {
    let number = matches!(figure.value(), Some(Value::Number(_) | Value::Range(..)));
    let length = figure.kind() == FigureKind::Duration && figure.measure().is_some();
    let value = length || number && !matches!(figure.kind(), FigureKind::Ordinal | FigureKind::Other);
    let is_change = of(figure, figures).is_some_and(|id| figures.iter().any(|other| other.id() == id));
    let before = figures.iter().any(|other| {
        other.id() != figure.id()
            && other.change().is_some_and(|change| value_before(change, other, figures) == Some(figure.id()))
    });
    value
        && !is_time(figure.kind())
        && !is_change
        && !before
        && !is_left_behind(page, figure, figures)
        && !is_past_level(page, figure)
}

/// "Ten delegates to Moreno, and Berg has 12", "France was named by three percent": a name is not what is measured.
fn is_name(page: &Page<'_>, measure: Span) -> bool {
    let named = |entity: Entity<'_>| {
        use EntityKind::{Group, Location, Organization, Person};
        matches!(entity.kind(), Person | Organization | Group | Location)
    };
    page.doc
        .mentions_in(measure)
        .any(|mention| mention.span == measure && page.doc.entity(mention.entity).is_some_and(named))
}

/// "Turnout was down slightly from the 16.1% of 2008": the previous level, without the new one.
fn is_past_level(page: &Page<'_>, figure: &Figure<'_>) -> bool {
    const BEFORE: usize = 3;
    if figure.change().is_some() {
        return false;
    }
    let at = page.tokens(figure.span());
    let from = (at.start.saturating_sub(BEFORE)..at.start).rev().find(|token| page.text(*token) == "from");
    let Some(from) = from else { return false };
    (from.saturating_sub(2)..from).any(|token| page.is(token, role::MOVED))
}

/// The first figure of "from the initial 50 percent to 28 percent": the previous value is not a claim of its own.
fn is_left_behind(page: &Page<'_>, figure: &Figure<'_>, figures: &[Figure<'_>]) -> bool {
    const ADJECTIVES: usize = 3;
    const BETWEEN: usize = 5;
    let at = page.tokens(figure.span());
    let from = (at.start.saturating_sub(ADJECTIVES)..at.start).any(|token| page.text(token) == "from");
    let next = figures
        .iter()
        .find(|other| other.span().start() >= figure.span().end() && other.kind() == figure.kind());
    from && next.is_some_and(|next| {
        let end = page.tokens(next.span()).start;
        end <= at.end + BETWEEN && (at.end..end).any(|token| page.text(token) == "to")
    })
}

/// The figure of the sentence that gives the value before a change: 3.8 % in "3.1%, down from 3.8%".
fn value_before(change: Change, figure: &Figure<'_>, figures: &[Figure<'_>]) -> Option<FigureId> {
    let baseline = change.baseline.value.filter(|_| !change.baseline.is_derived)?;
    let is = |other: &&Figure<'_>| {
        other.id() != figure.id()
            && !is_time(other.kind())
            && other.kind() == figure.kind()
            && other.value() == Some(Value::Number(baseline))
    };
    figures.iter().find(is).map(|other| other.id())
}

fn is_counted(figure: &Figure<'_>) -> bool {
    let things = figure.unit().is_some_and(|unit| unit.code.is_empty() && !unit.name.is_empty());
    let share = figure.kind() == FigureKind::Ratio && figure.part_of_whole().is_some();
    things && (figure.kind() == FigureKind::Count || share)
}

/// "A 45-degree tilt", "the DT-668": a figure inside a compound states nothing.
fn is_part_of_word(page: &Page<'_>, figure: &Figure<'_>, at: &Range<usize>) -> bool {
    let words = page.doc.slice(figure.span());
    let joined = words.as_bytes().windows(3).any(|three| {
        three[1] == b'-'
            && (three[0].is_ascii_alphanumeric() && three[2].is_ascii_alphabetic()
                || three[0].is_ascii_alphabetic())
    });
    let plain = !matches!(figure.value(), Some(Value::Range(..)));
    let of_numbers = words.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-' || byte == b' ');
    // "The top-five rankings".
    let inside =
        page.doc.tokens().get(at.start).is_some_and(|token| token.span().start() < figure.span().start());
    inside || plain && joined && !of_numbers || matches!(page.text(at.end), "-" | "‑")
}

/// The noun phrase that a number counts: the adjectives and nouns after it.
fn counted(page: &Page<'_>, at: &Range<usize>, end: usize) -> Option<Span> {
    const LONGEST: usize = 6;
    let mut last = None;
    // "Tens of millions of people"
    let masses = page.text(at.end) == "of" && page.is(at.end.wrapping_sub(1), role::MASSES);
    let first = at.end + usize::from(masses);
    for token in first..(first + LONGEST).min(end) {
        match page.tag(token)? {
            tag if tag.is_noun() => last = Some(token),
            PartOfSpeech::Adjective
            | PartOfSpeech::AdjectiveComparative
            | PartOfSpeech::AdjectiveSuperlative
            | PartOfSpeech::VerbGerund
            | PartOfSpeech::VerbParticiple
                if last.is_none() => {}
            _ => break,
        }
    }
    // A figure may include its noun: "three dozen ships".
    let inside =
        || at.clone().skip(1).rev().find(|token| page.tag(*token).is_some_and(PartOfSpeech::is_noun));
    match last {
        Some(last) => Some(page.doc.token_span(first, last + 1)),
        None => inside().map(|noun| page.doc.token_span(noun, noun + 1)),
    }
}

/// Whether the number of the things counted is presupposed: "the two sides", "Norland's three banks".
fn is_given(page: &Page<'_>, figure: &Figure<'_>, at: &Range<usize>) -> bool {
    let Some(before) = at.start.checked_sub(1) else { return false };
    if figure.kind() == FigureKind::Ratio && figure.part_of_whole().is_none() {
        // "The southern half of the country" is a place.
        return matches!(page.tag(before), Some(PartOfSpeech::Adjective | PartOfSpeech::Determiner))
            && !page.doc.slice(figure.span()).bytes().any(|byte| byte.is_ascii_digit());
    }
    if figure.kind() != FigureKind::Count {
        return false;
    }
    let hyphen = matches!(page.text(at.end), "-" | "‑");
    let owner = matches!(page.tag(before), Some(PartOfSpeech::Possessive | PartOfSpeech::PronounPossessive));
    // "The first five members".
    let adjective = matches!(page.tag(before), Some(PartOfSpeech::Adjective | PartOfSpeech::VerbParticiple));
    let article = before.checked_sub(1).filter(|at| adjective && page.text(*at).eq_ignore_ascii_case("the"));
    let before = article.unwrap_or(before);
    let known =
        matches!(page.text(before), "the" | "The" | "these" | "These" | "those" | "Those" | "both" | "other");
    // "The Model 500 tractor": a number after a name is part of it.
    let name = page.tag(before) == Some(PartOfSpeech::ProperNoun)
        && page.doc.tokens().get(before).is_some_and(|token| token.is_word());
    owner || known || hyphen || name
}

/// The only date of the clause, by the same speaker, if the figure has none of its own.
fn date_beside(
    page: &Page<'_>,
    clause: &Range<usize>,
    figure: &Figure<'_>,
    figures: &[Figure<'_>],
) -> Option<FigureId> {
    let within = page.doc.token_span(clause.start, clause.end);
    let baseline = |id| {
        figures.iter().filter_map(|other| other.change()).any(|change| change.baseline.period == Some(id))
    };
    let mut dates = figures.iter().filter(|other| {
        matches!(other.kind(), FigureKind::Date | FigureKind::Period)
            && within.contains(other.span())
            && other.quote() == figure.quote()
            && !baseline(other.id())
            && !page.is_attribute(&page.tokens(other.span()))
            && page
                .tokens(other.span())
                .start
                .checked_sub(1)
                .is_none_or(|before| page.text(before) != "since")
    });
    let date = dates.next()?;
    if !is_near(page, clause, &page.tokens(figure.span()), &page.tokens(date.span())) {
        return None;
    }
    dates.all(|other| date.span().contains(other.span())).then(|| date.id())
}

/// Whether a date applies to a figure: there is no other verb between them than the one that governs the figure.
fn is_near(page: &Page<'_>, clause: &Range<usize>, figure: &Range<usize>, date: &Range<usize>) -> bool {
    const AUXILIARIES: [&str; 12] =
        ["is", "are", "was", "were", "be", "been", "has", "have", "had", "did", "does", "do"];
    let between = figure.end.min(date.end)..figure.start.max(date.start);
    let main = |token: &usize| {
        page.tag(*token).is_some_and(PartOfSpeech::is_verb) && !AUXILIARIES.contains(&page.text(*token))
    };
    let verbs = between.clone().filter(main).count();
    let governed = page.governing(clause, figure).is_some_and(|verb| between.contains(&verb));
    let to_come = page.text(date.start.wrapping_sub(1)) == "by";
    verbs <= usize::from(governed) && !to_come
}

/// Whether a date begins after the day of publication.
pub(crate) fn is_to_come(page: &Page<'_>, id: FigureId) -> bool {
    let Some(figure) = page.doc.figure(id) else { return false };
    let (Some(today), false) = (page.doc.date(), figure.is_relative()) else { return false };
    let begins = match figure.value() {
        Some(Value::Iso(iso)) => iso,
        Some(Value::Interval(Some(from), _)) => from,
        _ => return false,
    };
    // Compared as far as both are given: year, month, day; a quarter by its first month.
    let parts = |text: &str| -> Vec<u32> {
        let date = text.split('T').next().unwrap_or(text);
        let number = |part: &str| match part.strip_prefix('Q') {
            Some(quarter) => {
                quarter.parse().ok().map(|quarter: u32| quarter.saturating_mul(3).saturating_sub(2))
            }
            None => part.parse().ok(),
        };
        date.split('-').map_while(number).collect()
    };
    let (begins, today) = (parts(begins), parts(today));
    let known = begins.len().min(today.len());
    known > 0 && begins[..known] > today[..known]
}

pub(crate) fn stance(quote: Option<Quote<'_>>) -> Stance {
    quote.and_then(|quote| quote.cue()).map_or(Stance::Neutral, |cue| cue.stance)
}

/// What a claim is about: the measure, then the entities named in it, except the speaker.
fn about(
    regions: &Regions<'_>,
    figure: &Figure<'_>,
    measure: Option<Span>,
    span: Span,
    speaker: Option<copydesk_core::layers::EntityId>,
) -> Vec<copydesk_core::layers::EntityId> {
    let mut about: Vec<_> =
        figure.measure_entity().filter(|entity| Some(*entity) != speaker).into_iter().collect();
    let named = measure.into_iter().chain([span]).flat_map(|span| regions.entities(span));
    for entity in named {
        if !about.contains(&entity) && Some(entity) != speaker {
            about.push(entity);
        }
    }
    about
}

/// Whether an attitude leaves the claim checkable.
pub(crate) fn is_plain(attitude: Attitude) -> bool {
    !(attitude.negated || attitude.modal || attitude.forecast)
}
