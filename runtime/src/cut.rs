//! Where a derivative ends because the user says so.

/// Gives back `value`, which counts as constant for every derivative that flows through it.
///
/// Inside a function under [`macro@crate::backprop`] the argument is plain Rust: it may call anything, cast floats to
/// integers, hold what has no derivative. Outside it is the identity.
///
/// ```
/// use backprop::stop_gradient;
///
/// // As `weight` is constant for the derivative, d/dx of `x * weight` is `weight` alone.
/// let x = 2.5_f64;
/// let weight = stop_gradient(x.floor());
/// assert_eq!(x * weight, 5.0);
/// ```
#[inline(always)]
pub fn stop_gradient<T>(value: T) -> T {
    value
}
