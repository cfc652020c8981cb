//! Where inside a value something stands.

use std::fmt;

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// Into an element of an array, a slice or a `Vec`; shown as `[3]`.
    Index(usize),
    /// Into a field of a tuple; shown as `.1`.
    Position(usize),
    /// Into a field with a name; shown as `.weights`.
    Field(&'static str),
    /// Into the content of an `Option`, or of a `Result` that is `Ok`; shown as `?`.
    Some,
}

/// The way from a value to a part of it, shown as one would write it: `.1[3]`.
///
/// ```
/// use backprop::components::{Path, Segment};
///
/// let mut path = Path::new();
/// path.within(Segment::Position(1), |path| {
///     path.within(Segment::Index(3), |path| assert_eq!(path.to_string(), ".1[3]"));
/// });
/// assert!(path.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path {
    segments: Vec<Segment>,
}

impl Path {
    /// The way from a value to itself.
    #[must_use]
    pub const fn new() -> Self {
        Self { segments: Vec::new() }
    }

    /// The steps from outside to inside.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Whether this is the way from a value to itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Runs `walk` with the path one step further in; afterwards it is as before.
    pub fn within<R>(&mut self, segment: Segment, walk: impl FnOnce(&mut Self) -> R) -> R {
        self.segments.push(segment);
        let result = walk(self);
        self.segments.pop();
        result
    }

    /// The same way seen from a value in which this path's value is the part at `segment`.
    #[must_use]
    pub fn under(mut self, segment: Segment) -> Self {
        self.segments.insert(0, segment);
        self
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Position(position) => write!(f, ".{position}"),
            Self::Field(name) => write!(f, ".{name}"),
            Self::Some => f.write_str("?"),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.segments.iter().try_for_each(|segment| segment.fmt(f))
    }
}
