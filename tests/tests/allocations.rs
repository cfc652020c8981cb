//! What a gradient allocates: its results, and what it must save; nothing else.

use allocation_counter::measure;
use backprop::backprop;
use std::hint::black_box;

/// How often `run` asks for memory, the first time and every time.
#[track_caller]
fn assert_allocations<R>(expected: u64, mut run: impl FnMut() -> R) {
    let mut result = None;
    let counted = measure(|| result = Some(black_box(run())));
    assert_eq!(counted.count_total, expected);
}

#[backprop]
fn bill(price: f64, count: f64, tax: f64) -> f64 {
    let subtotal = price * count;
    subtotal * tax
}

#[backprop]
fn spring(t: f64, mass: f64, stiffness: f64) -> f64 {
    let omega = (stiffness / mass).sqrt();
    let (sin, cos) = (omega * t).sin_cos();
    let decay = (-t).exp();
    (decay * sin).powi(2) + if cos > 0.0 { cos } else { decay }
}

#[backprop]
fn length(v: [f64; 3], offset: (f64, f64)) -> f64 {
    let moved = [v[0] + offset.0, v[1] * offset.1, v[2]];
    (moved[0] * moved[0] + moved[1] * moved[1] + moved[2] * moved[2]).sqrt()
}

#[backprop]
fn through_calls(a: f64, b: f64) -> f64 {
    let first = bill(a, b, 1.1);
    let second = length([a, b, first], (1.0, 2.0));
    first * second
}

#[backprop]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..a.len() {
        sum += a[i] * b[i];
    }
    sum
}

#[backprop]
fn affine(w: &[f64], b: &[f64], x: &[f64], out: &mut [f64]) {
    for row in 0..out.len() {
        let mut sum = b[row];
        for column in 0..x.len() {
            sum += w[row * x.len() + column] * x[column];
        }
        out[row] = sum;
    }
}

#[backprop]
fn squares(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for x in x {
        sum += x * x;
    }
    sum
}

#[test]
fn the_counter_counts() {
    assert_allocations(1, || black_box(vec![0.5; black_box(100)]));
}

#[test]
fn straight_line_gradients_allocate_nothing() {
    assert_allocations(0, || bill::value_and_grad(100.0, 2.0, 1.1));
    assert_allocations(0, || bill::grad(100.0, 2.0, 1.1));
    assert_allocations(0, || spring::value_and_grad(0.5, 2.0, 3.0));
    assert_allocations(0, || length::value_and_grad([1.0, 2.0, 3.0], (4.0, 5.0)));
}

#[test]
fn straight_line_gradients_allocate_nothing_through_calls() {
    assert_allocations(0, || through_calls::value_and_grad(2.0, 3.0));
}

#[test]
fn straight_line_pullbacks_allocate_nothing() {
    assert_allocations(0, || {
        let (value, pullback) = spring::vjp(0.5, 2.0, 3.0);
        (value, pullback(1.0), pullback(2.0))
    });
}

#[test]
fn loops_without_anything_to_save_allocate_nothing() {
    let (a, b) = ([1.0; 100], [2.0; 100]);
    let (mut a_bar, mut b_bar) = ([0.0; 100], [0.0; 100]);
    assert_allocations(0, || dot::value_and_grad_into(&a, &b, &mut a_bar, &mut b_bar));
    assert_eq!((a_bar, b_bar), (b, a));
    assert_allocations(0, || squares::value_and_grad_into(&a, &mut b_bar));

    let (mut out, mut out_bar) = ([0.0; 10], [1.0; 10]);
    let (w, mut w_bar, mut bias_bar, x) = ([0.5; 100], [0.0; 100], [0.0; 10], [3.0; 10]);
    assert_allocations(0, || {
        let buffers = (&mut w_bar, &mut bias_bar, &mut a_bar[..10], &mut out_bar);
        affine::value_and_grad_into(&w, &a[..10], &x, &mut out, buffers.0, buffers.1, buffers.2, buffers.3);
    });
    assert_eq!((out, w_bar), ([16.0; 10], [3.0; 100]));
}

#[test]
fn owned_gradients_are_one_allocation_each() {
    let (a, b) = ([1.0; 100], [2.0; 100]);
    assert_allocations(2, || dot::value_and_grad(&a, &b));
}
