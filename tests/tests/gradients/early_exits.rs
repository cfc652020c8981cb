//! `break`, `continue` and `return`, and what they leave behind.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn until_large(x: f64, n: usize) -> f64 {
    let mut s = x;
    for i in 0..n {
        if s > 2.0 {
            break;
        }
        s += s * x.sin() * (i as f64 + 1.0);
    }
    s * s
}

#[test]
fn break_ends_a_range() {
    check!(until_large(0.7, const 10));
    check!(until_large(0.7, const 1));
    check!(until_large(3.0, const 5));
    check!(until_large(0.7, const 0));
}

#[backprop]
fn skipping(x: &[f64], a: f64) -> f64 {
    let mut s = 0.5;
    for v in x {
        if *v < 0.0 {
            s *= a;
            continue;
        }
        let t = s * v;
        if t > 4.0 {
            continue;
        }
        s = t.sin() + s;
    }
    s
}

#[test]
fn continue_skips_the_rest_of_a_trip() {
    check!(skipping(&vec![0.4, -0.2, 1.7, 90.0, -1.0, 0.6], 0.8));
    check!(skipping(&vec![], 0.8));
}

#[backprop]
fn nested_exits(x: &[f64], w: f64) -> f64 {
    let mut total = 1.0;
    'rows: for i in 0..4 {
        let mut row = total * w;
        for j in 0..x.len() {
            if i == 1 && j == 2 {
                total += row;
                continue 'rows;
            }
            if i == 3 && j == 1 {
                total *= row;
                break 'rows;
            }
            if j == 3 {
                break;
            }
            row = row * x[j] + total.cos();
        }
        total += row * row * 0.1;
    }
    total * w
}

#[test]
fn labelled_jumps_leave_several_loops() {
    check!(nested_exits(&vec![0.4, -0.2, 0.7, 0.3, 1.1], 0.8));
    check!(nested_exits(&vec![0.4], 0.8));
    check!(nested_exits(&vec![], 0.8));
}

#[backprop]
fn early(x: f64, y: f64) -> f64 {
    if x < 0.0 {
        return -x * y;
    }
    let z = x * y;
    if z > 3.0 {
        return z.ln();
    }
    z.exp() + x
}

#[test]
fn return_before_the_end() {
    check!(early(-0.7, 0.3));
    check!(early(2.7, 1.3));
    check!(early(0.7, 0.3));
}

#[backprop]
fn search(x: &[f64], target: f64, out: &mut [f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        let mut p = x[i];
        for j in 0..3 {
            p = p * p + target * 0.1;
            out[i] = p * s;
            if p > 2.0 {
                return p * target + s;
            }
            if j == 1 && p < 0.1 {
                break;
            }
        }
        s += p.sqrt();
    }
    if s > 100.0 {
        return s;
    }
    s * target
}

#[test]
fn return_from_inside_loops() {
    check!(search(&vec![0.4, 0.2, 1.7, 0.3, 1.1], 0.8, &mut vec![1.0, 2.0, 3.0, 4.0, 5.0]));
    check!(search(&vec![0.4, 0.2], 0.8, &mut vec![1.0, 2.0]));
    check!(search(&vec![], 0.8, &mut vec![]));
}

#[backprop]
fn fills(x: f64, out: &mut [f64]) {
    for i in 0..out.len() {
        if i == 3 {
            return;
        }
        out[i] = out[i] * x + x.sin();
    }
    out[0] *= x;
}

#[test]
fn return_without_a_value() {
    check!(fills(0.4, &mut vec![1.0, 2.0]) -> ());
    check!(fills(0.4, &mut vec![1.0, 2.0, 3.0, 4.0, 5.0]) -> ());
}

#[backprop]
fn value_or_leave(x: &[f64]) -> f64 {
    let mut s = 1.0;
    for v in x.iter() {
        let y = if *v > 0.0 { v.sqrt() } else { continue };
        let z = if y > 1.5 { break } else { y * s };
        s = s * z + y;
    }
    s
}

#[test]
fn a_branch_gives_a_value_or_leaves() {
    check!(value_or_leave(&vec![0.4, -0.2, 0.7, 4.0, 1.1]));
    check!(value_or_leave(&vec![0.4, -0.2, 0.7]));
}

#[backprop]
fn callee(x: f64, n: usize) -> f64 {
    let mut y = x;
    for _ in 0..n {
        y = y.sin() + x;
        if y > 1.5 {
            return y * y;
        }
    }
    y
}

#[backprop]
fn caller(x: &[f64], n: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        let y = callee(x[i], n);
        if y < 0.0 {
            continue;
        }
        s += callee(y, n) * s + y;
        if s > 50.0 {
            break;
        }
    }
    s
}

#[test]
fn exits_around_and_inside_calls() {
    check!(caller(&vec![0.4, -0.2, 0.7, 1.0, 1.1], const 3));
    check!(caller(&vec![0.4, -0.2, 0.7, 1.0, 1.1], const 0));
    check!(caller(&vec![], const 0));
}

#[backprop]
fn leaves_from_a_list(x: f64, leave: bool) -> f64 {
    let v = vec![x * x; 1];
    let w = vec![
        {
            if leave {
                return 3.0 * x;
            }
            2.0 * x
        },
        2.0,
        v[0],
    ];
    w[0] * w[2] * x
}

#[backprop]
fn leaves_from_a_repetition(x: f64, rounds: usize) -> f64 {
    let mut sum = x;
    for round in 0..5 {
        let v = vec![if round == rounds { break } else { x * sum }; 2];
        sum += v[0] * v[1];
    }
    sum
}

#[test]
fn the_elements_of_a_vec_may_leave() {
    check!(leaves_from_a_list(0.7, const false));
    check!(leaves_from_a_list(0.7, const true));
    for rounds in 0..3 {
        check!(leaves_from_a_repetition(0.7, const rounds));
    }
}
