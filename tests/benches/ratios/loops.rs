//! Loops over slices. The gradients go into buffers, so that nobody has to allocate.

use backprop::backprop;

use crate::harness::Case;

#[backprop]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..a.len() {
        sum += a[i] * b[i];
    }
    sum
}

fn dot_by_hand(a: &[f64], b: &[f64], a_bar: &mut [f64], b_bar: &mut [f64]) -> f64 {
    let n = a.len();
    let (b, a_bar, b_bar) = (&b[..n], &mut a_bar[..n], &mut b_bar[..n]);
    let mut sum = 0.0;
    for i in 0..n {
        sum += a[i] * b[i];
    }
    for i in 0..n {
        a_bar[i] += b[i];
        b_bar[i] += a[i];
    }
    sum
}

/// One `exp` and six more operations for each element.
#[backprop]
fn bumps(x: &[f64], w: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        let d = x[i] - w[i];
        sum += w[i] * (-0.5 * d * d).exp() + x[i];
    }
    sum
}

fn bumps_by_hand(x: &[f64], w: &[f64], x_bar: &mut [f64], w_bar: &mut [f64]) -> f64 {
    let n = x.len();
    let (w, x_bar, w_bar) = (&w[..n], &mut x_bar[..n], &mut w_bar[..n]);
    let mut sum = 0.0;
    for i in 0..n {
        let d = x[i] - w[i];
        let e = (-0.5 * d * d).exp();
        let term = w[i] * e;
        sum += term + x[i];
        let d_bar = -term * d;
        x_bar[i] += 1.0 + d_bar;
        w_bar[i] += e - d_bar;
    }
    sum
}

#[backprop]
fn affine(w: &[f64], b: &[f64], x: &[f64], out: &mut [f64]) {
    for row in 0..out.len() {
        let mut sum = b[row];
        for column in 0..x.len() {
            sum += w[row * x.len() + column] * x[column];
        }
        out[row] = sum;
    }
}

#[allow(clippy::too_many_arguments)]
fn affine_by_hand(
    w: &[f64],
    b: &[f64],
    x: &[f64],
    out: &mut [f64],
    w_bar: &mut [f64],
    b_bar: &mut [f64],
    x_bar: &mut [f64],
    out_bar: &mut [f64],
) {
    affine(w, b, x, out);
    let n = x.len();
    let x_bar = &mut x_bar[..n];
    for (row, out_bar) in out_bar.iter_mut().enumerate() {
        let sum_bar = std::mem::take(out_bar);
        b_bar[row] += sum_bar;
        let (w, w_bar) = (&w[row * n..][..n], &mut w_bar[row * n..][..n]);
        for column in 0..n {
            w_bar[column] += sum_bar * x[column];
            x_bar[column] += sum_bar * w[column];
        }
    }
}

#[backprop]
fn rosenbrock(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() - 1 {
        let a = x[i + 1] - x[i] * x[i];
        let b = 1.0 - x[i];
        sum += 100.0 * a * a + b * b;
    }
    sum
}

fn rosenbrock_by_hand(x: &[f64], x_bar: &mut [f64]) -> f64 {
    let n = x.len();
    let x_bar = &mut x_bar[..n];
    let mut sum = 0.0;
    for i in 0..n - 1 {
        let a = x[i + 1] - x[i] * x[i];
        let b = 1.0 - x[i];
        sum += 100.0 * a * a + b * b;
        let a_bar = 200.0 * a;
        x_bar[i + 1] += a_bar;
        x_bar[i] -= 2.0 * (a_bar * x[i] + b);
    }
    sum
}

/// The mean logistic loss of a linear classifier over samples whose labels are -1 and 1.
#[backprop]
fn logistic(w: &[f64], bias: f64, #[constant] samples: &[f64], #[constant] labels: &[f64]) -> f64 {
    let d = w.len();
    let mut total = 0.0;
    for i in 0..labels.len() {
        let mut score = bias;
        for j in 0..d {
            score += w[j] * samples[i * d + j];
        }
        total += (-labels[i] * score).exp().ln_1p();
    }
    total / labels.len() as f64
}

fn logistic_by_hand(
    w: &[f64],
    bias: f64,
    samples: &[f64],
    labels: &[f64],
    w_bar: &mut [f64],
    bias_bar: &mut f64,
) -> f64 {
    let d = w.len();
    let w_bar = &mut w_bar[..d];
    let share = 1.0 / labels.len() as f64;
    let mut total = 0.0;
    for (i, label) in labels.iter().enumerate() {
        let sample = &samples[i * d..][..d];
        let mut score = bias;
        for j in 0..d {
            score += w[j] * sample[j];
        }
        let e = (-label * score).exp();
        total += e.ln_1p();
        let score_bar = -share * label * e / (1.0 + e);
        *bias_bar += score_bar;
        for j in 0..d {
            w_bar[j] += score_bar * sample[j];
        }
    }
    total / labels.len() as f64
}

/// Numbers between -1 and 1, no two alike.
pub fn numbers(count: usize, seed: f64) -> Vec<f64> {
    (0..count).map(|i| (seed + 1.3 * i as f64).sin()).collect()
}

pub fn cases() -> Vec<Case> {
    vec![dot_case(), dot_allocating(), bumps_case(), affine_case(), rosenbrock_case(), logistic_case()]
}

const N: usize = 1000;

fn dot_case() -> Case {
    Case::new(
        "dot product",
        (numbers(N, 1.0), numbers(N, 2.0), vec![0.0; N], vec![0.0; N]),
        |(a, b, _, _)| dot(a, b),
        |(a, b, a_bar, b_bar)| dot_by_hand(a, b, a_bar, b_bar),
        |(a, b, a_bar, b_bar)| dot::value_and_grad_into(a, b, a_bar, b_bar),
    )
}

fn dot_allocating() -> Case {
    Case::new(
        "dot product, new gradients",
        (numbers(N, 1.0), numbers(N, 2.0)),
        |(a, b)| dot(a, b),
        |(a, b)| {
            let mut sum = 0.0;
            for i in 0..a.len() {
                sum += a[i] * b[i];
            }
            (sum, (b.clone(), a.clone()))
        },
        |(a, b)| dot::value_and_grad(a, b),
    )
}

fn bumps_case() -> Case {
    Case::new(
        "sum of exponentials",
        (numbers(N, 1.0), numbers(N, 2.0), vec![0.0; N], vec![0.0; N]),
        |(x, w, _, _)| bumps(x, w),
        |(x, w, x_bar, w_bar)| bumps_by_hand(x, w, x_bar, w_bar),
        |(x, w, x_bar, w_bar)| bumps::value_and_grad_into(x, w, x_bar, w_bar),
    )
}

fn affine_case() -> Case {
    const ROWS: usize = 32;
    const COLUMNS: usize = 64;
    let values = (numbers(ROWS * COLUMNS, 1.0), numbers(ROWS, 2.0), numbers(COLUMNS, 3.0), vec![0.0; ROWS]);
    let buffers = (vec![0.0; ROWS * COLUMNS], vec![0.0; ROWS], vec![0.0; COLUMNS], vec![0.0; ROWS]);
    Case::new(
        "affine",
        (values, buffers),
        |((w, b, x, out), _)| affine(w, b, x, out),
        |((w, b, x, out), (w_bar, b_bar, x_bar, out_bar))| {
            out_bar.fill(1.0); // the gradient takes it
            affine_by_hand(w, b, x, out, w_bar, b_bar, x_bar, out_bar);
        },
        |((w, b, x, out), (w_bar, b_bar, x_bar, out_bar))| {
            out_bar.fill(1.0);
            affine::value_and_grad_into(w, b, x, out, w_bar, b_bar, x_bar, out_bar);
        },
    )
}

fn rosenbrock_case() -> Case {
    Case::new(
        "rosenbrock",
        (numbers(N, 1.0), vec![0.0; N]),
        |(x, _)| rosenbrock(x),
        |(x, x_bar)| rosenbrock_by_hand(x, x_bar),
        |(x, x_bar)| rosenbrock::value_and_grad_into(x, x_bar),
    )
}

fn logistic_case() -> Case {
    const FEATURES: usize = 30;
    const SAMPLES: usize = 100;
    let labels = (0..SAMPLES).map(|i| if i % 3 == 0 { 1.0 } else { -1.0 }).collect::<Vec<f64>>();
    Case::new(
        "logistic regression",
        ((numbers(FEATURES, 1.0), 0.1, numbers(FEATURES * SAMPLES, 2.0), labels), (vec![0.0; FEATURES], 0.0)),
        |((w, bias, samples, labels), _)| logistic(w, *bias, samples, labels),
        |((w, bias, samples, labels), (w_bar, bias_bar))| logistic_by_hand(w, *bias, samples, labels, w_bar, bias_bar),
        |((w, bias, samples, labels), (w_bar, bias_bar))| {
            logistic::value_and_grad_into(w, *bias, samples, labels, w_bar, bias_bar)
        },
    )
}
