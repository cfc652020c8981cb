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
