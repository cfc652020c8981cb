use backprop::backprop;

#[backprop]
fn scaled(x: f64, y: f64) -> f64 {
    let times_x = |v: f64| v * x;
    times_x(y) + times_x(1.0)
}

fn main() {}
