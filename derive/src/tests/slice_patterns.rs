//! Slices taken apart by patterns.

use super::{generated, phase};
use expect_test::expect;

pub(super) const TAKEN: &str = "
#[backprop]
fn taken(xs: &[f64], ys: [f64; 3]) -> f64 {
    let [a, rest @ .., b] = xs else {
        return 0.0;
    };
    let [c, .., d] = ys;
    a * b * rest[0] + c * d
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn taken(xs, ys)
            #0 declare result
            #3 let[a, rest @ .., b] = xs else
                #1 init result = 0.0
                #2 return
            #11 rest
                #4 let c = ys[0]
                #5 let d = ys[2]
                #6 let t = mul a b
                #7 let t_1 = mul t rest[0]
                #8 let t_2 = mul c d
                #9 let t_3 = add t_1 t_2
                #10 init result = t_3
            result result
    "#]]
    .assert_eq(&phase("lower", TAKEN));
}

#[test]
fn expanded() {
    expect![[r#"
        fn both_sweeps(xs: &[f64], ys: [f64; 3], xs_grad: &mut [f64]) -> (f64, [f64; 3]) {
            let result: f64;
            let rest_1 = 'forward: {
                let [a, rest @ .., b] = xs else {
                    result = 0.0;
                    break 'forward ::core::option::Option::None;
                };
                let c = ys[0];
                let d = ys[2];
                let t = a * b;
                result = t * rest[0] + c * d;
                ::core::option::Option::Some((c, d, t))
            };
            let value = result;
            let xs_bar = xs_grad;
            let mut ys_bar = [0.0; 3];
            if let ::core::option::Option::Some((c, d, t)) = rest_1 {
                let mut c_bar = 0.0;
                let mut d_bar = 0.0;
                c_bar += d;
                d_bar += c;
                let mut t_bar = 0.0;
                t_bar += xs[1..xs.len() - 1][0];
                xs_bar[1..xs.len() - 1][0] += t;
                if t_bar != 0.0 {
                    xs_bar[0] += t_bar * xs[xs.len() - 1];
                    xs_bar[xs.len() - 1] += t_bar * xs[0];
                }
                ys_bar[2] += d_bar;
                ys_bar[0] += c_bar;
            }
            (value, ys_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", TAKEN));
}
