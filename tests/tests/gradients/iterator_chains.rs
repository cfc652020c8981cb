//! Iterator chains over active values.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn total(x: &[f64]) -> f64 {
    x.iter().sum()
}

#[backprop]
fn norm(x: &[f64]) -> f64 {
    x.iter().map(|v| v * v).sum::<f64>().sqrt()
}

#[backprop]
fn variance(x: &[f64]) -> f64 {
    let m = x.iter().sum::<f64>() / x.len() as f64;
    x.iter().map(|v| (v - m).powi(2)).sum::<f64>() / (x.len() - 1) as f64
}

#[backprop]
fn weighted(x: &[f64]) -> f64 {
    x.iter().enumerate().map(|(i, &v)| v * i as f64).sum()
}

#[backprop]
fn largest(x: &[f64]) -> f64 {
    x.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

#[backprop]
fn folded(x: &[f64]) -> f64 {
    x.iter().fold(1.0, |acc, v| acc * (1.0 + v))
}

#[backprop]
fn positive(x: &[f64]) -> f64 {
    let y: Vec<f64> = x.iter().map(|v| v.sin()).collect();
    y.iter().filter(|v| **v > 0.0).map(|v| v * v).sum::<f64>() + y[0]
}

#[backprop]
fn autocorrelation(x: &[f64]) -> f64 {
    (0..x.len()).map(|i| x[i] * x[(i + 1) % x.len()]).sum()
}

#[backprop]
fn every_other(x: &[f64]) -> f64 {
    (0..x.len()).filter(|&i| i % 2 == 0).map(|i| x[i]).product()
}

#[backprop]
fn each(x: &[f64]) -> f64 {
    let mut s = 0.0;
    x.iter().for_each(|v| s += v * v);
    for v in x.iter().map(|v| v * 2.0) {
        s *= v;
    }
    s
}

#[backprop]
fn until_small(x: &[f64]) -> f64 {
    x.iter().take_while(|&&v| v > 0.4).map(|v| v.ln()).sum()
}

#[backprop]
fn entropy(x: &[f64]) -> f64 {
    let m = x.iter().cloned().fold(f64::NEG_INFINITY, f64::max);
    let e: Vec<f64> = x.iter().map(|&v| (v - m).exp()).collect();
    let z: f64 = e.iter().sum();
    let p = e.iter().map(|v| v / z).collect::<Vec<_>>();
    -p.iter().map(|&q| q * q.ln()).sum::<f64>()
}

#[backprop]
fn through_functions(x: &[f64]) -> f64 {
    x.iter().map(|&v| v.sqrt()).map(f64::exp).map(|e| e * 2.0).enumerate().map(|(i, v)| v / (i + 1) as f64).sum()
}

#[backprop]
fn sq(v: f64) -> f64 {
    v * v
}

#[backprop]
fn through_calls(x: &[f64]) -> f64 {
    x.iter().copied().map(sq).sum::<f64>()
        + x.iter().filter_map(|&v| if v > 0.5 { Some(v * 3.0) } else { None }).sum::<f64>()
}

#[backprop]
fn counted(x: &[f64]) -> f64 {
    let k = x.iter().filter(|v| **v > 0.5).count();
    let any = x.iter().any(|&v| v < 0.0);
    x[0] * k as f64 + if any { x[1] } else { 0.0 }
}

#[backprop]
fn nested(x: &[f64]) -> f64 {
    let m: Vec<Vec<f64>> = (0..2).map(|i| (0..x.len()).map(|j| x[j] * (i + 1) as f64).collect::<Vec<f64>>()).collect();
    m.iter().map(|row| row.iter().map(|v| v * v).sum::<f64>()).product()
}

#[backprop]
fn axpy(a: f64, x: &[f64]) -> Vec<f64> {
    x.iter().map(|v| a * v).collect()
}

#[backprop]
fn scaled(x: &[f64]) -> f64 {
    let y = axpy(x[0], x);
    y.iter().sum()
}

#[test]
fn a_sum_is_that_of_std_to_the_bit() {
    check!(total(&vec![0.3, 1.2, 0.5]));
    check!(total(&vec![]));
}

#[test]
fn map_and_sum() {
    check!(norm(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn a_chain_after_a_chain() {
    check!(variance(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn enumerate_before_map() {
    check!(weighted(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn fold_with_a_function() {
    check!(largest(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn fold_with_a_closure() {
    check!(folded(&vec![0.3, 1.2, 0.5]));
    check!(folded(&vec![]));
}

#[test]
fn collect_and_filter() {
    check!(positive(&vec![0.3, -1.2, 0.5]));
}

#[test]
fn over_a_range() {
    check!(autocorrelation(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn a_range_is_filtered() {
    check!(every_other(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn for_each_and_a_loop_over_a_chain() {
    check!(each(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn take_while_ends_it() {
    check!(until_small(&vec![0.7, 1.2, 0.3, 0.9]));
    check!(until_small(&vec![0.7, 1.2]));
}

#[test]
fn softmax_entropy() {
    check!(entropy(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn functions_by_path() {
    check!(through_functions(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn annotated_functions_by_path() {
    check!(through_calls(&vec![0.3, 1.2, 0.6]));
}

#[test]
fn counting_has_no_derivative() {
    check!(counted(&vec![0.3, 1.2, 0.6]));
    check!(counted(&vec![0.3, -1.2, 0.6]));
}

#[test]
fn a_matrix_by_nested_chains() {
    check!(nested(&vec![0.3, 1.2, 0.6]));
}

#[test]
fn a_result_is_collected() {
    check!(scaled(&vec![0.3, 1.2, 0.6]));
}

#[backprop]
fn dot(x: &[f64]) -> f64 {
    let (a, b) = (&x[..x.len() / 2], &x[x.len() / 2..]);
    a.iter().zip(b).map(|(p, q)| p * q).sum()
}

#[backprop]
fn steps(x: &[f64]) -> f64 {
    x.iter().zip(x.iter().skip(1)).map(|(a, b)| (b - a).powi(2)).sum::<f64>().sqrt()
}

#[backprop]
fn variation(x: &[f64]) -> f64 {
    x.windows(2).map(|w| (w[1] - w[0]).abs()).sum()
}

#[backprop]
fn blocks(x: &[f64]) -> f64 {
    x.chunks(2).map(|c| c.iter().sum::<f64>()).map(|s| s * s).sum()
}

#[backprop]
fn mirrored(x: &[f64]) -> f64 {
    let y: Vec<f64> = x.iter().zip(x.iter().rev()).map(|(&a, &b)| a * b + 1.0).collect();
    y.iter().enumerate().filter(|(i, _)| i % 2 == 0).map(|(_, v)| v).sum::<f64>()
}

#[backprop]
fn ends_early(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for ((a, b), k) in x.iter().zip(&x[1..]).zip(1..) {
        s += a * b * k as f64;
        if s > 3.0 {
            break;
        }
    }
    s
}

#[test]
fn zip_and_sum() {
    check!(dot(&vec![0.3, 1.2, 0.5, 0.6]));
}

#[test]
fn neighbours_by_zip_and_skip() {
    check!(steps(&vec![0.3, 1.2, 0.5, 0.6]));
}

#[test]
fn windows_are_mapped() {
    check!(variation(&vec![0.3, 1.2, 0.5, 0.6]));
}

#[test]
fn chunks_are_summed() {
    check!(blocks(&vec![0.3, 1.2, 0.5, 0.6]));
}

#[test]
fn pairs_are_filtered() {
    check!(mirrored(&vec![0.3, 1.2, 0.5, 0.6]));
}

#[test]
fn a_loop_over_pairs_ends_early() {
    check!(ends_early(&vec![0.3, 1.2, 0.5, 0.6]));
}
