//! Numbers that carry their partial derivatives by every input.

/// A value with its partials; none at all stand for zeros.
#[derive(Clone, Debug)]
pub struct Dual {
    pub value: f64,
    pub partials: Vec<f64>,
}

impl Dual {
    pub fn constant(value: f64) -> Self {
        Self { value, partials: Vec::new() }
    }

    /// The input number `i` of `count`.
    pub fn input(value: f64, i: usize, count: usize) -> Self {
        let mut partials = vec![0.0; count];
        partials[i] = 1.0;
        Self { value, partials }
    }

    pub fn partial(&self, i: usize) -> f64 {
        self.partials.get(i).copied().unwrap_or(0.0)
    }

    /// `f(self)` with the slope of `f` there.
    pub fn map(&self, value: f64, slope: f64) -> Self {
        Self { value, partials: self.partials.iter().map(|partial| slope * partial).collect() }
    }

    /// `f(self, other)` with its slopes by either.
    pub fn join(&self, other: &Self, value: f64, slope: f64, other_slope: f64) -> Self {
        let count = self.partials.len().max(other.partials.len());
        let partial = |i| slope * self.partial(i) + other_slope * other.partial(i);
        Self { value, partials: (0..count).map(partial).collect() }
    }

    pub fn add(&self, other: &Self) -> Self {
        self.join(other, self.value + other.value, 1.0, 1.0)
    }

    pub fn sub(&self, other: &Self) -> Self {
        self.join(other, self.value - other.value, 1.0, -1.0)
    }

    pub fn mul(&self, other: &Self) -> Self {
        self.join(other, self.value * other.value, other.value, self.value)
    }

    pub fn div(&self, other: &Self) -> Self {
        let (a, b) = (self.value, other.value);
        self.join(other, a / b, 1.0 / b, -a / (b * b))
    }

    pub fn rem(&self, other: &Self) -> Self {
        let (a, b) = (self.value, other.value);
        self.join(other, a % b, 1.0, -(a / b).trunc())
    }

    /// The largest number in it.
    pub fn magnitude(&self) -> f64 {
        self.partials.iter().fold(self.value.abs(), |largest, partial| largest.max(partial.abs()))
    }

    pub fn is_finite(&self) -> bool {
        self.value.is_finite() && self.partials.iter().all(|partial| partial.is_finite())
    }
}
