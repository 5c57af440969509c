//! How far weights can move where scores are no lines: against every matching, at weights all along each range.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeSet;

use common::random::Random;
use mentormatch::{
    Balance, Cohort, CustomCriterion, Engine, Field, MissingPolicy, Objective, Profile, Programme,
    ProgrammeError, RangeEnd, RuleKind, Same, Score, ScoreBelow, StatedRule, View,
    WeighedCriterion, Weight, WeightRange,
};

const NAMES: [&str; 3] = ["a", "b", "c"];

/// A criterion with drawn answers, by mentee and mentor.
struct Drawn {
    weight: u32,
    view: View,
    missing: MissingPolicy,
    answers: Vec<Vec<Option<u32>>>,
}

/// A tiny programme of any kind, and its people.
struct Case {
    criteria: Vec<Drawn>,
    balance: Balance,
    emphasis: Option<u8>,
    /// By mentee, then by mentor: what each says is most important.
    important: [Vec<Option<usize>>; 2],
    /// By mentor.
    places: Vec<u32>,
    /// Pairs that a preferred rule is against, and what that costs.
    against: (BTreeSet<(usize, usize)>, u32),
    floor: u32,
    /// By mentee: her own floor.
    floors: Vec<u32>,
    counts_first: bool,
}

fn score(ppm: u32) -> Score {
    Score::from_ppm_saturating(ppm)
}

fn is_of(view: View, side: usize) -> bool {
    view == View::Both || view == [View::Mentee, View::Mentor][side]
}

impl Case {
    fn draw(random: &mut Random, turn: u32) -> Self {
        let (n, m) = (1 + random.below(4), 1 + random.below(3));
        let grain = if turn.is_multiple_of(3) { 4 } else { 97 };
        let is_two_sided = random.below(3) > 0;
        let criteria = (0..3).map(|at| {
            let mut answer = || {
                let is_missing = random.below(6) == 0;
                (!is_missing).then_some(1_000_000 / grain * random.below(grain + 1))
            };
            let answers = (0..n).map(|_| (0..m).map(|_| answer()).collect()).collect();
            let view = match random.below(4) {
                1 if is_two_sided && at != 0 => View::Mentee,
                2 if is_two_sided && at != 0 => View::Mentor,
                _ => View::Both,
            };
            let missing = match random.below(4) {
                0 => MissingPolicy::Renormalise,
                1 => MissingPolicy::Neutral(score(300_000)),
                _ => MissingPolicy::Zero,
            };
            Drawn {
                weight: 1 + random.below(6),
                view,
                missing,
                answers,
            }
        });
        let criteria = criteria.collect();
        let mut important = |people: u32| -> Vec<_> {
            let own = |random: &mut Random| random.below(4) as usize;
            let drawn = (0..people).map(|_| own(random));
            drawn.map(|at| (at < 3).then_some(at)).collect()
        };
        let important = [important(n), important(m)];
        let pairs = (0..n as usize).flat_map(|i| (0..m as usize).map(move |j| (i, j)));
        Self {
            criteria,
            balance: [
                Balance::Mean(score(600_000)),
                Balance::Minimum,
                Balance::Geometric,
            ][random.below(3) as usize],
            emphasis: (random.below(2) == 0).then_some(2),
            important,
            places: (0..m).map(|_| 1 + random.below(2)).collect(),
            against: (
                pairs.filter(|_| random.below(4) == 0).collect(),
                [0, 50_000, 400_000][random.below(3) as usize],
            ),
            floor: [0, 0, 300_000][random.below(3) as usize],
            floors: (0..n).map(|_| 100_000 * random.below(4)).collect(),
            counts_first: random.below(3) > 0,
        }
    }

    fn cohort(&self) -> Cohort {
        let with = |id: String, important: Option<usize>| {
            let mut own = Profile::new(id);
            own.most_important = important.map(|at| NAMES[at].into());
            own
        };
        let mentees = self.important[0].iter().zip(&self.floors).enumerate();
        let mentees = mentees.map(|(at, (&important, &floor))| {
            let mut own = with(format!("e{at}"), important);
            own.minimum_score = (floor > 0).then_some(score(floor));
            own.mentee()
        });
        let mentors = self.important[1].iter().zip(&self.places).enumerate();
        let mentors = mentors
            .map(|(at, (&important, &places))| with(format!("r{at}"), important).mentor(places));
        Cohort::new(mentors, mentees).unwrap()
    }

    fn programme(&self) -> Programme {
        let stated = self.criteria[0].weight.try_into().unwrap();
        self.with_weight(0, stated).unwrap()
    }

    /// The programme with another weight for one criterion.
    fn with_weight(&self, moving: usize, weight: Weight) -> Result<Programme, ProgrammeError> {
        let at = |id: &str| id[1..].parse::<usize>().unwrap();
        let mut builder = Programme::builder().balance(self.balance);
        for (number, (own, name)) in self.criteria.iter().zip(NAMES).enumerate() {
            let answers = own.answers.clone();
            let criterion = CustomCriterion::pairwise(name, 1, move |mentee, mentor| {
                let at = (
                    at(mentee.profile.id.as_str()),
                    at(mentor.profile.id.as_str()),
                );
                Some(f64::from(answers[at.0][at.1]?) / 1e6)
            });
            builder = builder.criterion(WeighedCriterion {
                name: name.into(),
                weight: match number == moving {
                    true => weight,
                    false => own.weight.try_into().unwrap(),
                },
                criterion: criterion.into(),
                missing: own.missing,
                view: own.view,
            });
        }
        if let Some(emphasis) = self.emphasis {
            builder = builder.emphasis(emphasis);
        }
        if self.floor > 0 {
            builder = builder.forbid(ScoreBelow::new(score(self.floor)));
        }
        let (against, cost) = self.against.clone();
        if cost > 0 {
            let forbid = RuleKind::pairwise("against", 1, move |mentee, mentor| {
                let pair = (
                    at(mentee.profile.id.as_str()),
                    at(mentor.profile.id.as_str()),
                );
                against.contains(&pair)
            });
            builder = builder.rule(StatedRule {
                name: "against".into(),
                forbid,
                cost: Some(score(cost)),
            });
        }
        let objectives: &[Objective] = match self.counts_first {
            true => &[Objective::Participation, Objective::TotalScore],
            false => &[Objective::TotalScore],
        };
        builder.objectives(objectives.to_vec()).build()
    }

    /// One side's view of a pair in parts per million, unrounded, the weight of one criterion times something.
    fn view(&self, side: usize, (i, j): (usize, usize), (moving, times): (usize, f64)) -> f64 {
        let important = self.important[side][[i, j][side]];
        let (mut points, mut all) = (0.0, 0.0);
        for (at, own) in self.criteria.iter().enumerate() {
            let counted = match (own.answers[i][j], own.missing) {
                (Some(answer), _) => f64::from(answer),
                (None, MissingPolicy::Neutral(neutral)) => f64::from(neutral.ppm()),
                (None, MissingPolicy::Zero) => 0.0,
                _ => continue,
            };
            if !is_of(own.view, side) {
                continue;
            }
            let factor = self.emphasis.filter(|_| important == Some(at));
            let weight = f64::from(own.weight) * f64::from(factor.unwrap_or(1));
            let weight = weight * if at == moving { times } else { 1.0 };
            points += weight * counted;
            all += weight;
        }
        if all == 0.0 { 0.0 } else { points / all }
    }

    /// A pair's score; `None` if it is too low once it is rounded as a run rounds it, and an error where the oracle cannot
    /// tell how that is.
    fn score(&self, (i, j): (usize, usize), moved: (usize, f64)) -> Result<Option<f64>, ()> {
        let [e, r] = [0, 1].map(|side| self.view(side, (i, j), moved));
        let score = match self.balance {
            Balance::Mean(share) => f64::from(share.ppm()) / 1e6 * (e - r) + r,
            Balance::Minimum => e.min(r),
            _ => (e * r).sqrt(),
        };
        let is_against = self.against.0.contains(&(i, j));
        let cost = if is_against {
            f64::from(self.against.1)
        } else {
            0.0
        };
        let score = (score - cost).max(0.0);
        let floor = f64::from(self.floor.max(self.floors[i]));
        if [e, r].iter().any(|own| (own.fract() - 0.5).abs() < 1e-4) && floor > 0.0 {
            return Err(());
        }
        let rounded = [e, r].map(|own| Score::from_unit((own.round() / 1e6).min(1.0)).unwrap());
        let rounded = (self.balanced(rounded) - cost).max(0.0);
        Ok((rounded >= floor).then_some(score))
    }

    /// What a run makes of two views, in parts per million.
    fn balanced(&self, [e, r]: [Score; 2]) -> f64 {
        let [e, r] = [e, r].map(|own| u64::from(own.ppm()));
        let ppm = match self.balance {
            Balance::Mean(share) => {
                let share = u64::from(share.ppm());
                (share * e + (1_000_000 - share) * r + 500_000) / 1_000_000
            }
            Balance::Minimum => e.min(r),
            _ => (e * r).isqrt(),
        };
        f64::from(u32::try_from(ppm).unwrap())
    }

    /// By how much the best matching with a pair is short of the best without it: infinite if it has fewer pairs and those
    /// come first. `None` where the oracle cannot tell.
    fn short(&self, pair: (usize, usize), moved: (usize, f64)) -> Option<f64> {
        let row = |i| {
            (0..self.places.len())
                .map(move |j| self.score((i, j), moved))
                .collect()
        };
        let scores: Result<Vec<Vec<_>>, ()> = (0..self.floors.len()).map(row).collect();
        let mut best = [(f64::NEG_INFINITY, f64::NEG_INFINITY); 2];
        self.search(
            &scores.ok()?,
            pair,
            &mut best,
            &mut vec![None; self.floors.len()],
            0,
        );
        let [with, without] = best;
        Some(match with.0 - without.0 {
            more if more > 0.0 => f64::NEG_INFINITY,
            fewer if fewer < 0.0 => f64::INFINITY,
            _ => without.1 - with.1,
        })
    }

    fn search(
        &self,
        scores: &[Vec<Option<f64>>],
        pair: (usize, usize),
        best: &mut [(f64, f64); 2],
        chosen: &mut Vec<Option<usize>>,
        next: usize,
    ) {
        if next == chosen.len() {
            let pairs = chosen.iter().enumerate();
            let pairs: Vec<_> = pairs.filter_map(|(i, j)| Some((i, (*j)?))).collect();
            let total = pairs.iter().map(|&(i, j)| scores[i][j].unwrap()).sum();
            let count = if self.counts_first {
                f64::from(u32::try_from(pairs.len()).unwrap())
            } else {
                0.0
            };
            let own = &mut best[usize::from(!pairs.contains(&pair))];
            if (count, total) > *own {
                *own = (count, total);
            }
            return;
        }
        for j in (0..self.places.len()).map(Some).chain([None]) {
            let load = chosen[..next].iter().filter(|own| **own == j).count();
            let is_free =
                j.is_none_or(|j| scores[next][j].is_some() && load < self.places[j] as usize);
            if is_free {
                chosen[next] = j;
                self.search(scores, pair, best, chosen, next + 1);
            }
        }
        chosen[next] = None;
    }

    /// Both ends are weights that a programme takes, inside the range and as near its ends as it can tell.
    fn check_weights(&self, moving: usize, range: &WeightRange) {
        let stated = f64::from(self.criteria[moving].weight);
        let [from, to] = [range.from_weight, range.to_weight].map(Weight::as_f64);
        assert!(range.from * stated <= from + 1e-12 && to <= range.to * stated + 1e-12);
        assert!(from - range.from * stated < 1e-6 && range.to * stated - to < 1e-6);
        for weight in [range.from_weight, range.to_weight] {
            let text = weight.to_string();
            assert_eq!(
                text.parse::<Weight>(),
                Ok(weight),
                "no finer than a weight can be"
            );
            self.with_weight(moving, weight).unwrap();
        }
    }

    /// All along a range the pair is as good as the best; where it changes it is not.
    fn check(&self, pair: (usize, usize), moving: usize, range: &WeightRange) -> [usize; 2] {
        let most = f64::from(u32::try_from(range.tolerance_ppm).unwrap()) + 1e-3;
        let mut asked = 0;
        for part in 0..=200 {
            let times = range.from + (range.to - range.from) * f64::from(part) / 200.0;
            let Some(short) = self.short(pair, (moving, times)) else {
                continue;
            };
            asked += 1;
            assert!(short <= most, "{short} at {times}: {range:?}");
        }
        let mut changes = 0;
        for end in [range.below, range.above] {
            let (RangeEnd::Changes(times) | RangeEnd::ChangesBy(times)) = end else {
                continue;
            };
            changes += 1;
            if let Some(short) = self.short(pair, (moving, times)) {
                assert!(short > most - 2e-3, "{short} at {times}: {range:?}");
            }
        }
        [asked, changes]
    }
}

/// A case that was once called open: a criterion that counts for next to nothing has far to go.
#[test]
fn a_small_weight_is_moved_as_far_as_all_others_together() {
    let ana = Profile::new("ana").offer("rust", 4).site("Porto").mentor(1);
    let eve = Profile::new("eve").site("Lima").mentor(1);
    let boris = Profile::new("boris").need("rust", 4).site("Lima").mentee();
    // Ana has the skill and eve the site: they are equally good when the site counts for a third of the skill.
    let third = Score::from_ppm_saturating(333_333);
    for weights in [[999_999, 1], [2_000, 1]] {
        let cohort = Cohort::new([ana.clone(), eve.clone()], [boris.clone()]).unwrap();
        let fit = CustomCriterion::pairwise("fit", 1, move |_, mentor| {
            Some(if mentor.profile.id.as_str() == "ana" {
                third.percent() / 100.0
            } else {
                0.0
            })
        });
        let programme = Programme::builder()
            .weigh(weights[0], fit)
            .weigh(weights[1], Same::new(Field::Site))
            .build()
            .unwrap();
        let outcome = Engine::new(programme).run(&cohort).unwrap();
        let range = outcome.weight_range("boris", "ana", "same:site", None);
        let range = range.unwrap().unwrap(); // they are a pair
        let turns = f64::from(weights[0]) / f64::from(weights[1]) / 3.0;
        assert!((range.to / turns - 1.0).abs() < 0.01, "{range:?}");
        assert_ne!(range.above, RangeEnd::Open);
    }
}

fn at(id: &str) -> usize {
    id[1..].parse().unwrap()
}

#[test]
fn a_pair_stays_at_every_weight_of_its_range_whatever_the_programme() {
    let mut random = Random::new(91);
    let (mut ranges, mut asked, mut changes, mut undecided, mut brackets) = (0, 0, 0, 0, 0);
    for turn in 0..150 {
        let case = Case::draw(&mut random, turn);
        let outcome = Engine::new(case.programme()).run(&case.cohort()).unwrap();
        for pair in &outcome.matching().pairs {
            let (mentee, mentor) = (pair.mentee.as_str(), pair.mentor.as_str());
            let Some(found) = outcome.weight_ranges(mentee, mentor, None).unwrap() else {
                let today = case.short((at(mentee), at(mentor)), (0, 1.0));
                assert!(today.is_none_or(|short| short > 1e-6), "{today:?}");
                continue;
            };
            for (moving, range) in found.iter().enumerate() {
                assert_eq!(range.criterion, NAMES[moving]);
                assert!(range.from <= 1.0 && range.to >= 1.0);
                case.check_weights(moving, range);
                let seen = case.check((at(mentee), at(mentor)), moving, range);
                asked += seen[0];
                changes += seen[1];
                let ends = [range.below, range.above];
                let unknown = ends
                    .iter()
                    .filter(|end| matches!(end, RangeEnd::Undecided(_)));
                undecided += unknown.count();
                let bracket = |end: &&RangeEnd| matches!(end, RangeEnd::ChangesBy(_));
                brackets += ends.iter().filter(bracket).count();
                ranges += 1;
            }
        }
    }
    assert!(
        ranges > 400 && asked > 100_000 && changes > 100,
        "{ranges} {asked} {changes}"
    );
    assert!(undecided * 50 < ranges, "{undecided} of {ranges}");
    assert!(brackets > 10, "{brackets}");
}
