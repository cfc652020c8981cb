use backprop::backprop;

mod loss {
    pub const RATE: f64 = 0.1;
}

#[backprop]
fn loss(x: f64) -> f64 {
    x * loss::RATE
}

fn main() {}
