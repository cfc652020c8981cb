//! Macros that only look: assertions and prints run in the forward sweep as written.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn asserted(x: f64, v: &[f64], n: usize) -> f64 {
    assert!(x > 0.0, "x is {x}, which has no logarithm");
    assert!(!v.is_empty());
    assert_eq!(v.len(), n, "one element for each");
    assert_ne!(n, 0);
    debug_assert!(x < 100.0);
    debug_assert_eq!(n, v.len());
    debug_assert_ne!(n, 1000);
    let mut s = x.ln();
    for i in 0..n {
        debug_assert!(v[i].is_finite(), "element {i} is {}", v[i]);
        s = s * v[i] + v[i];
    }
    s
}

#[test]
fn assertions_that_hold_change_nothing() {
    check!(asserted(1.6, &vec![0.4, -1.2], const 2));
}

#[test]
#[should_panic(expected = "x is -1, which has no logarithm")]
fn an_assertion_that_fails_fails_in_the_gradient_as_well() {
    asserted::grad(-1.0, &[1.0], 1);
}

#[test]
#[should_panic(expected = "one element for each")]
fn an_assertion_on_lengths_fails_in_the_gradient_as_well() {
    asserted::value_and_grad(1.0, &[1.0], 2);
}

#[backprop]
fn printed(x: f64, v: &[f64]) -> f64 {
    println!("x = {x:.3}, v = {v:?}");
    let mut s = x;
    for (i, a) in v.iter().enumerate() {
        s *= a;
        eprintln!("{i}: {}", s * 2.0);
        print!("{:>8.3}", a);
    }
    println!();
    eprint!("");
    s * x
}

#[test]
fn prints_of_active_values_change_nothing() {
    check!(printed(1.6, &vec![0.4, -1.2]));
}

#[backprop]
fn unreachable_branch(x: f64, mode: u8) -> f64 {
    if mode == 0 {
        x * x
    } else if mode == 1 {
        x.sin()
    } else {
        panic!("mode {mode} is not known")
    }
}

#[backprop]
fn todo_branch(x: f64, ready: bool) -> f64 {
    let a = if ready { 2.0 * x } else { todo!() };
    if a.is_nan() {
        unreachable!("a is {a}");
    }
    a * a
}

#[test]
fn a_branch_that_panics_has_no_derivative() {
    check!(unreachable_branch(1.3, const 0));
    check!(unreachable_branch(1.3, const 1));
    check!(todo_branch(1.3, const true));
}

#[test]
#[should_panic(expected = "mode 2 is not known")]
fn a_panic_is_the_users_own() {
    unreachable_branch::grad(1.0, 2);
}

#[backprop]
fn formatted(x: f64) -> f64 {
    let digits = format!("{x:.2}");
    let name = format!("{}{}", "a", 1);
    x * name.len() as f64 + x * digits.len() as f64
}

#[test]
fn format_makes_a_string_and_no_derivative() {
    check!(formatted(1.25));
}

#[backprop]
fn index_out_of_bounds(x: &[f64], i: usize) -> f64 {
    let a = x[0] * 2.0;
    a * x[i]
}

#[test]
#[should_panic(expected = "index out of bounds: the len is 2 but the index is 5")]
fn an_index_out_of_bounds_panics_as_in_the_plain_function() {
    index_out_of_bounds::grad(&[1.0, 2.0], 5);
}
