//! The network and its loss, as plain loops over flat slices.
//!
//! ```text
//! image ─ affine ─ relu ─ affine ─ softmax, cross entropy ─ loss
//!  64       32      32      10
//! ```
//!
//! Every function here is ordinary Rust and is called as such by [`classify`]. The attribute adds the derivatives:
//! training calls [`loss::value_and_grad_into`], which runs the chain rule back through the other three.
//!
//! The weights are differentiated. The images are data, marked `#[constant]`, and no derivative by them is computed;
//! the labels are integers and have none. `affine` is written once: its `x` is data in the first layer and the hidden
//! layer in the second, and only there it gets a derivative.

use backprop::{backprop, stop_gradient};

use super::weights::Weights;

/// `out = w x + b`, where `w` has a row of `x.len()` weights for each element of `out`.
#[backprop]
pub fn affine(w: &[f64], b: &[f64], x: &[f64], out: &mut [f64]) {
    for row in 0..out.len() {
        let mut sum = b[row];
        for column in 0..x.len() {
            sum += w[row * x.len() + column] * x[column];
        }
        out[row] = sum;
    }
}

/// Sets what is negative to zero, in place.
#[backprop]
pub fn relu(layer: &mut [f64]) {
    for i in 0..layer.len() {
        layer[i] = layer[i].max(0.0);
    }
}

/// How surprised the network is by `label`: minus the logarithm of the probability that softmax gives to it,
/// `ln Σ exp(score) - score[label]`.
///
/// Subtracting the largest score from all of them changes nothing but keeps `exp` from overflowing. As the result does
/// not depend on what is subtracted, nothing is lost by not differentiating it.
#[backprop]
pub fn cross_entropy(scores: &[f64], label: usize) -> f64 {
    let mut largest = scores[0];
    for score in scores {
        largest = largest.max(*score);
    }
    let largest = stop_gradient(largest);
    let mut sum = 0.0;
    for score in scores {
        sum += (score - largest).exp();
    }
    sum.ln() + largest - scores[label]
}

/// The mean cross entropy of a network of two layers, `w1`, `b1` and `w2`, `b2`, over some images.
#[backprop]
pub fn loss(w1: &[f64], b1: &[f64], w2: &[f64], b2: &[f64], #[constant] images: &[f64], labels: &[usize]) -> f64 {
    let pixels = images.len() / labels.len();
    let mut hidden = vec![0.0; b1.len()];
    let mut scores = vec![0.0; b2.len()];
    let mut total = 0.0;
    for i in 0..labels.len() {
        affine(w1, b1, &images[i * pixels..(i + 1) * pixels], &mut hidden);
        relu(&mut hidden);
        affine(w2, b2, &hidden, &mut scores);
        total += cross_entropy(&scores, labels[i]);
    }
    total / labels.len() as f64
}

/// The digit that gets the highest score.
pub fn classify(weights: &Weights, image: &[f64]) -> usize {
    let mut hidden = vec![0.0; weights.b1.len()];
    let mut scores = vec![0.0; weights.b2.len()];
    affine(&weights.w1, &weights.b1, image, &mut hidden);
    relu(&mut hidden);
    affine(&weights.w2, &weights.b2, &hidden, &mut scores);
    let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    best.expect("a network has at least one class")
}

#[cfg(test)]
mod tests {
    use backprop::check;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::super::data::Digits;
    use super::*;

    #[test]
    fn gradient_of_the_loss_agrees_with_numerical_derivatives() {
        let Digits { images, labels } = Digits::load().unwrap().select(&[0, 1, 2, 3, 1000, 1796]);
        let Weights { w1, b1, w2, b2 } = Weights::random(5, &mut ChaCha8Rng::seed_from_u64(2));
        let gradient = loss::grad(&w1, &b1, &w2, &b2, &images, &labels);
        let report =
            check::gradient(|(w1, b1, w2, b2)| loss(w1, b1, w2, b2, &images, &labels), (w1, b1, w2, b2), &gradient);
        report.assert_ok();
    }

    #[test]
    fn gradient_of_the_cross_entropy_is_the_probability_less_the_label() {
        let scores = [1.0, 3.0, -2.0];
        let (value, gradient) = cross_entropy::value_and_grad(&scores, 1);
        let sum: f64 = scores.iter().map(|score: &f64| score.exp()).sum();
        assert!((value - (sum.ln() - scores[1])).abs() < 1e-15);
        for (class, derivative) in gradient.iter().enumerate() {
            let expected = scores[class].exp() / sum - if class == 1 { 1.0 } else { 0.0 };
            assert!((derivative - expected).abs() < 1e-15, "{derivative}, not {expected}");
        }
    }

    #[test]
    fn large_scores_neither_overflow_nor_vanish() {
        let (value, gradient) = cross_entropy::value_and_grad(&[1000.0, 0.0], 1);
        assert_eq!((value, gradient), (1000.0, vec![1.0, -1.0]));
    }

    #[test]
    fn what_is_negative_passes_nothing_back() {
        let mut layer = [-1.0, 2.0];
        let mut gradient = [5.0, 7.0];
        relu::value_and_grad_into(&mut layer, &mut gradient);
        assert_eq!((layer, gradient), ([0.0, 2.0], [0.0, 7.0]));
    }
}
