use backprop::backprop;

#[backprop]
fn rounded(x: f64) -> f64 {
    let y: f64 = format!("{x:.2}").parse().unwrap();
    y * y
}

fn main() {}
