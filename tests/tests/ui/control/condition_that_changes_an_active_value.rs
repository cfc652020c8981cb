use backprop::backprop;

#[backprop]
fn doubled(x: f64) -> f64 {
    let mut a = x;
    if {
        a *= 2.0;
        a > 1.0
    } {
        a * a
    } else {
        a
    }
}

fn main() {}
