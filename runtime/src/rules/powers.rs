//! Powers.

use crate::scalar::Scalar;

/// d xᵖ / dx = p xᵖ⁻¹, and 0 for p = 0, where the power is 1 whatever x is (0⁰ included).
///
/// No logarithm is taken, so a negative x with an integer p has the derivative it should.
#[inline]
pub fn powf_base<T: Scalar>(x: T, p: T) -> T {
    if p == T::ZERO { T::ZERO } else { p * x.powf(p - T::ONE) }
}

/// d xᵖ / dp = y ln x, where `y` is xᵖ.
///
/// It is 0 where the power stays 0 (x = 0 and p > 0, or x infinite and p < 0) and at 0⁰, minus infinity for x = 0 and
/// p < 0, and NaN for negative x, as the power is defined at single exponents only.
#[inline]
pub fn powf_exponent<T: Scalar>(x: T, p: T, y: T) -> T {
    let stays_zero = x >= T::ZERO && y == T::ZERO;
    let zero_to_the_zero = x == T::ZERO && p == T::ZERO;
    if stays_zero || zero_to_the_zero { T::ZERO } else { y * x.ln() }
}

/// d xⁿ / dx = n xⁿ⁻¹, and 0 for n = 0.
///
/// At the least `n` there is no n - 1, so there it is n xⁿ / x.
#[inline]
pub fn powi_base<T: Scalar>(x: T, n: i32) -> T {
    let factor = T::from_f64(f64::from(n));
    match n.checked_sub(1) {
        _ if n == 0 => T::ZERO,
        Some(lower) => factor * x.powi(lower),
        None => factor * x.powi(n) / x,
    }
}

/// The natural logarithm as a function, for arguments that may be literals.
#[inline]
pub fn ln<T: Scalar>(x: T) -> T {
    x.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn powers_by_their_base() {
        assert_eq!(powf_base(3.0, 2.0), 6.0);
        assert_eq!(powf_base(-3.0, 3.0), 27.0);
        assert_eq!(powf_base(0.0, 1.0), 1.0);
        assert_eq!(powf_base(0.0, 2.0), 0.0);
        assert_eq!(powf_base(0.0, 0.5), INFINITY);
        assert_eq!([0.0, -2.0, INFINITY, f64::NAN].map(|x| powf_base(x, 0.0)), [0.0; 4]);
        assert!(powf_base(-3.0, 0.5).is_nan());
        assert_eq!(powf_base(4.0_f32, 0.5), 0.25);
    }

    #[test]
    fn powers_by_their_exponent() {
        let slope = |x: f64, p: f64| powf_exponent(x, p, x.powf(p));
        assert_eq!(slope(1.0, 5.0), 0.0);
        assert_eq!(slope(2.0, 3.0), 8.0 * 2.0_f64.ln());
        assert_eq!([slope(0.0, 0.0), slope(0.0, 2.0), slope(-0.0, 2.0)], [0.0; 3]);
        assert_eq!(slope(0.0, -1.0), f64::NEG_INFINITY);
        assert_eq!(slope(INFINITY, -1.0), 0.0);
        assert_eq!(slope(INFINITY, 1.0), INFINITY);
        assert!(slope(-2.0, 2.0).is_nan());
        assert!(slope(-1e-200, 2.0).is_nan());
        assert!(slope(0.0, f64::NAN).is_nan());
    }

    #[test]
    fn powers_with_an_integer_by_their_base() {
        assert_eq!(powi_base(3.0, 3), 27.0);
        assert_eq!(powi_base(-2.0, -1), -0.25);
        assert_eq!(powi_base(0.0, 1), 1.0);
        assert_eq!(powi_base(0.0, 0), 0.0);
        assert_eq!(powi_base(f64::NAN, 0), 0.0);
        assert_eq!(powi_base(1.0, i32::MIN), f64::from(i32::MIN));
        assert_eq!(powi_base(-1.0, i32::MIN), -f64::from(i32::MIN));
        assert_eq!(powi_base(0.0, i32::MIN), f64::NEG_INFINITY);
    }
}
