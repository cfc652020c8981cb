//! Operations whose value is one of their operands, or its negative.

use crate::scalar::Scalar;

/// d |x| / dx: -1 or 1, 0 at 0, NaN at NaN.
///
/// Zero lies in the middle of the slopes on either side and is what central differences give.
#[inline]
pub fn abs_slope<T: Scalar>(x: T) -> T {
    if x > T::ZERO {
        T::ONE
    } else if x < T::ZERO {
        -T::ONE
    } else {
        // Zero or NaN: either is the slope it calls for.
        x
    }
}

/// d x.copysign(sign) / dx, that is of |x| times the sign of `sign` (a zero has one, too).
///
/// As a function of `sign` it is a step, so flat on either side.
#[inline]
pub fn copysign_slope<T: Scalar>(x: T, sign: T) -> T {
    abs_slope(x) * T::ONE.copysign(sign)
}

/// Whether `a.max(b)` counts as `a`: at a tie it does, and where only `b` is NaN.
///
/// A NaN operand is passed over by `max`, so its derivative is, too.
#[inline]
pub fn max_is_receiver<T: Scalar>(a: T, b: T) -> bool {
    a >= b || b.is_nan()
}

/// Whether `a.min(b)` counts as `a`: at a tie it does, and where only `b` is NaN.
#[inline]
pub fn min_is_receiver<T: Scalar>(a: T, b: T) -> bool {
    a <= b || b.is_nan()
}

/// Whether `x.clamp(low, high)` counts as `x`: at the bounds it does, and where `x` is NaN.
#[inline]
pub fn clamp_is_inside<T: Scalar>(x: T, low: T, high: T) -> bool {
    (low <= x && x <= high) || x.is_nan()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;

    #[test]
    fn the_slope_of_abs_is_zero_at_either_zero() {
        assert_eq!([-2.0, -0.0, 0.0, 2.0].map(abs_slope), [-1.0, 0.0, 0.0, 1.0]);
        assert_eq!([f32::NEG_INFINITY, f32::INFINITY].map(abs_slope), [-1.0, 1.0]);
        assert!(abs_slope(NAN).is_nan());
    }

    #[test]
    fn copysign_follows_the_sign_of_zeros() {
        assert_eq!(copysign_slope(2.0, -0.0), -1.0);
        assert_eq!(copysign_slope(-2.0, 0.0), -1.0);
        assert_eq!(copysign_slope(-2.0, -3.0), 1.0);
        assert_eq!(copysign_slope(0.0, -3.0), 0.0);
    }

    /// At a tie with zeros of both signs the value may be either, so it is left out here.
    #[test]
    fn the_receiver_is_chosen_where_its_value_is_the_result() {
        let values = [-1.0, 0.0, 1.0, f64::INFINITY, f64::NEG_INFINITY, NAN];
        for a in values {
            for b in values {
                let chosen = if max_is_receiver(a, b) { a } else { b };
                assert_eq!(chosen.to_bits(), a.max(b).to_bits(), "{a}.max({b})");
                let chosen = if min_is_receiver(a, b) { a } else { b };
                assert_eq!(chosen.to_bits(), a.min(b).to_bits(), "{a}.min({b})");
            }
        }
        assert!(max_is_receiver(1.0, 1.0) && min_is_receiver(1.0, 1.0));
    }

    #[test]
    fn a_clamped_value_is_inside_at_its_bounds() {
        assert_eq!(
            [0.0, 1.0, 1.5, 2.0, 3.0, NAN].map(|x| clamp_is_inside(x, 1.0, 2.0)),
            [false, true, true, true, false, true]
        );
    }
}
