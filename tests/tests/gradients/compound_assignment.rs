//! `+= -= *= /= %=` to variables, elements and fields.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn variable(x: f64, y: f64) -> f64 {
    let mut a = x;
    a += y;
    a -= x * y;
    a *= y;
    a /= x;
    a %= 7.0;
    a
}

#[backprop]
fn remainders(x: f64, y: f64) -> f64 {
    let mut a = x * 5.0;
    a %= y;
    a
}

#[test]
fn every_operator_on_a_variable() {
    check!(variable(1.3, 0.4));
    check!(variable(-1.3, 0.4));
    check!(remainders(1.3, 2.0));
    check!(remainders(-1.3, 2.0));
}

#[backprop]
fn with_itself(x: f64) -> f64 {
    let mut a = x;
    a += a;
    a *= a;
    a -= a.sin();
    a /= a + 1.0;
    a
}

#[test]
fn the_right_side_reads_the_variable() {
    check!(with_itself(0.8));
    check!(with_itself(-1.7));
}

#[backprop]
fn cancels_itself(x: f64, y: f64) -> f64 {
    let mut a = x;
    a *= y.cos();
    a -= a;
    let b = a.sin() + x;
    let mut a = b * y;
    a += a;
    a -= b;
    a -= a * x;
    a += a;
    a
}

#[test]
fn a_variable_added_to_and_taken_from_itself() {
    check!(cancels_itself(0.8, -0.3));
}

#[backprop]
fn element(x: &[f64]) -> f64 {
    let mut a = [1.0, 2.0, 3.0];
    for i in 0..x.len() {
        a[i % 3] += x[i];
        a[(i + 1) % 3] *= x[i];
        a[(i + 2) % 3] -= a[i % 3] * x[i];
        a[i % 3] /= 1.5 + x[i] * x[i];
    }
    a[0] * a[1] + a[2]
}

#[test]
fn every_operator_on_an_element() {
    check!(element(&vec![0.4, -0.9, 1.3, 0.2, -0.6]));
    check!(element(&vec![]));
}

#[backprop]
fn field(x: f64, y: f64) -> f64 {
    let mut p = (x, [y, x * y], 3);
    p.0 *= y;
    p.1[0] += p.0;
    p.1[1] /= p.1[0];
    p.0 -= p.1[1];
    p.2 += 4;
    p.0 * p.1[0] * p.2 as f64
}

#[test]
fn every_operator_on_a_field() {
    check!(field(0.4, 1.9));
}

#[backprop]
fn product(x: &[f64]) -> f64 {
    let mut p = 1.0;
    for i in 0..x.len() {
        p *= x[i];
    }
    p
}

#[test]
fn a_product_with_a_zero_among_its_factors() {
    check!(product(&vec![1.5, -2.0, 0.5]));
    check!(product(&vec![1.5, 0.0, 0.5]));
    check!(product(&vec![0.0, 0.0, 0.5]));
    check!(product(&vec![]));
    assert_eq!(product::grad(&[2.0, 0.0, 5.0]), [0.0, 10.0, 0.0]);
}

#[backprop]
fn continued_fraction(x: &[f64]) -> f64 {
    let mut a = 1.0;
    for i in (0..x.len()).rev() {
        a = x[i] + 1.0 / a;
        a /= 1.0 + a;
    }
    a
}

#[test]
fn a_quotient_carried_through_a_loop() {
    check!(continued_fraction(&vec![0.4, 0.9, 1.3, 2.2]));
}

#[backprop]
fn from_constant(x: f64) -> f64 {
    let mut a = 10.0;
    a /= x;
    let mut b = 10.0;
    b %= x;
    a * b
}

#[test]
fn a_constant_left_side_becomes_active() {
    check!(from_constant(3.0));
    check!(from_constant(-3.0));
}

#[backprop]
fn through_references(x: &[f64], total: &mut f64) {
    for v in x {
        *total += v * v;
        *total *= 0.9;
    }
    *total /= 2.0;
}

#[test]
fn a_target_behind_a_mutable_reference() {
    check!(through_references(&vec![0.4, -0.9, 1.3], &mut 0.25) -> ());
    check!(through_references(&vec![], &mut 0.25) -> ());
}
