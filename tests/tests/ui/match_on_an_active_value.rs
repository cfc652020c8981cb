use backprop::backprop;

#[backprop]
fn step(x: f64) -> f64 {
    match x {
        0.0 => 0.0,
        y => y * y,
    }
}

fn main() {}
