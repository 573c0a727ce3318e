//! Stances: who holds which opinion of whom.
//!
//! A trained model (`model`) looks at each two mentions of a sentence (`scene`), at the words around them (`words`, `features`)
//! and at what the rules of attitude find. Whose quote goes on in other sentences is taken from the quote.

pub(crate) mod evaluated;
pub(crate) mod features;
pub(crate) mod model;
mod scene;
pub(crate) mod training;
mod words;

use copydesk_core::layers::{EntityId, Label, Polarity, QuoteId, Stance};
use copydesk_core::{DocumentView, Emitter, RuleId, Span};

use crate::attitudes::{Attitudes, Found, Named};
use crate::learned::Judge;
use crate::outlets::Outlets;
use crate::registry;
use crate::targets;
use features::NOWHERE;
use model::{SIDES, StanceModel};
use scene::{Said, Scene, TONES};
use words::{Sort, Words};

/// How many of the latest stances may be added to.
const MOST: usize = 64;
/// Mentions that are farther apart, in tokens, hold nothing of each other.
const APART: usize = 18;
/// Two hold nothing of each other where no word of feeling is between them or this near, in tokens.
const AROUND: usize = 6;
/// The least valence of such a word.
const FELT: f32 = 0.8;
/// Of the mentions of a sentence, each is compared with as many behind it.
const BETWEEN: usize = 3;
/// In a sentence with more mentions, only the first ones are compared.
const MENTIONS: usize = 12;
/// How probable some opinion must be to the model where a rule finds one.
const AGREED: f32 = 0.1;
/// The least confidence of the model where the network finds the same within a quote of the holder.
const QUOTED: f32 = 0.4;
/// The least score, either way, of a target in a quote whose speaker another sentence names.
const SPOKEN: f32 = 0.6;
/// How many words are given as evidence.
const EVIDENCE: usize = 3;

/// One holder's attitude to one target, from one quote or from none.
struct Held {
    holder: EntityId,
    target: EntityId,
    quote: Option<QuoteId>,
    rule: RuleId,
    /// The model finds it, no rule.
    learned: bool,
    score: f32,
    confidence: f32,
    evidence: Vec<Span>,
}

/// What decides about stances.
#[derive(Clone, Copy)]
pub(crate) struct Judges<'a> {
    pub(crate) attitudes: &'a Attitudes,
    pub(crate) outlets: &'a Outlets,
    pub(crate) model: &'a StanceModel,
    /// The least confidence of a stance.
    pub(crate) least: f32,
    /// The least score of a target that is not neutral.
    pub(crate) threshold: f32,
}

/// Collects stances sentence after sentence.
pub(crate) struct Stances<'a> {
    doc: &'a DocumentView<'a>,
    judges: Judges<'a>,
    /// The contents of quotes with a speaker, in text order, of sentences to come …
    contents: std::vec::IntoIter<Said>,
    /// … and those that this sentence has a part in, or that an earlier one had.
    open: Vec<Said>,
    mentions: Vec<Named>,
    told: Vec<Found>,
    /// Which mentions name newspapers or agencies.
    outlets: Vec<bool>,
    words: Words,
    held: Vec<Held>,
    /// The last two entities with a bond between them.
    bond: Option<[EntityId; 2]>,
}

impl<'a> Stances<'a> {
    pub(crate) fn new(doc: &'a DocumentView<'a>, judges: Judges<'a>) -> Self {
        let mut contents: Vec<Said> = Vec::new();
        for quote in doc.quotes() {
            let Some(holder) = quote.speaker_entity() else { continue };
            // What somebody denies or doubts is not what he holds.
            if quote.cue().is_some_and(|cue| cue.stance == Stance::Deny) {
                continue;
            }
            contents.extend(quote.content().iter().map(|content| (*content, quote.id(), holder)));
        }
        contents.sort_unstable_by_key(|(span, ..)| *span);
        Self {
            doc,
            judges,
            contents: contents.into_iter(),
            open: Vec::new(),
            mentions: Vec::new(),
            told: Vec::new(),
            outlets: Vec::new(),
            words: Words::default(),
            held: Vec::new(),
            bond: None,
        }
    }

    /// Collects the stances of an encoded sentence. `spared` are the mentions that rules found
    /// neutral, as victims are, `tones` what the network finds towards mentions.
    pub(crate) fn sentence(
        &mut self,
        judge: &Judge<'_>,
        pulls: &mut Vec<[f32; 2]>,
        sentence: Span,
        spared: &[Span],
        tones: &[(Span, f32)],
    ) {
        self.mentions.clear();
        let named = self.doc.mentions_in(sentence).filter(|mention| !mention.span.is_empty());
        self.mentions.extend(named.map(|mention| {
            let (first, end) = targets::tokens(self.doc, mention.span);
            Named { tokens: first..end, span: mention.span, entity: mention.entity }
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
        self.told.clear();
        let told = &mut self.told;
        self.judges.attitudes.find(judge, &self.mentions, &mut self.bond, |found| told.push(found));
        let outlets = self.judges.outlets;
        self.outlets.clear();
        self.outlets.extend(self.mentions.iter().map(|mention| outlets.has(self.doc, mention)));
        self.bonds();
        self.evaluated(judge);
        self.spoken(judge, pulls, spared);
        let telling =
            !judge.found.attitudes.is_empty() || !judge.found.hits.is_empty() || !self.open.is_empty();
        if telling && self.mentions.iter().any(|mention| mention.entity != self.mentions[0].entity) {
            self.pairs(judge, spared, tones);
        }
    }

    /// What two hold of each other.
    fn bonds(&mut self) {
        for found in self.told.iter().filter(|found| found.mutual) {
            let held = Held {
                holder: found.holder,
                target: found.target,
                quote: None,
                rule: found.rule,
                learned: false,
                score: found.score,
                confidence: 0.6,
                evidence: vec![found.evidence],
            };
            add(&mut self.held, held);
        }
    }

    /// Whom speakers call what, and what they say to feel.
    fn evaluated(&mut self, judge: &Judge<'_>) {
        for &(content, quote, holder) in &self.open {
            let said = self.doc.tokens_in(content);
            let inside = |mention: &&Named| {
                mention.entity != holder
                    && content.start() <= mention.span.start()
                    && mention.span.end() <= content.end()
            };
            for mention in self.mentions.iter().filter(inside) {
                let found = evaluated::unsurpassed(judge, mention)
                    .or_else(|| evaluated::evaluated(judge, mention, said.end))
                    .or_else(|| evaluated::felt(judge, mention, said.start));
                let Some((score, evidence)) = found else { continue };
                let held = Held {
                    holder,
                    target: mention.entity,
                    quote: Some(quote),
                    rule: registry::QUOTE_PREDICATE,
                    learned: false,
                    score,
                    confidence: 0.8,
                    evidence,
                };
                add(&mut self.held, held);
            }
        }
    }

    /// What speakers whom another sentence names say in this one.
    fn spoken(&mut self, judge: &Judge<'_>, pulls: &mut Vec<[f32; 2]>, spared: &[Span]) {
        for &(content, quote, holder) in &self.open {
            if self.mentions.iter().any(|mention| mention.entity == holder) {
                continue;
            }
            let said = self.doc.tokens_in(content);
            for mention in &self.mentions {
                let inside = content.start() <= mention.span.start() && mention.span.end() <= content.end();
                if !inside || spared.contains(&mention.span) {
                    continue;
                }
                let mut place = targets::place(self.doc, judge.encoded.tokens(), judge.found, mention.span);
                place.bounds = said.start.max(place.bounds.start)..said.end.min(place.bounds.end);
                place.clause = said.start.max(place.clause.start)..said.end.min(place.clause.end);
                let verdict = judge.judge(&place, SPOKEN, pulls);
                if verdict.score.abs() < SPOKEN {
                    continue;
                }
                let held = Held {
                    holder,
                    target: mention.entity,
                    quote: Some(quote),
                    rule: registry::QUOTE,
                    learned: true,
                    score: verdict.score,
                    confidence: verdict.confidence,
                    evidence: verdict.evidence,
                };
                add(&mut self.held, held);
            }
        }
    }

    /// What those whom the sentence mentions hold of each other.
    fn pairs(&mut self, judge: &Judge<'_>, spared: &[Span], tones: &[(Span, f32)]) {
        let mentions = self.mentions.get(..self.mentions.len().min(MENTIONS)).unwrap_or_default();
        let all = (0..mentions.len()).flat_map(|one| (one + 1..mentions.len()).map(move |two| (one, two)));
        let compared: Vec<(usize, usize)> =
            all.filter(|(one, two)| self.may_hold(judge, *one, *two)).collect();
        if compared.is_empty() {
            return;
        }
        self.words.read(judge);
        let scene = Scene::new(judge, &self.words, mentions, &self.told, &self.open, |mention| {
            let known = tones.iter().find(|(span, _)| *span == mention.span);
            known.map(|(_, tone)| *tone)
        });
        for (one, two) in compared {
            let opinions = self.judges.model.opinions(&scene.pair(one, two), &scene.pair(two, one));
            for (opinion, holder, target) in [(opinions[0], one, two), (opinions[1], two, one)] {
                let held = self
                    .held_by_model(&scene, holder, target, opinion)
                    .filter(|held| !held.learned || !spared.contains(&mentions[target].span));
                if let Some(held) = held {
                    add(&mut self.held, held);
                }
            }
        }
    }

    /// Whether one of two mentions may hold an opinion of the other: they are near each other, and words of feeling near them.
    fn may_hold(&self, judge: &Judge<'_>, one: usize, two: usize) -> bool {
        let (first, second) = (&self.mentions[one], &self.mentions[two]);
        if first.entity == second.entity || second.tokens.start < first.tokens.end {
            return false;
        }
        let told = || {
            self.told.iter().any(|found| {
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
        second.tokens.start - first.tokens.end <= APART && two - one <= BETWEEN && felt() || told()
    }

    /// The stance of one of two mentions towards the other, where the model is confident, or agrees with a rule.
    fn held_by_model(
        &self,
        scene: &Scene<'_>,
        holder: usize,
        target: usize,
        opinion: [f32; SIDES],
    ) -> Option<Held> {
        let (one, two) = (&self.mentions[holder], &self.mentions[target]);
        // Where a rule tells the side, it is right more often.
        let told =
            self.told.iter().rev().find(|found| found.holder == one.entity && found.target == two.entity);
        let side = told.map_or(opinion[1] > opinion[0], |found| found.score > 0.0);
        let side = usize::from(side);
        let within = |content: Span| content.start() <= two.span.start() && two.span.end() <= content.end();
        let quote = self.open.iter().find(|(content, _, speaker)| *speaker == one.entity && within(*content));
        // A report is nobody's opinion.
        let enough = match (told, quote) {
            (Some(_), _) => opinion[0] + opinion[1] >= AGREED,
            (None, Some(_)) if scene.tone(target) == [0, TONES - 1][side] => {
                opinion[side] >= QUOTED.min(self.judges.least)
            }
            _ => opinion[side] >= self.judges.least,
        };
        let barred = told.is_none()
            && (self.outlets[holder]
                || quote.is_none() && (self.is_told_of(two, one) || self.is_object(one)));
        if !enough || barred {
            return None;
        }
        let sign = if side == 1 { 1.0 } else { -1.0 };
        let (rule, score, evidence) = match (told, quote) {
            (Some(found), _) => (found.rule, found.score, self.told_evidence(found)),
            (None, Some(_)) => {
                (registry::QUOTE, sign * opinion[side], self.evidence(scene, holder, target, side))
            }
            (None, None) => {
                (registry::PAIR, sign * opinion[side], self.evidence(scene, holder, target, side))
            }
        };
        // Words that show what somebody else thinks show nothing more.
        let others = |found: &&Found| found.target == two.entity && found.holder != one.entity;
        if told.is_none() && self.told.iter().filter(others).any(|found| evidence.contains(&found.evidence)) {
            return None;
        }
        let quote = quote.map(|(_, quote, _)| *quote);
        let confidence = opinion[side];
        let learned = told.is_none();
        Some(Held {
            learned,
            holder: one.entity,
            target: two.entity,
            quote,
            rule,
            score,
            confidence,
            evidence,
        })
    }

    /// Whether a rule finds that one holds an opinion of the other.
    fn is_told_of(&self, holder: &Named, target: &Named) -> bool {
        self.told.iter().any(|found| found.holder == holder.entity && found.target == target.entity)
    }

    /// Whether a mention is the object of a verb, and another verb with the same subject follows: "praised A and attacked B".
    fn is_object(&self, mention: &Named) -> bool {
        let (before, end) = (mention.tokens.start.wrapping_sub(1), mention.tokens.end);
        self.words.of(before).is_verb()
            && self.words.of(end).sort == Sort::Conjunction
            && (self.words.of(end + 1).is_verb() || self.words.of(end + 1).sort == Sort::Helping)
    }

    /// All words that a rule names for the same attitude.
    fn told_evidence(&self, of: &Found) -> Vec<Span> {
        let same =
            |found: &&Found| found.holder == of.holder && found.target == of.target && found.rule == of.rule;
        self.told.iter().filter(same).map(|found| found.evidence).collect()
    }

    /// The words that add most to the score of a side.
    fn evidence(&self, scene: &Scene<'_>, holder: usize, target: usize, side: usize) -> Vec<Span> {
        let mut sums: Vec<(usize, i32)> = Vec::new();
        scene.pair(holder, target).features(&mut |hash, at| {
            if at == NOWHERE {
                return;
            }
            let weight = self.judges.model.weights(hash)[side];
            match sums.iter_mut().find(|(known, _)| *known == at) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((at, weight)),
            }
        });
        sums.retain(|(at, sum)| {
            let free = |party: usize| !self.mentions[party].tokens.contains(at);
            *sum > 0 && free(holder) && free(target) && features::counts(&self.words.of(*at))
        });
        sums.sort_by_key(|(at, sum)| (std::cmp::Reverse(*sum), *at));
        let most = sums.first().map_or(0, |(_, sum)| *sum);
        let strong = sums.iter().take(EVIDENCE).take_while(|(_, sum)| *sum * 3 >= most);
        strong.map(|(at, _)| self.doc.token_span(*at, at + 1)).collect()
    }

    /// Emits the stances.
    pub(crate) fn emit(self, out: &mut Emitter) {
        for held in self.held {
            let confidence = held.confidence.clamp(0.0, 1.0);
            let polarity = Polarity::new(held.score, self.judges.threshold, confidence);
            if polarity.label == Label::Neutral {
                continue;
            }
            let mut stance =
                out.stance(Some(held.holder.into()), Some(held.target.into()), polarity, held.rule);
            if let Some(quote) = held.quote {
                stance = stance.quote(quote);
            }
            for span in crate::merged(held.evidence) {
                stance = stance.evidence(span);
            }
        }
    }
}

/// Adds a stance, or keeps the surer one of two of the same holder, target, quote and side.
fn add(all: &mut Vec<Held>, found: Held) {
    let same = |held: &&mut Held| {
        held.holder == found.holder
            && held.target == found.target
            && held.quote == found.quote
            && held.score.signum() == found.score.signum()
    };
    // Only the most recent ones can belong to the same quote.
    let recent = all.len().saturating_sub(MOST);
    match all[recent..].iter_mut().find(same) {
        Some(held) if found.confidence > held.confidence => *held = found,
        Some(_) => {}
        None => all.push(found),
    }
}
