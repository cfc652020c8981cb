use backprop::backprop;

#[allow(non_camel_case_types)]
struct loss {
    rate: f64,
}

#[backprop]
fn loss(x: f64) -> f64 {
    x * x
}

fn main() {}
