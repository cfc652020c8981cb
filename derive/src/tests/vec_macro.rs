//! `vec![e; n]` and `vec![a, b]`.

use super::{generated, phase};
use expect_test::expect;

pub(super) const REPEATED: &str = "
#[backprop]
fn repeated(x: f64, n: usize) -> f64 {
    let mut v = vec![x * x; n];
    for i in 1..n {
        v[i] += v[i - 1] * x;
    }
    let w = vec![x, v[n - 1]];
    w[0] * w[1]
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn repeated(x, n)
            #0 let t = mul x x
            #2 let v = vec repeat t, n
            #6 for i in 1..n
                #4 let t_1 = mul v[i - 1] x
                #5 accumulate v[i] += t_1
            #8 let w = vec x, v[n - 1]
            #9 let t_2 = mul w[0] w[1]
            result t_2
    "#]]
    .assert_eq(&phase("lower", REPEATED));
}

#[test]
fn recorded() {
    expect![[r#"
        fn repeated(x, n)
            #0 let t = mul x x
            #2 let v = vec repeat t, n                   ; v needed
            #6 for i in 1..n
                #4 let t_1 = mul v[i - 1] x
                #5 accumulate v[i] += t_1                    ; saves v
            #8 let w = vec x, v[n - 1]                   ; w needed
            #9 let t_2 = mul w[0] w[1]
            result t_2
    "#]]
    .assert_eq(&phase("recorded", REPEATED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, n: usize) -> (f64, f64) {
            use ::core::iter::Iterator as _;
            let mut v = ::std::vec![x * x; n];
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(1..n)).0,
            );
            for i in 1..n {
                let v_0 = v[i];
                v[i] += v[i - 1] * x;
                tape.push(v_0);
            }
            let w = ::std::vec![x, v[n - 1]];
            let value = w[0] * w[1];
            let mut w_bar = ::std::vec![0.0; w.len()];
            w_bar[0] += w[1];
            w_bar[1] += w[0];
            let mut x_bar = w_bar[0];
            let mut v_bar = ::std::vec![0.0; v.len()];
            v_bar[n - 1] += w_bar[1];
            for i in (1..n).rev() {
                let v_0 = tape.pop();
                v[i] = v_0;
                let t_1_bar = v_bar[i];
                if t_1_bar != 0.0 {
                    v_bar[i - 1] += t_1_bar * x;
                    x_bar += t_1_bar * v[i - 1];
                }
            }
            let t_bar = ::backprop::__private::sum(&v_bar[..]);
            if t_bar != 0.0 {
                x_bar += t_bar * x;
                x_bar += t_bar * x;
            }
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", REPEATED));
}
