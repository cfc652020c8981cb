use backprop::backprop;

#[backprop(constants(x))]
fn product(x: f64, y: f64) -> f64 {
    x * y
}

#[backprop(fast)]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
