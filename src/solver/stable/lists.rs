//! Short lists: whom somebody proposes to next, best first, without sorting everybody.
//!
//! # Idea
//! Somebody who proposes rarely gets far down her list, so the next few partners are enough: one pass
//! over her pairs keeps the best of those that she has not been shown yet. A partner who would turn her
//! down *now* is left out for good: whoever receives proposals only ever gets better ones, so what is
//! turned down once would be turned down for ever. That is what makes the lists of those who end with
//! nobody short: instead of asking everybody and being refused, they find nobody left to ask.
//!
//! Lists get longer with each that is used up, four times each, as far as memory for all of them goes:
//! the first ones are soon used up, and after them few partners are left who could say yes, so that a long
//! list is usually the last. Those who still ask share the memory that the others' lists leave: where the
//! sides want the contrary of each other, a fifth of the people goes down whole lists, and would otherwise
//! be given them in thirty pieces.
//!
//! # Complexity
//! A pass over the pairs of those who need a list. Mentees are rows, in parallel. Mentors are columns: a
//! band of neighbours is served by one pass over the rows, and bands run in parallel; where rows must be
//! computed, all mentors are served by one pass over all rows.

use std::ops::Range;

use super::super::control::Watch;
use super::preferences::{Buffers, Preferences, Rank};
use crate::ids::Role;
use crate::parallel::{self, Extent};

/// The first list has at least so many offers, and four for each partner who is wanted.
const SHORTEST: usize = 16;

/// All lists together have about so many offers at most: 32 MiB.
const OFFERS: usize = 1 << 22;

/// However many people ask, a list may have so many.
const SHARE: usize = 4 * SHORTEST;

/// So many times as many as are wanted are kept before the worst of them are dropped.
pub(super) const SLACK: usize = 2;

/// Columns in a band where few are needed, a line of the cache; and where most are, several of the places
/// that memory is fetched from in one go.
const BAND: usize = 16;
const WIDE_BAND: usize = 512;

/// A partner to propose to, as it is kept: all that the answer depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    pub(super) partner: u32,
    /// What the partner makes of the pair.
    pub(super) value: i32,
}

/// A partner who may come on a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Where the partner stands with the one who proposes.
    own: Rank,
    /// What the partner makes of the pair.
    value: i32,
}

/// Whom one person proposes to next.
pub(super) struct List {
    /// The best last.
    pub(super) offers: Vec<Offer>,
    /// Everybody who stands here or above has been listed or would say no.
    reached: Rank,
    /// The length of the next list, if there is memory for it; 0 when nobody is left.
    next: usize,
}

/// How long a list is at most, of so many people who ask now, beside the lists that are there.
pub(super) fn most(asking: usize, lists: &[List]) -> usize {
    let listed: usize = lists.iter().map(|own| own.offers.len()).sum();
    (OFFERS.saturating_sub(listed) / asking.max(1)).max(SHARE)
}

/// How many offers the lists of so many people have at most, all together.
pub(super) fn most_offers(people: usize) -> usize {
    OFFERS.saturating_add(people.saturating_mul(SHARE))
}

impl List {
    /// Nothing yet, for somebody who wants so many partners.
    pub(super) fn new(wanted: u32) -> Self {
        Self {
            offers: Vec::new(),
            reached: Rank::HIGHEST,
            next: (wanted as usize).saturating_mul(4).max(SHORTEST),
        }
    }

    /// Whether there is nobody left who could say yes.
    pub(super) fn is_at_end(&self) -> bool {
        self.next == 0 && self.offers.is_empty()
    }

    fn select(&self, most: usize) -> Selection {
        Selection {
            most: self.next.min(most),
            below: self.reached,
            above: Rank::LOWEST,
            kept: Vec::new(),
        }
    }

    fn take(&mut self, (offers, worst): (Vec<Offer>, Option<Rank>), most: usize) {
        let is_full = offers.len() == self.next.min(most);
        self.next = match is_full {
            true => self.next.min(most).saturating_mul(4),
            false => 0,
        };
        self.reached = worst.unwrap_or(self.reached);
        self.offers = offers;
    }
}

/// The best of one person's pairs so far.
struct Selection {
    most: usize,
    /// Who is to be listed stands below this, and above that.
    below: Rank,
    above: Rank,
    kept: Vec<Candidate>,
}

impl Selection {
    fn keep(&mut self, candidate: Candidate) {
        self.kept.push(candidate);
        if self.kept.len() >= SLACK * self.most {
            self.trim();
        }
    }

    fn trim(&mut self) {
        if self.kept.len() > self.most {
            let last = self.most - 1;
            self.kept
                .select_nth_unstable_by(last, |a, b| b.own.cmp(&a.own));
            self.kept.truncate(self.most);
            self.above = self.kept[last].own;
        }
    }

    /// The list, the best last, and where the worst on it stands.
    fn finish(mut self) -> (Vec<Offer>, Option<Rank>) {
        self.trim();
        self.kept.sort_unstable_by_key(|candidate| candidate.own);
        let offer = |candidate: &Candidate| Offer {
            partner: candidate.own.partner(),
            value: candidate.value,
        };
        let worst = self.kept.first().map(|candidate| candidate.own);
        (self.kept.iter().map(offer).collect(), worst)
    }
}

/// What lists are made from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) preferences: &'a Preferences<'a>,
    /// Who proposes.
    pub(super) proposing: Role,
    /// By the other side's people: a proposal must stand above this to be looked at.
    pub(super) bars: &'a [Rank],
    /// No list is longer.
    pub(super) most: usize,
    pub(super) watch: &'a Watch,
}

/// Makes the next lists of these people, in ascending order; anything if cancelled.
pub(super) fn fill(source: Source<'_>, people: &[u32], lists: &mut [List]) {
    let selected = match source.proposing {
        Role::Mentee => source.rows(people, lists),
        Role::Mentor => source.columns(people, lists),
    };
    for (&person, offers) in people.iter().zip(selected) {
        lists[person as usize].take(offers, source.most);
    }
}

impl Source<'_> {
    fn rows(self, mentees: &[u32], lists: &[List]) -> Vec<(Vec<Offer>, Option<Rank>)> {
        let mentors = 0..self.preferences.people(Role::Mentor);
        let extent = Extent {
            rows: mentees.len(),
            columns: mentors.len(),
        };
        parallel::map(extent, Buffers::default, |buffers, at| {
            let mentee = mentees[at];
            let mut selection = lists[mentee as usize].select(self.most);
            if !self.watch.is_cancelled() {
                (self.preferences).for_each(
                    mentee as usize,
                    &mentors,
                    buffers,
                    |mentor, own, theirs| {
                        self.consider(&mut selection, (mentee, own), (mentor, theirs));
                    },
                );
            }
            selection.finish()
        })
    }

    fn columns(self, mentors: &[u32], lists: &[List]) -> Vec<(Vec<Offer>, Option<Rank>)> {
        let width = self.band_width(mentors.len());
        let bands: Vec<&[u32]> = mentors
            .chunk_by(|a, b| *a as usize / width == *b as usize / width)
            .collect();
        let extent = Extent {
            rows: bands.len(),
            columns: self.preferences.people(Role::Mentee).saturating_mul(width),
        };
        let selected = parallel::blocks(extent, |own| {
            bands[own]
                .iter()
                .flat_map(|band| self.band(band, lists))
                .collect::<Vec<_>>()
        });
        selected.into_iter().flatten().collect()
    }

    /// So many neighbours are served together if so many mentors need a list.
    fn band_width(self, needed: usize) -> usize {
        let mentors = self.preferences.people(Role::Mentor);
        match self.preferences.is_matrix() {
            false => mentors.max(1),
            true if needed >= mentors / 8 => WIDE_BAND.min(mentors.div_ceil(8)).max(BAND),
            true => BAND,
        }
    }

    /// One pass over the rows for a few neighbouring mentors.
    fn band(self, mentors: &[u32], lists: &[List]) -> Vec<(Vec<Offer>, Option<Rank>)> {
        let (Some(&first), Some(&last)) = (mentors.first(), mentors.last()) else {
            return Vec::new();
        };
        let within: Range<usize> = first as usize..last as usize + 1;
        let mut selections: Vec<Option<Selection>> = within.clone().map(|_| None).collect();
        for &mentor in mentors {
            selections[(mentor - first) as usize] = Some(lists[mentor as usize].select(self.most));
        }
        let mentees = (0..self.preferences.people(Role::Mentee)).zip(0u32..);
        let mut buffers = Buffers::default();
        for (row, mentee) in self.watch.until_cancelled(mentees) {
            (self.preferences).for_each(row, &within, &mut buffers, |mentor, theirs, own| {
                if let Some(selection) = &mut selections[(mentor - first) as usize] {
                    self.consider(selection, (mentor, own), (mentee, theirs));
                }
            });
        }
        selections
            .into_iter()
            .flatten()
            .map(Selection::finish)
            .collect()
    }

    /// Keeps a partner who could say yes and stands among the best. Hashes are looked at only where values
    /// do not decide.
    fn consider(
        self,
        selection: &mut Selection,
        (person, own): (u32, i32),
        (partner, theirs): (u32, i32),
    ) {
        let bar = self.bars[partner as usize];
        if selection.above.is_above_all_of(own)
            || selection.below.is_below_all_of(own)
            || bar.is_above_all_of(theirs)
        {
            return;
        }
        let hash = self.preferences.hash(self.proposing, person, partner);
        let own = Rank::new(own, hash, partner);
        let is_better = bar < Rank::new(theirs, hash, person);
        if selection.above < own && own < selection.below && is_better {
            let value = theirs;
            selection.keep(Candidate { own, value });
        }
    }
}
