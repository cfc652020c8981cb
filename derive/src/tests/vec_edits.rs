//! Vectors that change their length in many ways.

use super::{generated, phase};
use expect_test::expect;

pub(super) const CALCULATOR: &str = "
#[backprop]
fn calculator(x: &[f64]) -> f64 {
    let mut stack = Vec::new();
    for i in 0..x.len() {
        stack.push(x[i]);
        if i % 2 == 1 {
            let right = stack.pop().unwrap();
            let left = stack.remove(0);
            stack.push(left * right);
        }
    }
    stack[0]
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn calculator(x)
            #0 let stack = Vec::new()
            #8 for i in 0..x.len()
                #2 push stack x[i]
                #7 if i % 2 == 1
                    #3 let right = pop stack
                    #4 let left = remove stack 0
                    #5 let t = mul left right
                    #6 push stack t
            result stack[0]
    "#]]
    .assert_eq(&phase("lower", CALCULATOR));
}

#[test]
fn reversed() {
    expect![[r#"
        begin stack_bar = zero
        add stack_bar[0] += seed
        restore #8
        for trips of #8 backwards
            restore #7
            if #7 went then
                restore #6
                undo #6 stack_bar giving stack_bar_1
                begin t_bar = stack_bar_1
                restore #5
                begin right_bar = zero
                begin left_bar = zero
                where t_bar is not zero
                    add left_bar += t_bar * right
                    add right_bar += t_bar * left
                restore #4
                undo #4 stack_bar taking left_bar
                restore #3
                undo #3 stack_bar taking right_bar
            restore #2
            undo #2 stack_bar giving stack_bar_2
            add x_bar[i] += stack_bar_2
            restore #1
        restore #0
    "#]]
    .assert_eq(&phase("adjoint", CALCULATOR));
}

#[test]
fn expanded() {
    expect![[r#"
        pub fn value_and_grad_into(x: &[f64], x_grad: &mut [f64]) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("calculator::value_and_grad_into", "x", &*x, x_grad);
            let mut stack = Vec::new();
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(0..x.len())).0,
            );
            for i in 0..x.len() {
                stack.push(x[i]);
                let branch = if i % 2 == 1 {
                    let right = stack.pop().unwrap();
                    let left = stack.remove(0);
                    stack.push(left * right);
                    ::backprop::__private::Branch::Then((right, left))
                } else {
                    ::backprop::__private::Branch::Else(())
                };
                tape.push(branch);
            }
            let value = stack[0];
            let x_bar = x_grad;
            let mut stack_bar = ::std::vec![0.0; stack.len()];
            stack_bar[0] += 1.0;
            for i in (0..x.len()).rev() {
                let branch = tape.pop();
                match branch {
                    ::backprop::__private::Branch::Then((right, left)) => {
                        let stack_bar_1 = ::backprop::__private::pop_adjoint(&mut stack_bar);
                        let mut right_bar = 0.0;
                        let mut left_bar = 0.0;
                        if stack_bar_1 != 0.0 {
                            left_bar += stack_bar_1 * right;
                            right_bar += stack_bar_1 * left;
                        }
                        stack_bar.insert(0, left_bar);
                        stack_bar.push(right_bar);
                    }
                    ::backprop::__private::Branch::Else(()) => {}
                }
                let stack_bar_2 = ::backprop::__private::pop_adjoint(&mut stack_bar);
                x_bar[i] += stack_bar_2;
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", CALCULATOR));
}

/// The elements that are cut off are kept where they are read again; where not, how many they were is enough.
pub(super) const SCRATCH: &str = "
#[backprop]
fn scratch(x: &[f64], n: usize) -> f64 {
    let mut squares = Vec::new();
    let mut doubles = Vec::new();
    let mut s = 0.0;
    for k in 0..n {
        squares.clear();
        squares.extend_from_slice(x);
        s += squares[k] * squares[k];
        doubles.truncate(k);
        doubles.resize(n, 2.0 * s);
        s += doubles[k];
    }
    s
}
";

#[test]
fn what_is_kept_of_a_scratch_buffer() {
    expect![[r#"
        pub fn value_and_grad_into(x: &[f64], n: usize, x_grad: &mut [f64]) -> f64 {
            use ::core::iter::Iterator as _;
            ::backprop::__private::check_buffer::<
                [f64],
            >("scratch::value_and_grad_into", "x", &*x, x_grad);
            let mut squares = Vec::new();
            let mut doubles = Vec::new();
            let mut s = 0.0;
            let mut tape = ::backprop::__private::Tape::with_capacity(
                ::core::iter::Iterator::size_hint(&(0..n)).0,
            );
            for k in 0..n {
                let squares_tail = ::backprop::__private::split_tail(&mut squares, 0);
                let squares_len = squares.len();
                squares.extend_from_slice(x);
                s += squares[k] * squares[k];
                let doubles_len = doubles.len();
                doubles.truncate(k);
                let t_1 = 2.0 * s;
                let doubles_len_1 = doubles.len();
                doubles.truncate(n);
                let t_2 = ::core::primitive::usize::saturating_sub(n, doubles.len());
                let t_3 = ::std::vec![t_1; t_2];
                let doubles_len_2 = doubles.len();
                doubles.extend_from_slice(&t_3);
                s += doubles[k];
                tape.push((
                    squares_tail,
                    squares_len,
                    doubles_len,
                    doubles_len_1,
                    doubles_len_2,
                ));
            }
            let value = s;
            let x_bar = x_grad;
            let mut s_bar = 1.0;
            let mut squares_bar = ::std::vec![0.0; squares.len()];
            let mut doubles_bar = ::std::vec![0.0; doubles.len()];
            for k in (0..n).rev() {
                let (squares_tail, squares_len, doubles_len, doubles_len_1, doubles_len_2) = tape
                    .pop();
                doubles_bar[k] += s_bar;
                let doubles_bar_1 = doubles_bar.split_off(doubles_len_2);
                let t_3_bar = doubles_bar_1;
                let t_1_bar = ::backprop::__private::sum(&t_3_bar[..]);
                doubles_bar.resize(doubles_len_1, 0.0);
                if t_1_bar != 0.0 {
                    s_bar += t_1_bar * 2.0;
                }
                doubles_bar.resize(doubles_len, 0.0);
                let t_bar = s_bar;
                squares_bar[k] += t_bar * squares[k];
                squares_bar[k] += t_bar * squares[k];
                squares.truncate(squares_len);
                let squares_bar_1 = squares_bar.split_off(squares_len);
                ::backprop::__private::accumulate(&mut x_bar[..], &squares_bar_1[..]);
                squares.extend(squares_tail);
                squares_bar.resize(squares.len(), 0.0);
            }
            value
        }
    "#]]
    .assert_eq(&generated("both sweeps", SCRATCH));
}
