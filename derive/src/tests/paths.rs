//! Float functions called by path.

use super::{generated, phase};
use expect_test::expect;

pub(super) const BY_PATH: &str = "
#[backprop]
fn by_path(x: f64, y: f64) -> f64 {
    f64::sin(x) * f64::hypot(x, y)
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn by_path(x, y)
            #0 let t = sin x
            #1 let t_1 = hypot x y
            #2 let t_2 = mul t t_1
            result t_2
    "#]]
    .assert_eq(&phase("lower", BY_PATH));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64) -> (f64, (f64, f64)) {
            let t = x.sin();
            let t_1 = x.hypot(y);
            let value = t * t_1;
            let t_bar = t_1;
            let t_1_bar = t;
            let mut x_bar = t_1_bar * ::backprop::__private::rules::hypot_slope(x, t_1);
            let y_bar = t_1_bar * ::backprop::__private::rules::hypot_slope(y, t_1);
            x_bar += t_bar * x.cos();
            (value, (x_bar, y_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", BY_PATH));
}
