//! Slices and arrays taken apart by patterns: `[a, .., b]`, `[a, rest @ ..]`, with `else` where they may not fit.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn of_slices(x: &[f64]) -> f64 {
    let [a, b, rest @ ..] = x else {
        return 0.0;
    };
    let mut s = a * b;
    for v in rest {
        s = s * v + a;
    }
    let [first, .., last] = x else { panic!("it has two elements") };
    s += first * last.sin();
    let [front @ .., c, _] = &x[1..] else {
        return s * a;
    };
    for (v, w) in front.iter().zip(x) {
        s += v * w * c;
    }
    let &[d, ..] = rest else { return s };
    s * d
}

#[test]
fn slices_that_fit_and_that_do_not() {
    let x = [0.4, -1.2, 0.9, 0.3, 0.7];
    for length in 0..=x.len() {
        check!(of_slices(&x[..length].to_vec()));
    }
}

#[backprop]
fn of_arrays(x: [f64; 4], y: &[f64; 3]) -> f64 {
    let [a, b, ..] = x;
    let [.., c] = x;
    let [first, middle @ .., last] = &x;
    let [d, rest @ ..] = y;
    let [e, .., f] = [a * b, c, d * c];
    let mut s = a * b - c * first + last * middle[1] * e + f;
    for v in rest {
        s += v * d * s;
    }
    s * middle.len() as f64
}

#[test]
fn arrays_by_value_and_by_reference() {
    check!(of_arrays([0.4, -1.2, 0.9, 0.3], &[0.7, 0.1, -0.3]));
}

#[backprop]
fn changed(x: &mut [f64], k: f64) -> f64 {
    let [first, rest @ .., last] = &mut *x else {
        return k;
    };
    *first *= *last + k;
    for v in rest.iter_mut() {
        *v *= *first;
    }
    *last = *first * *first;
    let mut s = *last * k;
    let [a, b, ..] = x else {
        return s;
    };
    *a = s * *b;
    s += *a;
    let [c, d] = &mut x[..2] else { return s };
    *d *= *c;
    s * *c * *d
}

#[backprop]
fn copies(x: &mut [f64]) -> f64 {
    let [a, .., b] = &*x else {
        return 1.0;
    };
    let (a, b) = (*a, *b);
    let &c = &x[0];
    x[0] = a * b;
    x[1] = 3.0 * b * c;
    a * b * x[1] * c
}

#[test]
fn slices_that_change() {
    let x = [0.4, -1.2, 0.9, 0.3];
    for length in 0..=x.len() {
        check!(copies(&mut x[..length].to_vec()));
        check!(changed(&mut x[..length].to_vec(), 0.6) -> _);
    }
}

#[backprop]
fn in_loops(rows: &[[f64; 3]], x: &[f64]) -> f64 {
    let mut s = 0.2;
    for [a, .., b] in rows {
        s += a * b * s;
    }
    for ([a, rest @ ..], v) in rows.iter().zip(x) {
        s += a * rest[1] * v;
        for w in rest {
            s *= w + v;
        }
    }
    for part in x.chunks(2) {
        let [a, b] = part else {
            break;
        };
        s += a * b * s;
    }
    'windows: for window in x.windows(3) {
        let [a, rest @ ..] = window else { unreachable!() };
        for v in rest {
            if s > 2.0 {
                continue 'windows;
            }
            s += a * v;
        }
    }
    s
}

#[backprop]
fn caller(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let s = changed(&mut v, 0.3);
    of_slices(&v) + in_loops(&[[0.1, 0.2, 0.3]], &v) * s
}

#[test]
fn in_loops_and_in_callees() {
    let rows = vec![[0.4, -1.2, 0.9], [0.3, 0.2, -0.7]];
    let x = [0.4, -1.2, 0.9, 0.3, 0.7];
    for length in 0..=x.len() {
        check!(in_loops(&rows, &x[..length].to_vec()));
        check!(caller(&x[..length].to_vec()));
    }
    check!(in_loops(&vec![], &x.to_vec()));
}
