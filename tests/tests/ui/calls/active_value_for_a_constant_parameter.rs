use backprop::backprop;

#[backprop]
fn scaled(x: f64, #[constant] rate: f64) -> f64 {
    x * rate
}

#[backprop]
fn twice(x: f64) -> f64 {
    scaled(x, x + 1.0)
}

fn main() {}
