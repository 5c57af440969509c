//! Which searches place who wants more after bids.
//!
//! Whole rows serve the first searches; lists serve those who are alike, and longer ones; and whole rows again who is
//! left, if the first of them show that this is quick. Where neither is, better prices are found first, unless
//! [`twins`](super::twins) who bid as one find them.

use super::auction::Hands;
use super::augment::Patience;
use super::scan::Until;
use super::twins::Twins;
use super::{Accelerator, Market};
use crate::solver::control::{Control, Stop};

impl Market<'_> {
    /// Places who wants more as long as that is quick; whether all are placed.
    pub(super) fn place_nearly_all(
        &mut self,
        open: &[u32],
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        if self.whole.is_some() {
            if !self.are_alike(open) {
                if self.scan_all(open, Until::Worthwhile, control)? || self.place_few(control)? {
                    return Ok(true);
                } else if self.can_scan() {
                    return self.place_twins(self.patience(), control);
                }
            }
            self.list(control)?;
        }
        if self.scan_all(open, Until::Long, control)? {
            return Ok(true);
        }
        let patience = self.patience();
        if self.twins.is_some() {
            return self.place_all(self.open(), patience.with_twins(), control);
        }
        if self.place_all(self.open(), patience, control)? {
            return Ok(true);
        }
        Ok(self.place_few(control)? || self.place_twins(patience, control)?)
    }

    /// Whether bids have placed hardly anybody, and many bidders are twins. Lists serve those better:
    /// nearly everything is worth the same to them, and a search that reads rows reads nearly all.
    fn are_alike(&self, open: &[u32]) -> bool {
        open.len() > self.sides.bidders() / 2 && self.find_twins().is_some()
    }

    fn find_twins(&self) -> Option<Twins> {
        let are_sought = self.tuning.uses(Accelerator::Twins);
        are_sought.then(|| Twins::find(&self.sides)).flatten()
    }

    fn are_mostly_twins(&self) -> bool {
        self.find_twins()
            .is_some_and(|twins| twins.are_most(self.sides.bidders()))
    }

    /// Places who wants more by reading rows, if that promises to be quicker than new prices, or reading every row for
    /// everybody is little and most have no twin; whether all are placed.
    fn place_few(&mut self, control: &mut Control<'_>) -> Result<bool, Stop> {
        let open = self.open();
        let pairs = self.sides.problem().pairs();
        let most = self.sides.bidders().saturating_mul(pairs);
        let until = match most <= self.tuning.pairs_to_scan && !self.are_mostly_twins() {
            true => Until::Placed,
            false => Until::Promising(open.len() as u64),
        };
        self.scan_all(&open, until, control)
    }

    /// Places who wants more, however long it takes.
    pub(super) fn place_whole(
        &mut self,
        open: Vec<u32>,
        control: &mut Control<'_>,
    ) -> Result<(), Stop> {
        if self.whole.is_some() {
            if self.scan_all(&open, Until::Placed, control)? {
                return Ok(());
            }
            self.list(control)?;
        }
        let patience = match self.patience() {
            Patience::Candidates(work) if self.can_scan() => Patience::WhileShort(work),
            _ => Patience::Endless,
        };
        if !self.place_all(open, patience, control)? {
            let open = self.open();
            if !self.scan_all(&open, Until::Placed, control)? {
                let open = self.open(); // prices have become too high for rows
                self.place_all(open, Patience::Endless, control)?;
            }
        }
        Ok(())
    }

    /// Has twins use one list, and bid as one.
    pub(super) fn share(&mut self, twins: Twins, control: &Control<'_>) -> Result<(), Stop> {
        self.lists.share(twins.listers());
        self.twins = Some(twins);
        self.list(control)
    }

    /// Looks for twins, and if there are many, has them bid and places who wants more; whether all are
    /// placed.
    fn place_twins(&mut self, patience: Patience, control: &mut Control<'_>) -> Result<bool, Stop> {
        let first = self.first_look.as_ref();
        if first.is_some_and(|first| !first.are_alike) {
            return Ok(false);
        }
        let twins = self.find_twins();
        control.check()?;
        let Some(twins) = twins else {
            return Ok(false);
        };
        self.share(twins, control)?;
        self.auction(Hands::Full, 0, self.bids(), control)?;
        let open = self.claim(control)?;
        self.place_all(open, patience.with_twins(), control)
    }

    /// Places who wants more since prices have fallen.
    pub(super) fn place_last(&mut self, control: &mut Control<'_>) -> Result<(), Stop> {
        let open = self.open();
        if !open.is_empty() {
            self.relist(0, control)?; // prices have fallen
            self.place_all(open, Patience::Endless, control)?;
        }
        Ok(())
    }
}
