//! What each criterion counts in the mentee's and in the mentor's view of a pair.

use std::collections::BTreeMap;

use crate::ids::{MenteeIdx, MentorIdx, Role};
use crate::participant::{Cohort, Profile};
use crate::programme::{Balance, Programme};
use crate::score::{Score, WeightedSum};

use super::breakdown::Emphasis;

/// The sides' views of pairs, and how they make one score.
pub(super) struct Views {
    /// One if both sides weigh everything alike; else the mentees' and the mentors'.
    pub(super) sides: Vec<SideView>,
    pub(super) balance: Balance,
}

/// What the criteria count in one side's view.
///
/// People who weigh the criteria alike form a class; there is one class unless a programme lets
/// participants weigh.
pub(super) struct SideView {
    side: Role,
    /// By person of this side; empty where there is one class.
    class_of: Vec<u32>,
    /// By class, then by criterion.
    weights: Vec<Vec<u32>>,
}

impl Views {
    pub(super) fn new(programme: &Programme, cohort: &Cohort) -> Self {
        let mentees = cohort.mentees().iter().map(|own| &own.profile);
        let mentors = cohort.mentors().iter().map(|own| &own.profile);
        let mut sides = vec![
            SideView::new(programme, Role::Mentee, mentees),
            SideView::new(programme, Role::Mentor, mentors),
        ];
        let alike = sides[0].weights == sides[1].weights;
        if alike && sides.iter().all(|side| side.class_of.is_empty()) {
            sides.truncate(1);
        }
        let balance = programme.balance();
        Self { sides, balance }
    }

    /// The score of a pair and each side's view of it; `counted` is by criterion.
    pub(super) fn score(
        &self,
        counted: &[Option<Score>],
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> (Score, Vec<Score>) {
        let views = self.sides.iter();
        let views: Vec<Score> = views
            .map(|side| side.mean(counted, mentee, mentor))
            .collect();
        (self.balanced(&views), views)
    }

    /// One score of the sides' views.
    pub(super) fn balanced(&self, views: &[Score]) -> Score {
        match *views {
            [mentee, mentor] => self.balance.of(mentee, mentor),
            [both] => both,
            _ => Score::ZERO,
        }
    }

    /// By how much the two people multiply a criterion's weight, if they do.
    pub(super) fn emphasis(
        &self,
        criterion: usize,
        mentee: MenteeIdx,
        mentor: MentorIdx,
    ) -> Option<Emphasis> {
        let factor = |side: &SideView| {
            let stated = side.weights[0][criterion];
            let own = side.of_pair(mentee, mentor)[criterion];
            own.checked_div(stated).unwrap_or(1) // not of this view
        };
        let [mentee, mentor] = match &self.sides[..] {
            [mentee, mentor] => [factor(mentee), factor(mentor)],
            _ => return None, // all weigh alike
        };
        (mentee != 1 || mentor != 1).then_some(Emphasis { mentee, mentor })
    }

    /// How much of a score each of two views gives: in proportion to what it adds to a mean, to the
    /// lower one alone, or in proportion to the views.
    pub(super) fn shares(&self, mentee: Score, mentor: Score) -> [u64; 2] {
        let (e, r) = (u64::from(mentee.ppm()), u64::from(mentor.ppm()));
        match self.balance {
            Balance::Mean(balance) => {
                let balance = u64::from(balance.ppm());
                let whole = u64::from(Score::ONE.ppm());
                [balance * e, (whole - balance) * r]
            }
            Balance::Minimum if r < e => [0, 1],
            Balance::Minimum => [1, 0],
            Balance::Geometric => [e, r],
        }
    }
}

impl SideView {
    fn new<'a>(
        programme: &Programme,
        side: Role,
        people: impl Iterator<Item = &'a Profile>,
    ) -> Self {
        let stated = programme.criteria().iter().zip(programme.weights());
        let plain: Vec<u32> = stated
            .map(|(own, &weight)| if own.view.is_of(side) { weight } else { 0 })
            .collect();
        let mut view = Self {
            side,
            class_of: Vec::new(),
            weights: vec![plain],
        };
        if let Some(emphasis) = programme.emphasis() {
            view.weigh_as_people_say(programme, emphasis, people);
        }
        view
    }

    fn weigh_as_people_say<'a>(
        &mut self,
        programme: &Programme,
        emphasis: u8,
        people: impl Iterator<Item = &'a Profile>,
    ) {
        let mut classes = BTreeMap::from([(self.weights[0].clone(), 0)]);
        for person in people {
            let own = own_weights(&self.weights[0], programme, emphasis, person);
            let next = u32::try_from(classes.len()).unwrap_or(u32::MAX); // people fit u32
            let class = *classes.entry(own).or_insert_with_key(|own| {
                self.weights.push(own.clone());
                next
            });
            self.class_of.push(class);
        }
        if self.weights.len() == 1 {
            self.class_of.clear();
        }
    }

    /// The side whose people weigh differently, if they do.
    pub(super) fn weighed_by(&self) -> Option<Role> {
        (!self.class_of.is_empty()).then_some(self.side)
    }

    /// The class of a mentee, where mentees weigh differently.
    pub(super) fn mentee_class(&self, mentee: MenteeIdx) -> usize {
        match self.side {
            Role::Mentee => self.class(mentee.index()),
            Role::Mentor => 0,
        }
    }

    /// The class of a person of this side.
    pub(super) fn class(&self, person: usize) -> usize {
        self.class_of.get(person).map_or(0, |&class| class as usize)
    }

    /// By class, then by criterion.
    pub(super) fn weights(&self) -> &[Vec<u32>] {
        &self.weights
    }

    /// What the criteria count for a pair, by criterion.
    pub(super) fn of_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> &[u32] {
        &self.weights[self.class_of_pair(mentee, mentor)]
    }

    /// The class that weighs a pair.
    pub(super) fn class_of_pair(&self, mentee: MenteeIdx, mentor: MentorIdx) -> usize {
        self.class(match self.side {
            Role::Mentee => mentee.index(),
            Role::Mentor => mentor.index(),
        })
    }

    fn mean(&self, counted: &[Option<Score>], mentee: MenteeIdx, mentor: MentorIdx) -> Score {
        let mut sum = WeightedSum::default();
        for (&weight, &counted) in self.of_pair(mentee, mentor).iter().zip(counted) {
            if let Some(score) = counted {
                sum.add(weight, score);
            }
        }
        sum.mean()
    }
}

/// What the criteria count to a person; as stated if by the person's own word none would count.
fn own_weights(plain: &[u32], programme: &Programme, emphasis: u8, person: &Profile) -> Vec<u32> {
    let factor = |name: &str| match person.weights.get(name) {
        _ if person.most_important.as_deref() == Some(name) => emphasis,
        Some(&factor) => factor.min(emphasis),
        None => 1,
    };
    let named = plain.iter().zip(programme.criteria());
    let own: Vec<u32> = named
        .map(|(&weight, stated)| weight * u32::from(factor(&stated.name))) // fits: checked when built
        .collect();
    if own.iter().all(|&weight| weight == 0) {
        return plain.to_vec();
    }
    own
}
