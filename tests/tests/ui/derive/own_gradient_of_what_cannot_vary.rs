use backprop::Differentiable;

#[derive(Clone, Differentiable)]
#[differentiable(gradient = Self)]
struct Particle {
    at: [f64; 3],
    id: usize,
    #[constant]
    mass: f64,
}

fn main() {}
