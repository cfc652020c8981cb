//! `#[constant]` parameters take no part.

use super::{generated, phase};
use expect_test::expect;

pub(super) const SQUARED_ERROR: &str = "
#[backprop(constant(y))]
fn squared_error(w: f64, #[constant] x: f64, y: f64) -> f64 {
    let mut p = w * x;
    p -= y;
    p * p
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn squared_error(w, x, y)
            #1 let p = mul w x
            #2 accumulate p -= y
            #3 let t = mul p p
            result t
    "#]]
    .assert_eq(&phase("lower", SQUARED_ERROR));
}

#[test]
fn recorded() {
    expect![[r#"
        fn squared_error(w, x, y)
            #1 let p = mul w x                           ; p needed
            #2 accumulate p -= y
            #3 let t = mul p p
            result t
    "#]]
    .assert_eq(&phase("recorded", SQUARED_ERROR));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(w: f64, x: f64, y: f64) -> (f64, f64) {
            let mut p = w * x;
            p -= y;
            let value = p * p;
            let p_bar = p + p;
            let w_bar = p_bar * x;
            (value, w_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", SQUARED_ERROR));
}
