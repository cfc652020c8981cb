//! Literals in every spelling, constants of std, the module's and the function's own.

use std::f64::consts::{self, PI};

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn spellings(x: f64) -> f64 {
    1.5 * x + 2. * x + 1e-3 * x + 1_000.25 * x + 3f64 * x + 4.0_f64 * x + 2E1 * x - 0.5
}

#[test]
fn every_spelling_of_a_float_literal() {
    check!(spellings(0.7));
    check!(spellings(-3.0));
}

#[backprop]
fn literal_methods(x: f64) -> f64 {
    2.0_f64.sqrt() * x + 2f64.powf(x) + (1.0_f64 / 3.0).sin() * x
}

#[test]
fn methods_of_a_literal() {
    check!(literal_methods(1.3));
    check!(literal_methods(0.0));
}

#[backprop]
fn circle_area(radius: f64) -> f64 {
    PI * radius * radius
}

#[backprop]
fn std_constants(x: f64) -> f64 {
    std::f64::consts::TAU * x + core::f64::consts::LN_2 * x * x + consts::E.ln() * x - consts::FRAC_PI_2
}

#[backprop]
fn associated_constants(x: f64) -> f64 {
    (x + f64::EPSILON).max(f64::MIN_POSITIVE).min(f64::MAX).max(f64::NEG_INFINITY)
}

#[test]
fn constants_of_std() {
    check!(circle_area(2.5));
    check!(std_constants(-0.4));
    check!(associated_constants(0.9));
}

const RATE: f64 = 0.07;
static OFFSET: f64 = 12.5;
const WEIGHTS: [f64; 4] = [0.1, 0.2, 0.3, 0.4];

#[backprop]
fn compound_interest(principal: f64, years: i32) -> f64 {
    principal * (1.0 + RATE).powi(years) + OFFSET
}

#[backprop]
fn weighted(x: &[f64]) -> f64 {
    let mut total = 0.0;
    for i in 0..WEIGHTS.len() {
        total += WEIGHTS[i] * x[i] * x[i];
    }
    total
}

#[test]
fn constants_of_the_module() {
    check!(compound_interest(100.0, const 5));
    check!(weighted(&vec![1.0, -2.0, 0.0, 3.5]));
}

#[backprop]
fn own_items(x: f64) -> f64 {
    const HALF: f64 = 0.5;
    const TABLE: [f64; 2] = [2.0, -3.0];
    HALF * x * x + TABLE[1] * x
}

#[test]
fn constants_inside_the_function() {
    check!(own_items(4.0));
}

struct Physics;

impl Physics {
    const GRAVITY: f64 = 9.81;
}

#[backprop]
fn drop_height(time: f64) -> f64 {
    0.5 * Physics::GRAVITY * time * time
}

#[test]
fn an_associated_constant_of_a_type() {
    check!(drop_height(1.2));
}

#[backprop]
fn flat(x: f64) -> f64 {
    let _ = x;
    4.25
}

#[test]
fn a_result_that_does_not_depend_on_the_input_has_gradient_zero() {
    check!(flat(3.0));
    assert_eq!(flat::value_and_grad(3.0), (4.25, 0.0));
}

#[backprop]
fn identity(x: f64) -> f64 {
    x
}

#[test]
fn the_parameter_itself() {
    check!(identity(3.0));
    assert_eq!(identity::grad(f64::INFINITY), 1.0);
}
