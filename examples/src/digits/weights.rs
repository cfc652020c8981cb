//! The numbers that the network learns, as four flat slices. The same shape holds their gradient and their velocity.

use rand::{Rng, RngExt};

use super::data::{CLASSES, PIXELS};

/// The weights of two affine layers, or anything of their shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// First layer: for each hidden unit a row of [`PIXELS`] weights.
    pub w1: Vec<f64>,
    /// First layer: what is added to each hidden unit.
    pub b1: Vec<f64>,
    /// Second layer: for each of the [`CLASSES`] a row with a weight for each hidden unit.
    pub w2: Vec<f64>,
    /// Second layer: what is added to each class.
    pub b2: Vec<f64>,
}

impl Weights {
    /// All zero, with `hidden` units between the two layers.
    pub fn zero(hidden: usize) -> Self {
        Self {
            w1: vec![0.0; hidden * PIXELS],
            b1: vec![0.0; hidden],
            w2: vec![0.0; CLASSES * hidden],
            b2: vec![0.0; CLASSES],
        }
    }

    /// Random, and of a size that keeps the variance from layer to layer: uniform with variance `2 / inputs` (He et al.,
    /// 2015), as `ReLU` lets half of it through. What is added is zero.
    pub fn random(hidden: usize, rng: &mut impl Rng) -> Self {
        let mut weights = Self::zero(hidden);
        for (layer, inputs) in [(&mut weights.w1, PIXELS), (&mut weights.w2, hidden)] {
            let bound = (6.0 / inputs as f64).sqrt();
            layer.fill_with(|| rng.random_range(-bound..bound));
        }
        weights
    }

    /// How many hidden units there are.
    pub fn hidden(&self) -> usize {
        self.b1.len()
    }

    /// How many numbers these are in all.
    pub fn count(&self) -> usize {
        self.w1.len() + self.b1.len() + self.w2.len() + self.b2.len()
    }

    /// All numbers, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = &f64> {
        let Self { w1, b1, w2, b2 } = self;
        w1.iter().chain(b1).chain(w2).chain(b2)
    }

    /// All numbers, in the order of the fields, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        let Self { w1, b1, w2, b2 } = self;
        w1.iter_mut().chain(b1).chain(w2).chain(b2)
    }

    /// One of the numbers, counted in the order of the fields.
    pub fn nth_mut(&mut self, index: usize) -> &mut f64 {
        let mut index = index;
        for layer in [&mut self.w1, &mut self.b1, &mut self.w2, &mut self.b2] {
            if index < layer.len() {
                return &mut layer[index];
            }
            index -= layer.len();
        }
        panic!("there are {index} numbers too few");
    }
}
