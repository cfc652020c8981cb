//! `vec![…]`, vectors as locals, parameters and scratch.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn repeated(x: f64, n: usize) -> f64 {
    let mut v = vec![x * x; n];
    for i in 1..n {
        v[i] += v[i - 1] * x;
    }
    let mut s = 0.0;
    for i in 0..v.len() {
        s += v[i] * v[n - 1 - i];
    }
    s
}

#[test]
fn a_vector_of_an_active_value() {
    check!(repeated(0.7, const 4));
    check!(repeated(0.7, const 1));
    check!(repeated(0.7, const 0));
}

#[backprop]
fn listed(x: f64, y: f64) -> f64 {
    let v = vec![x, x * y, 2.0, y.exp()];
    v[0] * v[3] + v[1] / v[2] + v.len() as f64 * x
}

#[test]
fn a_vector_of_a_list() {
    check!(listed(0.7, -0.2));
}

#[backprop]
fn zeros_then_filled(x: &[f64]) -> f64 {
    let n = x.len();
    let mut prefix = vec![0.0; n + 1];
    for i in 0..n {
        prefix[i + 1] = prefix[i] + x[i] * x[i];
    }
    let mut s = 0.0;
    for i in 0..=n {
        s += prefix[i] * prefix[n - i];
    }
    s
}

#[test]
fn zeros_that_become_active() {
    check!(zeros_then_filled(&vec![0.7, -0.2, 1.1]));
    check!(zeros_then_filled(&vec![]));
}

#[backprop]
fn integers(x: &[f64], n: usize) -> f64 {
    let mut order = vec![0usize; n];
    let lookup = vec![3, 1, 2];
    for i in 0..n {
        order[i] = (lookup[i % 3] * i) % x.len();
    }
    let mut s = 0.3;
    for i in 0..n {
        s = s * x[order[i]] + x[i % x.len()];
    }
    s
}

#[test]
fn a_vector_of_integers_is_plain_rust() {
    check!(integers(&vec![0.7, -0.2, 1.1], const 7));
}

#[backprop]
fn constants(x: f64) -> f64 {
    let table = vec![1.0, 0.5, 0.25];
    let mut s = 0.0;
    for i in 0..table.len() {
        s += table[i] * x.powi(i as i32);
    }
    s
}

#[test]
fn a_vector_of_constants() {
    check!(constants(1.7));
}

#[backprop]
fn parameter(mut v: Vec<f64>, k: f64) -> f64 {
    let n = v.len();
    for i in 0..n {
        v[i] *= k;
        if i > 0 {
            v[i] += v[i - 1] * v[i];
        }
    }
    if v.is_empty() { k } else { v[n - 1] }
}

#[test]
fn a_vector_by_value() {
    check!(parameter(vec![0.7, -0.2, 1.1], 0.9));
    check!(parameter(vec![], 0.9));
}

#[backprop]
fn reference(v: &Vec<f64>, w: &mut Vec<f64>) {
    for i in 0..v.len() {
        w[i] = w[i] * v[i] + w[(i + 1) % v.len()];
    }
}

#[test]
fn a_vector_by_reference() {
    check!(reference(&vec![0.7, -0.2, 1.1], &mut vec![1.0, 2.0, 3.0]) -> ());
}

#[backprop]
fn made_in_a_loop(x: &[f64]) -> f64 {
    let mut s = 0.4;
    for i in 0..x.len() {
        let mut v = vec![s; i + 1];
        v[i] *= x[i];
        for j in 0..i {
            v[j] = v[j] * v[j + 1] + x[j];
        }
        s = v[0].sin() + v[i];
    }
    s
}

#[test]
fn a_vector_made_in_each_iteration() {
    check!(made_in_a_loop(&vec![0.7, -0.2, 1.1, 0.4]));
    check!(made_in_a_loop(&vec![]));
}

#[backprop]
fn replaced(x: f64, n: usize) -> f64 {
    let mut v = vec![x; 2];
    for i in 0..n {
        let w = vec![v[1] * x, v[0].sin() + i as f64];
        v = w;
    }
    v[0] * v[1]
}

#[test]
fn a_vector_replaced_whole() {
    check!(replaced(0.6, const 0));
    check!(replaced(0.6, const 4));
}

#[backprop]
fn longest_path(weights: &[f64], n: usize) -> f64 {
    let mut best = vec![0.0; n];
    for j in 1..n {
        let mut candidate = f64::NEG_INFINITY;
        for i in 0..j {
            candidate = candidate.max(best[i] + weights[i * n + j]);
        }
        best[j] = candidate;
    }
    best[n - 1]
}

#[test]
fn dynamic_programming_over_a_table() {
    let weights: Vec<f64> = (0..25).map(|i| f64::from(i * 7 % 13) * 0.31 - 1.0).collect();
    check!(longest_path(&weights, const 5));
    check!(longest_path(&weights, const 1));
}
