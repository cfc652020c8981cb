//! More of the same, around types that are not known to the macro.

use backprop::backprop;
use backprop_tests::check;

const TABLE: [f64; 3] = [0.5, 1.25, -0.8];

#[backprop]
fn adds_an_element_to_another(x: &[f64]) -> f64 {
    let mut v = vec![TABLE[0 % 3]; 3];
    v[0 % 2] += v[1];
    v[0] -= x[1];
    v[2] *= x[0] - v[0];
    v[1] += v[0] * v[2];
    v[0 % 2] * v[1]
}

#[test]
fn elements_of_unknown_type_are_added_to_each_other() {
    check!(adds_an_element_to_another(&[0.3, -1.2]));
}

#[backprop]
fn names_with_patterns(x: &[f64]) -> f64 {
    let p = Some((x[0], x[1]));
    let q = Some(x[2]);
    p.map_or(0.3, |y4 @ (a, mut b)| {
        b *= 2.0;
        y4.0 * a * b
    }) + match q {
        mut w @ Some(mut v) => {
            v *= 2.0;
            if let Some(u) = &mut w {
                *u *= v;
            }
            v * w.unwrap()
        }
        None => 0.0,
    }
}

#[backprop]
fn labelled_element(x: &[f64]) -> f64 {
    let v = vec![
        'l15: {
            if x[0] > 2.0 {
                break 'l15 x[1];
            }
            x[0] * 2.0
        };
        2
    ];
    v[0] * v[1]
}

#[backprop]
fn guard_looks(x: &mut [f64]) -> f64 {
    x[2] += match 2.0_f64 {
        _y if x.get(0_usize).copied().unwrap_or(1.0) < 2.0 => x[0] * 2.0,
        y => y,
    };
    x[2]
}

#[backprop]
fn through_guard(x: &[f64]) -> f64 {
    let mut y = x.to_vec();
    guard_looks(&mut y) * y[0]
}

#[test]
fn a_name_and_a_pattern_below_it_are_bound() {
    check!(names_with_patterns(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn a_labelled_block_is_an_element() {
    check!(labelled_element(&vec![0.3, 1.2, 0.5]));
    check!(labelled_element(&vec![2.3, 1.2, 0.5]));
}

#[test]
fn a_guard_looks_at_what_the_match_changes() {
    check!(through_guard(&vec![0.3, 1.2, 0.5]));
}

#[backprop]
fn pair_of(x: &[f64], y: f64) -> [f64; 2] {
    [x[0] * y, x[1] + y]
}

#[backprop]
fn fills_with_a_part(x: &mut [f64]) -> f64 {
    let p = pair_of(&x[0..2], 2.0);
    x.fill(p[1]);
    x[0] * x[1] * p[0]
}

#[test]
fn a_part_of_unknown_type_fills_a_slice() {
    check!(fills_with_a_part(&mut vec![0.3, -1.2, 0.5]));
}

const SHIFT: f64 = -0.4;

#[backprop]
fn loops_over_filled(x: &[f64]) -> f64 {
    let mut a = [SHIFT; 3];
    a[1] = SHIFT * 2.0;
    let mut s = x[0];
    for e in a {
        s = s * e + x[1];
    }
    a.fill(x[1] * x[0]);
    for e in a {
        a[0] *= e;
        s += s * e * a[0];
    }
    s
}

#[test]
fn an_array_of_constants_is_looped_over_by_value() {
    check!(loops_over_filled(&[0.3, -1.2]));
}

#[backprop]
fn lends_literals(pair: &mut (f64, f64), rows: &mut [[f64; 2]; 2], n: usize) -> f64 {
    pair.0 *= rows[1][n];
    rows[0][0] = pair.0 + pair.1;
    rows[0][0] * rows[1][0]
}

#[backprop]
fn last_call_with_literals(x: f64, y: f64, n: usize) -> f64 {
    match n {
        2 | 4 => {
            let z: f64 = if n == 2 { x * y } else { return y.max(x) };
            return z * x;
        }
        _ => {}
    }
    lends_literals(&mut (x, 2.0), &mut [[2.0, x], [y, 2.0]], n)
}

#[test]
fn literals_are_lent_mutably_after_a_branch_that_may_leave() {
    for n in [0, 1, 2, 4] {
        check!(last_call_with_literals(0.7, 1.3, const n));
    }
}

#[backprop]
fn constant_with_literals(#[constant] n: f64, x: f64) -> f64 {
    match 0_usize {
        2 | 4 => {
            let y: f64 = if x > 2.0 { 2.0 } else { return x.max(n) };
            return y * x;
        }
        _ => {}
    }
    lends_literals(&mut (2.0, 2.0), &mut [[2.0, 2.0], [n, 2.0]], 0)
}

#[backprop]
fn lends_constants(x: f64) -> f64 {
    let y = lends_literals(&mut (2.0, 2.0), &mut [[2.0, 2.0], [1.5, 2.0]], 1);
    y * x
}

#[test]
fn constant_literals_are_lent_mutably() {
    check!(constant_with_literals(const 1.2, 0.7));
    check!(lends_constants(0.7));
}

#[backprop]
fn alternatives_in_a_closure(x: &[f64]) -> f64 {
    let pick = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(v), None) | (None, Some(v)) => v * v,
        (Some(v), Some(w)) => v * w,
        (None, None) => 0.5,
    };
    pick(Some(x[0]), None) + pick(x.get(1).copied(), Some(x[0])) + pick(None, None)
}

#[test]
fn alternatives_bind_in_a_closure() {
    check!(alternatives_in_a_closure(&vec![0.3, 1.2]));
    check!(alternatives_in_a_closure(&vec![0.3]));
}

#[backprop]
fn ends_without_a_value(rows: &[(f64, f64)], x: f64) -> f64 {
    let mut s = x;
    'found: {
        match rows.len() {
            0 => {
                let (_a, b) = (2.0, x);
                s *= b;
            }
            _ => break 'found,
        }
    }
    let k = usize::checked_sub(rows.len() * rows.len(), 1).unwrap_or(3);
    match rows.get(k % 2) {
        Some(&(mut a, b)) => {
            a *= b;
            s * a
        }
        None => s,
    }
}

#[test]
fn a_labelled_block_ends_without_a_value() {
    check!(ends_without_a_value(&vec![(0.3, 1.2)], 0.7));
    check!(ends_without_a_value(&vec![], 0.7));
}
