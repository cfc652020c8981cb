//! Enums with a derived gradient: matched, changed in place, made.

use super::{generated, phase};
use expect_test::expect;

const AREA: &str = "
#[backprop]
fn area(shape: &Shape) -> f64 {
    match shape {
        Shape::Circle(r) => 3.0 * r * r,
        Shape::Rect { w, h } => w * h,
        Shape::Empty => 0.0,
    }
}
";

const GROWN: &str = "
#[backprop]
fn grown(shape: &mut Shape, k: f64) {
    match shape {
        Shape::Circle(r) => *r *= k,
        _ => *shape = Shape::Circle(k),
    }
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn area(shape)
            #0 declare t
            #10 match shape
            arm Shape::Circle(r)
                #1 alias r = *shape.<Shape::Circle.0>
                #2 let t_1 = mul 3.0 r
                #3 let t_2 = mul t_1 r
                #4 init t = t_2
            arm Shape::Rect { w, h }
                #5 alias w = *shape.<Shape::Rect.w>
                #6 alias h = *shape.<Shape::Rect.h>
                #7 let t_3 = mul w h
                #8 init t = t_3
            arm Shape::Empty
                #9 init t = 0.0
            result t
    "#]]
    .assert_eq(&phase("lower", AREA));
    expect![[r#"
        fn grown(shape, k)
            #5 match shape
            arm Shape::Circle(r)
                #0 alias r = *shape.<Shape::Circle.0>
                #1 let t = mul *r k
                #2 assign *r = t
            arm _
                #3 let t_1 = variant Shape::Circle 0: k
                #4 assign *shape = t_1
            result ()
    "#]]
    .assert_eq(&phase("lower", GROWN));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(
            shape: &Shape,
            shape_grad: &mut <Shape as ::backprop::Differentiable>::Adjoint,
        ) -> f64 {
            ::backprop::__private::check_buffer::<
                Shape,
            >("area::value_and_grad_into", "shape", &*shape, shape_grad);
            let t;
            let branch = match shape {
                Shape::Circle(r) => {
                    ::backprop::__private::scalar(r);
                    let t_1 = 3.0 * r;
                    t = t_1 * r;
                    ::backprop::__private::Branch::Then(t_1)
                }
                Shape::Rect { w, h } => {
                    ::backprop::__private::scalar(w);
                    ::backprop::__private::scalar(h);
                    t = w * h;
                    ::backprop::__private::Branch::Else(::backprop::__private::Branch::Then(()))
                }
                Shape::Empty => {
                    t = 0.0;
                    ::backprop::__private::Branch::Else(::backprop::__private::Branch::Else(()))
                }
            };
            let value = t;
            let shape_bar = shape_grad;
            match branch {
                ::backprop::__private::Branch::Then(t_1) => {
                    let mut t_1_bar = 0.0;
                    t_1_bar
                        += *match &*shape {
                            Shape::Circle(payload, ..) => payload,
                            _ => ::core::unreachable!(),
                        };
                    ::backprop::__private::add_share(
                        &mut *(*shape_bar).__payload_Circle_0(),
                        t_1,
                    );
                    if t_1_bar != 0.0 {
                        ::backprop::__private::add_share(
                            &mut *(*shape_bar).__payload_Circle_0(),
                            t_1_bar * 3.0,
                        );
                    }
                }
                ::backprop::__private::Branch::Else(::backprop::__private::Branch::Then(())) => {
                    ::backprop::__private::add_share(
                        &mut *(*shape_bar).__payload_Rect_w(),
                        *match &*shape {
                            Shape::Rect { h: payload, .. } => payload,
                            _ => ::core::unreachable!(),
                        },
                    );
                    ::backprop::__private::add_share(
                        &mut *(*shape_bar).__payload_Rect_h(),
                        *match &*shape {
                            Shape::Rect { w: payload, .. } => payload,
                            _ => ::core::unreachable!(),
                        },
                    );
                }
                ::backprop::__private::Branch::Else(::backprop::__private::Branch::Else(())) => {}
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", AREA));
    expect![[r#"
        pub fn value_and_grad_into(
            shape: &mut Shape,
            k: f64,
            shape_grad: &mut <Shape as ::backprop::Differentiable>::Adjoint,
            k_grad: &mut f64,
        ) {
            let branch = match shape {
                Shape::Circle(r) => {
                    ::backprop::__private::scalar(&*r);
                    let shape_0 = ::core::clone::Clone::clone(&*r);
                    *r = *r * k;
                    ::backprop::__private::Branch::Then(shape_0)
                }
                _ => {
                    let t_1 = Shape::Circle(k);
                    let shape_0_1 = ::core::clone::Clone::clone(&*shape);
                    *shape = t_1;
                    ::backprop::__private::Branch::Else(shape_0_1)
                }
            };
            ::backprop::__private::check_buffer::<
                Shape,
            >("grown::value_and_grad_into", "shape", &*shape, shape_grad);
            let shape_exit = ::core::clone::Clone::clone(&*shape);
            let shape_bar = shape_grad;
            let mut k_bar = 0.0;
            match branch {
                ::backprop::__private::Branch::Then(shape_0) => {
                    *match &mut *shape {
                        Shape::Circle(payload, ..) => payload,
                        _ => ::core::unreachable!(),
                    } = shape_0;
                    let shape_bar_1 = ::core::mem::replace(
                        &mut *(*shape_bar).__payload_Circle_0(),
                        ::backprop::__private::zero_gradient(
                            &(*match &*shape {
                                Shape::Circle(payload, ..) => payload,
                                _ => ::core::unreachable!(),
                            }),
                        ),
                    );
                    if shape_bar_1 != 0.0 {
                        ::backprop::__private::add_share(
                            &mut *(*shape_bar).__payload_Circle_0(),
                            shape_bar_1 * k,
                        );
                        k_bar
                            += shape_bar_1
                                * *match &*shape {
                                    Shape::Circle(payload, ..) => payload,
                                    _ => ::core::unreachable!(),
                                };
                    }
                }
                ::backprop::__private::Branch::Else(shape_0_1) => {
                    *shape = shape_0_1;
                    let shape_bar_2 = ::core::mem::replace(
                        &mut *shape_bar,
                        ::backprop::__private::zero_gradient(&(*shape)),
                    );
                    let mut t_1_bar = shape_bar_2;
                    k_bar += *t_1_bar.__payload_Circle_0();
                }
            }
            *k_grad += k_bar;
            *shape = shape_exit;
        }
    "#]]
    .assert_eq(&generated("both sweeps", GROWN));
}
