use backprop::{Differentiable, backprop};

#[derive(Differentiable)]
struct Line(f64, f64, f64);

#[backprop]
fn last(line: &Line) -> f64 {
    let Line(.., z) = line;
    z * z
}

fn main() {}
