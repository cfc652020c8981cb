//! A recurrence over a range.

use super::{generated, phase};
use expect_test::expect;

pub(super) const RECURRENCE: &str = "
#[backprop]
fn recurrence(x: &[f64], from: usize, to: usize) -> f64 {
    let mut s = 1.0_f64;
    for i in from..to {
        s = s * x[i] + s.sin();
    }
    s
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn recurrence(x, from, to)
            #0 let s = 1.0_f64
            #6 for i in from..to
                #2 let t = mul s x[i]
                #3 let t_1 = sin s
                #4 let t_2 = add t t_1
                #5 assign s = t_2
            result s
    "#]]
    .assert_eq(&phase("lower", RECURRENCE));
}

#[test]
fn recorded() {
    expect![[r#"
        fn recurrence(x, from, to)
            #0 let s = 1.0_f64                           ; s needed
            #6 for i in from..to
                #2 let t = mul s x[i]
                #3 let t_1 = sin s
                #4 let t_2 = add t t_1
                #5 assign s = t_2                            ; saves s
            result s
    "#]]
    .assert_eq(&phase("recorded", RECURRENCE));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(
            x: &[f64],
            from: usize,
            to: usize,
            x_grad: &mut [f64],
        ) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("recurrence::value_and_grad_into", "x", &*x, x_grad);
            let mut s = 1.0_f64;
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(from..to)).0,
            );
            for i in from..to {
                let s_0 = s;
                s = s * x[i] + s.sin();
                tape.push(s_0);
            }
            let value = s;
            let x_bar = x_grad;
            let mut s_bar = 1.0;
            for i in (from..to).rev() {
                let s_0 = tape.pop();
                s = s_0;
                let s_bar_1 = ::core::mem::take(&mut s_bar);
                if s_bar_1 != 0.0 {
                    s_bar += s_bar_1 * s.cos();
                }
                if s_bar_1 != 0.0 {
                    s_bar += s_bar_1 * x[i];
                    x_bar[i] += s_bar_1 * s;
                }
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", RECURRENCE));
}
