//! Mini-batch gradient descent with momentum.
//!
//! The images come in a new random order in each epoch, [`BATCH`] at a time. After each batch the velocity `v` keeps a
//! part of itself and takes up the gradient, and the weights move against it, by a rate that falls from epoch to epoch:
//!
//! ```text
//! v ← momentum · v + ∇loss        weights ← weights - rate · v
//! ```

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::data::Digits;
use super::network::loss;
use super::weights::Weights;

/// Images per step.
pub const BATCH: usize = 32;

/// Hidden units of the network.
pub const HIDDEN: usize = 32;

const RATE: f64 = 0.05;
const DECAY: f64 = 0.95;
const MOMENTUM: f64 = 0.9;

/// A network on its way.
#[derive(Clone, Debug)]
pub struct Training {
    /// What it has learned so far.
    pub weights: Weights,
    velocity: Weights,
    rate: f64,
    rng: ChaCha8Rng,
}

impl Training {
    /// Starts from random weights. All chance comes from `rng`, so the same one gives the same network.
    pub fn new(mut rng: ChaCha8Rng) -> Self {
        Self { weights: Weights::random(HIDDEN, &mut rng), velocity: Weights::zero(HIDDEN), rate: RATE, rng }
    }

    /// Learns from each image once, and returns the mean loss over them, each as it was seen.
    pub fn epoch(&mut self, digits: &Digits) -> f64 {
        let mut order: Vec<usize> = (0..digits.len()).collect();
        order.shuffle(&mut self.rng);
        let mut total = 0.0;
        for indices in order.chunks(BATCH) {
            total += self.step(&digits.select(indices)) * indices.len() as f64;
        }
        self.rate *= DECAY;
        total / digits.len() as f64
    }

    /// One step down. `value_and_grad_into` adds to its buffers, so the velocity itself takes up the gradient.
    fn step(&mut self, batch: &Digits) -> f64 {
        for v in self.velocity.iter_mut() {
            *v *= MOMENTUM;
        }
        let value = add_gradient(&self.weights, batch, &mut self.velocity);
        for (weight, v) in self.weights.iter_mut().zip(self.velocity.iter()) {
            *weight -= self.rate * v;
        }
        value
    }
}

/// The loss over these images; its gradient is added to `gradient`.
pub fn add_gradient(weights: &Weights, digits: &Digits, gradient: &mut Weights) -> f64 {
    loss::value_and_grad_into(
        &weights.w1,
        &weights.b1,
        &weights.w2,
        &weights.b2,
        &digits.images,
        &digits.labels,
        &mut gradient.w1,
        &mut gradient.b1,
        &mut gradient.w2,
        &mut gradient.b2,
    )
}

/// The loss over these images.
pub fn mean_loss(weights: &Weights, digits: &Digits) -> f64 {
    loss(&weights.w1, &weights.b1, &weights.w2, &weights.b2, &digits.images, &digits.labels)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn one_epoch_lowers_the_loss() {
        let digits = Digits::load().unwrap();
        let mut training = Training::new(ChaCha8Rng::seed_from_u64(1));
        let before = mean_loss(&training.weights, &digits);
        training.epoch(&digits);
        let after = mean_loss(&training.weights, &digits);
        assert!(after < 0.5 * before, "{before} before, {after} after");
    }

    #[test]
    fn the_same_seed_gives_the_same_network() {
        let digits = Digits::load().unwrap().select(&[3, 1, 4, 1, 5, 9, 2, 6]);
        let train = || {
            let mut training = Training::new(ChaCha8Rng::seed_from_u64(1));
            training.epoch(&digits);
            training.weights
        };
        assert_eq!(train(), train());
    }

    #[test]
    fn the_buffer_is_added_to() {
        let digits = Digits::load().unwrap().select(&[0, 1, 2]);
        let weights = Weights::random(HIDDEN, &mut ChaCha8Rng::seed_from_u64(1));
        let mut once = Weights::zero(HIDDEN);
        add_gradient(&weights, &digits, &mut once);
        let mut twice = once.clone();
        add_gradient(&weights, &digits, &mut twice);
        for (once, twice) in once.iter().zip(twice.iter()) {
            assert!((twice - 2.0 * once).abs() <= 1e-15);
        }
    }
}
