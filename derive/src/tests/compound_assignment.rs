//! Every compound assignment.

use super::{generated, phase};
use expect_test::expect;

pub(super) const VARIABLE: &str = "
#[backprop]
fn variable(x: f64, y: f64) -> f64 {
    let mut a = x;
    a += y;
    a -= x * y;
    a *= y;
    a /= x;
    a %= 7.0;
    a
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn variable(x, y)
            #0 let a = x
            #1 accumulate a += y
            #2 let t = mul x y
            #3 accumulate a -= t
            #4 let t_1 = mul a y
            #5 assign a = t_1
            #6 let t_2 = div a x
            #7 assign a = t_2
            #8 let t_3 = rem a 7.0
            #9 assign a = t_3
            result a
    "#]]
    .assert_eq(&phase("lower", VARIABLE));
}

#[test]
fn recorded() {
    expect![[r#"
        fn variable(x, y)
            #0 let a = x                                 ; a needed
            #1 accumulate a += y
            #2 let t = mul x y
            #3 accumulate a -= t
            #4 let t_1 = mul a y
            #5 assign a = t_1                            ; saves a
            #6 let t_2 = div a x                         ; t_2 needed
            #7 assign a = t_2
            #8 let t_3 = rem a 7.0
            #9 assign a = t_3
            result a
    "#]]
    .assert_eq(&phase("recorded", VARIABLE));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64) -> (f64, (f64, f64)) {
            let mut a = x;
            a += y;
            a -= x * y;
            let a_0 = a;
            a = a * y;
            let t_2 = a / x;
            a = t_2;
            a = a % 7.0;
            let value = a;
            let mut a_bar = 1.0;
            let a_bar_1 = ::core::mem::take(&mut a_bar);
            if a_bar_1 != 0.0 {
                a_bar += a_bar_1;
            }
            let a_bar_2 = ::core::mem::take(&mut a_bar);
            let mut x_bar = 0.0;
            if a_bar_2 != 0.0 {
                let t_2_bar_1 = a_bar_2 / x;
                a_bar += t_2_bar_1;
                x_bar -= t_2_bar_1 * t_2;
            }
            a = a_0;
            let a_bar_3 = ::core::mem::take(&mut a_bar);
            let mut y_bar = 0.0;
            if a_bar_3 != 0.0 {
                a_bar += a_bar_3 * y;
                y_bar += a_bar_3 * a;
            }
            let t_bar = -a_bar;
            if t_bar != 0.0 {
                x_bar += t_bar * y;
                y_bar += t_bar * x;
            }
            y_bar += a_bar;
            x_bar += a_bar;
            (value, (x_bar, y_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", VARIABLE));
}
