//! A block as an operand that changes the other operand.

use super::{generated, phase};
use expect_test::expect;

pub(super) const LEFT_OPERAND_FIRST: &str = "
#[backprop]
fn left_operand_first(x: f64) -> f64 {
    let mut a = x;
    let b = a * {
        a += 1.0;
        a
    };
    b * a
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn left_operand_first(x)
            #0 let a = x
            #1 let t = a
            #2 accumulate a += 1.0
            #4 let b = mul t a
            #5 let t_1 = mul b a
            result t_1
    "#]]
    .assert_eq(&phase("lower", LEFT_OPERAND_FIRST));
}

#[test]
fn recorded() {
    expect![[r#"
        fn left_operand_first(x)
            #0 let a = x                                 ; a needed
            #1 let t = a                                 ; t needed
            #2 accumulate a += 1.0
            #4 let b = mul t a                           ; b needed
            #5 let t_1 = mul b a
            result t_1
    "#]]
    .assert_eq(&phase("recorded", LEFT_OPERAND_FIRST));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64) -> (f64, f64) {
            let mut a = x;
            let t = a;
            a += 1.0;
            let b = t * a;
            let value = b * a;
            let b_bar = a;
            let mut a_bar = b;
            let t_bar = b_bar * a;
            a_bar += b_bar * t;
            a_bar += t_bar;
            let x_bar = a_bar;
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", LEFT_OPERAND_FIRST));
}
