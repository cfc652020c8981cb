//! `match` and `if let`.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn by_mode(x: f64, y: f64, mode: usize) -> f64 {
    match mode {
        0 => x * y,
        1 | 2 => {
            let z = x.sin();
            z * y + mode as f64 * x
        }
        n if n > 10 => x.powi(n as i32 - 10),
        3..=5 => y,
        _ => x / y,
    }
}

#[test]
fn a_match_on_an_integer_as_a_value() {
    for mode in [0, 1, 2, 3, 5, 7, 12] {
        check!(by_mode(0.7, 1.4, const mode));
    }
}

#[backprop]
fn steps(x: &[f64], codes: &[u8]) -> f64 {
    let mut s = 1.0;
    let mut t = 0.5;
    for i in 0..codes.len() {
        match codes[i] {
            b'a' => s = s * x[i] + t,
            b'b' => {
                t *= s;
                if t > 3.0 {
                    break;
                }
            }
            b'c' => continue,
            _ => return s * t,
        }
        s += t.sin();
    }
    s - t
}

#[test]
fn a_match_as_a_statement_with_exits() {
    check!(steps(&vec![0.4, 0.3, 1.4, 0.2, 0.7], const &b"abcab"[..]));
    check!(steps(&vec![0.4, 0.3, 1.4, 0.2, 0.7], const &b"bbbbb"[..]));
    check!(steps(&vec![0.4, 0.3, 1.4, 0.2, 0.7], const &b"aabxa"[..]));
}

#[backprop]
fn on_a_float(x: f64, y: f64) -> f64 {
    let a = match x * y {
        v if v < 0.0 => v * v,
        v if v > 2.0 => v.ln(),
        v => v.exp(),
    };
    let b = match (x > y, y) {
        (true, w) => w * 2.0,
        (false, w) if w > 1.0 => w * x,
        _ => 0.5,
    };
    a * b
}

#[test]
fn a_match_on_floats_with_guards() {
    check!(on_a_float(-0.7, 0.4));
    check!(on_a_float(2.7, 1.4));
    check!(on_a_float(0.7, 1.4));
    check!(on_a_float(0.7, 0.9));
}

#[backprop]
fn looked_up(x: &[f64], at: usize) -> f64 {
    let Some(first) = at.checked_sub(1) else {
        return x[0] * x[0];
    };
    if let Some(second) = first.checked_sub(1) { x[first] * x[second] } else { x[first].sin() }
}

#[test]
fn if_let_and_let_else_on_integers() {
    check!(looked_up(&vec![0.4, 0.9], const 2));
    check!(looked_up(&vec![0.4, 0.9], const 1));
    check!(looked_up(&vec![0.4, 0.9], const 0));
}

#[backprop]
fn one_of_nine(x: f64, which: &[usize]) -> f64 {
    let mut s = x;
    for k in which {
        s = match k {
            0 => s * x,
            1 => s.sin(),
            2 => {
                let t = s * s;
                t.exp() / t
            }
            3 => s + 1.0,
            4 => x / s,
            5 if s > 1.0 => s.ln() * x,
            5 | 6 => s.sqrt(),
            7 => 0.5,
            _ => s.powi(3) - x,
        };
    }
    s
}

#[test]
fn a_match_of_many_arms() {
    check!(one_of_nine(0.9, const &[0, 1, 2, 3, 4, 5, 6, 8][..]));
    check!(one_of_nine(1.7, const &[5, 3, 4, 0, 6, 2, 1][..]));
    check!(one_of_nine(1.7, const &[5, 7, 8, 3][..]));
    check!(one_of_nine(1.7, const &[][..]));
}
