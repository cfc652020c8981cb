use backprop::backprop;

#[backprop(constant(x, x))]
fn product(x: f64, y: f64) -> f64 {
    x * y
}

#[backprop(constant(x))]
fn sum(#[constant] x: f64, y: f64) -> f64 {
    x + y
}

fn main() {}
