//! Tuples as values and their fields as places.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn read_fields(p: (f64, f64), q: (f64, f64)) -> f64 {
    p.0 * q.1 - p.1 * q.0
}

#[test]
fn fields_of_parameters() {
    check!(read_fields((1.0, -2.0), (0.5, 3.0)));
    assert_eq!(read_fields::grad((1.0, -2.0), (0.5, 3.0)), ((3.0, -0.5), (2.0, 1.0)));
}

#[backprop]
fn nested_fields(t: ((f64, f64), [f64; 2])) -> f64 {
    t.0.0 * t.1[1] + t.0.1.sin() * t.1[0]
}

#[test]
fn fields_of_fields() {
    check!(nested_fields(((1.0, 0.4), [2.0, -0.5])));
}

#[backprop]
fn written(x: f64, y: f64) -> f64 {
    let mut p = (x, y);
    p.0 = p.1 * p.0;
    p.1 = p.0.exp();
    p.0 *= p.1;
    p = (p.1, p.0);
    p.0 - p.1 * p.1
}

#[test]
fn fields_written_one_by_one_and_whole() {
    check!(written(0.5, -0.8));
}

#[backprop]
fn complex_power(c: (f64, f64), n: usize) -> f64 {
    let mut z = (0.0, 0.0);
    for _ in 0..n {
        z = (z.0 * z.0 - z.1 * z.1 + c.0, 2.0 * z.0 * z.1 + c.1);
    }
    z.0 * z.0 + z.1 * z.1
}

#[test]
fn a_tuple_carried_through_a_loop() {
    check!(complex_power((0.2, 0.3), const 0));
    check!(complex_power((0.2, 0.3), const 5));
}

#[backprop]
fn mixed_fields(x: f64, n: usize) -> f64 {
    let mut state = (x, n, true);
    for i in 0..n {
        state.0 = state.0.sin() * state.1 as f64 * 0.2;
        state.1 += i;
        state.2 = !state.2 && state.0 > 0.0;
        if state.2 {
            state.0 *= 2.0;
        }
    }
    state.0
}

#[test]
fn integers_and_flags_in_a_tuple_are_not_differentiated() {
    check!(mixed_fields(0.5, const 5));
}

#[backprop]
fn array_of_tuples(x: f64, y: f64) -> f64 {
    let mut points = [(x, y), (y, x * x), (1.0, x)];
    for i in 0..2 {
        points[i].0 += points[i + 1].1 * points[i].1;
        points[i + 1].1 *= points[i].0;
    }
    points[0].0 * points[2].1 + points[1].1
}

#[test]
fn fields_of_elements() {
    check!(array_of_tuples(0.7, -1.1));
}

#[backprop]
fn slice_of_tuples(points: &[(f64, f64)]) -> f64 {
    let mut area = 0.0;
    for i in 0..points.len() {
        let next = points[(i + 1) % points.len()];
        area += points[i].0 * next.1 - next.0 * points[i].1;
    }
    0.5 * area.abs()
}

#[test]
fn the_shoelace_formula() {
    check!(slice_of_tuples(&vec![(0.0, 0.0), (2.0, 0.1), (1.8, 1.4), (-0.3, 1.0)]));
    check!(slice_of_tuples(&vec![]));
}

#[backprop]
fn copies(p: (f64, f64)) -> f64 {
    let q = p;
    let mut r = q;
    r.0 *= q.1;
    r.0 + q.0 * p.1
}

#[test]
fn a_copy_is_another_place() {
    check!(copies((1.4, -0.3)));
}

#[backprop]
fn one_tuple(p: (f64,)) -> f64 {
    p.0 * p.0
}

#[test]
fn a_tuple_of_one() {
    check!(one_tuple((1.4,)));
}
