use backprop::backprop;

#[backprop]
fn product(#[constant(true)] x: f64, y: f64) -> f64 {
    x * y
}

fn main() {}
