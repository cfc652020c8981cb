//! Methods of `Option` and `Result`.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn safe_div(a: f64, b: f64) -> Option<f64> {
    if b.abs() < 1e-2 {
        return None;
    }
    Some(a / b)
}

#[backprop]
fn solve(a: f64, b: f64) -> Result<f64, String> {
    let disc = a * a - 4.0 * b;
    if disc < 0.0 {
        return Err(format!("no root: {disc}"));
    }
    let r = disc.sqrt();
    if r > 100.0 { Err("big".to_string()) } else { Ok((r - a) / 2.0) }
}

#[backprop]
fn methods(x: &[f64]) -> f64 {
    let a = x.get(3).copied().unwrap_or(x[0] * 2.0);
    let b = safe_div(x[0], x[1]).unwrap_or(1.0);
    let c = safe_div(x[0], x[1]).unwrap_or_else(|| x[2].sin());
    let d = x.first().map_or(0.0, |v| v * v);
    let o: Option<f64> = safe_div(x[1], x[0]);
    let e = o.map(|q| q * q + 1.0).and_then(|q| safe_div(q, x[2])).unwrap_or_default();
    let f = x.last().map(|v| v.exp()).unwrap_or(0.0);
    let r: Result<f64, String> = solve(x[0], x[1]);
    let h = r.ok().unwrap_or(x[2]);
    a * b + c * d + e + f * h
}

#[test]
fn methods_with_closures_are_matches() {
    check!(methods(&vec![0.3, 2.0, 1.5]));
    check!(methods(&vec![-3.3, 2.0, 1.5, 2.5]));
}
