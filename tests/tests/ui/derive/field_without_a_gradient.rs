use backprop::Differentiable;
use std::collections::HashMap;

#[derive(Differentiable)]
struct Table {
    scale: f64,
    rows: HashMap<String, f64>,
    shape: Option<Box<dyn Fn(f64) -> f64>>,
}

fn main() {}
