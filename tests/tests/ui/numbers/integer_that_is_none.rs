use backprop::{Differentiable, backprop};
use std::ops::Add;

#[derive(Clone, Copy, Differentiable)]
struct Dual {
    value: f64,
}

impl Add<i32> for Dual {
    type Output = Dual;
    fn add(self, by: i32) -> Dual {
        Dual { value: self.value + f64::from(by) }
    }
}

#[derive(Differentiable)]
struct Held {
    dual: Dual,
}

#[backprop]
fn shifted(held: &Held) -> f64 {
    let up = held.dual + 1;
    up.value
}

fn main() {}
