//! One name for several variables.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn refined(x: f64) -> f64 {
    let x = x * 2.0;
    let x = x.sin() + x;
    let x = x * x;
    x
}

#[test]
fn each_let_makes_a_new_variable() {
    check!(refined(0.8));
    check!(refined(-2.0));
}

#[backprop]
fn inner_scope(x: f64, y: f64) -> f64 {
    let a = x * y;
    let b = {
        let a = a.exp();
        let y = a + x;
        a * y
    };
    a * b + y
}

#[test]
fn a_block_hides_and_gives_back() {
    check!(inner_scope(0.4, -1.1));
}

#[backprop]
fn in_a_loop(x: f64, n: usize) -> f64 {
    let mut s = x;
    for x in 0..n {
        let s_next = s * 0.5 + x as f64;
        let x = s_next * s;
        s = x.sin();
    }
    s * x
}

#[test]
fn a_loop_variable_hides_a_parameter() {
    check!(in_a_loop(0.7, const 4));
    check!(in_a_loop(0.7, const 0));
}

#[backprop]
fn in_branches(x: f64, y: f64) -> f64 {
    let z = x + y;
    let w = if z > 0.0 {
        let z = z * x;
        let x = z * z;
        x + y
    } else {
        let y = z * y;
        y * x
    };
    w * z * x * y
}

#[test]
fn each_branch_has_names_of_its_own() {
    check!(in_branches(1.3, 0.4));
    check!(in_branches(-1.3, 0.4));
}

#[backprop]
fn changes_type(x: f64, n: usize) -> f64 {
    let n = n as f64;
    let x = [x, x * n];
    let x = x[0] * x[1];
    let x = (x, n);
    x.0 * x.1
}

#[test]
fn a_name_may_change_its_type() {
    check!(changes_type(1.3, const 3));
}

#[backprop]
fn mutated_then_hidden(x: f64) -> f64 {
    let mut a = x;
    a *= x;
    let b = a * 3.0;
    let mut a = b.cos();
    a += b;
    a * a
}

#[test]
fn mutation_reaches_only_the_newest() {
    check!(mutated_then_hidden(1.9));
}

#[backprop]
fn index_shadowed(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        let w = x[i];
        let i = (i * 7 + 3) % x.len();
        s += w * x[i] * i as f64;
    }
    s
}

#[test]
fn a_loop_index_hidden_by_another_index() {
    check!(index_shadowed(&vec![0.3, -1.0, 2.0, 0.7]));
    check!(index_shadowed(&vec![]));
}

#[backprop]
fn scaled(x: f64) -> f64 {
    x * 3.0
}

#[backprop]
fn closure_named_like_a_function(x: f64) -> f64 {
    let inner = {
        let scaled = |v: f64| v * v;
        scaled(x)
    };
    inner * scaled(x)
}

#[backprop]
fn closure_that_calls_its_namesake(x: f64) -> f64 {
    let scaled = |v: f64| scaled(v) * v;
    scaled(x)
}

#[test]
fn a_closure_hides_a_function_where_it_is_in_scope() {
    check!(closure_named_like_a_function(1.3));
    check!(closure_that_calls_its_namesake(1.3));
    assert_eq!(closure_named_like_a_function::grad(2.0), 36.0);
}
