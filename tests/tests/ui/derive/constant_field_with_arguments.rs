use backprop::Differentiable;

#[derive(Differentiable)]
struct Line {
    slope: f64,
    #[constant(true)]
    offset: f64,
}

fn main() {}
