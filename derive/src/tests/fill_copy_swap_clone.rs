//! `to_vec`, `fill`, `copy_from_slice`, `swap`.

use super::{generated, phase};
use expect_test::expect;

pub(super) const MOVED_ABOUT: &str = "
#[backprop]
fn moved_about(x: &[f64], k: f64) -> f64 {
    let mut a = x.to_vec();
    let first = a[0] * a[1];
    a.swap(0, 1);
    let second = a[0] * k;
    a.fill(k);
    let third = a[1] * k;
    a.copy_from_slice(x);
    first + second + third + a[0] * a[1]
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn moved_about(x, k)
            #1 let a = clone x
            #3 let first = mul a[0] a[1]
            #4 swap a 0, 1
            #6 let second = mul a[0] k
            #7 fill a = k
            #9 let third = mul a[1] k
            #10 copy a = x
            #11 let t = add first second
            #12 let t_1 = add t third
            #13 let t_2 = mul a[0] a[1]
            #14 let t_3 = add t_1 t_2
            result t_3
    "#]]
    .assert_eq(&phase("lower", MOVED_ABOUT));
}

#[test]
fn recorded() {
    expect![[r#"
        fn moved_about(x, k)
            #1 let a = clone x                           ; a needed
            #3 let first = mul a[0] a[1]
            #4 swap a 0, 1                               ; swapped back
            #6 let second = mul a[0] k
            #7 fill a = k                                ; saves a
            #9 let third = mul a[1] k
            #10 copy a = x                               ; saves a
            #11 let t = add first second
            #12 let t_1 = add t third
            #13 let t_2 = mul a[0] a[1]
            #14 let t_3 = add t_1 t_2
            result t_3
    "#]]
    .assert_eq(&phase("recorded", MOVED_ABOUT));
}

#[test]
fn expanded() {
    expect![[r#"
        fn both_sweeps(x: &[f64], k: f64, x_grad: &mut [f64]) -> (f64, f64) {
            let mut a = x.to_vec();
            let first = a[0] * a[1];
            a.swap(0, 1);
            let second = a[0] * k;
            let a_0 = ::core::clone::Clone::clone(&a);
            a.fill(k);
            let third = a[1] * k;
            let a_0_1 = ::core::clone::Clone::clone(&a);
            a.copy_from_slice(x);
            let value = first + second + third + a[0] * a[1];
            let x_bar = x_grad;
            let mut a_bar = ::std::vec![0.0; a.len()];
            a_bar[0] += a[1];
            a_bar[1] += a[0];
            a.clone_from_slice(&a_0_1);
            ::backprop::__private::drain_into(&mut a_bar[..], &mut x_bar[..]);
            a_bar[1] += k;
            let mut k_bar = a[1];
            a.clone_from_slice(&a_0);
            k_bar += ::backprop::__private::drain_sum(&mut a_bar[..]);
            a_bar[0] += k;
            k_bar += a[0];
            a.swap(0, 1);
            a_bar.swap(0, 1);
            a_bar[0] += a[1];
            a_bar[1] += a[0];
            ::backprop::__private::accumulate(&mut x_bar[..], &a_bar[..]);
            (value, k_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", MOVED_ABOUT));
}
