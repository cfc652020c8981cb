//! Tuple and array patterns.

use super::{generated, phase};
use expect_test::expect;

pub(super) const TAKEN_APART: &str = "
#[backprop]
fn taken_apart(x: f64, y: f64) -> f64 {
    let (a, [b, _]) = (x * y, [x, y]);
    let (mut c, d) = pair(a, b);
    c *= d;
    c
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn taken_apart(x, y)
            #1 let a = mul x y
            #3 let b = x
            #5 call (c, d) = pair(a, b)
            #6 let t = mul c d
            #7 assign c = t
            result c
    "#]]
    .assert_eq(&phase("lower", TAKEN_APART));
}

#[test]
fn recorded() {
    expect![[r#"
        fn taken_apart(x, y)
            #1 let a = mul x y
            #3 let b = x
            #5 call (c, d) = pair(a, b)                  ; c needed; d needed
            #6 let t = mul c d
            #7 assign c = t                              ; saves c
            result c
    "#]]
    .assert_eq(&phase("recorded", TAKEN_APART));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64) -> (f64, (f64, f64)) {
            let a = x * y;
            let b = x;
            let ((mut c, d), pair_pullback) = pair::forward::<true, true>(a, b);
            ::backprop::__private::scalar(&c);
            ::backprop::__private::scalar(&d);
            let c_0 = c;
            c = c * d;
            let value = c;
            let mut c_bar = 1.0;
            c = c_0;
            let c_bar_1 = ::core::mem::take(&mut c_bar);
            let mut d_bar = 0.0;
            if c_bar_1 != 0.0 {
                c_bar += c_bar_1 * d;
                d_bar += c_bar_1 * c;
            }
            let mut a_bar = 0.0;
            let mut b_bar = 0.0;
            if !::backprop::__private::is_zero(&c_bar) || !::backprop::__private::is_zero(&d_bar)
            {
                let (a_bar_1, b_bar_1) = pair_pullback((c_bar, d_bar));
                a_bar += a_bar_1;
                b_bar += b_bar_1;
            }
            let mut x_bar = b_bar;
            let mut y_bar = 0.0;
            if a_bar != 0.0 {
                x_bar += a_bar * y;
                y_bar += a_bar * x;
            }
            (value, (x_bar, y_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", TAKEN_APART));
}
