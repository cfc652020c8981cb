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
