//! Float functions called by path.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn by_path(x: f64, y: f64) -> f64 {
    f64::sin(x) * f64::max(x, y) + f64::powi(y, 3) - f64::powf(2.0, x)
}

#[backprop]
fn mixed(x: f64, y: f64) -> f64 {
    f64::sqrt(x * x + y * y).ln() + f64::atan2(y, x) * f64::mul_add(x, y, 1.0) + f64::abs(-x)
}

#[backprop]
fn std_path(x: f64) -> f64 {
    let (sin, cos) = f64::sin_cos(x);
    f64::hypot(sin, 2.0 * cos) + f64::clamp(x, -1.0, 1.0)
}

#[test]
fn paths_and_methods_have_the_same_rules() {
    for (x, y) in [(0.4, 1.1), (1.7, -0.6), (-0.9, 0.2)] {
        check!(by_path(x, y));
        check!(mixed(x, y));
        check!(std_path(x));
    }
}

#[backprop]
fn of_integers(x: f64, n: usize) -> f64 {
    let m = usize::min(n, 3);
    let k = i32::pow(2, m as u32) + i32::abs(-5);
    x * f64::from(k) + std::cmp::max(n, 2) as f64 * x * x
}

#[test]
fn paths_of_integer_functions_pass_through() {
    check!(of_integers(1.5, const 2));
    check!(of_integers(1.5, const 7));
}
