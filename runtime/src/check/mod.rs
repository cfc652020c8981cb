//! Holds a gradient to the numerical derivative of its function.
//!
//! [`gradient`] moves each float in the arguments a little, up and down, and compares how much the function's value
//! changes with what the gradient says. The steps are found for each float by itself, and what numerical
//! differentiation cannot know is measured as well: each comparison has an error estimate, and its verdict rests on
//! that, not on a tolerance that somebody has to guess.
//!
//! ```
//! use backprop::check;
//!
//! fn area(sides: &[f64; 2], angle: f64) -> f64 {
//!     sides[0] * sides[1] * angle.sin() / 2.0
//! }
//!
//! let (a, b, angle) = (3.0, 4.0, 0.5_f64);
//! let claimed = ([b * angle.sin() / 2.0, a * angle.sin() / 2.0], a * b * angle.cos() / 2.0);
//! let report = check::gradient(|(sides, angle)| area(sides, *angle), ([a, b], angle), &claimed);
//! report.assert_ok();
//!
//! // Two components exchanged:
//! let wrong = ([claimed.0[1], claimed.0[0]], claimed.1);
//! let report = check::gradient(|(sides, angle)| area(sides, *angle), ([a, b], angle), &wrong);
//! assert!(!report.is_ok());
//! let paths: Vec<String> = report.failures().map(|failure| failure.path.to_string()).collect();
//! assert_eq!(paths, [".0[0]", ".0[1]"]);
//! ```
//!
//! What differences cannot see, a check cannot either: a part of the function that lies below the rounding of the rest,
//! a narrow feature beside the point, a branch not taken. Check at several points, of ordinary size, off the kinks.

mod comparison;
mod numerical;
mod report;
#[cfg(test)]
mod tests;

use std::borrow::Borrow;

pub use comparison::{Comparison, Verdict};
pub use report::Report;

use crate::components::{Component, Components, Path};
use crate::differentiable::Differentiable;
use crate::scalar::Scalar;
use numerical::Line;

/// Compares `gradient` with the numerical derivative of `function` at `at`, float by float.
///
/// `at` is an owned value of any shape whose floats are to be varied: a float, an array, a `Vec`, a tuple of several
/// arguments. What is not to be varied is best captured by `function`, which must give the same value each time it is
/// called with the same argument. It is called some 15 to 40 times for each float.
///
/// The [`Report`] says where they agree; [`Report::assert_ok`] makes a test of it.
///
/// # Panics
///
/// If `gradient` has another shape than `at`.
///
/// ```
/// use backprop::check;
///
/// let loss = |w: &Vec<f64>| w.iter().map(|w| (w - 1.0).powi(2)).sum::<f64>();
/// let report = check::gradient(loss, vec![0.5, 3.0], &vec![-1.0, 4.0]);
/// report.assert_ok();
/// assert!(report.largest_deviation().unwrap().deviation() < 1e-10);
/// println!("{report}");
/// ```
#[track_caller]
pub fn gradient<A, R>(mut function: impl FnMut(&A) -> R, mut at: A, gradient: &A::Gradient) -> Report
where
    A: Differentiable + Components,
    R: Scalar,
{
    if let Some(mismatch) = at.shape_mismatch(gradient.borrow()) {
        panic!("check::gradient: {mismatch}");
    }
    let places = components(&at);
    let claims = components(gradient);
    assert_eq!(places.len(), claims.len(), "check::gradient: a gradient has a number for each float of the value");

    let mut evaluations = 1;
    let value = function(&at).to_f64();
    let mut comparisons = Vec::with_capacity(places.len());
    for (index, ((path, place), (_, claim))) in places.into_iter().zip(claims).enumerate() {
        let at_place = place.to_f64();
        let mut along = |number| {
            evaluations += 1;
            set(&mut at, index, number);
            function(&at).to_f64()
        };
        let line = Line::new(place, value, R::EPSILON.to_f64(), &mut along);
        let numerical = line.slope();
        set(&mut at, index, at_place);
        comparisons.push(Comparison::new(path, place, claim.to_f64(), numerical));
    }
    Report::new(value, comparisons, evaluations)
}

/// The floats of `value` in order.
fn components<T: Components>(value: &T) -> Vec<(Path, Component)> {
    let mut components = Vec::new();
    value.visit(&mut Path::new(), &mut |path, component| components.push((path.clone(), component)));
    components
}

/// Overwrites the float that comes at `index`.
fn set<T: Components>(value: &mut T, index: usize, number: f64) {
    let mut current = 0;
    value.visit_mut(&mut Path::new(), &mut |_, component| {
        if current == index {
            component.set(number);
        }
        current += 1;
    });
}
