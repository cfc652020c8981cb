//! Differentiates the flight of three bodies along a figure eight.
//!
//! ```sh
//! cargo run --release --bin orbit
//! ```

use backprop_examples::orbit::aiming::correct;
use backprop_examples::orbit::bodies::{Vec2, figure_eight, hurried};
use backprop_examples::orbit::evidence::Evidence;

/// How exact each step of a flight is.
const TOLERANCE: f64 = 1e-12;

fn main() {
    let eight = figure_eight();
    let targets: Vec<Vec2> = eight.iter().map(|body| body.at).collect();
    let mut bodies = hurried(eight);
    println!("Three bodies on a figure eight, the first two per cent too fast, once round.\n");
    let evidence = Evidence::gather(&bodies, &targets, TOLERANCE);
    println!("{evidence}\n");
    evidence.derivatives.assert_ok();
    println!("The first body corrects its velocity by the derivative of the miss");
    println!("  step      miss");
    for step in 0..8 {
        println!("  {step:4}  {:.2e}", correct(&mut bodies, &targets, TOLERANCE));
    }
}
