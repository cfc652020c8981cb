//! Lengths and angles in the plane.

use crate::scalar::Scalar;

/// d √(x² + y²) / dx = x / r, where `r` is the length `x.hypot(y)`.
///
/// It is 0 at the origin, as for `abs`. Where the length is infinite because x is, it is x's sign; where only the other
/// leg is, it is 0.
#[inline]
pub fn hypot_slope<T: Scalar>(x: T, r: T) -> T {
    if r == T::ZERO {
        T::ZERO
    } else if x.is_infinite() {
        x.signum()
    } else {
        x / r
    }
}

/// d y.atan2(x) / dy = x / (x² + y²), and 0 at the origin.
#[inline]
pub fn atan2_dy<T: Scalar>(y: T, x: T) -> T {
    over_square(x, y, x)
}

/// d y.atan2(x) / dx = -y / (x² + y²), and 0 at the origin.
#[inline]
pub fn atan2_dx<T: Scalar>(y: T, x: T) -> T {
    over_square(-y, y, x)
}

/// leg / (a² + b²), where `leg` is ±a or ±b.
#[inline]
fn over_square<T: Scalar>(leg: T, a: T, b: T) -> T {
    let square = a * a + b * b;
    // Above this bound, what underflows in one of the squares is lost in rounding the sum.
    if square > T::MIN_POSITIVE / T::EPSILON && square.is_finite() {
        leg / square
    } else {
        over_extreme_square(leg, a, b)
    }
}

/// The same where the squares overflow or underflow, or an operand is no number.
#[cold]
fn over_extreme_square<T: Scalar>(leg: T, a: T, b: T) -> T {
    if a.is_nan() || b.is_nan() {
        return a + b;
    }
    if a.is_infinite() || b.is_infinite() || (a == T::ZERO && b == T::ZERO) {
        return T::ZERO;
    }
    // A quarter keeps the length of the longest legs finite; of short ones it takes nothing, as they are not divided.
    let quarter = if a.abs() > T::ONE || b.abs() > T::ONE { T::from_f64(0.25) } else { T::ONE };
    let length = (quarter * a).hypot(quarter * b);
    quarter * leg / length / length * quarter
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn slopes_of_a_length() {
        assert_eq!(hypot_slope(3.0, 5.0), 0.6);
        assert_eq!(hypot_slope(0.0, 0.0), 0.0);
        assert_eq!(hypot_slope(-INFINITY, INFINITY), -1.0);
        assert_eq!(hypot_slope(7.0, INFINITY), 0.0);
        assert!(hypot_slope(f64::NAN, INFINITY).is_nan());
    }

    #[test]
    fn slopes_of_an_angle() {
        assert_eq!((atan2_dy(3.0, 4.0), atan2_dx(3.0, 4.0)), (0.16, -0.12));
        assert_eq!((atan2_dy(0.0, 0.0), atan2_dx(0.0, 0.0)), (0.0, 0.0));
        assert_eq!((atan2_dy(0.0, -2.0), atan2_dx(-2.0, 0.0)), (-0.5, 0.5));
        assert_eq!((atan2_dy(1.0, INFINITY), atan2_dx(INFINITY, 1.0)), (0.0, 0.0));
        assert!(atan2_dy(f64::NAN, INFINITY).is_nan() && atan2_dx(1.0, f64::NAN).is_nan());
    }

    /// Scaling both legs by s divides the slopes by s.
    #[test]
    fn slopes_of_an_angle_survive_squares_that_do_not() {
        let close = |found: f64, expected: f64| (found / expected - 1.0).abs() < 4.0 * f64::EPSILON;
        for scale in [1e-300, 1e-200, 1e-160, 1e-150, 1e150, 1e160, 1e300] {
            assert!(close(atan2_dy(3.0 * scale, 4.0 * scale), 0.16 / scale), "{scale:e}");
            assert!(close(atan2_dx(3.0 * scale, 4.0 * scale), -0.12 / scale), "{scale:e}");
        }
        assert!(close(atan2_dy(1e-200, 1e-100), 1e100));
        assert!(close(atan2_dy(1e-200, 1.0), 1.0));
        // The length of these overflows, the slope is subnormal.
        assert!((atan2_dy(1.7e308, 1.7e308) / 2.94e-309 - 1.0).abs() < 1e-3);
        assert!((f64::from(atan2_dy(3e-30_f32, 4e-30)) / 1.6e29 - 1.0).abs() < 1e-6);
    }
}
