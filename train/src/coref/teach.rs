//! Choosers that answer by the annotation or by gender, and record each decision as a training example.

use crate::algorithms::Rankings;
use copydesk_core::{Document, Span};
use copydesk_entity::examples::coref::{
    Choose, CorefGroup, Entities, Family, Features, Gender, Ranker, gender_of_pronoun, shows_gender,
};

/// An annotated cluster: the heads of its mentions.
#[derive(Clone, Debug, Default)]
pub(super) struct AnnotatedCluster {
    /// The heads of names.
    pub(super) names: Vec<Span>,
    /// The heads of other mentions.
    pub(super) others: Vec<Span>,
}

impl AnnotatedCluster {
    /// The entities that were found at its names.
    pub(super) fn found_as(&self, entities: &Entities) -> Vec<usize> {
        let overlap = |one: Span, other: Span| one.start() < other.end() && other.start() < one.end();
        let named = |span: Span| self.names.iter().any(|name| overlap(span, *name));
        let entities = entities.names().enumerate();
        entities.filter_map(|(entity, mut spans)| spans.any(named).then_some(entity)).collect()
    }
}

/// Chooses by the annotation, and records the decision.
pub(super) struct AnnotationTeacher<'t> {
    pub(super) clusters: &'t [AnnotatedCluster],
    /// The entities that were found for each annotated cluster.
    pub(super) meant: Vec<Vec<usize>>,
    /// Chooses where nothing is annotated.
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

/// Records a decision. `is_right` gives for each row whether it is right, or none to omit it.
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

/// Chooses the only candidate of the pronoun's gender, and records decisions among candidates of both genders.
pub(super) struct GenderTeacher<'t> {
    pub(super) document: &'t Document,
    /// The gender of each entity, by its names.
    pub(super) genders: Vec<Option<Gender>>,
    /// Chooses where gender does not decide.
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
            note(self.rankings, features, family, self.without, shows_gender, |place| {
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
