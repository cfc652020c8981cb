//! Closures bound by `let` and called.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn newton(x: &[f64]) -> f64 {
    let a = x[1];
    let f = |v: f64| v * v - a;
    let mut y = 1.0;
    for _ in 0..20 {
        y -= f(y) / (2.0 * y);
    }
    y * x[0]
}

#[backprop]
fn squares(x: &[f64]) -> f64 {
    let sq = |v| v * v;
    let n = sq(3.0);
    sq(x[0]) + sq(x[1]) * n
}

#[backprop]
fn accumulated(x: &[f64]) -> f64 {
    let mut total = 0.0;
    let mut add = |v: f64, w: f64| {
        total += v * w;
    };
    add(x[0], 2.0);
    for i in 0..x.len() {
        add(x[i], x[0]);
    }
    total
}

#[backprop]
fn matrix(x: &[f64]) -> f64 {
    let idx = |i: usize, j: usize| (i * 2 + j) % x.len();
    let at = |i: usize, j: usize| x[idx(i, j)];
    at(0, 1) * at(1, 0) + at(1, 1).sin()
}

#[backprop]
fn network(x: &[f64]) -> f64 {
    let relu = |v: f64| if v > 0.0 { v } else { 0.01 * v };
    let h: Vec<f64> = x.iter().map(|&v| relu(v * 2.0)).collect();
    h.iter().copied().map(relu).sum()
}

#[backprop]
fn runge_kutta(x: &[f64]) -> f64 {
    let deriv = |t: f64, y: [f64; 2]| -> [f64; 2] { [y[1], -x[0] * y[0] - x[1] * y[1] + t.sin()] };
    let mut y = [1.0, x[2]];
    let h = 0.1;
    let mut t = 0.0;
    for _ in 0..5 {
        let k1 = deriv(t, y);
        let k2 = deriv(t + 0.5 * h, [y[0] + 0.5 * h * k1[0], y[1] + 0.5 * h * k1[1]]);
        for i in 0..2 {
            y[i] += h * k2[i];
        }
        t += h;
    }
    y[0] * y[1]
}

#[backprop]
fn distances(x: &[f64]) -> f64 {
    let (a, b) = (x[0], x[1]);
    let lerp = move |t: f64| a + (b - a) * t;
    let dist = |p: &[f64], q: &(f64, f64)| (p[0] - q.0).hypot(p[1] - q.1);
    lerp(0.3) * dist(x, &(a, 1.0)) * dist(&x[1..], &(0.0, b))
}

#[test]
fn called_in_a_loop_over_a_capture() {
    check!(newton(&vec![0.3, 1.2, 0.5]));
    check!(newton(&vec![0.4, 0.9, -0.5]));
}

#[test]
fn called_with_constants_and_with_active_values() {
    check!(squares(&vec![0.3, 1.2, 0.5]));
    check!(squares(&vec![0.4, 0.9, -0.5]));
}

#[test]
fn changes_what_it_captures() {
    check!(accumulated(&vec![0.3, 1.2, 0.5]));
    check!(accumulated(&vec![0.4, 0.9, -0.5]));
}

#[test]
fn of_integers_and_of_elements() {
    check!(matrix(&vec![0.3, 1.2, 0.5]));
    check!(matrix(&vec![0.4, 0.9, -0.5]));
}

#[test]
fn passed_to_map() {
    check!(network(&vec![0.3, 1.2, 0.5]));
    check!(network(&vec![0.4, 0.9, -0.5]));
}

#[test]
fn takes_and_gives_arrays() {
    check!(runge_kutta(&vec![0.3, 1.2, 0.5]));
    check!(runge_kutta(&vec![0.4, 0.9, -0.5]));
}

#[test]
fn takes_references_and_slices() {
    check!(distances(&vec![0.3, 1.2, 0.5]));
    check!(distances(&vec![0.4, 0.9, -0.5]));
}
