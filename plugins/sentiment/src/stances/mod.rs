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

use copydesk_core::layers::{EntityId, EntityKind, Label, PartOfSpeech as Pos, Polarity, QuoteId, Stance};
use copydesk_core::{DocumentView, Emitter, RuleId, Span, hash_lowered};

use crate::attitudes::{Attitudes, Found, Named};
use crate::bearing::Bearing;
use crate::events::event;
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
const AGREED: f32 = 0.25;
/// How probable the rule's side must be to it.
const POSSIBLE: f32 = 0.1;
/// How much less confidence is enough where a word bears on the target within a quote, and how much more is needed where none
/// does.
const BORNE: f32 = 0.1;
/// The least confidence of the model where the network finds the same within a quote of the holder.
const QUOTED: f32 = 0.4;
/// The least score, either way, of a target in a quote whose speaker another sentence names.
const SPOKEN: f32 = 0.6;
/// A mention is in one of so many denials that begin before it, or in none.
const DENIED: usize = 4;
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
    /// The contents of what is denied, in text order.
    denied: Vec<Said>,
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
        let (mut contents, mut denied): (Vec<Said>, Vec<Said>) = Default::default();
        for quote in doc.quotes() {
            let Some(holder) = quote.speaker_entity() else { continue };
            // What somebody denies or doubts is not what he holds.
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
                if !self.may_be_judged(mention) || evaluated::is_reported(judge, mention, said.start) {
                    continue;
                }
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
                let group =
                    self.doc.entity(mention.entity).is_some_and(|own| own.kind() == EntityKind::Group);
                if !inside || spared.contains(&mention.span) || group || !self.may_be_judged(mention) {
                    continue;
                }
                let mut place = targets::place(self.doc, judge.encoded.tokens(), judge.found, mention.span);
                place.bounds = said.start.max(place.bounds.start)..said.end.min(place.bounds.end);
                place.clause = said.start.max(place.clause.start)..said.end.min(place.clause.end);
                let (mention_tokens, within) = (place.target.clone(), place.bounds.clone());
                let bears = |sign| Bearing { judge, mention: mention_tokens, within }.on(sign);
                let verdict = judge.judge(&place, SPOKEN, pulls, bears);
                let reported = || evaluated::is_reported(judge, mention, said.start);
                if verdict.score.abs() < SPOKEN || verdict.apart || reported() {
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

    /// Whether speakers hold opinions of such things: of people, groups and organisations; of places and events they tell
    /// what goes on there.
    fn may_be_judged(&self, mention: &Named) -> bool {
        let kind = self.doc.entity(mention.entity).map(|entity| entity.kind());
        matches!(kind, Some(EntityKind::Person | EntityKind::Organization | EntityKind::Group))
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
                if self.is_modifier(target) {
                    continue;
                }
                let held = self
                    .held_by_model(judge, &scene, [holder, target], opinion)
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
        judge: &Judge<'_>,
        scene: &Scene<'_>,
        [holder, target]: [usize; 2],
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
        let sign = if side == 1 { 1.0 } else { -1.0 };
        let enough = match told {
            // Where the two stand next to the word there is little to doubt.
            Some(found) if self.is_close(found, one, two) => opinion[0] + opinion[1] >= POSSIBLE,
            Some(_) => opinion[0] + opinion[1] >= AGREED && opinion[side] >= POSSIBLE,
            None => {
                let content = quote.map(|(content, ..)| *content);
                let strong = quote.is_some() && scene.tone(target) == [0, TONES - 1][side];
                opinion[side] >= self.least(judge, (one, two), content, (sign, strong))
            }
        };
        let barred = told.is_none()
            && (self.outlets[holder]
                || quote.is_none() && (self.is_told_of(two, one) || self.is_object(one)));
        if !enough || barred {
            return None;
        }
        let (rule, score, evidence) = match (told, quote) {
            (Some(found), _) => (found.rule, found.score, self.told_evidence(found)),
            (None, Some(_)) => {
                (registry::QUOTE, sign * opinion[side], self.evidence(scene, holder, target, side))
            }
            (None, None) => {
                (registry::PAIR, sign * opinion[side], self.evidence(scene, holder, target, side))
            }
        };
        // Words that show what somebody thinks of somebody show nothing more.
        let others = |found: &&Found| {
            (found.target == two.entity) != (found.holder == one.entity) || found.holder == two.entity
        };
        if told.is_none() && self.told.iter().filter(others).any(|found| evidence.contains(&found.evidence)) {
            return None;
        }
        // Whoever feels something shows it, or the whole sentence tells it. Shares of votes are no feelings: "support of 42 %".
        let shown = |span: &Span| {
            let at = self.doc.token_at(span.start());
            let share =
                self.hash_at(*span) == hash_lowered("support") && self.words.of(at).sort == Sort::Noun;
            !share
                && (judge.found.within(at..at + 1).iter().any(|hit| hit.valence.abs() >= FELT)
                    || self.judges.attitudes.expresses(self.hash_at(*span)))
        };
        let weak = told.is_none() && quote.is_none() && opinion[side] < self.judges.least + BORNE;
        let felt = scene.tone(target) == [0, TONES - 1][side];
        let unseen =
            told.is_none() && !felt && opinion[side] < self.judges.least + BORNE && evidence.is_empty();
        if unseen || weak && !evidence.iter().any(shown) {
            return None;
        }
        // Nor does an act of office: "prosecutors charged B".
        let official = |span: &Span| judge.events.of(self.hash_at(*span)) & event::CHARGE != 0;
        if told.is_none() && quote.is_none() && !evidence.is_empty() && evidence.iter().all(official) {
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

    /// Whether a mention is a place or a nationality that tells where somebody else belongs: "the Ecuadorian president".
    fn is_modifier(&self, mention: usize) -> bool {
        let mention = &self.mentions[mention];
        let kind = self.doc.entity(mention.entity).map(|entity| entity.kind());
        let end = mention.tokens.end;
        let next = self.doc.tokens().get(end).map_or(0, |token| token.hash());
        let tag = self.doc.parts_of_speech().get(end);
        let named =
            || self.mentions.iter().any(|next| next.tokens.start > end && next.tokens.start <= end + 4);
        (kind == Some(EntityKind::Location) || kind == Some(EntityKind::Group) && named())
            && tag.is_some_and(|tag| {
                matches!(tag, Pos::Noun | Pos::NounPlural | Pos::Adjective | Pos::ProperNoun)
            })
            && !self.judges.attitudes.acts(next)
    }

    /// Whether what is between two mentions may be or not, "A may endorse B", or is not so, "A has never criticised B".
    fn is_open(&self, holder: &Named, mention: &Named, sign: f32) -> bool {
        const OPEN: [u64; 4] =
            [hash_lowered("may"), hash_lowered("might"), hash_lowered("could"), hash_lowered("whether")];
        let between = self.doc.tokens().get(holder.tokens.end..mention.tokens.start).unwrap_or_default();
        let never = |hash: u64| sign < 0.0 && hash == hash_lowered("never");
        between.iter().any(|token| OPEN.contains(&token.hash()) || never(token.hash()))
    }

    /// Whether a mention is in what a holder denies.
    fn denies(&self, holder: &Named, mention: &Named) -> bool {
        let before = self.denied.partition_point(|(content, ..)| content.start() <= mention.span.start());
        let mut latest = self.denied[..before].iter().rev().take(DENIED);
        latest.any(|(content, _, speaker)| *speaker == holder.entity && mention.span.end() <= content.end())
    }

    /// Whether a word of attitude stands close to both its holder and its target.
    fn is_close(&self, found: &Found, holder: &Named, target: &Named) -> bool {
        const NEAR: usize = 4;
        let at = self.doc.token_at(found.evidence.start());
        let gap = |party: &Named| {
            if party.tokens.end <= at { at - party.tokens.end } else { party.tokens.start.saturating_sub(at) }
        };
        let (one, two) = (gap(holder), gap(target));
        one.min(two) <= NEAR && one.max(two) <= 2 * NEAR
    }

    fn hash_at(&self, word: Span) -> u64 {
        self.doc.tokens().get(self.doc.token_at(word.start())).map_or(0, |token| token.hash())
    }

    /// Whether a mention is a place or a nationality that does nothing itself: "the Ecuadorian president", "Laconia, N.H.".
    fn is_of_place(&self, mention: &Named) -> bool {
        let kind = self.doc.entity(mention.entity).map(|entity| entity.kind());
        let tag = self.doc.parts_of_speech().get(mention.tokens.end);
        let acts =
            tag.is_none_or(|tag| tag.is_verb() || matches!(tag, Pos::Modal | Pos::Adverb | Pos::Possessive));
        let office = self.doc.tokens().get(mention.tokens.end).map_or(0, |token| token.hash());
        match kind {
            Some(EntityKind::Location | EntityKind::Facility) => !acts && !self.judges.attitudes.acts(office),
            Some(EntityKind::Person | EntityKind::Organization | EntityKind::Group) | None => false,
            Some(_) => true,
        }
    }

    /// The least confidence of an opinion of a mention that no rule finds, in a quote or in the sentence.
    fn least(
        &self,
        judge: &Judge<'_>,
        (holder, mention): (&Named, &Named),
        content: Option<Span>,
        (sign, strong): (f32, bool),
    ) -> f32 {
        const NEVER: f32 = f32::INFINITY;
        let all = judge.encoded.tokens();
        let within = content.map_or(all.clone(), |content| self.doc.tokens_in(content));
        let within = within.start.max(all.start)..within.end.min(all.end);
        let reported = content.is_some() && evaluated::is_reported(judge, mention, within.start);
        let barred = || {
            self.is_of_place(holder) || self.denies(holder, mention) || self.is_open(holder, mention, sign)
        };
        if content.is_none() && barred() {
            return NEVER;
        }
        let bearing = Bearing { judge, mention: mention.tokens.clone(), within };
        if reported || bearing.is_experiencer() {
            return NEVER;
        }
        let least = self.judges.least;
        match (bearing.on(sign), self.may_be_judged(mention)) {
            (true, true) if strong => QUOTED.min(least),
            (true, true) => least - BORNE,
            (false, false) if content.is_some() => NEVER,
            _ => least,
        }
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
