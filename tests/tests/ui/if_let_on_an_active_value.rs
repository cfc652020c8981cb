use backprop::backprop;

#[backprop]
fn root(x: f64) -> f64 {
    let half = Some(0.5 * x);
    if let Some(y) = half { y * y } else { 0.0 }
}

fn main() {}
