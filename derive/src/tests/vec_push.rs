//! A vector that grows, and is read while it does.

use super::{generated, phase};
use expect_test::expect;

pub(super) const HISTORY: &str = "
#[backprop]
fn history(x: f64, n: usize) -> f64 {
    let mut states = vec![x];
    for i in 0..n {
        states.push(states[i] * x);
    }
    states[n]
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn history(x, n)
            #1 let states = vec x
            #5 for i in 0..n
                #3 let t = mul states[i] x
                #4 push states t
            result states[n]
    "#]]
    .assert_eq(&phase("lower", HISTORY));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad(x: f64, n: usize) -> (f64, f64) {
            use ::core::iter::Iterator as _;
            let mut states = ::std::vec![x];
            for i in 0..n {
                states.push(states[i] * x);
            }
            let value = states[n];
            let mut states_bar = ::std::vec![0.0; states.len()];
            states_bar[n] += 1.0;
            let mut x_bar = 0.0;
            for i in (0..n).rev() {
                states.pop();
                let states_bar_1 = ::backprop::__private::pop_adjoint(&mut states_bar);
                if states_bar_1 != 0.0 {
                    states_bar[i] += states_bar_1 * x;
                    x_bar += states_bar_1 * states[i];
                }
            }
            x_bar += states_bar[0];
            (value, x_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", HISTORY));
}
