//! `if`, `else if`, `else`, as statement and as value.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn leaky_relu(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.01 * x }
}

#[test]
fn only_the_branch_that_ran_is_differentiated() {
    check!(leaky_relu(2.0));
    check!(leaky_relu(-2.0));
    assert_eq!(leaky_relu::grad(0.0), 0.01);
    assert_eq!(leaky_relu::grad(f64::NAN), 0.01);
}

#[backprop]
fn smooth_step(x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else {
        let square = x * x;
        3.0 * square - 2.0 * square * x
    }
}

#[test]
fn else_if_as_value() {
    for x in [-0.5, 0.25, 0.75, 1.5] {
        check!(smooth_step(x));
    }
    assert_eq!(smooth_step::grad(0.0), 0.0);
    assert_eq!(smooth_step::grad(1.0), 0.0);
}

#[backprop]
fn statement(x: f64, y: f64) -> f64 {
    let mut a = x * y;
    if a > 1.0 {
        a = a.ln() + 1.0;
    }
    if y < 0.0 {
        a -= x;
    } else if x < 0.0 {
        a *= x;
    }
    a * a
}

#[test]
fn statements_with_and_without_else() {
    for (x, y) in [(2.0, 1.5), (0.5, 0.4), (-0.5, 0.4), (0.5, -0.4)] {
        check!(statement(x, y));
    }
}

#[backprop]
fn condition_overwritten(x: f64, n: usize) -> f64 {
    let mut s = x;
    for _ in 0..n {
        if s > 1.0 {
            s *= 0.6 * s;
        } else {
            s += 0.8 * s * s;
        }
    }
    s
}

#[test]
fn the_branch_is_remembered_when_its_condition_changes() {
    for x in [0.25, 0.7, 1.15, 1.35] {
        check!(condition_overwritten(x, const 5));
    }
}

#[backprop]
fn integer_condition(x: &[f64], k: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        if i % 2 == 0 && i != k {
            s += x[i] * x[i];
        } else if i == k {
            s *= x[i];
        }
    }
    s
}

#[test]
fn conditions_on_indices() {
    let x = vec![0.5, -1.5, 2.0, 0.25, -0.75];
    for k in 0..5 {
        check!(integer_condition(&x, const k));
    }
}

#[backprop]
fn flags(x: f64, y: f64, verbose: bool) -> f64 {
    let positive = x > 0.0;
    let mut large = false;
    let a = if positive { x.sqrt() } else { -x };
    if a * y > 2.0 {
        large = true;
    }
    let b = if large && !verbose { a.sin() } else { a * y };
    if positive == large { a + b } else { a * b }
}

#[test]
fn conditions_kept_in_variables() {
    for (x, y) in [(2.0, 3.0), (2.0, 0.3), (-2.0, 3.0), (-2.0, 0.3)] {
        check!(flags(x, y, const true));
        check!(flags(x, y, const false));
    }
}

#[backprop]
fn inside_expressions(x: f64, y: f64) -> f64 {
    x * if y > 0.0 { y } else { -2.0 * y }
        + f64::max(if x > y { x } else { y }, 0.5) * (if x < 0.0 { -1.0 } else { 1.0 })
}

#[test]
fn an_if_in_the_middle_of_an_expression() {
    for (x, y) in [(1.2, 0.7), (-1.2, 0.7), (1.2, -0.7), (-1.2, -0.9)] {
        check!(inside_expressions(x, y));
    }
}

#[backprop]
fn aggregates(x: f64, y: f64) -> f64 {
    let (low, high) = if x < y { (x, y) } else { (y, x) };
    let v = if high > 1.0 { [low, high, low * high] } else { [0.0, low, 1.0] };
    v[0] * v[1] + v[2]
}

#[test]
fn a_branch_may_give_a_tuple_or_an_array() {
    for (x, y) in [(1.2, 0.7), (0.7, 1.2), (0.3, 0.7)] {
        check!(aggregates(x, y));
    }
}

#[backprop]
fn classified(x: f64) -> f64 {
    if x.is_nan() || x.is_infinite() {
        0.0
    } else if x.is_sign_negative() {
        x * x
    } else {
        3.0 * x
    }
}

#[test]
fn conditions_by_methods_of_floats() {
    check!(classified(1.5));
    check!(classified(-1.5));
    assert_eq!(classified::value_and_grad(f64::NAN), (0.0, 0.0));
    assert_eq!(classified::value_and_grad(f64::NEG_INFINITY), (0.0, 0.0));
    assert_eq!(classified::value_and_grad(0.0), (0.0, 3.0));
    assert_eq!(classified::value_and_grad(-0.0), (0.0, -0.0));
}

#[backprop]
fn empty_branches(x: f64) -> f64 {
    let mut a = x * x;
    if x > 0.0 {
    } else {
        a *= x;
    }
    if x > 100.0 {
        let _unused = a;
    }
    a
}

#[test]
fn branches_without_effect() {
    check!(empty_branches(0.7));
    check!(empty_branches(-0.7));
}

#[backprop]
fn guarded_division(x: f64, y: f64) -> f64 {
    if y != 0.0 { x / y } else { 0.0 }
}

#[test]
fn the_branch_not_taken_contributes_nothing() {
    check!(guarded_division(1.0, 2.0));
    assert_eq!(guarded_division::value_and_grad(1.0, 0.0), (0.0, (0.0, 0.0)));
}

#[backprop]
fn counted(x: &[f64]) -> f64 {
    let mut count = 0;
    let mut sum = 0.0;
    for i in 0..x.len() {
        if x[i] > 0.0 {
            count += 1;
            sum += x[i].ln();
        }
    }
    if count > 0 { sum / count as f64 } else { -1.0 }
}

#[test]
fn a_count_of_active_comparisons() {
    check!(counted(&vec![0.5, -1.5, 2.0, 0.25, -0.75]));
    check!(counted(&vec![-1.0]));
    check!(counted(&vec![]));
}
