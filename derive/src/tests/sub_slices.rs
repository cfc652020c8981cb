//! A part of a slice with a name, written through.

use super::{generated, phase};
use expect_test::expect;

pub(super) const MUTABLE_PART: &str = "
#[backprop]
fn mutable_part(out: &mut [f64], x: &[f64]) {
    let n = x.len();
    let high = &mut out[n..];
    for i in 0..n {
        high[i] *= x[i];
    }
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn mutable_part(out, x)
            #0 let n = x.len()
            #1 alias high = out[n ..]
            #5 for i in 0..n
                #3 let t = mul high[i] x[i]
                #4 assign high[i] = t
            result ()
    "#]]
    .assert_eq(&phase("lower", MUTABLE_PART));
}

#[test]
fn recorded() {
    expect![[r#"
        fn mutable_part(out, x)
            #0 let n = x.len()                           ; n needed
            #1 alias high = out[n ..]
            #5 for i in 0..n
                #3 let t = mul high[i] x[i]
                #4 assign high[i] = t                        ; saves out
            result ()
    "#]]
    .assert_eq(&phase("recorded", MUTABLE_PART));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(
            out: &mut [f64],
            x: &[f64],
            out_grad: &mut [f64],
            x_grad: &mut [f64],
        ) {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("mutable_part::value_and_grad_into", "out", &*out, out_grad);
            ::backprop::__private::check_buffer::<
                [f64],
            >("mutable_part::value_and_grad_into", "x", &*x, x_grad);
            let n = x.len();
            let high = &mut out[n..];
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(0..n)).0,
            );
            for i in 0..n {
                let out_0 = high[i];
                high[i] = high[i] * x[i];
                tape.push(out_0);
            }
            let out_exit = out.to_vec();
            let out_bar = out_grad;
            let x_bar = x_grad;
            for i in (0..n).rev() {
                let out_0 = tape.pop();
                out[n..][i] = out_0;
                let out_bar_1 = ::core::mem::take(&mut out_bar[n..][i]);
                if out_bar_1 != 0.0 {
                    out_bar[n..][i] += out_bar_1 * x[i];
                    x_bar[i] += out_bar_1 * out[n..][i];
                }
            }
            out.clone_from_slice(&out_exit);
        }
    "#]]
    .assert_eq(&generated("both sweeps", MUTABLE_PART));
}
