use backprop::backprop;

#[backprop]
fn sum(x: &[f64]) -> f64 {
    let all = 0..x.len();
    let mut s = 0.0;
    for i in all {
        s += x[i];
    }
    s
}

fn main() {}
