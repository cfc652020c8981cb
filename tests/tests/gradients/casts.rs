//! Casts between floats carry the derivative; casts of integers make constants.

use backprop::backprop;
use backprop_tests::{assert_close, check};

#[backprop]
fn integers_as_floats(x: f64, n: usize, k: i32, byte: u8) -> f64 {
    x * n as f64 + x * x * k as f64 - (n as i32 - k) as f64 * x + f64::from(byte) * x
}

#[test]
fn an_integer_as_a_float_is_constant() {
    check!(integers_as_floats(0.3, const 4, const -3, const 255));
    check!(integers_as_floats(0.3, const 0, const i32::MIN / 2, const 0));
}

#[backprop]
fn widened(x: f32) -> f64 {
    x as f64 * 3.0 + (x as f64) * (x as f64)
}

#[backprop]
fn narrowed(x: f64) -> f32 {
    x as f32 * 3.0 + (x * x) as f32
}

#[backprop]
fn there_and_back(x: f64) -> f64 {
    (x as f32) as f64 * x
}

#[backprop]
fn to_itself(x: f64) -> f64 {
    (x as f64) * (2.0 * x as f64)
}

#[test]
fn a_cast_between_floats_carries_the_derivative() {
    assert_eq!(widened::value_and_grad(1.5), (6.75, 6.0));
    assert_eq!(narrowed::value_and_grad(1.5), (6.75, 6.0));
    assert_eq!(there_and_back::value_and_grad(1.5), (2.25, 3.0));
    check!(to_itself(1.7));
}

#[test]
fn a_narrowing_cast_uses_the_rounded_value() {
    let (value, slope) = there_and_back::value_and_grad(0.1);
    assert_eq!(value, there_and_back(0.1));
    // The adjoint of a value in single precision is in single precision as well.
    assert_eq!(slope, f64::from(0.1_f32) + f64::from(0.1_f32));
}

#[backprop]
fn mixed_precision(x: &[f32], w: &[f64]) -> f64 {
    let mut total = 0.0;
    for i in 0..x.len() {
        let h = (w[i] as f32 * x[i]).tanh();
        total += h as f64 * w[i];
    }
    total
}

#[test]
fn both_precisions_in_one_function() {
    let (x, w) = ([0.5_f32, -1.25, 2.0], [1.5, 0.25, -0.75]);
    let (value, (x_bar, w_bar)) = mixed_precision::value_and_grad(&x, &w);
    assert_eq!(value, mixed_precision(&x, &w));
    for i in 0..3 {
        let (x, w) = (f64::from(x[i]), w[i]);
        let h = (w * x).tanh();
        let slope = 1.0 - h * h;
        assert_close("x", &[f64::from(x_bar[i])], &[w * w * slope], 1e-6);
        assert_close("w", &[w_bar[i]], &[h + w * x * slope], 1e-6);
    }
}

#[backprop]
fn converted(x: f32, n: u32) -> f64 {
    let wide = f64::from(x);
    wide * wide * f64::from(n)
}

#[test]
fn a_lossless_conversion_carries_the_derivative() {
    assert_eq!(converted::value_and_grad(1.5, 2), (4.5, 6.0));
}

#[backprop]
fn constants_cast_down(x: f64, #[constant] share: f64, n: usize) -> f64 {
    let index = (share * n as f64) as usize;
    let letter = b'a' as f64;
    x * index as f64 + letter * x
}

#[test]
fn a_constant_float_may_become_an_index() {
    check!(constants_cast_down(1.1, const 0.73, const 10));
}

#[backprop]
fn bool_as_integer(x: f64) -> f64 {
    let side = (x > 0.0) as i32 * 2 - 1;
    x * side as f64
}

#[test]
fn a_comparison_of_active_values_may_become_a_number() {
    check!(bool_as_integer(1.1));
    check!(bool_as_integer(-1.1));
}
