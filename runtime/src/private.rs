//! What generated code names. No part of the interface: it changes with the macro, whose version is always the same.

#[path = "private/own.rs"]
mod own;
#[cfg(test)]
#[path = "private/tests.rs"]
mod tests;

use core::slice::SliceIndex;

pub use core::mem::take;

pub use crate::cut::stop_gradient;
pub use crate::differentiable::Differentiable;
pub use crate::gradient::Gradient;
pub use crate::scalar::Scalar;
pub use crate::tape::Tape;
pub use own::OwnGradient;

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

/// The adjoint of what is inside an `Option`, or inside a `Result` that is `Ok`.
///
/// # Panics
///
/// If there is nothing inside, which cannot be: the gradient began with the variant of the value.
#[inline]
#[track_caller]
pub fn some_payload<G>(gradient: &mut Option<G>) -> &mut G {
    match gradient {
        Some(payload) => payload,
        None => no_payload("Some", "None"),
    }
}

/// A payload is asked for that the adjoint of an enum does not have.
#[cold]
#[inline(never)]
#[track_caller]
pub fn no_payload(wanted: &str, found: &str) -> ! {
    panic!(
        "internal error in code generated by `#[backprop]`: an adjoint is `{found}` where its value is `{wanted}`; please \
         report it"
    )
}

/// Two gradients by values of different variants are added.
#[cold]
#[inline(never)]
#[track_caller]
pub fn variants_differ(sum: &str, term: &str) -> ! {
    panic!("the gradient `{term}` cannot be added to one that is `{sum}`")
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

/// Whether an item passes a test.
#[inline(always)]
pub fn passes<T: ?Sized>(item: &T, test: impl FnOnce(&T) -> bool) -> bool {
    test(item)
}

/// The same, where the share is computed from another part of what is borrowed.
#[inline]
pub fn give_share<T, A: Share<T>>(share: T, adjoint: &mut A) {
    adjoint.add_share(share);
}

/// What the adjoint of a number of unknown type is that was cast to `T`: a float, or `()` for an integer.
pub trait CastShare<T> {
    /// Adds `share`, or drops it where there is nothing to derive by.
    fn add_cast(&mut self, share: T);
}

macro_rules! cast_shares {
    ($($from:ty => $to:ty)*) => {$(
        impl CastShare<$from> for $to {
            #[inline]
            fn add_cast(&mut self, share: $from) {
                *self += share as $to;
            }
        }
    )*};
}

cast_shares!(f32 => f32 f32 => f64 f64 => f32 f64 => f64);

impl<T> CastShare<T> for () {
    #[inline]
    fn add_cast(&mut self, _: T) {}
}

/// `adjoint += share`, for what became a `T` by a cast.
#[inline]
pub fn add_cast<T, A: CastShare<T>>(adjoint: &mut A, share: T) {
    adjoint.add_cast(share);
}

/// What the adjoint of something with elements is: it has the elements' adjoints, or is `()` where all of it counts as
/// constant.
pub trait Elements<I> {
    /// What an element's adjoint is.
    type Element: ?Sized;

    /// The adjoint of one element.
    fn element(&mut self, index: I) -> &mut Self::Element;
}

impl<T, I: SliceIndex<[T]>> Elements<I> for [T] {
    type Element = I::Output;

    #[inline]
    #[track_caller]
    fn element(&mut self, index: I) -> &mut I::Output {
        &mut self[index]
    }
}

impl<T, I: SliceIndex<[T]>> Elements<I> for Vec<T> {
    type Element = I::Output;

    #[inline]
    #[track_caller]
    fn element(&mut self, index: I) -> &mut I::Output {
        &mut self[index]
    }
}

impl<T, I: SliceIndex<[T]>, const N: usize> Elements<I> for [T; N] {
    type Element = I::Output;

    #[inline]
    #[track_caller]
    fn element(&mut self, index: I) -> &mut I::Output {
        &mut self[index]
    }
}

impl<I> Elements<I> for () {
    type Element = ();

    #[inline]
    fn element(&mut self, _: I) -> &mut () {
        self
    }
}

/// `&mut adjoint[index]`, where the type of the part is not known to the macro.
#[inline]
#[track_caller]
pub fn element<I, A: Elements<I> + ?Sized>(adjoint: &mut A, index: I) -> &mut A::Element {
    adjoint.element(index)
}

/// What has no derivative: integers, flags, characters, strings, and what is made of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is used like an integer here, but may carry a derivative",
    label = "an integer is needed here",
    note = "`#[backprop]` takes for an integer what is an index, is cast to one, stands beside a whole number, or is \
            asked for what only integers have; a float that is to step is rounded first (`x.floor() as usize`), and what \
            is not to be differentiated is cut by `backprop::stop_gradient(value)`"
)]
pub trait Discrete {}

#[diagnostic::do_not_recommend]
impl<T: Differentiable<Gradient = ()> + ?Sized> Discrete for T {}

/// Compiles for what has no derivative alone.
#[inline(always)]
pub fn discrete<T: Discrete + ?Sized>(_: &T) {}

/// The same for a part of a value, which is not looked at.
#[inline(always)]
pub fn discrete_part<'a, T: Discrete + ?Sized + 'a>(_: impl Fn() -> &'a T) {}
pub use crate::edits::{slice, split_tail, undo_swap_remove, vec};
