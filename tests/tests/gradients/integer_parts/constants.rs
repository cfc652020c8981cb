//! Fields that count as constant: looped over, taken in parts, and lent to a call by a cut reference.

use super::*;

#[backprop]
fn dot(a: &[f64], x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..a.len() {
        s += a[i] * x[i];
    }
    s
}

#[backprop]
fn looped_over(body: &Body, x: &[f64]) -> f64 {
    let mut s = 0.0;
    for v in &body.table {
        s += v * x[1] * body.mass;
    }
    for (i, v) in body.table.iter().enumerate() {
        s += v * x[i];
    }
    s
}

#[backprop]
fn in_parts(body: &Body, x: &[f64]) -> f64 {
    let t = &body.table[1..3];
    let u = &t[1..];
    t[0] * x[0] * body.mass + u[0] * t[1] * x[1]
}

#[backprop]
fn cut_copy(body: &Body, x: &[f64]) -> f64 {
    dot(&backprop::stop_gradient(body.table.clone()), x) * body.mass
}

#[backprop]
fn cut_reference(body: &Body, x: &[f64]) -> f64 {
    let mut y = x.to_vec();
    let mut s = 1.0;
    for i in 0..2 {
        s += dot(backprop::stop_gradient(&body.table), x) * body.mass * body.table[0]
            + dot(backprop::stop_gradient(&body.table[i..]), &y);
        y[0] *= 2.0;
    }
    s
}

#[backprop]
fn cut_part(body: &Body, x: &[f64]) -> f64 {
    let mut y = vec![1.0, 2.0, 3.0];
    let mut s = 0.0;
    for i in 0..2 {
        s += dot(backprop::stop_gradient(&y[i..]), x) * body.mass;
        y[i] = 3.0 * i as f64;
    }
    y[0] = x[0];
    s * y[0]
}

#[test]
fn constant_fields_are_looped_over_and_lent() {
    hold!(looped_over in_parts cut_copy cut_reference cut_part);
}
