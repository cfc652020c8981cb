//! A call with arguments by value, by `&` and by `&mut`.

use super::{generated, phase};
use expect_test::expect;

pub(super) const LAYER: &str = "
#[backprop]
fn layer(w: &[f64], x: &[f64], out: &mut [f64], scale: f64) -> f64 {
    affine(w, x, out);
    let size = norm(&out[1..]);
    weighted(size, scale * scale)
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn layer(w, x, out, scale)
            #0 call t = affine(&w, &x, &mut out)
            #2 call size = norm(&out[1 ..])
            #3 let t_1 = mul scale scale
            #4 call t_2 = weighted(size, t_1)
            result t_2
    "#]]
    .assert_eq(&phase("lower", LAYER));
}

#[test]
fn recorded() {
    expect![[r#"
        fn layer(w, x, out, scale)
            #0 call t = affine(&w, &x, &mut out)         ; t needed
            #2 call size = norm(&out[1 ..])              ; size needed
            #3 let t_1 = mul scale scale
            #4 call t_2 = weighted(size, t_1)
            result t_2
    "#]]
    .assert_eq(&phase("recorded", LAYER));
}

#[test]
fn expanded() {
    expect![[r#"
        fn both_sweeps(
            w: &[f64],
            x: &[f64],
            out: &mut [f64],
            scale: f64,
            w_grad: &mut [f64],
            x_grad: &mut [f64],
            out_grad: &mut [f64],
        ) -> (f64, f64) {
            let (t, affine_pullback) = affine::forward::<true, true, true>(w, x, out);
            let (size, norm_pullback) = norm::forward::<true>(&out[1..]);
            let (t_2, weighted_pullback) = weighted::forward::<
                true,
                true,
            >(::core::clone::Clone::clone(&size), scale * scale);
            let value = t_2;
            let out_exit = out.to_vec();
            let w_bar = w_grad;
            let x_bar = x_grad;
            let out_bar = out_grad;
            let t_2_bar = 1.0;
            let mut size_bar = ::backprop::__private::zero_gradient(&size);
            let mut t_1_bar = 0.0;
            if !::backprop::__private::is_zero(&t_2_bar) {
                let (size_bar_1, t_1_bar_1) = weighted_pullback(t_2_bar);
                ::backprop::__private::accumulate(&mut size_bar, &size_bar_1);
                t_1_bar += t_1_bar_1;
            }
            let mut scale_bar = 0.0;
            if t_1_bar != 0.0 {
                scale_bar += t_1_bar * scale;
                scale_bar += t_1_bar * scale;
            }
            if !::backprop::__private::is_zero(&size_bar) {
                norm_pullback(
                    size_bar,
                    (&out[1..], ::core::option::Option::Some(&mut out_bar[1..])),
                );
            }
            affine_pullback(
                ::backprop::__private::zero_gradient(&t),
                (&*w, ::core::option::Option::Some(&mut *w_bar)),
                (&*x, ::core::option::Option::Some(&mut *x_bar)),
                (&mut *out, ::core::option::Option::Some(&mut *out_bar)),
            );
            out.clone_from_slice(&out_exit);
            (value, scale_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", LAYER));
}

#[test]
fn forward() {
    expect![[r#"
        pub fn forward<
            const W_ACTIVE: bool,
            const X_ACTIVE: bool,
            const OUT_ACTIVE: bool,
            const SCALE_ACTIVE: bool,
        >(
            w: &[f64],
            x: &[f64],
            out: &mut [f64],
            scale: f64,
        ) -> (
            f64,
            impl ::core::ops::FnOnce(
                f64,
                (&[f64], ::core::option::Option<&mut [f64]>),
                (&[f64], ::core::option::Option<&mut [f64]>),
                (&mut [f64], ::core::option::Option<&mut [f64]>),
            ) -> (
                    f64,
                ) + ::core::clone::Clone + use<W_ACTIVE, X_ACTIVE, OUT_ACTIVE, SCALE_ACTIVE>,
        ) {
            let (t, affine_pullback) = affine::forward::<W_ACTIVE, X_ACTIVE, true>(w, x, out);
            let (size, norm_pullback) = norm::forward::<true>(&out[1..]);
            let (t_2, weighted_pullback) = weighted::forward::<
                true,
                true,
            >(::core::clone::Clone::clone(&size), scale * scale);
            let value = t_2;
            (
                value,
                move |
                    value_bar: f64,
                    (w, w_bar): (&[f64], ::core::option::Option<&mut [f64]>),
                    (x, x_bar): (&[f64], ::core::option::Option<&mut [f64]>),
                    (out, out_bar): (&mut [f64], ::core::option::Option<&mut [f64]>)|
                {
                    let w_bar = w_bar.unwrap_or_default();
                    let x_bar = x_bar.unwrap_or_default();
                    let mut out_unwanted;
                    let out_bar = match out_bar {
                        ::core::option::Option::Some(out_bar) => out_bar,
                        ::core::option::Option::None => {
                            out_unwanted = ::std::vec![0.0; out.len()];
                            <[f64] as ::backprop::Differentiable>::adjoint(&mut out_unwanted)
                        }
                    };
                    let t_2_bar = value_bar;
                    let mut size_bar = ::backprop::__private::zero_gradient(&size);
                    let mut t_1_bar = 0.0;
                    if !::backprop::__private::is_zero(&t_2_bar) {
                        let (size_bar_1, t_1_bar_1) = weighted_pullback(t_2_bar);
                        ::backprop::__private::accumulate(&mut size_bar, &size_bar_1);
                        t_1_bar += t_1_bar_1;
                    }
                    let mut scale_bar = 0.0;
                    if t_1_bar != 0.0 {
                        scale_bar += t_1_bar * scale;
                        scale_bar += t_1_bar * scale;
                    }
                    if !::backprop::__private::is_zero(&size_bar) {
                        norm_pullback(
                            size_bar,
                            (&out[1..], ::core::option::Option::Some(&mut out_bar[1..])),
                        );
                    }
                    affine_pullback(
                        ::backprop::__private::zero_gradient(&t),
                        (
                            &*w,
                            if W_ACTIVE {
                                ::core::option::Option::Some(&mut *w_bar)
                            } else {
                                ::core::option::Option::None
                            },
                        ),
                        (
                            &*x,
                            if X_ACTIVE {
                                ::core::option::Option::Some(&mut *x_bar)
                            } else {
                                ::core::option::Option::None
                            },
                        ),
                        (&mut *out, ::core::option::Option::Some(&mut *out_bar)),
                    );
                    (scale_bar,)
                },
            )
        }
    "#]]
    .assert_eq(&generated("forward", LAYER));
}
