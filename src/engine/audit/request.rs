//! What a run was asked for, as far as it can matter to the result or to the record.

use serde::{Deserialize, Serialize};

use crate::engine::options::{RunOptions, TieBreaking};
use crate::engine::outcome::Stages;
use crate::participant::{DecidedPair, Decisions};
use crate::solver::{Claim, Method};

/// Options and decisions, in an order that does not depend on how they were given.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    seed: u64,
    ties: Ties,
    method: MethodName,
    all_pairs: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    memory_limit: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    work_limit: Option<u64>,
    /// Whether the host ended the search, or may have.
    stopped_by_host: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    previous: Vec<DecidedPair>,
    #[serde(default, skip_serializing_if = "Decisions::is_empty")]
    decisions: Decisions,
}

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Ties {
    Canonical,
    Fast,
}

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MethodName {
    Auto,
    MinCostFlow,
    KuhnMunkres,
}

impl Request {
    pub(super) fn of(stages: &Stages) -> Self {
        let asked = &stages.asked;
        let options = &asked.options;
        let certificate = &stages.solution.certificate;
        let leaves_ties = options.tie_breaking == TieBreaking::Fast;
        let is_open = matches!(certificate.claim(), Claim::Bounded { .. })
            || certificate.claim() == Claim::Optimal && !leaves_ties && certificate.lot().is_none()
            || stages
                .floor
                .as_ref()
                .is_some_and(|floor| !floor.is_proved());
        let previous = options.previous.iter();
        let previous = previous.map(|(mentee, mentor)| DecidedPair::new(mentee, mentor));
        Self {
            seed: options.seed,
            ties: options.tie_breaking.into(),
            method: options.method.into(),
            all_pairs: options.all_pairs,
            memory_limit: options.memory_limit,
            work_limit: options.hooks.work_limit,
            stopped_by_host: asked.could_stop && is_open,
            previous: in_order(previous.collect()),
            decisions: decided(&options.decisions),
        }
    }

    pub(super) const fn seed(&self) -> u64 {
        self.seed
    }

    pub(super) const fn is_stopped_by_host(&self) -> bool {
        self.stopped_by_host
    }

    /// Whether ties fell as it happened, which only the same version of the crate is bound to do again.
    pub(super) fn leaves_ties(&self) -> bool {
        self.ties == Ties::Fast
    }

    /// Whether a limit may have come before the lot was drawn.
    pub(super) fn has_limits(&self) -> bool {
        self.stopped_by_host || self.work_limit.is_some()
    }

    /// The options of the same run.
    pub(super) fn options(&self) -> RunOptions {
        let previous = self.previous.iter();
        let mut options = RunOptions::default()
            .seed(self.seed)
            .tie_breaking(self.ties.into())
            .method(self.method.into())
            .all_pairs(self.all_pairs)
            .previous(previous.map(|pair| (&pair.mentee, &pair.mentor)))
            .decisions(self.decisions.clone());
        options.memory_limit = self.memory_limit;
        options.hooks.work_limit = self.work_limit;
        options
    }
}

fn decided(decisions: &Decisions) -> Decisions {
    let mut own = decisions.clone();
    own.locks = in_order(own.locks);
    own.vetoes = in_order(own.vetoes);
    own.overrides = in_order(own.overrides);
    own.only_mentees = own.only_mentees.map(in_order);
    own.only_mentors = own.only_mentors.map(in_order);
    own
}

fn in_order<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}

impl From<TieBreaking> for Ties {
    fn from(ties: TieBreaking) -> Self {
        match ties {
            TieBreaking::Canonical => Self::Canonical,
            TieBreaking::Fast => Self::Fast,
        }
    }
}

impl From<Ties> for TieBreaking {
    fn from(ties: Ties) -> Self {
        match ties {
            Ties::Canonical => Self::Canonical,
            Ties::Fast => Self::Fast,
        }
    }
}

impl From<Method> for MethodName {
    fn from(method: Method) -> Self {
        match method {
            Method::Auto => Self::Auto,
            Method::MinCostFlow => Self::MinCostFlow,
            Method::KuhnMunkres => Self::KuhnMunkres,
        }
    }
}

impl From<MethodName> for Method {
    fn from(method: MethodName) -> Self {
        match method {
            MethodName::Auto => Self::Auto,
            MethodName::MinCostFlow => Self::MinCostFlow,
            MethodName::KuhnMunkres => Self::KuhnMunkres,
        }
    }
}
