//! Which types are their own gradients.

use crate::differentiable::Differentiable;
use crate::gradient::Gradient;

/// What each field of a type with `#[differentiable(gradient = Self)]` must be.
///
/// It follows from the bounds alone, but it is said of each type by itself: where it does not hold, the compiler then
/// speaks of it, and not of a type that it expected and another that it found.
#[diagnostic::on_unimplemented(
    message = "the gradient of `{Self}` is of another type than `{Self}`",
    label = "not its own gradient",
    note = "in a type with `#[differentiable(gradient = Self)]` each field is its own gradient: `f64`, `f32`, arrays, \
            `Vec`, tuples, `Option` and `Box` of such, and other types with that attribute"
)]
pub trait OwnGradient: Differentiable<Gradient = Self, Adjoint = Self> + Gradient + Sized {}

impl OwnGradient for f32 {}
impl OwnGradient for f64 {}
impl OwnGradient for () {}
impl<T: OwnGradient, const N: usize> OwnGradient for [T; N] {}
impl<T: OwnGradient> OwnGradient for Vec<T> {}
impl<T: OwnGradient> OwnGradient for Option<T> {}
impl<T: OwnGradient> OwnGradient for Box<T> {}

macro_rules! tuples {
    ($(($($part:ident)+))*) => {$(
        impl<$($part: OwnGradient),+> OwnGradient for ($($part,)+) {}
    )*};
}

tuples! {
    (A)
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
    (A B C D E F G H I)
    (A B C D E F G H I J)
    (A B C D E F G H I J K)
    (A B C D E F G H I J K L)
}
