//! `reverse`, `rotate_left`, `rotate_right`, `copy_within`; orders found by sorting indices.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn turned(x: &[f64], k: usize) -> f64 {
    let mut v = x.to_vec();
    v[0] *= v[1];
    v.reverse();
    v[0] *= v[1];
    v.rotate_left(k);
    v[1] *= v[2];
    v[1..].rotate_right(1);
    v[..3].reverse();
    let mut s = 0.0;
    for i in 0..v.len() {
        s += v[i] * v[i] * (i + 1) as f64;
    }
    v.reverse();
    s * v[0]
}

#[test]
fn elements_change_places() {
    check!(turned(&vec![0.3, 0.9, -0.4, 1.2], const 1));
    check!(turned(&vec![0.3, 0.9, -0.4, 1.2], const 4));
}

#[backprop]
fn shift_register(x: &[f64], taps: &mut [f64; 3]) -> f64 {
    let mut s = 0.0;
    for &v in x {
        taps.rotate_right(1);
        if v > 0.5 {
            taps.reverse();
        }
        taps[0] *= v;
        s += taps[0] * taps[2] + taps[1].sin();
    }
    s
}

#[test]
fn a_borrowed_array_is_rotated() {
    check!(shift_register(&vec![0.3, 0.9, -0.4, 1.2], &mut [0.8, 1.1, 0.7]));
    check!(shift_register(&vec![], &mut [0.8, 1.1, 0.7]));
}

#[backprop]
fn rows_turned(x: &[f64]) -> f64 {
    let mut m = vec![vec![x[0]], vec![x[1], x[0] * x[1]], vec![]];
    m.rotate_left(1);
    m[0].push(x[0]);
    m.reverse();
    let s = m[2][1] * m[0][0] * m[2][2];
    m.rotate_right(2);
    m[1].reverse();
    s
}

#[test]
fn rows_of_different_lengths_change_places() {
    check!(rows_turned(&vec![0.3, 0.9]));
}

#[backprop]
fn copied_within(x: &[f64], n: usize) -> f64 {
    let mut v = x.to_vec();
    let mut s = 0.0;
    for k in 0..n {
        s += v[0] * v[1] * v[2] * v[3];
        v.copy_within(1.., 0);
        v[3] *= x[k];
        v.copy_within(k..k + 2, 2);
    }
    s += v[0].sin() * v[3];
    v.copy_within(..2, 1);
    s
}

#[test]
fn parts_are_copied_within() {
    check!(copied_within(&vec![0.3, 0.9, -0.4, 1.2], const 2));
    check!(copied_within(&vec![0.3, 0.9, -0.4, 1.2], const 0));
}

#[backprop]
fn ranked(x: &[f64], key: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| key[a].partial_cmp(&key[b]).unwrap());
    let mut sorted = vec![0.0; x.len()];
    for i in 0..order.len() {
        sorted[i] = x[order[i]];
    }
    let mut s = 0.0;
    for i in 0..sorted.len() {
        s += sorted[i] * sorted[i] * key[order[i]] * (i + 1) as f64;
    }
    order.reverse();
    order.rotate_left(1);
    s * x[order[0]]
}

#[test]
fn a_sort_by_keys_is_a_sort_of_indices() {
    check!(ranked(&vec![0.3, 0.9, -0.4, 1.2], &vec![2.0, 0.5, 1.5, 1.0]));
    check!(ranked(&vec![0.3], &vec![2.0]));
}

#[backprop]
fn sorted_states(x: &[f64], n: usize) -> f64 {
    let mut v = x.to_vec();
    let mut s = 0.0;
    for k in 0..n {
        let mut order: Vec<usize> = (0..v.len()).collect();
        order.sort_unstable_by(|&a, &b| v[b].total_cmp(&v[a]));
        let copy = v.clone();
        for i in 0..order.len() {
            v[i] = copy[order[i]] * (1.0 + 0.1 * i as f64);
        }
        s += v[0] * v[k];
        order.sort_by_key(|&i| (i + k) % 3);
        v[order[0]] *= s;
    }
    s
}

#[test]
fn states_are_sorted_again_and_again() {
    check!(sorted_states(&vec![0.3, 0.9, -0.4, 1.2], const 3));
    check!(sorted_states(&vec![0.3], const 0));
}
