//! Fields, and structs made and taken apart.

use super::{generated, phase};
use expect_test::expect;

pub(super) const TURNED: &str = "
#[backprop]
fn turned(v: &Point, by: f64) -> f64 {
    let Point { x, y } = v;
    let w = Point { x: by * y, y: *x };
    w.x * w.y
}
";

pub(super) const FALLING: &str = "
#[backprop]
fn falling(bodies: &mut [Body], dt: f64) {
    for body in bodies.iter_mut() {
        body.speed.y -= dt * body.mass;
    }
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn turned(v, by)
            #0 passive let Point { x, y } = v;
            #1 let t = mul by y
            #3 let w = struct Point x: t, y: *x
            #4 let t_1 = mul w.x w.y
            result t_1
    "#]]
    .assert_eq(&phase("lower", TURNED));
    expect![[r#"
        fn falling(bodies, dt)
            #3 for elements k of bodies
                #0 alias body = bodies[k]
                #1 let t = mul dt body.mass
                #2 accumulate body.speed.y -= t
            result ()
    "#]]
    .assert_eq(&phase("lower", FALLING));
}

#[test]
fn expanded() {
    expect![[r#"
        fn both_sweeps(
            v: &Point,
            by: f64,
            v_grad: &mut <Point as ::backprop::Differentiable>::Adjoint,
        ) -> (f64, f64) {
            let Point { x, y } = v;
            ::backprop::__private::scalar(y);
            let w = Point { x: by * y, y: *x };
            ::backprop::__private::scalar(&w.x);
            ::backprop::__private::scalar(&w.y);
            let value = w.x * w.y;
            let v_bar = v_grad;
            let mut w_bar = ::backprop::__private::zero_gradient(&w);
            ::backprop::__private::add_share(&mut w_bar.x, w.y);
            ::backprop::__private::add_share(&mut w_bar.y, w.x);
            let t_bar = w_bar.x;
            ::backprop::__private::accumulate(&mut (*v_bar).x, &w_bar.y);
            let mut by_bar = 0.0;
            if t_bar != 0.0 {
                by_bar += t_bar * (*v).y;
                ::backprop::__private::add_share(&mut (*v_bar).y, t_bar * by);
            }
            (value, by_bar)
        }
    "#]]
    .assert_eq(&generated("both sweeps", TURNED));
    expect![[r#"
        pub fn value_and_grad_into(
            bodies: &mut [Body],
            dt: f64,
            bodies_grad: &mut <[Body] as ::backprop::Differentiable>::Adjoint,
            dt_grad: &mut f64,
        ) {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [Body],
            >("falling::value_and_grad_into", "bodies", &*bodies, bodies_grad);
            let mut tape = ::backprop::__private::Tape::new();
            for body in bodies.iter_mut() {
                ::backprop::__private::scalar(&body.mass);
                ::backprop::__private::scalar(&body.speed.y);
                let bodies_0 = ::core::clone::Clone::clone(&body.speed.y);
                body.speed.y -= dt * body.mass;
                tape.push(bodies_0);
            }
            let bodies_exit = bodies.to_vec();
            let bodies_bar = bodies_grad;
            let mut dt_bar = 0.0;
            for k in (0..bodies.len()).rev() {
                let bodies_0 = tape.pop();
                bodies[k].speed.y = bodies_0;
                let t_bar = -bodies_bar[k].speed.y;
                if t_bar != 0.0 {
                    dt_bar += t_bar * bodies[k].mass;
                    ::backprop::__private::add_share(&mut bodies_bar[k].mass, t_bar * dt);
                }
            }
            *dt_grad += dt_bar;
            bodies.clone_from_slice(&bodies_exit);
        }
    "#]]
    .assert_eq(&generated("both sweeps", FALLING));
}

#[test]
fn derived() {
    let tokens = "struct Line { slope: f64, #[constant] label: String }".parse().expect("it is Rust");
    let file = syn::parse2(crate::structs::derive(tokens)).expect("the expansion is Rust");
    expect![[r#"
        ///The gradient by a [`Line`]: for each field the derivative by it, `()` where it cannot vary.
        #[derive(
            ::core::clone::Clone,
            ::core::fmt::Debug,
            ::core::cmp::PartialEq,
            ::core::default::Default
        )]
        #[allow(dead_code, clippy::all, clippy::pedantic)]
        struct LineGradient {
            ///The derivative by `slope`.
            slope: <f64 as ::backprop::Differentiable>::Gradient,
            ///The derivative by `label`.
            label: (),
        }
        #[automatically_derived]
        #[allow(clippy::all, clippy::pedantic)]
        impl ::backprop::Differentiable for Line {
            type Gradient = LineGradient;
            type Adjoint = LineGradient;
            #[inline]
            fn zero_gradient(&self) -> Self::Gradient {
                LineGradient {
                    slope: <f64 as ::backprop::Differentiable>::zero_gradient(&self.slope),
                    label: (),
                }
            }
            fn shape_mismatch(
                &self,
                adjoint: &Self::Adjoint,
            ) -> ::core::option::Option<::backprop::ShapeMismatch> {
                if let ::core::option::Option::Some(mismatch) = <f64 as ::backprop::Differentiable>::shape_mismatch(
                    &self.slope,
                    ::core::borrow::Borrow::borrow(&adjoint.slope),
                ) {
                    return ::core::option::Option::Some(
                        mismatch.under(::backprop::components::Segment::Field("slope")),
                    );
                }
                ::core::option::Option::None
            }
        }
        #[automatically_derived]
        #[allow(unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::Gradient for LineGradient {
            #[inline]
            fn accumulate(&mut self, other: &Self) {
                ::backprop::Gradient::accumulate(&mut self.slope, &other.slope);
            }
            #[inline]
            fn scale(&mut self, factor: f64) {
                ::backprop::Gradient::scale(&mut self.slope, factor);
            }
            #[inline]
            fn set_zero(&mut self) {
                ::backprop::Gradient::set_zero(&mut self.slope);
            }
            #[inline]
            fn is_zero(&self) -> bool {
                true && ::backprop::Gradient::is_zero(&self.slope)
            }
        }
        #[automatically_derived]
        #[allow(unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::components::Components for Line {
            fn visit(
                &self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::Component,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("slope"),
                    |path| {
                        ::backprop::components::Components::visit(&self.slope, path, visit);
                    },
                );
            }
            fn visit_mut(
                &mut self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::ComponentMut<'_>,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("slope"),
                    |path| {
                        ::backprop::components::Components::visit_mut(
                            &mut self.slope,
                            path,
                            visit,
                        );
                    },
                );
            }
        }
        #[automatically_derived]
        #[allow(unused_variables, clippy::all, clippy::pedantic)]
        impl ::backprop::components::Components for LineGradient {
            fn visit(
                &self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::Component,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("slope"),
                    |path| {
                        ::backprop::components::Components::visit(&self.slope, path, visit);
                    },
                );
            }
            fn visit_mut(
                &mut self,
                path: &mut ::backprop::components::Path,
                visit: &mut dyn ::core::ops::FnMut(
                    &::backprop::components::Path,
                    ::backprop::components::ComponentMut<'_>,
                ),
            ) {
                path.within(
                    ::backprop::components::Segment::Field("slope"),
                    |path| {
                        ::backprop::components::Components::visit_mut(
                            &mut self.slope,
                            path,
                            visit,
                        );
                    },
                );
            }
        }
        #[automatically_derived]
        impl ::core::ops::AddAssign for LineGradient {
            #[inline]
            fn add_assign(&mut self, other: Self) {
                ::backprop::Gradient::accumulate(self, &other);
            }
        }
    "#]]
    .assert_eq(&prettyplease::unparse(&file));
}
