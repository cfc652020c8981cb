use backprop::Differentiable;

#[derive(Differentiable)]
#[differentiable(name = Slope)]
struct Line {
    slope: f64,
}

#[derive(Differentiable)]
#[differentiable(gradient = f64)]
struct Angle {
    radians: f64,
}

#[derive(Differentiable)]
#[differentiable]
struct Empty {
    #[differentiable(gradient = Self)]
    number: f64,
}

fn main() {}
