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
        pub fn value_and_grad_into(
            a: f64,
            b: f64,
            c: f64,
            a_grad: &mut f64,
            b_grad: &mut f64,
            c_grad: &mut f64,
        ) -> f64 {
            let t_3 = a % c;
            let t_4 = -(a - b * c) / t_3;
            let value = t_4;
            let t_2_bar = 1.0 / t_3;
            let t_3_bar = -(t_4 / t_3);
            let mut a_bar = t_3_bar;
            let mut c_bar = -(t_3_bar * (a / c).trunc());
            let t_1_bar = -t_2_bar;
            a_bar += t_1_bar;
            let t_bar = -t_1_bar;
            let b_bar = t_bar * c;
            c_bar += t_bar * b;
            *a_grad += a_bar;
            *b_grad += b_bar;
            *c_grad += c_bar;
            value
        }
    "#]]
    .assert_eq(&generated("value_and_grad_into", GROUPED));
}
