use backprop::backprop;

#[backprop]
fn halved(x: f64) -> Option<f64> {
    let y = Some(x * 2.0)?;
    Some(y / 4.0)
}

fn main() {}
