//! An array of expressions, read by element.

use super::{generated, phase};
use expect_test::expect;

pub(super) const LITERAL: &str = "
#[backprop]
fn literal(x: f64, y: f64, i: usize) -> f64 {
    let v = [x, x * y, 1.0];
    v[i] * v[0]
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn literal(x, y, i)
            #0 let t = mul x y
            #2 let v = array x, t, 1.0
            #3 let t_1 = mul v[i] v[0]
            result t_1
    "#]]
    .assert_eq(&phase("lower", LITERAL));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, y: f64, i: usize) -> (f64, (f64, f64)) {
            let v = [x, x * y, 1.0];
            let value = v[i] * v[0];
            let mut v_bar = [0.0; 3];
            v_bar[i] += x;
            let mut x_bar = v[i] + v_bar[0];
            let t_bar = v_bar[1];
            let mut y_bar = 0.0;
            if t_bar != 0.0 {
                x_bar += t_bar * y;
                y_bar += t_bar * x;
            }
            (value, (x_bar, y_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", LITERAL));
}
