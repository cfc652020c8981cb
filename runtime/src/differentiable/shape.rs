//! How a gradient can fail to fit its value.

use std::fmt;

use crate::components::{Path, Segment};

/// What can differ between a value and a gradient of the right type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// The length of a slice or a `Vec`.
    Length(usize),
    /// Which variant of an enum it is, such as `None` or `Some`.
    Variant(&'static str),
}

/// Where a gradient does not have its value's shape.
///
/// ```
/// use backprop::{Differentiable, Shape};
///
/// let mismatch = (1.0, vec![1.0, 2.0]).shape_mismatch(&(0.0, vec![])).unwrap();
/// assert_eq!(mismatch.path.to_string(), ".1");
/// assert_eq!(mismatch.expected, Shape::Length(2));
/// assert_eq!(mismatch.found, Shape::Length(0));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeMismatch {
    /// The part of the value, and of the gradient, that it is about.
    pub path: Path,
    /// The shape of the value there.
    pub expected: Shape,
    /// The shape of the gradient there.
    pub found: Shape,
}

impl ShapeMismatch {
    /// A mismatch at the outermost level.
    #[must_use]
    pub const fn new(expected: Shape, found: Shape) -> Self {
        Self { path: Path::new(), expected, found }
    }

    /// The same mismatch seen from a value whose part at `segment` it is about.
    #[must_use]
    pub fn under(self, segment: Segment) -> Self {
        Self { path: self.path.under(segment), ..self }
    }

    /// The mismatch in words, of a buffer for something that the user calls `name`.
    pub(crate) fn of_buffer(&self, name: &str) -> String {
        let Self { path, expected, found } = self;
        if path.is_empty() {
            format!("the gradient buffer of `{name}` {found}, but `{name}` {expected}")
        } else {
            format!("the gradient buffer of `{name}` {found} at `{path}`, but `{name}{path}` {expected}")
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(length) => write!(f, "has length {length}"),
            Self::Variant(name) => write!(f, "is `{name}`"),
        }
    }
}

impl fmt::Display for ShapeMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, expected, found } = self;
        if path.is_empty() {
            write!(f, "the gradient {found}, but the value {expected}")
        } else {
            write!(f, "the gradient {found} at `{path}`, but the value {expected} there")
        }
    }
}
