//! Lengths that change seen from outside: of parameters, of results, in callees, and where nothing is read any more.

use backprop::{backprop, stop_gradient};
use backprop_tests::check;

#[backprop]
fn resized_after_the_last_use(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let s = v[0] * v[1];
    v.truncate(1);
    v.resize(4, 0.0);
    v.clear();
    v.push(s);
    s
}

#[backprop]
fn taken_by_value(mut v: Vec<f64>, x: f64) -> f64 {
    v.push(x);
    v.remove(0);
    v.clear();
    x * x
}

#[backprop]
fn popped_by_value(mut v: Vec<f64>) -> f64 {
    let last = v.pop().unwrap();
    let other = v.pop().unwrap();
    last * other
}

#[test]
fn the_gradient_has_the_length_that_came_in() {
    check!(resized_after_the_last_use(&vec![0.3, 0.9, -0.4]));
    check!(taken_by_value(vec![0.3, 0.9], 0.4));
    check!(popped_by_value(vec![0.3, 0.9, 0.6]));
}

#[backprop]
fn drop_small(values: &mut Vec<f64>, limit: f64) -> f64 {
    let mut dropped = limit;
    let mut i = 0;
    while i < values.len() {
        if values[i] < 0.5 {
            dropped += values.remove(i) * limit;
        } else {
            values[i] *= values[i];
            i += 1;
        }
    }
    dropped
}

#[backprop]
fn with_a_callee(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let mut s = 0.0;
    for k in 0..2 {
        v.push(x[k] + 0.6);
        let before = v[0] * v[1];
        s += before * drop_small(&mut v, x[0]);
        v.insert(0, s);
    }
    drop_small(&mut v, x[1]);
    s
}

#[test]
fn a_callee_changes_the_length() {
    check!(with_a_callee(&vec![0.3, 0.9, -0.4, 1.1]));
    check!(with_a_callee(&vec![0.9, 0.8]));
}

#[test]
fn a_mutable_parameter_changes_its_length() {
    let x = vec![0.3, 0.9, -0.4, 1.1];
    let mut left = x.clone();
    let (value, (v_bar, limit_bar)) = drop_small::value_and_grad(&mut left, 0.7);
    let mut expected = x.clone();
    assert_eq!(value, drop_small(&mut expected, 0.7));
    assert_eq!(left, expected);
    assert_eq!(v_bar, [0.7, 0.0, 0.7, 0.0]);
    assert!((limit_bar - (1.0 + 0.3 - 0.4)).abs() < 1e-12);
    assert_eq!(drop_small::grad(&mut x.clone(), 0.7), (v_bar, limit_bar));

    // The pullback takes the adjoint of what is left, and gives that of what came in.
    let (_, pullback) = drop_small::vjp(&mut x.clone(), 0.7);
    let (v_bar, _) = pullback(0.0, vec![1.0, 10.0]);
    assert_eq!(v_bar, [0.0, 1.8, 0.0, 22.0]);

    let (mut v_grad, mut limit_grad) = (vec![1.0, 10.0], 0.0);
    drop_small::value_and_grad_into(&mut x.clone(), 0.7, &mut v_grad, &mut limit_grad);
    assert_eq!(v_grad, [0.7, 1.8, 0.7, 22.0]);
}

#[test]
#[should_panic(expected = "the gradient buffer of `values` has length 4, but `values` has length 2")]
fn a_buffer_with_the_length_that_came_in_is_refused() {
    drop_small::value_and_grad_into(&mut vec![0.3, 0.9, -0.4, 1.1], 0.7, &mut vec![0.0; 4], &mut 0.0);
}

#[backprop]
fn replaced(v: &mut Vec<f64>, x: f64) -> f64 {
    let s = v[0] * x;
    *v = vec![x, s, s * x];
    v[2]
}

#[test]
fn a_mutable_parameter_is_replaced() {
    let mut v = vec![2.0];
    let (value, (v_bar, x_bar)) = replaced::value_and_grad(&mut v, 3.0);
    assert_eq!((value, v), (18.0, vec![3.0, 6.0, 18.0]));
    assert_eq!((v_bar, x_bar), (vec![9.0], 12.0));
}

#[backprop]
fn overwritten_shapes(x: f64) -> f64 {
    let mut v = vec![x, x * x];
    let mut w = vec![v[0]];
    let s = v[1] * w[0];
    v = vec![x];
    w = vec![x; 3];
    s
}

#[backprop]
fn grown_after_the_last_use(x: f64) -> f64 {
    let mut v = vec![x];
    v.push(x * x);
    let s = v[1] * 2.0;
    v.push(3.0 * x);
    let mut m = vec![vec![x], vec![x * x, x]];
    let t = m[1][1] * s;
    m.swap(0, 1);
    s * t
}

#[test]
fn lengths_change_where_nothing_is_read_any_more() {
    check!(overwritten_shapes(0.7));
    check!(grown_after_the_last_use(0.7));
}

#[backprop]
fn result_vec(x: &[f64], k: f64) -> Vec<f64> {
    let mut out = x.to_vec();
    out.pop();
    out.insert(0, k * k);
    let t = out.remove(1);
    out.push(t * k);
    out.rotate_left(1);
    out
}

#[test]
fn a_result_of_another_length() {
    check!(result_vec(&vec![0.3, 0.9, -0.4], 0.7) -> _);
}

#[backprop]
fn callee_mut(v: &mut Vec<f64>) -> f64 {
    let a = v.remove(0);
    v.push(a * a);
    v.push(a);
    a
}

#[backprop]
fn unused_after(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let s = callee_mut(&mut v);
    v.push(s);
    let mut w = make(s);
    w.push(2.0);
    let u = callee_mut(&mut w);
    w.clear();
    u * s
}

#[backprop]
fn make(x: f64) -> Vec<f64> {
    vec![x, x * x]
}

#[backprop]
fn unknown(x: f64) -> f64 {
    let mut v = make(x);
    v.push(x);
    let a = v.swap_remove(0);
    v.reverse();
    let w = v.split_off(1);
    v.extend_from_slice(&w);
    v.extend(make(a));
    let mut s = 0.0;
    for i in 0..v.len() {
        s += v[i] * v[i] * (i + 1) as f64;
    }
    let mut q = make(a);
    q.push(1.0);
    s
}

#[test]
fn results_of_calls_change_their_length() {
    check!(unused_after(&vec![0.3, 0.9]));
    check!(unknown(0.8));
}

#[backprop]
fn slice_of_rows(rows: &mut [Vec<f64>], x: f64) -> f64 {
    let n = rows.len();
    rows[0].push(x);
    rows[n - 1].remove(0);
    let t = rows[0][0] * rows[0][1];
    rows.swap(0, 1);
    t
}

#[test]
fn rows_of_a_parameter_change_their_length() {
    let mut rows = vec![vec![2.0], vec![3.0, 5.0]];
    let (value, (rows_bar, x_bar)) = slice_of_rows::value_and_grad(&mut rows, 7.0);
    assert_eq!((value, rows_bar, x_bar), (14.0, vec![vec![7.0], vec![0.0, 0.0]], 2.0));
    assert_eq!(rows, [vec![5.0], vec![2.0, 7.0]]);
}

#[backprop]
fn stops(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let mut s = 0.0;
    for i in 0..3 {
        s += x[i] * stop_gradient(v[v.len() - 1]);
        v.pop();
        v.insert(0, 2.0);
    }
    s
}

#[test]
fn a_cut_reads_the_length_of_its_time() {
    assert_eq!(stops::grad(&[1.0, 2.0, 3.0]), [3.0, 2.0, 1.0]);
}
