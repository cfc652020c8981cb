//! Casts between floats, and of an integer.

use super::{generated, phase};
use expect_test::expect;

pub(super) const THERE_AND_BACK: &str = "
#[backprop]
fn there_and_back(x: f64, n: usize) -> f64 {
    (x as f32) as f64 * n as f64
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn there_and_back(x, n)
            #0 let t = cast x f32
            #1 let t_1 = cast t f64
            #2 let t_2 = mul t_1 n as f64
            result t_2
    "#]]
    .assert_eq(&phase("lower", THERE_AND_BACK));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, n: usize) -> (f64, f64) {
            let value = ((x as f32) as f64) * (n as f64);
            let t_1_bar = n as f64;
            let t_bar = t_1_bar as f32;
            let x_bar = t_bar as f64;
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", THERE_AND_BACK));
}
