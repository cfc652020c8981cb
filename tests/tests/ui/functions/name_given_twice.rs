use backprop::backprop;

#[backprop(name = one, name = two)]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
