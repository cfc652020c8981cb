//! What is inside is constant.

use super::{generated, phase};
use expect_test::expect;

pub(super) const SHIFTED: &str = "
#[backprop]
fn shifted(x: f64, y: f64) -> f64 {
    let scale = stop_gradient(opaque(x * y));
    scale * x + stop_gradient(y)
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn shifted(x, y)
            #0 let scale = stop_gradient(opaque(x * y))
            #1 let t = mul scale x
            #2 let t_1 = add t stop_gradient(y)
            result t_1
    "#]]
    .assert_eq(&phase("lower", SHIFTED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64) -> (f64, (f64, f64)) {
            let scale = stop_gradient(opaque(x * y));
            let value = scale * x + stop_gradient(y);
            let x_bar = scale;
            (value, (x_bar, 0.0))
        }
    "#]]
    .assert_eq(&generated("both sweeps", SHIFTED));
}

const ASSIGNED_INSIDE: &str = "
#[backprop]
fn assigned_inside(x: f64, y: f64) -> f64 {
    let mut p = x;
    let scale = stop_gradient({
        p *= y;
        p * 2.0
    });
    scale * p
}
";

#[test]
fn statements_inside_are_lowered() {
    expect![[r#"
        fn assigned_inside(x, y)
            #0 let p = x
            #1 let t = mul p y
            #2 assign p = t
            #3 let t_1 = mul p 2.0
            #4 let scale = stop_gradient(t_1)
            #5 let t_2 = mul scale p
            result t_2
    "#]]
    .assert_eq(&phase("lower", ASSIGNED_INSIDE));
}
