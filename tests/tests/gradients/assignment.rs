//! `=` to variables that hold something already.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn overwritten(x: f64, y: f64) -> f64 {
    let mut a = x;
    let b = a * a;
    a = y * b;
    let c = a * a;
    a = c.sin() * a;
    a + b
}

#[test]
fn overwritten_variable_is_restored_before_its_use() {
    check!(overwritten(0.7, -1.2));
}

#[backprop]
fn discarded(x: f64, y: f64) -> f64 {
    let mut a = x.exp();
    a = y;
    a * y
}

#[test]
fn a_value_that_is_overwritten_unread_gets_no_adjoint() {
    check!(discarded(0.7, -1.2));
    assert_eq!(discarded::grad(0.7, -1.2).0, 0.0);
}

#[backprop]
fn mutable_parameter(mut x: f64, y: f64) -> f64 {
    let before = x;
    x = x * y;
    x = x.tanh() + before;
    x
}

#[test]
fn a_parameter_may_be_mut() {
    check!(mutable_parameter(0.7, -1.2));
}

#[backprop]
fn iterated(x: f64, n: usize) -> f64 {
    let mut a = x;
    for _ in 0..n {
        a = 3.7 * a * (1.0 - a);
    }
    a
}

#[test]
fn a_recurrence_through_one_variable() {
    check!(iterated(0.31, const 0));
    check!(iterated(0.31, const 1));
    check!(iterated(0.31, const 6));
}

#[backprop]
fn fibonacci_like(x: f64, y: f64, n: usize) -> f64 {
    let mut a = x;
    let mut b = y;
    for _ in 0..n {
        let next = a * b.cos();
        a = b;
        b = next;
    }
    a * b
}

#[test]
fn two_variables_handing_on() {
    check!(fibonacci_like(0.8, 1.3, const 7));
}

#[backprop]
fn to_a_constant(x: f64, y: f64) -> f64 {
    let mut a = x * y;
    let b = a;
    if a > 1.0 {
        a = 1.0;
    }
    a * b
}

#[test]
fn an_active_variable_may_be_set_to_a_constant() {
    check!(to_a_constant(0.5, 0.5));
    check!(to_a_constant(2.5, 0.5));
}

#[backprop]
fn from_a_constant(x: f64, n: usize) -> f64 {
    let mut a = 1.0;
    let mut b = 2.0;
    for _ in 0..n {
        b = a * b;
        a = x * a;
    }
    b
}

#[test]
fn a_constant_becomes_active_in_a_later_iteration() {
    check!(from_a_constant(0.8, const 0));
    check!(from_a_constant(0.8, const 1));
    check!(from_a_constant(0.8, const 5));
}

#[backprop]
fn reads_itself_twice(x: f64) -> f64 {
    let mut a = x;
    a = a * a + a;
    a = a / (a - 0.5);
    a
}

#[test]
fn an_assignment_may_read_what_it_overwrites() {
    check!(reads_itself_twice(1.9));
}

#[backprop]
fn deref(x: &mut f64, y: f64) -> f64 {
    let old = *x;
    *x = old * y;
    *x += *x * y;
    old + *x
}

#[test]
fn a_float_behind_a_mutable_reference() {
    check!(deref(&mut 1.5, -0.6));
}
