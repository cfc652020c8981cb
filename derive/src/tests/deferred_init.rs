//! `let a;` with a value in each branch.

use super::{generated, phase};
use expect_test::expect;

pub(super) const BY_BRANCH: &str = "
#[backprop]
fn by_branch(x: f64, y: f64) -> f64 {
    let a;
    if x > y {
        a = x * x;
    } else {
        a = y.sin();
    }
    a * x
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn by_branch(x, y)
            #0 declare a
            #5 if x > y
                #1 let t = mul x x
                #2 init a = t
            else
                #3 let t_1 = sin y
                #4 init a = t_1
            #6 let t_2 = mul a x
            result t_2
    "#]]
    .assert_eq(&phase("lower", BY_BRANCH));
}

#[test]
fn recorded() {
    expect![[r#"
        fn by_branch(x, y)
            #0 declare a                                 ; a needed
            #5 if x > y
                #1 let t = mul x x
                #2 init a = t
            else
                #3 let t_1 = sin y
                #4 init a = t_1
            #6 let t_2 = mul a x
            result t_2
    "#]]
    .assert_eq(&phase("recorded", BY_BRANCH));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64) -> (f64, (f64, f64)) {
            let a;
            let branch = x > y;
            if branch {
                a = x * x;
            } else {
                a = y.sin();
            }
            let value = a * x;
            let a_bar = x;
            let mut x_bar = a;
            let mut y_bar = 0.0;
            if branch {
                if a_bar != 0.0 {
                    x_bar += a_bar * x;
                    x_bar += a_bar * x;
                }
            } else {
                if a_bar != 0.0 {
                    y_bar += a_bar * y.cos();
                }
            }
            (value, (x_bar, y_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", BY_BRANCH));
}
