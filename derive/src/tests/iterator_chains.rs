use super::{generated, phase};
use expect_test::expect;

const SQUARES: &str = "
    #[backprop]
    fn squares(x: &[f64]) -> f64 {
        x.iter().filter(|v| **v > 0.0).map(|v| v * v).sum()
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn squares(x)
            #0 let total = - 0.0
            #7 for elements k of x
                #1 alias item_1 = x[k]
                #6 if ::backprop::stop_gradient(::backprop::__private::passes(&item_1, | v | ** v > 0.0))
                    #2 alias v_1 = *item_1
                    #4 let item = mul v_1 v_1
                    #5 accumulate total += item
            result total
    "#]]
    .assert_eq(&phase("lower", SQUARES));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(x: &[f64], x_grad: &mut [f64]) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("squares::value_and_grad_into", "x", &*x, x_grad);
            let mut total: f64 = -0.0;
            let mut tape = ::backprop::__private::Tape::new();
            for item_1 in x.iter() {
                let branch = ::backprop::stop_gradient(
                    ::backprop::__private::passes(&item_1, |v| **v > 0.0),
                );
                if branch {
                    let v_1 = item_1;
                    let item = v_1 * v_1;
                    total += item;
                }
                tape.push(branch);
            }
            let value = total;
            let x_bar = x_grad;
            for k in (0..x.len()).rev() {
                let branch = tape.pop();
                if branch {
                    x_bar[k] += x[k];
                    x_bar[k] += x[k];
                }
            }
            value
        }
    "#]]
    .assert_eq(&generated("value_and_grad_into", SQUARES));
}
