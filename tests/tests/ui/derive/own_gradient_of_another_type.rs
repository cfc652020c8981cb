use backprop::Differentiable;

#[derive(Clone, Differentiable)]
struct Lens {
    focal: f64,
}

#[derive(Clone, Differentiable)]
#[differentiable(gradient = Self)]
struct Camera {
    tilt: f64,
    lenses: Vec<Lens>,
}

fn main() {}
