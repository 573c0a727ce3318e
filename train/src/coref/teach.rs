//! Choosers that answer as the annotation says, or as gender tells, and note down each choice.

use crate::algorithms::Rankings;
use copydesk_core::{Document, Span};
use copydesk_entity::examples::coref::{
    Choose, CorefGroup, Entities, Family, Features, Gender, Ranker, gender_of_pronoun, tells_gender,
};

/// The heads of mentions that annotated data puts together.
#[derive(Clone, Debug, Default)]
pub(super) struct AnnotatedCluster {
    /// Of each name.
    pub(super) names: Vec<Span>,
    /// Of each other mention.
    pub(super) others: Vec<Span>,
}

impl AnnotatedCluster {
    /// The entities that were found for the names.
    pub(super) fn found_as(&self, entities: &Entities) -> Vec<usize> {
        let overlap = |one: Span, other: Span| one.start() < other.end() && other.start() < one.end();
        let named = |span: Span| self.names.iter().any(|name| overlap(span, *name));
        let entities = entities.names().enumerate();
        entities.filter_map(|(entity, mut spans)| spans.any(named).then_some(entity)).collect()
    }
}

/// Chooses what the annotation says, and notes down the choice.
pub(super) struct AnnotationTeacher<'t> {
    pub(super) clusters: &'t [AnnotatedCluster],
    /// The entities that were found for each annotated cluster.
    pub(super) meant: Vec<Vec<usize>>,
    /// What chooses where nothing is annotated.
    pub(super) fallback: Option<&'t Ranker>,
    pub(super) without: &'t [CorefGroup],
    pub(super) rankings: &'t mut [Rankings],
}

impl Choose for AnnotationTeacher<'_> {
    fn choose(
        &mut self,
        span: Span,
        family: Family,
        candidates: &[usize],
        features: &Features,
    ) -> Option<usize> {
        let of =
            self.clusters.iter().position(|cluster| cluster.others.iter().any(|head| span.contains(*head)));
        if let (None, Some(mut ranker)) = (of, self.fallback) {
            return ranker.choose(span, family, candidates, features);
        }
        let meant: &[usize] = of.map_or(&[], |place| &self.meant[place]);
        let right = |candidate: &usize| meant.contains(candidate);
        let chosen = candidates.iter().copied().find(right);
        let is_right = |place: usize| candidates.get(place).map_or(chosen.is_none(), right);
        note(
            &mut self.rankings[family as usize],
            features,
            family,
            self.without,
            |_| false,
            |place| Some(is_right(place)),
        );
        chosen
    }
}

/// Notes down a choice: whether each row is right, none if it is to teach nothing.
fn note(
    rankings: &mut Rankings,
    features: &Features,
    family: Family,
    without: &[CorefGroup],
    is_hidden: impl Fn(u16) -> bool,
    is_right: impl Fn(usize) -> Option<bool>,
) {
    for (place, row) in features.rows().enumerate() {
        let kept = |feature: &&u16| {
            !is_hidden(**feature) && !without.iter().any(|group| group.holds(family, **feature))
        };
        if let Some(is_right) = is_right(place) {
            rankings.candidate(row.iter().filter(kept).map(|feature| u32::from(*feature)), is_right);
        }
    }
    rankings.end_set();
}

/// Chooses the only one of the pronoun's gender, and notes down the choice among people of both.
pub(super) struct GenderTeacher<'t> {
    pub(super) document: &'t Document,
    /// The gender of each entity as its names tell it.
    pub(super) genders: Vec<Option<Gender>>,
    /// What chooses where gender does not tell.
    pub(super) fallback: &'t Ranker,
    pub(super) without: &'t [CorefGroup],
    pub(super) rankings: &'t mut Rankings,
}

impl Choose for GenderTeacher<'_> {
    fn choose(
        &mut self,
        span: Span,
        family: Family,
        candidates: &[usize],
        features: &Features,
    ) -> Option<usize> {
        if family != Family::Person {
            return self.fallback.choose(span, family, candidates, features);
        }
        let wanted = gender_of_pronoun(self.document.view().slice(span));
        let genders = &self.genders;
        let of = |gender: Option<Gender>| {
            candidates.iter().copied().filter(move |candidate| genders[*candidate] == gender)
        };
        let fits = |candidate: usize| !Gender::differ(genders[candidate], wanted);
        let chosen = self.fallback.best(family, candidates, features, fits);
        let others = candidates.iter().any(|candidate| Gender::differ(genders[*candidate], wanted));
        if others && of(wanted).next().is_some() {
            note(self.rankings, features, family, self.without, tells_gender, |place| {
                let gender = genders[*candidates.get(place)?]?;
                Some(Some(gender) == wanted)
            });
        }
        let only = of(wanted).count() == 1 && of(None).next().is_none();
        if only { of(wanted).next() } else { chosen }
    }

    fn is_blind(&self) -> bool {
        true
    }
}
