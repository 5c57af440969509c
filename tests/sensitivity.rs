//! What-if answers: equal to trying everything, and their chains are legal and worth what is said.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::generate::{self, Shape, TINY};
use common::instance::{Forest, Instance, Pairs, pairs_of};
use common::random::Random;
use common::shapes::{Case, EVERY_FAMILY, Family};
use mentormatch::solver::{
    Hooks, Level, Method, PlacePrice, PlaceValues, Problem, Sensitivity, SensitivityError,
    Solution, SolveOptions, Standing, TieBreak, WhatIf, solve,
};
use mentormatch::{MenteeIdx, MentorIdx};
use proptest::prelude::*;

/// Every set of allowed pairs with its value, legal or not.
struct Sets<'i> {
    instance: &'i Instance,
    sets: Vec<(Pairs, Vec<i128>)>,
}

/// What is asked of a set beyond being legal.
type Wanted<'w> = &'w dyn Fn(&Pairs) -> bool;

impl<'i> Sets<'i> {
    fn new(instance: &'i Instance, levels: &[Level]) -> Self {
        let mut sets: Vec<Pairs> = vec![Vec::new()];
        for (mentee, row) in instance.scores.iter().enumerate() {
            for mentor in (0..row.len()).filter(|&mentor| row[mentor].is_some()) {
                let with = |set: &Pairs| [set.as_slice(), &[(mentee, mentor)]].concat();
                sets.extend(sets.iter().map(with).collect::<Vec<_>>());
            }
        }
        let valued = sets.into_iter();
        let valued = valued.map(|set| (set.clone(), instance.value(&set, levels)));
        Self {
            instance,
            sets: valued.collect(),
        }
    }

    /// The best value of a wanted set within the maxima of `within`.
    fn best_within(&self, within: &Instance, is_wanted: Wanted<'_>) -> Option<Vec<i128>> {
        let is_legal = |set: &Pairs| {
            let (mentees, mentors) = self.instance.loads(set);
            within.mentees.is_within_maxima(&mentees)
                && within.mentors.is_within_maxima(&mentors)
                && within.has_distinct_kinds(set)
        };
        let wanted = self.sets.iter();
        let wanted = wanted.filter(|(set, _)| is_wanted(set) && is_legal(set));
        wanted.map(|(_, value)| value.clone()).max()
    }

    fn best(&self, is_wanted: Wanted<'_>) -> Option<Vec<i128>> {
        self.best_within(self.instance, is_wanted)
    }
}

/// A solved problem and all there is to compare it with.
struct Judge<'a> {
    problem: &'a Problem<'a>,
    solution: &'a Solution,
    sensitivity: Sensitivity<'a>,
    sets: Sets<'a>,
}

impl<'a> Judge<'a> {
    fn new(problem: &'a Problem<'a>, solution: &'a Solution, instance: &'a Instance) -> Self {
        Self {
            problem,
            solution,
            sensitivity: Sensitivity::new(problem, solution).unwrap(),
            sets: Sets::new(instance, solution.certificate.levels()),
        }
    }

    fn instance(&self) -> &Instance {
        self.sets.instance
    }

    fn all(&self) {
        for (i, j) in self.pairs() {
            self.pair(i, j);
        }
        self.mentees();
        self.mentors();
        let before = self.answers();
        self.place_prices();
        self.margins();
        self.closest_calls();
        self.firmness();
        // Distances that are known by now guide searches, and change no answer.
        assert_eq!(self.answers(), before);
    }

    /// What is answered of each pair and each mentor.
    fn answers(&self) -> Vec<Option<WhatIf>> {
        let forced = |(i, j)| self.sensitivity.forced(mentee(i), mentor(j)).ok().flatten();
        let without = |(i, j)| self.sensitivity.forbidden(mentee(i), mentor(j)).ok();
        let more = |j| self.sensitivity.one_place_more(mentor(j)).ok();
        let pairs = self.pairs();
        let forced = pairs.iter().copied().map(forced);
        let without = pairs.iter().copied().map(without);
        let more = (0..self.instance().mentors.len()).map(more);
        forced.chain(without).chain(more).collect()
    }

    fn pairs(&self) -> Pairs {
        let rows = self.instance().scores.iter().enumerate();
        let cells = rows.flat_map(|(i, row)| (0..row.len()).map(move |j| (i, j)));
        cells.collect()
    }

    /// The difference to the solution's value.
    fn change(&self, best: &[i128]) -> Vec<i128> {
        let values = best.iter().zip(&self.solution.value);
        values.map(|(best, value)| best - value).collect()
    }

    /// An answer says what the best wanted set says, and leads to one.
    fn check(&self, answer: Option<WhatIf>, within: &Instance, is_wanted: Wanted<'_>) {
        let best = self.sets.best_within(within, is_wanted);
        let expected = best.as_deref().map(|best| self.change(best));
        let found = answer.as_ref().map(|answer| answer.change.clone());
        assert_eq!(found, expected, "{:?}", self.instance());
        let Some(answer) = answer else { return };
        let moved = pairs_of(&answer.applied_to(&self.solution.assignment));
        assert!(is_wanted(&moved), "{answer:?}");
        within.assert_legal(&moved);
        let levels = self.sensitivity.levels();
        assert_eq!(
            Some(self.instance().value(&moved, levels)),
            best,
            "{answer:?}"
        );
    }

    fn pair(&self, i: usize, j: usize) {
        let (mentee, mentor) = (mentee(i), mentor(j));
        let forced = self.sensitivity.forced(mentee, mentor);
        let forbidden = self.sensitivity.forbidden(mentee, mentor);
        if self.problem.score(mentee, mentor).is_none() {
            let refused = SensitivityError::NotAllowed { mentee, mentor };
            assert_eq!(forced.unwrap_err(), refused);
            assert_eq!(forbidden.unwrap_err(), refused);
            return;
        }
        let instance = self.instance();
        self.check(forced.unwrap(), instance, &|set| set.contains(&(i, j)));
        self.check(Some(forbidden.unwrap()), instance, &|set| {
            !set.contains(&(i, j))
        });
    }

    fn mentees(&self) {
        for i in 0..self.instance().mentees.len() {
            let has = |set: &Pairs| set.iter().filter(|pair| pair.0 == i).count();
            let now = has(&pairs_of(&self.solution.assignment));
            let matched = self.sensitivity.matched(mentee(i)).unwrap();
            self.check(matched, self.instance(), &|set| has(set) > 0);
            let fewer = self.sensitivity.one_mentor_fewer(mentee(i)).unwrap();
            self.check(Some(fewer), self.instance(), &|set| {
                has(set) <= now.saturating_sub(1)
            });
        }
    }

    fn mentors(&self) {
        for j in 0..self.instance().mentors.len() {
            let has = |set: &Pairs| set.iter().filter(|pair| pair.1 == j).count();
            let now = has(&pairs_of(&self.solution.assignment));
            let fewer = self.sensitivity.one_mentee_fewer(mentor(j)).unwrap();
            self.check(Some(fewer), self.instance(), &|set| {
                has(set) <= now.saturating_sub(1)
            });
            let more = self.sensitivity.one_place_more(mentor(j)).unwrap();
            let mut wider = self.instance().clone();
            wider.mentors.max[j] = wider.mentors.max[j].saturating_add(1);
            self.check(Some(more), &wider, &|_| true);
        }
    }

    fn place_prices(&self) {
        let prices = self.sensitivity.place_prices();
        let (n, m) = (self.problem.mentees(), self.problem.mentors());
        assert_eq!((prices.mentees.len(), prices.mentors.len()), (n, m));
        for (i, price) in prices.mentees.iter().enumerate() {
            self.place_price(price, |instance| &mut instance.mentees.max[i]);
        }
        for (j, price) in prices.mentors.iter().enumerate() {
            self.place_price(price, |instance| &mut instance.mentors.max[j]);
        }
    }

    fn place_price(&self, price: &PlacePrice, max_of: impl Fn(&mut Instance) -> &mut u32) {
        let mut changed = self.instance().clone();
        let max = *max_of(&mut changed);
        *max_of(&mut changed) = max.saturating_add(1);
        let best = self.sets.best_within(&changed, &|_| true).unwrap();
        assert_eq!(
            price.gain,
            self.change(&best),
            "gain, {:?}",
            self.instance()
        );
        assert_eq!(price.loss.is_some(), max > 0);
        if let Some(loss) = &price.loss {
            *max_of(&mut changed) = max - 1;
            let best = self.sets.best_within(&changed, &|_| true).unwrap();
            let change: Vec<_> = loss.iter().map(|number| -number).collect();
            assert_eq!(change, self.change(&best), "loss, {:?}", self.instance());
        }
    }

    fn margins(&self) {
        let margins = self.sensitivity.margins();
        let pairs = pairs_of(&self.solution.assignment);
        assert_eq!(margins.len(), pairs.len());
        for (pair, margin) in pairs.iter().zip(margins) {
            let best = self.sets.best(&|set| !set.contains(pair)).unwrap();
            let change: Vec<_> = margin.iter().map(|number| -number).collect();
            assert_eq!(change, self.change(&best));
        }
    }

    /// The closest calls are the first of all margins, in order.
    fn closest_calls(&self) {
        let pairs = self.solution.assignment.pairs();
        let mut all: Vec<_> = pairs.zip(self.sensitivity.margins()).collect();
        all.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        for count in 0..=all.len() + 1 {
            let expected = &all[..count.min(all.len())];
            assert_eq!(self.sensitivity.closest_calls(count), expected);
        }
    }

    /// By the levels before those that break ties.
    fn firmness(&self) {
        let firmness = self.sensitivity.firmness();
        let levels = self.sensitivity.levels();
        let objectives = levels.len();
        let best = &self.solution.value[..objectives];
        let instance = self.instance();
        let optimal = self.sets.sets.iter().filter(|(set, value)| {
            let (mentees, mentors) = instance.loads(set);
            value[..objectives] == *best
                && instance.mentees.is_within_maxima(&mentees)
                && instance.mentors.is_within_maxima(&mentors)
                && instance.has_distinct_kinds(set)
        });
        let optimal: Vec<_> = optimal.map(|(set, _)| set).collect();
        for (i, j) in self.pairs() {
            let among = optimal.iter().filter(|set| set.contains(&(i, j))).count();
            let expected = match among {
                0 => Standing::Impossible,
                all if all == optimal.len() => Standing::Firm,
                _ => Standing::Possible,
            };
            let found = firmness.standing(mentee(i), mentor(j));
            assert_eq!(found, expected, "{i}, {j}: {instance:?} {levels:?}");
        }
    }
}

fn mentee(index: usize) -> MenteeIdx {
    MenteeIdx::new(u32::try_from(index).unwrap())
}

fn mentor(index: usize) -> MentorIdx {
    MentorIdx::new(u32::try_from(index).unwrap())
}

/// Judges an instance through one of the doors, by one of the methods.
fn judge(instance: &Instance, levels: &[Level], turn: usize) {
    let tie_break = [TieBreak::Fast, TieBreak::Canonical][turn / 3 % 2].clone();
    let method = [Method::Auto, Method::MinCostFlow][turn / 6 % 2];
    let options = SolveOptions::new(levels.to_vec());
    let options = options.tie_break(tie_break).method(method);
    let absent = instance.unused_score();
    let row = |mentee: MenteeIdx, scores: &mut [i32]| {
        for (score, given) in scores.iter_mut().zip(&instance.scores[mentee.index()]) {
            *score = given.unwrap_or(absent);
        }
    };
    let rows = instance.rows();
    let problem = match turn % 3 {
        0 => instance.dense(),
        1 => instance.sparse(&rows),
        _ => instance.on_demand(&row, i32::MIN..=i32::MAX, Some(absent)),
    };
    let solution = solve(&problem, &options).unwrap();
    Judge::new(&problem, &solution, instance).all();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_answer_is_that_of_trying_everything(
        (instance, levels) in generate::instance_and_levels(TINY),
        turn in 0usize..12,
    ) {
        judge(&instance, &levels, turn);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn so_it_is_where_chains_are_longer(
        (instance, levels) in generate::instance_and_levels(Shape {
            mentees: 4, mentors: 3, general: true
        }),
        turn in 0usize..12,
    ) {
        judge(&instance, &levels, turn);
    }
}

/// Several mentors a mentee, so that a chain may pass by one of a kind.
#[test]
fn mentors_of_kinds_are_answered() {
    let mut random = Random::new(16);
    for turn in 0..500 {
        let case = Case::of_size(&mut random, Family::Kinds, (2 + turn % 2, 5 - turn % 2));
        judge(&case.instance, &case.levels, turn);
    }
}

#[test]
fn every_family_of_problems_is_answered() {
    let mut random = Random::new(6);
    for turn in 0..1200 {
        let family = EVERY_FAMILY[turn % EVERY_FAMILY.len()];
        let case = Case::draw(&mut random, family, (3, 3));
        judge(&case.instance, &case.levels, turn / EVERY_FAMILY.len());
    }
}

/// The mentees who are left out of every legal assignment of this one's size or have to make way, by definition.
fn is_short(instance: &Instance, set: &[usize]) -> bool {
    let may_have = |j: usize| set.iter().any(|&i| instance.scores[i][j].is_some());
    let mentors = (0..instance.mentors.len()).filter(|&j| may_have(j));
    let places: u64 = mentors.map(|j| u64::from(instance.mentors.max[j])).sum();
    (set.len() as u64) > places
}

#[test]
fn the_competition_is_the_smallest_set_with_too_few_places() {
    let mut random = Random::new(7);
    let mut seen = 0;
    for _ in 0..600 {
        let instance = scarce(&mut random);
        let problem = instance.dense();
        let options = SolveOptions::new([Level::Participation, Level::TotalScore]);
        let solution = solve(&problem, &options).unwrap();
        let sensitivity = Sensitivity::new(&problem, &solution).unwrap();
        for i in 0..instance.mentees.len() {
            let competition = sensitivity.competition(mentee(i)).unwrap();
            let is_matched = !solution.assignment.mentors_of(mentee(i)).is_empty();
            assert_eq!(
                competition.is_none(),
                is_matched,
                "with participation first"
            );
            let Some(competition) = competition else {
                continue;
            };
            let set: Vec<_> = competition.mentees.iter().map(|one| one.index()).collect();
            assert!(set.contains(&i) && is_short(&instance, &set));
            assert_eq!(competition.places + 1, set.len() as u64);
            for left_out in &set {
                let rest: Vec<_> = set.iter().copied().filter(|one| one != left_out).collect();
                assert!(!is_short(&instance, &rest), "{instance:?}: {set:?}");
            }
            seen += 1;
        }
    }
    assert!(seen > 300, "{seen}");
}

/// A mentee may be left out because her pairs are worth less than nothing.
#[test]
fn nobody_competes_where_a_mentor_has_room() {
    let problem = Problem::dense(2, 2, vec![-5, -5, 9, 8], None).unwrap();
    let solution = solve(&problem, &SolveOptions::new([Level::TotalScore])).unwrap();
    let sensitivity = Sensitivity::new(&problem, &solution).unwrap();
    assert_eq!(pairs_of(&solution.assignment), [(1, 0)]);
    assert_eq!(sensitivity.competition(mentee(0)).unwrap(), None);
}

/// Up to seven mentees who want one mentor each, and few places.
fn scarce(random: &mut Random) -> Instance {
    let (n, m) = (2 + random.below(6) as usize, 1 + random.below(4) as usize);
    let mut score = || (random.below(3) > 0).then(|| random.between(0, 9));
    let scores = (0..n).map(|_| (0..m).map(|_| score()).collect()).collect();
    let capacities = (0..m).map(|_| random.below(3)).collect();
    Instance::one_to_one(m, scores).with_capacities(capacities)
}

/// With people enough for chains of many moves, and for rows that are read in blocks.
#[test]
fn long_chains_are_worth_what_another_solve_says() {
    let mut random = Random::new(8);
    for turn in 0..12 {
        let (n, m, least, scores) =
            [(60, 20, 2, 1000), (90, 150, 0, 9), (70, 130, 0, i32::MAX)][turn % 3];
        let mut score = || Some(random.between(0, scores));
        let scores = (0..n).map(|_| (0..m).map(|_| score()).collect()).collect();
        let capacities = (0..m).map(|_| least + random.below(2)).collect();
        let instance = Instance::one_to_one(m, scores).with_capacities(capacities);
        let levels = [Level::Participation, Level::TotalScore];
        let levels = &levels[turn / 3 % 2..];
        let problem = instance.dense();
        let solution = solve(&problem, &SolveOptions::new(levels.to_vec())).unwrap();
        let sensitivity = Sensitivity::new(&problem, &solution).unwrap();
        for _ in 0..25 {
            let (i, j) = (random.below(60) as usize, random.below(20) as usize);
            if instance.mentors.max[j] > 0 {
                forced_again((&instance, levels), (&solution, &sensitivity), (i, j));
            }
        }
        places_again((&instance, levels), (&solution, &sensitivity));
        margins_again(&solution, &sensitivity);
    }
}

/// Margins within bounds are those of searches without any.
fn margins_again(solution: &Solution, sensitivity: &Sensitivity<'_>) {
    let pairs = solution.assignment.pairs();
    let margins = sensitivity.margins();
    for ((mentee, mentor), margin) in pairs.zip(&margins) {
        let change = sensitivity.forbidden(mentee, mentor).unwrap().change;
        let fallen: Vec<_> = change.iter().map(|number| -number).collect();
        assert_eq!(*margin, fallen);
    }
    let mut sorted = margins.clone();
    sorted.sort_unstable();
    let closest = sensitivity.closest_calls(10).into_iter();
    let closest: Vec<_> = closest.map(|(_, margin)| margin).collect();
    assert_eq!(closest, sorted[..10.min(sorted.len())]);
}

/// Solves once more where the pair cannot be avoided.
fn forced_again(
    (instance, levels): (&Instance, &[Level]),
    (solution, sensitivity): (&Solution, &Sensitivity<'_>),
    (i, j): (usize, usize),
) {
    let found = sensitivity.forced(mentee(i), mentor(j)).unwrap().unwrap();
    let mut only = instance.clone();
    for (other, score) in only.scores[i].iter_mut().enumerate() {
        *score = score.filter(|_| other == j);
    }
    only.mentees.min[i] = 1;
    let again = solve(&only.dense(), &SolveOptions::new(levels.to_vec())).unwrap();
    assert_eq!(again.value[0], 1, "the pair is chosen");
    let expected = again.value[1..].iter().zip(&solution.value);
    let expected: Vec<_> = expected.map(|(again, value)| again - value).collect();
    assert_eq!(found.change, expected);
    let moved = pairs_of(&found.applied_to(&solution.assignment));
    instance.assert_legal(&moved);
    assert!(moved.contains(&(i, j)));
    assert_eq!(instance.value(&moved, levels), again.value[1..]);
}

/// Solves once more with a place more and a place fewer, at every seventh mentor.
fn places_again(
    (instance, levels): (&Instance, &[Level]),
    (solution, sensitivity): (&Solution, &Sensitivity<'_>),
) {
    let prices = sensitivity.place_prices().mentors;
    let options = SolveOptions::new(levels.to_vec());
    for (j, price) in prices.iter().enumerate().step_by(7) {
        let with = |places: u32| {
            let mut changed = instance.clone();
            changed.mentors.max[j] = places;
            let again = solve(&changed.dense(), &options).unwrap().value;
            let differences = again.iter().zip(&solution.value);
            differences
                .map(|(again, value)| again - value)
                .collect::<Vec<_>>()
        };
        let places = instance.mentors.max[j];
        assert_eq!(price.gain, with(places + 1));
        if let Some(loss) = &price.loss {
            let change: Vec<_> = loss.iter().map(|number| -number).collect();
            assert_eq!(change, with(places - 1));
        }
    }
}

#[test]
fn what_is_not_there_or_not_proved_is_refused() {
    let problem = Problem::dense(2, 2, vec![9, 8, 7, -1], Some(-1)).unwrap();
    let options = SolveOptions::new([Level::TotalScore]);
    let solution = solve(&problem, &options).unwrap();
    let sensitivity = Sensitivity::new(&problem, &solution).unwrap();
    let refused = |refused: Result<WhatIf, SensitivityError>| refused.unwrap_err();
    let (nobody, no_mentor) = (mentee(2), mentor(2));
    let no_mentee = SensitivityError::NoMentee(nobody);
    assert_eq!(refused(sensitivity.forbidden(nobody, mentor(0))), no_mentee);
    assert_eq!(refused(sensitivity.one_mentor_fewer(nobody)), no_mentee);
    assert_eq!(sensitivity.competition(nobody).unwrap_err(), no_mentee);
    let missing = SensitivityError::NoMentor(no_mentor);
    assert_eq!(refused(sensitivity.one_place_more(no_mentor)), missing);
    assert_eq!(
        sensitivity.forced(mentee(0), no_mentor).unwrap_err(),
        missing
    );

    // One optimum of another problem is no optimum of this one.
    let other = Problem::dense(2, 2, vec![90, 8, 7, -1], Some(-1)).unwrap();
    let refused = Sensitivity::new(&other, &solution).unwrap_err();
    assert!(
        matches!(refused, SensitivityError::NotProved(_)),
        "{refused}"
    );
}

#[test]
fn a_solution_that_was_stopped_early_is_refused() {
    let problem = Problem::dense(2, 2, vec![9, 8, 7, 1], None).unwrap();
    let mut hooks = Hooks::default();
    hooks.work_limit = Some(0);
    let options = SolveOptions::new([Level::TotalScore]).hooks(hooks);
    let solution = solve(&problem, &options).unwrap();
    let refused = Sensitivity::new(&problem, &solution).unwrap_err();
    assert_eq!(refused, SensitivityError::NotOptimal { level: 0 });
}

/// A twin is worth what another solve with one more column says.
#[test]
fn twins_are_worth_what_one_more_column_adds() {
    let mut random = Random::new(9);
    for turn in 0..900 {
        let (n, m) = (1 + random.below(5) as usize, 1 + random.below(4) as usize);
        let mut score = || (random.below(4) > 0).then(|| random.between(-2, 9));
        let scores: Vec<Vec<_>> = (0..n).map(|_| (0..m).map(|_| score()).collect()).collect();
        let capacities: Vec<_> = (0..m).map(|_| random.below(3)).collect();
        let minima: Vec<_> = capacities
            .iter()
            .map(|&max| random.below(max + 1))
            .collect();
        let demands: Vec<_> = (0..n).map(|_| 1 + random.below(2)).collect();
        let lists: Vec<Vec<i64>> = (0..m)
            .map(|_| {
                let first = i64::from(random.between(0, 2));
                vec![first, first - i64::from(random.below(3))]
            })
            .collect();
        // A newcomer is of the kind of her twin.
        let kinds: Vec<Option<u32>> = (0..m)
            .map(|_| Some(random.below(4)).filter(|&kind| kind < 3 && turn % 2 == 1))
            .collect();
        // So is he in her group.
        let group_of: Vec<Option<u32>> = (0..m)
            .map(|_| Some(random.below(3)).filter(|&group| group < 2 && turn % 3 == 1))
            .collect();
        let max: Vec<u32> = (0..2).map(|_| random.below(4)).collect();
        let solved = |column: Option<usize>| {
            let with = |own: &[u32], last: u32| {
                own.iter()
                    .copied()
                    .chain(column.map(|_| last))
                    .collect::<Vec<_>>()
            };
            let rows = scores.iter();
            let rows = rows.map(|row| row.iter().copied().chain(column.map(|j| row[j])).collect());
            let mut instance =
                Instance::one_to_one(m + usize::from(column.is_some()), rows.collect())
                    .with_capacities(with(&capacities, 1));
            instance.mentors.min = with(&minima, 0);
            instance.mentees.max = demands.clone();
            let own = kinds.iter().copied();
            instance.kinds = own.chain(column.map(|j| kinds[j])).collect();
            let own = group_of.iter().copied();
            instance.mentors.groups = (turn % 3 == 1).then(|| Forest {
                group_of: own.chain(column.map(|j| group_of[j])).collect(),
                parent: vec![None; 2],
                min: vec![0; 2],
                max: max.clone(),
            });
            let lists = lists.iter().chain(column.map(|j| &lists[j]));
            let places = Level::Places {
                mentees: None,
                mentors: Some(PlaceValues::new(lists).unwrap()),
            };
            let levels = match turn % 4 {
                0 => vec![Level::TotalScore],
                1 => vec![Level::Minimums, Level::Participation, Level::TotalScore],
                2 => vec![Level::Minimums, places, Level::TotalScore],
                _ => vec![Level::Pairs, places, Level::Participation],
            };
            (instance, levels)
        };
        let (instance, levels) = solved(None);
        let (problem, options) = (instance.dense(), SolveOptions::new(levels));
        let solution = solve(&problem, &options).unwrap();
        let twins = Sensitivity::new(&problem, &solution).unwrap().twins();
        for (j, gain) in twins.iter().enumerate() {
            let (wider, levels) = solved(Some(j));
            let again = solve(&wider.dense(), &SolveOptions::new(levels)).unwrap();
            let rise = again.value.iter().zip(&solution.value);
            let rise: Vec<_> = rise.map(|(again, value)| again - value).collect();
            assert_eq!(*gain, rise, "{instance:?}, mentor {j}");
        }
    }
}
