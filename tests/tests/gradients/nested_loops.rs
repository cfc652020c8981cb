//! Loops in loops.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn matrix_vector(w: &[f64], x: &[f64]) -> f64 {
    let d = x.len();
    let mut total = 0.0;
    for i in 0..w.len() / d {
        let mut row = 0.0;
        for j in 0..d {
            row += w[i * d + j] * x[j];
        }
        total += row.tanh() * row;
    }
    total
}

#[test]
fn an_accumulator_begun_anew_in_each_row() {
    check!(matrix_vector(&vec![0.1, -0.4, 0.7, 1.0, 0.3, -0.9], &vec![1.5, -0.2, 0.8]));
    check!(matrix_vector(&vec![], &vec![1.5]));
}

#[backprop]
fn triangular(x: &[f64]) -> f64 {
    let mut s = 0.1;
    for i in 0..x.len() {
        for j in 0..i {
            s += x[i] * x[j] * s;
        }
        for j in (i..x.len()).rev() {
            s = s * 0.9 + x[j].sin() * x[i];
        }
    }
    s
}

#[test]
fn inner_bounds_by_the_outer_index() {
    check!(triangular(&vec![0.4, -1.1, 0.7, 0.2]));
    check!(triangular(&vec![0.4]));
    check!(triangular(&vec![]));
}

#[backprop]
fn carried_through_both(x: f64, n: usize, m: usize) -> f64 {
    let mut s = x;
    for i in 0..n {
        let before = s;
        for j in 0..m {
            s = (s * x + (i * m + j) as f64).sin();
            if s < 0.0 {
                s *= before;
            }
        }
        s += before * 0.5;
    }
    s
}

#[test]
fn state_carried_through_inner_and_outer_loop() {
    for (n, m) in [(3, 4), (4, 1), (0, 5), (5, 0)] {
        check!(carried_through_both(0.8, const n, const m));
    }
}

#[backprop]
fn three_deep(a: &[f64], b: &[f64], n: usize) -> f64 {
    let mut c = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..n {
            for k in 0..n {
                c[i * n + j] += a[i * n + k] * b[k * n + j];
            }
        }
    }
    let mut trace = 0.0;
    for i in 0..n {
        trace += c[i * n + i] * c[i];
    }
    trace
}

#[test]
fn a_matrix_product() {
    let a = vec![0.1, -0.4, 0.7, 1.0, 0.3, -0.9, 0.2, 0.6, -0.5];
    let b = vec![1.1, 0.4, -0.2, 0.8, -0.3, 0.5, 0.7, -0.6, 0.9];
    check!(three_deep(&a, &b, const 3));
    check!(three_deep(&vec![], &vec![], const 0));
}

#[backprop]
fn ragged(x: &[f64], lengths: &[usize]) -> f64 {
    let mut s: f64 = 1.0;
    let mut start = 0;
    for &length in lengths {
        let mut product = 1.0;
        for i in start..start + length {
            product *= x[i];
        }
        s = s.sin() + product * s;
        start += length;
    }
    s
}

#[test]
fn inner_loops_of_different_lengths() {
    let x = vec![0.4, -1.1, 0.7, 0.2, 1.3, -0.6];
    check!(ragged(&x, const &[2, 0, 3, 1][..]));
    check!(ragged(&x, const &[0, 0][..]));
    check!(ragged(&x, const &[][..]));
}

#[backprop]
fn branches_and_loops(x: &[f64], n: usize) -> f64 {
    let mut s = 0.5;
    for i in 0..n {
        if i % 2 == 0 {
            for v in x {
                s = s * v + 0.3;
            }
        } else if s > 0.4 {
            for j in 0..i {
                s -= x[j % x.len()] * s;
                if s > 1.0 {
                    s /= 2.0 * s;
                }
            }
        }
    }
    s
}

#[test]
fn loops_in_branches_in_loops() {
    check!(branches_and_loops(&vec![0.4, -1.1, 0.7], const 5));
    check!(branches_and_loops(&vec![0.9, 1.1], const 4));
    check!(branches_and_loops(&vec![0.9, 1.1], const 0));
}

#[backprop]
fn convolution(image: &[f64], kernel: &[f64], width: usize, size: usize) -> f64 {
    let height = image.len() / width;
    let mut energy = 0.0;
    for y in 0..height + 1 - size {
        for x in 0..width + 1 - size {
            let mut response = 0.0;
            for dy in 0..size {
                for dx in 0..size {
                    response += image[(y + dy) * width + x + dx] * kernel[dy * size + dx];
                }
            }
            energy += response * response.max(0.1 * response);
        }
    }
    energy
}

#[test]
fn four_loops_deep() {
    let image: Vec<f64> = (0..20).map(|i| f64::from(i * i % 11) * 0.1 - 0.4).collect();
    check!(convolution(&image, &vec![0.3, -0.8, 0.5, 0.2], const 5, const 2));
}

#[backprop]
fn same_names(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        let a = x[i];
        for i in 0..i {
            let a = a * x[i];
            s += a * a;
        }
        s += a * i as f64;
    }
    s
}

#[test]
fn inner_loops_reusing_the_outer_names() {
    check!(same_names(&vec![0.4, -1.1, 0.7]));
}
