//! Small whole programs, each mixing many constructs.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn derivative(state: &[f64], friction: f64, out: &mut [f64]) {
    out[0] = state[1];
    out[1] = -state[0].sin() - friction * state[1];
}

#[backprop]
fn pendulum(angle: f64, friction: f64, h: f64, steps: usize) -> f64 {
    let mut state = [angle, 0.0];
    let (mut k1, mut k2, mut k3, mut k4) = ([0.0; 2], [0.0; 2], [0.0; 2], [0.0; 2]);
    let mut trial = [0.0; 2];
    for _ in 0..steps {
        derivative(&state, friction, &mut k1);
        for i in 0..2 {
            trial[i] = state[i] + 0.5 * h * k1[i];
        }
        derivative(&trial, friction, &mut k2);
        for i in 0..2 {
            trial[i] = state[i] + 0.5 * h * k2[i];
        }
        derivative(&trial, friction, &mut k3);
        for i in 0..2 {
            trial[i] = state[i] + h * k3[i];
        }
        derivative(&trial, friction, &mut k4);
        for i in 0..2 {
            state[i] += h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
        }
    }
    0.5 * state[1] * state[1] - state[0].cos()
}

#[test]
fn a_runge_kutta_integration() {
    check!(pendulum(1.1, 0.2, 0.1, const 12));
    check!(pendulum(1.1, 0.2, 0.1, const 0));
}

#[backprop]
fn affine(w: &[f64], b: &[f64], x: &[f64], out: &mut [f64]) {
    for i in 0..out.len() {
        let mut s = b[i];
        for j in 0..x.len() {
            s += w[i * x.len() + j] * x[j];
        }
        out[i] = s;
    }
}

#[backprop]
fn cross_entropy(scores: &[f64], label: usize) -> f64 {
    let mut largest = scores[0];
    for &score in scores {
        if score > largest {
            largest = score;
        }
    }
    let mut sum = 0.0;
    for &score in scores {
        sum += (score - largest).exp();
    }
    sum.ln() + largest - scores[label]
}

#[backprop]
fn network_loss(
    parameters: &[f64],
    #[constant] images: &[f64],
    labels: &[usize],
    inputs: usize,
    hidden: usize,
    classes: usize,
) -> f64 {
    let b1 = hidden * inputs;
    let w2 = b1 + hidden;
    let b2 = w2 + classes * hidden;
    let mut h = vec![0.0; hidden];
    let mut scores = vec![0.0; classes];
    let mut loss = 0.0;
    for (k, &label) in labels.iter().enumerate() {
        let image = &images[k * inputs..(k + 1) * inputs];
        affine(&parameters[..b1], &parameters[b1..w2], image, &mut h);
        for i in 0..hidden {
            h[i] = h[i].max(0.0);
        }
        affine(&parameters[w2..b2], &parameters[b2..], &h, &mut scores);
        loss += cross_entropy(&scores, label);
    }
    loss / labels.len() as f64
}

#[test]
fn a_two_layer_network() {
    let parameters: Vec<f64> = (0..31).map(|i| (f64::from(i) * 1.7).sin()).collect();
    let images: Vec<f64> = (0..12).map(|i| (f64::from(i) * 0.9).cos()).collect();
    check!(network_loss(&parameters, const &images[..], const &[2, 0, 1, 2][..], const 3, const 4, const 3));
}

#[backprop]
fn gaussian_mixture(weights: &[f64], means: &[f64], log_scales: &[f64], #[constant] data: &[f64]) -> f64 {
    let k = weights.len();
    let mut terms = vec![0.0; k];
    let mut total = 0.0;
    for x in data {
        let mut largest = f64::NEG_INFINITY;
        for j in 0..k {
            let z = (x - means[j]) * (-log_scales[j]).exp();
            terms[j] = weights[j] - log_scales[j] - 0.5 * z * z;
            largest = largest.max(terms[j]);
        }
        let mut sum = 0.0;
        for j in 0..k {
            terms[j] = (terms[j] - largest).exp();
            sum += terms[j];
        }
        total += largest + sum.ln();
    }
    let mut normaliser = 0.0;
    for w in weights {
        normaliser += w.exp();
    }
    total - data.len() as f64 * normaliser.ln()
}

#[test]
fn a_mixture_of_gaussians() {
    check!(gaussian_mixture(
        &vec![0.2, -0.5, 0.1],
        &vec![-1.0, 0.4, 2.0],
        &vec![0.1, -0.3, 0.4],
        const &[0.3, -0.9, 1.8, 2.2, -1.4][..],
    ));
}

#[backprop]
fn n_body_energy(positions: &[[f64; 3]], masses: &[f64]) -> f64 {
    let mut energy = 0.0;
    for i in 0..positions.len() {
        for j in 0..i {
            let mut square = 0.01;
            for k in 0..3 {
                let d = positions[i][k] - positions[j][k];
                square += d * d;
            }
            energy -= masses[i] * masses[j] / square.sqrt();
        }
    }
    energy
}

#[test]
fn forces_from_an_energy() {
    check!(n_body_energy(
        &vec![[0.0, 0.1, 0.2], [1.0, -0.4, 0.3], [-0.8, 0.9, -1.1], [0.4, 1.4, 0.6]],
        &vec![1.0, 0.5, 2.0, 1.5],
    ));
}

#[backprop]
fn newton_square_root(a: f64, steps: usize) -> f64 {
    let mut x = if a > 1.0 { a } else { 1.0 };
    for _ in 0..steps {
        x = 0.5 * (x + a / x);
    }
    x
}

#[test]
fn newtons_iteration_differentiates_to_the_slope_of_the_root() {
    check!(newton_square_root(3.0, const 8));
    let (value, slope) = newton_square_root::value_and_grad(2.0, 10);
    backprop_tests::assert_close("root", &[value, slope], &[2.0_f64.sqrt(), 0.5 / 2.0_f64.sqrt()], 1e-14);
}

#[backprop]
fn kalman(observations: &[f64], process: f64, noise: f64) -> f64 {
    let (mut mean, mut variance) = (0.0, 1.0);
    let mut likelihood = 0.0;
    for &y in observations {
        variance += process;
        let total = variance + noise;
        let surprise = y - mean;
        likelihood -= 0.5 * (surprise * surprise / total + total.ln());
        let gain = variance / total;
        mean += gain * surprise;
        variance *= 1.0 - gain;
    }
    likelihood
}

#[test]
fn a_kalman_filter() {
    check!(kalman(&vec![0.4, 0.9, 0.2, -0.5, 0.3], 0.1, 0.5));
    check!(kalman(&vec![], 0.1, 0.5));
}

#[backprop]
fn soft_minimum(a: f64, b: f64, c: f64, sharpness: f64) -> f64 {
    let m = a.min(b).min(c);
    let sum = (sharpness * (m - a)).exp() + (sharpness * (m - b)).exp() + (sharpness * (m - c)).exp();
    m - sum.ln() / sharpness
}

#[backprop]
fn time_warp(x: &[f64], y: &[f64], sharpness: f64) -> f64 {
    let (n, m) = (x.len(), y.len());
    let width = m + 1;
    let mut cost = vec![1e6; (n + 1) * width];
    cost[0] = 0.0;
    for i in 1..=n {
        for j in 1..=m {
            let d = x[i - 1] - y[j - 1];
            let up = cost[(i - 1) * width + j];
            let left = cost[i * width + j - 1];
            let corner = cost[(i - 1) * width + j - 1];
            cost[i * width + j] = d * d + soft_minimum(up, left, corner, sharpness);
        }
    }
    cost[n * width + m]
}

#[test]
fn a_soft_alignment_of_two_series() {
    check!(time_warp(&vec![0.1, 0.9, 0.4], &vec![0.2, 0.3, 1.1, 0.5], 2.0));
}

#[backprop]
fn spline(knots: &[f64], values: &[f64], x: f64) -> f64 {
    let mut i = 0;
    for k in 1..knots.len() - 1 {
        if x > knots[k] {
            i = k;
        }
    }
    let t = (x - knots[i]) / (knots[i + 1] - knots[i]);
    let s = t * t * (3.0 - 2.0 * t);
    values[i] * (1.0 - s) + values[i + 1] * s
}

#[test]
fn an_interval_found_by_comparing() {
    for x in [0.3, 1.4, 2.2] {
        check!(spline(&vec![0.0, 1.0, 2.0, 3.0], &vec![0.5, 1.5, -0.5, 0.2], x));
    }
}
