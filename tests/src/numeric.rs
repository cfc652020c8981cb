//! Central differences by Ridders' extrapolation: steps shrink by a fixed factor, the polynomial through the
//! quotients is read off at step zero, and of all the estimates the one that moved least is taken.

const SHRINK: f64 = 1.4;
const STEPS: usize = 12;

/// The slope of `f` at `x` with an estimate of its error.
pub fn slope(mut f: impl FnMut(f64) -> f64, x: f64) -> (f64, f64) {
    let mut step = 0.02 * x.abs().max(0.1);
    let mut previous: Vec<f64> = Vec::new();
    let (mut best, mut error) = (f64::NAN, f64::INFINITY);
    for _ in 0..STEPS {
        let (above, below) = (x + step, x - step);
        let mut row = vec![(f(above) - f(below)) / (above - below)];
        let mut factor = 1.0;
        for (order, coarser) in previous.iter().enumerate() {
            factor *= SHRINK * SHRINK;
            let finer = row[order];
            let extrapolated = (factor * finer - coarser) / (factor - 1.0);
            let moved = (extrapolated - finer).abs().max((extrapolated - coarser).abs());
            if moved < error {
                (best, error) = (extrapolated, moved);
            }
            row.push(extrapolated);
        }
        previous = row;
        step /= SHRINK;
    }
    (best, error)
}

/// The gradient of `f` at `at`, a slope with its error estimate for each component.
pub fn gradient(f: impl Fn(&[f64]) -> f64, at: &[f64]) -> Vec<(f64, f64)> {
    let mut point = at.to_vec();
    let mut slopes = Vec::with_capacity(at.len());
    for i in 0..at.len() {
        let along = |x: f64| {
            point[i] = x;
            f(&point)
        };
        slopes.push(slope(along, at[i]));
        point[i] = at[i];
    }
    slopes
}

/// Holds `found` to `expected` within `tolerance`, relative where the numbers are large, absolute where small.
///
/// Infinities must be equal and a NaN meets only a NaN.
#[track_caller]
pub fn assert_close(what: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{what}: the number of components");
    for (i, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        let same = found == expected || (found.is_nan() && expected.is_nan());
        let close = (found - expected).abs() <= tolerance * expected.abs().max(1.0);
        assert!(same || close, "{what}: component {i} is {found}, expected {expected} (within {tolerance:e})");
    }
}
