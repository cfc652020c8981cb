//! `while` and `loop`, with conditions that depend on active values.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn halve(x: f64, a: f64) -> f64 {
    let mut y = x;
    let mut steps = 0;
    while y > 1.0 {
        y = y * a + 0.01 * y.sin();
        steps += 1;
    }
    y * steps as f64
}

#[test]
fn a_condition_on_an_active_value() {
    check!(halve(9.0, 0.6));
    check!(halve(0.5, 0.6));
}

#[backprop]
fn indexed(x: &[f64], stride: usize) -> f64 {
    let mut i = 0;
    let mut s = 1.0;
    while i < x.len() {
        s = s * x[i] + x[i].cos();
        i += stride;
    }
    s
}

#[test]
fn an_index_that_the_body_moves() {
    check!(indexed(&vec![0.3, 0.8, -0.4, 1.2, 0.6], const 2));
    check!(indexed(&vec![], const 2));
}

#[backprop]
fn newton(a: f64) -> f64 {
    let mut x = a;
    loop {
        let next = 0.5 * (x + a / x);
        if (next - x).abs() < 1e-12 {
            break;
        }
        x = next;
    }
    x
}

#[test]
fn a_loop_left_by_break() {
    check!(newton(2.0));
    check!(newton(0.3));
}

#[backprop]
fn with_value(x: f64) -> f64 {
    let mut y = x;
    let result = loop {
        y = y * 1.3 + x * 0.1;
        if y > 5.0 {
            break y * x;
        }
        if y < -5.0 {
            break y.sin();
        }
    };
    result * 2.0
}

#[test]
fn a_loop_with_a_value() {
    check!(with_value(0.7));
    check!(with_value(-0.7));
}

#[backprop]
fn nested(x: &[f64], w: f64) -> f64 {
    let mut total = 0.0;
    let mut k = 0;
    while k < 3 {
        let mut p = w;
        let mut j = k;
        while j < x.len() {
            p *= x[j] + 1.0;
            if p > 8.0 {
                break;
            }
            j += 1;
        }
        total += p.sqrt() * total + p;
        k += 1;
    }
    total
}

#[test]
fn nested_while_loops() {
    check!(nested(&vec![0.3, 0.8, 0.4, 1.2, 0.6], 0.9));
    check!(nested(&vec![], 0.9));
}

#[backprop]
fn stack(x: &[f64], order: &[usize]) -> f64 {
    let mut todo = order.to_vec();
    let mut s = 0.2;
    while let Some(i) = todo.pop() {
        s = (s + x[i]).sin() * x[i];
    }
    s
}

#[test]
fn while_let_over_integers() {
    check!(stack(&vec![0.3, 0.8, 0.4], const &[0, 2, 1, 1][..]));
    check!(stack(&vec![0.3], const &[][..]));
}
