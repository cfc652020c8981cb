//! `stop_gradient(e)`: evaluated as plain Rust, constant from there on.

use backprop::{backprop, stop_gradient};
use backprop_tests::check;

#[backprop]
fn imported(x: f64, y: f64) -> f64 {
    stop_gradient(x * y) * x + y
}

#[backprop]
fn by_path(x: f64, y: f64) -> f64 {
    backprop::stop_gradient(x) * x * y
}

#[test]
fn what_is_inside_counts_as_constant() {
    assert_eq!(imported::value_and_grad(2.0, 3.0), (15.0, (6.0, 1.0)));
    assert_eq!(by_path::value_and_grad(2.0, 3.0), (12.0, (6.0, 4.0)));
}

#[backprop]
fn whole(x: f64) -> f64 {
    stop_gradient(x.exp())
}

#[test]
fn nothing_left_gives_zero() {
    assert_eq!(whole::value_and_grad(0.0), (1.0, 0.0));
}

fn opaque(x: f64) -> f64 {
    x.mul_add(3.0, 1.0).floor()
}

#[backprop]
fn unannotated(x: f64) -> f64 {
    let a = stop_gradient(opaque(x));
    let bin = stop_gradient((x * 4.0) as usize);
    let weights = [1.0, 2.0, 4.0, 8.0];
    a * x * weights[bin]
}

#[test]
fn unannotated_functions_and_integer_casts_are_allowed_inside() {
    check!(stairs_removed(0.6));
    let (value, slope) = unannotated::value_and_grad(0.6);
    assert_eq!(value, opaque(0.6) * 0.6 * 4.0);
    assert_eq!(slope, opaque(0.6) * 4.0);
}

#[backprop]
fn stairs_removed(x: f64) -> f64 {
    x - stop_gradient(0.0 * x)
}

#[backprop]
fn softmax_loss(scores: &[f64], label: usize) -> f64 {
    let mut largest = scores[0];
    for &score in scores {
        largest = largest.max(score);
    }
    let largest = stop_gradient(largest);
    let mut sum = 0.0;
    for &score in scores {
        sum += (score - largest).exp();
    }
    sum.ln() + largest - scores[label]
}

#[test]
fn a_shift_that_cancels_needs_no_derivative() {
    check!(softmax_loss(&vec![0.4, -1.2, 2.2], const 1));
    check!(softmax_loss(&vec![0.4, -1.2, 2.2], const 2));
}

#[backprop]
fn in_a_loop(x: f64, n: usize) -> f64 {
    let mut s = x;
    for _ in 0..n {
        s = s * stop_gradient(s.sin()) + x;
    }
    s
}

#[test]
fn a_cut_in_each_iteration() {
    let (value, slope) = in_a_loop::value_and_grad(0.7, 3);
    let (mut s, mut s_dot) = (0.7_f64, 1.0);
    for _ in 0..3 {
        s_dot = s_dot * s.sin() + 1.0;
        s = s * s.sin() + 0.7;
    }
    assert_eq!(value, s);
    backprop_tests::assert_close("slope", &[slope], &[s_dot], 1e-14);
}

#[backprop]
fn of_aggregates(v: &[f64], p: (f64, f64)) -> f64 {
    let w = stop_gradient(v.to_vec());
    let (a, b) = stop_gradient((p.0 * p.1, v[0]));
    w[0] * v[0] + a * p.0 + b * p.1
}

#[test]
fn vectors_and_tuples_may_be_cut() {
    let (value, (v_bar, p_bar)) = of_aggregates::value_and_grad(&[2.0], (3.0, 5.0));
    assert_eq!(value, 4.0 + 45.0 + 10.0);
    assert_eq!(v_bar, [2.0]);
    assert_eq!(p_bar, (15.0, 2.0));
}

#[backprop]
fn statements_inside(x: f64) -> f64 {
    let step = stop_gradient({
        let mut best = f64::INFINITY;
        for k in 0..10 {
            best = best.min((x - k as f64).abs());
        }
        best
    });
    step * x
}

#[test]
fn a_whole_block_may_be_cut() {
    let (value, slope) = statements_inside::value_and_grad(2.25);
    assert_eq!((value, slope), (0.25 * 2.25, 0.25));
}

#[backprop]
fn doubled(x: &mut [f64]) -> f64 {
    x[0] = 2.0 * x[0];
    x[1]
}

#[backprop]
fn left_from_inside(x: &[f64], k: usize) -> f64 {
    let mut p = x[0] * 2.0;
    p = p * stop_gradient(match k {
        1 => {
            return p;
        }
        _ => 2.0,
    });
    p * p
}

#[backprop]
fn assigned_inside(x: &[f64], _k: usize) -> f64 {
    let mut p = x[0] * 2.0;
    let c = stop_gradient({
        p = p * x[1];
        3.0
    });
    p * p * c
}

#[backprop]
fn assigned_in_arms_inside(x: &[f64], k: usize) -> f64 {
    let mut p = x[0] * 2.0;
    p += stop_gradient(match k {
        0 => {
            p = x[1] * x[2];
            3.0
        }
        1 => 2.0,
        _ => {
            p *= 2.0;
            1.0
        }
    }) * x[3];
    p * p
}

#[backprop]
fn left_in_a_loop(x: &[f64], k: usize) -> f64 {
    let mut p = x[0] * 2.0;
    for i in 0..k {
        p = p * stop_gradient(if i == 1 {
            break;
        } else {
            p = p * x[i];
            2.0
        }) + x[3];
    }
    p * p
}

#[backprop]
fn changed_by_a_call_inside(x: &[f64], _k: usize) -> f64 {
    let mut v = x.to_vec();
    let c = 1.0 + 0.0 * stop_gradient(doubled(&mut v));
    v[0] * v[1] * c
}

#[backprop]
fn borrowed_inside(x: &[f64], k: usize) -> f64 {
    let mut v = x.to_vec();
    let c = stop_gradient(match k {
        _ => {
            let r = &mut v[0..2];
            r[0] = r[1] * 2.0;
            2.0
        }
    });
    v[0] * v[1] * c
}

#[backprop]
fn assigned_beside(x: &[f64], k: usize) -> f64 {
    let mut p = x[0];
    let y = 1.0
        + match k {
            0 => {
                p = 2.0;
                1.0
            }
            _ => {
                p = x[1] * p;
                3.0
            }
        };
    p * y
}

#[backprop]
fn taken_apart_inside(x: &[f64], _k: usize) -> f64 {
    let mut q = x[0];
    q = stop_gradient(match (true, 2.0_f64) {
        _ => {
            (q, q) = (2.0, x[1]);
            2.0
        }
    });
    q += x[2];
    q * q
}

#[backprop]
fn assigned_in_an_index(x: &[f64], k: usize) -> f64 {
    let mut p = x[0];
    let y = x[stop_gradient({
        p = p * x[1];
        k
    }) + 1];
    p * y
}

#[test]
fn statements_inside_are_differentiated_although_their_value_is_cut() {
    let x = [1.3, 0.7, 1.9, -0.4];
    for k in 0..3 {
        check!(left_from_inside(&x, const k));
        check!(assigned_inside(&x, const k));
        check!(assigned_in_arms_inside(&x, const k));
        check!(left_in_a_loop(&x, const k));
        check!(changed_by_a_call_inside(&x, const k));
        check!(borrowed_inside(&x, const k));
        check!(assigned_beside(&x, const k));
        check!(taken_apart_inside(&x, const k));
        check!(assigned_in_an_index(&x, const k));
    }
}

#[backprop]
fn lends_a_copy(x: f64) -> f64 {
    let y = stop_gradient(of_pairs(&mut [[2.0, 1.0], [0.0, x]]));
    y * x
}

#[backprop]
fn of_pairs(p: &mut [[f64; 2]; 2]) -> f64 {
    p[0][0] * p[1][1].sin()
}

#[test]
fn a_copy_may_be_lent_mutably_to_what_is_cut() {
    let (value, slope) = lends_a_copy::value_and_grad(0.7);
    assert_eq!(value, 2.0 * 0.7_f64.sin() * 0.7);
    assert_eq!(slope, 2.0 * 0.7_f64.sin());
}
