//! Methods with rules of every kind.

use super::{generated, phase};
use expect_test::expect;

pub(super) const RULES: &str = "
#[backprop]
fn rules(x: f64, y: f64) -> f64 {
    let (sin, cos) = x.sin_cos();
    sin.exp() + cos.max(y) + y.sqrt() + x.powi(3) + x.atan2(y).floor()
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn rules(x, y)
            #0 let t = sin x
            #1 let t_1 = cos x
            #3 let sin = t
            #4 let cos = t_1
            #5 let t_2 = exp sin
            #6 let t_3 = max cos y
            #7 let t_4 = add t_2 t_3
            #8 let t_5 = sqrt y
            #9 let t_6 = add t_4 t_5
            #10 let t_7 = powi x 3
            #11 let t_8 = add t_6 t_7
            #12 let t_9 = atan2 x y
            #13 let t_10 = floor t_9
            #14 let t_11 = add t_8 t_10
            result t_11
    "#]]
    .assert_eq(&phase("lower", RULES));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64) -> (f64, (f64, f64)) {
            let sin = x.sin();
            let cos = x.cos();
            let t_2 = sin.exp();
            let t_5 = y.sqrt();
            let value = t_2 + cos.max(y) + t_5 + x.powi(3) + x.atan2(y).floor();
            let mut x_bar = ::backprop::__private::rules::powi_base(x, 3);
            let mut y_bar = 1.0 / (t_5 + t_5);
            let cos_bar = if ::backprop::__private::rules::max_is_receiver(cos, y) {
                1.0
            } else {
                0.0
            };
            y_bar
                += if ::backprop::__private::rules::max_is_receiver(cos, y) { 0.0 } else { 1.0 };
            let sin_bar = t_2;
            if cos_bar != 0.0 {
                x_bar -= cos_bar * x.sin();
            }
            x_bar += sin_bar * x.cos();
            (value, (x_bar, y_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", RULES));
}
