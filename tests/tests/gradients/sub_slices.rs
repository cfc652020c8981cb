//! Parts of slices: `&w[i..j]`, `&mut out[i..j]`, bound to a name or handed to a call.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn named_row(w: &[f64], x: &[f64]) -> f64 {
    let d = x.len();
    let mut total = 0.0;
    for i in 0..w.len() / d {
        let row = &w[i * d..(i + 1) * d];
        let mut s = 0.0;
        for j in 0..d {
            s += row[j] * x[j];
        }
        total += s * s;
    }
    total
}

#[test]
fn a_row_with_a_name() {
    check!(named_row(&vec![0.4, -0.3, 1.2, 0.8, -0.7, 0.1], &vec![1.0, -2.0]));
}

#[backprop]
fn every_range(x: &[f64], i: usize, j: usize) -> f64 {
    let a = &x[i..j];
    let b = &x[..i];
    let c = &x[j..];
    let d = &x[..];
    let e = &x[i..=j];
    let mut s = 1.0;
    for k in 0..a.len() {
        s += a[k] * s;
    }
    for v in b {
        s *= v;
    }
    for v in c.iter() {
        s += v * v;
    }
    s * d[0] + e[e.len() - 1] * d[d.len() - 1]
}

#[test]
fn every_kind_of_range() {
    let x = vec![0.4, -0.3, 1.2, 0.8, -0.7];
    check!(every_range(&x, const 1, const 3));
    check!(every_range(&x, const 0, const 4));
    check!(every_range(&x, const 2, const 2));
}

#[backprop]
fn part_of_a_part(x: &[f64]) -> f64 {
    let middle = &x[1..x.len() - 1];
    let inner = &middle[1..];
    let mut s = 0.0;
    for (i, v) in inner.iter().enumerate() {
        s += v * middle[i] * x[i];
    }
    s
}

#[test]
fn a_part_of_a_part() {
    check!(part_of_a_part(&vec![0.4, -0.3, 1.2, 0.8, -0.7]));
}

#[backprop]
fn mutable_part(out: &mut [f64], x: &[f64]) {
    let n = x.len();
    let low = &mut out[..n];
    for i in 0..n {
        low[i] = low[i] * x[i];
    }
    let high = &mut out[n..];
    for i in 0..high.len() {
        high[i] += x[i % n] * high[i];
    }
    for i in 0..out.len() {
        out[i] *= out[0];
    }
}

#[test]
fn a_mutable_part_with_a_name() {
    check!(mutable_part(&mut vec![0.4, -0.3, 1.2, 0.8, -0.7], &vec![1.5, 0.6]) -> ());
}

#[backprop]
fn parts_of_locals(x: f64) -> f64 {
    let mut v = vec![x; 6];
    let mut w = [1.0, x, x * x];
    let part = &mut v[2..5];
    part[0] = w[1] * x;
    part[2] *= part[0];
    let tail = &mut w[1..];
    tail[1] += x;
    tail[0] *= tail[1];
    let both = &v[1..4];
    both[0] * both[1] + w[1] * v[4]
}

#[test]
fn parts_of_local_buffers() {
    check!(parts_of_locals(1.3));
}

#[backprop]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..a.len() {
        s += a[i] * b[i];
    }
    s
}

#[backprop]
fn scale(v: &mut [f64], k: f64) {
    for i in 0..v.len() {
        v[i] *= k;
    }
}

#[backprop]
fn handed_to_calls(w: &[f64], x: &[f64]) -> f64 {
    let d = x.len();
    let rows = w.len() / d;
    let mut out = vec![0.0; rows + 1];
    for i in 0..rows {
        out[i] = dot(&w[i * d..(i + 1) * d], x);
        scale(&mut out[..i], x[0]);
    }
    dot(&out[..rows], &out[1..]) + dot(&w[..d], &w[w.len() - d..])
}

#[test]
fn parts_handed_to_calls() {
    check!(handed_to_calls(&vec![0.4, -0.3, 1.2, 0.8, -0.7, 0.1], &vec![1.0, -2.0]));
    check!(handed_to_calls(&vec![0.4, -0.3], &vec![1.0, -2.0]));
}

#[backprop]
fn layers(parameters: &[f64], x: &[f64], hidden: usize) -> f64 {
    let d = x.len();
    let w1 = &parameters[..hidden * d];
    let rest = &parameters[hidden * d..];
    let b1 = &rest[..hidden];
    let w2 = &rest[hidden..2 * hidden];
    let mut y = rest[2 * hidden];
    for h in 0..hidden {
        let a = dot(&w1[h * d..][..d], x) + b1[h];
        y += w2[h] * a.tanh();
    }
    y
}

#[test]
fn one_flat_parameter_vector_cut_into_layers() {
    let parameters: Vec<f64> = (0..13).map(|i| f64::from(i * 5 % 7) * 0.2 - 0.5).collect();
    check!(layers(&parameters, &vec![0.8, -1.1], const 3));
}
