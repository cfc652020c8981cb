//! An accumulator begun anew in each row.

use super::{generated, phase};
use expect_test::expect;

pub(super) const MATRIX_VECTOR: &str = "
#[backprop]
fn matrix_vector(w: &[f64], x: &[f64]) -> f64 {
    let d = x.len();
    let mut total = 0.0;
    for i in 0..w.len() / d {
        let mut row = 0.0;
        for j in 0..d {
            row += w[i * d + j] * x[j];
        }
        total += row.tanh();
    }
    total
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn matrix_vector(w, x)
            #0 let d = x.len()
            #1 let total = 0.0
            #10 for i in 0..w.len() / d
                #3 let row = 0.0
                #7 for j in 0..d
                    #5 let t = mul w[i * d + j] x[j]
                    #6 accumulate row += t
                #8 let t_1 = tanh row
                #9 accumulate total += t_1
            result total
    "#]]
    .assert_eq(&phase("lower", MATRIX_VECTOR));
}

#[test]
fn recorded() {
    expect![[r#"
        fn matrix_vector(w, x)
            #0 let d = x.len()                           ; d needed
            #1 let total = 0.0
            #10 for i in 0..w.len() / d
                #3 let row = 0.0
                #7 for j in 0..d
                    #5 let t = mul w[i * d + j] x[j]
                    #6 accumulate row += t
                #8 let t_1 = tanh row                        ; t_1 needed
                #9 accumulate total += t_1
            result total
    "#]]
    .assert_eq(&phase("recorded", MATRIX_VECTOR));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(
            w: &[f64],
            x: &[f64],
            w_grad: &mut [f64],
            x_grad: &mut [f64],
        ) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("matrix_vector::value_and_grad_into", "w", &*w, w_grad);
            ::backprop::__private::check_buffer::<
                [f64],
            >("matrix_vector::value_and_grad_into", "x", &*x, x_grad);
            let d = x.len();
            let mut total = 0.0;
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(0..w.len() / d)).0,
            );
            for i in 0..w.len() / d {
                let mut row = 0.0;
                for j in 0..d {
                    row += w[i * d + j] * x[j];
                }
                let t_1 = row.tanh();
                total += t_1;
                tape.push(t_1);
            }
            let value = total;
            let w_bar = w_grad;
            let x_bar = x_grad;
            for i in (0..w.len() / d).rev() {
                let t_1 = tape.pop();
                let row_bar = 1.0 - t_1 * t_1;
                for j in 0..d {
                    w_bar[i * d + j] += row_bar * x[j];
                    x_bar[j] += row_bar * w[i * d + j];
                }
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", MATRIX_VECTOR));
}
