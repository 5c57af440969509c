//! Loops over rows that run in the caller's rayon pool, or in order without the `parallel` feature.
//!
//! Every function gives the same answer either way: results are put together in the order of the
//! rows or with an operation that does not depend on order.

#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// Rows are handed to threads in blocks, since one row is little work.
#[cfg(feature = "parallel")]
const ROWS_PER_TASK: usize = 64;

/// The answer of the lowest row that has one.
pub(crate) fn find_first<T: Send>(
    rows: usize,
    test: impl Fn(usize) -> Option<T> + Sync + Send,
) -> Option<T> {
    #[cfg(feature = "parallel")]
    return (0..rows)
        .into_par_iter()
        .with_min_len(ROWS_PER_TASK)
        .find_map_first(test);
    #[cfg(not(feature = "parallel"))]
    (0..rows).find_map(test)
}

/// The sum over all rows.
pub(crate) fn sum(rows: usize, value: impl Fn(usize) -> i128 + Sync + Send) -> i128 {
    #[cfg(feature = "parallel")]
    return (0..rows)
        .into_par_iter()
        .with_min_len(ROWS_PER_TASK)
        .map(value)
        .sum();
    #[cfg(not(feature = "parallel"))]
    (0..rows).map(value).sum()
}

/// The answers of all rows, in the order of the rows.
pub(crate) fn map<T: Send>(rows: usize, value: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    return (0..rows)
        .into_par_iter()
        .with_min_len(ROWS_PER_TASK)
        .map(value)
        .collect();
    #[cfg(not(feature = "parallel"))]
    (0..rows).map(value).collect()
}

/// Fills a row-major matrix row by row; `scratch` is made once a thread. Gives the rows' answers
/// in the order of the rows.
pub(crate) fn fill_rows<C: Send, S, T: Send>(
    matrix: &mut [C],
    columns: usize,
    scratch: impl Fn() -> S + Sync + Send,
    fill: impl Fn(&mut S, usize, &mut [C]) -> T + Sync + Send,
) -> Vec<T> {
    let columns = columns.max(1);
    #[cfg(feature = "parallel")]
    return matrix
        .par_chunks_mut(columns)
        .enumerate()
        .with_min_len(ROWS_PER_TASK)
        .map_init(scratch, |scratch, (row, cells)| fill(scratch, row, cells))
        .collect();
    #[cfg(not(feature = "parallel"))]
    {
        let mut scratch = scratch();
        let rows = matrix.chunks_mut(columns).enumerate();
        rows.map(|(row, cells)| fill(&mut scratch, row, cells))
            .collect()
    }
}
