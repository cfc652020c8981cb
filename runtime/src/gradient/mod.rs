//! What can be done with a gradient, whatever its shape.

mod shapes;

use crate::components::Components;

/// The derivative of one number by each number in a value, in the shape of that value.
///
/// Gradients are `f64` and `f32`; arrays, slices, `Vec`, tuples, `Option` and `Box` of gradients; what
/// [`derive(Differentiable)`](derive@crate::Differentiable) makes; and `()` for what cannot vary. They are numbers for
/// you to keep: there is nothing of a tape or a graph in them.
///
/// ```
/// use backprop::Gradient;
///
/// // Plain gradient descent with momentum, for weights of any shape.
/// let mut velocity = (vec![0.0, 0.0], 0.0);
/// let gradient = (vec![1.0, -2.0], 4.0);
/// velocity.scale(0.9);
/// velocity.accumulate(&gradient);
/// assert_eq!(velocity, (vec![1.0, -2.0], 4.0));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a gradient",
    label = "not a gradient",
    note = "gradients are `f64`, `f32`, `()`, and arrays, slices, `Vec`, tuples, `Option` and `Box` of gradients"
)]
pub trait Gradient: Components {
    /// Adds `other` to this gradient, number by number.
    ///
    /// # Panics
    ///
    /// If the two differ in shape: slices of different lengths, different variants of an enum.
    ///
    /// ```
    /// use backprop::Gradient;
    ///
    /// let mut sum = [1.0, 2.0];
    /// sum.accumulate(&[0.5, -2.0]);
    /// assert_eq!(sum, [1.5, 0.0]);
    /// ```
    fn accumulate(&mut self, other: &Self);

    /// Multiplies each number by `factor` (which is rounded to `f32` for numbers that are `f32`).
    ///
    /// This is multiplication as the processor does it: zero times infinity is NaN. To make zeros, use
    /// [`set_zero`](Gradient::set_zero).
    ///
    /// ```
    /// use backprop::Gradient;
    ///
    /// let mut mean = vec![6.0, 3.0];
    /// mean.scale(1.0 / 3.0);
    /// assert_eq!(mean, [2.0, 1.0]);
    /// ```
    fn scale(&mut self, factor: f64);

    /// Sets each number to zero and leaves the shape as it is.
    ///
    /// ```
    /// use backprop::Gradient;
    ///
    /// let mut buffer = vec![f64::INFINITY, 1.0];
    /// buffer.set_zero();
    /// assert_eq!(buffer, [0.0, 0.0]);
    /// ```
    fn set_zero(&mut self);

    /// Whether each number is zero, of either sign. NaN is not.
    ///
    /// ```
    /// use backprop::Gradient;
    ///
    /// assert!([0.0, -0.0].is_zero());
    /// assert!(![0.0, f64::NAN].is_zero());
    /// ```
    fn is_zero(&self) -> bool;
}
