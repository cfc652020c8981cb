//! What generated code does to a `Vec` whose length changed, and to its adjoint.

/// Cuts off the elements from `at` on, as `truncate` does, and returns them. What is left keeps its memory.
#[inline]
pub fn split_tail<T>(vec: &mut Vec<T>, at: usize) -> Vec<T> {
    if at < vec.len() { vec.drain(at..).collect() } else { Vec::new() }
}

/// Puts back what `swap_remove(at)` took out.
#[inline]
pub fn undo_swap_remove<T>(vec: &mut Vec<T>, at: usize, element: T) {
    vec.push(element);
    let last = vec.len() - 1;
    vec.swap(at, last);
}

/// A `Vec`, also behind references.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `Vec`, so it is not known here what this method does to derivatives",
    label = "only of a `Vec` is that known",
    note = "call a `#[backprop]` function that does the same to its fields"
)]
pub trait IsVec {}

impl<T> IsVec for Vec<T> {}

impl<V: IsVec + ?Sized> IsVec for &mut V {}

/// Compiles for a `Vec` alone.
#[inline(always)]
pub fn vec<V: IsVec + ?Sized>(_: &V) {}

/// Compiles for a slice alone.
#[inline(always)]
pub fn slice<T>(_: &[T]) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_is_what_truncate_drops() {
        for at in 0..5 {
            let mut cut = vec![1, 2, 3];
            let tail = split_tail(&mut cut, at);
            let mut truncated = vec![1, 2, 3];
            truncated.truncate(at);
            assert_eq!(cut, truncated);
            cut.extend(tail);
            assert_eq!(cut, [1, 2, 3]);
        }
    }

    #[test]
    fn swap_remove_can_be_taken_back() {
        for at in 0..3 {
            let mut numbers = vec![1, 2, 3];
            let removed = numbers.swap_remove(at);
            undo_swap_remove(&mut numbers, at, removed);
            assert_eq!(numbers, [1, 2, 3]);
        }
    }
}
