//! Loops over rows that run in the caller's rayon pool, or in order without the `parallel` feature.
//!
//! Every function gives the same answer either way: results are put together in the order of the
//! rows. Little work stays on the calling thread, since handing it over would cost more than it saves.

use std::ops::Range;

#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// Fewer cells than this are not worth waking another thread for.
#[cfg(feature = "parallel")]
const CELLS_TO_SHARE: usize = 1 << 16;

/// Rows are handed to threads in blocks of about this many cells.
const CELLS_PER_TASK: usize = 1 << 16;

/// How much there is to do: rows, and cells in a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

impl Extent {
    fn rows_per_task(self) -> usize {
        (CELLS_PER_TASK / self.columns.max(1)).max(1)
    }

    #[cfg(feature = "parallel")]
    fn is_shared(self) -> bool {
        self.rows.saturating_mul(self.columns) >= CELLS_TO_SHARE
    }
}

/// How many threads there are to share work. No answer may depend on it.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "parallel")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    1
}

/// The answers of blocks of rows, in the order of the rows.
pub(crate) fn blocks<T: Send>(
    extent: Extent,
    value: impl Fn(Range<usize>) -> T + Sync + Send,
) -> Vec<T> {
    let length = extent.rows_per_task();
    let block = |number: usize| {
        let start = number * length;
        value(start..(start + length).min(extent.rows))
    };
    let blocks = extent.rows.div_ceil(length);
    #[cfg(feature = "parallel")]
    if extent.is_shared() {
        return (0..blocks).into_par_iter().map(block).collect();
    }
    (0..blocks).map(block).collect()
}

/// The answers of all rows, in the order of the rows; `scratch` is made once a task.
pub(crate) fn map<S, T: Send>(
    extent: Extent,
    scratch: impl Fn() -> S + Sync + Send,
    value: impl Fn(&mut S, usize) -> T + Sync + Send,
) -> Vec<T> {
    #[cfg(feature = "parallel")]
    if extent.is_shared() {
        return (0..extent.rows)
            .into_par_iter()
            .with_min_len(extent.rows_per_task())
            .map_init(scratch, value)
            .collect();
    }
    let mut scratch = scratch();
    (0..extent.rows)
        .map(|row| value(&mut scratch, row))
        .collect()
}

/// The answers of a few large tasks, in their order.
pub(crate) fn each<T: Send>(tasks: usize, answer: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    return (0..tasks).into_par_iter().map(answer).collect();
    #[cfg(not(feature = "parallel"))]
    (0..tasks).map(answer).collect()
}

/// The answers of two tasks, as much work together as a pass over so many cells.
pub(crate) fn both<A: Send, B: Send>(
    extent: Extent,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    #[cfg(feature = "parallel")]
    if extent.is_shared() {
        return rayon::join(one, other);
    }
    #[cfg(not(feature = "parallel"))]
    let _ = extent;
    (one(), other())
}

/// Fills a row-major matrix row by row; `scratch` is made once a task. Gives the rows' answers
/// in the order of the rows.
pub(crate) fn fill_rows<C: Send, S, T: Send>(
    matrix: &mut [C],
    columns: usize,
    scratch: impl Fn() -> S + Sync + Send,
    fill: impl Fn(&mut S, usize, &mut [C]) -> T + Sync + Send,
) -> Vec<T> {
    fill_rows_by_work(matrix, columns, columns, scratch, fill)
}

/// The same where a row is as much work as a pass over so many cells.
pub(crate) fn fill_rows_by_work<C: Send, S, T: Send>(
    matrix: &mut [C],
    columns: usize,
    work: usize,
    scratch: impl Fn() -> S + Sync + Send,
    fill: impl Fn(&mut S, usize, &mut [C]) -> T + Sync + Send,
) -> Vec<T> {
    let columns = columns.max(1);
    #[cfg(feature = "parallel")]
    {
        let rows = matrix.len().div_ceil(columns);
        let extent = Extent {
            rows,
            columns: work,
        };
        if extent.is_shared() {
            return matrix
                .par_chunks_mut(columns)
                .enumerate()
                .with_min_len(extent.rows_per_task())
                .map_init(scratch, |scratch, (row, cells)| fill(scratch, row, cells))
                .collect();
        }
    }
    #[cfg(not(feature = "parallel"))]
    let _ = work;
    let mut scratch = scratch();
    let rows = matrix.chunks_mut(columns).enumerate();
    rows.map(|(row, cells)| fill(&mut scratch, row, cells))
        .collect()
}

/// Fills two matrices of one shape row by row, as [`fill_rows`] fills one.
pub(crate) fn fill_rows_of_two<T: Send>(
    [one, other]: [&mut [i32]; 2],
    columns: usize,
    fill: impl Fn(usize, [&mut [i32]; 2]) -> T + Sync + Send,
) -> Vec<T> {
    let columns = columns.max(1);
    #[cfg(feature = "parallel")]
    return one
        .par_chunks_mut(columns)
        .zip(other.par_chunks_mut(columns))
        .enumerate()
        .map(|(row, (one, other))| fill(row, [one, other]))
        .collect();
    #[cfg(not(feature = "parallel"))]
    one.chunks_mut(columns)
        .zip(other.chunks_mut(columns))
        .enumerate()
        .map(|(row, (one, other))| fill(row, [one, other]))
        .collect()
}
