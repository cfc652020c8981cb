//! Random choices that a seed decides, on every machine alike.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub struct Dice(ChaCha8Rng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// One of `0..count`.
    pub fn below(&mut self, count: usize) -> usize {
        (self.0.next_u64() % count as u64) as usize
    }

    /// One of `low..=high`.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// A number of two decimals with a magnitude in `0.2..1.5`.
    pub fn float(&mut self) -> f64 {
        let magnitude = self.between(20, 150) as f64 / 100.0;
        if self.chance(35) { -magnitude } else { magnitude }
    }

    /// A number like that, with all of its digits.
    pub fn input(&mut self) -> f64 {
        self.float() + (self.0.next_u64() >> 12) as f64 / (1_u64 << 52) as f64 * 0.01
    }
}
