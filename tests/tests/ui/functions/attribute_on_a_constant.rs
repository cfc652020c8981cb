use backprop::backprop;

#[backprop]
const RATE: f64 = 0.1;

fn main() {}
