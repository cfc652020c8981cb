//! Calls whose arguments are overwritten before, between and after them: what a pullback is lent again must be what
//! the call left, and what the caller needs of an older state the caller has saved.

use backprop::backprop;
use backprop_tests::check;

/// Reads what it leaves in `out` again.
#[backprop]
fn hidden(w: &[f64], x: &[f64], out: &mut [f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..out.len() {
        out[i] = w[i] * x[i % x.len()];
        s += out[i] * out[i];
    }
    s
}

/// Reads what came in, overwrites it, and reads that again.
#[backprop]
fn advance(state: &mut [f64], k: f64) -> f64 {
    let n = state.len();
    let mut s = 1.0;
    for i in 0..n {
        let old = state[i];
        state[i] = old * state[(i + 1) % n] + k;
        s += state[i] * state[i] * old;
    }
    s
}

/// Reads alone.
#[backprop]
fn energy(a: &[f64], b: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..a.len() {
        s += a[i] * a[i] * b[i];
    }
    s
}

#[test]
fn the_helpers_by_themselves() {
    check!(hidden(&vec![0.4, -0.7, 1.2], &vec![0.8, 1.5], &mut vec![9.0, 9.0, 9.0]));
    check!(advance(&mut vec![0.4, -0.7, 1.2], 0.3));
    check!(energy(&vec![0.4, -0.7], &vec![1.2, 0.6]));
}

#[backprop]
fn scratch_in_a_loop(w: &[f64], #[constant] data: &[f64]) -> f64 {
    let mut scratch = vec![0.0; w.len()];
    let mut loss = 0.0;
    for k in 0..data.len() {
        let a = hidden(w, &data[k..k + 1], &mut scratch);
        loss += a * a;
    }
    loss
}

#[test]
fn a_scratch_buffer_that_every_iteration_overwrites() {
    check!(scratch_in_a_loop(&vec![0.4, -0.7], const &[0.5, 1.5, -0.8][..]));
    check!(scratch_in_a_loop(&vec![0.4, -0.7], const &[][..]));
}

#[backprop]
fn scratch_twice(w: &[f64], x: &[f64]) -> f64 {
    let mut scratch = [0.0; 2];
    let a = hidden(w, x, &mut scratch);
    let b = hidden(x, w, &mut scratch);
    let c = energy(&scratch, w);
    scratch[0] = a * b;
    let d = energy(&scratch, x);
    a * b + c * d
}

#[test]
fn a_scratch_buffer_for_several_calls() {
    check!(scratch_twice(&vec![0.4, -0.7], &vec![1.2, 0.6]));
}

#[backprop]
fn state_in_a_loop(x: &[f64], k: f64, steps: usize) -> f64 {
    let mut state = x.to_vec();
    let mut s = 0.0;
    for _ in 0..steps {
        s += advance(&mut state, k);
    }
    s * energy(&state, x)
}

#[test]
fn a_state_carried_by_calls() {
    for steps in 0..4 {
        check!(state_in_a_loop(&vec![0.4, -0.7, 0.9], 0.3, const steps));
    }
}

#[backprop]
fn overwritten_between(x: &[f64], k: f64) -> f64 {
    let mut state = x.to_vec();
    let a = advance(&mut state, k);
    state[0] *= a;
    state[1] = k;
    let b = energy(&state, x);
    state.fill(b * 0.1);
    let c = advance(&mut state, a * 0.1);
    state.copy_from_slice(x);
    c + energy(&state, &state) * b
}

#[test]
fn the_caller_overwrites_between_calls() {
    check!(overwritten_between(&vec![0.4, -0.7, 0.9], 0.3));
}

#[backprop]
fn overwritten_in_a_loop(x: &[f64], k: f64, steps: usize) -> f64 {
    let mut state = x.to_vec();
    let n = x.len();
    let mut s = 0.1;
    for step in 0..steps {
        s += energy(&state, x) * 0.3;
        state[step % n] = s.sin();
        s += advance(&mut state, k) * 0.2;
        if s > 0.6 {
            state[(step + 1) % n] *= s;
            let mut out = [0.0; 2];
            s = hidden(&state, x, &mut out);
        }
        state[0] += 0.1 * s;
    }
    s
}

#[test]
fn the_caller_overwrites_between_calls_in_a_loop() {
    for steps in 0..5 {
        check!(overwritten_in_a_loop(&vec![0.4, -0.7, 0.9], 0.3, const steps));
    }
}

#[backprop]
fn parts(x: &[f64], k: f64) -> f64 {
    let n = x.len() / 2;
    let mut state = x.to_vec();
    let mut s = 0.0;
    for i in 0..n {
        s += advance(&mut state[i..i + n], k) * 0.5;
        s += energy(&state[..n], &state[n..2 * n]);
        let left = state[i];
        s += hidden(x, &[left, s], &mut state[i..]);
    }
    s
}

#[test]
fn overlapping_parts_of_one_buffer() {
    check!(parts(&vec![0.4, -0.7, 0.9, 0.2], 0.3));
    check!(parts(&vec![0.4, -0.7, 0.9, 0.2, 0.5, 0.1], 0.3));
}

#[backprop]
fn exchange(a: &mut [f64], b: &mut [f64], k: f64) {
    for i in 0..a.len() {
        let old = a[i];
        a[i] = b[i] * k;
        b[i] = old * a[i];
    }
}

#[backprop]
fn two_buffers(x: &[f64], y: &[f64], steps: usize) -> f64 {
    let mut a = x.to_vec();
    let mut b = y.to_vec();
    for i in 0..steps {
        exchange(&mut a, &mut b, x[0] + i as f64);
        exchange(&mut b, &mut a, y[0]);
        let (low, high) = (a[0], b[1]);
        a[1] = low * high;
    }
    energy(&a, &b)
}

#[test]
fn two_buffers_changed_by_one_call() {
    check!(exchange(&mut vec![0.4, -0.7], &mut vec![1.2, 0.6], 0.8) -> ());
    for steps in 0..3 {
        check!(two_buffers(&vec![0.4, -0.7], &vec![1.2, 0.6], const steps));
    }
}

#[backprop]
fn through_a_caller(state: &mut [f64], scratch: &mut [f64], k: f64) -> f64 {
    let a = hidden(state, &[k, 2.0], scratch);
    let b = advance(state, a * 0.1);
    scratch[0] *= b;
    energy(scratch, state)
}

#[backprop]
fn three_levels(x: &[f64], k: f64, steps: usize) -> f64 {
    let mut state = x.to_vec();
    let mut scratch = vec![0.0; x.len()];
    let mut s = k;
    for _ in 0..steps {
        s = through_a_caller(&mut state, &mut scratch, s).sin();
    }
    s + scratch[0] * state[0]
}

#[test]
fn references_handed_on_through_two_levels() {
    check!(through_a_caller(&mut vec![0.4, -0.7], &mut vec![5.0, 6.0], 0.3));
    for steps in 0..4 {
        check!(three_levels(&vec![0.4, -0.7], 0.3, const steps));
    }
}

#[backprop]
fn only_in_a_branch(x: &[f64], k: f64) -> f64 {
    let mut state = x.to_vec();
    let mut s = k;
    for i in 0..x.len() {
        if x[i] > 0.0 {
            s += advance(&mut state, k);
        } else {
            state[i] = s * 0.1;
            s *= energy(&state, x);
        }
        s *= state[i];
    }
    s
}

#[test]
fn overwritten_by_a_call_in_one_branch_only() {
    check!(only_in_a_branch(&vec![0.4, -0.7, 0.9], 0.3));
    check!(only_in_a_branch(&vec![-0.4, -0.7, -0.9], 0.3));
}

#[backprop]
fn fresh_in_each_iteration(x: &[f64], k: f64) -> f64 {
    let mut s = k;
    for i in 0..x.len() {
        let mut scratch = vec![s; i + 1];
        let a = advance(&mut scratch, x[i]);
        let mut pair = [a * 0.1, s];
        s = hidden(&scratch[..1], x, &mut pair[..1]) + pair[1] * pair[0];
    }
    s
}

#[test]
fn a_buffer_made_in_each_iteration() {
    check!(fresh_in_each_iteration(&vec![0.4, -0.7, 0.9], 0.3));
}

#[backprop]
fn into_a_temporary(w: &[f64], x: &[f64], n: usize) -> f64 {
    let mut s = hidden(w, x, &mut [1.0, 2.0]);
    for i in 0..n {
        s = s.sin() * hidden(w, x, &mut vec![s; i + 1]);
        s += energy(&[s, x[0]], &[w[0], s * s]);
    }
    s + hidden(x, w, &mut [0.0; 2])
}

#[test]
fn references_to_temporaries() {
    check!(into_a_temporary(&vec![0.4, -0.7], &vec![1.2, 0.6], const 2));
    check!(into_a_temporary(&vec![0.4, -0.7], &vec![1.2, 0.6], const 0));
}

#[backprop]
fn take_next(x: &[f64], position: &mut usize) -> f64 {
    let value = x[*position] * x[0];
    *position += 1;
    value
}

#[backprop]
fn reader(x: &[f64]) -> f64 {
    let mut position = 0;
    let mut s = 0.3;
    for _ in 0..x.len() - 1 {
        let a = take_next(x, &mut position);
        s = s * a + x[position];
    }
    s * position as f64
}

#[test]
fn an_index_that_the_callee_moves_on() {
    check!(reader(&vec![0.4, -0.7, 0.9, 1.1]));
}

#[backprop]
fn into_rows(rows: &mut [[f64; 2]], k: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..rows.len() {
        s += advance(&mut rows[i], k);
        if i > 0 {
            let last = rows[i - 1];
            s *= energy(&last, &rows[i]);
        }
    }
    s
}

#[test]
fn rows_of_a_matrix_changed_by_calls() {
    check!(into_rows(&mut vec![[0.4, -0.7], [0.9, 1.1], [0.2, 0.5]], 0.3));
    check!(into_rows(&mut vec![], 0.3));
}

#[backprop]
fn bump(total: &mut f64, by: f64) -> f64 {
    *total += *total * by;
    *total * *total
}

#[backprop]
fn scalars(x: f64, steps: usize) -> f64 {
    let mut a = x;
    let mut pair = (x, 1.0);
    let mut s = 0.0;
    for i in 0..steps {
        s += bump(&mut a, 0.1 * x);
        a *= 0.9;
        s += bump(&mut pair.1, a) * bump(&mut pair.0, 0.2);
        pair.0 = s.cos() + i as f64;
    }
    s + a
}

#[test]
fn floats_overwritten_between_calls() {
    check!(bump(&mut 0.7, 0.3));
    for steps in 0..4 {
        check!(scalars(0.7, const steps));
    }
}

#[backprop]
fn result_into_what_was_read(x: &[f64], steps: usize) -> f64 {
    let mut state = x.to_vec();
    for i in 0..steps {
        let j = i % x.len();
        state[j] = energy(&state, x) * 0.3;
        state[j] *= energy(x, &state);
    }
    energy(&state, &state)
}

#[test]
fn a_result_overwrites_what_the_call_read() {
    for steps in 0..4 {
        check!(result_into_what_was_read(&vec![0.4, -0.7, 0.9], const steps));
    }
}
