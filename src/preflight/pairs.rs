//! The one pass over pairs: what every rule forbids and every criterion answers, by pair, mentee and
//! mentor.
//!
//! Only sums leave the pass, so that neither threads nor the order of people change them. Where there
//! are too many pairs, the first mentees of the dense order are looked at: that order follows a
//! seeded hash of the ids, so they are a random sample, and the same one for the same people and
//! seed. Criteria, which cost the most, are asked of fewer still where pairs are very many: people
//! nobody can be paired with are all to be found, whereas a few million pairs show what criteria say.

use std::sync::atomic::{AtomicU64, Ordering};

use super::likeness::Likeness;
use super::options::{CheckError, CheckOptions};
use crate::ids::{MenteeIdx, MentorIdx};
use crate::parallel::{self, Extent};
use crate::participant::Cohort;
use crate::programme::{MissingPolicy, Programme};
use crate::score::Score;
use crate::scoring::{Scorer, ScoringError, Survey};
use crate::solver::{CancelToken, Progress, Stage};

/// About this many pairs are enough to see which criteria say the same.
const PAIRS_COMPARED: usize = 1 << 18;

/// Mentees are looked at in so many tasks, each with counters for every mentor.
const TASKS: usize = 32;

/// Stands for a criterion that is left out of a pair's mean.
const LEFT_OUT: u32 = u32::MAX;

/// What the pass counted, over pairs of people who take part.
pub(super) struct Counted {
    pub(super) mentees: u32,
    pub(super) pairs: u64,
    pub(super) allowed: u64,
    /// By [`Scorer::refusals`]: forbidden pairs, and those that nothing else forbids.
    pub(super) forbids: Vec<(u64, u64)>,
    /// By preferred rule: allowed pairs that are against it.
    pub(super) against: Vec<u64>,
    /// Allowed pairs that the criteria were asked of.
    pub(super) answered: u64,
    /// By criterion of the programme, of these pairs.
    pub(super) answers: Vec<Answers>,
    /// Mentees without an allowed mentor, or without one who has places.
    pub(super) stranded: Vec<Stranded<MenteeIdx>>,
    by_mentor: ByMentor,
    pub(super) likeness: Likeness,
}

/// What a criterion says of the allowed pairs.
#[derive(Clone, Copy)]
pub(super) struct Answers {
    pub(super) unanswered: u64,
    low: u32,  // the least it counts, LEFT_OUT included
    high: u32, // the most it counts
}

/// Somebody without an allowed partner who has places.
pub(super) struct Stranded<P> {
    pub(super) person: P,
    pub(super) allowed: u32,
    /// As [`Counted::forbids`], among this person's partners; empty if any is allowed.
    pub(super) barriers: Vec<(u32, u32)>,
}

/// Counts for every mentor.
#[derive(Clone)]
struct ByMentor {
    mentors: usize,
    forbids: Vec<u32>,   // by refusal, then by mentor
    alone: Vec<u32>,     // likewise: forbidden by nothing else
    allowed: Vec<u32>,   // by mentor
    with_room: Vec<u32>, // by mentor: allowed mentees who want somebody
}

/// What is looked at.
struct Look<'a> {
    scorer: &'a Scorer,
    cohort: &'a Cohort,
    preferences: usize,
    missing: Vec<MissingPolicy>, // by criterion
    mentees: Vec<MenteeIdx>,
    asked: usize,          // how many of them criteria are asked of: the first
    takes_part: Vec<bool>, // by mentor
    has_room: Vec<bool>,   // by mentor, of those who take part
    stride: usize,         // of the pairs whose criteria are compared
}

#[derive(Default)]
struct Scratch {
    survey: Survey,
    hits: Vec<u32>,    // by mentor: how many forbid the pair
    sole: Vec<u32>, // by mentor: the sum of their positions, which is the position of a single one
    allowed: Vec<u32>, // by mentor: 1 for a pair that is allowed, 0 for others
    compared: Vec<Option<u32>>,
}

/// Looks at all pairs, or at as many as the options allow.
pub(super) fn count(
    programme: &Programme,
    scorer: &Scorer,
    cohort: &Cohort,
    options: &CheckOptions,
) -> Result<Counted, CheckError> {
    let look = Look::new(programme, scorer, cohort, options);
    let (done, total) = (AtomicU64::new(0), look.mentees.len() as u64);
    let goes_on = || {
        if let Some(progress) = &options.progress {
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress(Progress::new(Stage::Scoring, done, total));
        }
        !is_cancelled(options)
    };
    let each = look.mentees.len().div_ceil(TASKS).max(1);
    let tasks: Vec<_> = look.mentees.chunks(each).collect();
    let extent = Extent {
        rows: tasks.len(),
        columns: each.saturating_mul(cohort.mentors().len()),
    };
    let counted = parallel::map(extent, Scratch::default, |scratch, task| {
        look.count(tasks[task], task * each, scratch, &goes_on)
    });
    let mut sum = look.nothing();
    for counted in counted {
        sum.merge(counted?.ok_or(CheckError::Cancelled)?);
    }
    if is_cancelled(options) {
        return Err(CheckError::Cancelled); // even where there was nothing to look at
    }
    Ok(sum)
}

fn is_cancelled(options: &CheckOptions) -> bool {
    options
        .cancel
        .as_ref()
        .is_some_and(CancelToken::is_cancelled)
}

impl<'a> Look<'a> {
    fn new(
        programme: &Programme,
        scorer: &'a Scorer,
        cohort: &'a Cohort,
        options: &CheckOptions,
    ) -> Self {
        let mentors = cohort.mentors();
        let takes_part: Vec<bool> = (mentors.iter())
            .map(|mentor| mentor.profile.status.is_active())
            .collect();
        let width = takes_part.iter().filter(|&&active| active).count();
        let rows = |pairs| (usize::try_from(pairs).unwrap_or(usize::MAX) / width.max(1)).max(1);
        let people = cohort.mentees();
        let mentees: Vec<_> = MenteeIdx::all(people.len())
            .filter(|&mentee| people[mentee].profile.status.is_active())
            .take(rows(options.most_pairs))
            .collect();
        let asked = mentees.len().min(rows(options.most_answers));
        let stride = asked.saturating_mul(width).div_ceil(PAIRS_COMPARED).max(1);
        let has_room = (mentors.iter()).map(|mentor| mentor.capacity.max > 0);
        Self {
            scorer,
            cohort,
            preferences: programme.preferences().count(),
            missing: programme.criteria().iter().map(|own| own.missing).collect(),
            has_room: has_room.collect(),
            mentees,
            asked,
            takes_part,
            stride,
        }
    }

    fn nothing(&self) -> Counted {
        let (refusals, mentors) = (self.scorer.refusals().len(), self.takes_part.len());
        Counted {
            mentees: 0,
            pairs: 0,
            allowed: 0,
            forbids: vec![(0, 0); refusals],
            against: vec![0; self.preferences],
            answered: 0,
            answers: vec![Answers::NONE; self.missing.len()],
            stranded: Vec::new(),
            by_mentor: ByMentor::new(mentors, refusals),
            likeness: Likeness::of(self.missing.len()),
        }
    }

    /// Some of the mentees, of which the first is the `first` of all; `None` if nobody waits any more.
    fn count(
        &self,
        mentees: &[MenteeIdx],
        first: usize,
        scratch: &mut Scratch,
        goes_on: &(impl Fn() -> bool + Sync),
    ) -> Result<Option<Counted>, ScoringError> {
        let mut counted = self.nothing();
        for (at, &mentee) in mentees.iter().enumerate() {
            if !goes_on() {
                return Ok(None);
            }
            let asks = first + at < self.asked;
            self.scorer.survey_row(mentee, asks, &mut scratch.survey)?;
            self.count_rules(mentee, scratch, &mut counted);
            self.count_costs(scratch, &mut counted);
            if asks {
                self.count_answers(scratch, &mut counted);
                self.compare(first + at, scratch, &mut counted);
            }
        }
        Ok(Some(counted))
    }

    fn count_rules(&self, mentee: MenteeIdx, scratch: &mut Scratch, counted: &mut Counted) {
        let mentors = self.takes_part.len();
        scratch.hits.clear();
        scratch.hits.resize(mentors, 0);
        scratch.sole.clear();
        scratch.sole.resize(mentors, 0);
        let mut barriers = vec![(0, 0); counted.forbids.len()];
        for (at, verdicts) in (0_u32..).zip(&scratch.survey.verdicts) {
            let by_mentor = counted.by_mentor.forbids_mut(at);
            for mentor in 0..mentors {
                let hit = u32::from(verdicts[mentor] & self.takes_part[mentor]);
                scratch.hits[mentor] += hit;
                scratch.sole[mentor] += hit * at;
                by_mentor[mentor] += hit;
                barriers[at as usize].0 += hit;
            }
        }
        let wants = self.cohort.mentees()[mentee].demand.max > 0;
        let judged = scratch.hits.iter().zip(&self.takes_part);
        scratch.allowed.clear();
        (scratch.allowed).extend(judged.map(|(&hits, &there)| u32::from(hits == 0 && there)));
        let (mut allowed, mut with_room) = (0, 0);
        for mentor in (0..mentors).filter(|&mentor| self.takes_part[mentor]) {
            match scratch.hits[mentor] {
                0 => {
                    allowed += 1;
                    with_room += u32::from(self.has_room[mentor]);
                    counted.by_mentor.allowed[mentor] += 1;
                    counted.by_mentor.with_room[mentor] += u32::from(wants);
                }
                1 => {
                    let rule = scratch.sole[mentor];
                    barriers[rule as usize].1 += 1;
                    counted.by_mentor.alone_mut(rule)[mentor] += 1;
                }
                _ => {}
            }
            counted.pairs += 1;
        }
        counted.add_mentee(mentee, allowed, with_room, barriers);
    }

    /// Which of the allowed pairs are against preferred rules.
    fn count_costs(&self, scratch: &Scratch, counted: &mut Counted) {
        for (verdicts, sum) in scratch.survey.against.iter().zip(&mut counted.against) {
            let pairs = verdicts.iter().zip(&scratch.allowed);
            let against = pairs.map(|(&verdict, allowed)| u32::from(verdict) & allowed);
            *sum += u64::from(against.sum::<u32>());
        }
    }

    /// What the criteria say of the allowed pairs. Loops without branches, which the compiler
    /// vectorises; a criterion that is known to vary is not asked again whether it does.
    fn count_answers(&self, scratch: &Scratch, counted: &mut Counted) {
        counted.answered += u64::from(scratch.allowed.iter().sum::<u32>());
        let criteria = scratch.survey.answers.iter().zip(&self.missing);
        for ((answers, missing), counted) in criteria.zip(&mut counted.answers) {
            let pairs = || answers.iter().zip(&scratch.allowed);
            let silent = pairs().map(|(answer, allowed)| u32::from(answer.is_none()) & allowed);
            counted.unanswered += u64::from(silent.sum::<u32>());
            if counted.low < counted.high {
                continue;
            }
            let silence = missing.counted(None).map_or(LEFT_OUT, Score::ppm);
            for (answer, &allowed) in pairs() {
                let counts = answer.map_or(silence, Score::ppm);
                let (low, high) = match allowed {
                    0 => (LEFT_OUT, 0),
                    _ => (counts, counts),
                };
                counted.low = counted.low.min(low);
                counted.high = counted.high.max(high);
            }
        }
    }

    /// Compares the criteria over some of the mentee's allowed pairs: each mentee's start at another
    /// mentor.
    fn compare(&self, at: usize, scratch: &mut Scratch, counted: &mut Counted) {
        let start = (self.stride - at % self.stride) % self.stride;
        for mentor in (start..self.takes_part.len()).step_by(self.stride) {
            if scratch.allowed[mentor] == 1 {
                let answers = scratch.survey.answers.iter();
                scratch.compared.clear();
                (scratch.compared).extend(answers.map(|answers| answers[mentor].map(Score::ppm)));
                counted.likeness.add(&scratch.compared);
            }
        }
    }
}

impl Counted {
    fn add_mentee(
        &mut self,
        mentee: MenteeIdx,
        allowed: u32,
        with_room: u32,
        mut barriers: Vec<(u32, u32)>,
    ) {
        self.mentees += 1;
        self.allowed += u64::from(allowed);
        for (sum, &(forbids, alone)) in self.forbids.iter_mut().zip(&barriers) {
            sum.0 += u64::from(forbids);
            sum.1 += u64::from(alone);
        }
        if with_room == 0 {
            if allowed > 0 {
                barriers.clear();
            }
            self.stranded.push(Stranded {
                person: mentee,
                allowed,
                barriers,
            });
        }
    }

    fn merge(&mut self, other: Self) {
        self.mentees += other.mentees;
        self.pairs += other.pairs;
        self.allowed += other.allowed;
        for (own, other) in self.forbids.iter_mut().zip(&other.forbids) {
            own.0 += other.0;
            own.1 += other.1;
        }
        for (own, other) in self.against.iter_mut().zip(&other.against) {
            *own += other;
        }
        self.answered += other.answered;
        for (own, other) in self.answers.iter_mut().zip(&other.answers) {
            own.unanswered += other.unanswered;
            own.low = own.low.min(other.low);
            own.high = own.high.max(other.high);
        }
        self.stranded.extend(other.stranded);
        self.by_mentor.merge(&other.by_mentor);
        self.likeness.merge(&other.likeness);
    }

    /// Mentors without an allowed mentee, or without one who wants somebody.
    pub(super) fn stranded_mentors(&self) -> Vec<Stranded<MentorIdx>> {
        let of = &self.by_mentor;
        let mentors = MentorIdx::all(of.mentors).filter(|mentor| of.with_room[mentor.index()] == 0);
        let stranded = mentors.map(|person| Stranded {
            person,
            allowed: of.allowed[person.index()],
            barriers: of.barriers(person.index()),
        });
        stranded.collect()
    }
}

impl Answers {
    const NONE: Self = Self {
        unanswered: 0,
        low: LEFT_OUT,
        high: 0,
    };

    /// Whether it counts the same for every one of these pairs, and says so itself for some.
    pub(super) fn is_constant(self, pairs: u64) -> bool {
        pairs > 1 && self.unanswered < pairs && self.low == self.high
    }
}

impl ByMentor {
    fn new(mentors: usize, refusals: usize) -> Self {
        Self {
            mentors,
            forbids: vec![0; mentors * refusals],
            alone: vec![0; mentors * refusals],
            allowed: vec![0; mentors],
            with_room: vec![0; mentors],
        }
    }

    fn forbids_mut(&mut self, refusal: u32) -> &mut [u32] {
        &mut self.forbids[refusal as usize * self.mentors..][..self.mentors]
    }

    fn alone_mut(&mut self, refusal: u32) -> &mut [u32] {
        &mut self.alone[refusal as usize * self.mentors..][..self.mentors]
    }

    fn barriers(&self, mentor: usize) -> Vec<(u32, u32)> {
        let column = |counts: &[u32]| -> Vec<u32> {
            let of = counts.iter().skip(mentor).step_by(self.mentors.max(1));
            of.copied().collect()
        };
        let (forbids, alone) = (column(&self.forbids), column(&self.alone));
        forbids.into_iter().zip(alone).collect()
    }

    fn merge(&mut self, other: &Self) {
        let add = |own: &mut [u32], other: &[u32]| {
            own.iter_mut()
                .zip(other)
                .for_each(|(own, other)| *own += other);
        };
        add(&mut self.forbids, &other.forbids);
        add(&mut self.alone, &other.alone);
        add(&mut self.allowed, &other.allowed);
        add(&mut self.with_room, &other.with_room);
    }
}
