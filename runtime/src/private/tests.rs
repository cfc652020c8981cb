//! The helpers by themselves; generated code tests them together.

use super::*;

#[test]
fn sums_are_those_of_all_elements() {
    let numbers: Vec<f64> = (0..100).map(f64::from).collect();
    for n in 0..100 {
        assert_eq!(sum(&numbers[..n]), (n * n.saturating_sub(1) / 2) as f64);
    }
}

#[test]
fn draining_leaves_zeros() {
    let (mut from, mut into) = ([1.0, 2.0], [10.0, 20.0]);
    drain_into(&mut from, &mut into);
    assert_eq!((from, into), ([0.0, 0.0], [11.0, 22.0]));
    assert_eq!(drain_sum(&mut into), 33.0);
    assert_eq!(into, [0.0, 0.0]);
}

#[test]
fn a_buffer_that_fits_passes() {
    check_buffer::<[f64]>("f::value_and_grad_into", "w", &[1.0, 2.0], &[0.0, 0.0]);
    check_buffer("f::value_and_grad_into", "w", &vec![[1.0; 2]; 3], &vec![[0.0; 2]; 3]);
    check_buffer("f::value_and_grad_into", "w", &1.0, &0.0);
}

#[test]
#[should_panic(expected = "bill::value_and_grad_into: the gradient buffer of `w` has length 2, but `w` has length 3")]
fn a_buffer_of_another_length_is_refused_by_name() {
    check_buffer::<&[f64]>("bill::value_and_grad_into", "w", &&[1.0, 2.0, 3.0][..], &[0.0; 2]);
}

#[test]
#[should_panic(expected = "f: the gradient buffer of `w` has length 2 at `[1]`, but `w[1]` has length 1")]
fn a_buffer_that_differs_inside_is_refused_with_the_place() {
    check_buffer("f", "w", &vec![vec![1.0], vec![1.0]], &vec![vec![0.0], vec![0.0, 0.0]]);
}

#[test]
fn a_share_of_a_cast_is_added_where_there_is_a_float() {
    let (mut wide, mut narrow, mut nothing) = (1.0_f64, 1.0_f32, ());
    super::add_cast(&mut wide, 0.5_f32);
    super::add_cast(&mut narrow, 0.25_f64);
    super::add_cast(&mut nothing, 2.0_f64);
    assert_eq!((wide, narrow), (1.5, 1.25));
}

#[test]
fn an_element_of_a_constant_is_as_constant() {
    let mut rows = vec![[0.0, 0.0], [0.0, 0.0]];
    super::add_share(super::element(super::element(&mut rows, 1), 0), 2.0);
    assert_eq!(rows, [[0.0, 0.0], [2.0, 0.0]]);
    super::add_share(super::element(super::element(&mut (), 1), 0), 2.0);
}
