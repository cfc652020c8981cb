//! What must hold of a flight and of its derivatives, by computing both sides.
//!
//! * A derivative of the miss says how much farther off the bodies end if they begin a little differently. So does a
//!   numerical derivative, which flies from there.
//! * Flight conserves energy. So the energy after a flight is the energy before it, whatever the beginning, and the
//!   gradients of the two by the beginning are the same, up to the error of the steps. One of them is that of a
//!   formula, the other goes back through the whole flight.

use std::fmt;

use backprop::check::{self, Comparison, Report};
use backprop::components::{Components, Path};

use super::bodies::{Body, PERIOD, Vec2};
use super::motion::{energy, energy_after, fly, miss, momentum};

/// The gradient of a flight's miss, and what speaks for it. The flight is once round the figure eight.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// How far off the targets the bodies are in the end.
    pub miss: f64,
    /// Its derivative by each number of the beginning, beside the numerical one.
    pub derivatives: Report,
    /// How much the flight changed the energy.
    pub energy: f64,
    /// How much the flight changed the momentum.
    pub momentum: f64,
    /// How much the flight changed the derivatives of the energy by the beginning: the largest change.
    pub energy_gradient: f64,
}

impl Evidence {
    /// Flies from `start`, in steps as exact as `tolerance` tells, and differentiates that.
    pub fn gather(start: &[Body], targets: &[Vec2], tolerance: f64) -> Self {
        let value = |start: &Vec<Body>| miss(start, targets, PERIOD, tolerance);
        let (miss, (by_start, _, _)) = miss::value_and_grad(start, targets, PERIOD, tolerance);
        let after = fly(start, PERIOD, tolerance);
        let (p, q) = (momentum(start), momentum(&after));
        let at_once = numbers(&energy::grad(start));
        let (through_the_flight, _, _) = energy_after::grad(start, PERIOD, tolerance);
        let changes = at_once.iter().zip(numbers(&through_the_flight)).map(|(a, b)| (a - b).abs());
        Self {
            miss,
            derivatives: check::gradient(value, start.to_vec(), &by_start),
            energy: (energy(&after) - energy(start)).abs(),
            momentum: (q.x - p.x).hypot(q.y - p.y),
            energy_gradient: changes.fold(0.0, f64::max),
        }
    }
}

/// All numbers of a gradient, in order.
fn numbers(gradient: &impl Components) -> Vec<f64> {
    let mut numbers = Vec::new();
    gradient.visit(&mut Path::new(), &mut |_, number| numbers.push(number.to_f64()));
    numbers
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Miss {:.6}, and its derivative by where the bodies begin and their masses", self.miss)?;
        writeln!(f, "  {:16}{:>12}{:>14}", "", "derivative", "numerical")?;
        for row in self.derivatives.comparisons() {
            writeln!(f, "  {:16}{:12.6}{:14.6}", row.path.to_string(), row.analytic, row.numerical)?;
        }
        let largest = self.derivatives.largest_deviation().map_or(0.0, Comparison::deviation);
        writeln!(f, "  largest deviation                  {largest:.1e}\n")?;
        writeln!(f, "What the flight should conserve, and how much it changed")?;
        writeln!(f, "  energy                             {:.1e}", self.energy)?;
        writeln!(f, "  momentum                           {:.1e}", self.momentum)?;
        write!(f, "  derivatives of the energy          {:.1e}", self.energy_gradient)
    }
}

#[cfg(test)]
mod tests {
    use super::super::bodies::{figure_eight, hurried};
    use super::*;

    #[test]
    fn derivatives_agree_with_numerical_ones_and_with_what_flight_conserves() {
        let eight = figure_eight();
        let targets: Vec<Vec2> = eight.iter().map(|body| body.at).collect();
        let evidence = Evidence::gather(&hurried(eight), &targets, 1e-8);
        evidence.derivatives.assert_ok();
        assert_eq!(evidence.derivatives.comparisons().len(), 15);
        assert!(evidence.miss > 0.1);
        assert!(evidence.energy < 1e-6, "{}", evidence.energy);
        assert!(evidence.momentum < 1e-13, "{}", evidence.momentum);
        assert!(evidence.energy_gradient < 1e-4, "{}", evidence.energy_gradient);
    }
}
