use backprop::backprop;

#[backprop(constant(x), constant(y))]
fn product(x: f64, y: f64, z: f64) -> f64 {
    x * y * z
}

fn main() {}
