use backprop::backprop;

#[backprop]
fn doubled(x: &[f64]) -> Vec<f64> {
    let mut y = x.to_vec();
    for v in &mut y {
        *v *= 2.0;
    }
    y
}

#[backprop]
fn sum(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for v in doubled(x) {
        s += v;
    }
    s
}

fn main() {}
