//! `std::mem::swap`, `replace` and `take`, and `swap_with_slice`.

use backprop::backprop;
use backprop_tests::check;
use std::mem;

#[backprop]
fn diffusion(u: &[f64], rate: f64, steps: usize) -> f64 {
    let n = u.len();
    let mut now = u.to_vec();
    let mut next = vec![0.0; n];
    for _ in 0..steps {
        for i in 0..n {
            let left = if i > 0 { now[i - 1] } else { 0.0 };
            next[i] = now[i] + rate * (left - now[i]) * now[i];
        }
        std::mem::swap(&mut now, &mut next);
    }
    let mut energy = 0.0;
    for v in &now {
        energy += v * v;
    }
    energy
}

#[test]
fn two_buffers_take_turns() {
    check!(diffusion(&vec![0.0, 0.5, 1.0, 0.7, 0.1], 0.3, const 5));
    check!(diffusion(&vec![0.0, 0.5, 1.0, 0.7, 0.1], 0.3, const 2));
    check!(diffusion(&vec![0.0, 0.5, 1.0, 0.7, 0.1], 0.3, const 0));
}

#[backprop]
fn in_place_turns(u: &mut [f64; 3], v: &mut [f64; 3], steps: usize) -> f64 {
    let mut s = 0.0;
    for k in 0..steps {
        for i in 0..3 {
            v[i] *= u[(i + 1) % 3];
        }
        if k == 3 {
            return s;
        }
        mem::swap(u, v);
        s += u[0] * v[1];
    }
    s
}

#[test]
fn borrowed_arrays_are_exchanged() {
    check!(in_place_turns(&mut [0.9, 0.8, -1.1], &mut [1.2, 0.7, 0.6], const 3));
    check!(in_place_turns(&mut [0.9, 0.8, -1.1], &mut [1.2, 0.7, 0.6], const 5));
    check!(in_place_turns(&mut [0.9, 0.8, -1.1], &mut [1.2, 0.7, 0.6], const 0));
}

#[backprop]
fn scalars(x: f64, y: f64) -> f64 {
    let (mut a, mut b) = (x * x, y.sin());
    let before = a * b * b;
    if a < b {
        mem::swap(&mut a, &mut b);
    }
    b *= a;
    let mut c = 3.0;
    mem::swap(&mut c, &mut a);
    before + a * b * c
}

#[test]
fn numbers_are_exchanged() {
    check!(scalars(0.7, 0.8));
    check!(scalars(0.9, 0.8));
}

#[backprop]
fn parts(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let mut pair = (x[0], [x[1], 2.0]);
    core::mem::swap(&mut v[1], &mut pair.0);
    mem::swap(&mut pair.1[0], &mut v[2]);
    let mut s = v[1] * v[2] * pair.0 * pair.1[0];
    for i in 0..v.len() {
        v[i] *= v[i];
        let last = &mut pair.1[1];
        mem::swap(&mut v[i], last);
        s += pair.1[1] * v[i];
    }
    s
}

#[test]
fn elements_and_fields_are_exchanged() {
    check!(parts(&vec![0.3, 0.9, -0.4]));
}

#[backprop]
fn different_lengths(x: &[f64]) -> f64 {
    let mut short = vec![x[0] * x[1]];
    let mut long = x.to_vec();
    let before = short[0] * long[1];
    mem::swap(&mut short, &mut long);
    short[2] *= long[0];
    let mut rows = vec![vec![x[0]; 2], vec![x[1]; 4]];
    mem::swap(&mut rows[1], &mut long);
    let s = before + short[0] * short[2] * long[3] * rows[1][0];
    long.push(s);
    mem::swap(&mut short, &mut long);
    s
}

#[test]
fn lengths_go_along() {
    check!(different_lengths(&vec![0.3, 0.9, -0.4]));
}

#[backprop]
fn replaced(x: &[f64], n: usize) -> f64 {
    let mut last = x[0] * x[0];
    let mut rows = vec![vec![x[1]], vec![x[0], x[1]]];
    let mut s = 0.0;
    for i in 0..n {
        let new = x[i % x.len()] * last;
        let before = mem::replace(&mut last, new);
        s += before * last;
        let mut row = mem::take(&mut rows[i % 2]);
        row.push(before);
        s += row[0] * row[row.len() - 1];
        rows[i % 2] = row;
    }
    let old = std::mem::replace(&mut rows, Vec::new());
    rows.push(vec![s]);
    mem::replace(&mut last, 0.0) * old[0][0] * rows[0][0] + mem::take(&mut s) + s
}

#[test]
fn values_are_replaced_and_taken() {
    check!(replaced(&vec![0.3, 0.9, -0.4], const 3));
    check!(replaced(&vec![0.3, 0.9], const 0));
}

#[derive(Clone, Debug, backprop::Differentiable)]
struct State {
    now: Vec<f64>,
    next: Vec<f64>,
    scale: f64,
}

#[backprop]
fn advance(state: &mut State) {
    for i in 0..state.now.len() {
        state.next[i] = state.now[i].sin() * state.scale;
    }
    state.scale *= 1.1;
    mem::swap(&mut state.now, &mut state.next);
}

#[backprop]
fn simulate(x: &[f64], steps: usize) -> f64 {
    let mut state = State { now: x.to_vec(), next: vec![0.0; x.len()], scale: 1.2 };
    for _ in 0..steps {
        advance(&mut state);
    }
    let mut s = state.scale;
    for v in &state.now {
        s *= v;
    }
    s
}

#[test]
fn fields_of_one_struct_are_exchanged() {
    check!(simulate(&vec![0.3, 0.9, -0.4], const 3));
    check!(simulate(&vec![0.3, 0.9, -0.4], const 0));
}

#[backprop]
fn exchange(a: &mut Vec<f64>, b: &mut Vec<f64>, k: f64) -> f64 {
    a[0] *= k;
    mem::swap(a, b);
    a[0] * a[0] * k
}

#[backprop]
fn exchanged_by_a_callee(x: &[f64], k: f64) -> f64 {
    let mut a = x.to_vec();
    let mut b = vec![k; 2];
    let mut s = exchange(&mut a, &mut b, k);
    s += a[1] * b[2];
    s * exchange(&mut b, &mut a, s)
}

#[test]
fn borrowed_vectors_are_exchanged() {
    check!(exchanged_by_a_callee(&vec![0.3, 0.9, -0.4], 0.7));
    let (value, (a_bar, b_bar, k_bar)) = exchange::value_and_grad(&mut vec![2.0, 1.0], &mut vec![3.0], 5.0);
    assert_eq!((value, a_bar, b_bar, k_bar), (45.0, vec![0.0, 0.0], vec![30.0], 9.0));
}

#[backprop]
fn imported(x: f64) -> f64 {
    use std::{f64::consts::PI, mem::swap};
    let mut a = x;
    let mut b = x * PI;
    swap(&mut a, &mut b);
    a * a * b
}

#[test]
fn by_its_bare_name_if_the_body_imports_it() {
    check!(imported(0.7));
}

#[backprop]
fn constants_exchanged(x: f64, n: usize) -> f64 {
    let mut count = 1;
    let mut other = n;
    mem::swap(&mut count, &mut other);
    let mut table = vec![1.0, 2.0];
    let mut buffer = vec![x; 3];
    for _ in 0..count {
        mem::swap(&mut table, &mut buffer);
    }
    let mut s = 0.0;
    for v in &table {
        s += v * v;
    }
    s * buffer[1] * mem::replace(&mut other, 3) as f64
}

#[test]
fn what_was_constant_takes_part() {
    check!(constants_exchanged(0.7, const 2));
    check!(constants_exchanged(0.7, const 3));
}

#[backprop]
fn halves(x: &[f64], y: &mut [f64]) -> f64 {
    let mut v = x.to_vec();
    let n = v.len() / 2;
    let mut w = [1.0, x[0]];
    v[..n].swap_with_slice(&mut y[..n]);
    v[n..n + 2].swap_with_slice(&mut w);
    y.swap_with_slice(&mut v);
    let mut s = w[0] * w[1];
    for i in 0..v.len() {
        s += v[i] * y[i] * y[i];
    }
    s
}

#[test]
fn slices_are_exchanged() {
    check!(halves(&vec![0.3, 0.9, -0.4, 1.2], &mut vec![1.5, 0.6, 0.8, -0.9]));
}

#[backprop]
fn inner_swap(x: &[f64], n: usize) -> f64 {
    let mut cur = x.to_vec();
    for k in 0..n {
        let mut fresh = vec![0.0; x.len()];
        for i in 0..x.len() {
            fresh[i] = cur[i] * cur[(i + k) % x.len()] + 0.1;
        }
        if k % 2 == 0 {
            mem::swap(&mut cur, &mut fresh);
        } else {
            cur[0] += fresh[1];
        }
        fresh[0] *= cur[0];
        cur[1] += fresh[0];
    }
    cur[0] * cur[1]
}

#[test]
fn a_buffer_of_the_loop_goes_out_of_it() {
    check!(inner_swap(&vec![0.3, 0.9, -0.4], const 4));
    check!(inner_swap(&vec![0.3, 0.9, -0.4], const 1));
}

#[backprop]
fn branchy(x: &[f64], n: usize) -> f64 {
    let mut a = vec![x[0]];
    let mut b = x.to_vec();
    let mut s = 1.0;
    for i in 0..n {
        match i % 3 {
            0 => {
                a.push(b[0] * s);
                mem::swap(&mut a, &mut b);
            }
            1 => {
                if b.len() > 1 {
                    s += b.remove(0);
                } else {
                    b.extend_from_slice(&a);
                }
            }
            _ => {
                let c = mem::take(&mut a);
                for v in &c {
                    s += v * v;
                }
                a.extend(c);
                a.truncate(2);
            }
        }
        s *= 0.9;
    }
    for v in a.iter() {
        s += v * b[0];
    }
    s
}

#[test]
fn exchanges_and_edits_per_branch() {
    check!(branchy(&vec![0.3, 0.9, -0.4], const 9));
    check!(branchy(&vec![0.3, 0.9, -0.4], const 2));
}

#[backprop]
fn tuple_swap(mut p: (f64, f64), mut v: Vec<f64>, mut w: Vec<f64>) -> f64 {
    let b = p.0 * v[0];
    mem::swap(&mut p.0, &mut p.1);
    mem::swap(&mut v, &mut w);
    p.0 *= v[0];
    b * p.0 * p.1 * p.1 + v[v.len() - 1]
}

#[test]
fn parameters_by_value_are_exchanged() {
    check!(tuple_swap((0.3, 0.9), vec![0.2, 0.4], vec![1.2, 0.1, 0.6]));
}
