//! `for` over ranges: half-open, inclusive, reversed, stepped, of every integer type, empty.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn half_open(x: &[f64], from: usize, to: usize) -> f64 {
    let mut s: f64 = 1.0;
    for i in from..to {
        s = s * 0.5 + x[i] * x[i] * s.sin();
    }
    s
}

#[test]
fn half_open_ranges() {
    let x = vec![0.3, 1.2, -0.8, 2.0];
    check!(half_open(&x, const 0, const 4));
    check!(half_open(&x, const 1, const 3));
    check!(half_open(&x, const 2, const 2));
    check!(half_open(&x, const 3, const 1));
}

#[backprop]
fn inclusive(x: &[f64], from: usize, to: usize) -> f64 {
    let mut s: f64 = 1.0;
    for i in from..=to {
        s = s * 0.5 + x[i] * x[i] * s.sin();
    }
    s
}

#[test]
fn inclusive_ranges() {
    let x = vec![0.3, 1.2, -0.8, 2.0];
    check!(inclusive(&x, const 0, const 3));
    check!(inclusive(&x, const 2, const 2));
    check!(inclusive(&x, const 3, const 1));
}

#[backprop]
fn reversed(x: &[f64]) -> f64 {
    let mut s = 0.3;
    for i in (0..x.len()).rev() {
        s = s * x[i] + s.cos();
    }
    for i in (1..=x.len()).rev() {
        s = s * x[i - 1] - s.cos();
    }
    s
}

#[test]
fn reversed_ranges() {
    check!(reversed(&vec![0.3, 1.2, -0.8]));
    check!(reversed(&vec![0.3]));
    check!(reversed(&vec![]));
}

#[backprop]
fn stepped(x: &[f64], step: usize) -> f64 {
    let mut s = 0.3;
    for i in (0..x.len()).step_by(step) {
        s = s * x[i] + s.cos();
    }
    for i in (0..=x.len() - 1).step_by(2) {
        s = s * x[i] - s.cos();
    }
    s
}

#[test]
fn stepped_ranges() {
    let x = vec![0.3, 1.2, -0.8, 0.9, -1.4, 0.2, 0.8];
    for step in [1, 2, 3, 5, 7, 100] {
        check!(stepped(&x, const step));
    }
}

#[backprop]
fn stepped_and_reversed(x: &[f64]) -> f64 {
    let mut s = 0.3;
    for i in (0..x.len()).step_by(3).rev() {
        s = s * x[i] + s.cos();
    }
    for i in (0..x.len()).rev().step_by(3) {
        s = s * x[i] - s.sin();
    }
    for i in (1..=x.len()).rev().step_by(2) {
        s = s * x[i - 1] + s.tanh();
    }
    s
}

#[test]
fn stepping_before_and_after_reversing_are_different() {
    check!(stepped_and_reversed(&vec![0.3, 1.2, -0.8, 0.9, -1.4]));
    check!(stepped_and_reversed(&vec![0.3]));
    check!(stepped_and_reversed(&vec![]));
}

#[backprop]
fn signed(x: f64, n: i32) -> f64 {
    let mut s = x;
    for k in -n..=n {
        s += k as f64 * s.sin() * 0.1;
    }
    for k in (-n..n).rev() {
        s *= 1.0 + 0.1 * k as f64;
    }
    s
}

#[test]
fn negative_bounds() {
    check!(signed(0.7, const 3));
    check!(signed(0.7, const 0));
    check!(signed(0.7, const -2));
}

#[backprop]
fn all_bytes(x: f64) -> f64 {
    let mut s = x;
    for byte in 0..=255u8 {
        s += (s * byte as f64).sin() * 1e-3;
    }
    for byte in (0..=u8::MAX).rev().step_by(51) {
        s += (s * byte as f64).cos() * 1e-3;
    }
    for byte in i8::MIN..i8::MAX {
        s += f64::from(byte) * x * 1e-4;
    }
    s
}

#[test]
fn a_range_up_to_the_largest_value_of_its_type() {
    check!(all_bytes(0.7));
}

#[backprop]
fn constant_bounds(w: [f64; 4]) -> f64 {
    const N: usize = 4;
    let mut s = 0.0;
    for i in 0..N {
        s += w[i] * w[N - 1 - i];
    }
    for _ in 0..3 {
        s *= s;
    }
    s
}

#[test]
fn bounds_known_at_compile_time() {
    check!(constant_bounds([0.3, 0.6, -0.2, 0.9]));
}

#[backprop]
fn bound_changes_inside(x: &[f64]) -> f64 {
    let mut n = x.len();
    let mut s = 0.5_f64;
    for i in 0..n {
        n -= 1;
        s = s.sin() + x[i] * x[n] * s;
    }
    s * n as f64 + s
}

#[test]
fn a_bound_that_changes_inside_was_read_at_the_start() {
    check!(bound_changes_inside(&vec![0.3, 1.2, -0.8, 0.9]));
    check!(bound_changes_inside(&vec![]));
}

#[backprop]
fn bound_by_expression(x: &[f64], n: usize) -> f64 {
    let mut s = 0.5;
    for i in n / 2..(n * 3).min(x.len()) {
        s += x[i] * s;
    }
    s
}

#[test]
fn bounds_by_expression() {
    check!(bound_by_expression(&vec![0.3, 1.2, -0.8, 0.9], const 3));
    check!(bound_by_expression(&vec![0.3, 1.2, -0.8, 0.9], const 0));
}

#[backprop]
fn trip_count_by_active_value(x: f64) -> f64 {
    let mut count = 1;
    if x > 1.0 {
        count = 4;
    }
    let mut s = x;
    for _ in 0..count {
        s = s.sin() * x;
    }
    s
}

#[test]
fn the_number_of_trips_may_follow_from_a_comparison() {
    check!(trip_count_by_active_value(1.2));
    check!(trip_count_by_active_value(0.2));
}

#[backprop]
fn horner(coefficients: &[f64], x: f64) -> f64 {
    let mut y = 0.0;
    for i in (0..coefficients.len()).rev() {
        y = y * x + coefficients[i];
    }
    y
}

#[test]
fn a_polynomial_by_its_coefficients_and_its_argument() {
    check!(horner(&vec![1.0, -3.0, 0.5, 2.0], 1.7));
    check!(horner(&vec![1.0, -3.0, 0.5, 2.0], 0.0));
    check!(horner(&vec![1.0], 1.7));
    check!(horner(&vec![], 1.7));
}

#[backprop]
fn trapezoid(a: f64, b: f64, rate: f64, n: usize) -> f64 {
    let width = (b - a) / n as f64;
    let mut area = 0.5 * ((-rate * a * a).exp() + (-rate * b * b).exp());
    for i in 1..n {
        let x = a + i as f64 * width;
        area += (-rate * x * x).exp();
    }
    area * width
}

#[test]
fn an_integral_by_its_bounds_and_a_parameter() {
    check!(trapezoid(-0.5, 2.0, 0.8, const 16));
    check!(trapezoid(-0.5, 2.0, 0.8, const 1));
}

#[backprop]
fn damp(x: &[f64], a: f64) -> f64 {
    let mut s = 0.3;
    for i in 0..x.len() {
        if s > 1.0 {
            s = s * a;
        }
        s += x[i] * s.sin();
    }
    s
}

#[test]
fn carried_state_with_a_branch() {
    check!(damp(&vec![1.3, 2.1, 0.4, -0.7, 3.0, 0.1], 0.4));
    check!(damp(&vec![], 0.4));
}

#[backprop]
fn variable_of_the_last_iteration(x: &[f64]) -> f64 {
    let mut last = 0.0;
    let mut largest = x[0];
    for i in 0..x.len() {
        let square = x[i] * x[i];
        last = square;
        if square > largest {
            largest = square;
        }
    }
    last * largest
}

#[test]
fn only_the_last_of_many_assignments_counts() {
    check!(variable_of_the_last_iteration(&vec![0.3, 1.2, -1.8, 0.9]));
}

#[backprop]
fn nothing_to_reverse(mut x: f64, y: f64, n: usize) -> f64 {
    if y < 0.5 {
        x = x * y;
        for i in (0..n).step_by(2) {
            let _unused: f64 = y * i as f64;
        }
        for _ in (0..=n).rev() {}
    }
    for _ in (1..n).rev().step_by(3) {
        let _unused = x;
    }
    x
}

#[test]
fn a_loop_without_derivatives_beside_some_with() {
    check!(nothing_to_reverse(0.4, 0.3, const 5));
    check!(nothing_to_reverse(0.4, 0.7, const 5));
}

#[backprop]
fn two_loops_over_one_variable(x: f64, n: usize) -> f64 {
    let mut s = x;
    for _ in 0..n {
        s = s * s + 0.1;
    }
    let middle = s;
    for _ in 0..n {
        s = s.sin() + middle;
    }
    s * middle
}

#[test]
fn loops_after_each_other() {
    check!(two_loops_over_one_variable(0.4, const 3));
    check!(two_loops_over_one_variable(0.4, const 0));
}
