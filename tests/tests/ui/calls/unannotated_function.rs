use backprop::backprop;

fn helper(x: f64) -> f64 {
    x * x
}

#[backprop]
fn twice(x: f64) -> f64 {
    helper(x) * 2.0
}

fn main() {}
