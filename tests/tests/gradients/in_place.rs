//! Elements overwritten while an adjoint needs the old value.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn squared(x: &mut [f64]) {
    for i in 0..x.len() {
        x[i] = x[i] * x[i];
    }
}

#[backprop]
fn squared_again_and_again(x: &mut [f64], n: usize) {
    for _ in 0..n {
        for i in 0..x.len() {
            x[i] = x[i] * x[i] + 0.1;
        }
    }
}

#[test]
fn an_element_overwritten_by_a_function_of_itself() {
    check!(squared(&mut vec![0.4, -1.2, 0.8]) -> ());
    check!(squared(&mut vec![]) -> ());
    for n in 0..4 {
        check!(squared_again_and_again(&mut vec![0.4, -0.9, 0.8], const n) -> ());
    }
}

#[backprop]
fn prefix_products(x: &mut [f64]) {
    for i in 1..x.len() {
        x[i] *= x[i - 1];
    }
}

#[backprop]
fn suffix_from_the_front(x: &mut [f64]) {
    for i in 0..x.len() - 1 {
        x[i] = x[i] * x[i + 1] + x[i + 1].sin();
        x[i + 1] -= x[i];
    }
}

#[test]
fn recurrences_over_neighbours() {
    check!(prefix_products(&mut vec![0.4, -1.2, 0.8, 1.5]) -> ());
    check!(suffix_from_the_front(&mut vec![0.4, -1.2, 0.8, 1.5]) -> ());
}

#[backprop]
fn one_cell(x: &[f64]) -> f64 {
    let mut cell = [1.0];
    for i in 0..x.len() {
        cell[0] = cell[0] * x[i] + x[i].sin();
        cell[0] *= cell[0];
    }
    cell[0]
}

#[test]
fn one_cell_overwritten_in_every_iteration() {
    check!(one_cell(&vec![0.4, -1.2, 0.8]));
}

#[backprop]
fn determinant(a: &[f64], n: usize) -> f64 {
    let mut m = a.to_vec();
    let mut determinant = 1.0;
    for k in 0..n {
        let pivot = m[k * n + k];
        determinant *= pivot;
        for i in k + 1..n {
            let factor = m[i * n + k] / pivot;
            for j in k..n {
                m[i * n + j] -= factor * m[k * n + j];
            }
        }
    }
    determinant
}

#[test]
fn gaussian_elimination_in_place() {
    let a = vec![2.0, 0.5, -0.3, 0.4, 1.7, 0.6, -0.2, 0.8, 1.9];
    check!(determinant(&a, const 3));
    check!(determinant(&vec![], const 0));
}

#[backprop]
fn solve(a: &mut [f64], b: &mut [f64]) {
    let n = b.len();
    for k in 0..n {
        let mut pivot = k;
        for i in k + 1..n {
            if a[i * n + k].abs() > a[pivot * n + k].abs() {
                pivot = i;
            }
        }
        if pivot != k {
            for j in 0..n {
                a.swap(k * n + j, pivot * n + j);
            }
            b.swap(k, pivot);
        }
        for i in k + 1..n {
            let factor = a[i * n + k] / a[k * n + k];
            a[i * n + k] = 0.0;
            for j in k + 1..n {
                a[i * n + j] -= factor * a[k * n + j];
            }
            b[i] -= factor * b[k];
        }
    }
    for i in (0..n).rev() {
        let mut s = b[i];
        for j in i + 1..n {
            s -= a[i * n + j] * b[j];
        }
        b[i] = s / a[i * n + i];
    }
}

#[test]
fn a_linear_system_with_row_exchanges() {
    let a = vec![0.1, 0.5, -0.3, 2.4, 1.7, 0.6, -0.2, 0.8, 1.9];
    check!(solve(&mut a, &mut vec![1.0, -0.5, 0.7]) -> ());
}

#[backprop]
fn cholesky(a: &mut [f64], n: usize) {
    for j in 0..n {
        for k in 0..j {
            a[j * n + j] -= a[j * n + k] * a[j * n + k];
        }
        a[j * n + j] = a[j * n + j].sqrt();
        for i in j + 1..n {
            for k in 0..j {
                a[i * n + j] -= a[i * n + k] * a[j * n + k];
            }
            a[i * n + j] /= a[j * n + j];
        }
        for i in 0..j {
            a[i * n + j] = 0.0;
        }
    }
}

#[test]
fn a_cholesky_factor_in_place() {
    check!(cholesky(&mut vec![4.0, 0.5, -0.3, 0.5, 3.0, 0.6, -0.3, 0.6, 2.5], const 3) -> ());
}

#[backprop]
fn sweep(u: &mut [f64], rate: f64) {
    for i in 1..u.len() - 1 {
        u[i] += rate * (u[i - 1] - 2.0 * u[i] + u[i + 1]) * u[i];
    }
}

#[backprop]
fn smooth(u: &[f64], rate: f64, steps: usize) -> f64 {
    let mut state = u.to_vec();
    for _ in 0..steps {
        sweep(&mut state, rate);
        state[0] = state[1] * state[0];
    }
    let mut s = 0.0;
    for v in &state {
        s += v * v;
    }
    s
}

#[test]
fn overwritten_in_place_across_calls() {
    check!(smooth(&vec![0.3, 0.9, 1.4, 0.8, 0.2], 0.3, const 4));
    check!(smooth(&vec![0.3, 0.9, 1.4], 0.3, const 0));
}

#[backprop]
fn hidden_layer(w: &[f64], x: &[f64], scratch: &mut [f64]) -> f64 {
    let n = scratch.len();
    for i in 0..n {
        scratch[i] = 0.0;
        for j in 0..x.len() {
            scratch[i] += w[i * x.len() + j] * x[j];
        }
        scratch[i] = scratch[i].tanh();
    }
    let mut s = 0.0;
    for i in 0..n {
        s += scratch[i] * scratch[n - 1 - i];
    }
    s
}

#[backprop]
fn scratch_reused(w: &[f64], #[constant] data: &[f64], n: usize) -> f64 {
    let mut scratch = vec![0.0; n];
    let d = w.len() / n;
    let mut loss = 0.0;
    for k in 0..data.len() / d {
        let a = hidden_layer(w, &data[k * d..(k + 1) * d], &mut scratch);
        loss += a * a;
    }
    loss
}

#[test]
fn a_scratch_buffer_reused_by_every_call() {
    let w = vec![0.3, -0.8, 0.5, 1.1, 0.2, -0.4];
    check!(scratch_reused(&w, const &[0.4, 1.0, -0.7, 0.2, 0.9, -1.3][..], const 3));
    check!(hidden_layer(&w, &vec![0.4, 1.0], &mut vec![7.0, 8.0, 9.0]));
}

#[backprop]
fn scratch_in_nested_loops(x: &[f64], n: usize) -> f64 {
    let mut scratch = vec![0.0; x.len()];
    let mut total = 0.1;
    for k in 0..n {
        for i in 0..x.len() {
            scratch[i] = x[i] * total;
        }
        for i in 0..x.len() {
            let before = scratch[i];
            scratch[i] *= scratch[(i + 1) % x.len()];
            total = total * 0.7 + before * scratch[i] + k as f64 * 0.1;
        }
    }
    total
}

#[test]
fn a_scratch_buffer_rewritten_in_nested_loops() {
    check!(scratch_in_nested_loops(&vec![0.4, 1.0, -0.7], const 4));
    check!(scratch_in_nested_loops(&vec![], const 4));
}

#[backprop]
fn overlapping_windows(x: &mut [f64], size: usize) -> f64 {
    let mut s = 0.0;
    for start in 0..x.len() + 1 - size {
        for i in start..start + size {
            x[i] = x[i] * 0.5 + x[start] * x[i];
        }
        s += x[start] * x[start + size - 1];
    }
    s
}

#[test]
fn windows_that_overlap() {
    check!(overlapping_windows(&mut vec![0.4, 1.0, -0.7, 0.9, 0.3], const 3));
}

#[backprop]
fn conditional_overwrite(x: &mut [f64], threshold: f64) {
    for i in 0..x.len() {
        if x[i] > threshold {
            x[i] = threshold + (x[i] - threshold) * x[0];
        } else if i > 0 {
            x[i] *= x[i - 1];
        }
    }
}

#[test]
fn overwritten_only_in_a_branch() {
    check!(conditional_overwrite(&mut vec![0.4, 1.0, -0.7, 0.9, 0.3], 0.5) -> ());
    check!(conditional_overwrite(&mut vec![0.9, 1.0, -0.7, 0.9, 0.3], 0.5) -> ());
}

#[backprop]
fn written_before_read(out: &mut [f64], x: f64) {
    for i in 0..out.len() {
        out[i] = x * i as f64;
    }
    out[0] = out[1] * x;
}

#[test]
fn what_came_in_and_was_overwritten_unread_gets_gradient_zero() {
    check!(written_before_read(&mut vec![0.4, 1.0, -0.7], 1.2) -> ());
    let mut out_bar = vec![1.0, 1.0, 1.0];
    let mut x_bar = 0.0;
    written_before_read::value_and_grad_into(&mut [1.0, 2.0, 3.0], 2.0, &mut out_bar, &mut x_bar);
    assert_eq!(out_bar, [0.0, 0.0, 0.0]);
    assert_eq!(x_bar, 4.0 + 1.0 + 2.0);
}

#[backprop]
fn same_element_by_two_indices(x: &mut [f64], i: usize, j: usize) {
    x[i] *= x[j];
    x[j] += x[i] * x[j];
    x[i] = x[j].sin();
}

#[test]
fn two_indices_may_name_one_element() {
    check!(same_element_by_two_indices(&mut vec![0.4, 1.3], const 0, const 1) -> ());
    check!(same_element_by_two_indices(&mut vec![0.4, 1.3], const 1, const 1) -> ());
}

#[backprop]
fn local_copies(x: &[f64]) -> f64 {
    let mut a = x.to_vec();
    let mut s = 0.0;
    for i in 0..a.len() {
        let old = a[i];
        a[i] = old * old;
        let j = (i + 1) % a.len();
        a[j] += old * a[i];
        s += old * a[j];
    }
    s
}

#[test]
fn a_local_copy_of_an_element_keeps_its_value() {
    check!(local_copies(&vec![0.4, 1.0, -0.7]));
}

#[backprop]
fn mixed_places(x: f64, n: usize) -> f64 {
    let mut table = [(x, [0.5, x]), (1.0, [x, 0.2])];
    for i in 0..n {
        let k = i % 2;
        table[k].1[0] *= table[1 - k].0;
        table[k].0 = table[k].1[0] * table[k].1[1] + 0.3;
        table[1 - k].1[k] += table[k].0 * x;
    }
    table[0].0 * table[1].1[0]
}

#[test]
fn fields_and_elements_of_one_table() {
    check!(mixed_places(0.8, const 5));
    check!(mixed_places(0.8, const 0));
}
