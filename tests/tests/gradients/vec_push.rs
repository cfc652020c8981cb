//! Vectors that grow.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn mapped(x: &[f64], k: f64) -> Vec<f64> {
    let mut out = Vec::with_capacity(x.len());
    for v in x {
        out.push(v.sin() * k);
    }
    out
}

#[test]
fn a_result_is_pushed_together() {
    check!(mapped(&vec![0.3, 0.9, -0.4], 1.2) -> _);
    check!(mapped(&vec![], 1.2) -> _);
}

#[backprop]
fn history(x: f64, n: usize) -> f64 {
    let mut states = vec![x];
    for i in 0..n {
        let last = states[i];
        if last > 4.0 {
            break;
        }
        states.push(last * x + states[0].cos());
    }
    let mut sum = 0.0;
    for (i, s) in states.iter().enumerate() {
        sum += s * s * i as f64;
    }
    sum * states[states.len() - 1]
}

#[test]
fn earlier_elements_are_read_while_it_grows() {
    check!(history(0.9, const 5));
    check!(history(1.9, const 9));
    check!(history(0.9, const 0));
}

#[backprop]
fn pairs(x: &[f64]) -> f64 {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for i in 0..x.len() {
        let mut row = Vec::new();
        for j in 0..i {
            row.push(x[i] * x[j]);
        }
        row.push(2.0);
        rows.push(row);
    }
    let mut total = 0.0;
    for row in &rows {
        let mut product = 1.0;
        for v in row {
            product *= v + 1.0;
        }
        total += product;
    }
    total
}

#[test]
fn rows_of_growing_length() {
    check!(pairs(&vec![0.3, 0.9, -0.4]));
    check!(pairs(&vec![]));
}

#[backprop]
fn overwritten(x: f64, n: usize) -> f64 {
    let mut v = Vec::new();
    let mut s = 0.0;
    for i in 0..n {
        v.push(x * i as f64);
        for e in v.iter_mut() {
            *e = *e * *e + x;
        }
        for e in &v {
            s += e.sin();
        }
    }
    s
}

#[test]
fn elements_are_overwritten_while_it_grows() {
    check!(overwritten(0.4, const 3));
    check!(overwritten(0.4, const 0));
}

#[backprop]
fn grows(out: &mut Vec<f64>, x: f64) -> f64 {
    let s = out[0] * x;
    out.push(s * x);
    out.push(3.0);
    s * out[1]
}

#[backprop]
fn grown(x: f64) -> f64 {
    let mut v = vec![x, x * x];
    let s = grows(&mut v, x);
    s * v[2] * v[3]
}

#[test]
fn a_callee_pushes() {
    check!(grown(0.8));
}
