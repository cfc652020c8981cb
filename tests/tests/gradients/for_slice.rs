//! `for` over slices, arrays and vectors by shared reference, with patterns and `enumerate`.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn plain_reference(xs: &[f64]) -> f64 {
    let mut s = 0.5;
    for x in xs {
        s = s * x + x * *x - s.sin();
    }
    s
}

#[backprop]
fn reference_pattern(xs: &[f64]) -> f64 {
    let mut s = 0.5;
    for &x in xs {
        s = s * x + x * x - s.sin();
    }
    s
}

#[backprop]
fn by_iter(xs: &[f64]) -> f64 {
    let mut s = 0.5;
    for x in xs.iter() {
        s = s * x.sin() + x.powi(2);
    }
    for &x in xs.iter() {
        s += x * s;
    }
    s
}

#[test]
fn each_spelling_over_a_slice() {
    for xs in [vec![0.4, -1.2, 2.2], vec![0.7], vec![]] {
        check!(plain_reference(&xs));
        check!(reference_pattern(&xs));
        check!(by_iter(&xs));
    }
}

#[backprop]
fn enumerated(xs: &[f64], ys: &[f64]) -> f64 {
    let mut s = 0.0;
    for (i, x) in xs.iter().enumerate() {
        s += x * ys[i] * (i + 1) as f64;
    }
    for (i, &x) in xs.iter().enumerate() {
        s *= x + ys[xs.len() - 1 - i];
    }
    s
}

#[test]
fn enumerate_with_both_patterns() {
    check!(enumerated(&vec![0.4, -1.2, 2.2], &vec![1.0, 0.3, -0.6]));
    check!(enumerated(&vec![], &vec![]));
}

#[backprop]
fn backwards(xs: &[f64]) -> f64 {
    let mut s = 0.5;
    for x in xs.iter().rev() {
        s = s * x + s.cos();
    }
    for (i, x) in xs.iter().enumerate().rev() {
        s = s * x + i as f64 * s.sin();
    }
    s
}

#[test]
fn a_slice_from_its_end() {
    check!(backwards(&vec![0.4, -1.2, 2.2]));
    check!(backwards(&vec![]));
}

#[backprop]
fn over_arrays(w: [f64; 3], v: &[f64; 2]) -> f64 {
    let mut s = 1.0;
    for a in &w {
        for b in v {
            s = s * a.cos() + b * a;
        }
    }
    for a in w.iter() {
        s -= a * s;
    }
    let local = [s, w[0], v[1]];
    for a in &local {
        s += a * a;
    }
    s
}

#[test]
fn over_arrays_by_value_by_reference_and_local() {
    check!(over_arrays([0.4, -1.2, 2.2], &[0.9, -0.3]));
}

#[backprop]
fn over_vectors(w: Vec<f64>, x: f64) -> f64 {
    let doubled = vec![2.0 * x; w.len()];
    let mut s = x;
    for a in &w {
        s += a * a * s;
    }
    for (i, a) in doubled.iter().enumerate() {
        s += a * w[i];
    }
    s
}

#[test]
fn over_vectors_by_reference() {
    check!(over_vectors(vec![0.4, -1.2, 2.2], 0.6));
    check!(over_vectors(vec![], 0.6));
}

#[backprop]
fn over_part(xs: &[f64], n: usize) -> f64 {
    let mut s = 1.0;
    for x in &xs[n..] {
        s += x * x * s;
    }
    for (i, x) in xs[..n].iter().enumerate() {
        s *= x + i as f64;
    }
    for &x in &xs[1..=n] {
        s += x.sin();
    }
    s
}

#[test]
fn over_sub_slices() {
    let xs = vec![0.4, -1.2, 2.2, 0.7];
    for n in 0..4 {
        check!(over_part(&xs, const n));
    }
}

#[backprop]
fn over_rows(rows: &[[f64; 2]]) -> f64 {
    let mut s = 1.0;
    for row in rows {
        s += row[0] * row[1] * s;
        for v in row {
            s += v * v;
        }
    }
    for [a, b] in rows {
        s += a / (b * b + 1.0);
    }
    for (i, &[a, b]) in rows.iter().enumerate() {
        s += a * b * i as f64;
    }
    s
}

#[test]
fn over_rows_and_their_elements() {
    check!(over_rows(&vec![[0.4, -1.2], [2.2, 0.7], [0.1, 0.2]]));
    check!(over_rows(&vec![]));
}

#[backprop]
fn over_pairs(pairs: &[(f64, f64)]) -> f64 {
    let mut s = 0.0;
    for (x, y) in pairs {
        s += x * y * y;
    }
    for &(x, y) in pairs {
        s += x / y;
    }
    for pair in pairs {
        s *= pair.0 - pair.1;
    }
    s
}

#[test]
fn over_tuples() {
    check!(over_pairs(&vec![(0.4, -1.2), (2.2, 0.7)]));
}

#[backprop]
fn over_integers(x: &[f64], indices: &[usize], signs: [i32; 3]) -> f64 {
    let mut s = 1.0;
    for &i in indices {
        s = s * x[i] + x[i].sin();
    }
    for (k, i) in indices.iter().enumerate() {
        s += x[*i] * k as f64 * s;
    }
    for sign in &signs {
        s += *sign as f64 * s * s;
    }
    for sign in signs {
        s -= f64::from(sign) * x[0];
    }
    s
}

#[test]
fn over_indices() {
    check!(over_integers(&vec![0.4, -1.2, 0.9], const &[2, 0, 2, 1, 2][..], const [1, -1, 1]));
    check!(over_integers(&vec![0.4, -1.2, 0.9], const &[][..], const [0, 0, 0]));
}

#[backprop]
fn over_data(w: f64, #[constant] data: &[f64]) -> f64 {
    let mut loss = 0.0;
    for &d in data {
        let e = w * d - 1.0;
        loss += e * e;
    }
    for (i, d) in data.iter().enumerate() {
        loss += w * d * i as f64;
    }
    loss
}

#[test]
fn over_constant_data() {
    check!(over_data(0.7, const &[1.0, 2.5, -0.5][..]));
    check!(over_data(0.7, const &[][..]));
}

#[backprop]
fn log_sum_exp(xs: &[f64]) -> f64 {
    let mut largest = f64::NEG_INFINITY;
    for &x in xs {
        largest = largest.max(x);
    }
    let mut sum = 0.0;
    for &x in xs {
        sum += (x - largest).exp();
    }
    largest + sum.ln()
}

#[test]
fn a_stable_sum_of_exponentials() {
    check!(log_sum_exp(&vec![0.4, -1.2, 2.2]));
    check!(log_sum_exp(&vec![0.4]));
    assert_eq!(log_sum_exp::value_and_grad(&[900.0, -900.0]), (900.0, vec![1.0, 0.0]));
}

#[backprop]
fn variance(xs: &[f64]) -> f64 {
    let n = xs.len() as f64;
    let mut mean = 0.0;
    for x in xs {
        mean += x;
    }
    mean /= n;
    let mut sum = 0.0;
    for x in xs {
        sum += (x - mean).powi(2);
    }
    sum / (n - 1.0)
}

#[test]
fn a_variance_in_two_passes() {
    check!(variance(&vec![0.4, -1.2, 2.2, 0.9]));
}

#[backprop]
fn elements_changed_after(xs: &mut [f64]) -> f64 {
    let mut s = 1.0;
    for x in xs.iter() {
        s += x * x * s;
    }
    for i in 0..xs.len() {
        xs[i] = xs[i] * s;
    }
    for x in &*xs {
        s -= x * x;
    }
    s
}

#[test]
fn elements_that_are_overwritten_after_the_loop() {
    check!(elements_changed_after(&mut vec![0.4, -1.2, 0.9]));
    check!(elements_changed_after(&mut vec![]));
}
