//! One number of a gradient against its numerical derivative.

use std::fmt;

use super::numerical::{Kink, Numerical};
use crate::components::{Component, Path};

/// How many error estimates a number may be off: estimates are themselves only about right (`tests` measures them).
const SAFETY: f64 = 8.0;
/// How many units in the last place the gradient itself may be off by rounding.
const ROUNDING: f64 = 64.0;

/// What came of a comparison.
///
/// ```
/// use backprop::check::{Verdict, gradient};
///
/// let verdict = |at: f64, claim: f64| gradient(|x: &f64| x.abs(), at, &claim).comparisons()[0].verdict;
/// assert_eq!(verdict(-2.0, -1.0), Verdict::Agrees);
/// assert_eq!(verdict(-2.0, 0.0), Verdict::Differs);
/// assert_eq!(verdict(0.0, 1.0), Verdict::Kink);
///
/// // Left of zero the square root has no value.
/// assert_eq!(gradient(|x: &f64| x.sqrt(), 0.0, &f64::INFINITY).comparisons()[0].verdict, Verdict::Undecided);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The numbers are the same, as far as can be told.
    Agrees,
    /// The function has a kink here, and the number lies between the slopes on either side, as a convention for kinks
    /// should. Central differences give the middle, which the convention need not.
    Kink,
    /// The numbers differ by more than can be explained. A NaN differs from everything.
    Differs,
    /// There is no numerical derivative to speak of: values around are not finite, or the function jumps.
    Undecided,
}

impl Verdict {
    /// Whether the number is right as far as can be told: it agrees, or is one of a kink's slopes.
    #[must_use]
    pub fn is_ok(self) -> bool {
        matches!(self, Self::Agrees | Self::Kink)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Agrees => "agrees",
            Self::Kink => "kink",
            Self::Differs => "DIFFERS",
            Self::Undecided => "UNDECIDED",
        })
    }
}

/// One number of a gradient, held to its numerical derivative.
///
/// ```
/// let report = backprop::check::gradient(|x: &[f64; 2]| x[0] * x[1].sin(), [3.0, 0.5], &[0.5_f64.sin(), 2.0]);
/// let wrong = &report.comparisons()[1];
/// assert_eq!((wrong.path.to_string().as_str(), wrong.at, wrong.analytic), ("[1]", 0.5, 2.0));
/// assert!((wrong.numerical - 3.0 * 0.5_f64.cos()).abs() < wrong.error);
/// assert!(wrong.deviation() > wrong.tolerance);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// Which float it is about, such as `.1[3]`.
    pub path: Path,
    /// The float itself.
    pub at: f64,
    /// What the gradient says.
    pub analytic: f64,
    /// What differences say; NaN if there are none.
    pub numerical: f64,
    /// About how far `numerical` may be off.
    pub error: f64,
    /// The least step it rests on; NaN if there is none.
    pub step: f64,
    /// How far apart the two may be: several times `error`, and the rounding of the gradient itself.
    pub tolerance: f64,
    /// The slopes on the left and on the right, where they differ.
    pub kink: Option<(f64, f64)>,
    /// What came of it.
    pub verdict: Verdict,
}

impl Comparison {
    pub(super) fn new(path: Path, place: Component, analytic: f64, numerical: Option<Numerical>) -> Self {
        let absent = Numerical { slope: f64::NAN, error: f64::INFINITY, step: f64::NAN, coarse: true, kink: None };
        let Numerical { slope, error, step, coarse, kink } = numerical.unwrap_or(absent);
        let rounding = ROUNDING * place.epsilon() * slope.abs();
        let tolerance = SAFETY * error + if rounding.is_nan() { 0.0 } else { rounding };
        let verdict = if analytic.is_nan() {
            Verdict::Differs
        } else if numerical.is_none() {
            Verdict::Undecided
        } else if (analytic - slope).abs() > tolerance {
            if kink.is_some_and(|kink| lies_between(analytic, kink)) { Verdict::Kink } else { Verdict::Differs }
        } else if coarse {
            Verdict::Undecided
        } else {
            Verdict::Agrees
        };
        let kink = kink.map(|kink| (kink.left, kink.right));
        Self { path, at: place.to_f64(), analytic, numerical: slope, error, step, tolerance, kink, verdict }
    }

    /// The distance between the gradient's number and the numerical derivative.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        (self.analytic - self.numerical).abs()
    }
}

/// Whether the slope is one of those a line through the kink can have that touches the function on either side.
fn lies_between(slope: f64, kink: Kink) -> bool {
    let Kink { left, right, error } = kink;
    (left.min(right) - SAFETY * error..=left.max(right) + SAFETY * error).contains(&slope)
}
