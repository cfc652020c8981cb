use backprop::Differentiable;

#[derive(Differentiable)]
#[differentiable(gradient = Self)]
struct Point {
    x: f64,
    y: f64,
}

fn main() {}
