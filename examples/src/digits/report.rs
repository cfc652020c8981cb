//! What a network gets right, and what it takes for what.

use std::fmt;

use super::data::{CLASSES, Digits};
use super::network::classify;
use super::weights::Weights;

/// How often each digit was read as each digit: `count[shown][read]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    count: [[usize; CLASSES]; CLASSES],
}

impl Confusion {
    /// Lets the network read these digits.
    pub fn of(weights: &Weights, digits: &Digits) -> Self {
        let mut confusion = Self::default();
        for (index, &shown) in digits.labels.iter().enumerate() {
            confusion.count[shown][classify(weights, digits.image(index))] += 1;
        }
        confusion
    }

    /// How many digits were read.
    pub fn total(&self) -> usize {
        self.count.as_flattened().iter().sum()
    }

    /// How many digits were read as what they are.
    pub fn right(&self) -> usize {
        (0..CLASSES).map(|class| self.count[class][class]).sum()
    }

    /// The part of them that was read as what they are, from 0 to 1.
    pub fn accuracy(&self) -> f64 {
        self.right() as f64 / self.total() as f64
    }
}

/// A row per digit shown, a column per digit read; a dot stands for never.
impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "   ")?;
        for read in 0..CLASSES {
            write!(f, "{read:4}")?;
        }
        for (shown, row) in self.count.iter().enumerate() {
            write!(f, "\n{shown:3}")?;
            for &count in row {
                if count == 0 {
                    write!(f, "{:>4}", "·")?;
                } else {
                    write!(f, "{count:4}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_diagonal_is_what_is_right() {
        let mut confusion = Confusion::default();
        confusion.count[3][3] = 17;
        confusion.count[9][9] = 2;
        confusion.count[3][8] = 1;
        assert_eq!((confusion.right(), confusion.total()), (19, 20));
        assert_eq!(confusion.accuracy(), 0.95);
        let table = confusion.to_string();
        let rows: Vec<&str> = table.lines().collect();
        assert_eq!(rows[0], "      0   1   2   3   4   5   6   7   8   9");
        assert_eq!(rows[4], "  3   ·   ·   ·  17   ·   ·   ·   ·   1   ·");
        assert_eq!(rows.len(), 1 + CLASSES);
    }

    #[test]
    fn a_network_of_zeros_reads_every_digit_as_the_same() {
        let digits = Digits::load().unwrap();
        let confusion = Confusion::of(&Weights::zero(4), &digits);
        assert_eq!(confusion.total(), 1797);
        assert!(confusion.accuracy() < 0.11);
    }
}
