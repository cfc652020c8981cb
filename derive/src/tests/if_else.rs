//! A branch that changes its own condition.

use super::{generated, phase};
use expect_test::expect;

pub(super) const STATEMENT: &str = "
#[backprop]
fn statement(x: f64, y: f64) -> f64 {
    let mut a = x * y;
    if a > 1.0 {
        a = a.ln();
    } else if y < 0.0 {
        a -= x;
    }
    if a < x { a * a } else { y }
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn statement(x, y)
            #1 let a = mul x y
            #6 if a > 1.0
                #2 let t = ln a
                #3 assign a = t
            else
                #5 if y < 0.0
                    #4 accumulate a -= x
            #7 declare t_1
            #11 if a < x
                #8 let t_2 = mul a a
                #9 init t_1 = t_2
            else
                #10 init t_1 = y
            result t_1
    "#]]
    .assert_eq(&phase("lower", STATEMENT));
}

#[test]
fn recorded() {
    expect![[r#"
        fn statement(x, y)
            #1 let a = mul x y                           ; a needed
            #6 if a > 1.0
                #2 let t = ln a
                #3 assign a = t                              ; saves a
            else
                #5 if y < 0.0
                    #4 accumulate a -= x
            #7 declare t_1
            #11 if a < x
                #8 let t_2 = mul a a
                #9 init t_1 = t_2
            else
                #10 init t_1 = y
            result t_1
    "#]]
    .assert_eq(&phase("recorded", STATEMENT));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64) -> (f64, (f64, f64)) {
            let mut a = x * y;
            let branch_1 = if a > 1.0 {
                let a_0 = a;
                a = a.ln();
                ::backprop::__private::Branch::Then(a_0)
            } else {
                let branch = y < 0.0;
                if branch {
                    a -= x;
                }
                ::backprop::__private::Branch::Else(branch)
            };
            let t_1;
            let branch_2 = a < x;
            if branch_2 {
                t_1 = a * a;
            } else {
                t_1 = y;
            }
            let value = t_1;
            let mut y_bar = 0.0;
            let mut a_bar = 0.0;
            if branch_2 {
                a_bar += a;
                a_bar += a;
            } else {
                y_bar += 1.0;
            }
            let mut x_bar = 0.0;
            match branch_1 {
                ::backprop::__private::Branch::Then(a_0) => {
                    a = a_0;
                    let a_bar_1 = ::core::mem::take(&mut a_bar);
                    if a_bar_1 != 0.0 {
                        a_bar += a_bar_1 / a;
                    }
                }
                ::backprop::__private::Branch::Else(branch) => {
                    if branch {
                        x_bar -= a_bar;
                    }
                }
            }
            if a_bar != 0.0 {
                x_bar += a_bar * y;
                y_bar += a_bar * x;
            }
            (value, (x_bar, y_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", STATEMENT));
}
