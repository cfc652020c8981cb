//! Integer and `bool` code beside the floats: it passes through, and reverse sweeps see the indices as they were.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn running_index(x: &[f64], rows: usize, columns: usize) -> f64 {
    let mut p = 0;
    let mut s = 0.2;
    for i in 0..rows {
        for _ in 0..columns {
            s = s * x[p] + s.cos();
            p += 1;
        }
        s *= i as f64 + 0.5;
    }
    s + x[p - 1]
}

#[test]
fn an_index_that_runs_through_nested_loops() {
    check!(running_index(&vec![0.4, -0.9, 1.3, 0.2, 0.7, -0.3], const 2, const 3));
    check!(running_index(&vec![0.4, -0.9, 1.3], const 3, const 1));
}

#[backprop]
fn index_restarted(x: &[f64]) -> f64 {
    let mut k = 0;
    let mut s = 0.2;
    for _ in 0..x.len() {
        s += x[k] * s;
        k += 1;
    }
    k = 0;
    for _ in 0..x.len() {
        s *= x[k] + 2.0;
        k += 1;
    }
    k -= x.len();
    s * x[k]
}

#[test]
fn an_index_set_back_between_loops() {
    check!(index_restarted(&vec![0.4, -0.9, 1.3]));
}

#[backprop]
fn both_ends(x: &[f64]) -> f64 {
    let mut low = 0;
    let mut high = x.len() - 1;
    let mut s = 0.5f64;
    for _ in 0..x.len() / 2 {
        s = s.sin() * x[low] + x[high] * s;
        low += 1;
        high -= 1;
    }
    s
}

#[test]
fn two_indices_that_meet() {
    check!(both_ends(&vec![0.4, -0.9, 1.3, 0.6]));
    check!(both_ends(&vec![0.4, -0.9, 1.3]));
}

#[backprop]
fn conditional_index(x: &[f64]) -> f64 {
    let mut kept = [0.0; 8];
    let mut count = 0;
    for i in 0..x.len() {
        if x[i] > 0.0 {
            kept[count] = x[i] * x[i];
            count += 1;
        }
    }
    let mut s = 1.0;
    for i in 0..count {
        s = s * kept[i] + kept[count - 1 - i];
    }
    s
}

#[test]
fn an_index_that_moves_only_in_a_branch() {
    check!(conditional_index(&vec![0.4, -0.9, 1.3, -0.2, 0.7]));
    check!(conditional_index(&vec![-0.4]));
    check!(conditional_index(&vec![]));
}

#[backprop]
fn largest_index(x: &[f64]) -> f64 {
    let mut best = 0;
    for i in 1..x.len() {
        if x[i] > x[best] {
            best = i;
        }
    }
    x[best] * x[best] + x[0]
}

#[test]
fn an_index_found_by_comparing() {
    check!(largest_index(&vec![0.4, -0.9, 1.3, -0.2, 0.7]));
    check!(largest_index(&vec![0.4]));
}

#[backprop]
fn lookup_tables(x: &[f64], order: &[usize], shift: [i32; 3]) -> f64 {
    const SIGN: [i8; 4] = [1, -1, -1, 1];
    let mut s = 0.3;
    for i in 0..order.len() {
        let j = order[order[i] % order.len()];
        let k = (j as i32 + shift[i % 3]).rem_euclid(x.len() as i32) as usize;
        s += x[j] * x[k] * SIGN[i % 4] as f64 * s;
    }
    s
}

#[test]
fn indices_out_of_tables() {
    check!(lookup_tables(&vec![0.4, -0.9, 1.3, -0.2], const &[2, 0, 3, 1, 1][..], const [-5, 0, 7]));
}

#[backprop]
fn greatest_common_divisor(x: f64, a: u64, b: u64) -> f64 {
    let mut a = a;
    let mut b = b;
    while b != 0 {
        let rest = a % b;
        a = b;
        b = rest;
    }
    let mut bits = 0;
    while a >> bits > 0 {
        bits += 1;
    }
    x.powi(bits) * a as f64
}

#[test]
fn while_loops_over_integers_alone() {
    check!(greatest_common_divisor(1.3, const 84, const 36));
    check!(greatest_common_divisor(1.3, const 7, const 0));
}

#[backprop]
fn integer_loops(x: f64, n: u32) -> f64 {
    let mut factorial = 1u64;
    for k in 1..=u64::from(n) {
        factorial *= k;
    }
    let squares: usize = (0..n as usize).map(|k| k * k).sum();
    let label = match n {
        0 => 10,
        1 | 2 => 20,
        _ if n % 2 == 0 => 30,
        _ => 40,
    };
    let mut found = None;
    for k in 2..n {
        if n % k == 0 {
            found = Some(k);
            break;
        }
    }
    let smallest = found.unwrap_or(n);
    x * factorial as f64 + x * x * squares as f64 + label as f64 * x + f64::from(smallest) * x
}

#[test]
fn loops_matches_closures_and_options_of_integers_alone() {
    for n in [0, 1, 4, 7] {
        check!(integer_loops(0.3, const n));
    }
}

#[backprop]
fn bit_arithmetic(x: &[f64], mask: u32) -> f64 {
    let mut s = 1.0;
    for i in 0..x.len() {
        let bit = mask >> i & 1;
        if bit == 1 {
            s *= x[i];
        } else if mask & (1 << i) == 0 && !(i == 2) {
            s += x[i] * s;
        }
    }
    s * mask.count_ones() as f64
}

#[test]
fn bits_choose_branches() {
    let x = vec![0.4, -0.9, 1.3, -0.2];
    for mask in [0b0101, 0b1111, 0b1000] {
        check!(bit_arithmetic(&x, const mask));
    }
}

#[backprop]
fn random_walk(x: &[f64], seed: u64) -> f64 {
    let mut state = seed;
    let mut s = 0.5;
    for _ in 0..6 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let i = (state >> 33) as usize % x.len();
        s = s * x[i] + x[i].sin();
    }
    s
}

#[test]
fn a_generator_that_wraps_around() {
    check!(random_walk(&vec![0.4, -0.9, 1.3, -0.2], const 42));
}

#[backprop]
fn index_after_use(x: &[f64]) -> f64 {
    let mut i = 0;
    let a = x[i] * x[i + 1];
    i += 1;
    let b = x[i] * a;
    i = 2 * i;
    let c = x[i] * b;
    i = 0;
    c * x[i] + i as f64
}

#[test]
fn each_element_is_found_again_under_its_old_index() {
    check!(index_after_use(&vec![0.4, -0.9, 1.3]));
}

#[backprop]
fn parity(x: f64, n: usize) -> f64 {
    let mut up = true;
    let mut s = x;
    for _ in 0..n {
        if up {
            s = s * s;
        } else {
            s = s.sqrt() + 0.5 * x;
        }
        up = !up;
    }
    s
}

#[test]
fn a_flag_that_flips_in_each_iteration() {
    check!(parity(0.8, const 5));
    check!(parity(0.8, const 0));
}

#[backprop]
fn as_a_string(x: f64, word: &str, letter: char) -> f64 {
    let mut count = 0;
    for c in word.chars() {
        if c == letter {
            count += 1;
        }
    }
    x * count as f64 + word.len() as f64 * x * x
}

#[test]
fn strings_and_chars_are_data() {
    check!(as_a_string(0.8, const "gradient descent", const 'd'));
}

#[backprop]
fn permuted_in_place(x: &mut [f64], order: &mut [usize]) {
    for i in 0..order.len() {
        let j = order[i];
        x[j] *= x[i];
        order[i] = order[(i + 1) % order.len()];
        order[j] = i;
    }
}

#[test]
fn a_table_of_indices_that_is_overwritten_as_it_is_read() {
    let order = || vec![2, 0, 3, 1];
    let mut plain = vec![0.4, -0.9, 1.3, 0.7];
    let mut plain_order = order();
    permuted_in_place(&mut plain, &mut plain_order);

    let mut x = vec![0.4, -0.9, 1.3, 0.7];
    let mut left = order();
    let mut x_bar = vec![1.0, -2.0, 0.5, 3.0];
    permuted_in_place::value_and_grad_into(&mut x, &mut left, &mut x_bar);
    assert_eq!(x, plain);
    assert_eq!(left, plain_order);

    let weighted = |x: &[f64]| {
        let mut x = x.to_vec();
        permuted_in_place(&mut x, &mut order());
        x[0] - 2.0 * x[1] + 0.5 * x[2] + 3.0 * x[3]
    };
    let expected = backprop_tests::gradient(weighted, &[0.4, -0.9, 1.3, 0.7]);
    let expected: Vec<f64> = expected.into_iter().map(|(slope, _)| slope).collect();
    backprop_tests::assert_close("x", &x_bar, &expected, 1e-8);
}
