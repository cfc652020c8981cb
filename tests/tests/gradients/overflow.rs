//! Where numbers overflow, underflow or are no numbers, in floats and in integers.

use std::panic::catch_unwind;

use backprop::backprop;
use backprop_tests::assert_close;

#[backprop]
fn exponential(x: f64) -> f64 {
    2.0 * x.exp()
}

#[backprop]
fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn infinities_come_out_as_the_formula_has_them() {
    assert_eq!(exponential::value_and_grad(1000.0), (f64::INFINITY, f64::INFINITY));
    assert_eq!(exponential::value_and_grad(-1000.0), (0.0, 0.0));
    assert_eq!(exponential::value_and_grad(f64::NEG_INFINITY), (0.0, 0.0));
    assert_eq!(logistic::value_and_grad(800.0), (1.0, 0.0));
}

#[backprop]
fn large_product(x: f64, y: f64) -> f64 {
    x * y
}

#[test]
fn a_product_that_overflows_has_finite_slopes() {
    assert_eq!(large_product::value_and_grad(1e200, 1e200), (f64::INFINITY, (1e200, 1e200)));
    assert_eq!(large_product::value_and_grad(1e-200, 1e-200), (0.0, (1e-200, 1e-200)));
    assert_eq!(large_product::grad(f64::INFINITY, 0.0), (0.0, f64::INFINITY));
}

#[test]
fn a_nan_in_one_argument_stays_there() {
    let (x_bar, y_bar) = large_product::grad(f64::NAN, 2.0);
    assert_eq!(x_bar, 2.0);
    assert!(y_bar.is_nan());
}

#[backprop]
fn masked(x: &[f64], mask: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        if mask[i] > 0.0 {
            s += x[i].ln() * mask[i];
        }
    }
    s
}

#[test]
fn elements_that_are_masked_out_do_not_poison_the_gradient() {
    let (x_bar, mask_bar) = masked::grad(&[2.0, 0.0, f64::NAN], &[1.0, 0.0, -1.0]);
    assert_eq!(x_bar, [0.5, 0.0, 0.0]);
    assert_close("mask", &mask_bar, &[2.0_f64.ln(), 0.0, 0.0], 1e-15);
}

#[backprop]
fn index_underflows(x: &[f64], k: usize) -> f64 {
    x[k - 1] * x[0]
}

#[test]
fn integer_arithmetic_overflows_as_in_the_plain_function() {
    let plain = catch_unwind(|| index_underflows(&[1.0, 2.0], 0)).is_err();
    let gradient = catch_unwind(|| index_underflows::grad(&[1.0, 2.0], 0)).is_err();
    assert!(plain && gradient);
}

#[backprop]
fn wrapping(x: &[f64]) -> f64 {
    let mut i = usize::MAX;
    let mut s = 0.5;
    for _ in 0..x.len() {
        i = i.wrapping_add(1);
        s = s * x[i] + x[i];
    }
    let j = 0usize.saturating_sub(3).checked_add(1).unwrap_or(0);
    let k = (250u8).wrapping_add(6) as usize;
    s * x[j] + x[k]
}

#[test]
fn integers_may_wrap_around() {
    backprop_tests::check!(wrapping(&vec![0.4, -1.2, 0.8]));
}

#[backprop]
fn subnormal(x: f64) -> f64 {
    x * 1e-320 + x / 1e-300
}

#[test]
fn subnormal_slopes_are_kept() {
    assert_eq!(subnormal::grad(2.0), 1e-320 + 1.0 / 1e-300);
}
