//! Elements overwritten by a function of themselves, in nested loops.

use super::{generated, phase};
use expect_test::expect;

pub(super) const SQUARED_AGAIN_AND_AGAIN: &str = "
#[backprop]
fn squared_again_and_again(x: &mut [f64], n: usize) {
    for _ in 0..n {
        for i in 1..x.len() {
            x[i] = x[i] * x[i - 1];
        }
    }
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn squared_again_and_again(x, n)
            #4 for _ in 0..n
                #3 for i in 1..x.len()
                    #1 let t = mul x[i] x[i - 1]
                    #2 assign x[i] = t
            result ()
    "#]]
    .assert_eq(&phase("lower", SQUARED_AGAIN_AND_AGAIN));
}

#[test]
fn recorded() {
    expect![[r#"
        fn squared_again_and_again(x, n)
            #4 for _ in 0..n
                #3 for i in 1..x.len()
                    #1 let t = mul x[i] x[i - 1]
                    #2 assign x[i] = t                           ; saves x
            result ()
    "#]]
    .assert_eq(&phase("recorded", SQUARED_AGAIN_AND_AGAIN));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(x: &mut [f64], n: usize, x_grad: &mut [f64]) {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("squared_again_and_again::value_and_grad_into", "x", &*x, x_grad);
            let mut tape = ::backprop::__private::Tape::new();
            for _ in 0..n {
                for i in 1..x.len() {
                    let x_0 = x[i];
                    x[i] = x[i] * x[i - 1];
                    tape.push(x_0);
                }
            }
            let x_exit = x.to_vec();
            let x_bar = x_grad;
            for _ in (0..n).rev() {
                for i in (1..x.len()).rev() {
                    let x_0 = tape.pop();
                    x[i] = x_0;
                    let x_bar_1 = ::core::mem::take(&mut x_bar[i]);
                    if x_bar_1 != 0.0 {
                        x_bar[i] += x_bar_1 * x[i - 1];
                        x_bar[i - 1] += x_bar_1 * x[i];
                    }
                }
            }
            x.clone_from_slice(&x_exit);
        }
    "#]]
    .assert_eq(&generated("both sweeps", SQUARED_AGAIN_AND_AGAIN));
}
