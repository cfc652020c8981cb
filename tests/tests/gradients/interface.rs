//! What every generated function promises, whatever the construct.

use std::panic::{AssertUnwindSafe, catch_unwind};

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn dot(x: &[f64], y: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i] * y[i];
    }
    s
}

#[backprop]
fn cube(x: f64) -> f64 {
    x * x * x
}

#[test]
fn the_plain_function_stays() {
    assert_eq!(dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
    let function: fn(f64) -> f64 = cube;
    assert_eq!([1.0, 2.0].map(function), [1.0, 8.0]);
}

#[test]
fn one_gradient_is_bare_and_several_are_a_tuple() {
    let bare: f64 = cube::grad(2.0);
    assert_eq!(bare, 12.0);
    let (x_bar, y_bar): (Vec<f64>, Vec<f64>) = dot::grad(&[1.0, 2.0], &[3.0, 4.0]);
    assert_eq!(x_bar, [3.0, 4.0]);
    assert_eq!(y_bar, [1.0, 2.0]);
}

#[test]
fn into_adds_to_what_the_buffers_hold() {
    let mut x_bar = vec![10.0, 20.0];
    let mut y_bar = [30.0, 40.0];
    let value: f64 = dot::value_and_grad_into(&[1.0, 2.0], &[3.0, 4.0], &mut x_bar, &mut y_bar);
    assert_eq!(value, 11.0);
    assert_eq!(x_bar, [13.0, 24.0]);
    assert_eq!(y_bar, [31.0, 42.0]);
    dot::value_and_grad_into(&[1.0, 2.0], &[3.0, 4.0], &mut x_bar, &mut y_bar);
    assert_eq!(x_bar, [16.0, 28.0]);
}

#[test]
fn into_may_write_to_parts_of_one_buffer() {
    let mut all = vec![0.0; 4];
    let (x_bar, y_bar) = all.split_at_mut(2);
    dot::value_and_grad_into(&[1.0, 2.0], &[3.0, 4.0], x_bar, y_bar);
    assert_eq!(all, [3.0, 4.0, 1.0, 2.0]);
}

#[test]
fn a_pullback_may_be_called_many_times() {
    let (value, pullback) = cube::vjp(2.0);
    assert_eq!(value, 8.0);
    assert_eq!([1.0, 0.0, -0.5].map(&pullback), [12.0, 0.0, -6.0]);
    assert_eq!(pullback(1.0), 12.0);
}

#[test]
fn a_pullback_outlives_what_it_was_made_from() {
    let pullback = {
        let x = vec![1.0, 2.0];
        let y = vec![3.0, 4.0];
        let (_, pullback) = dot::vjp(&x, &y);
        let (x_bar, _) = pullback(1.0);
        assert_eq!(x_bar, [3.0, 4.0]);
        cube::vjp(x[1]).1
    };
    assert_eq!(pullback(1.0), 12.0);
}

#[test]
fn a_pullback_goes_to_another_thread() {
    let (_, pullback) = cube::vjp(2.0);
    let slope = std::thread::spawn(move || pullback(1.0)).join().unwrap();
    assert_eq!(slope, 12.0);
}

#[backprop]
fn scaled(v: &mut [f64], k: f64) {
    for i in 0..v.len() {
        v[i] *= k;
    }
}

#[test]
fn the_seed_may_be_made_from_what_the_call_left() {
    let mut v = vec![1.0, 2.0];
    let ((), pullback) = scaled::vjp(&mut v, 3.0);
    let seed: Vec<f64> = v.iter().map(|left| left - 1.0).collect();
    assert_eq!(seed, [2.0, 5.0]);
    let (v_bar, k_bar) = pullback(seed);
    assert_eq!(v_bar, [6.0, 15.0]);
    assert_eq!(k_bar, 12.0);
}

#[test]
fn the_buffer_of_a_mutable_parameter_is_exchanged() {
    let mut v = vec![1.0, 2.0];
    let mut v_bar = vec![1.0, -1.0];
    let mut k_bar = 100.0;
    scaled::value_and_grad_into(&mut v, 3.0, &mut v_bar, &mut k_bar);
    assert_eq!(v, [3.0, 6.0]);
    assert_eq!(v_bar, [3.0, -3.0]);
    assert_eq!(k_bar, 100.0 + 1.0 - 2.0);
}

#[backprop]
fn consuming(v: &mut [f64], x: f64) -> f64 {
    let s = v[0] * x;
    v[0] = s * s;
    v[1] *= x;
    s + v[1]
}

#[test]
fn mutable_parameters_are_left_as_the_function_leaves_them() {
    let mut plain = [2.0, 3.0];
    let value = consuming(&mut plain, 5.0);

    let mut v = [2.0, 3.0];
    assert_eq!(consuming::value_and_grad(&mut v, 5.0), (value, (vec![5.0, 5.0], 5.0)));
    assert_eq!(v, plain);

    let mut v = [2.0, 3.0];
    let (found, _) = consuming::vjp(&mut v, 5.0);
    assert_eq!(found, value);
    assert_eq!(v, plain);

    let mut v = [2.0, 3.0];
    let (mut v_bar, mut x_bar) = (vec![0.0; 2], 0.0);
    assert_eq!(consuming::value_and_grad_into(&mut v, 5.0, &mut v_bar, &mut x_bar), value);
    assert_eq!(v, plain);
}

/// The message of the panic in `f`.
fn panic_message(f: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(f)).expect_err("a panic");
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(other) => String::from(*other.downcast::<&str>().expect("a message")),
    }
}

#[test]
fn a_buffer_of_the_wrong_length_panics_before_anything_is_written() {
    let x = [1.0, 2.0, 3.0];
    let y = [3.0, 4.0, 5.0];
    for length in [0, 2, 4] {
        let mut x_bar = [7.0; 3];
        let mut y_bar = vec![8.0; length];
        let message = panic_message(|| {
            dot::value_and_grad_into(&x, &y, &mut x_bar, &mut y_bar);
        });
        assert_eq!(
            message,
            format!("dot::value_and_grad_into: the gradient buffer of `y` has length {length}, but `y` has length 3")
        );
        assert_eq!(x_bar, [7.0; 3]);
        assert_eq!(y_bar, vec![8.0; length]);
    }
}

#[test]
fn a_buffer_of_the_wrong_length_leaves_mutable_parameters_alone() {
    let mut v = [1.0, 2.0];
    let mut k_bar = 5.0;
    let message = panic_message(|| {
        scaled::value_and_grad_into(&mut v, 3.0, &mut [0.0; 3], &mut k_bar);
    });
    assert!(message.contains("the gradient buffer of `v` has length 3, but `v` has length 2"), "{message}");
    assert_eq!(v, [1.0, 2.0]);
    assert_eq!(k_bar, 5.0);
}

#[backprop]
fn ragged(rows: &[Vec<f64>], k: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..rows.len() {
        for j in 0..rows[i].len() {
            s += k * rows[i][j];
        }
    }
    s
}

#[test]
fn a_buffer_wrong_in_an_inner_length_panics_before_anything_is_written() {
    let rows = [vec![1.0, 2.0], vec![3.0]];
    let mut rows_bar = [vec![5.0, 6.0], vec![7.0, 8.0]];
    let mut k_bar = 9.0;
    let message = panic_message(|| {
        ragged::value_and_grad_into(&rows, 3.0, &mut rows_bar, &mut k_bar);
    });
    assert!(message.contains("`rows`") && message.contains("[1]"), "{message}");
    assert_eq!(rows_bar, [vec![5.0, 6.0], vec![7.0, 8.0]]);
    assert_eq!(k_bar, 9.0);
}

#[test]
fn a_seed_of_the_wrong_length_panics_with_both_lengths() {
    let message = panic_message(|| {
        let mut v = [1.0, 2.0];
        let ((), pullback) = scaled::vjp(&mut v, 3.0);
        pullback(vec![1.0]);
    });
    assert!(message.contains('1') && message.contains('2') && message.contains("`v`"), "{message}");
}

#[test]
fn empty_slices_have_empty_gradients() {
    check!(dot(&vec![], &vec![]));
    assert_eq!(dot::value_and_grad(&[], &[]), (0.0, (vec![], vec![])));
    check!(scaled(&mut vec![], 2.0) -> ());
}

#[backprop]
fn longer_than_read(x: &[f64], n: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..n {
        s += x[i] * x[i];
    }
    s
}

#[test]
fn elements_beyond_the_loop_have_gradient_zero() {
    check!(longer_than_read(&vec![1.0, 2.0, 3.0], const 2));
    assert_eq!(longer_than_read::grad(&[1.0, 2.0, 3.0], 1), [2.0, 0.0, 0.0]);
}

#[backprop]
pub(crate) fn visible(x: f64) -> f64 {
    x + x
}

mod outside {
    pub fn slope() -> f64 {
        super::visible::grad(1.0)
    }
}

#[test]
fn the_generated_item_is_as_visible_as_the_function() {
    assert_eq!(outside::slope(), 2.0);
}

/// The user's own attributes and documentation stay on the function.
#[must_use]
#[inline]
#[backprop]
#[allow(clippy::many_single_char_names)]
fn decorated(x: f64) -> f64 {
    x * 4.0
}

#[test]
fn other_attributes_stand_beside_ours() {
    check!(decorated(1.5));
}

#[backprop]
#[allow(clippy::too_many_arguments)]
fn twelve(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64, i: f64, j: f64, k: f64, l: f64) -> f64 {
    a * b + c * d + e * f + g * h + i * j + k * l
}

#[test]
fn twelve_parameters() {
    let gradient = twelve::grad(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0);
    assert_eq!(gradient, (2.0, 1.0, 4.0, 3.0, 6.0, 5.0, 8.0, 7.0, 10.0, 9.0, 12.0, 11.0));
}

mod loss {
    use backprop::backprop;

    #[backprop(name = loss_derivatives)]
    pub fn loss(x: f64) -> f64 {
        x * x
    }

    #[backprop(constant(k), name = scaled_derivatives)]
    pub fn scaled(x: f64, k: f64) -> f64 {
        k * x
    }
}

use loss::{loss, loss_derivatives};

#[test]
fn the_generated_item_may_have_a_name_of_its_own() {
    assert_eq!(loss(3.0), 9.0);
    assert_eq!(loss_derivatives::grad(3.0), 6.0);
    assert_eq!(loss::scaled_derivatives::value_and_grad(3.0, 2.0), (6.0, 2.0));
}

#[test]
fn gradients_are_the_same_at_every_call() {
    let x: Vec<f64> = (0..50).map(|i| (f64::from(i) * 0.7).sin()).collect();
    let first = dot::value_and_grad(&x, &x);
    for _ in 0..3 {
        assert_eq!(dot::value_and_grad(&x, &x), first);
    }
}
