//! `?` on `Option` and `Result`, and their results.

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
fn chain(a: f64, b: f64) -> Option<f64> {
    let q = safe_div(a, b)?;
    let r = safe_div(q, a + b)?;
    Some(q * r)
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
fn both(a: f64, b: f64) -> Result<f64, String> {
    let n: f64 = "2.5".parse::<f64>().map_err(|e| e.to_string())?;
    let x = solve(a, b)?;
    let y = solve(a * n, b)?;
    Ok(x * y)
}

#[backprop]
fn use_res(x: &[f64]) -> f64 {
    let u = solve(x[0], x[1]).unwrap();
    let w = both(x[0], x[1]).expect("roots");
    match both(x[0], x[2]) {
        Ok(v) => v * u * w,
        Err(_) => u * w,
    }
}

#[test]
fn results_are_unwrapped_and_matched() {
    check!(use_res(&vec![-3.0, 1.0, 2.0]));
    check!(use_res(&vec![-3.0, 1.0, 3.0]));
}

#[test]
fn a_function_returns_an_option() {
    check!(chain(1.0, 2.0) -> _);
    check!(chain(1.0, 0.0) -> _);
}

#[backprop]
fn errs(a: f64, b: f64) -> Result<f64, std::fmt::Error> {
    let q = safe_div(a, b).ok_or(std::fmt::Error)?;
    let s = solve(-q - 5.0, 1.0).map_err(|_e| std::fmt::Error)?;
    if q.is_nan() {
        return Err(std::fmt::Error);
    }
    Ok(s * q)
}

#[backprop]
fn use_errs(x: &[f64]) -> f64 {
    match errs(x[0], x[1]) {
        Ok(v) => v * x[0],
        Err(_) => x[1],
    }
}

#[test]
fn errors_are_converted_and_left_alone() {
    check!(use_errs(&vec![-3.3, 2.0]));
    check!(use_errs(&vec![-3.3, 0.0]));
}
