use backprop::{Differentiable, backprop};

#[derive(Clone, Differentiable)]
struct Stack {
    items: Vec<f64>,
}

impl Stack {
    fn push(&mut self, item: f64) {
        self.items.push(item);
    }
}

#[backprop]
fn pushed(mut stack: Stack, x: f64) -> f64 {
    stack.push(x);
    stack.items[0]
}

fn main() {}
