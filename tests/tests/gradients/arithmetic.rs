//! `+ - * / %`, unary minus, parentheses, comparisons as values.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn sum(x: f64, y: f64) -> f64 {
    x + y
}

#[backprop]
fn difference(x: f64, y: f64) -> f64 {
    x - y
}

#[backprop]
fn product(x: f64, y: f64) -> f64 {
    x * y
}

#[backprop]
fn quotient(x: f64, y: f64) -> f64 {
    x / y
}

#[backprop]
fn remainder(x: f64, y: f64) -> f64 {
    x % y
}

#[backprop]
fn negation(x: f64) -> f64 {
    -x
}

#[test]
fn each_operator_by_both_operands() {
    for (x, y) in [(1.5, 0.7), (-1.5, 0.7), (1.5, -0.7), (-1.5, -0.7), (1e3, 3.0), (0.0, 2.0)] {
        check!(sum(x, y));
        check!(difference(x, y));
        check!(product(x, y));
        check!(quotient(x, y));
    }
    for (x, y) in [(7.3, 2.0), (-7.3, 2.0), (7.3, -2.0), (0.3, 2.0)] {
        check!(remainder(x, y));
    }
    check!(negation(2.0));
    check!(negation(0.0));
}

#[backprop]
fn square_plus(x: f64) -> f64 {
    x * x + x + x - x / x
}

#[backprop]
fn cancels(x: f64) -> f64 {
    x - x
}

#[test]
fn one_operand_in_both_places() {
    check!(square_plus(3.0));
    check!(square_plus(-0.25));
    check!(cancels(5.0));
    assert_eq!(cancels::grad(5.0), 0.0);
}

#[backprop]
fn grouped(a: f64, b: f64, c: f64) -> f64 {
    -(a - (b + c)) * (a + b) / (c) - a * -b
}

#[test]
fn parentheses_and_signs() {
    check!(grouped(1.1, -0.6, 2.3));
}

#[backprop]
fn precedence(a: f64, b: f64, c: f64) -> f64 {
    a - b - c / a / b * c % 1.7 + -a.abs()
}

#[test]
fn operators_associate_as_rust_has_them() {
    check!(precedence(1.1, 0.6, 2.3));
    check!(precedence(-1.9, 2.6, 0.3));
}

#[backprop]
fn constants_on_either_side(x: f64) -> f64 {
    2.0 * x + x * 3.0 + 4.0 / x + x / 5.0 + (6.0 - x) + (x - 7.0) + 8.0 % x + x % 9.0
}

#[test]
fn a_literal_on_either_side() {
    check!(constants_on_either_side(3.0));
    check!(constants_on_either_side(-1.7));
}

#[backprop]
fn bill(price: f64, count: f64, tax: f64) -> f64 {
    let subtotal = price * count;
    subtotal * tax
}

#[test]
fn the_textbook_bill() {
    check!(bill(100.0, 2.0, 1.1));
    let (total, (d_price, d_count, d_tax)) = bill::value_and_grad(100.0, 2.0, 1.1);
    assert_eq!(total, 100.0 * 2.0 * 1.1);
    assert_eq!((d_price, d_count, d_tax), (2.0 * 1.1, 100.0 * 1.1, 200.0));
}

#[backprop]
fn compared(x: f64, y: f64) -> f64 {
    let above = x > y;
    let same = x == y || !(x != x);
    let between = 0.0 <= x && x < 2.0 || y >= 100.0;
    let count = above as usize + same as usize + between as usize;
    x * y * count as f64
}

#[test]
fn comparisons_make_bools_and_no_derivative() {
    check!(compared(1.5, 0.5));
    check!(compared(-1.5, 0.5));
}

#[backprop]
fn by_reference(x: &f64, y: &f64) -> f64 {
    x * y + *x / *y - x
}

#[test]
fn operands_behind_references() {
    check!(by_reference(&1.5, &-0.4));
}

#[test]
fn a_quotient_at_a_pole_has_the_slope_of_its_formula() {
    assert_eq!(quotient::grad(1.0, 0.0), (f64::INFINITY, f64::NEG_INFINITY));
    assert_eq!(quotient::grad(0.0, 1.0), (1.0, 0.0));
}

#[backprop]
fn long_sum(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64) -> f64 {
    a * b * c * d * e * f + a + b + c + d + e + f
}

#[test]
fn products_of_many_factors_one_of_them_zero() {
    check!(long_sum(1.0, 2.0, 0.0, 4.0, 5.0, 6.0));
    check!(long_sum(1.0, 2.0, 3.0, 4.0, 5.0, 6.0));
}
