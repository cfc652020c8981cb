//! What has a gradient, and of which shape it is.

mod shape;
mod shapes;

use std::borrow::BorrowMut;

pub use shape::{Shape, ShapeMismatch};

use crate::gradient::Gradient;

/// A type that a function can be differentiated by.
///
/// | type | [`Gradient`](Differentiable::Gradient) | [`Adjoint`](Differentiable::Adjoint) |
/// | --- | --- | --- |
/// | `f64`, `f32` | the same | the same |
/// | `[T; N]` | `[G; N]` | the same |
/// | `Vec<T>` | `Vec<G>` | the same |
/// | `[T]` | `Vec<G>` | `[G]` |
/// | `&T`, `&mut T` | as for `T` | as for `T` |
/// | `(A, B, …)` up to 12 | `(GA, GB, …)` | the same |
/// | `Option<T>`, `Box<T>` | `Option<G>`, `Box<G>` | the same |
/// | `Result<T, E>`, for any `E` | `Option<G>`, which is `None` for an `Err` | the same |
/// | integers, `bool`, `char`, strings, `PhantomData`, `()` | `()` | the same |
/// | a struct or an enum with the [derive](derive@crate::Differentiable) | one of the same shape | the same |
///
/// ```
/// use backprop::Differentiable;
///
/// fn gradient_of<T: Differentiable>(value: T) -> T::Gradient {
///     value.zero_gradient()
/// }
///
/// let slice = &[1.0_f64, 2.0][..];
/// let gradient: (Vec<f64>, f64, ()) = gradient_of((slice, 3.0, 4_usize));
/// assert_eq!(gradient, (vec![0.0, 0.0], 0.0, ()));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no gradient",
    label = "nothing can be differentiated by this type",
    note = "gradients exist for `f64`, `f32`, and arrays, slices, `Vec`, tuples, `Option`, `Result` and `Box` of \
            such, and for structs and enums with `#[derive(backprop::Differentiable)]`; leave a parameter out with \
            `#[constant]`, or a value with `backprop::stop_gradient(value)`"
)]
pub trait Differentiable {
    /// The gradient by a value of this type, owned.
    type Gradient: Gradient + BorrowMut<Self::Adjoint>;

    /// What a reverse sweep adds into through a `&mut`: the gradient, or, where that is a `Vec` for a slice, a slice
    /// of it.
    type Adjoint: Gradient + ?Sized;

    /// Zeros in this value's shape.
    ///
    /// ```
    /// use backprop::Differentiable;
    ///
    /// assert_eq!(vec![[1.0, 2.0], [3.0, 4.0]].zero_gradient(), [[0.0, 0.0], [0.0, 0.0]]);
    /// ```
    fn zero_gradient(&self) -> Self::Gradient;

    /// Zeros in the shapes of all `values`, in order.
    ///
    /// Like [`zero_gradient`](Differentiable::zero_gradient) on each, which for floats would stand in the way of
    /// memory that the system hands out zeroed.
    ///
    /// ```
    /// use backprop::Differentiable;
    ///
    /// assert_eq!(f64::zero_gradients(&[1.0, 2.0]), [0.0, 0.0]);
    /// ```
    #[inline]
    fn zero_gradients(values: &[Self]) -> Vec<Self::Gradient>
    where
        Self: Sized,
    {
        values.iter().map(Self::zero_gradient).collect()
    }

    /// An owned gradient as the buffer that a reverse sweep adds into.
    ///
    /// ```
    /// use backprop::Differentiable;
    ///
    /// let mut gradient = vec![0.0, 0.0];
    /// let buffer: &mut [f64] = <[f64]>::adjoint(&mut gradient);
    /// buffer[1] += 1.0;
    /// assert_eq!(gradient, [0.0, 1.0]);
    /// ```
    #[inline]
    fn adjoint(gradient: &mut Self::Gradient) -> &mut Self::Adjoint {
        gradient.borrow_mut()
    }

    /// The first place where `adjoint` has another shape than this value, or `None` where it has the same.
    ///
    /// ```
    /// use backprop::Differentiable;
    ///
    /// let rows = vec![vec![1.0, 2.0], vec![3.0]];
    /// assert_eq!(rows.shape_mismatch(&vec![vec![0.0; 2], vec![0.0; 1]]), None);
    ///
    /// let mismatch = rows.shape_mismatch(&vec![vec![0.0; 2], vec![0.0; 2]]).unwrap();
    /// assert_eq!(mismatch.to_string(), "the gradient has length 2 at `[1]`, but the value has length 1 there");
    /// ```
    fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> Option<ShapeMismatch>;
}
