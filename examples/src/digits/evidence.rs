//! The gradient held against numerical derivatives, in value and in time.
//!
//! The central difference `(loss(w + h) - loss(w - h)) / 2h` runs the loss twice for each weight; the reverse sweep
//! gives the derivatives by all weights in the time of a few losses. Times are the shortest of several runs, taken in
//! turn, so that a busy machine disturbs the ratios little.

use std::fmt;
use std::hint::black_box;
use std::time::{Duration, Instant};

use super::data::Digits;
use super::training::{add_gradient, mean_loss};
use super::weights::Weights;

/// The step `h`. The loss is of the order of 1 and so are its derivatives: the error of the formula, about `h²`, and
/// that of the rounding, about `1e-16 / h`, are alike here.
const STEP: f64 = 5e-6;

/// Times that the loss and its gradient are run.
const RUNS: u32 = 50;

/// How well, and how fast, the gradient agrees with numerical derivatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Weights that the loss was differentiated by.
    pub weights: usize,
    /// The largest derivative, in size.
    pub largest: f64,
    /// The largest difference between a derivative and its numerical one.
    pub deviation: f64,
    /// The time of the loss itself.
    pub loss: Duration,
    /// The time of the loss and its gradient.
    pub gradient: Duration,
    /// The time of all numerical derivatives.
    pub numerical: Duration,
}

impl Evidence {
    /// Differentiates the loss over `digits` at `weights` in both ways.
    pub fn gather(weights: &Weights, digits: &Digits) -> Self {
        let mut gradient = Weights::zero(weights.hidden());
        add_gradient(weights, digits, &mut gradient);
        let start = Instant::now();
        let numerical = numerical_gradient(weights, digits);
        let numerical_time = start.elapsed();
        let (loss, gradient_time) = times(weights, digits);
        Self {
            weights: weights.count(),
            largest: largest(gradient.iter().copied()),
            deviation: largest(gradient.iter().zip(numerical.iter()).map(|(a, b)| a - b)),
            loss,
            gradient: gradient_time,
            numerical: numerical_time,
        }
    }
}

/// The derivatives of the loss by each weight, from central differences.
pub fn numerical_gradient(weights: &Weights, digits: &Digits) -> Weights {
    let mut moved = weights.clone();
    let mut gradient = Weights::zero(weights.hidden());
    for (index, derivative) in gradient.iter_mut().enumerate() {
        let weight = *moved.nth_mut(index);
        *moved.nth_mut(index) = weight + STEP;
        let above = mean_loss(&moved, digits);
        *moved.nth_mut(index) = weight - STEP;
        let below = mean_loss(&moved, digits);
        *moved.nth_mut(index) = weight;
        *derivative = (above - below) / (2.0 * STEP);
    }
    gradient
}

/// The shortest times of the loss, and of the loss and its gradient.
fn times(weights: &Weights, digits: &Digits) -> (Duration, Duration) {
    let mut gradient = Weights::zero(weights.hidden());
    let mut shortest = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        let start = Instant::now();
        black_box(mean_loss(black_box(weights), digits));
        shortest.0 = shortest.0.min(start.elapsed());
        let start = Instant::now();
        black_box(add_gradient(black_box(weights), digits, &mut gradient));
        shortest.1 = shortest.1.min(start.elapsed());
    }
    shortest
}

/// The largest size; NaN if one of them is NaN, as that is the greatest in the total order.
fn largest(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.map(f64::abs).max_by(f64::total_cmp).unwrap_or(0.0)
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let Self { weights, largest, deviation, loss, gradient, numerical } = *self;
        writeln!(f, "Derivatives by {weights} weights, the largest {largest:.2}")?;
        writeln!(f, "  largest deviation from numerical ones  {deviation:.1e}")?;
        writeln!(f, "  time of the loss                     {:9.3} ms", ms(loss))?;
        writeln!(
            f,
            "  time of the loss and its gradient    {:9.3} ms, {:.2} times the loss",
            ms(gradient),
            ms(gradient) / ms(loss)
        )?;
        write!(
            f,
            "  time of the numerical gradient       {:9.3} ms: backprop is {:.0} times faster",
            ms(numerical),
            ms(numerical) / ms(gradient)
        )
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    #[test]
    fn gradient_agrees_with_numerical_derivatives() {
        let digits = Digits::load().unwrap().select(&[0, 1, 2, 3, 1000, 1796]);
        let weights = Weights::random(5, &mut ChaCha8Rng::seed_from_u64(2));
        let mut gradient = Weights::zero(5);
        let value = add_gradient(&weights, &digits, &mut gradient);
        assert_eq!(value, mean_loss(&weights, &digits));
        let numerical = numerical_gradient(&weights, &digits);
        for (index, (a, b)) in gradient.iter().zip(numerical.iter()).enumerate() {
            assert!((a - b).abs() < 1e-9, "weight {index}: {a} against {b}");
        }
    }
}
