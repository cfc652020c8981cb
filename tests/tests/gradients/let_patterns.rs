//! `let` with identifier, tuple and array patterns, `_`, type annotations, `mut`.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn tuple_pattern(x: f64, y: f64) -> f64 {
    let (a, b) = (x * y, x - y);
    let (c, (d, e)) = (a.sin(), (b * a, 3.0));
    a * c + d * e - b
}

#[backprop]
fn array_pattern(x: f64, y: f64) -> f64 {
    let [a, b, c] = [x * y, x / y, 2.0];
    let [[p, q], [r, s]] = [[a, b], [c, x]];
    p * s - q * r
}

#[backprop]
fn mixed_pattern(x: f64, y: f64) -> f64 {
    let ([a, b], c) = ([x, y], x * y);
    let [(d, e), (f, g)] = [(a, b), (b * c, a * c)];
    d * e + f / g
}

#[test]
fn tuples_and_arrays_nested_in_each_other() {
    for (x, y) in [(1.2, 0.7), (-0.4, 2.0)] {
        check!(tuple_pattern(x, y));
        check!(array_pattern(x, y));
        check!(mixed_pattern(x, y));
    }
}

#[backprop]
fn mutable_parts(x: f64, y: f64) -> f64 {
    let (mut a, b) = (x, y);
    let [mut c, mut d] = [a * b, b];
    a *= b;
    c += a;
    d = d * d * c;
    a + c * d
}

#[test]
fn mut_inside_a_pattern() {
    check!(mutable_parts(1.2, -0.7));
}

#[backprop]
fn swapped(x: f64, y: f64) -> f64 {
    let (mut a, mut b) = (x, y * y);
    for _ in 0..3 {
        (a, b) = (b, a * b);
    }
    let (b, a) = (a, b);
    a - 2.0 * b
}

#[test]
fn a_tuple_swaps_two_variables() {
    check!(swapped(1.2, 0.9));
}

#[backprop]
fn ignored(x: f64, y: f64) -> f64 {
    let (a, _) = (x * x, y.sin());
    let [_, b, _] = [x, y * x, y];
    let _ = a * b;
    let _unused = a / b;
    a + b
}

#[test]
fn parts_that_are_ignored() {
    check!(ignored(1.2, -0.7));
}

#[backprop]
fn annotated(x: f64, y: f64) -> f64 {
    let a: f64 = x * y;
    let (b, n): (f64, usize) = (a + x, 3);
    let c: [f64; 2] = [b, a];
    let v: Vec<f64> = vec![c[0], c[1], y];
    let count: i32 = 2;
    v[0] * v[1] - v[2] * n as f64 + f64::from(count) * x
}

#[test]
fn types_written_out() {
    check!(annotated(0.3, -1.4));
}

#[backprop]
fn mixed_with_integers(x: f64, k: usize) -> f64 {
    let (y, n, flag) = (x * x, k + 1, x > 1.0);
    if flag { y * n as f64 } else { y / n as f64 }
}

#[test]
fn floats_integers_and_flags_in_one_pattern() {
    check!(mixed_with_integers(1.3, const 2));
    check!(mixed_with_integers(0.3, const 2));
}

#[backprop]
fn whole_and_parts(p: (f64, f64), v: [f64; 3]) -> f64 {
    let (x, y) = p;
    let [a, b, c] = v;
    x * a + y * b * c + p.0 * v[1]
}

#[test]
fn a_parameter_taken_apart_and_used_whole() {
    check!(whole_and_parts((0.5, -2.0), [1.0, 2.0, -0.3]));
}

#[backprop]
fn chosen(x: f64) -> f64 {
    let (a, b);
    if x > 1.0 {
        a = x;
        b = x * x;
    } else {
        (a, b) = (x.sin(), 2.0);
    }
    a * b
}

#[test]
fn a_tuple_of_names_given_values_later() {
    check!(chosen(1.7));
    check!(chosen(0.4));
}

#[backprop]
fn dot_of_halves(w: &[f64], n: usize) -> f64 {
    let (a, b) = (&w[..n], &w[n..]);
    let mut sum = 0.0;
    for i in 0..n {
        sum += a[i] * b[i].sin();
    }
    sum
}

#[test]
fn references_bound_by_a_tuple() {
    check!(dot_of_halves(&vec![0.3, -0.2, 1.1, 0.7], const 2));
    check!(dot_of_halves(&vec![], const 0));
}

#[backprop]
fn powers(x: f64) -> [f64; 2] {
    [x, x * x]
}

#[backprop]
fn a_call_taken_apart(x: f64, rounds: usize) -> f64 {
    let [a, mut b] = powers(x);
    b *= a;
    let mut sum = a * b;
    let mut round = 0;
    loop {
        if round == rounds {
            break;
        }
        round += 1;
        let [c, d] = powers(sum * 0.1);
        sum += c * d;
    }
    sum
}

#[backprop]
fn copies_taken_apart(v: &[f64; 2], x: f64) -> f64 {
    let [a, mut b] = v.clone();
    b *= a;
    let whole = [v[0], x];
    let [c, mut d] = whole;
    d *= c;
    a * b + c * d * whole[1]
}

#[test]
fn an_array_that_a_call_or_a_copy_gives_is_taken_apart() {
    check!(a_call_taken_apart(0.7, const 0));
    check!(a_call_taken_apart(0.7, const 3));
    check!(copies_taken_apart(&[1.3, -0.6], 0.8));
}
