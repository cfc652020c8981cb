//! `for` over slices through `enumerate`, `rev`, `skip`, `take`, `step_by`, `copied`, in all orders.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn skipped(x: &[f64], n: usize) -> f64 {
    let mut s = 0.5;
    for v in x.iter().skip(n) {
        s += v * v * s;
    }
    for (i, v) in x.iter().enumerate().skip(n) {
        s = s * v + i as f64 * s.cos();
    }
    for (i, v) in x.iter().skip(n).enumerate() {
        s += v * x[i] * s;
    }
    for v in x.iter().skip(n).rev() {
        s = s * v + s.sin();
    }
    for v in x.iter().rev().skip(n) {
        s = s * v + s.sin();
    }
    s
}

#[backprop]
fn taken(x: &[f64], n: usize) -> f64 {
    let mut s = 0.5;
    for v in x.iter().take(n) {
        s += v * v * s;
    }
    for (i, v) in x.iter().enumerate().take(n) {
        s = s * v + i as f64 * s.cos();
    }
    for &v in x.iter().rev().take(n) {
        s += v.sin() * s;
    }
    for v in x.iter().take(n).rev() {
        s = s * v + s.sin();
    }
    for v in x.iter().skip(1).take(n) {
        s = s * v + 0.3;
    }
    for v in x.iter().take(n).skip(1) {
        s = s * v + 0.3;
    }
    s
}

#[backprop]
fn stepped(x: &[f64], n: usize) -> f64 {
    let mut s = 0.5;
    for v in x.iter().step_by(n + 1) {
        s += v * v * s;
    }
    for (i, v) in x.iter().enumerate().step_by(2) {
        s = s * v + i as f64 * s.cos();
    }
    for (i, v) in x.iter().step_by(2).enumerate() {
        s = s * v + i as f64 * s.cos();
    }
    for v in x.iter().rev().step_by(2) {
        s = s * v + s.sin();
    }
    for v in x.iter().step_by(n + 1).rev() {
        s = s * v + s.sin();
    }
    for v in x.iter().skip(n).step_by(2) {
        s = s * v + s.sin();
    }
    s
}

#[backprop]
fn turned(x: &[f64]) -> f64 {
    let mut s: f64 = 0.5;
    for (i, v) in x.iter().rev().enumerate() {
        s = s * v + x[i] * s.sin();
    }
    for v in x.iter().rev().rev() {
        s = s * v + s.cos();
    }
    for (i, v) in x.iter().rev().enumerate().rev() {
        s = s * v + i as f64;
    }
    for (i, (j, v)) in x.iter().enumerate().rev().enumerate() {
        s = s * v + i as f64 * x[j];
    }
    s
}

#[backprop]
fn by_value(x: &[f64]) -> f64 {
    let mut s = 0.5;
    for v in x.iter().copied() {
        s += v * s;
    }
    for (i, v) in x.iter().copied().enumerate() {
        s = s * v + i as f64;
    }
    for v in x.iter().rev().cloned() {
        s = s * v + s.sin();
    }
    for v in x.iter().skip(1).copied().rev() {
        s = s * v + s.cos();
    }
    for v in x.iter().cloned().step_by(2).take(2) {
        s = s * v + s.cos();
    }
    s
}

#[test]
fn each_adaptor_at_each_number() {
    let x = [0.4, -1.2, 0.9, 0.3, 0.8];
    for length in 0..=x.len() {
        let x = x[..length].to_vec();
        check!(turned(&x));
        check!(by_value(&x));
        for n in 0..=4 {
            check!(skipped(&x, const n));
            check!(taken(&x, const n));
            check!(stepped(&x, const n));
        }
        check!(skipped(&x, const usize::MAX));
        check!(taken(&x, const usize::MAX));
    }
}

#[backprop]
fn of_pairs(x: &[f64], y: &[f64], n: usize) -> f64 {
    let mut s = 0.4;
    for (a, b) in x.iter().zip(y).rev() {
        s = s * a + b.sin();
    }
    for (a, b) in x.iter().skip(n).zip(y.iter().rev().take(3)) {
        s = s * a + b * s.cos();
    }
    for (a, (i, b)) in x.iter().zip(y.iter().enumerate().skip(n)) {
        s += a * b * i as f64;
    }
    for ((i, a), b) in x.iter().enumerate().zip(y).step_by(2) {
        s += a * b * i as f64;
    }
    for (i, (a, b)) in x.iter().zip(y).enumerate().skip(n).rev() {
        s = s * a + b * i as f64;
    }
    s
}

#[test]
fn adaptors_of_pairs() {
    let (x, y) = ([0.4, -1.2, 0.9, 0.3], [0.7, 0.1, -0.3, 0.6]);
    for (left, right) in [(0, 0), (4, 4), (2, 4), (4, 1), (3, 2), (0, 3)] {
        for n in 0..4 {
            check!(of_pairs(&x[..left].to_vec(), &y[..right].to_vec(), const n));
        }
    }
}

#[backprop]
fn changed(x: &mut [f64], k: f64, n: usize) -> f64 {
    let mut s = 0.2;
    for v in x.iter_mut().skip(n) {
        *v *= k + s;
        s += *v;
    }
    for (i, v) in x.iter_mut().enumerate().rev().step_by(2) {
        *v = v.sin() * i as f64;
        s += *v * s;
    }
    for v in x.iter_mut().rev().take(n) {
        *v += s;
        s *= *v;
    }
    s
}

#[test]
fn elements_that_change() {
    let x = [0.4, -1.2, 0.9, 0.3];
    for length in 0..=x.len() {
        for n in 0..=3 {
            check!(changed(&mut x[..length].to_vec(), 0.7, const n));
        }
    }
}

#[backprop]
fn ranges(x: &[f64], n: usize) -> f64 {
    let mut s = 0.2;
    for (k, i) in (1..n).enumerate() {
        s += x[i] * x[k] * s;
    }
    for (k, i) in (0..n).rev().enumerate() {
        s += x[i] * k as f64;
    }
    s
}

#[test]
fn ranges_that_are_counted() {
    for n in 0..=3 {
        check!(ranges(&vec![0.4, -1.2, 0.9], const n));
    }
}

fn next(count: &mut usize) -> usize {
    *count += 1;
    *count
}

#[backprop]
fn numbers_with_effects(x: &[f64]) -> f64 {
    let mut s = 0.2;
    let mut count = 0;
    for v in x.iter().skip(next(&mut count)) {
        s += v * s;
    }
    for v in x[next(&mut count)..].iter().take(next(&mut count)) {
        s += v * v;
    }
    s + count as f64
}

#[test]
fn numbers_are_evaluated_once() {
    check!(numbers_with_effects(&vec![0.4, -1.2, 0.9, 0.3]));
}

#[backprop]
fn left_early(x: &[f64], n: usize, #[constant] limit: f64) -> f64 {
    let mut s = 0.1;
    for (i, v) in x.iter().enumerate().skip(n).step_by(2) {
        if s > limit {
            break;
        }
        s += v * (i + 1) as f64;
    }
    'outer: for (i, v) in x.iter().rev().enumerate().rev() {
        for w in x.iter().take(i).rev() {
            if s > limit {
                continue 'outer;
            }
            s += v * w;
        }
        if *v < 0.0 {
            break;
        }
        s *= v;
    }
    for v in x.iter().rev().skip(n) {
        if s < -limit {
            return v * s;
        }
        s -= v * v;
    }
    s
}

#[test]
fn adaptors_that_are_left_early() {
    let x = [0.4, -1.2, 0.9, 0.3, 0.8];
    for length in 0..=x.len() {
        for n in 0..=2 {
            for limit in [0.05, 0.4, 9.0] {
                check!(left_early(&x[..length].to_vec(), const n, const limit));
            }
        }
    }
}

#[backprop]
fn changing(xs: &[f64], mut n: usize) -> f64 {
    let mut s = 0.3;
    for c in xs.chunks(n) {
        n += 1;
        s += c[0] * n as f64 * s;
    }
    for x in xs.iter().take(n).skip(n / 3) {
        n = 0;
        s *= x + n as f64;
    }
    let mut v = vec![s];
    let mut i = 0;
    while i < 3 {
        for (a, b) in v.iter_mut().zip(xs).rev() {
            *a += b * s;
            s += *a;
        }
        for (a, b) in v.iter().zip(xs.iter().step_by(i + 1)) {
            s += a * b;
        }
        v.push(s);
        if s > 3.0 {
            v = vec![s, 0.5];
        }
        i += 1;
    }
    s
}

#[backprop]
fn doubled(x: &[f64]) -> Vec<f64> {
    let mut v = x.to_vec();
    for a in v.iter_mut() {
        *a *= 2.0;
    }
    v
}

#[backprop]
fn of_calls(x: &[f64], y: &[f64]) -> f64 {
    let mut s = 0.2;
    for (a, b) in x.iter().zip(doubled(y).iter()) {
        s += a * b * s;
    }
    for (a, b) in x.iter().zip(&doubled(y)) {
        s += a * b * s;
    }
    for a in &doubled(y) {
        s *= a;
    }
    for a in x.to_vec() {
        s += a * s;
    }
    for a in x.to_vec().iter_mut() {
        *a *= s;
        s += *a;
    }
    for (a, b) in (&x[1..]).iter().zip((*y).iter()) {
        s += a * b;
    }
    let v = x.to_vec();
    for a in v.as_slice().iter().skip(1) {
        s += a * s;
    }
    for a in v.clone() {
        s += a * s;
    }
    s
}

#[test]
fn numbers_and_lengths_that_change_later() {
    for n in 1..4 {
        check!(changing(&vec![0.4, 0.7, -0.3, 0.2], const n));
    }
}

#[test]
fn values_of_calls_and_copies() {
    check!(of_calls(&vec![0.4, 0.7, -0.3], &vec![0.3, 0.8]));
}
