//! A loop that overwrites the elements of a slice.

use super::{generated, phase};
use expect_test::expect;

pub(super) const SCALED: &str = "
#[backprop]
fn scaled(xs: &mut [f64], k: f64) {
    for x in xs.iter_mut() {
        *x *= k;
        *x = x.sin();
    }
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn scaled(xs, k)
            #5 for elements k_1 of xs
                #0 alias x = xs[k_1]
                #1 let t = mul *x k
                #2 assign *x = t
                #3 let t_1 = sin x
                #4 assign *x = t_1
            result ()
    "#]]
    .assert_eq(&phase("lower", SCALED));
}

#[test]
fn recorded() {
    expect![[r#"
        fn scaled(xs, k)
            #5 for elements k_1 of xs
                #0 alias x = xs[k_1]
                #1 let t = mul *x k
                #2 assign *x = t                             ; saves xs
                #3 let t_1 = sin x
                #4 assign *x = t_1                           ; saves xs
            result ()
    "#]]
    .assert_eq(&phase("recorded", SCALED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(
            xs: &mut [f64],
            k: f64,
            xs_grad: &mut [f64],
            k_grad: &mut f64,
        ) {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("scaled::value_and_grad_into", "xs", &*xs, xs_grad);
            let mut tape = ::backprop::__private::Tape::new();
            for x in xs.iter_mut() {
                let xs_0 = *x;
                *x = *x * k;
                let xs_0_1 = *x;
                *x = x.sin();
                tape.push((xs_0, xs_0_1));
            }
            let xs_exit = xs.to_vec();
            let xs_bar = xs_grad;
            let mut k_bar = 0.0;
            for k_1 in (0..xs.len()).rev() {
                let (xs_0, xs_0_1) = tape.pop();
                xs[k_1] = xs_0_1;
                let xs_bar_1 = ::core::mem::take(&mut xs_bar[k_1]);
                if xs_bar_1 != 0.0 {
                    xs_bar[k_1] += xs_bar_1 * xs[k_1].cos();
                }
                xs[k_1] = xs_0;
                let xs_bar_2 = ::core::mem::take(&mut xs_bar[k_1]);
                if xs_bar_2 != 0.0 {
                    xs_bar[k_1] += xs_bar_2 * k;
                    k_bar += xs_bar_2 * xs[k_1];
                }
            }
            *k_grad += k_bar;
            xs.clone_from_slice(&xs_exit);
        }
    "#]]
    .assert_eq(&generated("both sweeps", SCALED));
}
