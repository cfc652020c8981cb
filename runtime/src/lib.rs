//! Gradients of ordinary Rust functions, written at compile time.
//!
//! The attribute [`macro@backprop`] leaves a function as it is and adds its reverse-mode derivative. This crate exports
//! it together with what signatures of generated functions speak of:
//!
//! * [`Differentiable`]: what has a gradient, and of which type it is;
//! * [`Gradient`]: what can be done with one, whatever its shape;
//! * [`Scalar`]: `f32` and `f64`;
//! * [`stop_gradient`]: counts a value as constant;
//! * [`check`]: holds a gradient to the numerical derivative.
//!
//! A gradient has the shape of its value, with a number in place of each number:
//!
//! ```
//! use backprop::{Differentiable, Gradient};
//!
//! let model = (vec![[1.0_f64, 2.0], [3.0, 4.0]], 0.5_f64);
//! let mut gradient = model.zero_gradient();
//! assert_eq!(gradient, (vec![[0.0, 0.0], [0.0, 0.0]], 0.0));
//!
//! gradient.accumulate(&(vec![[0.0, 0.25], [0.0, 0.0]], 1.0));
//! gradient.scale(2.0);
//! assert_eq!(gradient, (vec![[0.0, 0.5], [0.0, 0.0]], 2.0));
//! ```

#![warn(missing_docs)]

mod cut;
mod differentiable;
mod gradient;
mod rules;
mod scalar;
mod tape;

pub mod check;
pub mod components;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use backprop_derive::backprop;

pub use crate::cut::stop_gradient;
pub use crate::differentiable::{Differentiable, Shape, ShapeMismatch};
pub use crate::gradient::Gradient;
pub use crate::scalar::Scalar;
