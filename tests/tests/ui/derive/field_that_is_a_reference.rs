use backprop::Differentiable;

#[derive(Differentiable)]
struct View<'a> {
    scale: f64,
    numbers: Option<&'a f64>,
}

fn main() {}
