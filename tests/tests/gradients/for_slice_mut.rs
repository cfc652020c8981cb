//! `for` over slices, arrays and vectors by mutable reference.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn scaled(xs: &mut [f64], k: f64) {
    for x in xs.iter_mut() {
        *x *= k;
        *x += *x * *x;
    }
}

#[backprop]
fn enumerated(xs: &mut [f64], ys: &[f64]) {
    for (i, x) in xs.iter_mut().enumerate() {
        *x = ys[i] * x.sin() + i as f64 * *x;
    }
}

#[test]
fn elements_of_a_parameter() {
    check!(scaled(&mut vec![0.4, -1.2, 2.2], 0.7) -> ());
    check!(scaled(&mut vec![], 0.7) -> ());
    check!(enumerated(&mut vec![0.4, -1.2, 2.2], &vec![1.0, 0.2, -0.3]) -> ());
}

#[backprop]
fn local_buffers(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let mut w = [1.0, 2.0, 3.0];
    let mut s = 0.3;
    for a in &mut v {
        s += *a * *a;
        *a = s * a.cos();
    }
    for (i, a) in w.iter_mut().enumerate() {
        *a *= v[i] * s;
    }
    for i in 0..3 {
        s += w[i] * v[i];
    }
    s
}

#[test]
fn elements_of_local_buffers() {
    check!(local_buffers(&vec![0.4, -1.2, 2.2]));
}

#[backprop]
fn softmax(scores: &mut [f64]) {
    let mut total = 0.0;
    for score in scores.iter_mut() {
        *score = score.exp();
        total += *score;
    }
    for score in scores.iter_mut() {
        *score /= total;
    }
}

#[test]
fn a_softmax_in_place() {
    check!(softmax(&mut vec![0.4, -1.2, 2.2]) -> ());
}
