use super::{generated, phase};
use expect_test::expect;

const SCALED: &str = "
    #[backprop]
    fn scaled(x: f64) -> f64 {
        let boxed = Box::new(x * x);
        *boxed * x
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn scaled(x)
            #0 let t = mul x x
            #2 let boxed = box Box::new 0: t
            #3 let t_1 = mul *boxed x
            result t_1
    "#]]
    .assert_eq(&phase("lower", SCALED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64) -> (f64, f64) {
            let boxed = Box::new(x * x);
            ::backprop::__private::scalar(&*boxed);
            let value = *boxed * x;
            let mut boxed_bar = ::backprop::__private::zero_gradient(&boxed);
            ::backprop::__private::add_share(&mut *boxed_bar, x);
            let mut x_bar = *boxed;
            let t_bar = *boxed_bar;
            if t_bar != 0.0 {
                x_bar += t_bar * x;
                x_bar += t_bar * x;
            }
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("value_and_grad", SCALED));
}
