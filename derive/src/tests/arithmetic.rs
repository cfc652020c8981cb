//! Operators and parentheses.

use super::{generated, phase};
use expect_test::expect;

pub(super) const GROUPED: &str = "
#[backprop]
fn grouped(a: f64, b: f64, c: f64) -> f64 {
    -(a - b * c) / (a % c)
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn grouped(a, b, c)
            #0 let t = mul b c
            #1 let t_1 = sub a t
            #2 let t_2 = neg t_1
            #3 let t_3 = rem a c
            #4 let t_4 = div t_2 t_3
            result t_4
    "#]]
    .assert_eq(&phase("lower", GROUPED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(a: f64, b: f64, c: f64) -> (f64, (f64, f64, f64)) {
            let t_3 = a % c;
            let t_4 = -(a - b * c) / t_3;
            let value = t_4;
            let t_4_bar_1 = 1.0 / t_3;
            let t_3_bar = -(t_4_bar_1 * t_4);
            let mut a_bar = t_3_bar;
            let mut c_bar = -(t_3_bar * (a / c).trunc());
            let t_1_bar = -t_4_bar_1;
            a_bar += t_1_bar;
            let t_bar = -t_1_bar;
            let b_bar = t_bar * c;
            c_bar += t_bar * b;
            (value, (a_bar, b_bar, c_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", GROUPED));
}
