//! Calls of other annotated functions: by value, `&` and `&mut`, in loops and branches, from other modules.

use backprop::backprop;
use backprop_tests::{assert_close, check};

#[backprop]
fn square(x: f64) -> f64 {
    x * x
}

#[backprop]
fn weighted_sum(a: f64, x: f64, b: f64, y: f64) -> f64 {
    a * x + b * y
}

#[backprop]
fn by_value(x: f64, y: f64) -> f64 {
    let a = square(x) + square(y + x);
    weighted_sum(a, x, 2.0, square(a)) * square(3.0)
}

#[test]
fn floats_by_value() {
    check!(by_value(0.7, -1.3));
}

#[backprop]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..a.len() {
        s += a[i] * b[i];
    }
    s
}

#[backprop]
fn by_reference(x: &[f64], y: &[f64]) -> f64 {
    dot(x, y) * dot(y, y).sqrt()
}

#[test]
fn slices_by_reference() {
    check!(by_reference(&vec![0.4, -1.2, 2.0], &vec![1.5, 0.3, -0.6]));
}

#[backprop]
fn norm(x: &[f64]) -> f64 {
    dot(x, x).sqrt()
}

#[backprop]
fn halves(w: &[f64]) -> f64 {
    let n = w.len() / 2;
    dot(&w[..n], &w[n..]) + dot(&w[..n], &w[1..n + 1]) * dot(w, w)
}

#[test]
fn one_argument_in_two_places() {
    check!(norm(&vec![0.4, -1.2, 2.0]));
    check!(halves(&vec![0.4, -1.2, 2.0, 0.7]));
    assert_close("norm", &norm::grad(&[3.0, 4.0]), &[0.6, 0.8], 1e-15);
}

#[backprop]
fn twice(x: f64) -> f64 {
    weighted_sum(x, x, x, square(x))
}

#[test]
fn one_float_in_every_place() {
    check!(twice(1.3));
}

#[backprop]
fn affine(w: &[f64], x: &[f64], out: &mut [f64]) {
    for i in 0..out.len() {
        let mut s = 0.0;
        for j in 0..x.len() {
            s += w[i * x.len() + j] * x[j];
        }
        out[i] = s;
    }
}

#[backprop]
fn relu(v: &mut [f64]) {
    for i in 0..v.len() {
        if v[i] < 0.0 {
            v[i] = 0.0;
        }
    }
}

#[backprop]
fn network(w1: &[f64], w2: &[f64], #[constant] x: &[f64], hidden: usize) -> f64 {
    let mut h = vec![0.0; hidden];
    affine(w1, x, &mut h);
    relu(&mut h);
    let mut out = [0.0; 2];
    affine(w2, &h, &mut out);
    out[0] * out[0] - out[1]
}

#[test]
fn outputs_by_mutable_reference_and_data_as_an_inactive_argument() {
    let w1 = vec![0.3, -0.4, 0.9, 0.7, -0.5, -0.6];
    let w2 = vec![1.2, -0.3, 0.5, 0.8, 0.6, -0.9];
    check!(network(&w1, &w2, const &[0.8, 1.1][..], const 3));
    check!(affine(&w2, &vec![0.4, -1.0, 0.3], &mut vec![9.0, 9.0]) -> ());
    check!(relu(&mut vec![0.4, -1.0, 0.3]) -> ());
}

#[backprop]
fn accumulate(total: &mut f64, x: f64) {
    *total = *total * 0.5 + x * x;
}

#[backprop]
fn scalars_by_mutable_reference(x: &[f64]) -> f64 {
    let mut total = 0.25;
    for &v in x {
        accumulate(&mut total, v);
    }
    let mut pair = (total, 1.0);
    accumulate(&mut pair.1, total);
    let mut cells = [x[0], 0.5];
    accumulate(&mut cells[1], pair.1);
    let last = cells[1];
    accumulate(&mut cells[0], last);
    cells[0] * pair.0
}

#[test]
fn variables_fields_and_elements_by_mutable_reference() {
    check!(scalars_by_mutable_reference(&vec![0.4, -1.2, 0.6]));
}

#[backprop]
fn passed_on(total: &mut f64, v: &mut [f64], x: f64) {
    accumulate(total, x);
    accumulate(total, v[0]);
    relu(v);
    relu(&mut v[1..]);
    accumulate(&mut v[0], *total);
}

#[test]
fn a_mutable_reference_is_passed_on() {
    check!(passed_on(&mut 0.3, &mut vec![0.9, -0.4, 0.7], 1.4) -> ());
}

#[backprop]
fn in_loops(x: &[f64], n: usize) -> f64 {
    let mut s = 0.4;
    for i in 0..n {
        let a = square(s) * 0.5;
        for j in 0..=i {
            s = weighted_sum(a, x[j % x.len()], 0.3, s);
        }
    }
    s
}

#[test]
fn calls_in_nested_loops() {
    check!(in_loops(&vec![0.9, -0.4], const 4));
    check!(in_loops(&vec![0.9, -0.4], const 0));
}

#[backprop]
fn in_branches(x: f64, y: f64) -> f64 {
    let a = if x > y { square(x) } else { weighted_sum(x, y, y, y) };
    let mut b = y;
    if square(a) > 1.0 {
        accumulate(&mut b, a);
    } else if a > 0.0 {
        b = square(b);
    }
    a * b
}

#[test]
fn calls_in_branches_and_in_conditions() {
    check!(in_branches(1.3, 0.4));
    check!(in_branches(0.3, 0.4));
    check!(in_branches(0.2, 1.9));
}

#[backprop]
fn branches_in_loops(x: &[f64]) -> f64 {
    let mut state = x.to_vec();
    let mut s = 0.6;
    for i in 0..x.len() {
        if s > 0.5 {
            s = dot(&state, x);
            relu(&mut state);
        } else {
            accumulate(&mut s, x[i]);
            state[i] = square(s);
        }
    }
    s + dot(&state, &state)
}

#[test]
fn calls_in_branches_in_loops() {
    check!(branches_in_loops(&vec![0.9, -0.4, 0.3, -1.1]));
    check!(branches_in_loops(&vec![0.1, -0.4, 0.3, 0.2]));
}

#[backprop]
fn layer(x: &mut [f64], w: &[f64]) {
    let n = x.len();
    for i in 0..n {
        x[i] = (x[i] * w[i] + x[(i + 1) % n]).tanh();
    }
}

#[backprop]
fn repeated_in_place(x: &[f64], w: &[f64], depth: usize) -> f64 {
    let mut state = x.to_vec();
    for _ in 0..depth {
        layer(&mut state, w);
    }
    dot(&state, w)
}

#[test]
fn a_state_overwritten_by_every_call() {
    let (x, w) = (vec![0.9, -0.4, 0.3], vec![1.2, 0.7, -0.8]);
    for depth in [0, 1, 5] {
        check!(repeated_in_place(&x, &w, const depth));
    }
}

#[backprop]
fn argument_overwritten_after(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let a = dot(&v, x);
    v[0] = a;
    let b = dot(&v, &v);
    v.fill(b);
    dot(&v, x)
}

#[test]
fn the_caller_restores_what_a_call_read() {
    check!(argument_overwritten_after(&vec![0.9, -0.4, 0.3]));
}

mod helpers {
    use backprop::backprop;

    #[backprop]
    pub fn cube(x: f64) -> f64 {
        x * x * x
    }

    pub mod inner {
        use backprop::backprop;

        #[backprop]
        pub fn half(x: f64) -> f64 {
            super::cube(x) / 2.0 + self::same(x)
        }

        #[backprop]
        pub(in crate::calls) fn same(x: f64) -> f64 {
            x
        }
    }

    #[backprop]
    pub fn through_inner(x: f64) -> f64 {
        inner::half(x) * inner::same(x)
    }
}

mod prelude {
    pub use super::helpers::cube;
    pub use super::helpers::inner::half as halved;
}

#[backprop]
fn from_modules(x: f64) -> f64 {
    use helpers::inner;
    helpers::cube(x)
        + inner::half(x)
        + self::helpers::through_inner(x)
        + crate::calls::helpers::cube(2.0 * x)
        + super::calls::square(x)
}

#[backprop]
fn renamed(x: f64) -> f64 {
    use prelude::{cube, halved};
    cube(halved(x)) + crate::root_square(x)
}

#[test]
fn functions_of_other_modules() {
    check!(from_modules(0.8));
    check!(renamed(0.8));
    check!(helpers::cube(0.8));
    check!(helpers::inner::half(0.8));
}

#[backprop]
fn sum_and_product(x: f64, y: f64) -> (f64, f64) {
    (x + y, x * y)
}

#[backprop]
fn doubled(x: &[f64]) -> Vec<f64> {
    let mut v = x.to_vec();
    for i in 0..v.len() {
        v[i] *= 2.0 * x[0];
    }
    v
}

#[backprop]
fn rotated(p: [f64; 2], angle: f64) -> [f64; 2] {
    let (sin, cos) = angle.sin_cos();
    [p[0] * cos - p[1] * sin, p[0] * sin + p[1] * cos]
}

#[backprop]
fn aggregates_returned(x: f64, y: f64) -> f64 {
    let (sum, product) = sum_and_product(x, y);
    let v = doubled(&[sum, product, y]);
    let mut p = [v[1], v[2]];
    for _ in 0..3 {
        p = rotated(p, x);
    }
    let q = sum_and_product(p[0], p[1]);
    q.0 * q.1 + rotated([x, y], p[0])[1] + sum_and_product(x, x).1
}

#[test]
fn calls_that_return_tuples_arrays_and_vectors() {
    check!(aggregates_returned(0.4, -0.9));
}

#[backprop]
fn takes_aggregates(v: Vec<f64>, a: [f64; 2], p: (f64, f64), m: &[[f64; 2]]) -> f64 {
    v[0] * a[1] + p.0 * m[0][1] + a[0] * p.1
}

#[backprop]
fn aggregates_passed(x: f64, y: f64) -> f64 {
    let v = vec![x, y];
    let a = [y, x * y];
    let m = [[x, y], [1.0, 2.0]];
    let s = takes_aggregates(v.clone(), a, (x, y), &m);
    s * takes_aggregates(v, [x; 2], (s, 1.0), &m[..1])
}

#[test]
fn calls_that_take_tuples_arrays_and_vectors() {
    check!(aggregates_passed(0.4, -0.9));
}

#[backprop]
fn count_above(x: &[f64], threshold: f64, n: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..n {
        if x[i] > threshold {
            s += x[i] - threshold;
        }
    }
    s
}

#[backprop]
fn with_integers(x: &[f64]) -> f64 {
    let mut s = 0.1;
    for n in 0..=x.len() {
        s += count_above(x, s, n);
    }
    s
}

#[test]
fn integers_among_the_arguments() {
    check!(with_integers(&vec![0.9, -0.4, 1.3]));
}

#[backprop]
fn nothing_active(x: f64) -> f64 {
    let a = square(3.0);
    let v = [1.0, 2.0];
    let b = dot(&v, &v);
    let mut c = [0.0; 1];
    affine(&v, &v, &mut c);
    x * a * b * c[0]
}

#[test]
fn a_call_with_nothing_active_is_plain_rust() {
    check!(nothing_active(1.2));
}

#[backprop]
fn order_of_effects(x: f64) -> f64 {
    let mut a = x;
    let b = bump(&mut a) * a + bump(&mut a);
    b * a
}

#[backprop]
fn bump(a: &mut f64) -> f64 {
    let old = *a;
    *a = *a * *a + 0.5;
    old * 3.0
}

#[test]
fn calls_with_effects_run_in_order() {
    check!(order_of_effects(0.6));
    check!(bump(&mut 0.6));
}

#[backprop]
fn unused_result(x: f64) -> f64 {
    let mut a = x;
    bump(&mut a);
    let _ = bump(&mut a);
    square(a);
    a
}

#[test]
fn a_result_may_be_dropped() {
    check!(unused_result(0.6));
}

#[backprop]
fn statistics(x: &[f64], mean: &mut f64, variance: &mut f64) {
    let n = x.len();
    let mut sum = 0.0;
    for v in x {
        sum += v;
    }
    *mean = sum / n as f64;
    let mut squares = 0.0;
    for v in x {
        squares += (v - *mean) * (v - *mean);
    }
    *variance = squares / n as f64;
}

#[backprop]
fn two_outputs(x: &[f64]) -> f64 {
    let (mut mean, mut variance) = (0.0, 0.0);
    statistics(x, &mut mean, &mut variance);
    variance / (mean * mean + 1.0)
}

#[test]
fn two_outputs_at_once() {
    check!(two_outputs(&vec![0.9, -0.4, 1.3]));
}

#[backprop]
fn called_before_its_definition(x: f64) -> f64 {
    defined_later(x) * 2.0
}

#[backprop]
fn defined_later(x: f64) -> f64 {
    x.sin()
}

#[test]
fn the_order_of_items_does_not_matter() {
    check!(called_before_its_definition(0.4));
}

#[test]
fn annotated_functions_inside_a_function() {
    #[backprop]
    fn local(x: f64) -> f64 {
        x * square(x)
    }

    #[backprop]
    fn outer(x: f64) -> f64 {
        local(x) + x
    }

    check!(outer(0.4));
}
