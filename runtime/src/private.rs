//! What generated code names. No part of the interface: it changes with the macro, whose version is always the same.

#[cfg(test)]
#[path = "private/tests.rs"]
mod tests;

pub use core::mem::take;

pub use crate::cut::stop_gradient;
pub use crate::differentiable::Differentiable;
pub use crate::gradient::Gradient;
pub use crate::scalar::Scalar;
pub use crate::tape::Tape;

/// The derivatives that need more than a formula.
pub mod rules {
    pub use crate::rules::*;
}

/// What the two arms of an `if` leave for the reverse sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch<A, B> {
    /// The condition held.
    Then(A),
    /// It did not.
    Else(B),
}

/// What stands in place of a `#[constant]` parameter where a call gives each parameter its adjoint.
///
/// If the compiler says that it expected `ConstantParameter` and found something else, an active value was passed to a
/// parameter that is declared `#[constant]`, whose derivative does not exist. Pass `stop_gradient(value)` to have it
/// count as constant, or take `#[constant]` off the parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConstantParameter;

/// Compiles for a float alone.
#[inline(always)]
pub fn scalar<T: Scalar>(_: &T) {}

/// Zeros in the shape of `value`.
#[inline]
pub fn zero_gradient<T: Differentiable + ?Sized>(value: &T) -> T::Gradient {
    value.zero_gradient()
}

/// `into += from`, number by number.
#[inline]
#[track_caller]
pub fn accumulate<G: Gradient + ?Sized>(into: &mut G, from: &G) {
    into.accumulate(from);
}

/// Takes a gradient out and leaves zeros of the same shape: the adjoint of an overwriting assignment.
#[inline]
pub fn take_gradient<G: Gradient + Clone>(gradient: &mut G) -> G {
    let taken = gradient.clone();
    gradient.set_zero();
    taken
}

/// Sets a gradient to zero: the adjoint of an assignment of something constant.
#[inline]
pub fn set_zero<G: Gradient + ?Sized>(gradient: &mut G) {
    gradient.set_zero();
}

/// Holds the shape of `buffer` to that of `value`, before anything is written.
///
/// # Panics
///
/// If they differ, with `function` (as the user would call it) and `parameter` in the message.
#[inline]
#[track_caller]
pub fn check_buffer<T: Differentiable + ?Sized>(function: &str, parameter: &str, value: &T, buffer: &T::Adjoint) {
    if let Some(mismatch) = value.shape_mismatch(buffer) {
        buffer_does_not_fit(function, &mismatch.of_buffer(parameter));
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn buffer_does_not_fit(function: &str, mismatch: &str) -> ! {
    panic!("{function}: {mismatch}")
}

/// `into += from; from = 0`: the adjoint of `copy_from_slice`.
///
/// # Panics
///
/// If the lengths differ, which the forward sweep's `copy_from_slice` has ruled out.
#[inline]
#[track_caller]
pub fn drain_into<G: Gradient>(from: &mut [G], into: &mut [G]) {
    into.accumulate(from);
    from.set_zero();
}

/// The sum of `from`, which is then zero: the adjoint of `fill`.
#[inline]
pub fn drain_sum<T: Scalar>(from: &mut [T]) -> T {
    let total = sum(from);
    from.set_zero();
    total
}

/// The sum of `from`: the adjoint of `vec![x; n]` and of `[x; n]`.
///
/// Eight partial sums let the compiler use vector registers, and round less than one.
#[inline]
pub fn sum<T: Scalar>(from: &[T]) -> T {
    let (chunks, rest) = from.as_chunks::<8>();
    let mut lanes = [T::ZERO; 8];
    for chunk in chunks {
        for lane in 0..8 {
            lanes[lane] += chunk[lane];
        }
    }
    let mut total = T::ZERO;
    for lane in lanes {
        total += lane;
    }
    for &number in rest {
        total += number;
    }
    total
}

/// Whether a gradient is zero everywhere.
#[inline]
pub fn is_zero<G: Gradient + ?Sized>(gradient: &G) -> bool {
    gradient.is_zero()
}

/// Adds every element of `from`: the adjoint of `vec![x; n]` and `[x; n]` where `x` is no number.
#[inline]
pub fn accumulate_each<G: Gradient>(into: &mut G, from: &[G]) {
    for element in from {
        into.accumulate(element);
    }
}

/// Takes off the last element of a gradient: the adjoint of `push`.
///
/// # Panics
///
/// If there is none, which cannot be: the gradient began with the length of the value.
#[inline]
pub fn pop_adjoint<G>(gradient: &mut Vec<G>) -> G {
    gradient.pop().expect("the gradient has an element for each that was pushed")
}

/// What the adjoint of a part of a struct is: a float, or `()` where the part counts as constant.
pub trait Share<T> {
    /// Adds `share`, or drops it where the part was declared to have no derivative.
    fn add_share(&mut self, share: T);
}

impl<T: Scalar> Share<T> for T {
    #[inline]
    fn add_share(&mut self, share: T) {
        *self += share;
    }
}

macro_rules! without_share {
    ($($float:ty)*) => {$(
        impl Share<$float> for () {
            #[inline]
            fn add_share(&mut self, _: $float) {}
        }
    )*};
}

without_share!(f32 f64);

/// `adjoint += share`, where the type of the part is not known to the macro.
#[inline]
pub fn add_share<T, A: Share<T>>(adjoint: &mut A, share: T) {
    adjoint.add_share(share);
}

pub use crate::edits::{slice, split_tail, undo_swap_remove, vec};
