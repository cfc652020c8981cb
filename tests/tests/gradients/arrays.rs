//! Arrays of floats: as parameters, as literals, by element and whole.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn norm(v: [f64; 3]) -> f64 {
    (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).sqrt()
}

#[backprop]
fn by_reference(v: &[f64; 3], i: usize) -> f64 {
    v[i] * v[(i + 1) % 3] + v[0]
}

#[test]
fn elements_of_parameters() {
    check!(norm([1.0, -2.0, 0.5]));
    check!(by_reference(&[1.0, -2.0, 0.5], const 0));
    check!(by_reference(&[1.0, -2.0, 0.5], const 2));
}

#[backprop]
fn literal(x: f64, y: f64) -> f64 {
    let v = [x, x * y, y, 1.0, -x];
    let mut s = 0.0;
    for i in 0..v.len() {
        s += v[i] * v[v.len() - 1 - i] * i as f64;
    }
    s
}

#[test]
fn an_array_of_expressions() {
    check!(literal(0.6, -1.7));
}

#[backprop]
fn repeated(x: f64) -> f64 {
    let mut v = [x * x; 4];
    v[1] *= x;
    v[3] += v[1] * v[0];
    let zeros = [0.0; 2];
    v[0] + v[1] * v[2] + v[3] + zeros[1]
}

#[test]
fn an_array_of_one_value() {
    check!(repeated(1.2));
}

#[backprop]
fn written(x: f64, n: usize) -> f64 {
    let mut v = [0.0; 8];
    v[0] = x;
    for i in 1..n {
        v[i] = v[i - 1] * v[i - 1] + x;
    }
    v[n - 1]
}

#[test]
fn elements_written_once_each() {
    check!(written(0.3, const 1));
    check!(written(0.3, const 8));
}

#[backprop]
fn whole(v: [f64; 2], x: f64) -> f64 {
    let mut w = v;
    let before = w;
    w[0] = w[1] * x;
    w = [w[0] * before[0], w[0]];
    let u = w;
    w = v;
    u[0] * u[1] + w[0] * before[1]
}

#[test]
fn arrays_copied_and_assigned_whole() {
    check!(whole([0.8, -1.3], 2.1));
}

#[backprop]
fn mutable_parameter(mut v: [f64; 3]) -> f64 {
    for i in 0..3 {
        v[i] *= v[(i + 1) % 3];
    }
    v[0] + v[1] + v[2]
}

#[test]
fn a_parameter_changed_in_place() {
    check!(mutable_parameter([0.8, -1.3, 0.4]));
}

#[backprop]
fn through_mutable_reference(v: &mut [f64; 3], k: f64) {
    v[1] = v[0] * v[1] * k;
    v[0] = v[1].sin();
    v[2] -= v[0] * v[2];
}

#[test]
fn an_array_behind_a_mutable_reference() {
    check!(through_mutable_reference(&mut [0.8, -1.3, 0.4], 1.9) -> ());
}

#[backprop]
fn array_state(x: f64, n: usize) -> f64 {
    let mut state = [x, 1.0];
    for _ in 0..n {
        state = [state[0] + 0.1 * state[1], state[1] - 0.1 * state[0].sin()];
    }
    state[0] * state[1]
}

#[test]
fn an_array_carried_through_a_loop() {
    check!(array_state(0.9, const 10));
    check!(array_state(0.9, const 0));
}

#[backprop]
fn array_in_the_loop(x: &[f64]) -> f64 {
    let mut s = 0.2;
    for i in 0..x.len() {
        let mut scratch = [s, x[i], 0.0];
        scratch[2] = scratch[0] * scratch[1];
        scratch[0] = scratch[2].cos();
        s = scratch[0] * scratch[2] + scratch[1];
    }
    s
}

#[test]
fn a_scratch_array_made_in_each_iteration() {
    check!(array_in_the_loop(&vec![0.9, -0.4, 1.2]));
}

#[backprop]
fn unused_elements(v: [f64; 4]) -> f64 {
    v[2] * v[2]
}

#[test]
fn elements_that_are_not_read_have_gradient_zero() {
    check!(unused_elements([1.0, 2.0, 3.0, 4.0]));
    assert_eq!(unused_elements::grad([1.0, 2.0, 3.0, 4.0]), [0.0, 0.0, 6.0, 0.0]);
}

#[backprop]
fn empty_array(v: [f64; 0], x: f64) -> f64 {
    let mut s = x * x;
    for a in &v {
        s += a;
    }
    s + v.len() as f64
}

#[test]
fn an_array_of_nothing() {
    check!(empty_array([], 1.5));
}
