//! `#[constant]` and `#[backprop(constant(…))]`.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn squared_error(w: &[f64], #[constant] x: &[f64], #[constant] y: f64) -> f64 {
    let mut p = 0.0;
    for i in 0..w.len() {
        p += w[i] * x[i];
    }
    (p - y) * (p - y)
}

#[test]
fn on_the_parameter() {
    check!(squared_error(&vec![0.4, -1.2], const &[1.0, 0.5][..], const 0.3));
    let gradient: Vec<f64> = squared_error::grad(&[1.0], &[2.0], 1.0);
    assert_eq!(gradient, [4.0]);
}

#[backprop(constant(x, y))]
fn listed(x: &[f64], w: &[f64], y: f64) -> f64 {
    let mut p = 0.0;
    for i in 0..w.len() {
        p += w[i] * x[i];
    }
    (p - y) * (p - y)
}

#[backprop(constant(x))]
fn listed_and_marked(x: f64, w: f64, #[constant] y: f64) -> f64 {
    x * w * w * y + x / y
}

#[test]
fn in_the_attribute() {
    check!(listed(const &[1.0, 0.5][..], &vec![0.4, -1.2], const 0.3));
    check!(listed_and_marked(const 1.5, 0.4, const 2.0));
}

#[backprop]
fn constant_first(#[constant] a: f64, x: f64, #[constant] b: [f64; 2], y: f64) -> f64 {
    a * x + b[0] * y + b[1] * x * y
}

#[test]
fn gradients_stand_in_the_order_of_what_is_left() {
    check!(constant_first(const 2.0, 0.3, const [1.5, -0.5], 0.8));
    let (x_bar, y_bar): (f64, f64) = constant_first::grad(2.0, 3.0, [5.0, 7.0], 1.0);
    assert_eq!((x_bar, y_bar), (9.0, 26.0));
}

#[backprop]
fn changed_constants(x: f64, #[constant] mut scale: f64, #[constant] data: &[f64], n: usize) -> f64 {
    let mut local = data.to_vec();
    let mut s = x;
    for i in 0..n {
        s = s * local[i] + scale;
        scale *= 0.5;
        local[i] = scale * local[i];
    }
    s * local[0]
}

#[test]
fn copies_of_constants_may_change() {
    check!(changed_constants(0.8, const 3.0, const &[1.5, -0.5][..], const 2));
}

#[backprop]
fn becomes_active(x: f64, #[constant] start: &[f64]) -> f64 {
    let mut a = start.to_vec();
    a[0] = a[0] * x;
    a[1] += a[0];
    a[0] * a[1]
}

#[test]
fn a_copy_of_a_constant_may_become_active() {
    check!(becomes_active(0.8, const &[1.5, -0.5][..]));
}

struct Settings {
    rate: f64,
    names: Vec<String>,
}

#[backprop]
fn any_type(x: f64, #[constant] settings: &Settings, #[constant] weights: Option<f64>) -> f64 {
    let rate = settings.rate;
    let weight = weights.unwrap_or(1.0);
    x * x * rate * weight + settings.names.len() as f64 * x
}

#[test]
fn a_constant_may_have_any_type() {
    let settings = Settings { rate: 0.25, names: vec![String::from("adam")] };
    check!(any_type(0.8, const &settings, const Some(2.0)));
    check!(any_type(0.8, const &settings, const None));
}

#[backprop]
fn scratch(x: f64, #[constant] log: &mut Vec<f64>) -> f64 {
    log.push(1.0);
    let n = log.len();
    x * x * n as f64
}

#[test]
fn a_constant_behind_a_mutable_reference() {
    let mut log = Vec::new();
    assert_eq!(scratch::value_and_grad(3.0, &mut log), (9.0, 6.0));
    assert_eq!(scratch::value_and_grad(3.0, &mut log), (18.0, 12.0));
    assert_eq!(log.len(), 2);
}
