//! `let x;` with the value later.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn by_branch(x: f64, y: f64) -> f64 {
    let a;
    if x > y {
        a = x * x;
    } else {
        a = y.sin();
    }
    a * x
}

#[test]
fn initialised_in_each_branch() {
    check!(by_branch(1.4, 0.2));
    check!(by_branch(-1.4, 0.2));
}

#[backprop]
fn annotated_later(x: f64) -> f64 {
    let a: f64;
    let b: f64 = x + 1.0;
    a = b * b;
    let c;
    c = a - x;
    c * a
}

#[test]
fn initialised_by_a_later_statement() {
    check!(annotated_later(0.6));
}

#[backprop]
fn each_time(x: &[f64]) -> f64 {
    let mut s = 0.0_f64;
    for i in 0..x.len() {
        let step;
        let index;
        if x[i] > 0.0 {
            step = x[i] * x[i];
            index = i;
        } else {
            step = -2.0 * x[i];
            index = 0;
        }
        s += step * x[index] * s.cos();
    }
    s
}

#[test]
fn initialised_anew_in_each_iteration() {
    check!(each_time(&vec![0.5, -0.4, 1.5, -2.0]));
    check!(each_time(&vec![]));
}

#[backprop]
fn then_changed(x: f64) -> f64 {
    let mut a;
    if x < 0.0 {
        a = -x;
    } else {
        a = x * 3.0;
    }
    a *= a;
    a += x;
    a
}

#[test]
fn a_deferred_variable_may_change_afterwards() {
    check!(then_changed(0.9));
    check!(then_changed(-0.9));
}

#[backprop]
fn nested(x: f64) -> f64 {
    let a;
    let b;
    if x > 1.0 {
        a = x;
        if x > 2.0 {
            b = x * x;
        } else {
            b = x.exp();
        }
    } else {
        (a, b) = (x.sin(), 2.0);
    }
    a * b
}

#[test]
fn several_in_nested_branches() {
    check!(nested(2.5));
    check!(nested(1.5));
    check!(nested(0.5));
}
