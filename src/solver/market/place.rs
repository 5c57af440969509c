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
                if self.scan_all(open, Until::Worthwhile, control)? {
                    return Ok(true);
                } else if self.can_scan() {
                    return self.place_few_or_twins(self.patience(), control);
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
        self.place_few_or_twins(patience, control)
    }

    /// Whether bids have placed hardly anybody, and many bidders are twins. Lists serve those better:
    /// nearly everything is worth the same to them, and a search that reads rows reads nearly all.
    fn are_alike(&self, open: &[u32]) -> bool {
        open.len() > self.sides.bidders() / 2 && self.find_twins().is_some()
    }

    /// Where rows are dear, only if the first lists are alike.
    fn find_twins(&self) -> Option<Twins> {
        let are_possible = self.first_look.as_ref().is_none_or(|first| first.are_alike);
        let are_sought = are_possible && self.tuning.uses(Accelerator::Twins);
        are_sought.then(|| Twins::find(&self.sides)).flatten()
    }

    /// Places who wants more by reading rows, if reading every row for everybody is little, or nobody has twins and it
    /// promises to be quicker than new prices; or has twins bid as one; whether all are placed.
    fn place_few_or_twins(
        &mut self,
        patience: Patience,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
        let twins = self.find_twins();
        control.check()?;
        let (open, bidders) = (self.open(), self.sides.bidders());
        let all = bidders.saturating_mul(self.sides.problem().pairs());
        let are_most = twins.as_ref().is_some_and(|twins| twins.are_most(bidders));
        if all <= self.tuning.pairs_to_scan && !are_most {
            if self.scan_all(&open, Until::Placed, control)? {
                return Ok(true);
            }
        } else if twins.is_none() {
            return self.scan_all(&open, Until::Promising(open.len() as u64), control);
        }
        match twins {
            Some(twins) => self.place_twins(twins, patience, control),
            None => Ok(false),
        }
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

    /// Has twins bid, and places who wants more; whether all are placed.
    fn place_twins(
        &mut self,
        twins: Twins,
        patience: Patience,
        control: &mut Control<'_>,
    ) -> Result<bool, Stop> {
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
