//! Straight-line functions of scalars, tuples and arrays. Each is run over a list of points.

use std::hint::black_box;

use backprop::backprop;

use crate::harness::Case;

#[backprop]
fn bill(price: f64, count: f64, tax: f64) -> f64 {
    let subtotal = price * count;
    subtotal * tax
}

fn bill_by_hand(price: f64, count: f64, tax: f64) -> (f64, (f64, f64, f64)) {
    let subtotal = price * count;
    (subtotal * tax, (tax * count, tax * price, subtotal))
}

/// The energy of a damped oscillator at the time `t`.
#[backprop]
fn energy(t: f64, mass: f64, stiffness: f64, damping: f64, amplitude: f64) -> f64 {
    let rate = damping / (2.0 * mass);
    let omega = (stiffness / mass - rate.powi(2)).sqrt();
    let envelope = amplitude * (-rate * t).exp();
    let (sin, cos) = (omega * t).sin_cos();
    let position = envelope * sin;
    let velocity = envelope * omega * cos - rate * position;
    0.5 * stiffness * position.powi(2) + 0.5 * mass * velocity.powi(2)
}

fn energy_by_hand(t: f64, mass: f64, stiffness: f64, damping: f64, amplitude: f64) -> (f64, (f64, f64, f64, f64, f64)) {
    let rate = damping / (2.0 * mass);
    let omega = (stiffness / mass - rate * rate).sqrt();
    let decay = (-rate * t).exp();
    let envelope = amplitude * decay;
    let (sin, cos) = (omega * t).sin_cos();
    let position = envelope * sin;
    let velocity = envelope * omega * cos - rate * position;
    let value = 0.5 * stiffness * position * position + 0.5 * mass * velocity * velocity;

    let velocity_bar = mass * velocity;
    let position_bar = stiffness * position - velocity_bar * rate;
    let envelope_bar = velocity_bar * omega * cos + position_bar * sin;
    let phase_bar = envelope * (position_bar * cos - velocity_bar * omega * sin);
    let omega_bar = velocity_bar * envelope * cos + phase_bar * t;
    let exponent_bar = envelope_bar * envelope;
    let square_bar = omega_bar / (2.0 * omega);
    let rate_bar = -velocity_bar * position - exponent_bar * t - square_bar * 2.0 * rate;
    let t_bar = phase_bar * omega - exponent_bar * rate;
    let mass_bar = 0.5 * velocity * velocity - square_bar * stiffness / (mass * mass) - rate_bar * rate / mass;
    let stiffness_bar = 0.5 * position * position + square_bar / mass;
    (value, (t_bar, mass_bar, stiffness_bar, rate_bar / (2.0 * mass), envelope_bar * decay))
}

/// The squared distance between where a camera sees a point and where it was seen.
#[backprop]
fn reprojection(
    angles: [f64; 3],
    offset: (f64, f64, f64),
    point: [f64; 3],
    focal: f64,
    #[constant] seen: (f64, f64),
) -> f64 {
    let (sin_a, cos_a) = angles[0].sin_cos();
    let (sin_b, cos_b) = angles[1].sin_cos();
    let (sin_c, cos_c) = angles[2].sin_cos();
    let about_z = [cos_a * point[0] - sin_a * point[1], sin_a * point[0] + cos_a * point[1], point[2]];
    let about_y = [cos_b * about_z[0] + sin_b * about_z[2], about_z[1], cos_b * about_z[2] - sin_b * about_z[0]];
    let about_x = [about_y[0], cos_c * about_y[1] - sin_c * about_y[2], sin_c * about_y[1] + cos_c * about_y[2]];
    let depth = about_x[2] + offset.2;
    let dx = focal * (about_x[0] + offset.0) / depth - seen.0;
    let dy = focal * (about_x[1] + offset.1) / depth - seen.1;
    dx * dx + dy * dy
}

type ReprojectionGradient = ([f64; 3], (f64, f64, f64), [f64; 3], f64);

/// By the chain rule, statement by statement.
fn reprojection_by_hand(
    angles: [f64; 3],
    offset: (f64, f64, f64),
    point: [f64; 3],
    focal: f64,
    seen: (f64, f64),
) -> (f64, ReprojectionGradient) {
    let (sin_a, cos_a) = angles[0].sin_cos();
    let (sin_b, cos_b) = angles[1].sin_cos();
    let (sin_c, cos_c) = angles[2].sin_cos();
    let (x1, y1, z1) = (cos_a * point[0] - sin_a * point[1], sin_a * point[0] + cos_a * point[1], point[2]);
    let (x2, z2) = (cos_b * x1 + sin_b * z1, cos_b * z1 - sin_b * x1);
    let (y3, z3) = (cos_c * y1 - sin_c * z2, sin_c * y1 + cos_c * z2);
    let (x, y, depth) = (x2 + offset.0, y3 + offset.1, z3 + offset.2);
    let (u, v) = (focal * x / depth, focal * y / depth);
    let (dx, dy) = (u - seen.0, v - seen.1);

    let (u_bar, v_bar) = (2.0 * dx, 2.0 * dy);
    let (u_share, v_share) = (u_bar / depth, v_bar / depth);
    let (x_bar, y_bar) = (u_share * focal, v_share * focal);
    let focal_bar = u_share * x + v_share * y;
    let z_bar = -(u_share * u + v_share * v);
    let c_bar = (z_bar * y1 - y_bar * z2) * cos_c - (y_bar * y1 + z_bar * z2) * sin_c;
    let (y1_bar, z2_bar) = (cos_c * y_bar + sin_c * z_bar, cos_c * z_bar - sin_c * y_bar);
    let b_bar = (x_bar * z1 - z2_bar * x1) * cos_b - (x_bar * x1 + z2_bar * z1) * sin_b;
    let (x1_bar, z1_bar) = (cos_b * x_bar - sin_b * z2_bar, sin_b * x_bar + cos_b * z2_bar);
    let a_bar = (y1_bar * point[0] - x1_bar * point[1]) * cos_a - (x1_bar * point[0] + y1_bar * point[1]) * sin_a;
    let point_bar = [cos_a * x1_bar + sin_a * y1_bar, cos_a * y1_bar - sin_a * x1_bar, z1_bar];
    (dx * dx + dy * dy, ([a_bar, b_bar, c_bar], (x_bar, y_bar, z_bar), point_bar, focal_bar))
}

/// With what only geometry knows: the derivative of a rotation by its angle is the rotated vector, turned by a right angle.
fn reprojection_by_geometry(
    angles: [f64; 3],
    offset: (f64, f64, f64),
    point: [f64; 3],
    focal: f64,
    seen: (f64, f64),
) -> (f64, ReprojectionGradient) {
    let (sin_a, cos_a) = angles[0].sin_cos();
    let (sin_b, cos_b) = angles[1].sin_cos();
    let (sin_c, cos_c) = angles[2].sin_cos();
    let (x1, y1, z1) = (cos_a * point[0] - sin_a * point[1], sin_a * point[0] + cos_a * point[1], point[2]);
    let (x2, z2) = (cos_b * x1 + sin_b * z1, cos_b * z1 - sin_b * x1);
    let (y3, z3) = (cos_c * y1 - sin_c * z2, sin_c * y1 + cos_c * z2);
    let (x, y, depth) = (x2 + offset.0, y3 + offset.1, z3 + offset.2);
    let (u, v) = (focal * x / depth, focal * y / depth);
    let (dx, dy) = (u - seen.0, v - seen.1);

    let (u_bar, v_bar) = (2.0 * dx, 2.0 * dy);
    let (u_share, v_share) = (u_bar / depth, v_bar / depth);
    let (x_bar, y_bar) = (u_share * focal, v_share * focal);
    let focal_bar = u_share * x + v_share * y;
    let z_bar = -(u_share * u + v_share * v);
    let c_bar = z_bar * y3 - y_bar * z3;
    let (y1_bar, z2_bar) = (cos_c * y_bar + sin_c * z_bar, cos_c * z_bar - sin_c * y_bar);
    let b_bar = x_bar * z2 - z2_bar * x2;
    let (x1_bar, z1_bar) = (cos_b * x_bar - sin_b * z2_bar, sin_b * x_bar + cos_b * z2_bar);
    let a_bar = y1_bar * x1 - x1_bar * y1;
    let point_bar = [cos_a * x1_bar + sin_a * y1_bar, cos_a * y1_bar - sin_a * x1_bar, z1_bar];
    (dx * dx + dy * dy, ([a_bar, b_bar, c_bar], (x_bar, y_bar, z_bar), point_bar, focal_bar))
}

const POINTS: usize = 64;

/// Numbers around 1, no two alike.
fn around_one(i: usize, k: usize) -> f64 {
    1.0 + 0.3 * (i as f64 * 0.7 + k as f64 * 1.9).sin()
}

pub fn cases() -> Vec<Case> {
    let thrice: Vec<_> = (0..POINTS).map(|i| [0, 1, 2].map(|k| around_one(i, k))).collect();
    let five: Vec<_> = (0..POINTS).map(|i| [0, 1, 2, 3, 4].map(|k| around_one(i, k))).collect();
    let cameras: Vec<_> = (0..POINTS)
        .map(|i| {
            let numbers = |from: usize| [from, from + 1, from + 2].map(|k| around_one(i, k));
            let [x, y, z] = numbers(3);
            (numbers(0), (x, y, z + 4.0), numbers(6), around_one(i, 9), (around_one(i, 10), around_one(i, 11)))
        })
        .collect();
    vec![
        Case::new(
            "bill",
            thrice,
            |points| over(points, |&[a, b, c]| bill(a, b, c)),
            |points| over(points, |&[a, b, c]| bill_by_hand(a, b, c)),
            |points| over(points, |&[a, b, c]| bill::value_and_grad(a, b, c)),
        ),
        Case::new(
            "energy of an oscillator",
            five,
            |points| over(points, |&[a, b, c, d, e]| energy(a, b, c, d, e)),
            |points| over(points, |&[a, b, c, d, e]| energy_by_hand(a, b, c, d, e)),
            |points| over(points, |&[a, b, c, d, e]| energy::value_and_grad(a, b, c, d, e)),
        ),
        Case::new(
            "reprojection, hand by geometry",
            cameras.clone(),
            |points| over(points, |&(a, b, c, d, e)| reprojection(a, b, c, d, e)),
            |points| over(points, |&(a, b, c, d, e)| reprojection_by_geometry(a, b, c, d, e)),
            |points| over(points, |&(a, b, c, d, e)| reprojection::value_and_grad(a, b, c, d, e)),
        ),
        Case::new(
            "reprojection error",
            cameras,
            |points| over(points, |&(a, b, c, d, e)| reprojection(a, b, c, d, e)),
            |points| over(points, |&(a, b, c, d, e)| reprojection_by_hand(a, b, c, d, e)),
            |points| over(points, |&(a, b, c, d, e)| reprojection::value_and_grad(a, b, c, d, e)),
        ),
    ]
}

/// Runs a function at each point, none of which it may skip, and returns what it gave at the last.
#[inline(always)]
fn over<T, R>(points: &[T], mut run: impl FnMut(&T) -> R) -> R {
    let (last, others) = points.split_last().expect("there are points");
    for point in others {
        black_box(run(point));
    }
    run(last)
}
