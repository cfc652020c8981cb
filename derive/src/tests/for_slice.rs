//! A loop over the elements of a slice, counted.

use super::{generated, phase};
use expect_test::expect;

pub(super) const ENUMERATED: &str = "
#[backprop]
fn enumerated(xs: &[f64], ys: &[f64]) -> f64 {
    let mut s = 1.0;
    for (i, &x) in xs.iter().enumerate() {
        s *= x * ys[i];
    }
    s
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn enumerated(xs, ys)
            #0 let s = 1.0
            #5 for elements i of xs
                #1 alias x = xs[i]
                #2 let t = mul x ys[i]
                #3 let t_1 = mul s t
                #4 assign s = t_1
            result s
    "#]]
    .assert_eq(&phase("lower", ENUMERATED));
}

#[test]
fn recorded() {
    expect![[r#"
        fn enumerated(xs, ys)
            #0 let s = 1.0                               ; s needed
            #5 for elements i of xs
                #1 alias x = xs[i]
                #2 let t = mul x ys[i]                       ; t needed
                #3 let t_1 = mul s t
                #4 assign s = t_1                            ; saves s
            result s
    "#]]
    .assert_eq(&phase("recorded", ENUMERATED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(
            xs: &[f64],
            ys: &[f64],
            xs_grad: &mut [f64],
            ys_grad: &mut [f64],
        ) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("enumerated::value_and_grad_into", "xs", &*xs, xs_grad);
            ::backprop::__private::check_buffer::<
                [f64],
            >("enumerated::value_and_grad_into", "ys", &*ys, ys_grad);
            let mut s = 1.0;
            let mut tape = ::backprop::__private::Tape::new();
            for (i, &x) in xs.iter().enumerate() {
                let t = x * ys[i];
                let s_0 = s;
                s = s * t;
                tape.push((t, s_0));
            }
            let value = s;
            let xs_bar = xs_grad;
            let ys_bar = ys_grad;
            let mut s_bar = 1.0;
            for i in (0..xs.len()).rev() {
                let (t, s_0) = tape.pop();
                s = s_0;
                let s_bar_1 = ::core::mem::take(&mut s_bar);
                let mut t_bar = 0.0;
                if s_bar_1 != 0.0 {
                    s_bar += s_bar_1 * t;
                    t_bar += s_bar_1 * s;
                }
                if t_bar != 0.0 {
                    xs_bar[i] += t_bar * ys[i];
                    ys_bar[i] += t_bar * xs[i];
                }
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", ENUMERATED));
}
