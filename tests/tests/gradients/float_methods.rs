//! Methods of floats inside expressions. The rules themselves are held in `rules.rs`; here are their combinations.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn chained(x: f64) -> f64 {
    x.sin().exp().sqrt().ln_1p()
}

#[backprop]
fn as_receiver(x: f64, y: f64) -> f64 {
    (x + y).tanh() * (x * y - 1.0).abs() + (-x).exp() + x.powi(3).cos()
}

#[backprop]
fn as_argument(x: f64, y: f64) -> f64 {
    x.max(y.sin()) + x.hypot(x.mul_add(y, y * y)) + (x * x + 1.0).powf(y.min(x))
}

#[test]
fn chains_and_compositions() {
    for x in [0.3, 1.0, 2.9] {
        check!(chained(x));
        check!(as_receiver(x, 0.4));
        check!(as_argument(x, -0.4));
        check!(as_argument(-x, 0.8));
    }
}

#[backprop]
fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[backprop]
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

#[backprop]
fn gelu(x: f64) -> f64 {
    0.5 * x * (1.0 + (0.797_884_560_802_865_4 * (x + 0.044_715 * x.powi(3))).tanh())
}

#[test]
fn activations_of_a_network() {
    for x in [-30.0, -2.0, -0.1, 0.2, 3.0, 40.0] {
        check!(logistic(x));
        check!(softplus(x));
        check!(gelu(x));
    }
}

#[backprop]
fn integer_power(x: f64, n: i32) -> f64 {
    x.powi(n) + x.powi(2 * n - 1) + x.powi(-2)
}

#[test]
fn an_integer_exponent_is_plain_rust() {
    for n in [-2, 0, 1, 5] {
        check!(integer_power(1.3, const n));
        check!(integer_power(-0.8, const n));
    }
}

#[backprop]
fn polar(x: f64, y: f64) -> f64 {
    let (sin, cos) = x.sin_cos();
    sin * y + cos.atan2(y) * sin
}

#[backprop]
fn sine_alone(x: f64) -> f64 {
    x.sin_cos().0 + 2.0 * (x * x).sin_cos().1
}

#[test]
fn sin_cos_by_pattern_and_by_field() {
    check!(polar(0.6, 1.4));
    check!(polar(3.6, -1.4));
    check!(sine_alone(0.8));
}

#[backprop]
fn black_scholes(spot: f64, strike: f64, rate: f64, volatility: f64, time: f64) -> f64 {
    let spread = volatility * time.sqrt();
    let d1 = ((spot / strike).ln() + (rate + 0.5 * volatility.powi(2)) * time) / spread;
    let d2 = d1 - spread;
    // The normal distribution by a rational approximation, good to 1e-7.
    let t1 = 1.0 / (1.0 + 0.231_641_9 * d1.abs());
    let t2 = 1.0 / (1.0 + 0.231_641_9 * d2.abs());
    let tail1 = t1 * (0.319_381_53 + t1 * (-0.356_563_782 + t1 * 1.781_477_937)) * (-0.5 * d1 * d1).exp();
    let tail2 = t2 * (0.319_381_53 + t2 * (-0.356_563_782 + t2 * 1.781_477_937)) * (-0.5 * d2 * d2).exp();
    let n1 = if d1 > 0.0 { 1.0 - tail1 } else { tail1 };
    let n2 = if d2 > 0.0 { 1.0 - tail2 } else { tail2 };
    spot * n1 - strike * (-rate * time).exp() * n2
}

#[test]
fn an_option_price_with_all_its_greeks() {
    check!(black_scholes(100.0, 95.0, 0.03, 0.25, 0.5));
    check!(black_scholes(80.0, 95.0, 0.03, 0.25, 0.5));
}

#[backprop]
fn on_elements(x: &[f64], i: usize) -> f64 {
    x[i].exp() * x[i + 1].powf(x[0]).ln() + x[x.len() - 1].cbrt()
}

#[test]
fn methods_of_elements() {
    check!(on_elements(&vec![0.4, 1.2, 2.7, 3.1], const 1));
    check!(on_elements(&vec![0.4, 1.2, 2.7, 3.1], const 0));
}
