//! A tuple that holds a vector.

use super::{generated, phase};
use expect_test::expect;

pub(super) const TUPLE: &str = "
#[backprop]
fn tuple(x: &[f64], k: f64) -> (f64, Vec<f64>) {
    let mut v = x.to_vec();
    v[0] *= k;
    (k * k, v)
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn tuple(x, k)
            #1 let v = clone x
            #2 let t = mul v[0] k
            #3 assign v[0] = t
            #4 let t_1 = mul k k
            #5 let t_2 = tuple t_1, v
            result t_2
    "#]]
    .assert_eq(&phase("lower", TUPLE));
}

#[test]
fn recorded() {
    expect![[r#"
        fn tuple(x, k)
            #1 let v = clone x                           ; v needed
            #2 let t = mul v[0] k
            #3 assign v[0] = t                           ; saves v
            #4 let t_1 = mul k k
            #5 let t_2 = tuple t_1, v
            result t_2
    "#]]
    .assert_eq(&phase("recorded", TUPLE));
}

#[test]
fn vjp() {
    expect![[r#"
        pub fn vjp<'primal>(
            x: &'primal [f64],
            k: f64,
        ) -> (
            (f64, Vec<f64>),
            impl ::core::ops::Fn((f64, Vec<f64>)) -> (::std::vec::Vec<f64>, f64) + use<'primal>,
        ) {
            let (value, pullback) = Self::forward::<true, true>(x, k);
            let value_shape = ::backprop::__private::zero_gradient(&value);
            (
                value,
                move |value_bar: (f64, Vec<f64>)| {
                    ::backprop::__private::check_buffer(
                        "tuple::vjp",
                        "the result",
                        &value_shape,
                        &value_bar,
                    );
                    let mut x_grad = ::std::vec![0.0; x.len()];
                    let (k_grad,) = ::core::clone::Clone::clone(
                        &pullback,
                    )(value_bar, (x, ::core::option::Option::Some(&mut x_grad)));
                    (x_grad, k_grad)
                },
            )
        }
    "#]]
    .assert_eq(&generated("vjp", TUPLE));
}

#[test]
fn forward() {
    expect![[r#"
        pub fn forward<const X_ACTIVE: bool, const K_ACTIVE: bool>(
            x: &[f64],
            k: f64,
        ) -> (
            (f64, Vec<f64>),
            impl ::core::ops::FnOnce(
                (f64, Vec<f64>),
                (&[f64], ::core::option::Option<&mut [f64]>),
            ) -> (f64,) + ::core::clone::Clone + use<X_ACTIVE, K_ACTIVE>,
        ) {
            let mut v = x.to_vec();
            let v_0 = v[0];
            v[0] = v[0] * k;
            let value = (k * k, ::core::clone::Clone::clone(&v));
            (
                value,
                move |
                    value_bar: (f64, Vec<f64>),
                    (x, x_bar): (&[f64], ::core::option::Option<&mut [f64]>)|
                {
                    let x_bar = x_bar.unwrap_or_default();
                    let t_2_bar = value_bar;
                    let t_1_bar = t_2_bar.0;
                    let mut v_bar = ::core::clone::Clone::clone(&t_2_bar.1);
                    let mut k_bar = 0.0;
                    if t_1_bar != 0.0 {
                        k_bar += t_1_bar * k;
                        k_bar += t_1_bar * k;
                    }
                    v[0] = v_0;
                    let v_bar_1 = ::core::mem::take(&mut v_bar[0]);
                    if v_bar_1 != 0.0 {
                        v_bar[0] += v_bar_1 * k;
                        k_bar += v_bar_1 * v[0];
                    }
                    if X_ACTIVE {
                        ::backprop::__private::accumulate(&mut x_bar[..], &v_bar[..]);
                    }
                    (k_bar,)
                },
            )
        }
    "#]]
    .assert_eq(&generated("forward", TUPLE));
}
