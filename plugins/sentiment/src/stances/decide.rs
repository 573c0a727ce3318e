//! Whether a pair of mentions gets a stance: if the model is confident or agrees with a rule, and no named rule
//! holds it back.

use copydesk_core::layers::{EntityKind, QuoteId, QuoteKind};
use copydesk_core::{RuleId, Span, hash_lowered};

use super::features::{self, NOWHERE};
use super::model::SIDES;
use super::parties::Parties;
use super::scene::{Scene, TONES};
use super::words::Sort;
use super::{FELT, Held, evaluated};
use crate::attitudes::{Attitude, Named};
use crate::bearing::Bearing;
use crate::events::event;
use crate::hits::Hit;
use crate::registry;
use crate::standing::Standing;

/// The minimum probability of some opinion if a rule finds one.
const AGREED: f32 = 0.25;
/// The minimum probability of the rule's side.
const POSSIBLE: f32 = 0.1;
/// How much less confidence is enough if a word is about the target within a quote, and how much more is needed if none
/// is.
const BORNE: f32 = 0.1;
/// How much less confidence is enough in a text of one sentence: there three of four such stances are right, which
/// in articles takes more.
const ALONE: f32 = 0.2;
/// The minimum confidence of the model if the network finds the same within a quote of the holder.
const QUOTED: f32 = 0.4;
/// The maximum number of words of evidence.
const EVIDENCE: usize = 3;

/// Two mentions as holder and target, with everything known about them.
pub(super) struct Candidate<'c, 'a> {
    pub(super) parties: Parties<'c, 'a>,
    scene: &'c Scene<'c>,
    /// The probability of each side.
    opinion: [f32; SIDES],
    /// The side in question: 0 is negative.
    side: usize,
}

impl<'c, 'a> Candidate<'c, 'a> {
    pub(super) fn new(parties: Parties<'c, 'a>, scene: &'c Scene<'c>, opinion: [f32; SIDES]) -> Self {
        let side = usize::from(parties.attitude.map_or(opinion[1] > opinion[0], |found| found.score > 0.0));
        Self { parties, scene, opinion, side }
    }

    fn sign(&self) -> f32 {
        if self.side == 1 { 1.0 } else { -1.0 }
    }

    /// The probability of the side in question.
    pub(super) fn confidence(&self) -> f32 {
        self.opinion[self.side]
    }

    /// Whether the model is less confident than it must be for any stance that no rule finds. Most opinions are held back by this, and
    /// which rule does so is only asked for explanations.
    pub(super) fn is_doubted(&self) -> bool {
        self.parties.attitude.is_none() && self.confidence() < QUOTED.min(self.cut() - BORNE)
    }

    /// The stance, or the rule that holds it back.
    pub(super) fn decide(&self, spared: &[Span]) -> Result<Held, RuleId> {
        if self.parties.is_modifier() {
            return Err(registry::STANCE_MODIFIER);
        }
        // Other mentions of the two show it.
        if self.parties.is_taken() {
            return Err(registry::STANCE_TAKEN);
        }
        self.is_sure()?;
        if self.parties.attitude.is_none()
            && let Some(rule) = self.barred()
        {
            return Err(rule);
        }
        let evidence = match self.parties.attitude {
            Some(found) => self.attitude_evidence(found),
            None => self.own_evidence()?,
        };
        self.is_plain(&evidence)?;
        if self.parties.attitude.is_none() {
            self.is_shown(&evidence)?;
            if spared.contains(&self.parties.two().span) {
                return Err(registry::STANCE_SPARED);
            }
        }
        Ok(Held {
            holder: Some(self.parties.one().entity),
            target: self.parties.two().entity,
            quote: self.parties.quote.map(|(_, quote)| quote),
            rule: self.parties.rule(),
            score: self.parties.attitude.map_or(self.sign() * self.confidence(), |found| found.score),
            confidence: self.confidence(),
            evidence,
        })
    }

    /// Whether both parties stand for themselves, and it is clear who they are.
    fn is_plain(&self, evidence: &[Span]) -> Result<(), RuleId> {
        let (stances, one, two) = (self.parties.stances, self.parties.one(), self.parties.two());
        let shown: Vec<usize> = evidence.iter().map(|span| stances.doc.token_at(span.start())).collect();
        if self.parties.stances.is_snippet() {
            let (holder, target) =
                (Standing::of(self.parties.judge, one), Standing::of(self.parties.judge, two));
            let other = holder.is_other(&shown) || target.is_other(&shown);
            return if other { Err(registry::STANCE_PART) } else { Ok(()) };
        }
        let mutual = self.parties.attitude.is_some_and(|found| found.mutual);
        // A speaker is whoever the quote says.
        let speaks = self.parties.attitude.is_none() && self.parties.quote.is_some();
        if !mutual
            && (!Standing::of(self.parties.judge, two).is_meant(&shown)
                || Standing::of(self.parties.judge, one).is_part()
                || !speaks && !Standing::of(self.parties.judge, one).holds(&shown))
        {
            return Err(registry::STANCE_PART);
        }
        let said = self
            .parties
            .quote
            .filter(|_| speaks)
            .is_some_and(|quote| stances.is_speaker(self.parties.judge, two, quote));
        let direct = |(_, quote): (Span, QuoteId)| {
            stances.doc.quote(quote).is_some_and(|quote| quote.kind() == QuoteKind::Direct)
        };
        let known = speaks && self.parties.quote.is_some_and(direct);
        if said
            || !stances.is_clear(two, Some(one.entity))
            || !known && !stances.is_clear(one, Some(two.entity))
        {
            return Err(registry::STANCE_UNCLEAR);
        }
        Ok(())
    }

    /// Whether the model is confident enough.
    fn is_sure(&self) -> Result<(), RuleId> {
        let opinion = self.opinion;
        let enough = match self.parties.attitude {
            // If the two stand next to the word, there is little doubt.
            Some(found) if self.is_close(found) => opinion[0] + opinion[1] >= self.close(found),
            Some(_) => opinion[0] + opinion[1] >= AGREED && self.confidence() >= POSSIBLE,
            None => self.confidence() >= self.least()?,
        };
        if enough { Ok(()) } else { Err(registry::STANCE_UNSURE) }
    }

    /// The minimum confidence of an opinion that no rule finds, in a quote or in the sentence.
    fn least(&self) -> Result<f32, RuleId> {
        let (judge, mention) = (self.parties.judge, self.parties.two());
        let content = self.parties.quote.map(|(content, _)| content);
        let all = judge.encoded.tokens();
        let within = content.map_or(all.clone(), |content| self.parties.stances.doc.tokens_in(content));
        let within = within.start.max(all.start)..within.end.min(all.end);
        if content.is_none()
            && let Some(rule) = self.unsaid()
        {
            return Err(rule);
        }
        let kind = self.parties.stances.doc.entity(mention.entity).map(|entity| entity.kind());
        let place = matches!(
            kind,
            Some(EntityKind::Location | EntityKind::Facility | EntityKind::Event | EntityKind::Other)
        );
        if content.is_some() && place && self.governing().is_none() {
            return Err(registry::STANCE_APART);
        }
        if content.is_some() && evaluated::is_reported(judge, mention, within.start) {
            return Err(registry::STANCE_REPORTED);
        }
        let bearing = Bearing { judge, mention: mention.tokens.clone(), within };
        if bearing.is_experiencer() {
            return Err(registry::STANCE_EXPERIENCER);
        }
        let (least, bears) = (self.cut(), bearing.on(self.sign()));
        match (bears, self.parties.quote.is_some()) {
            (false, true) if self.governing().is_none() => {
                if self.parties.stances.is_snippet() {
                    Ok(self.parties.stances.judges.least)
                } else {
                    Err(registry::STANCE_APART)
                }
            }
            (true, true) if self.is_felt() => Ok(QUOTED.min(least)),
            (true, _) => Ok(least - BORNE),
            (false, _) => Ok(least),
        }
    }

    /// The word of attitude that has the holder for its subject and the target for its object.
    fn governing(&self) -> Option<usize> {
        self.parties.governed().word(self.sign())
    }

    /// How probable some opinion must be to the model where a rule finds it by a word next to both. Nouns have more senses.
    fn close(&self, found: &Attitude) -> f32 {
        if found.rule == registry::ATTITUDE_NOUN { AGREED } else { POSSIBLE }
    }

    /// The rule against an opinion outside the speakers' quotes, if any.
    fn unsaid(&self) -> Option<RuleId> {
        if self.parties.is_of_place() {
            Some(registry::STANCE_PLACE)
        } else if self.parties.denies() {
            Some(registry::STANCE_DENIED)
        } else if self.is_open() {
            Some(registry::STANCE_POSSIBLE)
        } else {
            None
        }
    }

    /// The rule against an opinion that no rule finds, in a quote or not, if any.
    fn barred(&self) -> Option<RuleId> {
        if self.parties.is_outlet() {
            Some(registry::STANCE_OUTLET)
        } else if self.parties.quote.is_none()
            && (self.parties.has_reverse_attitude() || self.parties.is_object())
        {
            Some(registry::STANCE_OBJECT)
        } else {
            None
        }
    }

    /// Whether words show an opinion that no rule finds, or the sentence as a whole.
    fn is_shown(&self, evidence: &[Span]) -> Result<(), RuleId> {
        let (stances, one, two) = (self.parties.stances, self.parties.one(), self.parties.two());
        // Words that show an opinion of one mention about another show nothing else.
        let others = |found: &&Attitude| {
            (found.target == two.entity) != (found.holder == one.entity) || found.holder == two.entity
        };
        if stances.attitudes.iter().filter(others).any(|found| evidence.contains(&found.evidence)) {
            return Err(registry::STANCE_TAKEN);
        }
        let doubtful = self.confidence() < stances.judges.least + BORNE;
        let unseen = doubtful && !self.is_felt() && evidence.is_empty();
        let weak = doubtful && self.parties.quote.is_none();
        if unseen || weak && !evidence.iter().any(|span| self.shows(*span)) {
            return Err(registry::STANCE_UNSHOWN);
        }
        let official =
            |span: &Span| self.parties.judge.events.of(stances.hash_at(*span)) & event::CHARGE != 0;
        if self.parties.quote.is_none() && !evidence.is_empty() && evidence.iter().all(official) {
            return Err(registry::STANCE_OFFICE);
        }
        Ok(())
    }

    /// Whether a word shows a feeling. Shares of votes are not feelings: "support of 42 %".
    fn shows(&self, span: Span) -> bool {
        let (stances, judge) = (self.parties.stances, self.parties.judge);
        let at = stances.doc.token_at(span.start());
        let share =
            stances.hash_at(span) == hash_lowered("support") && stances.words.of(at).sort == Sort::Noun;
        !share
            && (judge.found.within(at..at + 1).iter().any(|hit| hit.valence.abs() >= FELT)
                || stances.judges.attitudes.expresses(stances.hash_at(span)))
    }

    /// Whether the network finds the same side towards the target.
    fn is_felt(&self) -> bool {
        self.scene.tone(self.parties.target) == [0, TONES - 1][self.side]
    }

    /// Whether the words between the two are a possibility, "A may endorse B", or negated, "A has never criticised B".
    fn is_open(&self) -> bool {
        const OPEN: [u64; 4] =
            [hash_lowered("may"), hash_lowered("might"), hash_lowered("could"), hash_lowered("whether")];
        let between = self.parties.one().tokens.end..self.parties.two().tokens.start;
        let between = self.parties.stances.doc.tokens().get(between).unwrap_or_default();
        let never = |hash: u64| self.sign() < 0.0 && hash == hash_lowered("never");
        between.iter().any(|token| OPEN.contains(&token.hash()) || never(token.hash()))
    }

    /// Whether a word of attitude stands close to both its holder and its target.
    fn is_close(&self, found: &Attitude) -> bool {
        const NEAR: usize = 4;
        let at = self.parties.stances.doc.token_at(found.evidence.start());
        let gap = |party: &Named| {
            if party.tokens.end <= at { at - party.tokens.end } else { party.tokens.start.saturating_sub(at) }
        };
        let (one, two) = (gap(self.parties.one()), gap(self.parties.two()));
        one.min(two) <= NEAR && one.max(two) <= 2 * NEAR
    }

    /// All words of a rule for the same attitude.
    fn attitude_evidence(&self, of: &Attitude) -> Vec<Span> {
        let same = |found: &&Attitude| {
            found.holder == of.holder && found.target == of.target && found.rule == of.rule
        };
        self.parties.stances.attitudes.iter().filter(same).map(|found| found.evidence).collect()
    }

    /// The words that show an opinion that no rule finds: a verb between the two, or what the quote says of the target.
    fn own_evidence(&self) -> Result<Vec<Span>, RuleId> {
        let (doc, judge) = (self.parties.stances.doc, self.parties.judge);
        if let Some(word) = self.governing() {
            return Ok(vec![doc.token_span(word, word + 1)]);
        }
        if self.parties.stances.is_snippet() && !self.parties.governed().is_negated(self.sign()) {
            return Ok(self.evidence());
        }
        let Some((content, _)) = self.parties.quote else {
            return if self.is_alone() { Ok(self.evidence()) } else { Err(registry::STANCE_UNSHOWN) };
        };
        let bearing =
            Bearing { judge, mention: self.parties.two().tokens.clone(), within: doc.tokens_in(content) };
        let mut words: Vec<&Hit> = bearing.hits(self.sign()).filter(|hit| self.is_said(hit)).collect();
        if words.is_empty() {
            return Err(registry::STANCE_APART);
        }
        words.sort_by(|one, two| two.valence.abs().total_cmp(&one.valence.abs()));
        words.truncate(EVIDENCE);
        words.sort_by_key(|hit| hit.token);
        Ok(words.into_iter().map(|hit| hit.span).collect())
    }

    /// Whether a word of a quote is its speaker's own judgement: of that side without a negator ("what did not help A"), and no
    /// verb with another subject ("voters who support A").
    fn is_said(&self, hit: &Hit) -> bool {
        const BEFORE: usize = 5;
        const WE: [u64; 2] = [hash_lowered("i"), hash_lowered("we")];
        let (stances, hash) = (self.parties.stances, self.parties.stances.hash_at(hit.span));
        let turned = self.parties.judge.model.vocabulary.word_of(hash).valence * hit.valence < 0.0;
        let verb = hit.token < self.parties.two().tokens.start && stances.words.of(hit.token).is_verb();
        let own = || {
            let before = || hit.token.saturating_sub(BEFORE)..hit.token;
            let relative = before().any(|at| stances.words.of(at).sort == Sort::Wh);
            !relative && before().any(|at| WE.contains(&stances.words.of(at).form))
        };
        // "was charged with plotting"
        let charged = (self.parties.two().tokens.end..hit.token + 1)
            .any(|at| self.parties.judge.events.of(stances.words.of(at).form) & event::ACT != 0);
        // "won" is no judgement.
        let light = self.parties.judge.events.of(hash) & event::LIGHT != 0;
        !turned && !charged && !light && (!verb || own())
    }

    /// The minimum confidence of an opinion that nothing but the model finds.
    fn cut(&self) -> f32 {
        let least = self.parties.stances.judges.least;
        if self.parties.stances.is_snippet() && self.is_forward() { least - ALONE } else { least }
    }

    /// Whether the holder is named first and not after a preposition, "police in A arrested B", and the target is not the
    /// origin of something: "A defended the town against attacks from B".
    fn is_forward(&self) -> bool {
        const ORIGIN: [u64; 2] = [hash_lowered("from"), hash_lowered("by")];
        let before = self.parties.two().tokens.start.wrapping_sub(1);
        self.parties.holder < self.parties.target
            && !ORIGIN.contains(&self.parties.stances.words.of(before).form)
            && !self.parties.governed().is_governed(self.parties.one())
    }

    /// Whether the model is nearly certain, and nobody else is named between the two or before them who could hold or earn it.
    fn is_alone(&self) -> bool {
        /// How much more confidence is needed than where a verb joins the two.
        const MORE: f32 = 0.2;
        self.parties.governed().is_alone() && self.confidence() >= self.cut() + MORE
    }

    /// The words that contribute most to the score of the side.
    fn evidence(&self) -> Vec<Span> {
        let stances = self.parties.stances;
        let mut sums: Vec<(usize, i32)> = Vec::new();
        self.scene.pair(self.parties.holder, self.parties.target).features(&mut |hash, at| {
            if at == NOWHERE {
                return;
            }
            let weight = stances.judges.model.weights(hash)[self.side];
            match sums.iter_mut().find(|(known, _)| *known == at) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((at, weight)),
            }
        });
        sums.retain(|(at, sum)| {
            let free = |party: usize| !stances.mentions[party].tokens.contains(at);
            *sum > 0
                && free(self.parties.holder)
                && free(self.parties.target)
                && features::counts(stances.words.of(*at))
        });
        sums.sort_by_key(|(at, sum)| (std::cmp::Reverse(*sum), *at));
        let most = sums.first().map_or(0, |(_, sum)| *sum);
        let strong = sums.iter().take(EVIDENCE).take_while(|(_, sum)| *sum * 3 >= most);
        strong.map(|(at, _)| stances.doc.token_span(*at, at + 1)).collect()
    }
}
