use backprop::{Differentiable, backprop};

#[derive(Differentiable)]
struct Particle {
    at: f64,
    neighbours: Vec<u32>,
}

#[backprop]
fn density(particles: &[Particle], mass: &[f64]) -> f64 {
    let mut sum = 0.0;
    for k in 0..particles.len() {
        sum += mass[particles[k].neighbours[0] as usize];
        sum += mass[particles[k].at as usize];
    }
    sum
}

fn main() {}
