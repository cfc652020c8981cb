//! How bodies that attract each other move: the differentiated code.
//!
//! Everything here is ordinary Rust. [`fly()`] chooses the length of its steps by the errors it makes, so how often its
//! loop runs depends on the bodies; the derivative is that of the steps which were made.

use backprop::{Differentiable, backprop};

use super::bodies::{Body, Vec2};

/// How fast a body moves, and how fast that changes.
#[derive(Clone, Debug, Differentiable)]
pub struct Slope {
    velocity: Vec2,
    acceleration: Vec2,
}

/// `from + by * step`.
#[backprop]
fn moved(from: Vec2, by: Vec2, step: f64) -> Vec2 {
    Vec2 { x: from.x + by.x * step, y: from.y + by.y * step }
}

#[backprop]
fn length(v: Vec2) -> f64 {
    v.x.hypot(v.y)
}

/// The energy of motion less what it would take to pull the bodies apart. Flight conserves it.
#[backprop]
pub fn energy(bodies: &[Body]) -> f64 {
    let kinetic: f64 = bodies.iter().map(|body| body.mass * length(body.velocity).powi(2) / 2.0).sum();
    let mut potential = 0.0;
    for (i, a) in bodies.iter().enumerate() {
        for b in &bodies[i + 1..] {
            potential -= a.mass * b.mass / length(moved(a.at, b.at, -1.0));
        }
    }
    kinetic + potential
}

/// The sum of all masses times their velocities. Flight conserves it as well.
#[backprop]
pub fn momentum(bodies: &[Body]) -> Vec2 {
    let mut sum = Vec2 { x: 0.0, y: 0.0 };
    for body in bodies {
        sum = moved(sum, body.velocity, body.mass);
    }
    sum
}

/// Newton's law: each body falls towards each other.
#[backprop]
fn slopes(bodies: &[Body]) -> Vec<Slope> {
    let mut slopes = Vec::with_capacity(bodies.len());
    for (i, body) in bodies.iter().enumerate() {
        let mut acceleration = Vec2 { x: 0.0, y: 0.0 };
        for (_, other) in bodies.iter().enumerate().filter(|(j, _)| *j != i) {
            let away = moved(other.at, body.at, -1.0);
            acceleration = moved(acceleration, away, other.mass / length(away).powi(3));
        }
        slopes.push(Slope { velocity: body.velocity, acceleration });
    }
    slopes
}

/// The bodies after a short time in which the slopes stay what they are.
#[backprop]
fn drifted(bodies: &[Body], slopes: &[Slope], time: f64) -> Vec<Body> {
    bodies
        .iter()
        .zip(slopes)
        .map(|(body, slope)| Body {
            at: moved(body.at, slope.velocity, time),
            velocity: moved(body.velocity, slope.acceleration, time),
            mass: body.mass,
        })
        .collect()
}

/// A step of the classical Runge–Kutta method, of fourth order.
#[backprop]
fn step(bodies: &[Body], time: f64) -> Vec<Body> {
    let first = slopes(bodies);
    let second = slopes(&drifted(bodies, &first, time / 2.0));
    let third = slopes(&drifted(bodies, &second, time / 2.0));
    let fourth = slopes(&drifted(bodies, &third, time));
    let mut after = drifted(bodies, &first, time / 6.0);
    after = drifted(&after, &second, time / 3.0);
    after = drifted(&after, &third, time / 3.0);
    drifted(&after, &fourth, time / 6.0)
}

/// The farthest distance between where a body is in `a` and in `b`.
#[backprop]
fn farthest(a: &[Body], b: &[Body]) -> f64 {
    a.iter().zip(b).map(|(a, b)| length(moved(a.at, b.at, -1.0))).fold(0.0, f64::max)
}

/// The bodies after some time. Each step is made twice, whole and in halves. Where the two are farther apart than
/// `tolerance`, a shorter step is tried.
#[backprop]
pub fn fly(bodies: &[Body], time: f64, tolerance: f64) -> Vec<Body> {
    let mut bodies = bodies.to_vec();
    let mut left = time;
    let mut stride = time / 100.0;
    while left > 0.0 {
        stride = stride.min(left);
        let whole = step(&bodies, stride);
        let halves = step(&step(&bodies, stride / 2.0), stride / 2.0);
        let error = farthest(&whole, &halves);
        if error <= tolerance {
            bodies = halves;
            left -= stride;
        }
        stride *= (0.9 * (tolerance / error).powf(0.2)).clamp(0.2, 2.0);
    }
    bodies
}

/// How far off the bodies are from `targets` after a flight: the root of the sum of all distances squared.
#[backprop]
pub fn miss(bodies: &[Body], #[constant] targets: &[Vec2], time: f64, tolerance: f64) -> f64 {
    let after = fly(bodies, time, tolerance);
    let square = |body: &Body, target: &Vec2| length(moved(body.at, *target, -1.0)).powi(2);
    after.iter().zip(targets).map(|(body, target)| square(body, target)).sum::<f64>().sqrt()
}

/// The energy after a flight.
#[backprop]
pub fn energy_after(bodies: &[Body], time: f64, tolerance: f64) -> f64 {
    energy(&fly(bodies, time, tolerance))
}
