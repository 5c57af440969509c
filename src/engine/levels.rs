//! Objectives as levels of the solver, and the levels' values as values of the objectives.
//!
//! An objective is one level or several: one a tier, a rank or a class of scores. [`steps`] says which, from
//! the programme and the people alone, so the way back needs nothing but the order of the levels.

use std::collections::{BTreeMap, BTreeSet};

use super::worst;
use crate::candidates::has_minimums;
use crate::ids::{MenteeIdx, MentorIdx, ParticipantId};
use crate::participant::{Cohort, Wish};
use crate::programme::{Objective, WishOrder, WishesOf, classes};
use crate::report::{LevelCount, ObjectiveValue};
use crate::score::Score;
use crate::scoring::{Family, PairIdx, Quotas, Scorer};
use crate::solver::{Claim, Floor, Level, ListedValues, PlaceValues, ProblemError, Solution};

/// What one level of an objective is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Participation,
    Pairs,
    MentorsUsed,
    TotalScore,
    SpreadLoad,
    GroupBalance,
    KeepPairs,
    /// No pair below the highest floor there can be, which is found first.
    Floor,
    /// Mentees of this tier with a mentor.
    Tier(u8),
    /// Mentors of this tier with a mentee.
    MentorTier(u8),
    /// Pairs of this score at least and that at most, in parts per million.
    Class(u32, u32),
    /// Wishes granted, down to a rank.
    Granted(WishesOf, u32),
    /// Wishes of one rank: many of them, or few.
    Rank(WishesOf, u32, Want),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    Many,
    Few,
}

/// Whom the objectives are about.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) cohort: &'a Cohort,
    pub(super) quotas: &'a Quotas,
    /// Pairs that must be made.
    pub(super) locks: &'a BTreeSet<PairIdx>,
    /// Pairs that there were before.
    pub(super) previous: &'a [(MenteeIdx, MentorIdx)],
}

/// What the levels of each objective are about, in order.
fn steps(cohort: &Cohort, objectives: &[Objective]) -> Vec<Vec<Step>> {
    let of = |at: usize| match objectives[at] {
        Objective::PriorityTiers => {
            let stated = cohort.mentees().iter().map(|own| own.profile.priority);
            tiers(stated).into_iter().map(Step::Tier).collect()
        }
        Objective::MentorTiers => {
            let stated = cohort.mentors().iter().map(|own| own.profile.priority);
            tiers(stated).into_iter().map(Step::MentorTier).collect()
        }
        Objective::Participation => vec![Step::Participation],
        Objective::Pairs => vec![Step::Pairs],
        Objective::MentorsUsed => vec![Step::MentorsUsed],
        Objective::TotalScore => vec![Step::TotalScore],
        Objective::WorstScore => participation(&objectives[..at])
            .chain([Step::Floor])
            .collect(),
        Objective::Leximin { resolution } => participation(&objectives[..at])
            .chain(avoided(resolution))
            .collect(),
        Objective::Wishes { order, of, ranks } => wishes(order, of, ranks),
        Objective::SpreadLoad => vec![Step::SpreadLoad],
        Objective::GroupBalance => vec![Step::GroupBalance],
        Objective::KeepPairs => vec![Step::KeepPairs],
    };
    (0..objectives.len()).map(of).collect()
}

/// Who has no mentor ranks below any score: participation comes before scores are ranked, unless one of
/// these objectives has settled it.
fn participation(before: &[Objective]) -> impl Iterator<Item = Step> + use<> {
    use Objective::{Leximin, Participation, WorstScore};
    let settles = |own: &Objective| matches!(own, Participation | WorstScore | Leximin { .. });
    let is_open = !before.iter().any(settles);
    is_open.then_some(Step::Participation).into_iter()
}

fn wishes(order: WishOrder, of: WishesOf, ranks: u32) -> Vec<Step> {
    match order {
        WishOrder::RankMaximal => (1..=ranks)
            .map(|rank| Step::Rank(of, rank, Want::Many))
            .collect(),
        WishOrder::Generous => {
            let late = (2..=ranks).rev();
            let late = late.map(|rank| Step::Rank(of, rank, Want::Few));
            std::iter::once(Step::Granted(of, ranks))
                .chain(late)
                .collect()
        }
    }
}

/// Everybody's tiers, ascending, each once; the first where nobody has one, as every objective has a level.
fn tiers(stated: impl Iterator<Item = Option<u8>>) -> Vec<u8> {
    let mut tiers: Vec<u8> = stated.flatten().collect();
    tiers.sort_unstable();
    tiers.dedup();
    if tiers.is_empty() {
        tiers.push(1);
    }
    tiers
}

/// All classes of scores but the highest, from the lowest.
fn avoided(resolution: Score) -> impl Iterator<Item = Step> {
    let width = resolution.ppm();
    let last = classes(resolution) - 1;
    (0..last).map(move |at| Step::Class(at * width, (at + 1) * width - 1))
}

impl<'a> Ground<'a> {
    /// People whose locks and quotas are a scorer's.
    pub(super) fn new(
        cohort: &'a Cohort,
        scorer: &'a Scorer,
        previous: &'a [(MenteeIdx, MentorIdx)],
    ) -> Self {
        Self {
            cohort,
            quotas: scorer.quotas(),
            locks: scorer.locks(),
            previous,
        }
    }

    /// The levels of a run for these objectives: locks and what they must not push aside, then the objectives'.
    pub(super) fn levels(self, objectives: &[Objective]) -> Result<Vec<Level>, ProblemError> {
        let mut levels = self.levels_of_locks()?;
        levels.extend(self.levels_of(objectives)?);
        Ok(levels)
    }

    /// The levels that come before the objectives where there are locks: these, then minimums.
    pub(super) fn levels_of_locks(self) -> Result<Vec<Level>, ProblemError> {
        if self.locks.is_empty() {
            return Ok(Vec::new());
        }
        let locks = self
            .locks
            .iter()
            .map(|&(mentee, mentor)| (mentee, mentor, 1));
        let locks = ListedValues::new(self.cohort.mentees().len(), locks)?;
        // Unless it is said where minimums stand, they come before everything.
        let minimums = has_minimums(self.cohort, self.quotas).then_some(Level::Minimums);
        Ok([Level::Listed(locks)].into_iter().chain(minimums).collect())
    }

    /// The levels of these objectives alone, first things first.
    pub(super) fn levels_of(self, objectives: &[Objective]) -> Result<Vec<Level>, ProblemError> {
        let steps = steps(self.cohort, objectives).into_iter().flatten();
        steps.map(|step| self.level(step)).collect()
    }

    fn level(self, step: Step) -> Result<Level, ProblemError> {
        match step {
            Step::Participation => Ok(Level::Participation),
            Step::Pairs => Ok(Level::Pairs),
            Step::TotalScore => Ok(Level::TotalScore),
            Step::MentorsUsed => self.mentors_places(|_| vec![1, 0]),
            Step::SpreadLoad => {
                self.mentors_places(|places| (0..places).map(|before| -before).collect())
            }
            Step::GroupBalance => Ok(Level::GroupPlaces {
                mentees: targets(&self.quotas.mentees),
                mentors: targets(&self.quotas.mentors),
            }),
            Step::KeepPairs => {
                let previous = self.previous.iter();
                self.listed(previous.map(|&(mentee, mentor)| (mentee, mentor, 1)))
            }
            Step::Floor => Ok(Level::nothing()), // until it is found
            Step::Tier(tier) => self.first_mentors(tier),
            Step::MentorTier(tier) => self.first_mentees(tier),
            Step::Class(from, to) => Ok(Level::Avoid {
                from: from.cast_signed(),
                to: to.cast_signed(),
            }),
            Step::Granted(of, ranks) => self.granted(of, |rank| i32::from(rank <= ranks)),
            Step::Rank(of, own, Want::Many) => self.granted(of, |rank| i32::from(rank == own)),
            Step::Rank(of, own, Want::Few) => self.granted(of, |rank| -i32::from(rank == own)),
        }
    }

    /// What the value of a level counts.
    fn count(self, step: Step, value: i128) -> u64 {
        let counted = match step {
            Step::GroupBalance => {
                let families = [&self.quotas.mentees, &self.quotas.mentors];
                let quotas = families.into_iter().flat_map(|family| &family.quotas);
                // A pair up to the target is worth 1, and one beyond it −1.
                quotas
                    .filter_map(|own| own.target)
                    .map(i128::from)
                    .sum::<i128>()
                    - value
            }
            _ => value,
        };
        u64::try_from(counted.unsigned_abs()).unwrap_or(u64::MAX)
    }

    /// The first mentor of each mentee of a tier.
    fn first_mentors(self, tier: u8) -> Result<Level, ProblemError> {
        let mentees = self.cohort.mentees().iter();
        let values = mentees.map(|own| match own.profile.priority {
            Some(own) if own == tier => &[1, 0][..],
            _ => &[],
        });
        Ok(Level::Places {
            mentees: Some(PlaceValues::new(values)?),
            mentors: None,
        })
    }

    /// The first mentee of each mentor of a tier.
    fn first_mentees(self, tier: u8) -> Result<Level, ProblemError> {
        let mentors = self.cohort.mentors().iter();
        let values = mentors.map(|own| match own.profile.priority {
            Some(own) if own == tier => &[1, 0][..],
            _ => &[],
        });
        Ok(Level::Places {
            mentees: None,
            mentors: Some(PlaceValues::new(values)?),
        })
    }

    /// The same values for every mentor's places, of which there are so many.
    fn mentors_places(self, values: impl Fn(i64) -> Vec<i64>) -> Result<Level, ProblemError> {
        let mentees = self.cohort.mentees().len() as u64;
        let mentors = self.cohort.mentors().iter();
        let places = mentors.map(|own| u64::from(own.capacity.max).min(mentees).cast_signed());
        Ok(Level::Places {
            mentees: None,
            mentors: Some(PlaceValues::new(places.map(values))?),
        })
    }

    /// Pairs that grant wishes, worth what their ranks are.
    fn granted(self, of: WishesOf, value: impl Fn(u32) -> i32) -> Result<Level, ProblemError> {
        let (mentees, mentors) = (self.cohort.mentees(), self.cohort.mentors());
        let by_mentees = MenteeIdx::all(mentees.len()).flat_map(|mentee| {
            let wishes = best_ranks(&mentees[mentee].profile.wishes).into_iter();
            wishes.filter_map(move |(id, rank)| {
                Some((mentee, self.cohort.mentor_idx(id.as_str())?, rank))
            })
        });
        let by_mentors = MentorIdx::all(mentors.len()).flat_map(|mentor| {
            let wishes = best_ranks(&mentors[mentor].profile.wishes).into_iter();
            wishes.filter_map(move |(id, rank)| {
                Some((self.cohort.mentee_idx(id.as_str())?, mentor, rank))
            })
        });
        let by_mentees = by_mentees.filter(|_| of != WishesOf::Mentors);
        let by_mentors = by_mentors.filter(|_| of != WishesOf::Mentees);
        let all = by_mentees.chain(by_mentors);
        let valued = all.map(|(mentee, mentor, rank)| (mentee, mentor, value(rank)));
        self.listed(valued.filter(|&(_, _, value)| value != 0))
    }

    fn listed(
        self,
        values: impl Iterator<Item = (MenteeIdx, MentorIdx, i32)>,
    ) -> Result<Level, ProblemError> {
        let mentees = self.cohort.mentees().len();
        ListedValues::new(mentees, values).map(Level::Listed)
    }
}

/// What the places of a side's groups are worth, if there are groups.
fn targets(family: &Family) -> Option<PlaceValues> {
    let targets = family.quotas.iter().map(|quota| quota.target);
    (!family.quotas.is_empty()).then(|| PlaceValues::towards(targets))
}

/// The best rank that somebody gives each partner.
fn best_ranks(wishes: &[Wish]) -> BTreeMap<&ParticipantId, u32> {
    let mut best = BTreeMap::new();
    for wish in wishes {
        let rank = best.entry(&wish.partner).or_insert(wish.rank);
        *rank = wish.rank.min(*rank);
    }
    best
}

/// How many levels of a solution come before those of the objectives: the locks', if there are any, and
/// the minimums'.
pub(super) fn before(solution: &Solution, has_locks: bool) -> usize {
    let locks = usize::from(has_locks);
    let next = solution.certificate.levels().get(locks);
    locks + usize::from(next == Some(&Level::Minimums))
}

/// How many of so many places of minimums a solution leaves empty.
pub(super) fn shortfall(solution: &Solution, has_locks: bool, stated: u64) -> u64 {
    let before = before(solution, has_locks);
    let has_minimums = before > usize::from(has_locks);
    let met = has_minimums.then(|| solution.value[before - 1]);
    let met = met.map_or(0, |met| u64::try_from(met).unwrap_or(0));
    stated.saturating_sub(met)
}

/// How many levels of a solution, from the first on, are proved optimal.
pub(super) fn proved(solution: &Solution) -> usize {
    match solution.certificate.claim() {
        Claim::Bounded { level, .. } => level,
        _ => solution.value.len(),
    }
}

/// Whose each level is, from the first objective's on.
pub(super) fn owners(cohort: &Cohort, objectives: &[Objective]) -> Vec<Objective> {
    let steps = steps(cohort, objectives);
    let owned = objectives.iter().zip(steps);
    owned
        .flat_map(|(&objective, steps)| steps.into_iter().map(move |_| objective))
        .collect()
}

/// Which of the objectives' levels keeps the highest floor, if one does.
pub(super) fn floor_among(cohort: &Cohort, objectives: &[Objective]) -> Option<usize> {
    let mut steps = steps(cohort, objectives).into_iter().flatten();
    steps.position(|step| step == Step::Floor)
}

/// What a solution is worth by its objectives, before which there are so many levels.
pub(super) fn values_of(
    ground: Ground<'_>,
    objectives: &[Objective],
    (solution, floor, before): (&Solution, Option<&Floor>, usize),
) -> Vec<ObjectiveValue> {
    let proved = proved(solution);
    let mut rest = &solution.value[before..];
    let mut is_open = false;
    let value_of = |(&objective, steps): (&Objective, Vec<Step>)| {
        let (own, others) = rest.split_at(steps.len().min(rest.len()));
        rest = others;
        let floor = floor.filter(|_| objective == Objective::WorstScore);
        is_open |= floor.is_some_and(|floor| !floor.is_proved());
        let is_proved = !is_open && solution.value.len() - rest.len() <= proved;
        let counts = steps.into_iter().zip(own);
        let counts: Vec<_> = counts
            .map(|(step, &value)| (step, ground.count(step, value)))
            .collect();
        let mut value = objective_value(objective, &counts, is_proved);
        value.value = floor.map_or(value.value, |floor| worst::lowest_ppm(floor).into());
        value
    };
    let steps = steps(ground.cohort, objectives);
    objectives.iter().zip(steps).map(value_of).collect()
}

fn objective_value(objective: Objective, counts: &[(Step, u64)], proved: bool) -> ObjectiveValue {
    let mut levels: Vec<_> = counts.iter().filter_map(level_count).collect();
    let total: u64 = levels.iter().map(|level| level.count).sum();
    let value = match objective {
        Objective::PriorityTiers | Objective::MentorTiers => total,
        Objective::Wishes {
            order: WishOrder::RankMaximal,
            ..
        } => total,
        Objective::Wishes {
            order: WishOrder::Generous,
            ..
        } => {
            let granted = counts.first().map_or(0, |&(_, granted)| granted);
            levels.push(LevelCount::new(1, granted.saturating_sub(total)));
            levels.reverse();
            granted
        }
        Objective::Leximin { resolution } => {
            let highest = (classes(resolution) - 1) * resolution.ppm();
            let lowest = levels.iter().find(|level| level.count > 0);
            lowest.map_or(highest, |level| level.level).into()
        }
        _ => counts.first().map_or(0, |&(_, count)| count),
    };
    ObjectiveValue {
        objective,
        value,
        levels,
        proved,
    }
}

fn level_count(&(step, count): &(Step, u64)) -> Option<LevelCount> {
    let level = match step {
        Step::Tier(tier) | Step::MentorTier(tier) => tier.into(),
        Step::Rank(_, rank, _) => rank,
        Step::Class(from, _) => from,
        _ => return None,
    };
    Some(LevelCount::new(level, count))
}
