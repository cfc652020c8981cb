//! Structs with a derived gradient: fields read and written, made, taken apart, in slices.

use backprop::{Differentiable, Gradient, backprop};

#[derive(Clone, Copy, Debug, Differentiable)]
struct Vec2 {
    x: f64,
    y: f64,
}

#[derive(Clone, Debug, Differentiable)]
struct Body {
    at: Vec2,
    speed: Vec2,
    mass: f64,
    #[constant]
    name: &'static str,
    id: usize,
}

#[derive(Clone, Debug, Differentiable)]
struct Pair(f64, [f64; 2]);

#[derive(Clone, Debug, Differentiable)]
struct Held<T> {
    inner: T,
    scale: Vec<f64>,
}

#[backprop]
fn energy(body: &Body, k: f64) -> f64 {
    let v = body.speed;
    let kinetic = 0.5 * body.mass * (v.x * v.x + v.y * v.y);
    kinetic + k * (body.at.x.powi(2) + body.at.y.sin())
}

#[backprop]
fn step(bodies: &mut [Body], dt: f64) {
    for i in 0..bodies.len() {
        for j in 0..bodies.len() {
            if i != j {
                let dx = bodies[i].at.x - bodies[j].at.x;
                let dy = bodies[i].at.y - bodies[j].at.y;
                let r = (dx * dx + dy * dy + 0.1).sqrt();
                let pull = bodies[j].mass * dt / (r * r * r);
                bodies[i].speed.x -= pull * dx;
                bodies[i].speed.y -= pull * dy;
            }
        }
    }
    for body in bodies.iter_mut() {
        body.at.x += dt * body.speed.x;
        body.at.y += dt * body.speed.y;
    }
}

#[backprop]
fn rollout(bodies: &[Body], dt: f64, steps: usize) -> f64 {
    let mut bodies = bodies.to_vec();
    for _ in 0..steps {
        step(&mut bodies, dt);
    }
    let mut total = 0.0;
    for body in &bodies {
        total += energy(body, 0.7);
    }
    total
}

#[backprop]
fn turned(v: Vec2, by: f64) -> Vec2 {
    let (sin, cos) = by.sin_cos();
    Vec2 { x: cos * v.x - sin * v.y, y: sin * v.x + cos * v.y }
}

#[backprop]
fn made_and_taken_apart(p: Pair, by: f64) -> f64 {
    let v = Vec2 { x: p.0 * by, y: p.1[1] };
    let w = turned(v, by);
    let Vec2 { x, y: mut height } = w;
    height *= x;
    let mut q = w;
    q.x = q.y * height;
    q.y += q.x * v.x;
    q.x * q.y + p.1[0]
}

#[backprop]
fn generic(held: &Held<Pair>) -> f64 {
    let mut s = held.inner.0;
    for (i, k) in held.scale.iter().enumerate() {
        s = s * k + held.inner.1[i % 2];
    }
    s
}

fn bodies() -> Vec<Body> {
    let body = |i: usize| {
        let t = i as f64;
        Body {
            at: Vec2 { x: t.sin(), y: t.cos() },
            speed: Vec2 { x: 0.1 * t, y: 0.2 },
            mass: 1.0 + 0.3 * t,
            name: "a body",
            id: i,
        }
    };
    (0..4).map(body).collect()
}

/// Holds a gradient by structs to central differences, number by number.
fn assert_gradient<A, R>(f: impl FnMut(&A) -> R, at: A, claimed: &A::Gradient)
where
    A: Differentiable + backprop::components::Components + Clone,
    A::Gradient: backprop::components::Components,
    R: backprop::Scalar,
{
    backprop::check::gradient(f, at, claimed).assert_ok();
}

#[test]
fn fields_are_read_behind_a_reference() {
    let body = bodies().remove(2);
    let (value, (by_body, by_k)) = energy::value_and_grad(&body, 0.7);
    assert_eq!(value, energy(&body, 0.7));
    assert_gradient(|(body, k): &(Body, f64)| energy(body, *k), (body.clone(), 0.7), &(by_body.clone(), by_k));
    assert_eq!((by_body.name, by_body.id), ((), ()));
    let _ = (body.name, body.id);
}

#[test]
fn a_slice_of_structs_is_changed_in_nested_loops() {
    let (value, (by_bodies, by_dt)) = rollout::value_and_grad(&bodies(), 0.05, 3);
    assert_eq!(value, rollout(&bodies(), 0.05, 3));
    assert_gradient(|(b, dt): &(Vec<Body>, f64)| rollout(b, *dt, 3), (bodies(), 0.05), &(by_bodies, by_dt));
}

#[test]
fn structs_are_made_assigned_and_taken_apart() {
    let at = (Pair(0.7, [0.4, 1.2]), 0.3);
    let claimed = made_and_taken_apart::grad(at.0.clone(), at.1);
    assert_gradient(|(p, by): &(Pair, f64)| made_and_taken_apart(p.clone(), *by), at, &claimed);
}

#[test]
fn a_generic_struct_holds_another() {
    let held = Held { inner: Pair(0.7, [0.4, 1.2]), scale: vec![0.9, 1.1, -0.3] };
    let claimed = generic::grad(&held);
    assert_gradient(|held: &Held<Pair>| generic(held), held, &claimed);
}

#[test]
fn gradients_are_added_and_scaled() {
    let mut sum = Vec2Gradient::default();
    sum += Vec2Gradient { x: 1.0, y: 2.0 };
    sum.accumulate(&Vec2Gradient { x: 0.5, y: 0.0 });
    sum.scale(2.0);
    assert_eq!(sum, Vec2Gradient { x: 3.0, y: 4.0 });
    assert!(!sum.is_zero());
}

#[backprop]
fn made_of_a_tuple(x: f64, y: f64) -> f64 {
    let p = Pair(x * y, [y, x]);
    let Pair(a, [b, c]) = p.clone();
    a * b + c * p.0
}

#[test]
fn tuple_structs_are_made_and_taken_apart() {
    let claimed = made_of_a_tuple::grad(0.7, 1.3);
    assert_gradient(|(x, y): &(f64, f64)| made_of_a_tuple(*x, *y), (0.7, 1.3), &claimed);
}

#[derive(Clone, Debug, Differentiable)]
struct Damper {
    speed: f64,
    #[constant]
    rate: f64,
}

#[backprop]
fn damped(d: &Damper, by: f64) -> f64 {
    let mut e = d.clone();
    e.speed *= backprop::stop_gradient(d.rate * 2.0);
    e.speed * d.rate - by * backprop::stop_gradient(e.speed)
}

#[test]
fn constant_fields_take_part_in_arithmetic() {
    let d = Damper { speed: 1.5, rate: 0.4 };
    assert_eq!(d.rate, 0.4);
    let (by_d, by) = damped::grad(&d, 0.3);
    assert!((by_d.speed - 0.8 * 0.4).abs() < 1e-15 && (by + 1.5 * 0.8).abs() < 1e-15, "{by_d:?} {by}");
}

#[backprop]
fn two_turned(v: Vec2, by: f64) -> (Vec2, [f64; 2]) {
    let w = turned(v, by);
    (w, [w.x * by, w.y])
}

#[test]
fn a_result_holds_a_struct() {
    let ((w, _), pullback) = two_turned::vjp(Vec2 { x: 0.3, y: 0.4 }, 0.0);
    assert_eq!((w.x, w.y), (0.3, 0.4));
    let (by_v, by) = pullback((Vec2Gradient { x: 1.0, y: 0.0 }, [0.0, 2.0]));
    assert_eq!((by_v.x, by_v.y), (1.0, 2.0));
    assert!((by - (-0.4 + 2.0 * 0.3)).abs() < 1e-15);
}
