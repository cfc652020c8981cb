//! `f32` throughout.

use super::{generated, phase};
use expect_test::expect;

pub(super) const RATIONAL: &str = "
#[backprop]
fn rational(x: f32) -> f32 {
    (x * x - 1.25) / x.log2()
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn rational(x)
            #0 let t = mul x x
            #1 let t_1 = sub t 1.25
            #2 let t_2 = log2 x
            #3 let t_3 = div t_1 t_2
            result t_3
    "#]]
    .assert_eq(&phase("lower", RATIONAL));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f32) -> (f32, f32) {
            let t_2 = x.log2();
            let t_3 = (x * x - 1.25) / t_2;
            let value = t_3;
            let t_3_bar_1 = 1.0 / t_2;
            let t_2_bar = -(t_3_bar_1 * t_3);
            let mut x_bar = if t_2_bar != 0.0 {
                t_2_bar / (x * 0.6931471805599453)
            } else {
                0.0
            };
            x_bar += t_3_bar_1 * x;
            x_bar += t_3_bar_1 * x;
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", RATIONAL));
}
