use super::{generated, phase};
use expect_test::expect;

const DOT: &str = "
    #[backprop]
    fn dot((a, b): (f64, f64), &[c, d]: &[f64; 2]) -> f64 {
        a * c + b * d
    }
";

#[test]
fn lowered() {
    expect![[r#"
        fn dot(parameter, parameter_1)
            #0 let a = parameter.0
            #1 let b = parameter.1
            #2 let c = *parameter_1[0]
            #3 let d = *parameter_1[1]
            #4 let t = mul a c
            #5 let t_1 = mul b d
            #6 let t_2 = add t t_1
            result t_2
    "#]]
    .assert_eq(&phase("lower", DOT));
}

#[test]
fn expanded() {
    expect![[r#"
        fn both_sweeps(
            parameter: (f64, f64),
            parameter_1: &[f64; 2],
            parameter_1_grad: &mut [f64; 2],
        ) -> (f64, (f64, f64)) {
            let a = parameter.0;
            let b = parameter.1;
            let c = (*parameter_1)[0];
            let d = (*parameter_1)[1];
            let value = a * c + b * d;
            let parameter_1_bar = parameter_1_grad;
            let b_bar = d;
            let d_bar = b;
            let a_bar = c;
            let c_bar = a;
            (*parameter_1_bar)[1] += d_bar;
            (*parameter_1_bar)[0] += c_bar;
            let mut parameter_bar = (0.0, 0.0);
            parameter_bar.1 += b_bar;
            parameter_bar.0 += a_bar;
            (value, parameter_bar)
        }
    "#]]
    .assert_eq(&generated("both_sweeps", DOT));
}
