use backprop::backprop;

#[backprop(constant(y))]
fn product(#[constant] x: f64, y: f64) -> f64 {
    x * y
}

fn main() {}
