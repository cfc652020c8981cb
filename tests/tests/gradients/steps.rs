//! Integers made of active floats by rounding: nothing is lost in their casts, for a step has no derivative.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn of_a_block(x: &[f64]) -> f64 {
    let p = x[0];
    let k = ({ p }).abs().floor() as usize;
    x[k] * p
}

#[backprop]
fn of_a_match(x: &[f64]) -> f64 {
    let k = (match x.len() {
        4 => x[0],
        _ => x[1],
    })
    .floor() as usize;
    x[k] * x[0]
}

#[backprop]
fn in_an_index(x: &[f64]) -> f64 {
    x[(match x.len() {
        4 => x[0],
        _ => x[1],
    })
    .floor() as usize]
        * x[({
            let q = x[2];
            q
        })
        .abs()
        .floor() as usize]
}

#[backprop]
fn steps_added(x: &[f64]) -> f64 {
    let k = (x[0].floor() + 1.0) as usize;
    x[k] * x[(x[1].floor() + 1.0) as usize]
}

#[backprop]
fn of_a_quotient(x: &[f64]) -> f64 {
    let h = 0.5;
    let k = (x[0] / h).floor() as i64;
    x[k as usize] * k as f64 * x[0]
}

#[backprop]
fn at_least_zero(x: &[f64]) -> f64 {
    let k = x[0].floor().max(0.0) as usize;
    let j = x[3].floor().max(0.0).min(3.0) as usize;
    x[k] * x[j]
}

#[backprop]
fn clamped(x: &[f64]) -> f64 {
    let n = x.len() - 1;
    let j = x[3].round().clamp(0.0, n as f64) as usize;
    x[2] * x[j]
}

#[backprop]
fn back_to_a_float(x: &[f64]) -> f64 {
    let y = (x[2].round() as i32) as f64;
    y * x[0] + ((x[2].trunc() as i32 + 3) as f64) * x[1]
}

#[backprop]
fn interpolated(x: &[f64]) -> f64 {
    let t = x[0];
    let i = t.floor().max(0.0) as usize;
    let f = t - i as f64;
    x[i] * (1.0 - f) + x[i + 1] * f
}

#[backprop]
fn checked(x: &[f64]) -> f64 {
    if let Some(k) = usize::checked_sub(x[2].abs().floor() as usize, 1) { x[k] * x[2] } else { x[1] }
}

#[backprop]
fn or_else(x: &[f64]) -> f64 {
    let Some(k) = usize::checked_sub(x[2].abs().floor() as usize, 1) else {
        return x[0];
    };
    x[k] * x[2]
}

#[backprop]
fn or_else_of_a_method(x: &[f64]) -> f64 {
    let Some(k) = (x[2].abs().floor() as usize).checked_sub(5) else {
        return x[0] * x[1];
    };
    x[k] * x[2]
}

#[backprop]
fn named(x: &[f64]) -> f64 {
    let q = x[2].floor();
    let k = (q + 1.0) as usize;
    let j = {
        let r = x[0].ceil() * 0.5;
        r as usize
    };
    x[k] * x[j] * x[2]
}

#[backprop]
fn in_a_branch(x: &[f64]) -> f64 {
    let mut s = 0.0;
    s += ((match x.len() {
        1 => 0,
        _ => (x[0].abs().floor() as usize) + 0,
    }) as f64)
        + x[2];
    s * x[1]
}

#[backprop]
fn after_an_exit(x: &[f64]) -> f64 {
    let y: f64;
    if x.len() > 7 {
        return x[0];
    }
    if x[0] > 1.0 {
        y = x[1];
    } else {
        y = 2.0;
    }
    x[(y.abs().floor() as usize) % x.len()] * x[1]
}

#[backprop]
fn beside_a_float(x: &[f64]) -> f64 {
    let t = (x[0], if x.len() > 2 { 1_usize } else { 0_usize });
    let Some(m) = usize::checked_sub(t.1, 1) else {
        return 2.0;
    };
    x[m] * t.0 * x[t.1 % x.len()]
}

#[backprop]
fn put_beside_a_float(x: &[f64]) -> f64 {
    let Some(m) = usize::checked_sub(3, 2) else {
        return 2.0;
    };
    let mut t = (x[2], m);
    t.0 += t.1 as f64;
    t.0 * x[t.1]
}

#[test]
fn a_step_may_become_an_integer_wherever_it_comes_from() {
    let x = [1.3, 0.7, 1.9, -0.4];
    check!(of_a_block(&x));
    check!(of_a_match(&x));
    check!(in_an_index(&x));
    check!(steps_added(&x));
    check!(of_a_quotient(&x));
    check!(at_least_zero(&x));
    check!(clamped(&x));
    check!(back_to_a_float(&x));
    check!(interpolated(&x));
    check!(checked(&x));
    check!(or_else(&x));
    check!(or_else_of_a_method(&x));
    check!(named(&x));
    check!(in_a_branch(&x));
    check!(after_an_exit(&x));
    check!(beside_a_float(&x));
    check!(put_beside_a_float(&x));
}
