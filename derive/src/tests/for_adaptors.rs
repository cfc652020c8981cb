//! Adaptors of iterators: the reverse sweep finds element and index from the number of the trip.

use super::{generated, phase};
use expect_test::expect;

pub(super) const ADAPTED: &str = "
#[backprop]
fn adapted(xs: &[f64], n: usize) -> f64 {
    let mut s = 1.0;
    for (i, x) in xs.iter().enumerate().skip(n) {
        s += x * i as f64;
    }
    for (i, x) in xs.iter().rev().step_by(2).enumerate() {
        s += x * xs[i];
    }
    s
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn adapted(xs, n)
            #0 let s = 1.0
            #5 for items k of xs.len().saturating_sub(n), i = k + n
                #1 alias x = xs[k + n]
                #3 let t = mul x i as f64
                #4 accumulate s += t
            #9 for items i_1 of xs.len().div_ceil(2), back = xs.len() - 1 -(i_1 * 2)
                #6 alias x_1 = xs[back]
                #7 let t_1 = mul x_1 xs[i_1]
                #8 accumulate s += t_1
            result s
    "#]]
    .assert_eq(&phase("lower", ADAPTED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(xs: &[f64], n: usize, xs_grad: &mut [f64]) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("adapted::value_and_grad_into", "xs", &*xs, xs_grad);
            let mut s = 1.0;
            for (i, x) in xs.iter().enumerate().skip(n) {
                s += x * (i as f64);
            }
            for (i_1, x_1) in xs.iter().rev().step_by(2).enumerate() {
                s += x_1 * xs[i_1];
            }
            let value = s;
            let xs_bar = xs_grad;
            for i_1 in 0..xs.len().div_ceil(2) {
                let back = xs.len() - 1 - (i_1 * 2);
                xs_bar[back] += xs[i_1];
                xs_bar[i_1] += xs[back];
            }
            for k in 0..xs.len().saturating_sub(n) {
                let i = k + n;
                xs_bar[k + n] += i as f64;
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", ADAPTED));
}

pub(super) const LEFT: &str = "
#[backprop]
fn left(xs: &[f64], limit: f64) -> f64 {
    let mut s = 1.0;
    for (x, y) in xs.iter().zip(&xs[1..]).rev() {
        if s > limit {
            break;
        }
        s += x * y;
    }
    s
}
";

#[test]
fn expanded_with_an_exit() {
    expect![[r#"
        fn both_sweeps(xs: &[f64], limit: f64, xs_grad: &mut [f64]) -> (f64, f64) {
            use ::core::iter::Iterator as _;
            let mut s = 1.0;
            let mut tape = ::backprop::__private::Tape::new();
            let mut trips = 0usize;
            for (x, y) in xs.iter().zip(&xs[1..]).rev() {
                if s > limit {
                    tape.push(::core::option::Option::None);
                    trips += 1;
                    break;
                }
                s += x * y;
                tape.push(::core::option::Option::Some(()));
                trips += 1;
            }
            let value = s;
            let xs_bar = xs_grad;
            for k in ::core::cmp::min(xs.len(), xs[1..].len())
                - trips..::core::cmp::min(xs.len(), xs[1..].len()) {
                let rest = tape.pop();
                if let ::core::option::Option::Some(()) = rest {
                    xs_bar[k] += xs[1..][k];
                    xs_bar[1..][k] += xs[k];
                }
            }
            (value, 0.0)
        }
    "#]]
    .assert_eq(&generated("both sweeps", LEFT));
}
