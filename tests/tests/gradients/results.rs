//! Every kind of result: float, tuple, array, vector, `()` with `&mut` outputs.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn tuple(x: f64, y: f64) -> (f64, f64) {
    (x * y, x.sin() - y)
}

#[backprop]
fn nested_tuple(x: f64, y: f64) -> (f64, (f64, [f64; 2])) {
    let a = x * y;
    (a, (a * x, [y, a.exp()]))
}

#[test]
fn tuples() {
    check!(tuple(0.4, -1.2) -> _);
    check!(nested_tuple(0.4, -1.2) -> _);
    let (value, pullback) = tuple::vjp(2.0, 3.0);
    assert_eq!(value, tuple(2.0, 3.0));
    assert_eq!(pullback((1.0, 0.0)), (3.0, 2.0));
    assert_eq!(pullback((0.0, 1.0)), (2.0_f64.cos(), -1.0));
}

#[backprop]
fn array(x: f64, n: usize) -> [f64; 3] {
    let mut v = [x, 0.0, 1.0];
    for i in 0..n {
        v = [v[1] * x, v[2] + v[0], v[0].cos() + i as f64];
    }
    v
}

#[backprop]
fn matrix(m: [[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let d = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    [[m[1][1] / d, -m[0][1] / d], [-m[1][0] / d, m[0][0] / d]]
}

#[test]
fn arrays() {
    check!(array(0.4, const 0) -> _);
    check!(array(0.4, const 4) -> _);
    check!(matrix([[1.2, 0.3], [-0.4, 0.9]]) -> _);
}

#[backprop]
fn vector(x: &[f64], k: f64) -> Vec<f64> {
    let mut v = vec![0.0; x.len()];
    let mut s = k;
    for i in 0..x.len() {
        s += x[i] * x[i];
        v[i] = s * k;
    }
    v
}

#[backprop]
fn parameter_given_back(v: Vec<f64>) -> Vec<f64> {
    v
}

#[backprop]
fn rows(x: f64, n: usize) -> Vec<[f64; 2]> {
    let mut v = vec![[x, 1.0]; n];
    for i in 1..n {
        v[i][0] *= v[i - 1][1] + v[i - 1][0];
        v[i][1] = v[i][0].sin();
    }
    v
}

#[test]
fn vectors() {
    check!(vector(&vec![0.4, -1.2, 0.8], 1.5) -> _);
    check!(vector(&vec![], 1.5) -> _);
    check!(parameter_given_back(vec![0.4, -1.2]) -> _);
    check!(rows(0.8, const 4) -> _);
}

#[test]
fn a_jacobian_row_by_row() {
    let (value, pullback) = vector::vjp(&[1.0, 2.0], 3.0);
    assert_eq!(value, [12.0, 24.0]);
    assert_eq!(pullback(vec![1.0, 0.0]), (vec![6.0, 0.0], 7.0));
    assert_eq!(pullback(vec![0.0, 1.0]), (vec![6.0, 12.0], 11.0));
}

#[backprop]
fn nothing_but_outputs(x: &[f64], sum: &mut f64, squares: &mut [f64]) {
    for i in 0..x.len() {
        *sum += x[i];
        squares[i] = x[i] * x[i];
    }
}

#[test]
fn unit_with_outputs() {
    check!(nothing_but_outputs(&vec![0.4, -1.2], &mut 0.7, &mut vec![5.0, 5.0]) -> ());
    check!(nothing_but_outputs(&vec![], &mut 0.7, &mut vec![5.0]) -> ());
}

#[backprop]
fn written_unit(x: f64, out: &mut f64) -> () {
    *out = x * *out;
}

#[test]
fn a_unit_result_that_is_written_out() {
    check!(written_unit(0.7, &mut 2.0) -> ());
}

#[backprop]
fn result_and_outputs(x: f64, out: &mut [f64]) -> f64 {
    let mut s = 1.0;
    for i in 0..out.len() {
        s *= out[i];
        out[i] = s * x;
    }
    s + x
}

#[backprop]
fn tuple_and_outputs(x: f64, out: &mut f64) -> (f64, [f64; 1]) {
    let old = *out;
    *out *= x;
    (old * x, [*out + x])
}

#[test]
fn a_result_beside_outputs() {
    check!(result_and_outputs(0.7, &mut vec![1.5, -0.4, 0.9]));
    check!(result_and_outputs(0.7, &mut vec![]));
    check!(tuple_and_outputs(0.7, &mut 1.5) -> _);
}

#[backprop]
fn with_integers(x: &[f64]) -> (f64, usize, bool) {
    let mut best = 0;
    for i in 0..x.len() {
        if x[i] > x[best] {
            best = i;
        }
    }
    (x[best] * x[best], best, x[best] > 0.0)
}

#[test]
fn integers_and_flags_in_the_result_have_no_adjoint() {
    check!(with_integers(&vec![0.4, 1.9, -1.2]) -> _);
    let (value, pullback) = with_integers::vjp(&[1.0, 3.0]);
    assert_eq!(value, (9.0, 1, true));
    assert_eq!(pullback((1.0, (), ())), [0.0, 6.0]);
}

#[backprop]
fn one_part_constant(x: f64) -> (f64, f64, Vec<f64>) {
    (2.5, x, vec![1.0, x * x, 0.0])
}

#[test]
fn constant_parts_of_a_result_take_no_gradient() {
    check!(one_part_constant(1.4) -> _);
}

#[backprop]
fn result_by_branch(x: f64, y: f64) -> [f64; 2] {
    if x > y {
        [x, x * y]
    } else if x > 0.0 {
        let a = x + y;
        [a * a, y]
    } else {
        [0.0, y]
    }
}

#[test]
fn a_result_from_each_branch() {
    check!(result_by_branch(1.4, 0.2) -> _);
    check!(result_by_branch(0.1, 0.2) -> _);
    check!(result_by_branch(-0.1, 0.2) -> _);
}

#[backprop]
fn single_precision_result(x: f64) -> (f32, f64) {
    (x as f32, x * x)
}

#[test]
fn a_result_of_both_precisions() {
    let (value, pullback) = single_precision_result::vjp(1.5);
    assert_eq!(value, (1.5, 2.25));
    assert_eq!(pullback((2.0, 1.0)), 5.0);
}
