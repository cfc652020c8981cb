//! One name for several variables.

use super::{generated, phase};
use expect_test::expect;

pub(super) const REFINED: &str = "
#[backprop]
fn refined(x: f64, n: usize) -> f64 {
    let mut s = x;
    for x in 0..n {
        let x = s * x as f64;
        s = x * x;
    }
    let x = s + x;
    x * x
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn refined(x, n)
            #0 let s = x
            #6 for x_1 in 0..n
                #3 let x_2 = mul s x_1 as f64
                #4 let t = mul x_2 x_2
                #5 assign s = t
            #8 let x_3 = add s x
            #9 let t_1 = mul x_3 x_3
            result t_1
    "#]]
    .assert_eq(&phase("lower", REFINED));
}

#[test]
fn recorded() {
    expect![[r#"
        fn refined(x, n)
            #0 let s = x
            #6 for x_1 in 0..n
                #3 let x_2 = mul s x_1 as f64                ; x_2 needed
                #4 let t = mul x_2 x_2
                #5 assign s = t
            #8 let x_3 = add s x                         ; x_3 needed
            #9 let t_1 = mul x_3 x_3
            result t_1
    "#]]
    .assert_eq(&phase("recorded", REFINED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, n: usize) -> (f64, f64) {
            use ::core::iter::Iterator as _;
            let mut s = x;
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(0..n)).0,
            );
            for x_1 in 0..n {
                let x_2 = s * (x_1 as f64);
                s = x_2 * x_2;
                tape.push(x_2);
            }
            let x_3 = s + x;
            let value = x_3 * x_3;
            let x_3_bar = x_3 + x_3;
            let mut s_bar = x_3_bar;
            let mut x_bar = x_3_bar;
            for x_1 in (0..n).rev() {
                let x_2 = tape.pop();
                let s_bar_1 = ::core::mem::take(&mut s_bar);
                let mut x_2_bar = 0.0;
                if s_bar_1 != 0.0 {
                    x_2_bar += s_bar_1 * x_2;
                    x_2_bar += s_bar_1 * x_2;
                }
                if x_2_bar != 0.0 {
                    s_bar += x_2_bar * (x_1 as f64);
                }
            }
            x_bar += s_bar;
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", REFINED));
}
