//! `Option` with active payloads: made, matched, changed in place, in arrays, kept from trip to trip.

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
fn first_or(x: &[f64]) -> f64 {
    let a = match x.get(1) {
        Some(v) => v * v,
        None => 3.0,
    };
    let b = if let Some(v) = x.first() { *v * 2.0 } else { 1.0 };
    let c = if let Some(&v) = x.last() { v.sin() } else { 0.5 };
    let d = match x.get(2).copied() {
        Some(v) if v > 0.0 => v.ln(),
        Some(v) => v,
        None => x[0],
    };
    a * b + c * d
}

#[test]
fn an_element_that_may_be_missing_is_matched() {
    check!(first_or(&vec![1.0, 2.0, 3.0]));
    check!(first_or(&vec![1.0]));
    check!(first_or(&vec![1.0, 2.0, -3.0]));
}

#[backprop]
fn chain(a: f64, b: f64) -> Option<f64> {
    let q = safe_div(a, b)?;
    let r = safe_div(q, a + b)?;
    Some(q * r)
}

#[backprop]
fn over_pairs(x: &[f64]) -> f64 {
    let mut total = 0.0;
    for i in 0..x.len() {
        let q = safe_div(x[i], x[(i + 1) % x.len()]);
        if let Some(v) = q {
            total += v * v;
        } else {
            total += x[i];
        }
    }
    match chain(x[0], x[1]) {
        Some(c) => total * c,
        None => total,
    }
}

#[test]
fn what_a_call_may_give_is_matched() {
    check!(over_pairs(&vec![1.0, 2.0, 3.0]));
    check!(over_pairs(&vec![1.0, 0.5, 3.0, 4.0]));
    check!(over_pairs(&vec![2.0, 0.0]));
}

#[backprop]
fn best(x: &[f64]) -> f64 {
    let mut best: Option<f64> = None;
    for i in 0..x.len() {
        let v = x[i] * x[i].sin();
        match best {
            Some(b) if b >= v => {}
            _ => best = Some(v),
        }
    }
    let mut other = None;
    for &v in x {
        if v > 1.0 {
            other = Some(v * v);
            break;
        }
    }
    let o = match other {
        Some(v) => v,
        None => 1.0,
    };
    best.unwrap() * o
}

#[test]
fn an_option_is_kept_from_trip_to_trip() {
    check!(best(&vec![0.3, 2.0, 1.5, 3.0]));
}

#[backprop]
fn running(x: &[f64]) -> f64 {
    let mut prev: Option<f64> = None;
    let mut sum = 0.0;
    for i in 0..x.len() {
        if let Some(p) = prev {
            sum += (x[i] - p) * (x[i] - p) * p;
        }
        prev = Some(x[i] * 2.0);
    }
    if let Some(p) = prev
        && p > 0.0
    {
        sum *= p;
    }
    sum
}

#[test]
fn an_option_is_overwritten_after_it_was_read() {
    check!(running(&vec![0.3, 2.0, 1.5, 3.0]));
    check!(running(&vec![0.3, 2.0, 1.5, -3.0]));
    check!(running(&vec![]));
    check!(running(&vec![0.5]));
}

#[backprop]
fn let_else(x: &[f64]) -> f64 {
    let Some(a) = x.first() else {
        return 0.0;
    };
    let Some(&b) = x.get(1) else {
        return *a;
    };
    let Some(c) = safe_div(*a, b) else {
        return a * b;
    };
    let mut best = Some(c);
    if let Some(v) = &mut best {
        *v *= 3.0;
        *v = *v * *v;
    }
    let Some(m) = best else { panic!() };
    m * c + b
}

#[test]
fn let_else_takes_options_apart() {
    check!(let_else(&vec![0.3, 1.2, 0.5]));
    check!(let_else(&vec![0.3]));
    check!(let_else(&vec![0.3, 0.0]));
    check!(let_else(&vec![]));
}

#[backprop]
fn ors(x: &[f64]) -> f64 {
    let p = safe_div(x[0], x[1]);
    let q = safe_div(x[1], x[2]);
    let k = match (p, q) {
        (Some(a), None) | (None, Some(a)) => a,
        (Some(a), Some(b)) if a > b => a * b,
        (Some(a), Some(b)) => a - b * b,
        (None, None) => 0.5,
    };
    match (&p, &q) {
        (Some(a), Some(b)) => a * b * k,
        _ => k,
    }
}

#[test]
fn alternatives_that_bind_are_arms() {
    check!(ors(&vec![0.3, 1.2, 0.5]));
    check!(ors(&vec![0.9, 0.2, 0.5]));
    check!(ors(&vec![0.9, 0.2, 0.0]));
    check!(ors(&vec![0.9, 0.0, 0.5]));
    check!(ors(&vec![0.9, 0.0, 0.0]));
}

#[backprop]
fn optional_parts(x: &[f64]) -> f64 {
    let mut slots = [None, Some(x[0]), None];
    slots[0] = Some(x[1] * x[1]);
    slots[2] = slots[1];
    let mut s = 0.0;
    for slot in &slots {
        if let Some(v) = slot {
            s += v * x[2];
        }
    }
    if let Some(v) = slots[2] {
        s *= v;
    }
    while let Some(v) = slots[1] {
        s += v.exp();
        slots[1] = if s > 10.0 { None } else { Some(v * 1.1) };
    }
    s
}

#[test]
fn options_stand_in_arrays() {
    check!(optional_parts(&vec![0.9, 0.2, 0.5]));
}
