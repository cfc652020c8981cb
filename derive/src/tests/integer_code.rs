//! An index that changes in a loop.

use super::{generated, phase};
use expect_test::expect;

pub(super) const BOTH_ENDS: &str = "
#[backprop]
fn both_ends(x: &[f64]) -> f64 {
    let mut low = 0;
    let mut high = x.len() - 1;
    let mut s = 0.5_f64;
    for _ in 0..x.len() / 2 {
        s += x[low] * x[high];
        low += 1;
        high -= 1;
    }
    s
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn both_ends(x)
            #0 let low = 0
            #1 let high = x.len() - 1
            #2 let s = 0.5_f64
            #7 for _ in 0..x.len() / 2
                #3 let t = mul x[low] x[high]
                #4 accumulate s += t
                #5 passive low += 1;
                #6 passive high -= 1;
            result s
    "#]]
    .assert_eq(&phase("lower", BOTH_ENDS));
}

#[test]
fn recorded() {
    expect![[r#"
        fn both_ends(x)
            #0 let low = 0                               ; low needed
            #1 let high = x.len() - 1                    ; high needed
            #2 let s = 0.5_f64
            #7 for _ in 0..x.len() / 2
                #3 let t = mul x[low] x[high]
                #4 accumulate s += t
                #5 passive low += 1;                         ; saves low
                #6 passive high -= 1;                        ; saves high
            result s
    "#]]
    .assert_eq(&phase("recorded", BOTH_ENDS));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(x: &[f64], x_grad: &mut [f64]) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("both_ends::value_and_grad_into", "x", &*x, x_grad);
            let mut low = 0;
            let mut high = x.len() - 1;
            let mut s = 0.5_f64;
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(0..x.len() / 2)).0,
            );
            for _ in 0..x.len() / 2 {
                s += x[low] * x[high];
                let low_0 = ::core::clone::Clone::clone(&low);
                low += 1;
                let high_0 = ::core::clone::Clone::clone(&high);
                high -= 1;
                tape.push((low_0, high_0));
            }
            let value = s;
            let x_bar = x_grad;
            for _ in (0..x.len() / 2).rev() {
                let (low_0, high_0) = tape.pop();
                high = high_0;
                low = low_0;
                x_bar[low] += x[high];
                x_bar[high] += x[low];
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", BOTH_ENDS));
}
