//! Slices taken apart by methods: the forward sweep calls them, the reverse sweep indexes.

use super::{generated, phase};
use expect_test::expect;

pub(super) const HALVES: &str = "
#[backprop]
fn halves(xs: &[f64], n: usize) -> f64 {
    let (left, right) = xs.split_at(n);
    let first = left.first().unwrap();
    first * *right.last().unwrap()
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn halves(xs, n)
            #0 passive let(left, right) = xs.split_at(n);
            #1 alias first = left[0]
            #2 alias t = right[right.len() - 1]
            #3 let t_1 = mul first *t
            result t_1
    "#]]
    .assert_eq(&phase("lower", HALVES));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(xs: &[f64], n: usize, xs_grad: &mut [f64]) -> f64 {
            ::backprop::__private::check_buffer::<
                [f64],
            >("halves::value_and_grad_into", "xs", &*xs, xs_grad);
            let (left, right) = xs.split_at(n);
            let first = left.first().unwrap();
            let t = right.last().unwrap();
            let value = first * *t;
            let xs_bar = xs_grad;
            xs_bar[..n][0] += xs[n..][xs[n..].len() - 1];
            xs_bar[n..][xs[n..].len() - 1] += xs[..n][0];
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", HALVES));
}

pub(super) const CHANGED: &str = "
#[backprop]
fn changed(xs: &mut [f64]) {
    let (&mut first, rest) = xs.split_first_mut().unwrap();
    *rest.last_mut().unwrap() *= first;
}
";

#[test]
fn expanded_with_changes() {
    expect![[r#"
        pub fn value_and_grad_into(xs: &mut [f64], xs_grad: &mut [f64]) {
            ::backprop::__private::check_buffer::<
                [f64],
            >("changed::value_and_grad_into", "xs", &*xs, xs_grad);
            let (t, rest) = xs.split_first_mut().unwrap();
            let first = *t;
            let t_1 = rest.len();
            let t_2 = rest.last_mut().unwrap();
            let xs_0 = *t_2;
            *t_2 = *t_2 * first;
            let xs_exit = xs.to_vec();
            let xs_bar = xs_grad;
            xs[1..][t_1 - 1] = xs_0;
            let xs_bar_1 = ::core::mem::take(&mut xs_bar[1..][t_1 - 1]);
            let mut first_bar = 0.0;
            if xs_bar_1 != 0.0 {
                xs_bar[1..][t_1 - 1] += xs_bar_1 * first;
                first_bar += xs_bar_1 * xs[1..][t_1 - 1];
            }
            xs_bar[0] += first_bar;
            xs.clone_from_slice(&xs_exit);
        }
    "#]]
    .assert_eq(&generated("both sweeps", CHANGED));
}
