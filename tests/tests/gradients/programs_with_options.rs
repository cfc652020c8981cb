//! Programs with errors of their own, options that steer, stacks and searches.

use backprop::{Differentiable, backprop};
use backprop_tests::check;

/// An error that is not `Clone`.
#[derive(Debug)]
#[allow(dead_code)]
enum FitError {
    Singular,
    Diverged { steps: usize },
}

#[backprop]
fn pivot(a: &[f64], k: usize) -> Result<f64, FitError> {
    let p = *a.get(k).ok_or(FitError::Singular)?;
    if p.abs() < 1e-9 {
        return Err(FitError::Singular);
    }
    Ok(1.0 / p)
}

#[backprop]
fn iterate(x: f64, target: f64) -> Result<(f64, usize), FitError> {
    let mut y = x;
    for steps in 0..40 {
        let r = y * y - target;
        if r.abs() < 1e-10 {
            return Ok((y, steps));
        }
        if !r.is_finite() {
            return Err(FitError::Diverged { steps });
        }
        y -= r / (2.0 * y);
    }
    Err(FitError::Diverged { steps: 40 })
}

#[backprop]
fn fit(x: &[f64]) -> f64 {
    let mut total = 0.0;
    for k in 0..x.len() + 1 {
        match pivot(x, k) {
            Ok(inv) => {
                if let Ok((root, steps)) = iterate(x[k], inv) {
                    total += root * 2.0;
                    let _ = steps;
                } else {
                    total -= inv;
                }
            }
            Err(FitError::Singular) => total += 0.5,
            Err(FitError::Diverged { .. }) => return total,
        }
    }
    total
}

#[backprop]
fn stack_machine(x: &[f64]) -> f64 {
    let ops = ['p', 'p', '*', 'p', '+', 's', 'p', '-'];
    let mut stack = vec![0.0; 8];
    let mut sp = 0;
    let mut next = 0;
    for op in ops {
        match op {
            'p' => {
                stack[sp] = x[next % x.len()];
                sp += 1;
                next += 1;
            }
            '*' | '+' | '-' => {
                let (a, b) = (stack[sp - 2], stack[sp - 1]);
                sp -= 1;
                stack[sp - 1] = match op {
                    '*' => a * b,
                    '+' => a + b,
                    _ => a - b,
                };
            }
            's' => stack[sp - 1] = stack[sp - 1].sin(),
            other => unreachable!("{other}"),
        }
    }
    stack[0] * stack[1]
}

#[backprop]
fn nearest(x: &[f64]) -> f64 {
    let mut best: Option<(usize, f64)> = None;
    for (i, v) in x.iter().enumerate() {
        let d = (v - 0.7).powi(2);
        best = match best {
            None => Some((i, d)),
            Some((_, b)) if d < b => Some((i, d)),
            keep @ Some(_) => keep,
        };
    }
    let Some((i, d)) = best else { return 0.0 };
    d * x[i] + x[(i + 1) % x.len()]
}

#[backprop]
fn lookup(x: &[f64]) -> f64 {
    let table: [Option<f64>; 3] = [Some(x[0]), None, Some(x[1] * x[0])];
    let mut s = 1.0;
    'outer: for round in 0..3 {
        for (k, entry) in table.iter().enumerate() {
            let v = match entry {
                Some(v) if round == k => *v,
                Some(v) => v.sin(),
                None if round == 2 => break 'outer,
                None => continue,
            };
            s = s * v + x[k % x.len()];
            if s > 50.0 {
                return s;
            }
        }
        s += table.iter().flatten().count() as f64;
    }
    s
}

#[backprop]
fn optional_param(w: Option<f64>, x: &Option<f64>, y: f64) -> f64 {
    let a = w.unwrap_or(2.0);
    let b = match x {
        Some(v) => v * v,
        None => 1.0,
    };
    let c = x.as_ref().map(|v| v.sin()).unwrap_or(y);
    let d = if let (Some(p), Some(q)) = (w, *x) { p * q } else { y };
    a * b + c * d * y
}

#[backprop]
fn of_options(x: &[f64]) -> f64 {
    optional_param(Some(x[0]), &Some(x[1]), x[2])
        + optional_param(None, &Some(x[0]), x[2]) * optional_param(Some(x[2]), &None, x[1])
}

#[backprop]
fn update(slot: &mut Option<f64>, v: f64) {
    match slot {
        Some(old) => {
            *old = *old * v + v;
            if *old > 5.0 {
                *slot = None;
            }
        }
        None => *slot = Some(v * v),
    }
}

#[backprop]
fn updates(x: &[f64]) -> f64 {
    let mut slot = None;
    let mut s = 0.0;
    for _ in 0..3 {
        for &v in x {
            update(&mut slot, v);
            if let Some(w) = slot {
                s += w * v;
            }
        }
    }
    s + slot.unwrap_or(1.0)
}

#[backprop]
fn vecs(x: &[f64]) -> f64 {
    let maybe: Option<Vec<f64>> = if x.len() > 1 { Some(x.iter().map(|v| v * v).collect::<Vec<f64>>()) } else { None };
    let s = match &maybe {
        Some(v) => v[0] + v[1],
        None => 0.0,
    };
    let v = maybe.unwrap();
    let w = match Some(v) {
        Some(mut u) => {
            u[0] *= 2.0;
            u.push(s);
            u
        }
        None => vec![],
    };
    w.iter().product::<f64>() + s
}

#[backprop]
fn chain_exit(x: &[f64]) -> f64 {
    let mut acc = 1.0;
    for row in 0..3 {
        let m = x.iter().map(|v| v * (row + 1) as f64).fold(0.0, f64::max);
        if m > 2.5 {
            break;
        }
        let mut count = 0;
        for v in x.iter().filter(|v| **v < m) {
            acc += v * m;
            count += 1;
            if count > 1 {
                continue;
            }
            acc *= 1.1;
        }
        let f = |a: f64, b: f64| -> f64 {
            let c = a * b;
            c + acc
        };
        acc = f(m, x[row % x.len()]);
    }
    acc
}

#[test]
fn errors_that_are_not_clone() {
    check!(fit(&vec![0.3, 1.2, 0.5]));
    check!(fit(&vec![0.3, -1.2, 0.5]));
}

#[test]
fn a_stack_machine() {
    check!(stack_machine(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn the_nearest_so_far() {
    check!(nearest(&vec![0.3, 1.2, 0.5]));
    check!(nearest(&vec![]));
}

#[test]
fn a_table_with_gaps() {
    check!(lookup(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn options_as_parameters() {
    check!(of_options(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn an_option_changed_by_a_callee() {
    check!(updates(&vec![0.3, 1.2, 0.5]));
    check!(updates(&vec![0.3, 1.2, 2.5]));
}

#[test]
fn vectors_in_options() {
    check!(vecs(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn chains_and_closures_between_exits() {
    check!(chain_exit(&vec![0.3, 0.8, 0.5]));
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Token {
    Num(usize),
    Plus,
    Times,
    Neg,
}
#[backprop]
fn rpn(x: &[f64]) -> f64 {
    use Token::*;
    let program = [Num(0), Num(1), Plus, Num(2), Times, Neg];
    let mut stack: Vec<f64> = Vec::new();
    for t in program.iter() {
        match t {
            Num(i) => stack.push(x[*i]),
            Plus | Times => {
                let b = stack.pop().unwrap();
                let a = stack.pop().unwrap();
                stack.push(if *t == Plus { a + b } else { a * b });
            }
            Neg => {
                let top = stack.last_mut().unwrap();
                *top = -*top;
            }
        }
    }
    stack[0]
}

#[backprop]
fn drained(x: &[f64]) -> f64 {
    let mut stack: Vec<f64> = x.to_vec();
    let mut s = 1.0;
    while let Some(v) = stack.pop() {
        s = s * v + s;
        if s > 1.3 && stack.len() < 5 {
            stack.push(v * 0.4);
            s *= 0.5;
        }
    }
    if let Some(v) = stack.pop() {
        s += v;
    } else {
        s *= 2.0;
    }
    stack.push(s * x[0]);
    let Some(last) = stack.pop() else { return 0.0 };
    last + match stack.last() {
        Some(v) => *v,
        None => x[0],
    }
}
#[backprop]
fn pingpong(x: &[f64]) -> f64 {
    let mut cur = x.to_vec();
    let mut next = vec![0.0; x.len()];
    for _ in 0..5 {
        for i in 0..cur.len() {
            next[i] = cur[i] * 0.5 + cur[(i + 1) % cur.len()] * cur[i];
        }
        std::mem::swap(&mut cur, &mut next);
    }
    cur.iter().sum()
}
#[derive(Clone, Debug, Differentiable)]
struct State {
    hist: Vec<f64>,
    best: Option<f64>,
    n: usize,
}
#[backprop]
fn record(s: &mut State, v: f64) {
    s.hist.push(v);
    s.n += 1;
    let prev = s.best.take();
    s.best = match prev {
        Some(b) if b > v => Some(b),
        _ => Some(v * v),
    };
    if s.hist.len() > 2 {
        s.hist.remove(0);
    }
}
#[backprop]
fn recorded(x: &[f64]) -> f64 {
    let mut s = State { hist: vec![], best: None, n: 0 };
    for v in x {
        record(&mut s, *v);
    }
    let old = std::mem::replace(&mut s.hist, vec![x[0]; 2]);
    s.best.unwrap_or(0.0) * old[0] + s.hist[1] + s.n as f64
}

#[test]
fn a_stack_of_floats() {
    check!(rpn(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn a_stack_is_drained() {
    check!(drained(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn buffers_change_places() {
    check!(pingpong(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn a_record_is_kept_in_a_struct() {
    check!(recorded(&vec![0.3, 1.2, 0.5]));
    check!(recorded(&vec![0.3]));
}
