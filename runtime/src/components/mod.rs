//! The floats inside a value, one by one and in order.
//!
//! That is how [`check`](crate::check) finds what to perturb in the arguments of a function and what to compare in its
//! gradient, and how an optimiser walks through parameters and gradient together, as two `Vec<f64>`. A value and its
//! gradient have the same components in the same order, under the same paths; integers, `bool` and the like have none.

mod path;
mod shapes;

pub use path::{Path, Segment};

/// One float, read.
///
/// ```
/// use backprop::components::Component;
///
/// let tenth = Component::F32(0.1);
/// assert_eq!(tenth.to_f64(), 0.10000000149011612);
/// assert_eq!(tenth.round(0.3), f64::from(0.3_f32));
/// assert_eq!(tenth.epsilon(), f64::from(f32::EPSILON));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Component {
    /// A number of single precision.
    F32(f32),
    /// A number of double precision.
    F64(f64),
}

/// One float in place, to be overwritten.
///
/// ```
/// use backprop::components::ComponentMut;
///
/// let mut number = 0.0_f32;
/// ComponentMut::F32(&mut number).set(0.1);
/// assert_eq!(number, 0.1);
/// ```
#[derive(Debug, PartialEq)]
pub enum ComponentMut<'a> {
    /// A number of single precision.
    F32(&'a mut f32),
    /// A number of double precision.
    F64(&'a mut f64),
}

impl Component {
    /// The number in double precision, which changes nothing about it.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        match self {
            Self::F32(number) => f64::from(number),
            Self::F64(number) => number,
        }
    }

    /// The distance from 1 to the next number of this precision.
    #[must_use]
    pub fn epsilon(self) -> f64 {
        match self {
            Self::F32(_) => f64::from(f32::EPSILON),
            Self::F64(_) => f64::EPSILON,
        }
    }

    /// The number of this precision that is nearest to `number`.
    #[must_use]
    pub fn round(self, number: f64) -> f64 {
        match self {
            Self::F32(_) => f64::from(number as f32),
            Self::F64(_) => number,
        }
    }
}

impl ComponentMut<'_> {
    /// Overwrites the float with the number of its precision that is nearest to `number`.
    pub fn set(self, number: f64) {
        match self {
            Self::F32(place) => *place = number as f32,
            Self::F64(place) => *place = number,
        }
    }
}

/// A value whose floats can be visited: what it owns, and what it borrows by `&mut`.
///
/// Both methods visit the same floats in the same order, each under its path, which is `path` on entry (and again on
/// return) and goes on inside the value.
///
/// ```
/// use backprop::components::{Components, Path};
///
/// let mut value = (1.5_f64, vec![2.0_f64, 3.0]);
/// let mut found = Vec::new();
/// value.visit(&mut Path::new(), &mut |path, component| found.push((path.to_string(), component.to_f64())));
/// assert_eq!(found, [(".0".into(), 1.5), (".1[0]".into(), 2.0), (".1[1]".into(), 3.0)]);
///
/// value.visit_mut(&mut Path::new(), &mut |_, component| component.set(0.0));
/// assert_eq!(value, (0.0, vec![0.0, 0.0]));
/// ```
#[diagnostic::on_unimplemented(
    message = "the floats inside `{Self}` cannot be perturbed one by one",
    label = "not an owned value of floats",
    note = "owned shapes can: `f64`, `f32`, arrays, `Vec`, tuples, `Option`, `Result`, `Box` of such, structs and enums \
            with `#[derive(backprop::Differentiable)]`, and `&mut` to them; for a slice `&[f64]`, hand over a `Vec<f64>` and borrow from it inside the function"
)]
pub trait Components {
    /// Calls `visit` with each float.
    fn visit(&self, path: &mut Path, visit: &mut dyn FnMut(&Path, Component));

    /// Calls `visit` with each float, which it may overwrite.
    fn visit_mut(&mut self, path: &mut Path, visit: &mut dyn FnMut(&Path, ComponentMut<'_>));

    /// How many floats there are.
    ///
    /// ```
    /// use backprop::components::Components;
    ///
    /// assert_eq!((1.0, vec![[0.0_f32; 3]; 2], 4_usize).component_count(), 7);
    /// ```
    #[must_use]
    fn component_count(&self) -> usize {
        let mut count = 0;
        self.visit(&mut Path::new(), &mut |_, _| count += 1);
        count
    }

    /// The floats in order.
    ///
    /// ```
    /// use backprop::components::Components;
    ///
    /// assert_eq!((1.5, vec![2.0_f32, 3.0]).to_flat(), [1.5, 2.0, 3.0]);
    /// ```
    #[must_use]
    fn to_flat(&self) -> Vec<f64> {
        let mut flat = Vec::with_capacity(self.component_count());
        self.visit(&mut Path::new(), &mut |_, component| flat.push(component.to_f64()));
        flat
    }

    /// Overwrites the floats, in order, with the numbers of `flat` (rounded to `f32` for those that are `f32`).
    ///
    /// # Panics
    ///
    /// If there are more floats or fewer than numbers in `flat`. Then nothing is written.
    ///
    /// ```
    /// use backprop::components::Components;
    ///
    /// let mut value = (1.5, vec![2.0, 3.0]);
    /// let doubled: Vec<f64> = value.to_flat().iter().map(|number| 2.0 * number).collect();
    /// value.copy_from_flat(&doubled);
    /// assert_eq!(value, (3.0, vec![4.0, 6.0]));
    /// ```
    #[track_caller]
    fn copy_from_flat(&mut self, flat: &[f64]) {
        let count = self.component_count();
        let given = flat.len();
        assert!(given == count, "copy_from_flat: the value has {count} floats, but {given} numbers are given");
        let mut numbers = flat.iter();
        self.visit_mut(&mut Path::new(), &mut |_, component| {
            if let Some(number) = numbers.next() {
                component.set(*number);
            }
        });
    }
}
