//! A branch and a root whose derivatives may be infinite.

use super::{generated, phase};
use expect_test::expect;

pub(super) const MASKED: &str = "
#[backprop]
fn masked(x: f64, y: f64) -> f64 {
    (x.ln()).max(y.sqrt())
}
";

#[test]
fn adjoint() {
    expect![[r#"
            begin t_2_bar = seed
            restore #2
            begin t_bar = if max_is_receiver(t, t_1) { t_2_bar } else { 0.0 }
            begin t_1_bar = if max_is_receiver(t, t_1) { 0.0 } else { t_2_bar }
            restore #1
            begin y_bar = zero
            where t_1_bar is not zero
                add y_bar += t_1_bar / (t_1 + t_1)
            restore #0
            begin x_bar = zero
            where t_bar is not zero
                add x_bar += t_bar / x
    "#]]
    .assert_eq(&phase("adjoint", MASKED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64) -> (f64, (f64, f64)) {
            let t = x.ln();
            let t_1 = y.sqrt();
            let value = t.max(t_1);
            let t_bar = if ::backprop::__private::rules::max_is_receiver(t, t_1) {
                1.0
            } else {
                0.0
            };
            let t_1_bar = if ::backprop::__private::rules::max_is_receiver(t, t_1) {
                0.0
            } else {
                1.0
            };
            let y_bar = if t_1_bar != 0.0 { t_1_bar / (t_1 + t_1) } else { 0.0 };
            let x_bar = if t_bar != 0.0 { t_bar / x } else { 0.0 };
            (value, (x_bar, y_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", MASKED));
}
