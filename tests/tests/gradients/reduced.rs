//! Functions that were once differentiated wrongly, reduced, and named for what they hold.

use backprop::{backprop, stop_gradient};
use backprop_tests::check;

#[backprop]
fn squared_in_place(a: &mut f64, k: f64) {
    *a = *a * *a * k;
}

#[backprop]
fn each_in_place(b: &mut [f64], k: f64) {
    for e in b.iter_mut() {
        squared_in_place(e, k);
    }
    for (i, e) in b[1..].iter_mut().enumerate() {
        squared_in_place(e, k * i as f64);
    }
}

#[test]
fn a_loop_variable_is_lent_mutably() {
    check!(each_in_place(&mut vec![0.3, 0.4, 0.9], 1.3) -> ());
    check!(each_in_place(&mut vec![0.3], 1.3) -> ());
}

#[backprop]
fn times(a: &f64, b: &mut f64) {
    *b = *b * *a;
}

#[backprop]
fn both_changed(a: &mut f64, b: &mut f64) {
    *b = *b * *a;
    *a = a.sin();
}

#[backprop]
fn fields_of_one_tuple(x: f64, y: f64) -> f64 {
    let mut t = (x, y);
    times(&t.0, &mut t.1);
    both_changed(&mut t.0, &mut t.1);
    t.0 * t.1
}

#[test]
fn two_fields_of_one_variable_are_lent_at_once() {
    check!(fields_of_one_tuple(0.7, 1.3));
}

fn hash(k: u8) -> u8 {
    k.wrapping_mul(3)
}

fn narrow(c: f32) -> bool {
    c < 1.0
}

#[backprop]
fn typed_by_the_forward_sweep(x: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..3 {
        let k = !i;
        assert!(hash(k) < 255 || k > 0);
        s += x * x * k as f64;
    }
    for _ in 0..2 {
        let c = 0.1;
        assert!(narrow(c));
        s += x * x * (c as f64);
    }
    s
}

#[test]
fn both_sweeps_count_with_the_same_type() {
    check!(typed_by_the_forward_sweep(1.3));
}

#[backprop]
fn block_in_a_macro(x: f64) -> f64 {
    let v = x * x;
    let mut s = 0.0;
    for _ in 0..2 {
        let arr = vec![x, {
            let v = 3.0 * x;
            v * v
        }];
        s += v * arr[1];
    }
    s
}

#[test]
fn a_block_inside_vec_has_names_of_its_own() {
    check!(block_in_a_macro(1.3));
}

#[backprop]
fn literal_scratch(a: f64, b: &mut f64) -> f64 {
    *b = *b * a;
    *b * a
}

#[backprop]
fn lends_a_literal(x: f64, y: f64) -> f64 {
    literal_scratch(x, &mut 2.0) * y
}

#[test]
fn a_literal_is_lent_mutably() {
    check!(lends_a_literal(0.7, 0.8));
}

#[backprop]
fn other_lengths(x: f64, k: usize) -> f64 {
    let mut v = vec![x, x * x, x];
    let s = v[0] * v[1] * v[2];
    v = vec![x * s];
    let mut m = vec![vec![x, x], vec![s]];
    let p = m[0][1] * m[1][0];
    m[0] = vec![p; k];
    m[1] = m[0].clone();
    let mut t = s + v[0] * v[0];
    for i in 0..k {
        t += m[1][i] * m[0][k - 1 - i];
    }
    t
}

#[test]
fn a_vec_is_replaced_by_one_of_another_length() {
    check!(other_lengths(0.9, const 3));
    check!(other_lengths(0.9, const 0));
}

#[backprop]
fn resized(out: &mut Vec<f64>, k: f64) {
    let (a, b) = (out[0] * k, out[1] * out[0]);
    *out = vec![a, b, a * b];
}

#[test]
fn an_output_gets_another_length() {
    let (p, q, k) = (0.4, 1.2, 0.7);
    let ((), pullback) = resized::vjp(&mut vec![p, q], k);
    // The outputs are p k, q p and their product p² q k.
    let expected = ([k + 2.0 * q + 3.0 * 2.0 * p * q * k, 2.0 * p + 3.0 * p * p * k], p + 3.0 * p * p * q);
    let (out_bar, k_bar) = pullback(vec![1.0, 2.0, 3.0]);
    assert_eq!(out_bar.len(), 2);
    let deviations = [out_bar[0] - expected.0[0], out_bar[1] - expected.0[1], k_bar - expected.1];
    assert!(deviations.iter().all(|deviation| deviation.abs() < 1e-14), "{deviations:?}");
}

#[backprop]
fn swaps_by_a_moving_index(x: f64, mut m: usize) -> f64 {
    let mut s = x;
    for i in 0..2 {
        let mut w = vec![x, 2.0 * x];
        s += w[0] * w[1] * w[1];
        w.swap((m + i) % 2, 1);
        m += 1;
    }
    s
}

#[test]
fn elements_are_exchanged_by_an_index_that_moves() {
    check!(swaps_by_a_moving_index(0.7, const 1));
}

#[backprop]
fn given_in_one_branch(x: f64, n: usize) -> f64 {
    let a;
    let mut s = x;
    if n > 1 {
        a = x * x;
        s *= a * a;
    }
    for i in 0..n {
        let b;
        if i > 0 {
            b = s.sin();
            s += b * b;
        }
    }
    s * s
}

#[test]
fn a_variable_gets_its_value_in_one_branch_only() {
    check!(given_in_one_branch(0.7, const 0));
    check!(given_in_one_branch(0.7, const 3));
}

#[backprop]
fn last_index(x: &[f64], idx: &[usize]) -> f64 {
    let last = idx.last().unwrap();
    let mut s = x[*last] * x[0];
    for _ in 0..2 {
        let first = idx.first().unwrap();
        s *= x[*first] + x[*last];
    }
    s
}

#[test]
fn an_index_behind_a_reference() {
    check!(last_index(&vec![0.4, 1.2, 0.3], const &[1, 0, 2][..]));
}

#[backprop]
fn moved_indices(x: &[f64]) -> f64 {
    let idx = vec![1usize, 0, 1];
    let a = x[idx[0]] * x[idx[1]];
    let b = idx;
    a * x[b[2]]
}

#[test]
fn a_list_of_indices_is_moved() {
    check!(moved_indices(&vec![0.4, 1.2]));
}

#[backprop]
fn consumed_by_name(m: &mut [f64], k: f64) {
    for v in m {
        *v *= *v * k;
    }
}

#[backprop]
fn renamed(m: &mut [f64], k: f64) -> f64 {
    let q = m;
    consumed_by_name(q, k);
    q[0] * q[1]
}

#[test]
fn a_mutable_parameter_is_used_by_its_plain_name() {
    check!(consumed_by_name(&mut vec![0.4, 1.2], 0.7) -> ());
    check!(renamed(&mut vec![0.4, 1.2], 0.7));
}

#[backprop]
fn through_a_reference(t: &mut (f64, f64)) {
    let (a, b) = t;
    *a *= *b;
    *b += *a;
}

#[test]
fn a_tuple_is_taken_apart_behind_a_reference() {
    check!(through_a_reference(&mut (0.4, 1.2)) -> ());
}

#[backprop]
#[allow(non_snake_case)]
fn upper_and_lower(t: f64, T: f64) -> f64 {
    t * T.ln()
}

#[test]
fn parameters_differ_in_case_only() {
    check!(upper_and_lower(0.4, 1.2));
}

#[backprop]
fn array_assigned_apart(x: f64, y: f64) -> f64 {
    let arr = [x * y, y];
    let (mut a, mut b) = (x, y);
    a *= b;
    [a, b] = arr;
    for w in [a, b * 2.0, x] {
        b += w * w;
    }
    a * b
}

#[test]
fn an_array_is_assigned_apart_and_looped_over() {
    check!(array_assigned_apart(0.4, 1.2));
}

#[backprop]
#[allow(clippy::semicolon_if_nothing_returned)]
fn without_semicolon(v: &mut [f64], x: f64) -> f64 {
    let mut k = 0;
    let mut s = x;
    for _ in 0..3 {
        s *= x;
        k += 1
    }
    if s > v[0] {
        s *= v[k - 3]
    } else {
        k = 0
    }
    v[k % 2] *= s;
    s
}

#[test]
fn a_block_ends_in_a_statement_without_semicolon() {
    check!(without_semicolon(&mut vec![0.4, 1.2], 0.9));
    check!(without_semicolon(&mut vec![0.9, 1.2], 0.4));
}

#[backprop]
fn itself(x: f64, y: f64) -> f64 {
    let mut a = x;
    a *= y.cos();
    a -= a * 0.25;
    a += a;
    a.sin() + x + stop_gradient(a)
}

#[test]
fn a_variable_is_added_to_itself() {
    let slope = itself::grad(0.7, 0.4);
    let a = |x: f64, y: f64| 1.5 * x * y.cos();
    assert!((slope.0 - (a(0.7, 0.4).cos() * a(1.0, 0.4) + 1.0)).abs() < 1e-12);
}

type Triple = [f64; 3];
type Real = f64;

#[backprop]
fn powers(x: Real) -> Triple {
    [x, x * x, x * x * x]
}

#[backprop]
fn of_powers(x: Real) -> Real {
    let p = powers(x);
    p[1].sin() * p[2]
}

#[test]
fn results_have_types_of_other_names() {
    check!(powers(0.7) -> _);
    check!(of_powers(0.7));
}
