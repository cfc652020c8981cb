//! A variable that is overwritten after its use.

use super::{generated, phase};
use expect_test::expect;

pub(super) const OVERWRITTEN: &str = "
#[backprop]
fn overwritten(x: f64, y: f64) -> f64 {
    let mut a = x;
    let b = a * a;
    a = y * b;
    a * a
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn overwritten(x, y)
            #0 let a = x
            #2 let b = mul a a
            #3 let t = mul y b
            #4 assign a = t
            #5 let t_1 = mul a a
            result t_1
    "#]]
    .assert_eq(&phase("lower", OVERWRITTEN));
}

#[test]
fn recorded() {
    expect![[r#"
        fn overwritten(x, y)
            #0 let a = x                                 ; a needed
            #2 let b = mul a a                           ; b needed
            #3 let t = mul y b
            #4 assign a = t                              ; saves a
            #5 let t_1 = mul a a
            result t_1
    "#]]
    .assert_eq(&phase("recorded", OVERWRITTEN));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64) -> (f64, (f64, f64)) {
            let mut a = x;
            let b = a * a;
            let a_0 = a;
            a = y * b;
            let value = a * a;
            let mut a_bar = a + a;
            a = a_0;
            let a_bar_1 = ::core::mem::take(&mut a_bar);
            let mut y_bar = 0.0;
            let mut b_bar = 0.0;
            if a_bar_1 != 0.0 {
                y_bar += a_bar_1 * b;
                b_bar += a_bar_1 * y;
            }
            if b_bar != 0.0 {
                a_bar += b_bar * a;
                a_bar += b_bar * a;
            }
            let x_bar = a_bar;
            (value, (x_bar, y_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", OVERWRITTEN));
}
