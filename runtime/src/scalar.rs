//! `f32` and `f64` under one name.

use std::fmt::{Debug, Display};
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign};

use crate::differentiable::Differentiable;
use crate::gradient::Gradient;

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// A float: `f32` or `f64`, and no other type.
///
/// It is its own gradient. The functions are those of the standard library under their names there.
///
/// ```
/// use backprop::Scalar;
///
/// fn norm<T: Scalar>(values: &[T]) -> T {
///     let mut sum = T::ZERO;
///     for &value in values {
///         sum += value * value;
///     }
///     sum.sqrt()
/// }
///
/// assert_eq!(norm(&[3.0_f32, 4.0]), 5.0);
/// assert_eq!(norm(&[6.0_f64, 8.0]), 10.0);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a float",
    label = "`f64` or `f32` is needed here",
    note = "`#[backprop]` knows the derivative of this for `f64` and `f32`; where the value is not to be \
            differentiated, say so with `backprop::stop_gradient(value)`, or with `#[constant]` on a parameter"
)]
pub trait Scalar:
    sealed::Sealed
    + Differentiable<Gradient = Self, Adjoint = Self>
    + Gradient
    + Copy
    + Default
    + Debug
    + Display
    + PartialEq
    + PartialOrd
    + Send
    + Sync
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Rem<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + RemAssign
    + 'static
{
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// The distance from 1 to the next number.
    const EPSILON: Self;
    /// The least positive number of full precision.
    const MIN_POSITIVE: Self;

    /// The number of this type that is nearest to `number`.
    #[must_use]
    fn from_f64(number: f64) -> Self;
    /// This number in double precision.
    #[must_use]
    fn to_f64(self) -> f64;

    /// Whether this is no number.
    #[must_use]
    fn is_nan(self) -> bool;
    /// Whether this is an infinity of either sign.
    #[must_use]
    fn is_infinite(self) -> bool;
    /// Whether this is neither infinite nor NaN.
    #[must_use]
    fn is_finite(self) -> bool;

    /// The distance from zero.
    #[must_use]
    fn abs(self) -> Self;
    /// One with the sign of this number.
    #[must_use]
    fn signum(self) -> Self;
    /// This number's distance from zero with the sign of `sign`.
    #[must_use]
    fn copysign(self, sign: Self) -> Self;
    /// The square root.
    #[must_use]
    fn sqrt(self) -> Self;
    /// `e` to the power of this number.
    #[must_use]
    fn exp(self) -> Self;
    /// The natural logarithm.
    #[must_use]
    fn ln(self) -> Self;
    /// This number to a power that is a float.
    #[must_use]
    fn powf(self, exponent: Self) -> Self;
    /// This number to a power that is an integer.
    #[must_use]
    fn powi(self, exponent: i32) -> Self;
    /// The length of the hypotenuse over legs of this length and `other`.
    #[must_use]
    fn hypot(self, other: Self) -> Self;
}

macro_rules! scalar {
    ($($float:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Scalar for $float {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const EPSILON: Self = $float::EPSILON;
            const MIN_POSITIVE: Self = $float::MIN_POSITIVE;

            #[inline]
            fn from_f64(number: f64) -> Self {
                number as $float
            }

            #[inline]
            fn to_f64(self) -> f64 {
                self.into()
            }

            scalar!(@inherent $float:
                is_nan() -> bool, is_infinite() -> bool, is_finite() -> bool,
                abs() -> Self, signum() -> Self, copysign(sign: Self) -> Self,
                sqrt() -> Self, exp() -> Self, ln() -> Self,
                powf(exponent: Self) -> Self, powi(exponent: i32) -> Self, hypot(other: Self) -> Self
            );
        }
    )*};
    (@inherent $float:ident: $($name:ident($($operand:ident: $type:ty)?) -> $result:ty),*) => {$(
        #[inline]
        fn $name(self $(, $operand: $type)?) -> $result {
            $float::$name(self $(, $operand)?)
        }
    )*};
}

scalar!(f32 f64);
