//! `for` over parts of a slice: chunks and windows.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn chunked(x: &[f64], n: usize) -> f64 {
    let mut s = 0.5;
    for chunk in x.chunks(n) {
        s = s * chunk[0] + chunk.len() as f64 * s.sin();
        for v in chunk {
            s += v * v * s;
        }
    }
    for chunk in x.chunks(2) {
        let mut product = 1.0;
        for i in 0..chunk.len() {
            product *= chunk[i];
        }
        s += product;
    }
    s
}

#[backprop]
fn exactly(x: &[f64], n: usize) -> f64 {
    let mut s = 0.5;
    for chunk in x.chunks_exact(3) {
        s += chunk[0] * chunk[1] - chunk[2] * s;
    }
    for (i, chunk) in x.chunks_exact(n).enumerate() {
        s *= 1.0 + chunk[n - 1] * i as f64;
    }
    s
}

#[backprop]
fn windowed(x: &[f64], n: usize) -> f64 {
    let mut s = 0.0;
    for pair in x.windows(2) {
        s += (pair[1] - pair[0]).powi(2);
    }
    for window in x.windows(n) {
        let mut sum = 0.0;
        for v in window {
            sum += v * s;
        }
        s += sum * window[n - 1];
    }
    s
}

#[test]
fn lengths_that_divide_and_that_do_not() {
    let x = [0.4, -1.2, 0.9, 0.3, 0.8, -0.2, 0.5];
    for length in 0..=x.len() {
        for n in 1..=4 {
            check!(chunked(&x[..length].to_vec(), const n));
            check!(exactly(&x[..length].to_vec(), const n));
            check!(windowed(&x[..length].to_vec(), const n));
        }
    }
    check!(chunked(&x.to_vec(), const usize::MAX));
    check!(exactly(&x.to_vec(), const usize::MAX));
    check!(windowed(&x.to_vec(), const usize::MAX));
}

#[backprop]
fn changed(x: &mut [f64], k: f64, n: usize) -> f64 {
    let mut s = 0.2;
    for chunk in x.chunks_mut(n) {
        let first = chunk[0];
        for v in chunk.iter_mut() {
            *v *= first * k;
        }
        chunk[0] = s * first.sin();
        s += first;
    }
    for chunk in x.chunks_exact_mut(2) {
        chunk.swap(0, 1);
        chunk[0] *= chunk[1];
        s += chunk[0];
    }
    for chunk in x.chunks_mut(3).rev() {
        chunk[0] *= s;
        s += chunk[chunk.len() - 1];
        chunk.fill(s);
    }
    s
}

#[test]
fn chunks_that_change() {
    let x = [0.4, -1.2, 0.9, 0.3, 0.8];
    for length in 0..=x.len() {
        for n in 1..=3 {
            check!(changed(&mut x[..length].to_vec(), 0.7, const n));
        }
    }
}

#[backprop]
fn matrix(w: &[f64], x: &[f64], out: &mut [f64]) {
    for (row, o) in w.chunks_exact(x.len()).zip(out.iter_mut()) {
        let mut sum = 0.0;
        for (a, b) in row.iter().zip(x) {
            sum += a * b;
        }
        *o = sum.tanh() * *o;
    }
}

#[backprop]
fn filtered(x: &[f64], kernel: &[f64], out: &mut [f64]) {
    for (o, window) in out.iter_mut().zip(x.windows(kernel.len())) {
        *o = 0.0;
        for (a, b) in window.iter().zip(kernel) {
            *o += a * b;
        }
    }
}

#[backprop]
fn layers(x: &[f64], w: &[f64], v: &[f64]) -> f64 {
    let mut hidden = vec![1.0; 2];
    matrix(w, x, &mut hidden);
    let mut out = vec![0.0; 2];
    filtered(&hidden, v, &mut out);
    let mut s = 0.0;
    for (i, o) in out.iter().enumerate() {
        s += o * (i + 1) as f64;
    }
    s
}

#[test]
fn products_and_filters() {
    let w = vec![0.4, -1.2, 0.9, 0.3, 0.8, -0.2, 0.5];
    check!(matrix(&w, &vec![0.5, 1.1, -0.4], &mut vec![0.3, 0.6]) -> ());
    check!(matrix(&w, &vec![0.5, 1.1], &mut vec![0.3, 0.6, 0.1, 0.4, 0.9]) -> ());
    check!(filtered(&w, &vec![0.5, 1.1, -0.4], &mut vec![0.3; 5]) -> ());
    check!(filtered(&w, &vec![0.5, 1.1, -0.4], &mut vec![0.3; 7]) -> ());
    check!(layers(&vec![0.5, 1.1, -0.4], &w, &vec![0.6, 0.2]));
    check!(layers(&vec![0.5, 1.1, -0.4], &w, &vec![0.6]));
}

#[backprop]
fn energy(part: &[f64], k: f64) -> f64 {
    let mut s = 0.0;
    for v in part {
        s += v * v * k;
    }
    s
}

#[backprop]
fn soften(part: &mut [f64]) {
    for v in part {
        *v = v.tanh();
    }
}

#[backprop]
fn parts_in_calls(x: &mut [f64], n: usize) -> f64 {
    let mut s = 0.3;
    for part in x.chunks(n) {
        s += energy(part, s);
    }
    for part in x.chunks_mut(n) {
        soften(part);
        s += energy(&part[1..], 0.5) * part[0];
    }
    s
}

#[test]
fn parts_that_are_passed_to_calls() {
    let x = [0.4, -1.2, 0.9, 0.3, 0.8];
    for length in 0..=x.len() {
        for n in 1..=3 {
            check!(parts_in_calls(&mut x[..length].to_vec(), const n));
        }
    }
}

#[backprop]
fn left_early(x: &[f64], n: usize, #[constant] limit: f64) -> f64 {
    let mut s = 0.1;
    for (i, chunk) in x.chunks(n).enumerate().rev() {
        if chunk.len() < n {
            s += chunk[0] * s;
            continue;
        }
        for window in chunk.windows(2) {
            if s > limit {
                return s * window[0];
            }
            s += window[0] * window[1] * (i + 1) as f64;
        }
        if chunk[0] < 0.0 {
            break;
        }
        s += chunk[n - 1];
    }
    s
}

#[test]
fn chunks_that_are_left_early() {
    let x = [0.4, -1.2, 0.9, 0.3, 0.8, -0.2, 0.5];
    for length in 0..=x.len() {
        for n in 1..=3 {
            for limit in [-1.0, 0.2, 0.5, 9.0] {
                check!(left_early(&x[..length].to_vec(), const n, const limit));
            }
        }
    }
}

#[backprop]
fn of_vectors(v: Vec<f64>, x: f64, n: usize) -> f64 {
    let mut w = vec![x; n];
    let mut s = x;
    for (part, k) in w.chunks_mut(2).zip(v.windows(2)) {
        part[0] *= k[0] * k[1];
        s += part[0];
    }
    for part in w.chunks(3) {
        s *= part[0];
    }
    w = vec![s];
    for part in w.chunks(3) {
        s += part[0] * s;
    }
    s
}

#[backprop]
fn of_rows(m: &[[f64; 2]]) -> f64 {
    let mut s = 0.1;
    for pair in m.windows(2) {
        let [a, b] = pair[0];
        s += a * pair[1][0] + b * pair[1][1] * s;
    }
    for part in m.chunks(2) {
        for [a, b] in part {
            s += a * b;
        }
        for row in part {
            for v in row {
                s += v * s;
            }
        }
    }
    s
}

#[test]
fn of_vectors_and_of_rows() {
    for n in 0..6 {
        check!(of_vectors(vec![0.7, 0.1, 0.4], 0.6, const n));
    }
    check!(of_rows(&vec![[0.4, -1.2], [0.9, 0.3], [0.8, -0.2]]));
    check!(of_rows(&vec![[0.4, -1.2]]));
    check!(of_rows(&vec![]));
}

#[test]
fn a_size_of_zero_panics_as_it_does_in_the_function() {
    fn message(run: impl FnOnce() -> f64) -> String {
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).expect_err("it panics");
        let text = panic.downcast_ref::<String>().cloned();
        text.or(panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).expect("a panic has a text")
    }
    let x = [0.4, 0.9];
    assert_eq!(message(|| chunked(&x, 0)), message(|| chunked::grad(&x, 0)[0]));
    assert_eq!(message(|| windowed(&x, 0)), message(|| windowed::grad(&x, 0)[0]));
}

#[backprop]
fn moved_as_a_whole(a: &mut [f64], b: &[f64]) {
    for (c, d) in a.chunks_mut(2).zip(b.chunks(2)) {
        c.copy_from_slice(d);
        c.swap(0, 1);
        c[0] *= c[1];
    }
    for c in a.chunks_exact_mut(2) {
        c.fill(b[0] * b[1]);
    }
}

#[test]
fn chunks_that_are_changed_as_a_whole() {
    let x = vec![0.4, 0.7, -0.3, 0.2];
    check!(moved_as_a_whole(&mut x.clone(), &x) -> ());
}
