//! Struct literals with `..base`, and bodies in a slice that a callee moves.

use backprop::{Differentiable, backprop};
use backprop_tests::check;

#[derive(Clone, Copy, Debug, Differentiable)]
struct V {
    x: f64,
    y: f64,
}

#[derive(Clone, Debug, Differentiable)]
struct Body {
    pos: V,
    vel: V,
    mass: f64,
    trail: Vec<f64>,
    id: usize,
}

#[backprop]
fn dot((a, b): (f64, f64), [c, d]: [f64; 2], V { x, y }: V) -> f64 {
    a * c + b * d + x * y
}

#[backprop]
fn dist(&V { x: ax, y: ay }: &V, b: &V) -> f64 {
    ((ax - b.x).powi(2) + (ay - b.y).powi(2)).sqrt()
}

#[backprop]
fn step(bodies: &mut [Body], dt: f64) {
    for i in 0..bodies.len() {
        let mut acc = V { x: 0.0, y: 0.0 };
        for j in 0..bodies.len() {
            if i != j {
                let dx = bodies[j].pos.x - bodies[i].pos.x;
                let dy = bodies[j].pos.y - bodies[i].pos.y;
                let r2 = dx * dx + dy * dy + 0.1;
                let f = bodies[j].mass / (r2 * r2.sqrt());
                acc.x += f * dx;
                acc.y += f * dy;
            }
        }
        bodies[i].vel.x += acc.x * dt;
        bodies[i].vel.y -= -acc.y * dt;
    }
    for b in bodies.iter_mut() {
        b.pos.x += b.vel.x * dt;
        b.pos.y += b.vel.y * dt;
        b.trail.push(b.pos.x * b.pos.y);
    }
}

#[backprop]
fn sim(x: &[f64]) -> f64 {
    let mut bodies = Vec::new();
    for i in 0..x.len() / 2 {
        let base = Body {
            pos: V { x: x[2 * i], y: x[2 * i + 1] },
            vel: V { x: 0.0, y: 0.1 },
            mass: 1.0,
            trail: vec![],
            id: i,
        };
        bodies.push(Body { mass: x[i] + 1.0, id: 3 * i, ..base });
    }
    for _ in 0..3 {
        step(&mut bodies, 0.1);
    }
    let mut e = 0.0;
    for b in &bodies {
        let Body { pos: V { x: px, .. }, vel, mass, .. } = b;
        e += 0.5 * mass * (vel.x * vel.x + vel.y * vel.y) + px;
        for t in &b.trail {
            e += t * t;
        }
        if b.id > 0 {
            e *= 1.1;
        }
    }
    let p = (x[0], x[1]);
    e + dot(p, [x[1], x[0]], bodies[0].vel) * dist(&bodies[0].pos, &V { x: 0.0, ..bodies[1].pos })
}

#[test]
fn the_other_fields_come_from_the_base() {
    check!(sim(&vec![0.3, 1.2, 0.5, 0.7, -1.0, 1.4]));
}
