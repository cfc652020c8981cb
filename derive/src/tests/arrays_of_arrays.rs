//! Rows copied, overwritten and read.

use super::{generated, phase};
use expect_test::expect;

pub(super) const ROWS_MOVED: &str = "
#[backprop]
fn rows_moved(m: [[f64; 2]; 2], x: f64) -> f64 {
    let mut m = m;
    let row = m[0];
    m[0] = [row[1] * x, m[1][0]];
    m[0][1] * m[1][1]
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn rows_moved(m, x)
            #0 let m_1 = m
            #1 let row = m_1[0]
            #2 let t = mul row[1] x
            #3 let t_1 = array t, m_1[1][0]
            #4 assign m_1[0] = t_1
            #5 let t_2 = mul m_1[0][1] m_1[1][1]
            result t_2
    "#]]
    .assert_eq(&phase("lower", ROWS_MOVED));
}

#[test]
fn recorded() {
    expect![[r#"
        fn rows_moved(m, x)
            #0 let m_1 = m                               ; m_1 needed
            #1 let row = m_1[0]                          ; row needed
            #2 let t = mul row[1] x
            #3 let t_1 = array t, m_1[1][0]
            #4 assign m_1[0] = t_1
            #5 let t_2 = mul m_1[0][1] m_1[1][1]
            result t_2
    "#]]
    .assert_eq(&phase("recorded", ROWS_MOVED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(
            m: [[f64; 2]; 2],
            x: f64,
        ) -> (f64, (<[[f64; 2]; 2] as ::backprop::Differentiable>::Gradient, f64)) {
            let mut m_1 = m;
            let row = m_1[0];
            m_1[0] = [row[1] * x, m_1[1][0]];
            let value = m_1[0][1] * m_1[1][1];
            let mut m_1_bar = ::backprop::__private::zero_gradient(&m_1);
            m_1_bar[0][1] += m_1[1][1];
            m_1_bar[1][1] += m_1[0][1];
            let m_1_bar_1 = ::backprop::__private::take_gradient(&mut m_1_bar[0]);
            let t_1_bar = m_1_bar_1;
            let t_bar = t_1_bar[0];
            m_1_bar[1][0] += t_1_bar[1];
            let mut x_bar = 0.0;
            let mut row_bar = [0.0; 2];
            if t_bar != 0.0 {
                row_bar[1] += t_bar * x;
                x_bar += t_bar * row[1];
            }
            ::backprop::__private::accumulate(&mut m_1_bar[0][..], &row_bar[..]);
            let m_bar = m_1_bar;
            (value, (m_bar, x_bar))
        }
    "#]]
    .assert_eq(&generated("both sweeps", ROWS_MOVED));
}
