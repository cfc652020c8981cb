//! Assertions and prints of active values.

use super::{generated, phase};
use expect_test::expect;

pub(super) const ASSERTED: &str = r#"
#[backprop]
fn asserted(x: f64, n: usize) -> f64 {
    assert!(x > 0.0, "x is {x}, which has no logarithm");
    let mut s = x.ln();
    for i in 0..n {
        println!("{i}: {}", s * 2.0);
        s *= x;
    }
    s
}
"#;

#[test]
fn lowered() {
    expect![[r#"
        fn asserted(x, n)
            #0 passive assert!(x > 0.0, "x is {x}, which has no logarithm");
            #2 let s = ln x
            #7 for i in 0..n
                #4 passive println!("{i}: {}", s * 2.0);
                #5 let t = mul s x
                #6 assign s = t
            result s
    "#]]
    .assert_eq(&phase("lower", ASSERTED));
}

#[test]
fn recorded() {
    expect![[r#"
        fn asserted(x, n)
            #0 passive assert!(x > 0.0, "x is {x}, which has no logarithm");
            #2 let s = ln x                              ; s needed
            #7 for i in 0..n
                #4 passive println!("{i}: {}", s * 2.0);
                #5 let t = mul s x
                #6 assign s = t                              ; saves s
            result s
    "#]]
    .assert_eq(&phase("recorded", ASSERTED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, n: usize) -> (f64, f64) {
            use ::core::iter::Iterator as _;
            assert!(x > 0.0, "x is {x}, which has no logarithm");
            let mut s = x.ln();
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(0..n)).0,
            );
            for i in 0..n {
                println!("{i}: {}", s * 2.0);
                let s_0 = s;
                s = s * x;
                tape.push(s_0);
            }
            let value = s;
            let mut s_bar = 1.0;
            let mut x_bar = 0.0;
            for i in (0..n).rev() {
                let s_0 = tape.pop();
                s = s_0;
                let s_bar_1 = ::core::mem::take(&mut s_bar);
                if s_bar_1 != 0.0 {
                    s_bar += s_bar_1 * x;
                    x_bar += s_bar_1 * s;
                }
            }
            if s_bar != 0.0 {
                x_bar += s_bar / x;
            }
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", ASSERTED));
}
