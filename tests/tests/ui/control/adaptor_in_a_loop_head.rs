use backprop::backprop;

#[backprop]
fn squares(x: &[f64], y: &[f64]) -> f64 {
    let mut s = 0.0;
    for a in x.iter().map(|v| v * v) {
        s += a;
    }
    for a in x.iter().filter(|v| **v > 0.0) {
        s += a;
    }
    for a in x.iter().chain(y).rev() {
        s += a;
    }
    for (a, b) in x.iter().zip(y.rchunks(2)) {
        s += a * b[0];
    }
    s
}

fn main() {}
