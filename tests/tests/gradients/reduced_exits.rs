//! More of the same, around jumps and values given late.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn moving_index(x: f64, n: usize) -> f64 {
    let mut b = [x, x * x, 1.0];
    let mut k = n;
    let p = b[0] * b[1];
    b[k] += 0.5;
    k = 2;
    let q = b[0] * b[1];
    p * q + k as f64
}

#[backprop]
fn moving_index_in_a_loop(x: &[f64], ks: &[usize]) -> f64 {
    let mut b = [x[0], x[1], 1.0];
    let mut k = 0;
    let mut s = 1.0;
    while k < ks.len() {
        s = s * b[0] * b[1] + b[2];
        b[ks[k]] += 0.5;
        k += 1;
    }
    let mut perm = [0usize, 1];
    for i in 0..4 {
        let j = i % 2;
        s *= b[0] * b[1];
        b[perm[j]] += 0.5;
        perm.swap(0, 1);
        let row = &mut b[1..];
        row[j] -= 0.25;
        if i == 2 {
            break;
        }
    }
    s
}

#[test]
fn a_constant_is_added_at_an_index_that_moves() {
    check!(moving_index(0.3, const 1));
    check!(moving_index_in_a_loop(&vec![0.3, 0.7], const &[0, 1, 2, 1][..]));
    check!(moving_index_in_a_loop(&vec![0.3, 0.7], const &[][..]));
}

#[backprop]
fn g(x: f64) -> f64 {
    x.sin() * x
}

#[backprop]
fn call_or_leave(x: f64, n: usize) -> f64 {
    let s = if n % 3 == 1 { g(x) } else { return x * 2.0 };
    let t = match n {
        1 => g(s),
        _ => return s * s,
    };
    s * x - t
}

#[backprop]
fn backtracking(x: f64, f0: f64) -> f64 {
    let mut t = 1.0;
    let best = loop {
        let ft = g(x * t);
        if ft < f0 {
            break ft;
        }
        t *= 0.5;
        if t < 1e-3 {
            return f0;
        }
    };
    best * x
}

#[test]
fn a_call_gives_the_value_of_a_branch_or_the_function_ends() {
    check!(call_or_leave(0.7, const 1));
    check!(call_or_leave(0.7, const 2));
    check!(call_or_leave(0.7, const 4));
    check!(backtracking(0.9, 0.1));
    check!(backtracking(0.9, -1.0));
}

#[backprop]
fn vec_or_leave(x: f64, n: usize) -> Vec<f64> {
    if n == 0 {
        return vec![x * x];
    }
    vec![x, x * x * 2.0]
}

#[backprop]
fn given_back_or_made(x: f64, c: Vec<f64>, n: usize) -> Vec<f64> {
    if n < 2 {
        return c;
    }
    vec![x, x]
}

#[backprop]
fn tuple_or_leave(x: f64, mut c: Vec<f64>, n: usize) -> (Vec<f64>, f64) {
    for i in 0..n {
        c[0] *= x;
        if i == 2 {
            return (c, x * x);
        }
    }
    (c.clone(), x)
}

#[test]
fn an_early_return_gives_a_vec() {
    check!(vec_or_leave(0.7, const 0) -> _);
    check!(vec_or_leave(0.7, const 1) -> _);
    check!(given_back_or_made(0.7, vec![0.3, 0.4], const 1) -> _);
    check!(given_back_or_made(0.7, vec![0.3, 0.4], const 2) -> _);
    check!(tuple_or_leave(0.7, vec![0.3, 0.4], const 2) -> _);
    check!(tuple_or_leave(0.7, vec![0.3, 0.4], const 5) -> _);
}

#[backprop]
fn index_given_late(x: &[f64], n: usize) -> f64 {
    let k;
    if n == 0 {
        k = 1;
    } else if n == 4 {
        return x[0] * x[1];
    } else {
        k = 2;
    }
    let scale: f64;
    match x[0] {
        w if w > 5.0 => return w,
        _ => scale = 0.5,
    }
    x[k] * x[0] * scale
}

#[test]
fn an_index_gets_its_value_in_a_statement_that_may_leave() {
    for n in [0, 3, 4] {
        check!(index_given_late(&vec![0.3, 0.4, 0.9], const n));
    }
    check!(index_given_late(&vec![7.0, 0.4, 0.9], const 0));
}

#[backprop]
fn loop_inside_a_value(x: f64, n: usize) -> f64 {
    let mut v = if n > 2 {
        let mut t = x;
        for _ in 0..3 {
            t *= x + 1.0;
        }
        t
    } else {
        x
    };
    v = 2.0 * v * x;
    v
}

#[test]
fn a_value_has_a_loop_of_its_own() {
    check!(loop_inside_a_value(0.7, const 1));
    check!(loop_inside_a_value(0.7, const 3));
}

#[backprop]
fn takes(v: Vec<f64>, k: f64) -> f64 {
    v[0] * k
}

#[backprop]
fn unused_result(x: f64, c: Vec<f64>) -> f64 {
    let _v = takes(c, x);
    x * x
}

#[test]
fn a_vec_goes_into_a_call_that_nothing_needs() {
    check!(unused_result(0.7, vec![0.3, 0.4]));
}

#[backprop]
fn vec_by_break(x: f64, n: usize) -> f64 {
    let mut k = 0;
    let v = loop {
        k += 1;
        if k > n {
            break vec![x, x * k as f64];
        }
    };
    v[0] * v[1]
}

#[test]
fn break_gives_a_vec() {
    check!(vec_by_break(0.7, const 2));
}

fn consume(idx: Vec<usize>) -> usize {
    idx.len()
}

#[backprop]
fn consumed(x: &[f64], n: usize) -> f64 {
    let idx = vec![1usize, 0];
    let mut s = x[idx[0]] * x[idx[1]];
    if n == 1 {
        return s * consume(idx) as f64;
    }
    for i in &idx {
        s *= x[*i];
    }
    s
}

#[test]
fn indices_are_consumed_by_a_passive_call() {
    check!(consumed(&vec![0.3, 0.7], const 1));
    check!(consumed(&vec![0.3, 0.7], const 0));
}

#[backprop]
fn scaled(p: &mut (f64, f64), q: &mut [f64]) -> f64 {
    p.0 *= q[0];
    q[0] = p.1.sin();
    p.0
}

#[backprop]
fn lends_by_length(q: &mut [f64], p: &mut [(f64, f64)], k: usize) -> f64 {
    let s = scaled(&mut p[k % p.len()], q);
    let r = &mut q[0..2];
    r[k % r.len()] *= s;
    let t = r[(k + 1) % r.len()] * s;
    r[k % r.len()] = t * t;
    t * r[k % r.len()]
}

#[test]
fn an_index_is_computed_from_the_length_of_what_is_lent() {
    check!(lends_by_length(&mut vec![0.3, 0.7, 0.2], &mut vec![(0.4, 0.9), (1.1, 0.6)], const 3));
}

#[backprop]
fn loops_over_a_copy(p: &mut [[f64; 2]; 2]) -> f64 {
    let mut q = [p[0][0], p[1][0] * 2.0, p[1][1]];
    let mut s = 0.0;
    for v in p[0] {
        p[0][1 % p[0].len()] = v * v;
        s += v.sin();
    }
    for v in q {
        q[0] *= v;
        s += q[0] * v;
    }
    s * p[0][1]
}

#[test]
fn a_loop_by_value_runs_over_a_copy() {
    check!(loops_over_a_copy(&mut [[0.3, 0.7], [0.2, 1.1]]));
}
