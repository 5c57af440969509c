//! Cells about time and about partners: windows, wishes, opinions, what a partner should be.

use std::collections::BTreeMap;

use mentormatch::{GapRange, Rating, Wanted, Window, Wish};

use super::cells::{Expected, items};

pub(super) fn availability(cell: &str) -> Result<Vec<Window>, Expected> {
    let mut windows = Vec::new();
    for item in items(cell) {
        let wrong = "expected days and times, each as mon-fri 09:00-12:00";
        windows.extend(Window::parse(item).map_err(|_| wrong)?);
    }
    Ok(windows)
}

/// `..` and not `-`, as either end may be below zero.
pub(super) fn gap_range(cell: &str) -> Result<GapRange, Expected> {
    let wrong = "expected two whole numbers, such as -1..3";
    let (min, max) = cell.split_once("..").ok_or(wrong)?;
    let end = |text: &str| text.trim().parse().map_err(|_| wrong);
    Ok(GapRange::new(end(min)?, end(max)?))
}

pub(super) fn wishes(cell: &str) -> Result<Vec<Wish>, Expected> {
    let mut wishes = Vec::new();
    for (rank, equals) in (1..).zip(items(cell)) {
        let partners = equals.split('=').map(str::trim);
        wishes.extend(partners.map(|partner| Wish::new(partner, rank)));
    }
    Ok(wishes)
}

pub(super) fn ratings(cell: &str) -> Result<Vec<Rating>, Expected> {
    let rating = |item: &str| {
        let (partner, value) = item.rsplit_once(':')?;
        Some(Rating::new(partner.trim(), value.trim().parse().ok()?))
    };
    let wrong = "expected ids with a whole number of -5 to 5, each as id:number";
    items(cell).map(|item| rating(item).ok_or(wrong)).collect()
}

pub(super) fn wanted(cell: &str) -> Result<Vec<Wanted>, Expected> {
    let wanted = |item: &str| {
        let (field, answer) = item.rsplit_once('=')?;
        let field = field.trim().parse().ok()?;
        Some(match answer.trim() {
            "same" => Wanted::same(field),
            "different" => Wanted::different(field),
            texts => Wanted::one_of(field, texts.split('|').map(str::trim)),
        })
    };
    let wrong = "expected fields, each as field=same, field=different or field=this|that";
    items(cell).map(|item| wanted(item).ok_or(wrong)).collect()
}

/// Factors by the criterion's name, which may hold colons.
pub(super) fn weights(cell: &str) -> Result<BTreeMap<String, u8>, Expected> {
    let factor = |item: &str| {
        let (criterion, factor) = item.rsplit_once(':')?;
        Some((criterion.trim().to_owned(), factor.trim().parse().ok()?))
    };
    let wrong = "expected criteria with a factor of 0 to 10, each as criterion:factor";
    items(cell).map(|item| factor(item).ok_or(wrong)).collect()
}
