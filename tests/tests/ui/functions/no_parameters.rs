use backprop::backprop;

#[backprop]
fn seven() -> f64 {
    7.0
}

fn main() {}
