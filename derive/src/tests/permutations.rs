//! Elements that change places.

use super::{generated, phase};
use expect_test::expect;

pub(super) const TURNED: &str = "
#[backprop]
fn turned(x: &mut [f64], k: usize) -> f64 {
    let s = x[0] * x[1];
    x.reverse();
    x[1..].rotate_left(k);
    x.copy_within(..2, 1);
    s * x[2]
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn turned(x, k)
            #1 let s = mul x[0] x[1]
            #2 reverse x
            #3 rotate_left x[1 ..] k
            #4 let t = clone x[.. 2]
            #5 copy x[1..1 + t.len()] = t
            #6 let t_1 = mul s x[2]
            result t_1
    "#]]
    .assert_eq(&phase("lower", TURNED));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(x: &mut [f64], k: usize, x_grad: &mut [f64]) -> f64 {
            ::backprop::__private::check_buffer::<
                [f64],
            >("turned::value_and_grad_into", "x", &*x, x_grad);
            let s = x[0] * x[1];
            x.reverse();
            x[1..].rotate_left(k);
            let t = x[..2].to_vec();
            let x_0 = x[1..1 + t.len()].to_vec();
            x[1..1 + t.len()].copy_from_slice(&t);
            let value = s * x[2];
            let x_exit = x.to_vec();
            let x_bar = x_grad;
            let mut s_bar = 0.0;
            s_bar += x[2];
            x_bar[2] += s;
            x[1..1 + t.len()].clone_from_slice(&x_0);
            let mut t_bar = ::std::vec![0.0; t.len()];
            ::backprop::__private::drain_into(&mut x_bar[1..1 + t.len()], &mut t_bar[..]);
            ::backprop::__private::accumulate(&mut x_bar[..2], &t_bar[..]);
            x[1..].rotate_right(k);
            x_bar[1..].rotate_right(k);
            x.reverse();
            x_bar.reverse();
            if s_bar != 0.0 {
                x_bar[0] += s_bar * x[1];
                x_bar[1] += s_bar * x[0];
            }
            x.clone_from_slice(&x_exit);
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", TURNED));
}
