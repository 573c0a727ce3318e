//! Stances: the opinions that entities have of one another.
//!
//! A trained model (`model`) reads each pair of mentions of a sentence (`scene`), the words around them (`words`, `features`)
//! and the results of the rules of attitude; `decide` holds back what is uncertain. For a quote that continues in other sentences the
//! speaker is that of the quote.

mod decide;
pub(crate) mod evaluated;
pub(crate) mod features;
mod governed;
pub(crate) mod model;
mod parties;
pub(crate) mod scene;
pub(crate) mod words;

use copydesk_core::layers::{EntityId, EntityKind, Label, MentionForm, Polarity, QuoteId, QuoteKind, Stance};
use copydesk_core::{DocumentView, Emitter, RuleId, Span};

use crate::attitudes::{Attitude, Attitudes, Named};
use crate::bearing::Bearing;
use crate::events::event;
use crate::learned::Judge;
use crate::outlets::Outlets;
use crate::quoted::Quoted;
use crate::reference::References;
use crate::registry;
use crate::standing::Standing;
use crate::targets;
use decide::Candidate;
use model::StanceModel;
use parties::Parties;
use scene::{Said, Scene};
use words::Words;

/// The number of most recent stances that can be merged with a new one.
const MAX: usize = 64;
/// The maximum distance of a pair, in tokens.
const APART: usize = 18;
/// A pair needs a word of feeling between the two or this near, in tokens.
const AROUND: usize = 6;
/// The minimum valence of such a word.
const FELT: f32 = 0.8;
/// Each mention of a sentence is compared with this many after it.
const BETWEEN: usize = 3;
/// In a sentence with more mentions, only the first ones are compared.
const MENTIONS: usize = 12;
/// The minimum probability of a stance that explanations report as held back.
const EXPLAINED: f32 = 0.2;
/// The minimum score, either way, of a target in a quote whose speaker another sentence names.
const SPOKEN: f32 = 0.6;

/// One holder's attitude to one target, from one quote or from none.
struct Held {
    /// `None`: the narrator.
    holder: Option<EntityId>,
    target: EntityId,
    quote: Option<QuoteId>,
    rule: RuleId,
    score: f32,
    confidence: f32,
    evidence: Vec<Span>,
}

/// The models and thresholds of stances.
#[derive(Clone, Copy)]
pub(crate) struct Judges<'a> {
    pub(crate) attitudes: &'a Attitudes,
    pub(crate) outlets: &'a Outlets,
    pub(crate) model: &'a StanceModel,
    /// The minimum confidence of a stance.
    pub(crate) least: f32,
    /// The minimum score of a target that is not neutral.
    pub(crate) threshold: f32,
}

/// Collects stances sentence after sentence.
pub(crate) struct Stances<'a> {
    doc: &'a DocumentView<'a>,
    judges: Judges<'a>,
    /// The contents of quotes with a speaker, in text order, that begin in later sentences …
    contents: std::vec::IntoIter<Said>,
    /// … and those that this sentence or an earlier one overlaps.
    open: Vec<Said>,
    /// The contents of denials, in text order.
    denied: Vec<Said>,
    mentions: Vec<Named>,
    attitudes: Vec<Attitude>,
    /// Which mentions name newspapers or agencies.
    outlets: Vec<bool>,
    words: Words,
    references: References,
    /// The sentence before and this one.
    sentences: [Span; 2],
    held: Vec<Held>,
    /// For explanations: the place of a stance that was held back, the rule that found it, the rule against it, and its confidence.
    held_back: Vec<(Span, RuleId, RuleId, f32)>,
    /// The last two entities with a bond between them.
    bond: Option<[EntityId; 2]>,
    /// The quotes whose speaker is not the narrator.
    quoted: &'a Quoted,
}

impl<'a> Stances<'a> {
    pub(crate) fn new(doc: &'a DocumentView<'a>, judges: Judges<'a>, quoted: &'a Quoted) -> Self {
        let (mut contents, mut denied): (Vec<Said>, Vec<Said>) = Default::default();
        for quote in doc.quotes() {
            let Some(holder) = quote.speaker_entity() else { continue };
            // What somebody denies or doubts is not that person's opinion.
            let denies = quote.cue().is_some_and(|cue| cue.stance == Stance::Deny);
            let all = if denies { &mut denied } else { &mut contents };
            all.extend(quote.content().iter().map(|content| (*content, quote.id(), holder)));
        }
        contents.sort_unstable_by_key(|(span, ..)| *span);
        denied.sort_unstable_by_key(|(span, ..)| *span);
        Self {
            doc,
            judges,
            contents: contents.into_iter(),
            denied,
            open: Vec::new(),
            mentions: Vec::new(),
            attitudes: Vec::new(),
            outlets: Vec::new(),
            words: Words::default(),
            references: References::default(),
            sentences: Default::default(),
            held: Vec::new(),
            held_back: Vec::new(),
            bond: None,
            quoted,
        }
    }

    /// Collects the stances of an encoded sentence. `spared` are the mentions that rules found
    /// neutral, such as victims, `tones` the network's results for mentions.
    pub(crate) fn sentence(
        &mut self,
        judge: &Judge<'_>,
        pulls: &mut Vec<[f32; 2]>,
        sentence: Span,
        spared: &[Span],
        tones: &[(Span, f32)],
    ) {
        self.mentions.clear();
        self.sentences = [self.sentences[1], sentence];
        let named = self.doc.mentions_in(sentence).filter(|mention| !mention.span.is_empty());
        let tokens = judge.encoded.tokens();
        self.mentions.extend(named.map(|mention| {
            let (first, end) = targets::tokens_near(self.doc, &tokens, mention.span);
            Named { tokens: first..end, span: mention.span, entity: mention.entity, form: mention.form }
        }));
        while let Some((content, ..)) = self.contents.as_slice().first()
            && content.start() < sentence.end()
        {
            self.open.extend(self.contents.next());
        }
        self.open.retain(|(content, ..)| content.end() > sentence.start());
        if self.mentions.is_empty() {
            return;
        }
        self.attitudes.clear();
        let attitudes = &mut self.attitudes;
        self.judges.attitudes.find(judge, &self.mentions, &mut self.bond, |found| attitudes.push(found));
        let outlets = self.judges.outlets;
        self.outlets.clear();
        self.outlets.extend(self.mentions.iter().map(|mention| outlets.has(self.doc, mention)));
        self.bonds();
        self.evaluated(judge);
        self.narrated(judge, spared);
        self.spoken(judge, pulls, spared);
        let expressive =
            !judge.found.attitudes.is_empty() || !judge.found.hits.is_empty() || !self.open.is_empty();
        if (expressive || self.is_snippet())
            && self.mentions.iter().any(|mention| mention.entity != self.mentions[0].entity)
        {
            self.pairs(judge, spared, tones);
        }
    }

    /// Whether it is clear who a party is. `other` is the other party.
    fn is_clear(&self, party: &Named, other: Option<EntityId>) -> bool {
        self.references.is_clear(self.doc, party, self.sentences, other)
    }

    /// The opinions of a pair.
    fn bonds(&mut self) {
        for found in self.attitudes.iter().filter(|found| found.mutual) {
            let held = Held {
                holder: Some(found.holder),
                target: found.target,
                quote: None,
                rule: found.rule,
                score: found.score,
                confidence: 0.6,
                evidence: vec![found.evidence],
            };
            add(&mut self.held, held);
        }
    }

    /// What speakers call others, and the feelings that they express.
    fn evaluated(&mut self, judge: &Judge<'_>) {
        for &(content, quote, holder) in &self.open {
            let said = self.doc.tokens_in(content);
            let inside = |mention: &&Named| {
                mention.entity != holder
                    && content.start() <= mention.span.start()
                    && mention.span.end() <= content.end()
            };
            for mention in self.mentions.iter().filter(inside) {
                if !self.may_be_judged(mention)
                    || evaluated::is_reported(judge, mention, said.start)
                    || !Standing::of(judge, mention).is_meant(&[])
                    || self.is_speaker(judge, mention, (content, quote))
                    || !self.is_clear(mention, Some(holder))
                {
                    continue;
                }
                let found = evaluated::unsurpassed(judge, mention)
                    .or_else(|| evaluated::evaluated(judge, mention, said.end))
                    .or_else(|| evaluated::felt(judge, mention, said.start));
                let Some((score, evidence)) = found else { continue };
                let held = Held {
                    holder: Some(holder),
                    target: mention.entity,
                    quote: Some(quote),
                    rule: registry::QUOTE_PREDICATE,
                    score,
                    confidence: 0.8,
                    evidence,
                };
                add(&mut self.held, held);
            }
        }
    }

    /// What the narrator calls somebody.
    fn narrated(&mut self, judge: &Judge<'_>, spared: &[Span]) {
        let is_verdict = |hash: u64| judge.events.of(hash) & event::VERDICT != 0;
        // Most sentences have no such word, and then no mention needs to be examined.
        if !judge.found.hits.iter().any(|hit| is_verdict(self.hash_at(hit.span))) {
            return;
        }
        let tokens = judge.encoded.tokens();
        for mention in &self.mentions {
            if self.quoted.holds(mention.span)
                || spared.contains(&mention.span)
                || !self.may_be_judged(mention)
                || !evaluated::is_narrated(judge, mention)
                || !Standing::of(judge, mention).is_meant(&[])
                || !self.is_clear(mention, None)
            {
                continue;
            }
            // "is dead", "is a renowned journalist": reports say so too, without an opinion; so is "is no liar".
            let verdict = |word: &Span, score: f32| {
                let hash = self.hash_at(*word);
                is_verdict(hash) && judge.model.vocabulary.word_of(hash).valence * score > 0.0
            };
            let found = evaluated::evaluated(judge, mention, tokens.end)
                .filter(|(score, evidence)| evidence.iter().any(|word| verdict(word, *score)));
            let Some((score, evidence)) = found else { continue };
            if evidence.iter().any(|word| self.quoted.holds(*word)) {
                continue;
            }
            let held = Held {
                holder: None,
                target: mention.entity,
                quote: None,
                rule: registry::NARRATOR,
                score,
                confidence: 0.8,
                evidence,
            };
            add(&mut self.held, held);
        }
    }

    /// The opinions in this sentence of speakers whom another sentence names.
    fn spoken(&mut self, judge: &Judge<'_>, pulls: &mut Vec<[f32; 2]>, spared: &[Span]) {
        for &(content, quote, holder) in &self.open {
            if self.mentions.iter().any(|mention| mention.entity == holder) {
                continue;
            }
            let said = self.doc.tokens_in(content);
            for mention in &self.mentions {
                let inside = content.start() <= mention.span.start() && mention.span.end() <= content.end();
                let group =
                    self.doc.entity(mention.entity).is_some_and(|own| own.kind() == EntityKind::Group);
                if !inside
                    || spared.contains(&mention.span)
                    || group
                    || !self.may_be_judged(mention)
                    || !Standing::of(judge, mention).is_meant(&[])
                    || self.is_speaker(judge, mention, (content, quote))
                    || !self.is_clear(mention, Some(holder))
                {
                    continue;
                }
                let mut place = targets::place(self.doc, judge.encoded.tokens(), judge.found, mention.span);
                place.bounds = said.start.max(place.bounds.start)..said.end.min(place.bounds.end);
                place.clause = said.start.max(place.clause.start)..said.end.min(place.clause.end);
                let (mention_tokens, within) = (place.target.clone(), place.bounds.clone());
                let bears = |sign| Bearing { judge, mention: mention_tokens, within }.on(sign);
                let verdict = judge.judge(&place, SPOKEN, pulls, bears);
                let reported = || evaluated::is_reported(judge, mention, said.start);
                // "She attacked A" is what she thinks of A.
                let taken = || {
                    let mut others = self.attitudes.iter().filter(|found| found.holder != holder);
                    others.any(|found| verdict.evidence.contains(&found.evidence))
                };
                if verdict.score.abs() < SPOKEN || verdict.apart || reported() || taken() {
                    continue;
                }
                let held = Held {
                    holder: Some(holder),
                    target: mention.entity,
                    quote: Some(quote),
                    rule: registry::QUOTE,
                    score: verdict.score,
                    confidence: verdict.confidence,
                    evidence: verdict.evidence,
                };
                add(&mut self.held, held);
            }
        }
    }

    /// Whether a pronoun in what somebody is said to have said means the speaker: "A said she could not win".
    fn is_speaker(&self, judge: &Judge<'_>, mention: &Named, (content, quote): (Span, QuoteId)) -> bool {
        const FIRST: usize = 4;
        let said = self.doc.tokens_in(content);
        let direct = self.doc.quote(quote).is_some_and(|quote| quote.kind() == QuoteKind::Direct)
            || judge.found.marks_within(said.start.saturating_sub(1)..mention.tokens.start) % 2 == 1;
        let first = crate::reference::is_first(self.doc, mention);
        first || mention.form == MentionForm::Pronoun && !direct && mention.tokens.start < said.start + FIRST
    }

    /// Whether speakers have opinions of such entities: of people, groups and organisations; about places and events they say
    /// what happens there.
    fn may_be_judged(&self, mention: &Named) -> bool {
        let kind = self.doc.entity(mention.entity).map(|entity| entity.kind());
        matches!(kind, Some(EntityKind::Person | EntityKind::Organization | EntityKind::Group))
    }

    /// The opinions that the mentions of a sentence have of one another.
    fn pairs(&mut self, judge: &Judge<'_>, spared: &[Span], tones: &[(Span, f32)]) {
        let mentions = self.mentions.get(..self.mentions.len().min(MENTIONS)).unwrap_or_default();
        let all = (0..mentions.len()).flat_map(|one| (one + 1..mentions.len()).map(move |two| (one, two)));
        let compared: Vec<([usize; 2], [bool; 2])> = all
            .filter(|(one, two)| self.may_hold(judge, *one, *two))
            .map(|(one, two)| ([one, two], self.possible(judge, spared, [one, two])))
            .filter(|(_, possible)| possible.contains(&true))
            .collect();
        if compared.is_empty() {
            return;
        }
        self.words.read(judge);
        let scene = Scene::new(judge, &self.words, mentions, &self.attitudes, &self.open, |at| {
            // Only the tones of what is compared are read.
            if !compared.iter().any(|(pair, _)| pair.contains(&at)) {
                return Some(0.0);
            }
            let known = tones.iter().find(|(span, _)| *span == mentions[at].span);
            known.map(|(_, tone)| *tone)
        });
        let explained = self.doc.is_explained();
        let (mut decided, mut held_back) = (Vec::new(), Vec::new());
        for ([one, two], possible) in &compared {
            let ways = [[*one, *two], [*two, *one]];
            let [there, back] = ways.map(|[holder, target]| scene.pair(holder, target));
            let opinions = self.judges.model.opinions(&there, &back);
            let possible = ways.into_iter().zip(opinions).zip(possible).filter(|(_, possible)| **possible);
            for ((parties, opinion), _) in possible {
                let candidate = Candidate::new(Parties::new(self, judge, parties), &scene, opinion);
                if !explained && candidate.is_doubted() {
                    continue;
                }
                match candidate.decide(spared) {
                    Ok(found) => decided.push(found),
                    Err(rule) if explained && candidate.confidence() >= EXPLAINED => {
                        let span = mentions[parties[1]].span;
                        held_back.push((span, candidate.parties.rule(), rule, candidate.confidence()));
                    }
                    Err(_) => {}
                }
            }
        }
        decided.into_iter().for_each(|found| add(&mut self.held, found));
        self.held_back.append(&mut held_back);
    }

    /// Whether the text is a single sentence, such as those from which the model was learned: there its confidence holds, all pairs
    /// are compared, and nothing else need show the opinion. In articles, half of what the model alone finds is wrong.
    fn is_snippet(&self) -> bool {
        self.doc.sentences().len() == 1
    }

    /// Whether one of two mentions may have an opinion of the other: they are near each other, and words of feeling near them.
    fn may_hold(&self, judge: &Judge<'_>, one: usize, two: usize) -> bool {
        let (first, second) = (&self.mentions[one], &self.mentions[two]);
        if first.entity == second.entity || second.tokens.start < first.tokens.end {
            return false;
        }
        let has_attitude = || {
            self.attitudes.iter().any(|found| {
                [found.holder, found.target] == [first.entity, second.entity]
                    || [found.target, found.holder] == [first.entity, second.entity]
            })
        };
        let near = first.tokens.start.saturating_sub(AROUND)..second.tokens.end + AROUND;
        let felt = || {
            judge.found.within(near.clone()).iter().any(|hit| hit.valence.abs() >= FELT)
                || judge.found.attitudes_within(near.clone()).iter().any(|at| {
                    let token = judge.doc.tokens().get(*at);
                    token.is_some_and(|token| self.judges.attitudes.expresses(token.hash()))
                })
        };
        let is_near = second.tokens.start - first.tokens.end <= APART && two - one <= BETWEEN;
        self.is_snippet() || is_near && felt() || has_attitude()
    }

    /// Whether the model's opinions can make a stance of either of two mentions towards the other. Explanations report what the
    /// model thinks in any case.
    fn possible(&self, judge: &Judge<'_>, spared: &[Span], [one, two]: [usize; 2]) -> [bool; 2] {
        let all = self.is_snippet() || self.doc.is_explained();
        [[one, two], [two, one]].map(|parties| all || Parties::new(self, judge, parties).is_possible(spared))
    }

    /// The hash of the word at a span.
    fn hash_at(&self, word: Span) -> u64 {
        self.doc.tokens().get(self.doc.token_at(word.start())).map_or(0, |token| token.hash())
    }

    /// Emits the stances.
    pub(crate) fn emit(self, out: &mut Emitter) {
        for (span, candidate, rule, confidence) in self.held_back {
            out.held_back(span, Some(candidate), rule, confidence);
        }
        for held in self.held {
            let confidence = held.confidence.clamp(0.0, 1.0);
            let polarity = Polarity::new(held.score, self.judges.threshold, confidence);
            if polarity.label == Label::Neutral {
                continue;
            }
            let mut stance =
                out.stance(held.holder.map(Into::into), Some(held.target.into()), polarity, held.rule);
            if let Some(quote) = held.quote {
                stance = stance.quote(quote);
            }
            for span in crate::merged(held.evidence) {
                stance = stance.evidence(span);
            }
        }
    }
}

/// Adds a stance, or keeps the more confident one of two with the same holder, target, quote and side.
fn add(all: &mut Vec<Held>, found: Held) {
    let same = |held: &&mut Held| {
        held.holder == found.holder
            && held.target == found.target
            && held.quote == found.quote
            && held.score.signum() == found.score.signum()
    };
    // Only the most recent ones can belong to the same quote.
    let recent = all.len().saturating_sub(MAX);
    match all[recent..].iter_mut().find(same) {
        Some(held) if found.confidence > held.confidence => *held = found,
        Some(_) => {}
        None => all.push(found),
    }
}
