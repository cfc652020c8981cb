//! Literals and constants on one side of an operator.

use super::{generated, phase};
use expect_test::expect;

pub(super) const CIRCLE_AREA: &str = "
#[backprop]
fn circle_area(radius: f64) -> f64 {
    const HALF: f64 = 0.5;
    2.0 * HALF * std::f64::consts::PI * radius * radius + 1e-3
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn circle_area(radius)
            #0 let t = mul 2.0 * HALF * std::f64::consts::PI radius
            #1 let t_1 = mul t radius
            #2 let t_2 = add t_1 1e-3
            result t_2
    "#]]
    .assert_eq(&phase("lower", CIRCLE_AREA));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(radius: f64) -> (f64, f64) {
            const HALF: f64 = 0.5;
            let t = 2.0 * HALF * std::f64::consts::PI * radius;
            let value = t * radius + 1e-3;
            let t_bar = radius;
            let radius_bar = t + t_bar * (2.0 * HALF * std::f64::consts::PI);
            (value, radius_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", CIRCLE_AREA));
}
