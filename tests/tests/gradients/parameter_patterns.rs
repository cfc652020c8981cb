//! Parameters that patterns take apart.

use backprop::{Differentiable, backprop};
use backprop_tests::check;

#[derive(Clone, Copy, Debug, Differentiable)]
struct V {
    x: f64,
    y: f64,
}

#[backprop]
fn dot((a, b): (f64, f64), [c, d]: [f64; 2], V { x, y }: V) -> f64 {
    a * c + b * d + x * y
}

#[backprop]
fn dist(&V { x: ax, y: ay }: &V, b: &V) -> f64 {
    ((ax - b.x).powi(2) + (ay - b.y).powi(2)).sqrt()
}

#[backprop]
fn between(x: &[f64]) -> f64 {
    let (a, b) = (V { x: x[0], y: x[1] }, V { x: x[2], y: x[0] });
    dist(&a, &b) * dot((x[0], x[1]), [x[2], x[0] * x[1]], a)
}

#[test]
fn parameters_are_taken_apart() {
    check!(between(&vec![0.3, 1.2, -0.5]));
}

#[backprop]
fn weighted((a, b): (f64, f64), &[c, d]: &[f64; 2], _: usize) -> f64 {
    a * c + (b * d).sin()
}

#[test]
fn gradients_by_parameters_that_are_taken_apart() {
    let (value, (by_pair, by_array)) = weighted::value_and_grad((1.0, 0.0), &[2.0, 3.0], 4);
    assert_eq!((value, by_pair, by_array), (2.0, (2.0, 3.0), [1.0, 0.0]));
}
