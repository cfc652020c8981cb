//! `fill`, `copy_from_slice`, `swap`, `clone`, `to_vec`, `len`, `is_empty`.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn filled(x: f64, v: &[f64]) -> f64 {
    let mut a = v.to_vec();
    let before = a[0] * a[1];
    a.fill(x * x);
    a[1] += v[1] * a[0];
    a[2..].fill(x);
    let mut b = [1.0; 3];
    b.fill(a[1]);
    b[0] *= x;
    before * a[0] + a[1] * a[2] + b[0] * b[2]
}

#[test]
fn fill_gives_every_element_one_value() {
    check!(filled(0.7, &vec![1.2, -0.4, 0.3]));
}

#[backprop]
fn constant_fill_of_a_borrowed_array(x: f64, p: &mut [f64; 2]) -> f64 {
    let before = p[0] * x;
    if x > 0.0 {
        p.fill(-0.4);
    }
    before + p[1] * x
}

#[backprop]
fn constant_fill_of_a_borrowed_vec(x: f64, p: &mut Vec<f64>) -> f64 {
    let before = p[0] * p[1];
    p.fill(2.0);
    before * p[0] * x
}

#[test]
fn a_constant_fill_ends_what_a_borrowed_buffer_held() {
    check!(constant_fill_of_a_borrowed_array(0.7, &mut [1.2, -0.4]));
    check!(constant_fill_of_a_borrowed_array(-0.7, &mut [1.2, -0.4]));
    check!(constant_fill_of_a_borrowed_vec(0.7, &mut vec![1.2, -0.4]));
}

#[backprop]
fn filled_in_a_loop(x: &[f64], n: usize) -> f64 {
    let mut scratch = vec![0.0; x.len()];
    let mut s = 0.5;
    for _ in 0..n {
        scratch.fill(s);
        for i in 0..x.len() {
            scratch[i] *= x[i];
            s = s * 0.5 + scratch[i] * scratch[i];
        }
        scratch.fill(0.0);
    }
    s
}

#[test]
fn fill_of_a_scratch_buffer_that_is_reused() {
    check!(filled_in_a_loop(&vec![1.2, -0.4, 0.3], const 3));
    check!(filled_in_a_loop(&vec![], const 3));
}

#[backprop]
fn copied(x: &[f64], y: &mut [f64]) -> f64 {
    let n = x.len();
    let mut a = vec![2.0; n];
    let mut s = a[0] * y[0];
    a.copy_from_slice(x);
    a[0] *= y[n - 1];
    y.copy_from_slice(&a);
    y[1] *= y[0];
    a[..2].copy_from_slice(&y[n - 2..]);
    for i in 0..n {
        s += a[i] * y[i];
    }
    s
}

#[test]
fn copy_from_slice_overwrites() {
    check!(copied(&vec![1.2, -0.4, 0.3], &mut vec![0.8, 0.9, -1.0]));
}

#[backprop]
fn diffusion(u: &[f64], rate: f64, steps: usize) -> f64 {
    let n = u.len();
    let mut now = u.to_vec();
    let mut next = vec![0.0; n];
    for _ in 0..steps {
        next.copy_from_slice(&now);
        for i in 1..n - 1 {
            next[i] += rate * (now[i - 1] - 2.0 * now[i] + now[i + 1]) * now[i];
        }
        now.copy_from_slice(&next);
    }
    let mut energy = 0.0;
    for v in &now {
        energy += v * v;
    }
    energy
}

#[test]
fn two_buffers_copied_to_and_fro() {
    check!(diffusion(&vec![0.0, 0.5, 1.0, 0.7, 0.1], 0.3, const 5));
    check!(diffusion(&vec![0.0, 0.5, 1.0, 0.7, 0.1], 0.3, const 0));
}

#[backprop]
fn swapped(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    v.swap(0, 2);
    v[0] *= v[1];
    v.swap(1, 1);
    let mut w = [v[2], x[0]];
    w.swap(0, 1);
    w[0] *= w[1];
    v.swap(0, 1);
    v[0] * v[1] * w[0] + v[2]
}

#[test]
fn swap_exchanges_two_elements() {
    check!(swapped(&vec![1.2, -0.4, 0.3]));
}

#[backprop]
fn bubble_sorted(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let n = v.len();
    for i in 0..n {
        for j in 0..n - 1 - i {
            if v[j] > v[j + 1] {
                v.swap(j, j + 1);
            }
        }
    }
    let mut s = 0.0;
    for i in 0..n {
        s += v[i] * v[i] * (i + 1) as f64;
    }
    s
}

#[test]
fn a_sort_carries_gradients_back_to_where_the_elements_stood() {
    check!(bubble_sorted(&vec![1.2, -0.4, 0.3, 2.2, 0.9]));
    check!(bubble_sorted(&vec![]));
}

#[backprop]
fn reversed(x: &mut [f64]) {
    let n = x.len();
    for i in 0..n / 2 {
        x.swap(i, n - 1 - i);
    }
    for i in 1..n {
        x[i] *= x[i - 1];
    }
}

#[test]
fn swaps_in_a_parameter() {
    check!(reversed(&mut vec![1.2, -0.4, 0.3, 2.2, 0.9]) -> ());
    check!(reversed(&mut vec![]) -> ());
}

#[backprop]
fn cloned(x: Vec<f64>, p: (f64, [f64; 2])) -> f64 {
    let mut y = x.clone();
    y[0] *= x[1];
    let z = y.clone();
    y[1] = z[0] * x[0];
    let q = p.clone();
    let r = p.1.clone();
    let k = q.0.clone() * r[1];
    x[0] * y[0] + y[1] * z[1] * k
}

#[test]
fn clones_go_their_own_way() {
    check!(cloned(vec![1.2, -0.4], (0.8, [1.5, -0.3])));
}

#[backprop]
fn lengths(x: &[f64], v: Vec<f64>, a: [f64; 3], k: f64) -> f64 {
    let n = x.len() + v.len() + a.len() + x[1..].len();
    let mut s = k;
    if !x.is_empty() && !v.is_empty() {
        s *= x[0] * v[0];
    }
    s * n as f64 + a[0]
}

#[test]
fn len_and_is_empty_are_integers_and_flags() {
    check!(lengths(&vec![1.2, -0.4], vec![0.3], [1.0, 2.0, 3.0], 0.7));
    check!(lengths(&vec![1.2], vec![], [1.0, 2.0, 3.0], 0.7));
}

#[backprop]
fn copies_of_parts(x: &[f64]) -> f64 {
    let mut head = x[..2].to_vec();
    let tail = x[1..].to_vec();
    head[0] *= tail[0];
    let turned = [head[1], head[0] * tail[1]];
    head.copy_from_slice(&turned);
    head[0] * head[1]
}

#[test]
fn to_vec_of_a_part() {
    check!(copies_of_parts(&vec![1.2, -0.4, 0.7]));
}

#[backprop]
fn integer_buffers(x: &[f64]) -> f64 {
    let mut order = vec![0; x.len()];
    order.fill(1);
    order[0] = 2;
    order.swap(0, 1);
    let other = order.clone();
    let mut s = 0.0;
    for i in 0..other.len() {
        s += x[other[i]] * x[i];
    }
    s
}

#[test]
fn the_same_methods_on_integers_pass_through() {
    check!(integer_buffers(&vec![1.2, -0.4, 0.7]));
}

#[backprop]
fn filled_with_rows(x: &[f64], n: usize) -> f64 {
    let mut m = vec![[1.0, x[0]]; n + 1];
    let mut s = m[n][1] * m[0][0];
    m[1..].fill([x[0] * x[1], 2.0]);
    m[0][0] *= x[1];
    for i in 0..m.len() {
        s += m[i][0] * m[i][0] * m[i][1];
        let row = m[i];
        m[i..].fill(row);
    }
    let mut grid = [[0.0; 2]; 2];
    let row = [s, x[1]];
    grid.fill(row);
    grid[1][0] *= grid[0][1];
    m.fill([0.0; 2]);
    grid[0][0] * grid[1][0]
}

#[test]
fn fill_with_arrays() {
    check!(filled_with_rows(&vec![1.2, -0.4], const 2));
    check!(filled_with_rows(&vec![1.2, -0.4], const 0));
}
