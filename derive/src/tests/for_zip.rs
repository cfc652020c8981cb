//! A loop over two slices at once: both sweeps count as many trips as the shorter has elements.

use super::{generated, phase};
use expect_test::expect;

pub(super) const UPDATED: &str = "
#[backprop]
fn updated(xs: &mut [f64], ys: &[f64], k: f64) {
    for (x, (y, i)) in xs.iter_mut().zip(ys.iter().rev().zip(1..)) {
        *x += k * y * *x * i as f64;
    }
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn updated(xs, ys, k)
            #7 for items k_1 of ::core::cmp::min(xs.len(), ys.len()), back = ys.len() - 1 - k_1
                #0 alias x = xs[k_1]
                #1 alias y = ys[back]
                #3 let t = mul k y
                #4 let t_1 = mul t *x
                #5 let t_2 = mul t_1 i as f64
                #6 accumulate *x += t_2
            result ()
    "#]]
    .assert_eq(&phase("lower", UPDATED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(
            xs: &mut [f64],
            ys: &[f64],
            k: f64,
            xs_grad: &mut [f64],
            ys_grad: &mut [f64],
            k_grad: &mut f64,
        ) {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("updated::value_and_grad_into", "xs", &*xs, xs_grad);
            ::backprop::__private::check_buffer::<
                [f64],
            >("updated::value_and_grad_into", "ys", &*ys, ys_grad);
            let mut tape = ::backprop::__private::Tape::new();
            for (x, (y, i)) in xs.iter_mut().zip(ys.iter().rev().zip(1..)) {
                let t = k * y;
                let xs_0 = *x;
                *x += t * *x * (i as f64);
                tape.push((i, t, xs_0));
            }
            let xs_exit = xs.to_vec();
            let xs_bar = xs_grad;
            let ys_bar = ys_grad;
            let mut k_bar = 0.0;
            for k_1 in (0..::core::cmp::min(xs.len(), ys.len())).rev() {
                let back = ys.len() - 1 - k_1;
                let (i, t, xs_0) = tape.pop();
                xs[k_1] = xs_0;
                let t_2_bar = xs_bar[k_1];
                let t_1_bar = if t_2_bar != 0.0 { t_2_bar * (i as f64) } else { 0.0 };
                let mut t_bar = 0.0;
                if t_1_bar != 0.0 {
                    t_bar += t_1_bar * xs[k_1];
                    xs_bar[k_1] += t_1_bar * t;
                }
                if t_bar != 0.0 {
                    k_bar += t_bar * ys[back];
                    ys_bar[back] += t_bar * k;
                }
            }
            *k_grad += k_bar;
            xs.clone_from_slice(&xs_exit);
        }
    "#]]
    .assert_eq(&generated("both sweeps", UPDATED));
}

pub(super) const DOT: &str = "
#[backprop]
fn dot(xs: &[f64], ys: &[f64]) -> f64 {
    let mut s = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        s += x * y;
    }
    s
}
";

#[test]
fn expanded_without_a_tape() {
    expect![[r#"
        pub fn value_and_grad_into(
            xs: &[f64],
            ys: &[f64],
            xs_grad: &mut [f64],
            ys_grad: &mut [f64],
        ) -> f64 {
            ::backprop::__private::check_buffer::<
                [f64],
            >("dot::value_and_grad_into", "xs", &*xs, xs_grad);
            ::backprop::__private::check_buffer::<
                [f64],
            >("dot::value_and_grad_into", "ys", &*ys, ys_grad);
            let mut s = 0.0;
            for (x, y) in xs.iter().zip(ys) {
                s += x * y;
            }
            let value = s;
            let xs_bar = xs_grad;
            let ys_bar = ys_grad;
            for k in 0..::core::cmp::min(xs.len(), ys.len()) {
                xs_bar[k] += ys[k];
                ys_bar[k] += xs[k];
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", DOT));
}
