//! Loops over parts of a slice: each trip of the reverse sweep finds its part by the number of the trip.

use super::{generated, phase};
use expect_test::expect;

pub(super) const CHUNKED: &str = "
#[backprop]
fn chunked(xs: &[f64], n: usize) -> f64 {
    let mut s = 0.0;
    for chunk in xs.chunks(n) {
        s += chunk[0] * chunk[chunk.len() - 1];
    }
    for pair in xs.windows(2) {
        s += pair[0] * pair[1];
    }
    s
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn chunked(xs, n)
            #0 let s = 0.0
            #4 for items k of xs.len().div_ceil(n), low = k * n, high = ::core::cmp::min(low + n, xs.len())
                #1 alias chunk = xs[low..high]
                #2 let t = mul chunk[0] chunk[chunk.len() - 1]
                #3 accumulate s += t
            #8 for items k_1 of xs.len().saturating_sub(1)
                #5 alias pair = xs[k_1..k_1 + 2]
                #6 let t_1 = mul pair[0] pair[1]
                #7 accumulate s += t_1
            result s
    "#]]
    .assert_eq(&phase("lower", CHUNKED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(xs: &[f64], n: usize, xs_grad: &mut [f64]) -> f64 {
            ::backprop::__private::check_buffer::<
                [f64],
            >("chunked::value_and_grad_into", "xs", &*xs, xs_grad);
            let mut s = 0.0;
            for chunk in xs.chunks(n) {
                s += chunk[0] * chunk[chunk.len() - 1];
            }
            for pair in xs.windows(2) {
                s += pair[0] * pair[1];
            }
            let value = s;
            let xs_bar = xs_grad;
            for k_1 in 0..xs.len().saturating_sub(1) {
                xs_bar[k_1..k_1 + 2][0] += xs[k_1..k_1 + 2][1];
                xs_bar[k_1..k_1 + 2][1] += xs[k_1..k_1 + 2][0];
            }
            for k in 0..xs.len().div_ceil(n) {
                let low = k * n;
                let high = ::core::cmp::min(low + n, xs.len());
                xs_bar[low..high][0] += xs[low..high][xs[low..high].len() - 1];
                xs_bar[low..high][xs[low..high].len() - 1] += xs[low..high][0];
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", CHUNKED));
}

pub(super) const ROWS: &str = "
#[backprop]
fn rows(w: &[f64], x: &[f64], out: &mut [f64]) {
    for (row, o) in w.chunks_exact(x.len()).zip(out.iter_mut()) {
        for (a, b) in row.iter().zip(x) {
            *o += a * b;
        }
    }
}
";

#[test]
fn expanded_over_rows() {
    expect![[r#"
        pub fn value_and_grad_into(
            w: &[f64],
            x: &[f64],
            out: &mut [f64],
            w_grad: &mut [f64],
            x_grad: &mut [f64],
            out_grad: &mut [f64],
        ) {
            ::backprop::__private::check_buffer::<
                [f64],
            >("rows::value_and_grad_into", "w", &*w, w_grad);
            ::backprop::__private::check_buffer::<
                [f64],
            >("rows::value_and_grad_into", "x", &*x, x_grad);
            ::backprop::__private::check_buffer::<
                [f64],
            >("rows::value_and_grad_into", "out", &*out, out_grad);
            for (row, o) in w.chunks_exact(x.len()).zip(out.iter_mut()) {
                for (a, b) in row.iter().zip(x) {
                    *o += a * b;
                }
            }
            let w_bar = w_grad;
            let x_bar = x_grad;
            let out_bar = out_grad;
            for k in 0..::core::cmp::min(w.len() / x.len(), out.len()) {
                let low = k * x.len();
                let high = low + x.len();
                for k_1 in 0..::core::cmp::min(w[low..high].len(), x.len()) {
                    let t_bar = out_bar[k];
                    if t_bar != 0.0 {
                        w_bar[low..high][k_1] += t_bar * x[k_1];
                        x_bar[k_1] += t_bar * w[low..high][k_1];
                    }
                }
            }
        }
    "#]]
    .assert_eq(&generated("both sweeps", ROWS));
}
