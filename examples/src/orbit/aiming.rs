//! A first body that begins with a wrong velocity finds the right one, downhill along the derivative of the miss.

use super::bodies::{Body, PERIOD, Vec2};
use super::motion::miss;

/// Corrects the velocity of the first body once: by the step after which the bodies would hit their targets, were the
/// miss a straight line. Returns how far off they were before.
pub fn correct(bodies: &mut [Body], targets: &[Vec2], tolerance: f64) -> f64 {
    let (miss, (by_bodies, _, _)) = miss::value_and_grad(bodies, targets, PERIOD, tolerance);
    let slope = &by_bodies[0].velocity;
    let step = miss / (slope.x * slope.x + slope.y * slope.y);
    bodies[0].velocity.x -= step * slope.x;
    bodies[0].velocity.y -= step * slope.y;
    miss
}

#[cfg(test)]
mod tests {
    use super::super::bodies::{figure_eight, hurried};
    use super::*;

    #[test]
    fn the_first_body_finds_its_velocity_again() {
        let eight = figure_eight();
        let targets: Vec<Vec2> = eight.iter().map(|body| body.at).collect();
        let mut bodies = hurried(eight.clone());
        let misses: Vec<f64> = (0..8).map(|_| correct(&mut bodies, &targets, 1e-9)).collect();
        assert!(misses[7] < 1e-4 * misses[0], "{misses:?}");
        let (found, right) = (bodies[0].velocity, eight[0].velocity);
        assert!((found.x - right.x).hypot(found.y - right.y) < 1e-5, "{found:?} and {right:?}");
    }
}
