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
